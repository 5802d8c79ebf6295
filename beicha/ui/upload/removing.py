"""Taking a version out on the screen: withdraw it, ask for it to be erased, and say yes to what others asked for."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from beicha.actions.closing import Closed
from beicha.actions.erasing import Request, ask_erase, confirm_erase, drop_request, requests
from beicha.actions.opening import the_store
from beicha.actions.submissions import HistoryEntry
from beicha.actions.views.versions import who
from beicha.actions.withdrawing import LONGEST_REASON, NoReasonError, withdraw
from beicha.ui import clock, office
from beicha.ui.person import grant, holds
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.times import shown

CHANGED = later("This was changed in another window meanwhile. Please look again.")
WITHDRAWING = later(
    "The version is kept but no longer counts: the one before it counts again, or the month is not reported. "
    "It can be restored."
)
ERASING = later(
    "For files that should never have been handed in. A second person says yes; after that nobody gets them back. "
    "Only the digest of the files, the reason, both names and the time are kept."
)
STATES = {
    "withdrawn": later("withdrawn"),
    "erased": later("erased"),
    "asked": later("erasing to be confirmed"),
}


def state_of(entry: HistoryEntry) -> str:
    """Whether the version was withdrawn, erased, or is asked to be erased; '' for none of these."""
    if entry.removal is None:
        return ""
    if entry.erased:
        return "erased"
    return "asked" if entry.removal.waits else "withdrawn"


def draw_removal(entry: HistoryEntry, language: Language) -> None:
    """What became of the version, in a sentence; nothing where it stands as it was handed in."""
    removal, state = entry.removal, state_of(entry)
    if removal is None:
        return
    told = {
        "withdrawn": later("Withdrawn by {asked} at {time}: {reason}"),
        "erased": later("Erased at {time}: {reason} (asked for by {asked}, confirmed by {done})"),
        "asked": later("{asked} asked at {time} for it to be erased: {reason}"),
    }[state]
    names = {"asked": who(removal.asked_by, language), "done": who(removal.done_by or "", language)}
    time = shown(removal.done_at or removal.asked_at)
    st.markdown(literal(say(language, told, **names, time=time, reason=removal.reason)))
    if state == "erased":
        digests = "、".join(digest[:16] for digest in removal.digests)
        st.caption(say(language, "SHA-256 of the erased files begins with {digests}", digests=digests))


def draw_ways_out(entry: HistoryEntry, language: Language) -> None:
    """Buttons to withdraw the version where it is current, and to ask for it to be erased, for who may hand in."""
    seq = entry.version.seq
    if not holds("submit") or entry.erased:
        return
    if entry.current:
        with st.popover(say(language, "Withdraw"), icon=":material/undo:"):
            _draw_reason(
                WITHDRAWING, later("Withdraw this version"), f"withdraw-{seq}", language,
                act=lambda reason: withdraw(grant(), the_store(), seq, reason, now=clock.now()),
                done=later("Withdrawn."),
            )  # fmt: skip
    if state_of(entry) != "asked":
        with st.popover(say(language, "Ask to erase"), icon=":material/delete_forever:"):
            _draw_reason(
                ERASING, later("Ask for this version to be erased"), f"erase-{seq}", language,
                act=lambda reason: ask_erase(grant(), the_store(), seq, reason, now=clock.now()),
                done=later("Asked for. Somebody else says yes to it."),
            )  # fmt: skip


def draw_requests(language: Language) -> None:
    """What waits to be erased, for who asked for it or may say yes; nothing where nothing waits."""
    waiting = requests(grant(), the_store())
    if not waiting:
        return
    with st.container(border=True, key="erasing"):
        st.markdown(f"**{say(language, 'Erasing to be confirmed ({n})', n=len(waiting))}**")
        for request in waiting:
            _draw_request(request, language)


def _draw_request(request: Request, language: Language) -> None:
    number, removal = request.removal.id, request.removal
    st.markdown(literal(_said(request, language)))
    st.caption(literal(_with_it(request, language)))
    with st.container(horizontal=True, gap="small"):
        if request.may_confirm:
            with st.popover(say(language, "Erase for good"), icon=":material/delete_forever:"):
                st.markdown(say(language, "Nobody gets it back after that."))
                if st.button(say(language, "Yes, erase it"), type="primary", key=f"confirm-{number}"):
                    act = lambda: confirm_erase(grant(), the_store(), number, now=clock.now())  # noqa: E731
                    _do(act, later("Erased."), language)
        elif removal.asked_by == grant().actor:
            st.caption(say(language, "Somebody else has to say yes."))
        if request.may_drop and st.button(say(language, "Drop the request"), key=f"drop-{number}", type="tertiary"):
            _do(
                lambda: drop_request(grant(), the_store(), number, now=clock.now()),
                later("The request was dropped."), language,
            )  # fmt: skip


def _said(request: Request, language: Language) -> str:
    version, removal = request.version, request.removal
    name = office.community_names(version.period).get(version.community, version.community)
    text = later("{name} {period}, version {n}: {reason} ({who}, {time})")
    asked = {"who": who(removal.asked_by, language), "time": shown(removal.asked_at), "reason": removal.reason}
    return say(language, text, name=name, period=version.period, n=version.version, **asked)


def _with_it(request: Request, language: Language) -> str:
    """What else would go."""
    erased = [str(one.version) for one in request.reach.erased[:0:-1]]
    stripped = [str(one.version) for one in request.reach.stripped[::-1]]
    parts = [say(language, "{n} files", n=len(request.reach.digests))]
    if erased:
        parts.append(say(language, "erased with it, from the same file: version {n}", n="、".join(erased)))
    if stripped:
        parts.append(say(language, "loses the ledgers taken from it: version {n}", n="、".join(stripped)))
    return " · ".join(parts)


def _draw_reason(about: str, label: str, key: str, language: Language, *, act: Callable[[str], Any], done: str) -> None:
    """A reason to be written, and the button that acts with it."""
    st.markdown(say(language, about))
    reason = st.text_area(
        say(language, "Reason"), key=f"why-{key}", max_chars=LONGEST_REASON, height=80,
        placeholder=say(language, "Without names, identity numbers or phones"),
    )  # fmt: skip
    if st.button(say(language, label), type="primary", key=key):
        _do(lambda: act(str(reason or "")), done, language)


def _do(act: Callable[[], Any], done: str, language: Language) -> None:
    """Acts and looks anew; or says why not."""
    try:
        act()
    except NoReasonError:
        st.warning(say(language, "Please write a reason."))
        return
    except Closed:
        st.warning(say(language, "This month is closed or final. Ask the civilization office to open it again first."))
        return
    except LookupError:
        st.warning(say(language, CHANGED))
        return
    st.toast(say(language, done))
    st.rerun()

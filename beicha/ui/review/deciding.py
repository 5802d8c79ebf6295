"""Taking a step with the communities that are chosen in the list, with a reason where it takes something back."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.reviews import LONGEST, WITH_REASON, Decision, NotNow, decide
from beicha.actions.views.review import ReviewUnit, ReviewView
from beicha.ui import clock, office
from beicha.ui.person import grant
from beicha.ui.taking_steps import Steps, draw_steps, forget
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.review import DECIDE, DECIDED

_ASKING = later("Reason"), later("Say why: the community reads it.")
_KEY, _SAID, _ITEMS = "review", "review_said", "review_items"
NAMED = 8
"""So many of the chosen communities are named; of more their number is said."""


def draw_deciding(view: ReviewView, chosen: Sequence[ReviewUnit], language: Language) -> None:
    """What can be decided about the chosen ones, and what came of the last decision."""
    _draw_said(language)
    if not view.verbs:
        return
    if not chosen:
        st.caption(say(language, "Tick communities in the list to pass or return them."))
        return
    verbs = view.open_to({unit.code: unit.state for unit in chosen})
    names = "、".join(unit.name for unit in chosen[:NAMED]) + ("…" if len(chosen) > NAMED else "")
    st.markdown(literal(say(language, "Chosen ({n}): {names}", n=len(chosen), names=names)))
    if not verbs:
        st.caption(say(language, "Nothing can be decided about all of these together. Choose those that stand alike."))
        return
    codes = tuple(unit.code for unit in chosen)

    def take(verb: str, reason: str, items: Any) -> None:
        _decide(Decision(verb, view.period, codes, reason, items))  # type: ignore[arg-type]

    def more(verb: str) -> Any:
        return _pick_items(view, chosen[0], language) if verb == "return" and len(chosen) == 1 else None

    draw_steps(_KEY, Steps(verbs, DECIDE, WITH_REASON, LONGEST, take, *_ASKING, more), language)


def _pick_items(view: ReviewView, unit: ReviewUnit, language: Language) -> dict[str, str]:
    """The criteria that the return is about, each with what is wrong in it."""
    titles = _losing(view.period, unit.code)
    label = say(language, "Criteria that it is about")
    picked = st.multiselect(label, list(titles), key=_ITEMS, placeholder=say(language, "none in particular"))
    typed = {
        titles[title]: st.text_input(literal(title), key=f"item-{titles[title]}", max_chars=LONGEST).strip()
        for title in picked
    }
    return {code: text for code, text in typed.items() if text}


def _losing(period: str, community: str) -> Mapping[str, str]:
    """The criteria of a community's month from title to code, those that lost points first."""
    criteria = office.community(period, community).criteria
    ranked = criteria.sort_values("lost", ascending=False, kind="stable")
    return {f"{code} {title}": str(code) for code, title in ranked["title"].items()}


def _decide(decision: Decision) -> None:
    """Takes the step, and remembers what to say about it."""
    try:
        decide(grant(), the_store(), decision, now=clock.now())
    except (NotNow, LookupError):
        st.session_state[_SAID] = ("", 0)
    else:
        st.session_state[_SAID] = (decision.verb, len(decision.communities))
    forget(_KEY)
    st.session_state.pop(_ITEMS, None)


def _draw_said(language: Language) -> None:
    said: tuple[str, int] | None = st.session_state.pop(_SAID, None)
    if said is None:
        return
    verb, number = said
    if not verb:
        st.warning(say(language, "Nothing was decided: somebody was faster, or a new report came. Look once more."))
        return
    st.success(say(language, "{n} communities: {done}.", n=number, done=say(language, DECIDED[verb])))

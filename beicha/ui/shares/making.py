"""A new link: what it shows, of which month, for how long, and behind which password."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import streamlit as st

from beicha.actions import passwords, share_policy, shares
from beicha.actions.opening import the_store
from beicha.actions.share_policy import DEFAULT_DAYS, LONGEST_DAYS, Policy
from beicha.actions.share_scope import Scope
from beicha.actions.shares import MOST_TITLE, Terms
from beicha.ui import office
from beicha.ui.person import grant
from beicha.ui.shares.asking import do, now
from beicha.ui.shares.made import NewLink, keep_made
from beicha.ui.shares.places import in_words, labels, may_share_all, months_in_words, places
from beicha.words.language import Language, later, say

DAYS = (1, 3, DEFAULT_DAYS, 14, 30, 90, 180, LONGEST_DAYS)
NO_END = 0
NEWEST = ""
KINDS = {"live": later("Live"), "frozen": later("Frozen")}


@dataclass(frozen=True)
class Wish:
    """A link to be made."""

    title: str
    scope: Scope
    terms: Terms


def draw_new(language: Language) -> None:
    """The form, or why there is none."""
    policy = share_policy.policy(the_store())
    if not policy.allowed:
        st.info(say(language, "The office does not allow share links at present."))
        return
    months = office.periods()
    if not months:
        st.info(say(language, "There is no month with a score yet, so there is nothing to share. Hand in one first."))
        return
    with st.container(border=True):
        st.subheader(say(language, "New link"), anchor=False)
        wish = _ask(months, policy, language)
        pressed = st.button(say(language, "Make the link"), type="primary", key="share_make", disabled=wish is None)
    if pressed and wish is not None:
        do(partial(_make, wish), language)


def _ask(months: tuple[str, ...], policy: Policy, language: Language) -> Wish | None:
    """Draws the pickers; None while something is still missing."""
    names = places()
    with st.container(horizontal=True, gap="small"):
        areas = _pick_areas(names, language)
        lines = _pick_lines(months[0], language)
        month = _pick_month(months, language)
        kind = _pick_kind(language)
        frozen = kind == "frozen"
        first = months[0] if frozen and month == NEWEST else month
        last = first if frozen or month == NEWEST else _pick_last(months, first, language)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        days = _pick_days(policy, language)
        password = _pick_password(policy, language)
    if not areas and not may_share_all():
        return None
    view = "community" if len(areas) == 1 and _is_community(areas[0], names, months[0]) else "overview"
    scope = Scope(areas or None, lines or None, first, last, view)  # type: ignore[arg-type]
    title = _pick_title(scope, names, language)
    return Wish(title, scope, Terms(days or None, None, password, frozen)) if title.strip() else None


def _pick_areas(names: Mapping[str, str], language: Language) -> tuple[str, ...]:
    known = labels(names)
    hint = say(language, "The whole district") if may_share_all() else say(language, "Choose areas")
    label = say(language, "What it shows")
    chosen = st.multiselect(label, list(known), key="share_areas", placeholder=hint, width=330)
    return tuple(known[name] for name in chosen)


def _pick_lines(period: str, language: Language) -> tuple[str, ...]:
    known = labels(office.choices(period).lines)
    hint = say(language, "All lines")
    chosen = st.multiselect(say(language, "Lines"), list(known), key="share_lines", placeholder=hint, width=240)
    return tuple(known[name] for name in chosen)


def _pick_month(months: tuple[str, ...], language: Language) -> str:
    newest = say(language, "Always the newest")
    chosen = st.selectbox(say(language, "Month"), [newest, *months], key="share_month", width=150)
    return NEWEST if chosen == newest else str(chosen)


def _pick_last(months: tuple[str, ...], first: str, language: Language) -> str:
    """The last month of a link that shows several; the first one unless somebody chooses a later one."""
    later_ones = [month for month in reversed(months) if month >= first]
    return str(st.selectbox(say(language, "Up to month"), later_ones, key=f"share_last_{first}", width=130))


def _pick_kind(language: Language) -> str:
    names = {say(language, name): kind for kind, name in KINDS.items()}
    about = say(language, "Live follows every later upload. Frozen stays as it is now and shows its date.")
    chosen = st.segmented_control(
        say(language, "Numbers"), list(names), default=next(iter(names)), required=True, key="share_kind", help=about
    )
    return names.get(str(chosen), "live")


def _pick_days(policy: Policy, language: Language) -> int:
    """For how many days; ``NO_END`` for a link that lives until it is revoked."""
    known = sorted({*(days for days in DAYS if days <= policy.most_days), policy.most_days})
    options = known if policy.must_end else [*known, NO_END]
    usual = max((days for days in known if days <= DEFAULT_DAYS), default=known[0])
    chosen = st.selectbox(
        say(language, "Open for"), options, index=options.index(usual), key="share_days", width=150,
        format_func=lambda days: say(language, "{n} days", n=days) if days else say(language, "until revoked"),
    )  # fmt: skip
    return int(chosen)


def _pick_password(policy: Policy, language: Language) -> str:
    """A password is offered ready to be read out; '' where none is wanted."""
    must = policy.must_have_password
    wanted = st.toggle(say(language, "Ask for a password"), value=must, key="share_asks", disabled=must)
    if not (wanted or must):
        return ""
    st.session_state.setdefault("share_password", passwords.new_link_password())
    return str(st.text_input(say(language, "Password of the link"), key="share_password", max_chars=100, width=180))


def _pick_title(scope: Scope, names: Mapping[str, str], language: Language) -> str:
    """The title, which follows what is shown until somebody writes one."""
    month = months_in_words(scope, language)
    place = in_words(scope.areas, names, say(language, "The whole district"), language)
    usual = say(language, "{place}, {month}", place=place, month=month)[:MOST_TITLE]
    key = f"share_title_{usual}"
    about = say(language, "Whoever opens the link reads it.")
    return st.text_input(say(language, "Title of the link"), usual, key=key, max_chars=MOST_TITLE, help=about)


def _is_community(code: str, names: Mapping[str, str], period: str) -> bool:
    return code in names and code not in office.choices(period).streets


def _make(wish: Wish) -> None:
    made = shares.make(grant(), the_store(), wish.title, wish.scope, wish.terms, now=now())
    keep_made(NewLink(wish.title, made.path, wish.terms.password))
    st.session_state.pop("share_password", None)

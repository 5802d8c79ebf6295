"""What is put beside what: the way, and the other month, community or group."""

from collections.abc import Mapping, Sequence

import streamlit as st

from beicha.actions.views.compare_reading import WAYS
from beicha.ui import office
from beicha.ui.frame import Frame, unique_labels
from beicha.words.compare import GROUPS
from beicha.words.language import Language, later, say

_TITLES = {
    "months": later("Two months"),
    "communities": later("Two communities"),
    "others": later("With the others"),
    "verified": later("Self-report and verification"),
}
_OF = {"community": later("The community"), "area": later("The street or district")}


def pick_way(language: Language) -> str:
    """Which way was chosen."""
    titles: dict[str, str] = {way: say(language, _TITLES[way]) for way in WAYS}
    return _pick(say(language, "What is compared"), titles, "compare_way")


def pick_of(language: Language) -> str:
    """Whether the community chosen above is compared, or the whole street or district."""
    return _pick(say(language, "Of what"), {of: say(language, title) for of, title in _OF.items()}, "compare_of")


def pick_group(groups: Sequence[str], language: Language) -> str:
    """Beside which others, the first of the groups unless another is chosen."""
    names = {group: say(language, GROUPS[group]) for group in groups}
    return _pick(say(language, "Beside whom"), names, "compare_group")


def _pick(label: str, names: Mapping[str, str], key: str) -> str:
    first = next(iter(names))
    chosen = st.segmented_control(
        label, list(names), format_func=lambda one: names[one], default=first, required=True, key=key,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return str(chosen) if chosen in names else first


def pick_month(period: str, language: Language) -> str:
    """The other month, the one before unless another is chosen; '' where there is no other."""
    others = [month for month in office.periods() if month != period]
    if not others:
        return ""
    before = next((place for place, month in enumerate(others) if month < period), 0)
    label = say(language, "Beside month")
    chosen = st.selectbox(label, others, index=before, key="compare_month", bind="query-params", width=150)
    return str(chosen)


def pick_community(frame: Frame) -> str:
    """The other community of the month; '' where there is none."""
    names = office.choices(frame.period).communities("")
    labels = {label: code for label, code in unique_labels(names).items() if code != frame.community}
    if not labels:
        return ""
    label = say(frame.language, "Beside community")
    chosen = st.selectbox(label, list(labels), key="compare_community", bind="query-params", width=180)
    return labels.get(str(chosen), "")

"""The frame around every page: the language, and the pickers in one fixed order, all of them in the URL."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from beicha.words.language import Language, later, say
from scoring.facts import Area

LANGUAGE_KEY = "lang"
_LANGUAGES: dict[str, Language] = {"中文": "zh_CN", "en": "en"}

PICKERS = ("period", "street", "community", "line")
"""Keys of the pickers, which are their names in the URL too, in the order they stand in everywhere."""

_LABELS = {
    "period": later("Month"),
    "street": later("Street"),
    "community": later("Community"),
    "line": later("Line"),
}
_WIDTHS = {"period": 150, "street": 150, "community": 150, "line": 150}


@dataclass(frozen=True)
class Frame:
    """What the reader chose: the language, and codes; '' where all are meant or nothing can be chosen."""

    language: Language
    period: str = ""
    street: str = ""
    community: str = ""
    line: str = ""


@dataclass(frozen=True)
class Choices:
    """What can be chosen: months, newest first, and from codes to names, in the office's order."""

    periods: Sequence[str]
    streets: Mapping[str, str]
    communities: Callable[[str], Mapping[str, str]]
    lines: Mapping[str, str]


def pick_language() -> Language:
    """Draws the language switch (``lang=en`` in the URL); Chinese unless asked otherwise."""
    chosen = st.segmented_control(
        "语言 · Language",
        list(_LANGUAGES),
        default="中文",
        required=True,
        key=LANGUAGE_KEY,
        bind="query-params",
        label_visibility="collapsed",
    )
    return _LANGUAGES.get(str(chosen), "zh_CN")


def pick(language: Language, wanted: Sequence[str], months: Sequence[str], choices: Callable[[str], Choices]) -> Frame:
    """Draws the wanted pickers and the reset link; ``choices`` tells what there is in a month."""
    period = _pick_period(language, wanted, months)
    known = choices(period)
    street = _pick_code(language, "street", known.streets, wanted, say(language, "All streets"))
    community = ""
    if "community" in wanted:
        community = _pick_code(language, "community", known.communities(street), wanted, None)
    line = _pick_code(language, "line", known.lines, wanted, say(language, "All lines"))
    _draw_reset(language, wanted, months)
    return Frame(language, period, street, community, line)


def _pick_period(language: Language, wanted: Sequence[str], months: Sequence[str]) -> str:
    if not months:
        return ""
    if "period" not in wanted:
        return str(st.session_state.get("period") or months[0])
    label = say(language, _LABELS["period"])
    return str(st.selectbox(label, months, key="period", bind="query-params", width=_WIDTHS["period"]))


def _pick_code(
    language: Language, key: str, names: Mapping[str, str], wanted: Sequence[str], everything: str | None
) -> str:
    """The code of the name chosen; ``everything`` is what the first option says, None where one must be chosen."""
    if key not in wanted or not names:
        return ""
    labels = unique_labels(names)
    options = list(labels) if everything is None else [everything, *labels]
    label = say(language, _LABELS[key])
    chosen = st.selectbox(label, options, key=key, bind="query-params", width=_WIDTHS[key])
    return labels.get(str(chosen), "")


def unique_labels(names: Mapping[str, str]) -> dict[str, str]:
    """From what is shown to the code: the name, with the code behind it where a name stands twice."""
    times = Counter(names.values())
    return {name if times[name] == 1 else f"{name}（{code}）": code for code, name in names.items()}


def label_of(names: Mapping[str, str], code: str) -> str:
    """What is shown for a code, as the picker shows it."""
    return next((label for label, known in unique_labels(names).items() if known == code), "")


def _draw_reset(language: Language, wanted: Sequence[str], months: Sequence[str]) -> None:
    """The reset link, which is dead while every filter says all."""
    defaults = {"street": say(language, "All streets"), "line": say(language, "All lines")}
    if months:
        defaults["period"] = months[0]
    off = {key: value for key, value in defaults.items() if st.session_state.get(key, value) != value and key in wanted}
    if wanted:
        name = say(language, "Reset")
        st.button(name, type="tertiary", key="reset", disabled=not off, on_click=_set, args=(off,))


def _set(values: Mapping[str, str]) -> None:
    """Sets the pickers: a value taken out of the state would come back from the URL."""
    for key, value in values.items():
        st.session_state[key] = value


def names_of(areas: Sequence[Area]) -> dict[str, str]:
    """Codes and names of areas, in their order."""
    return {area.code: area.name for area in areas}

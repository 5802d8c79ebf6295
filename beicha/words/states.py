"""The states of a finding as people see them: one sign, word and colour each, for screen, papers and Excel alike."""

from dataclasses import dataclass
from typing import Literal

from beicha.words.language import Language, later, say
from scoring.states import STATES

Fill = Literal["solid", "outlined", "hatched", "none"]

GREEN, AMBER, VERMILION, GREY = "#009E73", "#E69F00", "#D55E00", "#8A94A0"
"""Colours for states alone; red and yellow mean other things to the users."""

PALE_GREEN, PALE_AMBER, PALE_VERMILION, PALE_GREY = "#D9F0E8", "#FBEBCB", "#F8DECB", "#ECEFF2"


@dataclass(frozen=True)
class StateWord:
    """How one state is shown. ``colour`` is for its sign and marks, ``ground`` for the cell behind it."""

    code: str
    sign: str
    word: str
    colour: str
    ground: str
    fill: Fill

    def said(self, language: Language) -> str:
        """Sign and word together, such as ✔ 达标."""
        return f"{self.sign} {say(language, self.word)}"


_TABLE = (
    StateWord("met", "✔", later("Met"), GREEN, PALE_GREEN, "solid"),
    StateWord("partial", "▲", later("Partly met"), AMBER, PALE_AMBER, "solid"),
    StateWord("unmet", "✖", later("Not met"), VERMILION, PALE_VERMILION, "solid"),
    StateWord("missing", "□", later("Not filled in"), VERMILION, "#FFFFFF", "outlined"),
    StateWord("not_reported", "○", later("Not reported"), GREY, PALE_GREY, "hatched"),
    StateWord("not_inspected", "◇", later("Not inspected"), GREY, PALE_GREY, "solid"),
    StateWord("not_applicable", "–", later("Not applicable"), GREY, PALE_GREY, "solid"),
    StateWord("not_due", "·", later("Not due"), GREY, "#FFFFFF", "none"),
)

STATE_WORDS: dict[str, StateWord] = {state.code: state for state in _TABLE}
"""All states by code, in the order of ``scoring.states.STATES``."""


def state_word(state: str | int) -> StateWord:
    """How a state is shown, by its code or by its number in an assessment; raises KeyError or IndexError if unknown."""
    return STATE_WORDS[state if isinstance(state, str) else STATES[state]]

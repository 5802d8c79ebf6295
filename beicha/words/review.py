"""How a month stands in review, and what can be decided about it, as people see them."""

from beicha.words.language import Language, later, say

REVIEW_WORDS = {
    "not_reported": ("○", later("Not reported")),
    "submitted": ("◇", later("To be reviewed")),
    "returned": ("↩", later("Returned")),
    "passed": ("✔", later("Passed by the street")),
    "final": ("■", later("Final")),
}
"""Sign and word of each state of review."""

DECIDED = {
    "pass": later("passed"),
    "return": later("returned"),
    "finalise": later("made final"),
    "unlock": later("opened again"),
    "extend": later("extended"),
}
"""What was decided, as it stands in a history."""

DECIDE = {
    "pass": later("Pass"),
    "return": later("Return …"),
    "finalise": later("Make final"),
    "unlock": later("Open again …"),
    "extend": later("Extend …"),
}
"""What can be decided, as it stands on a button."""


def review_text(state: str, language: Language) -> str:
    """A state with its sign, such as ↩ 已退回."""
    sign, word = REVIEW_WORDS[state]
    return f"{sign} {say(language, word)}"

"""How a unit stands with its daily report, as people see it."""

from beicha.words.language import Language, later, say

DAILY_WORDS = {
    "in_time": ("✔", later("On time")),
    "late": ("▲", later("Reported late")),
    "missing": ("✖", later("Not reported")),
    "waiting": ("○", later("Still to come")),
    "free": ("·", later("Not expected")),
}
"""Sign and word of each state."""


def daily_text(state: str, language: Language) -> str:
    """A state with its sign, such as ✔ 按时."""
    sign, word = DAILY_WORDS[state]
    return f"{sign} {say(language, word)}"

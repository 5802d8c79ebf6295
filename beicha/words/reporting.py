"""How a community's reporting of a month stands, as people see it: sign and word, and how far from the due day."""

from beicha.words.language import Language, later, say

REPORTING_WORDS = {
    "reported": ("✔", later("Reported")),
    "late": ("▲", later("Reported late")),
    "not_reported": ("○", later("Not reported")),
}
"""Sign and word of each state of reporting; the sign of what is not reported is that of a finding without a report."""


def reporting_text(state: str, language: Language) -> str:
    """A state with its sign, such as ▲ 迟报."""
    sign, word = REPORTING_WORDS[state]
    return f"{sign} {say(language, word)}"


def days_text(state: str, days: int | None, language: Language) -> str:
    """How far from the due day: days late, days over or days left; '' where there is nothing to say."""
    if days is None or (state == "reported" and days <= 0):
        return ""
    if state == "late":
        return say(language, "{n} days late", n=days)
    return say(language, "{n} days over", n=days) if days > 0 else say(language, "{n} days left", n=-days)

"""What stands beside each other, and what became of a criterion, as people read it."""

from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, signed
from beicha.words.states import state_word

GROUPS = {
    "street": later("Others of the street"),
    "class": later("Others of the class"),
    "district": later("Others of the district"),
}
KINDS = {
    "both": "",
    "entered": later("counted in the second alone"),
    "left": later("counted in the first alone"),
    "added": later("only in the newer edition"),
    "dropped": later("only in the older edition"),
}


def group_text(group: str, language: Language) -> str:
    """Which others are meant."""
    return say(language, GROUPS[group])


def place_text(name: str, group: str | None, language: Language) -> str:
    """Whose score stands on a side."""
    return group_text(group, language) if group else name or say(language, "All areas")


def kind_text(kind: str, language: Language) -> str:
    """Why a criterion cannot be compared as it is; '' where it can."""
    return say(language, KINDS[kind]) if KINDS[kind] else ""


def became_text(then: str, now: str, language: Language) -> str:
    """A state and the one it became; '' for several communities together, which have none."""
    words = [state_word(state).said(language) if state else "–" for state in (then, now)]
    return " → ".join(words) if then or now else ""


def moved_text(then: float, now: float) -> str:
    """A number and the one it became."""
    return f"{plain(then)} → {plain(now)}"


def sum_text(contributions: float, reweighted: float, bonus: float, total: float, language: Language) -> str:
    """What a difference is made of, in a sentence."""
    text = later("Criteria {criteria}, changed denominators {reweighted}, bonuses {bonus}: together {total}.")
    criteria, together = signed(contributions), signed(total)
    return say(language, text, criteria=criteria, reweighted=signed(reweighted), bonus=signed(bonus), total=together)

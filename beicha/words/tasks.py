"""How a rectification task stands, and what can be done with it, as people see it."""

from beicha.words.language import Language, later, say

TASK_WORDS = {
    "open": ("○", later("To be put right")),
    "claimed": ("◇", later("To be checked")),
    "closed": ("✔", later("Settled")),
    "cancelled": ("–", later("Called off")),
}
"""Sign and word of each state."""

TAKEN = {
    "claim": later("said to be done"),
    "comment": later("commented"),
    "reject": later("sent back"),
    "close": later("settled"),
    "reopen": later("opened again"),
    "cancel": later("called off"),
    "extend": later("extended"),
    "meet": later("closed by a submission that meets it"),
    "look": later("to be checked: a submission meets it"),
    "worsen": later("opened again: a submission is worse"),
}
"""What was done, as it stands in a history."""

TAKE = {
    "claim": later("Say it is done …"),
    "comment": later("Comment …"),
    "reject": later("Send back …"),
    "close": later("Close"),
    "reopen": later("Reopen …"),
    "cancel": later("Cancel the task …"),
    "extend": later("Extend …"),
}
"""What can be done, as it stands on a button."""


ORIGINS = {
    "": later("points lost"),
    "note": later("a note"),
    "observation": later("an on-site observation"),
    "daily": later("a daily report"),
}
"""What a task was made from, by the first word of its origin."""


def origin_text(origin: str, language: Language) -> str:
    """What a task was made from, with who brought a note."""
    kind, _, who = origin.partition("/")
    word = say(language, ORIGINS.get(kind.split(":")[0], ORIGINS["note"]))
    return f"{word}（{who}）" if kind == "note" and who else word


def task_text(state: str, language: Language) -> str:
    """A state with its sign, such as ✔ 已销号."""
    sign, word = TASK_WORDS[state]
    return f"{sign} {say(language, word)}"

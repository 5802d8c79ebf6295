"""A ledger's row as people read it: its values as text, and what it did for a finding."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.masking import masked_values
from beicha.words.numbers import plain
from scoring.ledgers import Ledger

MARKS = {
    "met": (later("counts"), "✔"),
    "unmet": (later("counts, but not as required"), "✖"),
    "blank_field": (later("counts, a field is blank"), "□"),
    "beside": (later("there, but none of what is wanted"), "·"),
    "out_of_window": (later("out of the time looked at"), "◌"),
    "replaced": (later("reported again later"), "↻"),
    "no_criterion": (later("serves no criterion"), "◌"),
}
"""What a row did for a finding, in words and with a sign."""


def mark_text(mark: str, language: Language) -> str:
    """What a row did, with a sign."""
    word, sign = MARKS[mark]
    return f"{sign} {say(language, word)}"


def cell_text(value: Any, language: Language) -> str:
    """A value of a row as text: dates as 2024-03-05, yes and no in words, several choices in a row; '' for a blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(language, "yes") if value else say(language, "no")
    if isinstance(value, int | float):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return str(value)


def field_titles(ledger: Ledger, codes: str) -> str:
    """The titles of the fields in a list of codes joined by commas."""
    return "、".join(ledger.field(code).title for code in codes.split(",") if ledger.has_field(code))


def content_text(ledger: Ledger, values: Mapping[str, Any], language: Language) -> str:
    """All that a row says in one line, field by field, blanks left out, what is a person's own hidden."""
    return whole_text(ledger, masked_values(ledger, values), language)


def whole_text(ledger: Ledger, values: Mapping[str, Any], language: Language) -> str:
    """The same with nothing hidden, for values that were masked before or that somebody may see as they are."""
    texts = [(field.title, cell_text(values.get(field.code), language)) for field in ledger.fields]
    return "；".join(f"{title}：{text}" for title, text in texts if text)

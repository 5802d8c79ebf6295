"""Hiding what is a person's own, in one place: 330***********12, 138****5678, 张**. What is hidden stays hidden when
it is masked again, so that nothing depends on how often a value passes here.

What leaves an action goes through here: rows by their ledger, which says of its fields what they hold, texts by what
stands in them. Only who holds the right and asked for it sees more (``actions.personal_views``).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from beicha.words.personal import found_in, kind_of
from scoring.facts import Rows
from scoring.ledgers import Ledger, LedgerField

_HIDDEN = "*"
_NAME_REST = "**"
_HEAD_AND_TAIL = {"identity": (3, 2), "cut": (3, 0), "phone": (3, 4)}
"""So many signs of each kind stay to be seen, before and after."""

_OF_CHILDREN = ("未成年", "儿童", "少年", "学生", "孩子", "留守", "困境")
_CHILD = ("儿童", "学生", "孩子", "少年")
_HIDDEN_ALREADY = re.compile(r"[0-9Xx.]*\*+[0-9Xx]*")


def is_about_children(text: str) -> bool:
    """Whether a ledger, sheet or title of this name is about minors."""
    return any(word in text for word in _OF_CHILDREN)


def keeps_children(ledger: Ledger) -> bool:
    """Whether the ledger's rows are records of children: a field is marked so, or its name says so."""
    if any(field.personal == "child" for field in ledger.fields):
        return True
    return ledger.code.startswith("minors") or is_about_children(ledger.title)


def masked_text(text: str) -> str:
    """The text with the identity numbers and phones in it hidden."""
    for one in reversed(found_in(text)):
        text = text[: one.start] + _starred(one.text, *_HEAD_AND_TAIL[one.kind]) + text[one.end :]
    return text


def masked_name(name: str) -> str:
    """A person's name: the first sign, 张**; several names one by one."""
    for mark in "、，,；;/\n":
        if mark in name:
            return mark.join(masked_name(part) if part.strip() else part for part in name.split(mark))
    return name[:1] + _NAME_REST if name else name


def masked_cell(ledger: Ledger | None, code: str, text: str) -> str:
    """The text of one cell of a ledger's field, or of none (None, "") that is known."""
    hidden: str = _masker(ledger, code)(text) if ledger is not None else masked_text(text)
    return hidden


def masked_values(ledger: Ledger, values: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values, by field, as those see it who may not see what is a person's own."""
    return {code: _masker(ledger, code)(value) for code, value in values.items()}


def masked_rows(ledger: Ledger, rows: Rows) -> Rows:
    """All rows of a ledger likewise."""
    maskers = {code: _masker(ledger, code) for code in rows.values}
    return Rows(rows.sheet, rows.row, {code: list(map(maskers[code], column)) for code, column in rows.values.items()})


def hides_any(rows: Iterable[Mapping[str, Any]]) -> bool:
    """Whether something in the values of these rows was hidden."""
    return any(_HIDDEN in str(value) for values in rows for value in values.values() if value is not None)


def masked_all(value: Any) -> Any:
    """A JSON value with every text in it masked, as for a note of what was done."""
    if isinstance(value, Mapping):
        return {key: masked_all(part) for key, part in value.items()}
    return type(value)(map(masked_all, value)) if isinstance(value, list | tuple) else _masked(value)


def _masker(ledger: Ledger, code: str) -> Callable[[Any], Any]:
    """How the values of a field are hidden."""
    field = ledger.field(code) if ledger.has_field(code) else None
    if field is None:
        return _masked
    if field.personal is False:
        return _as_it_is
    return _own if is_personal(ledger, field) else _masked


def is_personal(ledger: Ledger, field: LedgerField) -> bool:
    """Whether all of a field is a person's own: it is marked so, or its title says so of a child."""
    if field.personal is not None:
        return field.personal is not False
    if not keeps_children(ledger):
        return False
    names = "姓名" in field.title or "名字" in field.title or field.title in _CHILD
    return (names and field.type == "text") or "出生" in field.title or "生日" in field.title


def _as_it_is(value: Any) -> Any:
    return value


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return masked_text(value)
    if isinstance(value, list | tuple):
        return type(value)(map(_masked, value))
    return masked_text(str(int(value))) if kind_of(value) else value


def _own(value: Any) -> Any:
    """A value that is a person's own whatever it says."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return type(value)(map(_own, value))
    if not isinstance(value, str):
        return _NAME_REST
    hidden = masked_text(value)
    return hidden if _HIDDEN_ALREADY.fullmatch(hidden) else masked_name(hidden)


def _starred(text: str, head: int, tail: int) -> str:
    """The text without gaps, with stars for all but its first and last signs; a country's number before it goes."""
    signs = [sign for sign in text if sign.isalnum() or sign == "."]
    signs = signs[-11:] if (head, tail) == _HEAD_AND_TAIL["phone"] else signs
    return "".join([*signs[:head], _HIDDEN * (len(signs) - head - tail), *signs[len(signs) - tail :]])

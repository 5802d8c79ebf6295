"""One column of a ledger: raw cells to typed values, what stood there where it differs, and what is wrong."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from beicha.intake.cells import Cell, cleaned, is_error, is_sign_for_nothing, read_text, shown
from beicha.intake.choices import ChoiceReader, ChoicesReader, GradeReader
from beicha.intake.dates import DateReader
from beicha.intake.numbers import NumberReader
from beicha.intake.sayings import says_no_value
from beicha.intake.yes_no import read_yes_no
from beicha.words.workbook import NO, YES
from scoring.ledgers import LedgerField

Trouble = tuple[int, str, str, dict[str, Any]]
"""The position of a cell, the code of its problem, what stands in it, and what the sentence needs."""

_EXACT = 1e15
_Read = tuple[Any, str, str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """The values of a column, one a row; ``originals`` holds the text of a cell where the value does not show it."""

    values: list[Any]
    originals: list[str]
    troubles: list[Trouble]
    blanks: list[int]


def reader_of(field: LedgerField, month: int | None, *, since_1904: bool = False) -> Callable[[Any], Cell]:
    """The reader of a field's cells; dates without a year are taken to be of the reported ``month`` or before."""
    if field.type == "date":
        return DateReader(month, since_1904=since_1904)
    if field.type in ("whole", "decimal"):
        return NumberReader(field)
    if field.type == "choice":
        return ChoiceReader(field)
    if field.type == "choices":
        return ChoicesReader(field)
    if field.type == "grade":
        return GradeReader(field)
    return read_yes_no if field.type == "yes_no" else read_text


def read_column(field: LedgerField, cells: Iterable[Any], month: int | None, *, since_1904: bool = False) -> Column:
    """The cells of a field as its type says. Equal cells are read once, also those of files before."""
    read = (
        _TextCells()
        if field.type == "text"
        else _known_cells(field, month if field.type == "date" else None, since_1904)
    )
    raws = list(cells)
    # True equals 1 as a key, but is something else in a cell.
    found = [read[(raw,) if raw.__class__ is bool else raw] for raw in raws]
    values, codes = [one[0] for one in found], [one[2] for one in found]
    troubles = [(at, code, found[at][1] or shown(raws[at]), found[at][3]) for at, code in enumerate(codes) if code]
    blanks = [at for at, value in enumerate(values) if value is None and codes[at] in _STAYS_BLANK]
    if len(read) > _MOST_KEPT:
        read.clear()
    return Column(values, [one[1] for one in found], troubles, blanks)


_MOST_READERS = 256
_MOST_KEPT = 512
"""So many cells of a field are kept from file to file: days, choices and numbers recur."""
_LONGEST_KEPT = 60


_STAYS_BLANK = ("", "sign_for_blank", "text_is_error")
_NONE: dict[str, Any] = {}


class _TextCells(dict[Any, _Read]):
    """Texts by the raw cell."""

    def __missing__(self, raw: Any) -> _Read:
        read = self[raw] = _text(raw) if raw.__class__ is str else _as_text(raw)
        return read


def _as_text(raw: Any) -> _Read:
    """A value of another type as its text; Excel has kept fifteen digits of a longer number."""
    has_lost_digits = isinstance(raw, float) and abs(raw) >= _EXACT
    return shown(raw[0] if isinstance(raw, tuple) else raw) or None, "", "digits_lost" if has_lost_digits else "", _NONE


_PLAIN = re.compile(
    r"[\u4e00-\u4e0c\u4e0e-\u5f84\u5f86-\u6681\u6683-\u6729\u672b-\u7ede\u7ee0-\u9fff]"
    r"[\u4e00-\u4e0c\u4e0e-\u5f84\u5f86-\u6681\u6683-\u6729\u672b-\u7ede\u7ee0-\u9fff0-9A-Za-z，。、（）“”《》：；]*"
)
"""Texts of which nothing is to be said: Chinese but for 不, 待, 暂, 未 and 统, which words for no value hold."""


def _text(raw: str) -> _Read:
    if _PLAIN.fullmatch(raw):
        return raw, "", "", _NONE
    text = cleaned(raw)
    if not text:
        return None, "", "", _NONE
    if is_sign_for_nothing(text):
        return None, text, "sign_for_blank", _NONE
    if is_error(text):
        return None, text, "text_is_error", _NONE
    original = "" if len(text) == len(raw) or text == raw.strip() else raw
    is_refused = says_no_value(text) == "cell_not_applicable"
    return text, original, "text_not_applicable" if is_refused else "", _NONE


class _OtherCells(dict[Any, _Read]):
    """Cells of any other type by the raw cell."""

    def __init__(self, reader: Callable[[Any], Cell]) -> None:
        super().__init__()
        self._reader = reader

    def __missing__(self, raw: Any) -> _Read:
        read = self._read(raw[0] if isinstance(raw, tuple) else raw)
        if raw.__class__ is not str or len(raw) <= _LONGEST_KEPT:
            self[raw] = read
        return read

    def _read(self, raw: Any) -> _Read:
        text = shown(raw)
        if not text:
            return None, "", "", _NONE
        if is_sign_for_nothing(text):
            return None, text, "sign_for_blank", _NONE
        if is_error(text):
            return None, text, "formula_error", _NONE
        cell = self._reader(raw)
        if cell.value is None and (missing := says_no_value(text)):
            return None, text, missing, _NONE
        return cell.value, "" if text == _canonical(cell.value) else text, cell.code, cell.values or _NONE


@lru_cache(maxsize=_MOST_READERS)
def _known_cells(field: LedgerField, month: int | None, since_1904: bool) -> _OtherCells:
    """The cells of a field that were read before. Threads may share them: at worst one reads a cell once more."""
    return _OtherCells(reader_of(field, month, since_1904=since_1904))


def _canonical(value: Any) -> str:
    """How a clerk would write the value in the template."""
    if value is True or value is False:
        return YES if value else NO
    return "、".join(value) if value.__class__ is list else shown(value)

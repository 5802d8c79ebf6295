"""Spot checks (督查) typed in on a page: the rows of a visit become a new version of the office's report of that month.

What is typed in is written into a workbook of the office and read like any other, so that cells, problems, versions
and the kept file are those of an upload. The rows that stood there before are written into it again: none is lost, and
a row with the same key fields takes the place of the one before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from beicha.actions.draft_reading import Said, read_draft
from beicha.actions.drafts import Draft
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_submit
from beicha.actions.previews import Preview, preview
from beicha.actions.receipts import Receipt
from beicha.actions.storing import Moved
from beicha.actions.submitting import ATTEMPTS, submit
from beicha.papers.template import visit_workbook
from beicha.store import Store, Transaction, areas, submissions
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from beicha.words.language import Language, say
from beicha.words.workbook import COMMUNITY
from scoring.coding import rows_of, values_of
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger
from scoring.periods import month_number
from scoring.texts import normal

MOST_ROWS = 200
"""So many rows are taken from one visit; more of them come as a workbook."""

Row = Mapping[str, Any]


class Faulty(Exception):  # noqa: N818 - an answer, not a fault of the program
    """The rows hold an error and were not stored; ``checked`` says which."""

    def __init__(self, checked: "Checked") -> None:
        super().__init__("the rows of the visit hold an error")
        self.checked = checked


@dataclass(frozen=True)
class Entered:
    """What somebody wrote down at a visit: of a community and its month, in a ledger of the office, by field codes.

    Without rows the visit of that ``day`` found nothing, and counts all the same.
    """

    community: str
    period: str
    ledger: str
    day: date
    rows: tuple[Row, ...] = ()

    @property
    def key(self) -> Key:
        """The report that it becomes part of."""
        return Key(self.community, self.period, "office")


@dataclass(frozen=True)
class Checked:
    """A visit as it was read: what it would change, and by the rows of the sheet those of the grid, counted from 1.

    ``replaced`` counts the rows that take the place of one that stood there; ``upon`` is the version that it follows.
    """

    draft: Draft
    preview: Preview
    grid_rows: Mapping[int, int]
    replaced: int
    file: NamedFile
    upon: int | None


@dataclass(frozen=True)
class _Written:
    """A row for the sheet and the number of the row of the grid that it is, None for one that stood there before."""

    values: Row
    number: int | None = None


def observation_ledgers(edition: Edition) -> tuple[Ledger, ...]:
    """The ledgers in which the office writes down what it saw at a place (督查记录)."""
    return tuple(ledger for ledger in edition.ledgers if ledger.kept_by == "office" and ledger.has_field("place"))


def edition_there(view: Transaction, period: str) -> Edition:
    """The edition in force in a month; raises KeyError before the first."""
    kept = kept_in_force(view, period)
    if kept is None:
        raise KeyError(period)
    return kept.edition


def check(grant: Grant, store: Store, entered: Entered, *, language: Language) -> Checked:
    """Read a visit and say what it would change; nothing is stored.

    Raises Refused where the grant may not submit what the office keeps there, KeyError for a community that is not in
    the month's tree, a ledger that the edition does not have or a month without one, ValueError for too many rows or
    a day outside.
    """
    _require_plausible(entered)
    with store.read() as view:
        require_submit(grant, entered.key, view)
        edition = edition_there(view, entered.period)
        name = _written_as(entered.community, areas.tree(view, entered.period))
        before = submissions.newest(view, entered.key)
        content = submissions.content(view, before.seq) if before else None
    ledger = {ledger.code: ledger for ledger in observation_ledgers(edition)}[entered.ledger]
    month = month_number(entered.period)
    report = content.report(entered.community, month, "office") if content else None
    rows = rows_of(edition, report, ledger) if report else None
    stood = _rows(edition, ledger, rows) if rows is not None else []
    written, replaced = _together(ledger, stood, entered.rows)
    file, grid_rows = _workbook(_Sheet(edition, ledger, name, language), entered, written)
    draft = read_draft(store, [file], Said(period=entered.period))
    seen = preview(grant, store, draft)
    return Checked(draft, seen, grid_rows, replaced, file, before.seq if before else None)


def record(grant: Grant, store: Store, entered: Entered, *, language: Language, now: datetime) -> Receipt:
    """Store a visit as a new version of the office's report of the month; the same again is no change.

    Rows that somebody else stored in the meantime are kept: it is read again upon theirs. Raises Faulty where a row
    is in error, and what ``check`` and ``submit`` raise.
    """
    for attempt in range(ATTEMPTS):
        checked = check(grant, store, entered, language=language)
        if checked.draft.errors or not checked.draft.reports:
            raise Faulty(checked)
        try:
            return submit(grant, store, checked.draft, [checked.file], now=now, upon={entered.key: checked.upon})
        except Moved:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def _require_plausible(entered: Entered) -> None:
    if len(entered.rows) > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows are taken from one visit")
    if f"{entered.day:%Y-%m}" != entered.period:
        raise ValueError("the visit lies outside of its month")


def _rows(edition: Edition, ledger: Ledger, rows: Any) -> list[Row]:
    codes = [field.code for field in ledger.fields]
    columns = [values_of(edition, ledger, rows, code) for code in codes]
    return [dict(zip(codes, row, strict=True)) for row in zip(*columns, strict=True)]


def _together(ledger: Ledger, stood: Sequence[Row], typed: Sequence[Row]) -> tuple[list[_Written], int]:
    """The rows that stood there with the new ones: the n-th of a key in the place of the n-th of it, others after."""
    written = [_Written(row) for row in stood]
    places: dict[tuple[str, ...], list[int]] = {}
    for place, row in enumerate(stood):
        places.setdefault(_key(ledger, row), []).append(place)
    replaced = 0
    for number, row in enumerate(typed, 1):
        free = places.get(_key(ledger, row))
        if free:
            written[free.pop(0)] = _Written(row, number)
            replaced += 1
        else:
            written.append(_Written(row, number))
    return written, replaced


def _key(ledger: Ledger, row: Row) -> tuple[str, ...]:
    return tuple(normal(_text(row.get(code))) for code in ledger.key_fields)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _written_as(community: str, tree: Sequence[Area]) -> str:
    """The community's name; its code where another one is called the same. Raises KeyError where it is not there."""
    names = {area.code: area.name for area in tree if area.kind == "community"}
    name = names[community]
    return name if list(names.values()).count(name) == 1 else community


@dataclass(frozen=True)
class _Sheet:
    """What a workbook of one visit is made of beside its rows."""

    edition: Edition
    ledger: Ledger
    community: str
    language: Language


def _workbook(sheet: _Sheet, entered: Entered, written: Sequence[_Written]) -> tuple[NamedFile, dict[int, int]]:
    name, month = sheet.community, month_number(entered.period)
    rows = [{**one.values, COMMUNITY: name} for one in written]
    content, first = visit_workbook(
        sheet.edition, sheet.ledger, month, rows, [(name, entered.day)], language=sheet.language
    )
    title = say(sheet.language, "Spot check of {community} {day}", community=name, day=entered.day.isoformat())
    numbers = {first + place: one.number for place, one in enumerate(written) if one.number is not None}
    return NamedFile(f"{title}.xlsx", content), numbers

"""The audit as a file, row by row: as a workbook or CSV, of any length, and itself noted in the audit."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO, Literal

from beicha.actions.grants import Grant, require_everywhere
from beicha.actions.views.audit_trail import names_of, row_of
from beicha.papers.long_tables import write_csv, write_workbook
from beicha.papers.sheets import Column
from beicha.store import Store, Transaction, audit, audit_search
from beicha.store.audit_search import Wanted
from beicha.words.language import Language, later, say
from beicha.words.particulars import Particular

Form = Literal["xlsx", "csv"]
COLUMNS = (
    (later("No."), 8.0),
    (later("Time"), 20.0),
    (later("Who acted"), 22.0),
    (later("From where"), 18.0),
    (later("Action"), 18.0),
    (later("What was done"), 60.0),
    (later("Particulars"), 60.0),
    (later("Name of the action"), 20.0),
    (later("Time (UTC)"), 28.0),
    (later("Digest"), 20.0),
)


MOST_ROWS = 50_000
"""So many rows are handed out on a page at once; the command line knows no limit."""


class TooManyRowsError(ValueError):
    """There are more rows than are handed out at once."""


def export(
    grant: Grant, store: Store, wanted: Wanted, file: BinaryIO, form: Form, *,
    name: str, language: Language, now: datetime, most: int | None = None,
) -> int:  # fmt: skip
    """Write the rows, the oldest first, and note it under the file's name; gives how many there were.

    Raises TooManyRowsError where there are more than ``most``.
    """
    require_everywhere(grant, "audit")
    with store.read() as view:
        rows = audit_search.count(view, wanted, most + 1) if most else 0
        if most and rows > most:
            raise TooManyRowsError
        counted = _Counted(_rows(view, wanted, language))
        if form == "csv":
            write_csv(file, [say(language, title) for title, _ in COLUMNS], counted)
        else:
            columns = [Column(say(language, title), width) for title, width in COLUMNS]
            write_workbook(file, say(language, "Audit"), columns, counted)
    with store.write() as change:
        audit.add(change, now, grant, "audit.export", name, rows=counted.number)
    return counted.number


class _Counted:
    """Rows that are counted as they go by."""

    def __init__(self, rows: Iterator[list[str | int | float | None]]) -> None:
        self._rows, self.number = rows, 0

    def __iter__(self) -> Iterator[list[str | int | float | None]]:
        for row in self._rows:
            self.number += 1
            yield row


def _rows(view: Transaction, wanted: Wanted, language: Language) -> Iterator[list[str | int | float | None]]:
    names = names_of(view)
    for entry in audit_search.oldest_first(view, wanted):
        row = row_of(entry, names, language)
        parts = "\n".join(_part(part) for part in row.parts)
        moment = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
        said = [row.at, row.who, row.where, row.title, row.sentence, parts, entry.action, moment, entry.digest]
        yield [row.seq, *said]


def _part(part: Particular) -> str:
    return f"{part.label}：{part.value}" if part.before is None else f"{part.label}：{part.before} → {part.value}"

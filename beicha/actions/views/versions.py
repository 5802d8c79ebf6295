"""Versions as tables in the reader's language: what differs between two, field by field, and a row's history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from beicha.actions.comparing import LedgerChange, shape
from beicha.actions.fact_history import Fact, FactEvent
from beicha.actions.views.drafts import KINDS
from beicha.words.language import Language, later, say
from beicha.words.masking import masked_values
from beicha.words.rows import cell_text, content_text, whole_text
from beicha.words.times import shown
from scoring.edition import Edition
from scoring.facts import Rows
from scoring.ledgers import Ledger

WHAT = {
    "appeared": later("appeared"),
    "changed": later("changed"),
    "unchanged": later("unchanged"),
    "disappeared": later("disappeared"),
}
"""What a version did to a row."""

THROUGH = {
    "submitted": later("handed in"),
    "restored": later("an earlier version taken again"),
    "carried_over": later("carried over from the version before"),
    "removed": later("ledger removed on handing in"),
}
"""How a version came about."""


def difference_table(ledgers: Sequence[LedgerChange], edition: Edition, language: Language) -> pd.DataFrame:
    """What differs: a row for each field of a changed row, and one for each row that is new or missing.

    Columns: kind (in words), ledger (title), row (what tells it from others), field (title, '' for the whole row),
    before, now, place (sheet and row of the newer version, of the older one where it is missing there).
    """
    rows = [line for change in ledgers for line in _differences(change, edition.ledger(change.ledger), language)]
    return pd.DataFrame(rows, columns=["kind", "ledger", "row", "field", "before", "now", "place"])


def _differences(change: LedgerChange, ledger: Ledger, language: Language) -> Iterator[list[str]]:
    for old, new in change.changed:
        before, now = _values(change.before, old), _values(change.now, new)
        head = [say(language, KINDS["changed"]), ledger.title, _label(ledger, now, language)]
        for field in ledger.fields:
            if shape(before.get(field.code)) != shape(now.get(field.code)):
                texts = [cell_text(masked_values(ledger, values).get(field.code), language) for values in (before, now)]
                yield [*head, field.title, *texts, _place(change.now, new)]
    for new in change.new:
        now = _values(change.now, new)
        head = [say(language, KINDS["new"]), ledger.title, _label(ledger, now, language)]
        yield [*head, "", "", content_text(ledger, now, language), _place(change.now, new)]
    for old in change.missing:
        before = _values(change.before, old)
        head = [say(language, KINDS["missing"]), ledger.title, _label(ledger, before, language)]
        yield [*head, "", content_text(ledger, before, language), "", _place(change.before, old)]


def _values(rows: Rows, number: int) -> dict[str, Any]:
    return {code: column[number] for code, column in rows.values.items()}


def _place(rows: Rows, number: int) -> str:
    return f"{rows.sheet[number]} {rows.row[number]}"


def _label(ledger: Ledger, values: Mapping[str, Any], language: Language) -> str:
    """What tells a row from others, in one line; of one without a key its first field."""
    codes, values = ledger.key_fields or [ledger.fields[0].code], masked_values(ledger, values)
    return " · ".join(text for code in codes if (text := cell_text(values.get(code), language)))


def history_table(events: Iterable[FactEvent], ledger: Ledger, language: Language) -> pd.DataFrame:
    """A row's history, newest first.

    Columns: time, version (month and number), what (in words), changes (field: old → new, or the whole row), file,
    place (sheet and row), through (in words), who, corrected (cells that were put right on the page).
    """
    rows = [_event(event, ledger, language) for event in events][::-1]
    columns = ["time", "version", "what", "changes", "file", "place", "through", "who", "corrected"]
    return pd.DataFrame(rows, columns=columns)


def _event(event: FactEvent, ledger: Ledger, language: Language) -> list[str]:
    version, fact = event.version, event.now or event.before
    assert fact is not None, "a version that does nothing to a row has no event"
    return [
        shown(version.made_at),
        say(language, "{period}, version {n}", period=version.period, n=version.version),
        say(language, WHAT[event.what]),
        _changes(event, ledger, language),
        fact.file if event.now else "",
        f"{fact.sheet} {fact.row}" if event.now else "",
        say(language, THROUGH[event.through]),
        who(version.made_by, language),
        _corrected(fact, language) if event.now else "",
    ]


def _changes(event: FactEvent, ledger: Ledger, language: Language) -> str:
    if event.before is None or event.now is None:
        fact = event.now or event.before
        return whole_text(ledger, fact.values, language) if fact else ""
    texts = (
        (ledger.field(code).title, cell_text(event.before.values[code], language) or "–", event.now.values[code])
        for code in event.changed
    )
    return "；".join(f"{title}：{before} → {cell_text(now, language) or '–'}" for title, before, now in texts)


def _corrected(fact: Fact, language: Language) -> str:
    text = later("{column}: “{found}” was put right as “{text}”")
    put_right = fact.corrections
    return "；".join(
        say(language, text, column=one.heading or one.column, found=one.found, text=one.text) for one in put_right
    )


def who(actor: str, language: Language) -> str:
    """Who handed in; until there are accounts whoever sat at this computer."""
    return say(language, "this computer") if actor == "local" else actor


def rows_of(rows: Rows) -> list[dict[str, Any]]:
    """The values of each row by field."""
    return [_values(rows, number) for number in range(len(rows))]


def row_list(ledger: Ledger, rows: Rows, language: Language) -> pd.DataFrame:
    """The rows of one ledger as they were given: sheet, row (as Excel shows it), content (in one line)."""
    found = [
        [rows.sheet[number], rows.row[number], whole_text(ledger, _values(rows, number), language)]
        for number in range(len(rows))
    ]
    return pd.DataFrame(found, columns=["sheet", "row", "content"])

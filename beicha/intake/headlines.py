"""What is to be said about the headings of a table: missing, unknown, doubled, or read by a synonym."""

from typing import Any

from beicha.intake.book import Sheet, letter
from beicha.intake.problems import Problems
from beicha.intake.tables import Table


def say_headings(sheet: Sheet, table: Table, problems: Problems) -> tuple[str, ...]:
    """Notes every problem with the headings; gives the headings of columns that are not read."""
    ledger, match = table.ledger, table.match

    def say(code: str, column: int | None, heading: str = "", **values: Any) -> None:
        heading = heading or ("" if column is None else table.headings[column])
        at = "" if column is None else letter(column)
        problems.add(code, sheet.name, table.first, column=at, heading=heading, **values)

    for code, title in _missing(table):
        say(code, None, heading=title, ledger=ledger.title)
    for number in match.synonyms:
        say("column_by_synonym", match.columns[number], field=ledger.fields[number].title)
    for column, fields in match.unclear.items():
        say("column_unclear", column, fields=[ledger.fields[number].title for number in fields])
    for rival in match.rivals:
        both = [letter(at) for at in sorted((match.columns[rival.field], rival.column))]
        say("two_columns", rival.column, field=ledger.fields[rival.field].title, columns=both)
    unknown = _unknown(table)
    for column in unknown:
        say("column_unknown", column)
    for column in _without_heading(sheet, table):
        say("column_without_heading", column)
    return tuple(table.headings[at] for at in unknown)


def needed_fields(table: Table) -> frozenset[str]:
    """The fields without which a row is nothing: the key of an event."""
    return frozenset(table.ledger.key_fields if table.ledger.keeps == "events" else ())


def _missing(table: Table) -> list[tuple[str, str]]:
    needed = needed_fields(table)
    return [
        ("column_missing" if field.required or field.code in needed else "column_absent", field.title)
        for field in table.ledger.fields
        if field.code not in table.columns
    ]


def _unknown(table: Table) -> list[int]:
    match = table.match
    known = {*match.columns.values(), *match.unclear, *(rival.column for rival in match.rivals)}
    known |= {column for column in (table.community, table.ordinal) if column is not None}
    return [at for at, text in enumerate(table.headings) if text and at not in known]


def _without_heading(sheet: Sheet, table: Table) -> list[int]:
    taken = table.match.columns.values()
    bare = [at for at, text in enumerate(table.headings) if not text and at not in taken]
    body = sheet.rows[table.first : table.end] if bare else []
    return [at for at in bare if any(row[at] is not None and str(row[at]).strip() for row in body)]

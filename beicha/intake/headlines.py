"""What is to be said about the headings of a table: missing, unknown, doubled, or read by a synonym."""

from typing import Any

from beicha.intake.book import Sheet, letter
from beicha.intake.problems import Problems
from beicha.intake.suggesting import LIKELY, guesses
from beicha.intake.tables import Table
from beicha.intake.vocabulary import Vocabulary


def say_headings(sheet: Sheet, table: Table, vocabulary: Vocabulary, problems: Problems) -> tuple[str, ...]:
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
        titles, codes = ([getattr(ledger.fields[at], name) for at in fields] for name in ("title", "code"))
        say("column_unclear", column, fields=titles, ledger=ledger.code, open=codes, titles=titles)
    for rival in match.rivals:
        both = [letter(at) for at in sorted((match.columns[rival.field], rival.column))]
        say("two_columns", rival.column, field=ledger.fields[rival.field].title, columns=both)
    for number in match.confirmed:
        say("column_confirmed", match.columns[number], field=ledger.fields[number].title)
    unknown = _unknown(table)
    for column in unknown:
        code, values = _about_unknown(sheet, table, vocabulary, column)
        say(code, column, **values)
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
    known |= {column for column in (table.community, table.street, table.ordinal) if column is not None}
    return [at for at, text in enumerate(table.headings) if text and at not in known]


def _about_unknown(sheet: Sheet, table: Table, vocabulary: Vocabulary, column: int) -> tuple[str, dict[str, Any]]:
    """The problem of a column that is not read, and the codes of the fields it may be, the likeliest first."""
    match, heading = table.match, table.headings[column]
    if vocabulary.is_confirmed(table.ledger, heading):
        return "column_left_out", {}
    cells = [row[column] for row in sheet.rows[table.first : table.end]]
    open_fields = [at for at in range(len(table.ledger.fields)) if at not in match.columns]
    if not open_fields or all(cell in ("", None) for cell in cells):
        return "column_unknown", {}
    found = guesses(vocabulary, match.number, heading, cells, open_fields)
    fields = [table.ledger.fields[guess.field] for guess in found]
    titles = [field.title for field in fields]
    values = {"ledger": table.ledger.code, "open": [field.code for field in fields], "titles": titles}
    is_likely = found[0].likeness >= LIKELY
    return ("column_suggested" if is_likely else "column_unknown"), {**values, "field": titles[0]}


def _without_heading(sheet: Sheet, table: Table) -> list[int]:
    taken = table.match.columns.values()
    bare = [at for at, text in enumerate(table.headings) if not text and at not in taken]
    body = sheet.rows[table.first : table.end] if bare else []
    return [at for at in bare if any(row[at] is not None and str(row[at]).strip() for row in body)]

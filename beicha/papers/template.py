"""The standard workbook that communities and the office fill in, made from an edition."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from types import MappingProxyType
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from beicha.papers import looks
from beicha.papers.cover import add_cover, cover_lines
from beicha.papers.ledger_sheet import Lists, Pick, TableColumn, add_ledger, add_table, fill_ledger
from beicha.words.language import DEFAULT, Language, say
from beicha.words.workbook import CODE, COMMUNITY, DATE, LISTS, NOT_APPLICABLE, REASON, VISITS, sheet_name
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger

_MOST_CODES = 40


Filled = Mapping[str, Sequence[Mapping[str, Any]]]
"""Rows by the code of their ledger, each from field codes to values."""


def community_template(
    edition: Edition,
    community: Area | None = None,
    month: int | None = None,
    *,
    filled: Filled = MappingProxyType({}),
    language: Language = DEFAULT,
) -> bytes:
    """The workbook of one community for one month (a count of months), as the bytes of an .xlsx.

    A cover, one sheet for each ledger that communities keep, and one for criteria that do not apply. Without a
    community or a month their cells on the cover stay open. ``filled`` rows stand in it already.
    """
    book, lists = Workbook(), Lists()
    name = community.name if community else ""
    add_cover(book.active, edition, name, month, lines=cover_lines("community", language), language=language)
    for ledger in edition.ledgers:
        if ledger.kept_by == "community":
            sheet = _sheet(book, ledger.title)
            first = add_ledger(sheet, ledger, lists, language=language)
            fill_ledger(sheet, ledger, first, filled.get(ledger.code, ()))
    _add_declarations(_sheet(book, NOT_APPLICABLE), edition, lists, language)
    return _saved(book, lists)


def office_template(
    edition: Edition,
    communities: Sequence[Area] = (),
    month: int | None = None,
    *,
    filled: Filled = MappingProxyType({}),
    language: Language = DEFAULT,
) -> bytes:
    """The workbook of the office for one month (a count of months), as the bytes of an .xlsx.

    A cover, the visits, and each ledger that the office keeps; every sheet has a column for the community, to be
    chosen from those of ``communities`` that are communities. ``filled`` rows stand in it already, each with its
    community under COMMUNITY.
    """
    book, lists = Workbook(), Lists()
    add_cover(book.active, edition, None, month, lines=cover_lines("office", language), language=language)
    community = _community_column(communities)
    _add_visits(book, community, (), lists, language)
    for ledger in edition.ledgers:
        if ledger.kept_by == "office":
            sheet = _sheet(book, ledger.title)
            first = add_ledger(sheet, ledger, lists, before=(community,), language=language)
            fill_ledger(sheet, ledger, first, filled.get(ledger.code, ()), (community,))
    return _saved(book, lists)


def visit_workbook(
    edition: Edition,
    ledger: Ledger,
    month: int,
    rows: Sequence[Mapping[str, Any]],
    visits: Sequence[tuple[str, date]],
    *,
    language: Language = DEFAULT,
) -> tuple[bytes, int]:
    """The office's workbook with the rows of one ledger and some visits (community, day) alone, and its first row.

    Without rows it lacks the ledger's sheet, for a blank ledger says that nothing stands in it.
    """
    book, lists, first = Workbook(), Lists(), 0
    add_cover(book.active, edition, None, month, lines=cover_lines("office", language), language=language)
    community = _community_column(())
    _add_visits(book, community, visits, lists, language)
    if rows:
        sheet = _sheet(book, ledger.title)
        first = add_ledger(sheet, ledger, lists, before=(community,), language=language)
        fill_ledger(sheet, ledger, first, rows, (community,))
    return _saved(book, lists), first


def _community_column(communities: Sequence[Area]) -> TableColumn:
    names = tuple(area.name for area in communities if area.kind == "community")
    return TableColumn(COMMUNITY, True, 20.0, pick=Pick(names))


def _add_visits(
    book: Workbook, community: TableColumn, visits: Sequence[tuple[str, date]], lists: Lists, language: Language
) -> None:
    day = TableColumn(DATE, True, 14.0, (say(language, "A date such as 2026-03-05."),), form=looks.DATE_FORMAT)
    sheet = _sheet(book, VISITS)
    first = add_table(sheet, VISITS, (community, day), lists, language=language)
    for line, visit in enumerate(visits, first):
        for at, value in enumerate(visit, 1):
            looks.put(sheet, line, at, value)


def _add_declarations(sheet: Worksheet, edition: Edition, lists: Lists, language: Language) -> None:
    optional = [criterion for criterion in edition.criteria if criterion.optional]
    named = tuple(f"{criterion.code} {criterion.title}" for criterion in optional[:_MOST_CODES])
    code = TableColumn(
        CODE, True, 18.0, named, Pick(tuple(criterion.code for criterion in optional)), looks.TEXT_FORMAT
    )
    reason = TableColumn(REASON, True, 60.0, form=looks.TEXT_FORMAT)
    note = "" if optional else say(language, "This edition has no criterion that may be declared not applicable.")
    add_table(sheet, NOT_APPLICABLE, (code, reason), lists, note=note, language=language)


def _sheet(book: Workbook, title: str) -> Worksheet:
    return book.create_sheet(sheet_name(title))


def _saved(book: Workbook, lists: Lists) -> bytes:
    lists.write(book.create_sheet(LISTS))
    book.properties.creator = "Beicha"
    target = BytesIO()
    book.save(target)
    return target.getvalue()

"""The cover of the standard workbook: whose it is, of which month, for which edition, and how to fill it in."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from beicha.papers import looks
from beicha.words.language import Language, say
from beicha.words.workbook import COMMUNITY, COVER, DIGEST, DIGEST_LENGTH, EDITION, MONTH, NOT_APPLICABLE, VISITS
from scoring.edition import Edition
from scoring.periods import period_text

_FIRST_ANSWER = 3
_WIDTHS = [16.0, 60.0]
_LINE_HEIGHT = 19.0
_LINE_WIDTH = 72


def add_cover(
    sheet: Worksheet,
    edition: Edition,
    community: str | None,
    month: int | None,
    *,
    lines: Sequence[str],
    language: Language,
) -> None:
    """Makes the cover. ``community`` is "" where the clerk is to write it, None where it is not asked for."""
    sheet.title = COVER
    sheet.sheet_properties.tabColor = looks.BLUE
    looks.set_widths(sheet, _WIDTHS)
    title = looks.put(sheet, 1, 1, say(language, "Monthly report of ledgers"), looks.TITLE)
    title.alignment = looks.CENTRED
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 40
    answers = [(MONTH, "" if month is None else period_text(month), True)]
    if community is not None:
        answers.insert(0, (COMMUNITY, community, True))
    answers += [(EDITION, f"{edition.title} {edition.version}", False), (DIGEST, edition.digest[:DIGEST_LENGTH], False)]
    for row, (label, answer, is_asked) in enumerate(answers, _FIRST_ANSWER):
        _write_answer(sheet, row, label, answer, is_asked=is_asked)
    _write_lines(sheet, _FIRST_ANSWER + len(answers) + 1, lines, language)
    looks.set_page(sheet)


def cover_lines(kept_by: str, language: Language) -> tuple[str, ...]:
    """How to fill the workbook in, for a community or for the office."""
    common = (
        say(language, "One line is one event, one place or one finding. Headings on dark blue must be filled in."),
        say(language, "Dates are written as 2026-03-05, numbers without a unit; several choices are separated by 、"),
        say(language, "Sheets and headings keep their names. A sheet with nothing to report stays empty."),
    )
    if kept_by == "office":
        visit = say(language, "Write every visit on the sheet {sheet}, also one that found nothing.", sheet=VISITS)
        return (visit, *common)
    month = say(language, "The month is written as 2026-03.")
    declare = say(
        language,
        "A criterion that cannot apply is declared on the sheet {sheet}, with its code and the reason.",
        sheet=NOT_APPLICABLE,
    )
    return (month, *common, declare)


def _write_answer(sheet: Worksheet, row: int, label: str, answer: str, *, is_asked: bool) -> None:
    name = looks.put(sheet, row, 1, label, looks.ON_BLUE if is_asked else looks.STRONG)
    name.fill = looks.FILLED if is_asked else looks.TINTED
    name.alignment, name.border = looks.CENTRED, looks.GRID
    value = looks.put(sheet, row, 2, answer or None, looks.STRONG if is_asked else looks.SMALL)
    value.number_format = looks.TEXT_FORMAT  # a month typed in stays the text that was typed
    value.alignment, value.border = looks.MIDDLE, looks.GRID
    sheet.row_dimensions[row].height = 28


def _write_lines(sheet: Worksheet, row: int, lines: Sequence[str], language: Language) -> None:
    looks.put(sheet, row, 1, say(language, "How to fill it in"), looks.STRONG)
    for number, line in enumerate(lines, 1):
        cell = looks.put(sheet, row + number, 1, f"{number}. {line}")
        cell.alignment = looks.WRAPPED
        sheet.merge_cells(start_row=row + number, start_column=1, end_row=row + number, end_column=2)
        sheet.row_dimensions[row + number].height = _LINE_HEIGHT * (1 + looks.width_of(line) // _LINE_WIDTH)

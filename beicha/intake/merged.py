"""Cells merged over several rows of a table: one cell on the screen that speaks for all of them."""

from beicha.intake.book import Sheet, letter
from beicha.intake.cells import shown
from beicha.intake.problems import Problems
from beicha.intake.reports import is_filled
from beicha.intake.tables import Table
from scoring.ledgers import NUMBERS


def fill_merged(sheet: Sheet, table: Table, problems: Problems) -> None:
    """Writes a merged cell's value into all its rows; a number stays in the first alone, lest it be counted twice.

    A row whose cell a person put right keeps that. A row with nothing of its own stays blank: an item may be two
    rows high.
    """
    fields = {at: table.ledger.field(code) for code, at in table.columns.items()}
    filled: dict[int, int] = {}
    for top, left, bottom, _ in sheet.merged:
        if left not in fields and left not in (table.community, table.street):
            continue
        if not table.first <= top < min(bottom, table.end, len(sheet.rows)) or sheet.rows[top][left] in ("", None):
            continue
        if not any(map(is_filled, sheet.rows[top + 1 : bottom + 1])):
            continue
        if left in fields and fields[left].type in NUMBERS:
            _say_number(sheet, (top, left, bottom), fields[left].title, problems)
        else:
            _fill(sheet, (top, left, min(bottom, table.end - 1)))
            filled[left] = filled.get(left, 0) + 1
    for left, count in filled.items():
        at, heading = letter(left), table.headings[left]
        problems.add("merged_filled", sheet.name, table.first, column=at, heading=heading, count=count)


def _fill(sheet: Sheet, cell: tuple[int, int, int]) -> None:
    top, left, bottom = cell
    for at in range(top + 1, bottom + 1):
        if (at, left) not in sheet.typed and is_filled(sheet.rows[at]):
            sheet.rows[at][left] = sheet.rows[top][left]


def _say_number(sheet: Sheet, cell: tuple[int, int, int], heading: str, problems: Problems) -> None:
    top, left, bottom = cell
    found, count = shown(sheet.rows[top][left]), bottom - top + 1
    problems.add("merged_number", sheet.name, top + 1, column=letter(left), heading=heading, found=found, count=count)

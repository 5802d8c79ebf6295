"""Workbooks and an edition for tests: made on the spot, so that each test shows what it reads."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from beicha.intake.reading import Reading, read_workbook
from scoring.checklist_files import read_edition
from scoring.edition import Edition
from scoring.facts import Area
from scoring.periods import month_number

MARCH = month_number("2026-03")
OSMANTHUS = Area("C01", "桂花社区", "community", "S1")
COMMUNITIES = (
    Area("D1", "云溪区", "district"),
    Area("S1", "西街道", "street", "D1"),
    OSMANTHUS,
    Area("C02", "荷塘社区", "community", "S1"),
    Area("C03", "松柏社区", "community", "S1"),
)

HALL = ["序号", "活动时间", "活动主题", "活动地点", "参加人数", "主讲人", "有无图片"]
HALL_ROW = [1, date(2026, 3, 5), "孝老爱亲", "道德讲堂", 45, "李讲师", "有"]
SERVICE = ["服务日期", "活动名称", "成人人数", "到课人数", "服务时长"]
SERVED = [date(2026, 3, 8), "清扫楼道", 12, 3, 2]


@cache
def edition() -> Edition:
    """A small edition with a ledger of events, two of state, and two that the office keeps."""
    path = Path(__file__).with_name("edition.yaml")
    found, problems = read_edition(path.read_text("utf-8"), path.name)
    assert found is not None, problems
    return found


def workbook(
    sheets: dict[str, Sequence[Sequence[Any]]] | None = None,
    *,
    cover: tuple[str, Any] | None = ("桂花社区", "2026年3月"),
    start: tuple[int, int] = (1, 1),
    merged: dict[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
    hidden_rows: dict[str, Sequence[int]] | None = None,
    hidden_columns: dict[str, Sequence[str]] | None = None,
) -> bytes:
    """A workbook with a cover (community, month) and these sheets, their first cell at ``start`` (row, column)."""
    book = Workbook()
    front = book.active
    front.title = "封面"
    if cover is None:
        book.remove(front)
    else:
        front["A1"] = "台账上报"
        for row, (label, value) in enumerate(zip(("社区", "月份"), cover, strict=True), 3):
            front.cell(row, 1, label)
            front.cell(row, 2, value)
    for name, rows in (sheets or {}).items():
        _write(book.create_sheet(name), rows, start)
    for name, ranges in (merged or {}).items():
        for cells in ranges:
            book[name].merge_cells(cells)
    for name in hidden:
        book[name].sheet_state = "hidden"
    for name, numbers in (hidden_rows or {}).items():
        for number in numbers:
            book[name].row_dimensions[number].hidden = True
    for name, letters in (hidden_columns or {}).items():
        for letter in letters:
            book[name].column_dimensions[letter].hidden = True
    return saved(book)


def _write(sheet: Any, rows: Sequence[Sequence[Any]], start: tuple[int, int]) -> None:
    for at, row in enumerate(rows, start[0]):
        for column, value in enumerate(row, start[1]):
            if value is None:
                continue
            cell = sheet.cell(at, column, value)
            if isinstance(value, date) and not isinstance(value, datetime):
                cell.number_format = "yyyy-mm-dd"


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def hall(*rows: Sequence[Any], headings: Sequence[Any] = HALL, **options: Any) -> bytes:
    """A workbook with the ledger 道德讲堂活动."""
    return workbook({"道德讲堂活动": [headings, *rows]}, **options)


def read(content: bytes, name: str = "台账.xlsx", communities: Sequence[Area] = COMMUNITIES, **options: Any) -> Reading:
    """What the intake makes of the bytes under the small edition."""
    return read_workbook(name, content, edition(), communities, **options)


def codes(reading: Reading, *levels: str) -> list[str]:
    """The codes of the problems of these levels (of all where none is named), in their order."""
    return [problem.code for problem in reading.problems if not levels or problem.level in levels]


def the_values(reading: Reading, field: str, ledger: str = "hall") -> list[Any]:
    """The values of a field in the only report."""
    assert len(reading.reports) == 1, [report.community for report in reading.reports]
    return list(reading.reports[0].ledgers[ledger].values[field])

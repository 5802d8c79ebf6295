"""The tables of areas (区划表) and of lines (条线表) that an office fills in, row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beicha.intake.book import Book, Refusal, letter
from beicha.intake.cells import shown
from beicha.intake.child import read_book
from beicha.intake.months import month_in_cell
from beicha.intake.problems import Problem, Problems
from beicha.intake.synonyms import heading_key
from scoring.periods import period_text

KINDS = {"区": "district", "县": "district", "市": "district", "街道": "street", "镇": "street", "乡": "street"}
KINDS |= {"管区": "zone", "片区": "zone", "社区": "community", "村": "community"}
"""What the column 类别 may hold; the four of the template are 区, 街道, 管区 and 社区."""

AREA_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "代码"),
    "name": ("名称", "区划名称"),
    "kind": ("类别", "级别"),
    "parent": ("上级", "上级区划"),
    "rank_class": ("分类", "类"),
    "order": ("排序", "顺序"),
    "weight": ("权重",),
    "valid_from": ("启用月份", "启用"),
    "valid_to": ("停用月份", "停用"),
}
LINE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "代码"),
    "title": ("名称", "条线", "部门"),
    "order": ("排序", "顺序"),
}
_NEEDED = {"areas": ("name", "kind"), "lines": ("code", "title")}
_FIRST_ROWS = 20


@dataclass(frozen=True)
class AreaRow:
    """One row as it stands: texts, "" for a blank; ``kind`` as scoring calls it; months "YYYY-MM", None for a blank."""

    row: int
    code: str
    name: str
    kind: str
    parent: str
    rank_class: str
    order: int
    weight: float
    valid_from: str | None
    valid_to: str | None


@dataclass(frozen=True)
class LineRow:
    """One row of the table of lines."""

    row: int
    code: str
    title: str
    order: int


def read_area_table(name: str, content: bytes) -> tuple[str, tuple[AreaRow, ...], tuple[Problem, ...]]:
    """The name of the sheet, its rows without those that have errors, and every problem."""
    table = _Table(name, content, "areas", AREA_COLUMNS)
    rows = [row for place, (number, cells) in enumerate(table.rows, 1) if (row := _area(table, place, number, cells))]
    return table.sheet, tuple(rows), tuple(table.problems.all)


def read_line_table(name: str, content: bytes) -> tuple[str, tuple[LineRow, ...], tuple[Problem, ...]]:
    """The name of the sheet, its rows without those that have errors, and every problem."""
    table = _Table(name, content, "lines", LINE_COLUMNS)
    rows = [row for place, (number, cells) in enumerate(table.rows, 1) if (row := _line(table, place, number, cells))]
    return table.sheet, tuple(rows), tuple(table.problems.all)


class _Table:
    """The rows below the headings of the first sheet that has them, and what is wrong with it."""

    def __init__(self, name: str, content: bytes, kind: str, columns: Mapping[str, tuple[str, ...]]) -> None:
        self.problems = Problems(name)
        self.sheet = ""
        self.rows: list[tuple[int, Sequence[Any]]] = []
        self.places: dict[str, int] = {}
        self._titles = {field: titles[0] for field, titles in columns.items()}
        book = read_book(content)
        if isinstance(book, Refusal):
            self.problems.add(book.code, **book.values)
        elif not self._find(book, columns, _NEEDED[kind]):
            self.problems.add("table_missing", headings=[columns[field][0] for field in _NEEDED[kind]])

    def _find(self, book: Book, columns: Mapping[str, tuple[str, ...]], needed: Sequence[str]) -> bool:
        for sheet in book.sheets:
            for top, cells in enumerate(sheet.rows[:_FIRST_ROWS]):
                keys = [heading_key(shown(cell)) for cell in cells]
                places = {field: keys.index(key) for field, titles in columns.items() for key in titles if key in keys}
                if all(field in places for field in needed):
                    self.sheet, self.places = sheet.name, places
                    rows = enumerate(sheet.rows[top + 1 :], top + 2)
                    self.rows = [
                        (number, row) for number, row in rows if any(self.text(row, field) for field in places)
                    ]
                    return True
        return False

    def cell(self, cells: Sequence[Any], field: str) -> Any:
        return cells[self.places[field]] if field in self.places else ""

    def text(self, cells: Sequence[Any], field: str) -> str:
        return shown(self.cell(cells, field))

    def add(self, code: str, number: int, field: str, **values: Any) -> None:
        """Note a problem of a row's cell."""
        column = letter(self.places[field]) if field in self.places else ""
        self.problems.add(code, self.sheet, number, column=column, heading=self._titles[field], **values)

    def number(self, cells: Sequence[Any], number: int, field: str, default: float) -> float | None:
        """A number of at least 0, the default for a blank, None (and a problem) for anything else."""
        text = self.text(cells, field)
        try:
            value = float(text) if text else default
        except ValueError:
            value = -1.0
        if not 0 <= value < float("inf"):
            self.add("number_unreadable", number, field, found=text)
            return None
        return value

    def month(self, cells: Sequence[Any], number: int, field: str) -> tuple[str | None, bool]:
        """A month as "YYYY-MM", None for a blank; and whether it can be read."""
        text = self.text(cells, field)
        if not text:
            return None, True
        month = month_in_cell(self.cell(cells, field))
        if month is None:
            self.add("month_unreadable", number, field, found=text)
            return None, False
        return period_text(month), True


def _area(table: _Table, place: int, number: int, cells: Sequence[Any]) -> AreaRow | None:
    name, kind = table.text(cells, "name"), KINDS.get(table.text(cells, "kind"))
    if not name:
        table.add("name_blank", number, "name")
    if kind is None:
        table.add("area_kind_unknown", number, "kind", found=table.text(cells, "kind"))
    order = table.number(cells, number, "order", place)
    weight = table.number(cells, number, "weight", 1.0)
    (start, start_read), (end, end_read) = (table.month(cells, number, field) for field in ("valid_from", "valid_to"))
    if start and end and end <= start:
        table.add("months_reversed", number, "valid_to", found=end, start=start)
        end_read = False
    if not name or kind is None or order is None or weight is None or not (start_read and end_read):
        return None
    texts = {field: table.text(cells, field) for field in ("code", "parent", "rank_class")}
    return AreaRow(
        number, name=name, kind=kind, order=int(order), weight=weight, valid_from=start, valid_to=end, **texts
    )


def _line(table: _Table, place: int, number: int, cells: Sequence[Any]) -> LineRow | None:
    code, title = table.text(cells, "code"), table.text(cells, "title")
    for field, text in (("code", code), ("title", title)):
        if not text:
            table.add("name_blank", number, field)
    order = table.number(cells, number, "order", place)
    return LineRow(number, code, title, int(order)) if code and title and order is not None else None

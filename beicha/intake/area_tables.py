"""The tables of areas (区划表) and of lines (条线表) that an office fills in, row by row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from beicha.intake.filled_tables import FilledTable
from beicha.intake.problems import Problem

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
PEOPLE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "first": ("第一责任人",),
    "direct": ("直接责任人",),
    "contact": ("联系人", "联络员"),
    "phone": ("联系电话", "电话", "手机", "手机号"),
}
"""Who answers for an area or a line: may stand in both tables, and a blank cell leaves who is named."""
MOST_LETTERS = 40
PHONE = re.compile(r"[\d+(（][\d\s()（）+\-–—/、,，转#*]{2,}")
"""One telephone number or several, with extensions."""
LINE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("编码", "代码"),
    "title": ("名称", "条线", "部门"),
    "order": ("排序", "顺序"),
}


@dataclass(frozen=True)
class AreaRow:
    """One row as it stands: texts, "" for a blank; ``kind`` as scoring calls it; months "YYYY-MM", None for a blank.

    ``people`` holds those that are named, by their field.
    """

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
    people: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LineRow:
    """One row of the table of lines."""

    row: int
    code: str
    title: str
    order: int
    people: Mapping[str, str] = field(default_factory=dict)


def read_area_table(name: str, content: bytes) -> tuple[str, tuple[AreaRow, ...], tuple[Problem, ...]]:
    """The name of the sheet, its rows without those that have errors, and every problem."""
    table = FilledTable(name, content, {**AREA_COLUMNS, **PEOPLE_COLUMNS}, ("name", "kind"))
    rows = [row for place, (number, cells) in enumerate(table.rows, 1) if (row := _area(table, place, number, cells))]
    return table.sheet, tuple(rows), tuple(table.problems.all)


def read_line_table(name: str, content: bytes) -> tuple[str, tuple[LineRow, ...], tuple[Problem, ...]]:
    """The name of the sheet, its rows without those that have errors, and every problem."""
    table = FilledTable(name, content, {**LINE_COLUMNS, **PEOPLE_COLUMNS}, ("code", "title"))
    rows = [row for place, (number, cells) in enumerate(table.rows, 1) if (row := _line(table, place, number, cells))]
    return table.sheet, tuple(rows), tuple(table.problems.all)


def _area(table: FilledTable, place: int, number: int, cells: Sequence[Any]) -> AreaRow | None:
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
        number, name=name, kind=kind, order=int(order), weight=weight, valid_from=start, valid_to=end,
        people=_people(table, number, cells), **texts,
    )  # fmt: skip


def _line(table: FilledTable, place: int, number: int, cells: Sequence[Any]) -> LineRow | None:
    code, title = table.text(cells, "code"), table.text(cells, "title")
    for heading, text in (("code", code), ("title", title)):
        if not text:
            table.add("name_blank", number, heading)
    order = table.number(cells, number, "order", place)
    if not (code and title and order is not None):
        return None
    return LineRow(number, code, title, int(order), _people(table, number, cells))


def _people(table: FilledTable, number: int, cells: Sequence[Any]) -> dict[str, str]:
    """Those whom a row names; a text that is too long or no telephone is a problem."""
    found = {name: " ".join(table.text(cells, name).split()) for name in PEOPLE_COLUMNS}
    for name, text in found.items():
        if len(text) > MOST_LETTERS:
            table.add("person_too_long", number, name, found=text, most=MOST_LETTERS)
        elif name == "phone" and text and not PHONE.fullmatch(text):
            table.add("phone_unreadable", number, name, found=text)
    return {name: text for name, text in found.items() if text}

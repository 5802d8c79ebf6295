"""A cell far outside its table is named before it can fill the memory; what only looks far away is read."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from beicha.intake.book import Book, Refusal
from beicha.intake.child import read_book
from tests.intake.hostile import OPEN
from tests.intake.old_formats import xlsb
from tests.intake.packages import replaced
from tests.intake.workbooks import HALL_ROW, hall, read, saved

LEDGER = "道德讲堂活动"


def with_cell(name: str, value: object = "x") -> bytes:
    """The ledger with one more cell."""
    book = load_workbook(BytesIO(hall(HALL_ROW)))
    book[LEDGER][name] = value
    return saved(book)


def open_document(*rows: str) -> bytes:
    return OPEN.format(f'<table:table table:name="表">{"".join(rows)}</table:table>').encode()


def row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def cell(times: int = 1, value: str = ' office:value-type="float" office:value="1"') -> str:
    return f'<table:table-cell table:number-columns-repeated="{times}"{value}/>'


@pytest.mark.parametrize("name", ["XFD1048576", "XFD1", "A1048576", "XFD2"])
def test_a_stray_cell_is_named_with_its_sheet(name):
    (problem,) = read(with_cell(name)).problems
    found = problem.code, problem.sheet, f"{problem.column}{problem.row}"
    assert found == ("cell_far_away", LEDGER, name)


@pytest.mark.parametrize("size", ["A1:A1", "A1:XFD1048576"])
def test_a_stray_cell_is_found_by_the_size_that_the_sheet_says_it_has_or_by_its_place_at_the_end(size):
    content = with_cell("XFD1048576")
    content = replaced(content, "xl/worksheets/sheet2.xml", 'ref="A1:XFD1048576"', f'ref="{size}"')
    assert read_book(content).code == "cell_far_away"


def test_far_cells_that_are_only_formatted_do_no_harm():
    book = load_workbook(BytesIO(hall(HALL_ROW)))
    book[LEDGER]["XFD1048576"].number_format = "0.00"
    content = saved(book)
    assert [len(sheet.rows) for sheet in read_book(content).sheets] == [4, 2]


def test_a_table_that_is_simply_too_long_has_no_stray_cell():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(50_001):
        sheet.append([number])
    assert read_book(saved(book)) == Refusal("too_much_inside", {"what": "cells"})


def test_a_stray_cell_of_a_binary_workbook_is_named():
    content = xlsb({"表": [[1] + [None] * 16_382 + [2]]})
    assert read_book(content) == Refusal("cell_far_away", {"sheet": "表", "row": 1, "column": "XFD"})


EMPTY = cell(16_384, "")


@pytest.mark.parametrize(
    ("rows", "far"),
    [
        ([row(cell()), row(EMPTY, 1_048_574), row(cell(16_383, "") + cell())], ("XFD", 1_048_576)),
        ([row(cell(16_384))], ("XFD", 1)),
        ([row(cell()), row(cell(), 1_048_575)], ("A", 1_048_576)),
        ([row(cell()), row(EMPTY, 1_048_575)], None),
        ([row(cell() + cell(16_383, "")), row(EMPTY, 1_048_574), row(EMPTY)], None),
        ([row(cell(300), 2)], None),
    ],
)
def test_cells_of_an_open_document_may_repeat_to_the_last_corner_where_they_are_empty(rows, far):
    answer = read_book(open_document(*rows))
    if far is None:
        assert isinstance(answer, Book)
    else:
        assert answer == Refusal("cell_far_away", {"sheet": "表", "row": far[1], "column": far[0]})

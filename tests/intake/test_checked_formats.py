"""What comes back marked from files of every format: the same marks, and read again as if it had none."""

import re
from datetime import date

import pytest

from beicha.intake.problems import advice
from beicha.papers.template import community_template, office_template
from tests.intake import test_formats as formats
from tests.intake.old_formats import xls, xlsb, xml_2003
from tests.intake.packages import archived, parts_of
from tests.intake.test_checked import BAD, RED, SHEET, YELLOW, checked, opened, tint, told
from tests.intake.workbooks import COMMUNITIES, HALL, HALL_ROW, MARCH, OSMANTHUS, edition, hall, read, saved

SHEETS = {"封面": formats.COVER, SHEET: [HALL, HALL_ROW, BAD]}
ANEW = {
    "xls of Excel 95": lambda: xls(SHEETS, 5),
    "xls of Excel 97": lambda: xls(SHEETS, 8),
    "et": lambda: xls(SHEETS, 8, ETExtData=b"\0" * 64),
    "xlsb": lambda: xlsb(SHEETS),
    "page": lambda: page("utf-8"),
    "page in GBK": lambda: page("gbk"),
    "XML of Excel 2003": lambda: xml_2003(SHEETS),
}
OPEN = b"http://schemas.openxmlformats.org/"
STRICT = {
    "spreadsheetml/2006/main": "spreadsheetml/main",
    "drawingml/2006/main": "drawingml/main",
    "officeDocument/2006/relationships": "officeDocument/relationships",
}
BY_LIBREOFFICE = ["errors.xls", "errors.ods", "errors.fods"]


def page(charset: str) -> bytes:
    tables = (f"<h2>{name}</h2><table>{''.join(map(formats.page_row, rows))}</table>" for name, rows in SHEETS.items())
    return f"<html><body>{''.join(tables)}</body></html>".encode(charset)


@pytest.mark.parametrize("name", ANEW)
def test_a_workbook_made_anew_has_the_marks_where_the_clerk_looks_for_them(name):
    content = ANEW[name]()
    before = read(content)
    assert [(problem.code, problem.row) for problem in before.errors] == [("date_unreadable", 3)]
    marked = checked(content)
    sheet = opened(marked)[SHEET]
    assert (tint(sheet["B2"]), tint(sheet["B3"])) == ("", RED)
    assert (sheet["H1"].value, sheet["H2"].value, sheet["H3"].value[0]) == ("校验结果", None, "✖")
    assert [str(sheet[place].value) for place in ("A3", "B3", "E3")] == ["1", "某日某时", "45"]
    assert told(read(marked)) == told(before)


@pytest.mark.parametrize("name", BY_LIBREOFFICE)
def test_what_another_program_wrote_comes_back_with_its_problems_and_values(name):
    content = (formats.FILES / name).read_bytes()
    before = read(content)
    assert before.problems
    marked = checked(content)
    book = opened(marked)
    for problem in before.problems:
        if problem.row is not None and problem.level != "note":
            cell = book[problem.sheet][f"{problem.column}{problem.row}"]
            assert tint(cell) == (RED if problem.level == "error" else YELLOW)
            assert advice(problem, "zh_CN") in cell.comment.text
    again = read(marked)
    assert places(again) == places(before)
    assert values(again) == values(before)


def places(reading):
    return [(problem.code, problem.row, problem.column) for problem in reading.problems if problem.level != "note"]


def values(reading):
    return [(code, rows.row, rows.values) for report in reading.reports for code, rows in report.ledgers.items()]


def test_a_strict_workbook_stays_strict():
    content = strict(hall(HALL_ROW, BAD))
    before = read(content)
    assert [problem.row for problem in before.errors] == [3]
    marked = checked(content)
    assert told(read(marked)) == told(before)
    parts = parts_of(marked)
    assert {"xl/comments1.xml"} & {name.replace("/comments/comment", "/comments") for name in parts}
    for name, part in parts.items():
        if name.endswith(".rels"):
            kinds = re.findall(rb'Type="([^"]+)"', part)
            assert not [kind for kind in kinds if b"schemas.openxmlformats.org/officeDocument" in kind], name
        elif name.endswith(".xml") and name.startswith("xl/") and "theme" not in name:
            assert b"schemas.openxmlformats.org/spreadsheetml" not in part, name


def strict(content: bytes) -> bytes:
    """The workbook as Strict OOXML."""
    parts = parts_of(content)
    for name, part in parts.items():
        for kind, strictly in STRICT.items():
            part = part.replace(OPEN + kind.encode(), b"http://purl.oclc.org/ooxml/" + strictly.encode())
        parts[name] = part
    return archived(parts)


def test_our_own_template_filled_badly_comes_back_with_lists_and_examples():
    book = opened(community_template(edition(), OSMANTHUS, MARCH))
    page = next(sheet for sheet in book if sheet.title.startswith("道德讲堂"))
    top = next(row[0].row for row in page.iter_rows() if "活动时间" in [cell.value for cell in row])
    headings = {cell.value: cell.column for cell in page[top]}
    page.cell(top + 1, headings["活动时间"], "三月某日")
    page.cell(top + 1, headings["参加人数"], "许多")
    content = saved(book)
    before = read(content)
    assert {(problem.code, problem.row) for problem in before.errors} >= {("date_unreadable", top + 1)}
    marked = checked(content)
    shown = opened(marked)[page.title]
    assert tint(shown.cell(top + 1, headings["活动时间"])) == RED
    results = {cell.column: cell.value for cell in shown[top] if cell.value == "校验结果"}
    assert len(results) == 1
    assert shown.cell(top + 1, *results).value.startswith("✖")
    assert shown.data_validations.count == page.data_validations.count
    assert told(read(marked)) == told(before)


def test_the_template_of_the_office_filled_badly_comes_back_too():
    book = opened(office_template(edition(), COMMUNITIES, MARCH))
    page = book["督查走访"]
    top = next(row[0].row for row in page.iter_rows() if "社区" in [cell.value for cell in row])
    for at, cells in enumerate([["不知社区", date(2026, 3, 8)], ["桂花社区", "没有日子"]], top + 1):
        page.cell(at, 1, cells[0])
        page.cell(at, 2, cells[1])
    content = saved(book)
    before = read(content)
    marked = checked(content)
    assert {problem.row for problem in before.errors} == {top + 1, top + 2}
    assert tint(opened(marked)["督查走访"].cell(top + 1, 1)) == RED
    assert told(read(marked)) == told(before)

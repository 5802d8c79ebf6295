"""The clerk's own workbook comes back with its problems marked in it, and is read again as if it had no marks."""

import html
import re
import warnings
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import load_workbook as calamine

from beicha.intake.book import Refusal
from beicha.intake.checked.fills import TINTS
from beicha.intake.checked.marks import from_bytes, marks_of, to_bytes
from beicha.intake.checked.package import Package
from beicha.intake.child import mark_book
from beicha.intake.guard import open_parts
from beicha.intake.reading import Reading
from tests.intake.packages import parts_of, replaced, with_parts
from tests.intake.workbooks import HALL, HALL_ROW, hall, read, saved, workbook

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"
SHEET = "道德讲堂活动"
BAD = [1, "某日某时", "孝老爱亲", "道德讲堂", 45, "李讲师", "有"]
ABOUT = [2, date(2026, 3, 6), "孝老爱亲", "道德讲堂", "670多块", "李讲师", "有"]
RED, YELLOW = TINTS["error"], TINTS["warning"]


def checked(content: bytes, name: str = "台账.xlsx", language: str = "zh_CN") -> bytes:
    """The workbook with its problems marked in it."""
    reading = read(content, name)
    marked = mark_book(content, marks_of(reading.file, reading.problems, reading.sheets, language))
    assert not isinstance(marked, Refusal), marked
    return marked[1]


def opened(content: bytes):
    with warnings.catch_warnings():
        # openpyxl tells that it does not know the newer kind of lists, which are in the file all the same.
        warnings.filterwarnings("ignore", "Data Validation extension")
        return load_workbook(BytesIO(content))


def tint(cell) -> str:
    return cell.fill.fgColor.rgb if cell.fill.patternType == "solid" else ""


def told(reading: Reading):
    """All that a reading says but the file's own name and digest."""
    problems = [(p.code, p.level, p.sheet, p.row, p.column, p.heading, p.found, p.values) for p in reading.problems]
    return problems, reading.reports


def test_a_faulty_row_says_so_in_a_column_of_its_own():
    page = opened(checked(hall(HALL_ROW, BAD, ABOUT)))[SHEET]
    said = [cell.value for cell in page["H"]]
    assert said == [
        "校验结果",
        None,
        "✖ 第 B 列：“某日某时”不是日期。",
        "▲ 第 E 列：“670多块”是约数，按 670 读取。",
    ]


def test_faulty_cells_are_tinted_and_say_what_to_do_in_a_comment():
    page = opened(checked(hall(HALL_ROW, BAD, ABOUT)))[SHEET]
    assert {cell.coordinate: tint(cell) for row in page for cell in row if tint(cell)} == {
        "B3": RED,
        "H3": RED,
        "E4": YELLOW,
        "H4": YELLOW,
    }
    assert page["B3"].comment.text == "【校验结果】\n✖ “某日某时”不是日期。\n→ 日期请写成 2026-03-05 这样。"
    assert page["E4"].comment.text.startswith("【校验结果】\n▲ ")


def test_errors_of_a_row_stand_before_its_warnings():
    page = opened(checked(hall([1, "某日", "孝老爱亲", "道德讲堂", "约45", "李讲师", "有"])))[SHEET]
    assert [line[:1] for line in page["H2"].value.splitlines()] == ["✖", "▲"]


def test_a_blank_cell_that_must_be_filled_is_tinted_too():
    page = opened(checked(hall([1, date(2026, 3, 5), None, "道德讲堂", 45, "李讲师", "有"])))[SHEET]
    assert (page["C2"].value, tint(page["C2"])) == (None, RED)


def test_what_is_wrong_with_the_headings_stands_on_the_heading_of_the_column():
    page = opened(checked(hall(["李讲师", 45], headings=["主讲人", "参加人数"])))[SHEET]
    assert (page["C1"].value, tint(page["C1"])) == ("校验结果", RED)
    assert "缺少“活动时间”" in page["C1"].comment.text


def test_all_problems_are_listed_with_a_way_to_their_cells():
    book = opened(checked(hall(HALL_ROW, BAD, cover=("不知道的社区", "2026年3月"))))
    page = book["校验说明"]
    assert book.active is page
    assert [bool(sheet.sheet_view.tabSelected) for sheet in book] == [False] * (len(book.sheetnames) - 1) + [True]
    rows = list(page.iter_rows(min_row=7, values_only=True))
    assert [row[1] for row in rows] == ["道德讲堂活动 · 第 3 行 · B 列", "封面 · 第 3 行 · A 列"]
    assert [page[f"B{row}"].hyperlink.location for row in (7, 8)] == ["'道德讲堂活动'!B3", "'封面'!A3"]
    assert all(rows[0])


def test_a_problem_without_a_place_is_in_the_list_alone():
    book = opened(checked(hall(HALL_ROW, cover=None), "无名.xlsx"))
    assert "校验结果" not in [cell.value for cell in book[SHEET][1]]
    texts = [row[4] for row in book["校验说明"].iter_rows(min_row=7, values_only=True)]
    assert len(texts) == 2


def test_the_list_is_in_the_readers_language():
    page = opened(checked(hall(BAD), language="en"))["校验说明"]
    assert page["A6"].value == "Level"
    assert page["A7"].value == "✖ error"


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_a_sample_is_read_again_as_if_it_had_no_marks(path):
    before = read(path.read_bytes(), path.name)
    again = read(checked(path.read_bytes(), path.name), path.name)
    assert told(again) == told(before)


def test_a_workbook_mended_in_its_marked_copy_has_no_errors_left():
    book = opened(checked(hall(HALL_ROW, BAD)))
    book[SHEET]["B3"] = date(2026, 3, 9)
    again = read(saved(book))
    assert (again.errors, again.warnings) == ((), ())
    assert again.reports[0].ledgers["hall"].values["date"] == [date(2026, 3, 5), date(2026, 3, 9)]


def test_a_second_round_leaves_nothing_of_the_first():
    rows = [HALL_ROW, BAD, ABOUT]
    book = opened(hall(*rows))
    page = book[SHEET]
    page["B3"].fill = PatternFill("solid", fgColor="FF00B0F0")
    page["E4"].comment = Comment("问过了", "书记")
    page["A3"].comment = Comment("留着", "书记")
    once = opened(checked(saved(book)))
    assert tint(once[SHEET]["B3"]) == RED
    assert (
        once[SHEET]["E4"].comment.text == "问过了\n【校验结果】\n▲ “670多块”是约数，按 670 读取。\n→ 请写准确的数字。"
    )
    once[SHEET]["B3"] = date(2026, 3, 9)
    once[SHEET]["E4"] = 670
    once[SHEET]["C2"] = None
    twice = opened(checked(saved(once)))
    page = twice[SHEET]
    assert twice.sheetnames == ["封面", SHEET, "校验说明"]
    assert [cell.value for cell in page[1]] == [*HALL, "校验结果"]
    assert [bool(cell.value) for cell in page["H"]] == [True, True, False, False]
    assert {cell.coordinate: tint(cell) for row in page for cell in row if tint(cell)} == {
        "C2": RED,
        "H2": RED,
        "B3": "FF00B0F0",
    }
    comments = {cell.coordinate: cell.comment.text for row in page for cell in row if cell.comment}
    assert comments.keys() == {"C2", "A3", "E4"}
    assert (comments["A3"], comments["E4"]) == ("留着", "问过了")


def test_the_column_is_ignored_in_the_middle_of_a_sheet_too():
    headings = [*HALL[:3], "校验结果", *HALL[3:]]
    rows = [[*row[:3], "✖ 已改", *row[3:]] for row in (HALL_ROW, ABOUT)]
    reading = read(hall(*rows, headings=headings))
    plain = read(hall(HALL_ROW, ABOUT))
    assert reading.reports == plain.reports
    assert [problem.code for problem in reading.problems] == [problem.code for problem in plain.problems]
    assert [sheet.extra_columns for sheet in reading.sheets] == [sheet.extra_columns for sheet in plain.sheets]


def test_the_same_words_in_a_cell_are_what_the_cell_says():
    reading = read(
        hall([1, date(2026, 3, 5), "校验结果", "道德讲堂", 45, "李讲师", "有"], [*HALL_ROW[:2], "孝", *HALL_ROW[3:]])
    )
    assert reading.reports[0].ledgers["hall"].values["topic"] == ["校验结果", "孝"]


def test_a_sheet_of_problems_is_ignored_without_a_word():
    reading = read(workbook({SHEET: [HALL, HALL_ROW], "校验说明": [["校验说明"], ["级别", "位置"], ["✖", "甲"]]}))
    assert [problem.code for problem in reading.problems] == []
    assert "校验说明" in [sheet.sheet for sheet in reading.sheets]


EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
    'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" allowBlank="1">'
    "<x14:formula1><xm:f>封面!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>C2:C9</xm:sqref></x14:dataValidation>"
    "</x14:dataValidations></ext></extLst>"
)


def rich() -> bytes:
    """A workbook with whatever a clerk's has: lists, rules, merges, filters, formulas, names, pictures of WPS."""
    book = opened(hall(HALL_ROW, BAD, ABOUT))
    page = book[SHEET]
    choice = DataValidation("list", formula1='"有,无"', sqref="G2:G9")
    page.add_data_validation(choice)
    page.conditional_formatting.add("E2:E9", CellIsRule("greaterThan", ["100"], fill=PatternFill(bgColor="FF00FF00")))
    page["I2"] = "=SUM(E2:E4)"
    page.freeze_panes = "B2"
    page.auto_filter.ref = "A1:G4"
    page.merge_cells("J1:K1")
    page.row_dimensions[4].hidden = True
    page.column_dimensions["D"].width = 33
    page.print_area = "A1:G9"
    page.print_title_rows = "1:1"
    page["B3"].font = Font(name="宋体", size=9, italic=True)
    page["B3"].number_format = "yyyy/m/d"
    content = replaced(saved(book), "xl/worksheets/sheet2.xml", "</worksheet>", EXTENSION + "</worksheet>")
    return with_parts(
        content, {"xl/cellimages.xml": "<etc:cellImages xmlns:etc='urn:x'/>", "xl/media/image1.png": b"\x89PNG"}
    )


def without_ours(part: bytes) -> str:
    """The text of a sheet's part without what marking may change: cells, styles, columns' list, its stated size."""
    text = html.unescape(part.decode())
    text = re.sub(
        r"<sheetData>.*</sheetData>|<cols>.*</cols>|<dimension[^>]*>|<legacyDrawing [^>]*>", "", text, flags=re.S
    )
    return re.sub(r' tabSelected="1"|<\?xml[^>]*\?>\s*| xmlns:\w+="[^"]*"', "", text)


def test_whatever_else_is_in_the_workbook_stays_as_it_was():
    content = rich()
    before, after = parts_of(content), parts_of(checked(content))
    assert before.keys() <= after.keys()
    touched = {name for name in before if before[name] != after[name]}
    assert touched == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet2.xml",
    }
    part = "xl/worksheets/sheet2.xml"
    assert without_ours(after[part]) == without_ours(before[part])
    names = re.search(rb"<definedNames>.*</definedNames>", before["xl/workbook.xml"], re.S)[0]
    assert names in after["xl/workbook.xml"]


def test_cells_keep_their_style_below_the_tint_and_formulas_stay():
    before, after = opened(rich())[SHEET], opened(checked(rich()))[SHEET]
    assert (after["B3"].font.name, after["B3"].font.i, after["B3"].number_format) == ("宋体", True, "yyyy/m/d")
    assert after["I2"].value == "=SUM(E2:E4)"
    assert after.column_dimensions["D"].width == 33
    assert [[cell.value for cell in row[:7]] for row in after] == [[cell.value for cell in row[:7]] for row in before]


@pytest.mark.parametrize(("beside", "place"), [(False, "H1"), (True, "J1")])
def test_the_column_is_the_first_behind_the_headings_where_nothing_stands(beside, place):
    book = opened(hall(HALL_ROW, BAD))
    page = book[SHEET]
    page.merge_cells("I2:I3")
    if beside:
        page["H4"] = "旁注"
    page = opened(checked(saved(book)))[SHEET]
    assert [cell.coordinate for cell in page[1] if cell.value == "校验结果"] == [place]


def test_only_cells_of_the_clerk_hold_formulas():
    after = opened(checked(hall([1, "=1+1", "<b>x</b>&", "道德讲堂", 45, "李讲师", "有"])))
    formulas = [cell.coordinate for page in after for row in page for cell in row if cell.data_type == "f"]
    assert formulas == ["B2"]
    assert after[SHEET]["C2"].value == "<b>x</b>&"


def test_what_a_cell_says_is_never_markup_in_ours():
    book = opened(hall([1, "=HYPERLINK(1)<x>&\"'_x005F_x0041_", "孝", "道德讲堂", 45, "李讲师", "有"]))
    book[SHEET]["B2"].data_type = "s"
    content = checked(saved(book))
    assert "“=HYPERLINK(1)<x>&\"'_x0041_”" in calamine(BytesIO(content)).get_sheet_by_name(SHEET).to_python()[1][7]
    assert "“=HYPERLINK(1)<x>&\"'_x005F_x0041_”" in opened(content)[SHEET]["B2"].comment.text


def test_macros_stay_in_a_workbook_that_is_called_so():
    content = with_parts(hall(BAD), {"xl/vbaProject.bin": b"macro"})
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    content = replaced(content, "[Content_Types].xml", kind, "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    reading = read(content)
    suffix, marked = mark_book(content, marks_of(reading.file, reading.problems, reading.sheets, "zh_CN"))
    assert suffix == ".xlsm"
    assert parts_of(marked)["xl/vbaProject.bin"] == b"macro"


def test_a_text_comes_back_as_a_workbook_with_the_same_marks():
    content = "活动时间,活动主题,活动地点,参加人数,主讲人,有无图片\n某日,=1+1,讲堂,45,李,有\n".encode("gb18030")
    before = read(content, "桂花社区2026年3月道德讲堂活动.csv")
    marked = checked(content, before.file)
    book = opened(marked)
    page = book["桂花社区2026年3月道德讲堂活动"]
    assert (page["B2"].value, page["B2"].data_type) == ("=1+1", "s")
    assert (tint(page["A2"]), page["G1"].value) == (RED, "校验结果")
    assert any("不是 .xlsx" in (row[0] or "") for row in book["校验说明"].iter_rows(max_row=6, values_only=True))
    assert told(read(marked, "桂花社区2026年3月道德讲堂活动.xlsx")) == told(before)


def test_a_file_that_is_no_workbook_gets_no_marks():
    reading = read(b"\0\1\2")
    assert mark_book(b"\0\1\2", marks_of(reading.file, reading.problems, (), "zh_CN")) == Refusal("not_a_workbook")


def test_marks_survive_their_way_to_the_reading_process():
    reading = read(hall(HALL_ROW, BAD, ABOUT))
    marks = marks_of(reading.file, reading.problems, reading.sheets, "zh_CN")
    assert from_bytes(to_bytes(marks)) == marks


def test_a_part_in_which_much_repeats_itself_passes_the_guard_when_it_comes_back():
    package = Package(hall(BAD))
    package.put("xl/drawings/vmlDrawing1.vml", b"<v:shape/>" * 200_000)
    assert not isinstance(open_parts(package.saved()), Refusal)


def test_boxes_of_others_stay_though_they_are_no_sound_xml():
    box = b'<v:shape id="_x0000_s1030"><v:textbox><div>x<br></div></v:textbox><x:ClientData ObjectType="B"/></v:shape>'
    book = opened(hall(BAD))
    book[SHEET]["A1"].comment = Comment("注", "书记")
    content = saved(book)
    (name,) = [part for part in parts_of(content) if part.endswith(".vml")]
    content = with_parts(content, {name: parts_of(content)[name].replace(b"</xml>", box + b"</xml>")})
    once = checked(content)
    boxes = parts_of(once)[name]
    assert box in boxes
    assert boxes.count(b":Row>1</") == 1
    assert b"_x0000_s1031" in boxes
    again = parts_of(checked(once))[name]
    assert (again.count(b":Row>0</"), again.count(b":Row>1</"), box in again) == (1, 1, True)

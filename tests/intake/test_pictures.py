"""Pictures in cells and above them count where a field asks for pictures, each once, and the reader is told."""

from datetime import date
from pathlib import Path

import pytest

from beicha.intake.book import Sheet
from beicha.intake.child import read_book
from beicha.intake.pictures import count_pictures
from beicha.intake.problems import Problems
from beicha.intake.tables import find_tables
from beicha.intake.vocabulary import vocabulary_of
from scoring.checklist_files import read_edition
from tests.house.sources import ROOT
from tests.intake.old_formats import picture, xls, xlsb
from tests.intake.packages import parts_of, replaced, with_cell_images, with_floating, with_parts
from tests.intake.workbooks import HALL, HALL_ROW, codes, hall, read, the_values

LEDGER = "xl/worksheets/sheet2.xml"
FILES = Path(__file__).with_name("files")
BLANK = [*HALL_ROW[:6], None]


def with_formula_picture(*kept: str) -> bytes:
    """A ledger whose last cell holds a picture as WPS stores it: a formula that gives its own text."""
    content = hall([*HALL_ROW[:6], '=DISPIMG("ID_1",1)'])
    stored = '<f>DISPIMG("ID_1",1)</f><v></v>'
    value = '<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG(&quot;ID_1&quot;,1)</v>'
    content = replaced(content, LEDGER, f'<c r="G2">{stored}', f'<c r="G2" t="str">{value}')
    return with_cell_images(content, *kept) if kept else content


def test_a_picture_in_a_cell_of_wps_is_a_picture():
    reading = read(with_formula_picture("ID_1", "ID_2"))
    assert the_values(reading, "pictured") == [True]
    told = [(p.row, p.column, p.level, p.values["count"]) for p in reading.problems if p.code == "pictures_counted"]
    assert told == [(2, "G", "note", 1)]


@pytest.mark.parametrize("kept", [(), ("ID_2",)])
def test_a_formula_whose_picture_is_gone_is_told_and_blank(kept):
    reading = read(with_formula_picture(*kept))
    assert the_values(reading, "pictured") == [None]
    assert codes(reading, "warning") == ["picture_lost"]


def test_pictures_that_float_above_a_row_are_pictures_of_the_row():
    reading = read(with_floating(hall(BLANK, BLANK), (1, 6), sheet=2))
    assert the_values(reading, "pictured")[0] is True


def test_what_is_written_counts_and_not_the_picture():
    reading = read(with_floating(hall([*HALL_ROW[:6], "无"]), (1, 6), sheet=2))
    assert the_values(reading, "pictured") == [False]
    assert "pictures_counted" not in codes(reading)


def test_pictures_beside_the_table_count_for_their_row_only():
    second = [2, *BLANK[1:2], "第二场", *BLANK[3:]]
    reading = read(with_floating(hall(BLANK, second), (2, 9), sheet=2))
    assert the_values(reading, "pictured") == [None, True]


def test_a_picture_above_the_headings_or_on_an_empty_row_makes_no_item():
    reading = read(with_floating(hall(BLANK), (0, 6), (5, 6), sheet=2))
    assert the_values(reading, "pictured") == [None]


def test_several_pictures_of_a_cell_count_each():
    content = with_floating(hall(BLANK), (1, 6), (1, 6), (3, 2), sheet=2, pictures=2)
    assert read_book(content).sheets[1].pictures == ((1, 6, 4), (3, 2, 2))


def test_a_picture_that_excel_keeps_in_a_cell_is_no_error():
    content = replaced(
        hall([*HALL_ROW[:6], 77]), LEDGER, '<c r="G2" t="n"><v>77</v>', '<c r="G2" t="e" vm="1"><v>#VALUE!</v>'
    )
    content = with_parts(content, {"xl/richData/richValueRel.xml": "<richValueRels/>"})
    reading = read(content)
    assert the_values(reading, "pictured") == [True]
    assert "formula_error" not in codes(reading)


def test_a_drawing_that_is_no_xml_has_no_pictures():
    content = with_parts(with_floating(hall(BLANK), (1, 6), sheet=2), {"xl/drawings/drawing1.xml": "<a"})
    assert read_book(content).sheets[1].pictures == ()


def counted(row: list, *pictures: tuple[int, int, int]) -> list:
    """The row of a ledger that asks for the number of pictures, after counting."""
    path = ROOT / "data" / "checklists" / "community-archive-2025.yaml"
    edition, _ = read_edition(path.read_text("utf-8"), path.name)
    headings = ["活动时间", "活动主题", "活动地点", "参加人数", "照片张数"]
    sheet = Sheet("道德讲堂活动", [headings, row], pictures=pictures)
    problems = Problems("台账.xlsx")
    (table,) = find_tables(sheet, vocabulary_of(edition))
    count_pictures(sheet, table, problems)
    return [sheet.rows[1][4], *(problem.code for problem in problems.all)]


@pytest.mark.parametrize(
    ("cell", "pictures", "result"),
    [
        ("", [], [""]),
        ("", [(1, 4, 2)], [2.0, "pictures_counted"]),
        (None, [(1, 4, 1), (1, 5, 1), (1, 3, 1)], [3.0, "pictures_counted"]),
        ('=DISPIMG("ID_1",1)', [(1, 4, 1)], [1.0, "pictures_counted"]),
        ('=DISPIMG("ID_1",1)', [], ["", "picture_lost"]),
        (3.0, [(1, 4, 2)], [3.0]),
        ("3张", [(1, 4, 2)], ["3张"]),
        ("", [(0, 4, 2), (2, 4, 2)], [""]),
    ],
)
def test_a_number_of_pictures_that_is_blank_reads_the_count(cell, pictures, result):
    assert counted([date(2026, 3, 5), "孝老爱亲", "讲堂", 45.0, cell], *pictures) == result


def test_pictures_alone_make_no_row():
    assert counted(["", "", "", "", ""], (1, 4, 1)) == [""]


COVER = [["社区", "桂花社区"], ["月份", "2026年3月"]]


def old(*objects: bytes, version: int = 8, rows: tuple = (BLANK,)) -> bytes:
    """The ledger as an .xls with these objects floating above it."""
    return xls({"封面": COVER, "道德讲堂活动": [HALL, *rows]}, version, objects=b"".join(objects))


@pytest.mark.parametrize("version", [5, 8])
def test_pictures_that_float_in_an_old_workbook_are_pictures_of_their_row(version):
    content = old(picture((1, 6), version=version), picture((2, 3), version=version), version=version)
    assert read_book(content).sheets[1].pictures == ((1, 6, 1), (2, 3, 1))
    reading = read(content)
    assert the_values(reading, "pictured") == [True]
    assert [(p.row, p.column) for p in reading.problems if p.code == "pictures_counted"] == [(2, "G")]


@pytest.mark.parametrize("kind", [0, 5, 20, 25])
def test_a_group_a_chart_an_arrow_and_a_comment_are_no_pictures(kind):
    assert codes(read(old(picture((1, 6), kind)))) == codes(read(old()))


def test_a_picture_in_a_group_lies_where_the_group_does():
    assert read_book(old(picture((1, 6), 0), picture(None), picture(None))).sheets[1].pictures == ((1, 6, 2),)


def test_pictures_of_which_no_row_is_known_are_a_warning_where_a_field_is_blank():
    reading = read(old(picture(None), picture(None)))
    found = [(p.level, p.sheet, p.row, p.column, p.values["count"]) for p in reading.problems]
    assert found == [("warning", "道德讲堂活动", 1, "G", 2)]
    assert codes(reading) == ["pictures_unplaced"]
    assert codes(read(old(picture(None), rows=(HALL_ROW,)))) == []


def test_pictures_that_libreoffice_stored_in_old_and_open_workbooks_are_counted():
    for name in ("errors.xls", "errors.ods", "errors.fods"):
        assert read_book((FILES / name).read_bytes()).sheets[1].pictures == ((1, 6, 2), (2, 5, 1))


def test_pictures_that_float_in_a_binary_workbook_are_counted():
    content = with_floating(xlsb({"封面": COVER, "道德讲堂活动": [HALL, BLANK]}), (1, 6), sheet=2)
    relations = "xl/worksheets/_rels/sheet2."
    parts = parts_of(content)
    content = with_parts(content, {f"{relations}bin.rels": parts[f"{relations}xml.rels"]})
    assert read_book(content).sheets[1].pictures == ((1, 6, 1),)

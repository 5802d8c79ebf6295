"""A workbook from its bytes to a report: what counts, where it stood, and what is never done in silence."""

import hashlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.intake.workbooks import HALL, HALL_ROW, MARCH, codes, hall, read, saved, the_values, workbook


def test_a_plain_workbook_gives_typed_rows_and_no_problem():
    content = hall(HALL_ROW)
    reading = read(content)
    assert (reading.problems, reading.readable) == ((), True)
    assert (reading.file, reading.sha256) == ("台账.xlsx", hashlib.sha256(content).hexdigest())
    (report,) = reading.reports
    assert (report.community, report.month, report.kept_by) == ("C01", MARCH, "community")
    assert list(report.ledgers) == ["hall"]
    assert dict(report.ledgers["hall"].values) == {
        "date": [date(2026, 3, 5)],
        "topic": ["孝老爱亲"],
        "place": ["道德讲堂"],
        "people": [45],
        "lecturer": ["李讲师"],
        "pictured": [True],
    }


@settings(max_examples=25)
@given(st.integers(1, 12), st.integers(1, 8), st.lists(st.booleans(), min_size=1, max_size=8))
def test_rows_and_columns_are_those_that_excel_shows(row, column, filled):
    """Whatever blank rows and columns stand before or between, an error names its own cell."""
    rows = [[at, "坏日子", f"主题{at}", "大厅", 1, "", ""] if is_filled else [] for at, is_filled in enumerate(filled)]
    reading = read(workbook({"道德讲堂": [HALL, *rows]}, start=(row, column)))
    expected = [row + 1 + at for at, is_filled in enumerate(filled) if is_filled]
    letter = chr(ord("A") + column)
    assert [(p.code, p.row, p.column) for p in reading.problems] == [("date_unreadable", at, letter) for at in expected]
    assert reading.reports[0].ledgers["hall"].row == expected


def test_every_row_is_read_or_listed():
    rows = [
        ["标题"],
        HALL,
        HALL_ROW,
        [],
        ["一、小标题"],
        [2, "坏", None, "x"],
        ["合计", None, None, None, 3],
        ["注：无"],
    ]
    sheet = read(workbook({"道德讲堂": rows})).sheets[1]
    assert sheet.rows_read + len(sheet.ignored) == len(rows)


def test_errors_do_not_keep_the_report_from_being_shown():
    reading = read(hall([1, "坏", "孝", "大厅", "很多", "", "也许"]))
    assert codes(reading, "error") == ["date_unreadable", "number_no_amount", "yes_no_unreadable"]
    assert the_values(reading, "people") == [None]
    assert reading.reports[0].originals["hall"] == {"date": ["坏"], "people": ["很多"], "pictured": ["也许"]}


def test_originals_stand_beside_the_rows_they_belong_to():
    second = [2, date(2026, 3, 6), "敬业", "大厅", "近30人", "", "√"]
    reading = read(hall(HALL_ROW, second))
    assert reading.reports[0].originals["hall"]["people"] == ["", "近30人"]
    assert codes(reading) == ["number_about"]


def test_a_blank_key_is_an_error_and_a_blank_of_another_needed_field_a_warning():
    reading = read(hall([1, date(2026, 3, 5), None, "大厅"]))
    assert [(p.code, p.level, p.row, p.column) for p in reading.problems] == [("key_blank", "error", 2, "C")]
    adverts = [["设置位置", "载体形式", "数量"], ["门口", None, None]]
    reading = read(workbook({"公益广告": adverts}))
    assert [(p.code, p.level) for p in reading.problems if p.row == 2] == [("required_blank", "warning")] * 2


def test_the_same_event_twice_is_noted_and_both_rows_are_kept():
    again = [2, "2026年3月5日", " 孝老爱亲 ", "广场", 50, "", ""]
    reading = read(workbook({"道德讲堂": [HALL, HALL_ROW], "道德讲堂2": [HALL, again]}))
    assert [(p.code, p.level, p.sheet, p.row) for p in reading.problems] == [
        ("duplicate_event", "note", "道德讲堂2", 2)
    ]
    assert reading.problems[0].values["rows"] == ("道德讲堂 2", "道德讲堂2 2")
    assert the_values(reading, "place") == ["道德讲堂", "广场"]


def test_equal_rows_of_a_state_ledger_are_no_duplicates():
    rows = [["设置位置", "载体形式", "数量"], ["门口", "展板", 1], ["门口", "展板", 1]]
    assert "duplicate_event" not in codes(read(workbook({"公益广告": rows})))


def test_not_applicable_is_never_read_as_blank():
    reading = read(hall([1, date(2026, 3, 5), "N/A", "NA", "N/A", "", ""]))
    assert codes(reading) == ["text_not_applicable", "text_not_applicable", "cell_not_applicable"]
    assert (the_values(reading, "topic"), the_values(reading, "place")) == (["N/A"], ["NA"])


def test_a_formula_is_read_as_its_stored_value_and_a_text_as_text():
    book = Workbook()
    sheet = book.active
    sheet.title = "道德讲堂"
    sheet.append(HALL)
    sheet.append(HALL_ROW)
    sheet["C2"].value = "=1+1"
    sheet["C2"].data_type = "s"
    reading = read(saved(book), "桂花社区2026年3月.xlsx")
    assert (codes(reading), the_values(reading, "topic")) == ([], ["=1+1"])


def test_a_text_file_is_a_ledger_named_by_its_file():
    text = ",".join(HALL) + "\n1,2026年3月5日,孝老爱亲,大厅,45人,李讲师,√\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        reading = read(text.encode(encoding), "桂花社区2026年3月道德讲堂.csv")
        assert codes(reading) == []
        assert (the_values(reading, "people"), reading.reports[0].ledgers["hall"].row) == ([45], [2])
        assert reading.sheets[0].sheet == "桂花社区2026年3月道德讲堂"


def test_a_text_file_without_known_headings_is_an_error():
    assert codes(read("甲,乙\n1,2\n".encode()), "error") == ["csv_without_heading"]


def test_a_workbook_without_ledgers_is_an_error():
    assert codes(read(workbook({}))) == ["nothing_recognised"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\0\1\2", b"<html>"])
def test_a_file_that_cannot_be_opened_gives_one_error_and_nothing_else(content):
    reading = read(content, "C:\\某处\\台账.xls")
    assert (len(reading.errors), reading.readable, reading.reports, reading.sheets) == (1, False, (), ())
    assert reading.file == "台账.xls"


@settings(max_examples=60)
@given(
    st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"])
)
def test_any_bytes_give_a_reading_and_never_an_exception(noise, head):
    reading = read(head + noise)
    assert reading.errors


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12, alphabet=st.characters(blacklist_categories=("Cs", "Cc"))),
    st.sampled_from(
        ["合计", "填表人：", "2026年3月5日", "9月26-30日", "670多块", "√", "☑是□否", "活动时间", "社区", "/"]
    ),
    st.integers(-5, 60000),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1900, 3, 1)),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_any_cells_below_the_headings_are_read_or_listed(rows):
    reading = read(hall(*rows))
    filled = {at for at, row in enumerate(rows, 2) if any(cell is not None and str(cell).strip() for cell in row)}
    listed = {row for sheet in reading.sheets[1:] for row, _ in sheet.ignored}
    kept = {row for report in reading.reports for found in report.ledgers.values() for row in found.row}
    told = {problem.row for problem in reading.problems}  # a formula without a value may be all that a row holds
    assert filled <= listed | kept | told
    assert not listed & kept

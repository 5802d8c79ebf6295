"""Unknown headings: a field is suggested, what a person confirmed is taken, nothing is guessed in silence."""

from datetime import date

import pytest

from beicha.intake.answers import NO_ANSWERS, from_plain, to_plain
from beicha.intake.suggesting import LIKELY, guesses
from beicha.intake.vocabulary import vocabulary_of
from tests.intake.workbooks import HALL, HALL_ROW, codes, edition, hall, read, the_values, workbook

ODD = ["序号", "活动时间", "活动主题", "活动的地址", "参加人数", "主讲人", "有无图片"]
ODDER = ["序号", "何时办的", "活动主题", "活动地点", "参加人数", "主讲人", "有无图片"]


def confirming(heading, field, ledger="hall"):
    return NO_ANSWERS.meaning({(ledger, heading): field}, {})


def said(content, **options):
    return [(p.code, p.heading, p.values.get("field"), p.values.get("open")) for p in read(content, **options).problems]


def test_a_column_with_a_heading_like_an_open_fields_is_suggested_and_not_read():
    content = hall(HALL_ROW, headings=ODD)
    assert said(content) == [
        ("column_absent", "活动地点", None, None),
        ("column_suggested", "活动的地址", "活动地点", ["place"]),
    ]
    assert the_values(read(content), "place") == [None]


def test_a_column_of_dates_suggests_the_open_date_whatever_it_is_called():
    content = hall(HALL_ROW, headings=ODDER)
    assert ("column_missing", "活动时间", None, None) in said(content)
    (unknown,) = [found for found in said(content) if found[1] == "何时办的"]
    assert unknown[2:] == ("活动时间", ["date"])


def test_an_extra_column_stays_a_note_where_no_field_is_open():
    reading = read(hall([*HALL_ROW, "晴"], headings=[*HALL, "天气"]))
    assert [(p.code, p.level, dict(p.values)) for p in reading.problems] == [("column_unknown", "note", {})]


def test_a_column_without_entries_is_no_question():
    content = hall([1, date(2026, 3, 5), "孝老爱亲", None], headings=["序号", "活动时间", "活动主题", "活动的地址"])
    assert ("column_unknown", "活动的地址", None, None) in said(content)


def test_a_confirmed_heading_is_read_as_the_field_and_the_reader_is_told():
    content = hall(HALL_ROW, headings=ODD)
    reading = read(content, answers=confirming("活动的地址", "place"))
    assert the_values(reading, "place") == ["道德讲堂"]
    assert [(p.code, p.heading) for p in reading.problems] == [("column_confirmed", "活动的地址")]


def test_a_confirmed_heading_goes_before_a_title():
    swapped = ["序号", "活动时间", "活动地点", "活动主题", "参加人数", "主讲人", "有无图片"]
    answers = confirming("活动地点", "topic").meaning({("hall", "活动主题"): "place"}, {})
    assert the_values(read(hall(HALL_ROW, headings=swapped), answers=answers), "topic") == ["孝老爱亲"]


def test_a_heading_confirmed_as_nothing_is_not_asked_again():
    content = hall(HALL_ROW, headings=ODD)
    reading = read(content, answers=confirming("活动的地址", ""))
    assert codes(reading) == ["column_absent", "column_left_out"]
    assert the_values(reading, "place") == [None]


def test_what_is_confirmed_for_one_ledger_says_nothing_about_another():
    content = hall(HALL_ROW, headings=ODD)
    assert read(content, answers=confirming("活动的地址", "place", "adverts")).problems == read(content).problems


def test_a_confirmed_community_is_found_under_the_name_as_written():
    content = hall(HALL_ROW, cover=("桂华小区", "2026-03"))
    assert codes(read(content), "error") == ["community_unknown"]
    reading = read(content, answers=NO_ANSWERS.meaning({}, {"桂华小区": "C01"}))
    assert [report.community for report in reading.reports] == ["C01"]
    assert [(p.code, p.found, p.values["name"]) for p in reading.problems] == [
        ("community_confirmed", "桂华小区", "桂花社区")
    ]


def test_a_name_confirmed_as_a_community_that_is_no_more_is_asked_again():
    content = hall(HALL_ROW, cover=("桂华小区", "2026-03"))
    reading = read(content, answers=NO_ANSWERS.meaning({}, {"桂华小区": "C99"}))
    assert codes(reading, "error") == ["community_unknown"]


def test_meanings_survive_the_way_through_a_job():
    answers = confirming("活动的地址", "place").meaning({}, {"桂华小区": "C01"})
    assert from_plain(to_plain(answers)) == answers


@pytest.mark.parametrize(
    ("heading", "field"),
    [("活动日子", "date"), ("到场人数", "people"), ("主讲老师姓名", "lecturer"), ("讲座主题", "topic"), ("在哪里", "")],
)
def test_likeness_is_enough_or_not(heading, field):
    vocabulary = vocabulary_of(edition())
    best = guesses(vocabulary, 0, heading, [], range(len(edition().ledgers[0].fields)))[0]
    assert (edition().ledgers[0].fields[best.field].code if best.likeness >= LIKELY else "") == field


OWN_WORDS = ["何时办的活动", "活动的主题是", "来了多少人次"]


@pytest.mark.parametrize(
    ("sheet", "code"), [("道德讲堂活动", "ledger_without_heading"), ("表一", "sheet_unrecognised")]
)
def test_a_sheet_whose_headings_are_all_unknown_suggests_them_and_is_read_once_they_are_confirmed(sheet, code):
    content = workbook({sheet: [["台账"], OWN_WORDS, [date(2026, 3, 5), "孝老爱亲", 45]]})
    reading = read(content)
    assert codes(reading)[0] == code
    asked = [(p.column, p.row, p.values["open"][0]) for p in reading.problems if p.code == "column_suggested"]
    assert asked == [("A", 2, "date"), ("B", 2, "topic"), ("C", 2, "people")]
    meanings = {("hall", word): field for word, (_, _, field) in zip(OWN_WORDS, asked, strict=True)}
    confirmed = read(content, answers=NO_ANSWERS.meaning(meanings, {}))
    assert (confirmed.errors, the_values(confirmed, "people")) == ((), [45])


def test_a_sheet_that_is_no_ledger_is_not_asked_about():
    content = workbook(
        {"通讯录": [["姓名", "电话", "住址"], ["甲", "1358997****", "三号楼"]], "道德讲堂活动": [HALL, HALL_ROW]}
    )
    assert "column_suggested" not in codes(read(content))

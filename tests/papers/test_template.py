"""The standard workbooks: what is handed out comes back without a word."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from beicha.papers.template import community_template, office_template
from beicha.words.language import LANGUAGES
from scoring.facts import Area
from tests.intake.workbooks import COMMUNITIES, MARCH, OSMANTHUS, edition, read, saved


def opened(content):
    return openpyxl.load_workbook(BytesIO(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_untouched_it_comes_back_with_no_problem_and_empty_ledgers(language):
    reading = read(community_template(edition(), OSMANTHUS, MARCH, language=language))
    assert reading.problems == ()
    (report,) = reading.reports
    assert (report.community, report.month) == ("C01", MARCH)
    assert {code: len(rows) for code, rows in report.ledgers.items()} == dict.fromkeys(
        ["hall", "adverts", "checks", "service"], 0
    )


def test_without_community_and_month_their_cells_are_open():
    reading = read(community_template(edition()))
    assert [problem.code for problem in reading.problems] == ["month_missing", "community_missing"]
    assert read(community_template(edition()), month=MARCH, community="C01").problems == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_offices_workbook_comes_back_with_no_problem_and_no_visit(language):
    reading = read(office_template(edition(), COMMUNITIES, MARCH, language=language))
    assert (reading.problems, reading.reports) == ((), ())


def test_what_is_filled_in_is_read():
    book = opened(community_template(edition(), OSMANTHUS, MARCH))
    for column, value in enumerate([date(2026, 3, 5), "孝老爱亲", "大厅", 45, "李讲师", "是"], 1):
        book["道德讲堂活动"].cell(3, column).value = value
    book["不适用申报"]["A3"], book["不适用申报"]["B3"] = "A2", "没有点位"
    reading = read(saved(book))
    assert reading.problems == ()
    assert reading.reports[0].ledgers["hall"].row == [3]
    assert reading.reports[0].not_applicable == {"A2": "没有点位"}


def test_a_month_typed_over_counts():
    book = opened(community_template(edition(), OSMANTHUS, MARCH))
    book["封面"]["B4"] = "2026-04"
    assert read(saved(book)).reports[0].month == MARCH + 1


def test_visits_and_findings_filled_in_are_read():
    book = opened(office_template(edition(), COMMUNITIES, MARCH))
    book["督查走访"]["A3"], book["督查走访"]["B3"] = "荷塘社区", date(2026, 3, 5)
    for column, value in enumerate(["桂花社区", date(2026, 3, 5), "A1", "大门", "C#"], 1):
        book["督查记录"].cell(3, column).value = value
    reading = read(saved(book))
    assert reading.problems == ()
    assert [report.community for report in reading.reports] == ["C02", "C01"]


def test_there_is_a_sheet_for_each_ledger_of_the_community():
    book = opened(community_template(edition(), OSMANTHUS, MARCH))
    assert book.sheetnames == [
        *("封面", "道德讲堂活动", "公益广告点位", "环境自查表", "志愿服务活动", "不适用申报", "选项")
    ]
    assert opened(office_template(edition(), COMMUNITIES, MARCH)).sheetnames == [
        *("封面", "督查走访", "督查记录", "问题清单", "选项")
    ]


def listed(book, sheet):
    """The values of each drop-down of a sheet, by its column."""
    found = {}
    for rule in book[sheet].data_validations.dataValidation:
        cells = rule.formula1.partition("!")[2].replace("$", "")
        found[str(rule.sqref)[0]] = [row[0].value for row in book["选项"][cells]]
    return found


def test_choices_ticks_grades_and_codes_are_drop_downs():
    book = opened(community_template(edition(), OSMANTHUS, MARCH))
    assert listed(book, "公益广告点位") == {
        "B": ["宣传栏", "展板", "LED"],
        "C": ["核心价值观", "未成年人", "讲文明/树新风"],
    }
    assert listed(book, "环境自查表") == {"B": ["是", "否"], "C": ["A", "B", "C", "C#"]}
    assert listed(book, "不适用申报") == {"A": ["A2", "A3-1"]}


def test_the_communities_are_a_drop_down_of_every_sheet_of_the_office():
    book = opened(office_template(edition(), COMMUNITIES, MARCH))
    for sheet in ("督查走访", "督查记录", "问题清单"):
        assert listed(book, sheet)["A"] == ["桂花社区", "荷塘社区", "松柏社区"]


def test_only_a_single_choice_refuses_other_entries():
    rules = opened(community_template(edition(), OSMANTHUS, MARCH))["公益广告点位"].data_validations.dataValidation
    assert [bool(rule.showErrorMessage) for rule in rules] == [True, False]


def test_headings_are_frozen_commented_and_dated():
    sheet = opened(community_template(edition(), OSMANTHUS, MARCH))["道德讲堂活动"]
    assert [cell.value for cell in sheet[2]] == ["活动时间", "活动主题", "活动地点", "参加人数", "主讲人", "有无图片"]
    assert sheet.freeze_panes == "A3"
    assert "到场的人数" in sheet["D2"].comment.text
    assert (sheet["A3"].number_format, sheet["B3"].number_format) == ("yyyy-mm-dd", "@")
    assert all(sheet.column_dimensions[letter].width >= 10 for letter in "ABCDEF")


def test_a_name_that_looks_like_a_formula_stays_a_text():
    danger = Area("C09", "=1+1社区", "community")
    book = opened(community_template(edition(), danger, MARCH))
    assert (book["封面"]["B3"].value, book["封面"]["B3"].data_type) == ("=1+1社区", "s")
    book = opened(office_template(edition(), [danger], MARCH))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_an_edition_without_optional_criteria_says_so():
    small = edition()
    criteria = tuple(criterion.model_copy(update={"optional": False}) for criterion in small.criteria)
    strict = small.model_copy(update={"criteria": criteria})
    book = opened(community_template(strict, OSMANTHUS, MARCH, language="en"))
    assert book["不适用申报"]["A2"].value.startswith("This edition has no criterion")
    assert listed(book, "不适用申报") == {}

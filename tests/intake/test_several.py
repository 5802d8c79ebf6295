"""One workbook of many communities: a column, bands, titles or sheets say whose rows they are."""

from datetime import date

import pytest

from scoring.facts import Area
from tests.intake.workbooks import COMMUNITIES, HALL, HALL_ROW, MARCH, codes, hall, read, workbook

WITH_COLUMN = ["社区", *HALL[1:]]
OTHER = [2, date(2026, 3, 6), "敬业奉献", "大厅", 30, "王讲师", "有"]
STREET = {"cover": ("西街道办事处", "2026年3月")}
ADVERTS = ["设置位置", "载体形式", "数量"]
TWINS = (*COMMUNITIES, Area("S2", "东街道", "street", "D1"), Area("C21", "桂花社区", "community", "S2"))


def of(name, row=HALL_ROW):
    return [name, *row[1:]]


def people(reading):
    return {report.community: list(report.ledgers["hall"].values["people"]) for report in reading.reports}


def errors(reading):
    return [(p.code, p.sheet, p.row, p.column, p.found) for p in reading.errors]


@pytest.mark.parametrize("cover", [("西街道办事处", "2026年3月"), ("云溪区文明办", "2026年3月"), ("", "2026年3月")])
def test_a_column_names_the_community_of_each_row(cover):
    rows = [of("桂花社区"), of("荷塘居委会", OTHER), of("桂花", OTHER), of("松柏社居委")]
    reading = read(hall(*rows, headings=WITH_COLUMN, cover=cover))
    assert codes(reading) == []
    assert people(reading) == {"C01": [45, 30], "C02": [30], "C03": [45]}
    assert [report.ledgers["hall"].row for report in reading.reports] == [[2, 4], [3], [5]]
    assert {(report.kept_by, report.month) for report in reading.reports} == {("community", MARCH)}


def test_a_name_merged_over_its_rows_counts_for_all_of_them():
    rows = [WITH_COLUMN, of("桂花社区"), of(None, OTHER), of("荷塘社区"), of(None, OTHER)]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": ["A2:A3", "A4:A5"]}, **STREET))
    assert codes(reading) == ["merged_filled"]
    assert people(reading) == {"C01": [45, 30], "C02": [45, 30]}


def test_rows_whose_community_is_unknown_missing_or_ambiguous_are_errors():
    rows = [of("桂花社区"), of("荷唐社区"), of(None), of("松柏社区")]
    reading = read(hall(*rows, headings=WITH_COLUMN, **STREET))
    assert errors(reading) == [
        ("community_in_row_missing", "道德讲堂活动", 4, "A", ""),
        ("community_unknown", "道德讲堂活动", 3, "A", "荷唐社区"),
    ]
    assert (reading.problems[1].values["near"], reading.problems[1].values["codes"]) == (("荷塘社区",), ("C02",))
    assert people(reading) == {"C01": [45], "C03": [45]}
    reading = read(hall(of("桂花社区"), of("荷塘社区"), headings=WITH_COLUMN, **STREET), communities=TWINS)
    assert [(p.code, p.row, p.values["codes"]) for p in reading.errors] == [("community_ambiguous", 2, ("C01", "C21"))]


@pytest.mark.parametrize("streets", [("西街道", "东街道"), ("西街", "东街道办事处")])
def test_a_column_of_streets_tells_two_communities_of_one_name_apart(streets):
    rows = [[street, *of("桂花社区")] for street in streets]
    reading = read(hall(*rows, headings=["街道", *WITH_COLUMN], **STREET), communities=TWINS)
    assert codes(reading) == []
    assert list(people(reading)) == ["C01", "C21"]


def test_bands_that_name_streets_tell_them_apart():
    rows = [WITH_COLUMN, ["西街道辖区"], of("桂花社区"), of("荷塘社区"), ["二、东街道"], of("桂花社区", OTHER)]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": ["A2:G2", "A5:G5"]}, **STREET), communities=TWINS)
    assert codes(reading) == []
    assert people(reading) == {"C01": [45], "C02": [45], "C21": [30]}


def test_a_sheet_for_each_street_tells_them_apart():
    sheets = {"西街道": [WITH_COLUMN, of("桂花社区")], "东街道": [WITH_COLUMN, of("桂花社区", OTHER)]}
    reading = read(workbook(sheets, cover=("", "2026-03")), communities=TWINS)
    assert (codes(reading), people(reading)) == ([], {"C01": [45], "C21": [30]})


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("桂花社区", "荷塘社区"),
        ("一、桂花社区", "二、荷塘社区"),
        ("社区：桂花", "社区：荷塘"),
        ("桂花社区（1场）", "荷塘居委会"),
    ],
)
@pytest.mark.parametrize("merged", [["A2:G2", "A5:G5"], []])
def test_a_band_names_the_community_of_the_rows_below_it(first, second, merged):
    rows = [HALL, [first], HALL_ROW, OTHER, [second], OTHER]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": merged}, cover=("", "2026年3月")))
    assert codes(reading) == []
    assert people(reading) == {"C01": [45, 30], "C02": [30]}
    assert reading.sheets[1].ignored == ((1, "heading"), (2, "band"), (5, "band"))


def test_a_row_above_all_bands_belongs_to_nobody():
    rows = [HALL, HALL_ROW, ["桂花社区"], OTHER, ["荷塘社区"], OTHER]
    reading = read(workbook({"道德讲堂": rows}, cover=("", "2026年3月")))
    assert errors(reading) == [("community_in_row_missing", "道德讲堂", 2, "", "")]


def test_an_unknown_band_does_not_leave_its_rows_to_the_band_before():
    rows = [HALL, ["桂花社区"], HALL_ROW, ["荷唐社区"], OTHER]
    reading = read(workbook({"道德讲堂": rows}, cover=("", "2026年3月")))
    assert errors(reading) == [("community_unknown", "道德讲堂", 4, "A", "荷唐社区")]
    assert people(reading) == {"C01": [45]}


def test_a_row_that_names_another_community_than_its_band_is_an_error():
    rows = [WITH_COLUMN, ["桂花社区"], of("桂花"), of("荷塘"), ["荷塘社区"], of("荷塘")]
    reading = read(workbook({"道德讲堂": rows}, **STREET))
    assert errors(reading) == [("community_in_row_differs", "道德讲堂", 4, "A", "荷塘社区")]


def test_a_sheet_for_each_community_is_a_report_for_each():
    sheets = {"桂花社区": [HALL, HALL_ROW], "荷塘": [HALL, OTHER], "3.松柏居委会": [HALL]}
    reading = read(workbook(sheets, cover=None), "西街道2026年3月.xlsx")
    assert codes(reading) == []
    assert people(reading) == {"C01": [45], "C02": [30], "C03": []}


@pytest.mark.parametrize("title", ["{}道德讲堂活动登记表", "单位名称：{}    2026年3月"])
def test_titles_name_the_community_of_their_table(title):
    sheets = {
        "Sheet1": [["附件1"], [title.format("桂花社区")], [], HALL, HALL_ROW],
        "Sheet2": [["附件1"], [title.format("荷塘社区")], [], HALL, OTHER],
    }
    reading = read(workbook(sheets, cover=None), "2026年3月.xlsx")
    assert (codes(reading), people(reading)) == ([], {"C01": [45], "C02": [30]})


@pytest.mark.parametrize("title", ["{}道德讲堂活动登记表", "单位名称：{}    2026年3月"])
@pytest.mark.parametrize("gap", [0, 1])
def test_tables_with_titles_may_stand_one_under_the_other(title, gap):
    rows = [[title.format("桂花社区")], HALL, HALL_ROW, *[[]] * gap, [title.format("荷塘社区")], HALL, OTHER]
    reading = read(workbook({"Sheet1": rows}, cover=None), "2026年3月.xlsx")
    assert (codes(reading), people(reading)) == ([], {"C01": [45], "C02": [30]})


def test_a_line_of_blanks_between_the_titles_names_nobody():
    blanks = "单位名称：            年   月   日"
    sheets = {"桂花社区": [[blanks], HALL, HALL_ROW], "荷塘社区": [["荷塘社区登记表"], [blanks], HALL, OTHER]}
    reading = read(workbook(sheets, cover=None), "2026年3月.xlsx")
    assert (codes(reading), people(reading)) == ([], {"C01": [45], "C02": [30]})


@pytest.mark.parametrize(("second", "code"), [("荷塘社区", "community_differs"), ("桂花社居委", None)])
def test_titles_of_two_communities_are_no_remnant_whatever_the_name_of_the_file(second, code):
    sheets = {
        "Sheet1": [["单位名称：桂花社区"], HALL, HALL_ROW],
        "Sheet2": [[f"单位名称：{second}"], HALL, OTHER],
    }
    reading = read(workbook(sheets, cover=None), "桂花社区2026年3月.xlsx")
    assert {problem.code for problem in reading.errors} == ({code} - {None})


def test_a_table_of_another_ledger_has_its_own_title():
    rows = [["桂花社区道德讲堂"], HALL, HALL_ROW, ["荷塘社区公益广告"], ADVERTS, ["门口", "展板", 2]]
    reading = read(workbook({"Sheet1": rows}, cover=None), "2026年3月.xlsx")
    assert "error" not in {p.level for p in reading.problems}
    assert [(report.community, list(report.ledgers)) for report in reading.reports] == [
        ("C01", ["hall"]),
        ("C02", ["adverts"]),
    ]


def test_a_table_without_a_community_among_others_that_have_one_is_an_error():
    sheets = {"桂花社区": [HALL, HALL_ROW], "荷塘社区": [HALL, OTHER], "公益广告": [ADVERTS, ["门口", "展板", 2]]}
    reading = read(workbook(sheets, cover=("", "2026-03")))
    assert errors(reading) == [("table_without_community", "公益广告", 1, "", "")]


def test_the_users_choice_makes_rows_of_others_errors():
    rows = [of("桂花社区"), of("荷塘社区", OTHER)]
    reading = read(hall(*rows, headings=WITH_COLUMN, **STREET), community="桂花社区")
    assert errors(reading) == [("community_in_row_differs", "道德讲堂活动", 3, "A", "荷塘社区")]
    bands = [HALL, ["桂花社区"], HALL_ROW, ["荷塘社区"], OTHER]
    reading = read(workbook({"道德讲堂": bands}, cover=("", "2026-03")), community="C01")
    assert errors(reading) == [("community_in_row_differs", "道德讲堂", 5, "A", "荷塘社区")]


def test_so_does_a_cover_that_names_one():
    sheets = {"桂花社区": [HALL, HALL_ROW], "荷塘社区": [HALL, OTHER]}
    assert errors(read(workbook(sheets))) == [("community_differs", "荷塘社区", None, "", "荷塘社区")]


def test_a_band_that_is_no_community_is_a_heading_like_any_other():
    rows = [HALL, ["一、创建文明社区"], HALL_ROW, ["二、邻里互助"], OTHER]
    reading = read(workbook({"道德讲堂": rows}))
    assert (codes(reading), people(reading)) == ([], {"C01": [45, 30]})


def test_without_known_communities_names_are_taken_as_written():
    rows = [of("梅园社区"), of("竹园社区", OTHER), of("梅园居委会", OTHER)]
    reading = read(hall(*rows, headings=WITH_COLUMN, cover=("", "2026-03")), communities=())
    assert (codes(reading), people(reading)) == ([], {"梅园社区": [45, 30], "竹园社区": [30]})


def test_declarations_with_a_column_go_to_their_communities():
    sheets = {
        "道德讲堂": [WITH_COLUMN, of("桂花社区"), of("荷塘社区")],
        "不适用申报": [["社区", "测评标准代码", "理由"], ["荷塘", "A2", "辖区无广告位"]],
    }
    reading = read(workbook(sheets, **STREET))
    assert codes(reading) == []
    assert {r.community: (r.declares, r.not_applicable) for r in reading.reports} == {
        "C01": (False, {}),
        "C02": (True, {"A2": "辖区无广告位"}),
    }


def test_declarations_that_say_for_nobody_are_an_error():
    sheets = {
        "道德讲堂": [WITH_COLUMN, of("桂花社区"), of("荷塘社区")],
        "不适用申报": [["测评标准代码", "理由"], ["A2", "辖区无广告位"]],
    }
    assert errors(read(workbook(sheets, **STREET))) == [("table_without_community", "不适用申报", 2, "", "")]


INSPECTION = ["督查日期", "测评标准", "点位", "等级"]


def test_the_office_too_may_keep_a_sheet_or_a_band_for_each_community():
    row = [date(2026, 3, 5), "A1", "大门", "B"]
    sheets = {"督查记录": [INSPECTION, ["桂花社区"], row, ["荷塘社区"], row]}
    reading = read(workbook(sheets, cover=("", "2026-03")))
    assert codes(reading) == []
    assert [(r.community, r.ledgers["inspection"].row) for r in reading.reports] == [("C01", [3]), ("C02", [5])]
    reading = read(workbook({"桂花社区": [INSPECTION, row], "荷塘社区": [INSPECTION, row]}, cover=("", "2026-03")))
    assert (codes(reading), [r.community for r in reading.reports]) == ([], ["C01", "C02"])


def test_a_column_of_communities_may_stand_below_a_parent():
    rows = [
        ["基本情况", None, "活动情况", None, None],
        ["序号", "社区", "活动时间", "活动主题", "参加人数"],
        [1, "桂花社区", date(2026, 3, 5), "孝老爱亲", 45],
        [2, "荷塘社区", date(2026, 3, 5), "孝老爱亲", 30],
    ]
    reading = read(workbook({"道德讲堂": rows}, merged={"道德讲堂": ["A1:B1", "C1:E1"]}, cover=("", "2026-03")))
    assert people(reading) == {"C01": [45], "C02": [30]}


@pytest.mark.parametrize(
    ("street", "is_told"), [("东街道", True), ("东街道办事处", True), ("西街道", False), ("", False)]
)
def test_a_street_in_which_the_community_does_not_lie_is_warned_of(street, is_told):
    known = (*COMMUNITIES, Area("S2", "东街道", "street", "D1"))
    rows = [[street, *of("荷塘社区")], ["西街道", *of("桂花社区", OTHER)], [street, *of("荷塘社区", OTHER)]]
    reading = read(hall(*rows, headings=["街道", *WITH_COLUMN], **STREET), communities=known)
    assert people(reading) == {"C02": [45, 30], "C01": [30]}
    told = [(p.code, p.row, p.column, p.found, p.values["street"]) for p in reading.warnings]
    assert told == ([("street_differs", 2, "A", street, "西街道")] if is_told else [])


def test_a_street_beside_the_rows_of_one_community_is_held_against_it_too():
    known = (*COMMUNITIES, Area("S2", "东街道", "street", "D1"))
    rows = [["东街道", *HALL_ROW[1:]], ["东街道", *OTHER[1:]]]
    reading = read(hall(*rows, headings=["街道", *HALL[1:]]), communities=known)
    assert [(p.code, p.row, p.found) for p in reading.problems] == [("street_differs", 2, "东街道")]


@pytest.mark.parametrize("heading", ["单位", "单位名称", "所属单位"])
def test_a_column_of_units_names_communities_where_most_of_its_cells_do(heading):
    headings = [heading, *HALL[1:]]
    reading = read(hall(of("桂花社区"), of("荷塘社区", OTHER), headings=headings, **STREET))
    assert (codes(reading), people(reading)) == ([], {"C01": [45], "C02": [30]})
    reading = read(hall(of("桂花社区"), of("荷唐社区"), of("松柏社区"), headings=headings, **STREET))
    assert errors(reading) == [("community_unknown", "道德讲堂活动", 3, "A", "荷唐社区")]


def test_a_column_of_other_units_is_the_clerks_own():
    reading = read(hall(of("区委宣传部"), of("桂花社区", OTHER), headings=["单位", *HALL[1:]]))
    assert codes(reading) == ["column_unknown"]
    assert people(reading) == {"C01": [45, 30]}

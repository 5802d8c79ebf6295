"""The table of areas: what it may say, what it changes, and that earlier months keep their tree."""

import pytest

from beicha.actions import areas, assessing, lines, setup
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.store import assessments, audit
from beicha.store.files import NamedFile
from tests.actions.office import AREAS, NOW, area_file, day, lecture, lectures, send, set_up, table

HEAD = AREAS[0]


def load(store, *rows, from_period=None):
    return areas.import_areas(OFFICE, store, area_file([HEAD, *rows]), now=NOW, from_period=from_period)


def codes(found):
    return [problem.code for problem in found.problems]


def parents(store, period):
    return {area.code: area.parent for area in areas.tree(OFFICE, store, period)}


def test_a_table_becomes_a_tree(sqlite_store):
    found = areas.import_areas(OFFICE, sqlite_store, area_file(), now=NOW)
    assert found.stored
    assert found.added == ("云溪区", "西街道", "桂花社区", "荷塘社区", "松柏社区")
    tree = areas.tree(OFFICE, sqlite_store, "2026-03")
    assert [(a.code, a.kind, a.parent, a.rank_class, a.order) for a in tree] == [
        ("D1", "district", None, "", 1),
        ("S1", "street", "D1", "", 2),
        ("C01", "community", "S1", "A", 3),
        ("C02", "community", "S1", "A", 4),
        ("C03", "community", "S1", "B", 5),
    ]


def test_codes_are_made_from_names_and_stay_the_same(sqlite_store):
    rows = [["", "云溪区", "区"], ["", "西街道", "街道"], ["", "桂花社区", "社区", "西街道"]]
    load(sqlite_store, *rows)
    made = parents(sqlite_store, "2026-03")
    assert {code[0] for code in made} == {"d", "s", "c"}
    again = load(sqlite_store, *rows[::-1])
    assert parents(sqlite_store, "2026-03") == made
    assert again.added == ()


def test_a_row_without_code_means_the_known_area_of_that_name(sqlite_store):
    areas.import_areas(OFFICE, sqlite_store, area_file(), now=NOW)
    load(sqlite_store, ["", "桂花社区", "社区", "西街道", "B"])
    tree = {area.code: area.rank_class for area in areas.tree(OFFICE, sqlite_store, "2026-03")}
    assert tree["C01"] == "B"


def test_two_communities_of_one_name_in_two_streets_get_two_codes(sqlite_store):
    found = load(
        sqlite_store,
        ["D", "云溪区", "区"],
        ["S1", "东街道", "街道"],
        ["S2", "西街道", "街道"],
        ["", "和平社区", "社区", "东街道"],
        ["", "和平社区", "社区", "西街道"],
    )
    assert found.stored
    assert len(parents(sqlite_store, "2026-03")) == 5


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["D", "云溪区", "省"]], ["area_kind_unknown"]),
        ([["D", "", "区"]], ["name_blank"]),
        ([["D", "云溪区", "区"], ["C", "桂花社区", "社区", "北街道"]], ["area_parent_unknown"]),
        ([["C", "桂花社区", "社区"]], ["area_parent_missing"]),
        ([["D", "云溪区", "区"], ["S", "西街道", "街道"], ["C", "桂花社区", "社区"]], ["area_parent_missing"]),
        ([["D", "云溪区", "区"], ["E", "云溪区", "区"], ["S", "西街道", "街道", "云溪区"]], ["area_parent_ambiguous"]),
        ([["D", "云溪区", "区"], ["D", "云溪区", "区"]], ["area_twice"]),
        ([["D", "云溪区", "区", "", "", "第一"]], ["number_unreadable"]),
        ([["D", "云溪区", "区", "", "", 1, -1]], ["number_unreadable"]),
        ([["D", "云溪区", "区", "", "", 1, 1, "明年"]], ["month_unreadable"]),
        ([["D", "云溪区", "区", "", "", 1, 1, "2026-05", "2026-05"]], ["months_reversed"]),
        (
            [["D", "云溪区", "区", "", "", 1, 1, "", "2026-05"], ["C", "桂花社区", "社区", "云溪区"]],
            ["area_left_alone"],
        ),
    ],
)
def test_a_faulty_table_stores_nothing_and_names_the_fault(sqlite_store, rows, expected):
    found = load(sqlite_store, *rows)
    assert codes(found) == expected
    assert not found.stored
    assert areas.tree(OFFICE, sqlite_store, "2026-03") == ()


def test_a_problem_names_sheet_row_and_column(sqlite_store):
    problem = load(sqlite_store, ["D", "云溪区", "省"]).problems[0]
    assert (problem.sheet, problem.row, problem.column, problem.found) == ("区划表", 2, "C", "省")


def test_a_file_that_is_no_table_is_a_problem(sqlite_store):
    for content, expected in ((b"", "empty_file"), (table([["甲", "乙"]]), "table_missing")):
        found = areas.import_areas(OFFICE, sqlite_store, NamedFile("x.xlsx", content), now=NOW)
        assert codes(found) == [expected]


def test_a_community_may_belong_to_a_zone_or_straight_to_the_district(sqlite_store):
    rows = [["D", "云溪区", "区"], ["S", "西街道", "街道"], ["Z", "一管区", "管区", "西街道"]]
    assert load(sqlite_store, *rows, ["C1", "桂花社区", "社区", "一管区"], ["C2", "荷塘社区", "社区", "云溪区"]).stored
    assert parents(sqlite_store, "2026-03")["C1"] == "Z"


def test_earlier_months_keep_their_tree(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    found = load(
        store, ["S2", "东街道", "街道", "云溪区"], ["C01", "桂花社区", "社区", "东街道", "A"], from_period="2026-03"
    )
    assert (found.added, found.changed, found.absent) == (
        ("东街道",), ("桂花社区",), ("荷塘社区", "松柏社区", "云溪区", "西街道"),
    )  # fmt: skip
    assert parents(store, "2026-02")["C01"] == "S1"
    assert parents(store, "2026-03")["C01"] == "S2"


def test_a_change_after_reports_must_say_from_when(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    found = load(store, ["C01", "桂花社区", "社区", "西街道", "B"])
    assert codes(found) == ["area_needs_month"]
    assert load(store, ["C01", "桂花社区", "社区", "西街道", "B"], from_period="2026-04").changed == ("桂花社区",)


def test_a_correction_before_any_report_holds_for_all_months(sqlite_store):
    set_up(sqlite_store)
    assert load(sqlite_store, ["C01", "桂花新村", "社区", "西街道", "A"]).changed == ("桂花新村",)
    names = {area.code: area.name for area in areas.tree(OFFICE, sqlite_store, "2020-01")}
    assert names["C01"] == "桂花新村"


def test_a_closed_community_leaves_the_tree_from_that_month_on(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    assert load(store, ["C03", "松柏社区", "社区", "西街道", "B", 5, 1, "", "2026-03"]).closed == ("松柏社区",)
    assert "C03" in parents(store, "2026-02")
    assert "C03" not in parents(store, "2026-03")


def test_a_new_community_is_scored_in_the_months_it_stands(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    load(store, ["C04", "新村社区", "社区", "西街道", "B", 6, 1, "2026-03"])
    with store.read() as view:
        scored = {period for period, code, _ in assessments.assessed(view, "", "9999-12") if code == "C04"}
        assert scored == {"2026-03"}
        assert assessing.live_periods(view) == ("2026-01", "2026-02", "2026-03")


def test_an_areas_whole_history_may_be_given(sqlite_store):
    set_up(sqlite_store)
    rows = [
        ["S2", "东街道", "街道", "云溪区"],
        ["C01", "桂花社区", "社区", "西街道", "A", 3, 1, "", "2026-02"],
        ["C01", "桂花社区", "社区", "东街道", "A", 3, 1, "2026-02", ""],
    ]
    assert load(sqlite_store, *rows).stored
    assert parents(sqlite_store, "2026-01")["C01"] == "S1"
    assert parents(sqlite_store, "2026-02")["C01"] == "S2"
    exported = NamedFile("again.xlsx", areas.area_table(OFFICE, sqlite_store))
    again = areas.import_areas(OFFICE, sqlite_store, exported, now=NOW)
    assert (again.problems, again.added, again.changed, again.closed) == ((), (), (), ())


def test_an_empty_table_is_a_template(sqlite_store):
    empty = NamedFile("empty.xlsx", areas.area_table(OFFICE, sqlite_store))
    found = areas.import_areas(OFFICE, sqlite_store, empty, now=NOW)
    assert (found.problems, found.added) == ((), ())


def test_only_the_office_imports_areas(sqlite_store):
    with pytest.raises(Refused):
        areas.import_areas(Grant("clerk-1", (Post("clerk"),)), sqlite_store, area_file(), now=NOW)
    with pytest.raises(Refused):
        areas.import_areas(Grant("street-1", (Post("office", "S1"),)), sqlite_store, area_file(), now=NOW)


def test_imports_leave_audit_rows(store):
    areas.import_areas(OFFICE, store, area_file(), now=NOW)
    rows = [["编码", "名称", "排序"], ["party", "组织部", 2], ["culture", "文旅局", 1]]
    assert lines.import_lines(OFFICE, store, NamedFile("条线.xlsx", table(rows, "条线表")), now=NOW).stored
    with store.read() as view:
        assert [entry.action for entry in audit.entries(view)] == ["areas.import", "lines.import"]


def test_lines_are_imported_in_the_offices_order_and_updated(sqlite_store):
    def bring(*rows):
        file = NamedFile("条线.xlsx", table([["编码", "名称", "排序"], *rows], "条线表"))
        return lines.import_lines(OFFICE, sqlite_store, file, now=NOW)

    bring(["party", "组织部", 2], ["culture", "文旅局", 1])
    assert [line.title for line in lines.all_lines(OFFICE, sqlite_store)] == ["文旅局", "组织部"]
    found = bring(["party", "区委组织部", 2], ["police", "公安分局", 3])
    assert (found.added, found.changed, found.absent) == (("公安分局",), ("区委组织部",), ("文旅局",))
    assert codes(bring(["Party", "组织部"], ["a", ""], ["b", "乙"], ["b", "乙"])) == [
        "name_blank",
        "line_code_unfit",
        "line_twice",
    ]
    exported = NamedFile("条线.xlsx", lines.line_table(OFFICE, sqlite_store))
    assert lines.import_lines(OFFICE, sqlite_store, exported, now=NOW).changed == ()


def test_the_set_up_list_is_ticked_off_step_by_step(sqlite_store):
    def status():
        return setup.status(OFFICE, sqlite_store)

    assert status() == setup.SetUp(False, False, False, False, False)
    areas.import_areas(OFFICE, sqlite_store, area_file(), now=NOW)
    assert status() == setup.SetUp(True, False, False, False, False)
    set_up(sqlite_store)
    assert status() == setup.SetUp(True, True, True, False, False)
    setup_due_day(sqlite_store)
    send(sqlite_store, lectures(lecture(day(3, 5))))
    assert status().done


def setup_due_day(store):
    from beicha.actions import settings

    settings.set_due_day(OFFICE, store, 5, NOW)

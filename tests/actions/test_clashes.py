"""Several files at once: blank ledgers beside filled ones, and bytes that only their names tell apart."""

import pytest

from beicha.actions import submissions
from beicha.actions.grants import OFFICE
from beicha.actions.importing import import_files
from beicha.store.files import NamedFile
from tests.actions.office import MARCH, NOW, adverts, both, day, lecture, lectures, send, set_up
from tests.intake.workbooks import HALL, workbook

AD = ["东门", "宣传栏", "核心价值观", 6]
TEMPLATE = both([], [])
NAMELESS = workbook({"道德讲堂活动": [HALL, lecture(day(3, 5))]}, cover=("", "2026-03"))


def stored_rows(store, key=MARCH):
    (report,) = submissions.reports(OFFICE, store, [key.community], key.period)
    return {code: len(rows) for code, rows in report.ledgers.items()}


@pytest.mark.parametrize("order", [1, -1])
def test_a_blank_ledger_beside_rows_of_it_in_another_file_steps_back(store, order):
    set_up(store)
    files = [TEMPLATE, lectures(lecture(day(3, 5)))][::order]
    draft = submissions.read(OFFICE, store, files)
    assert [(p.file, p.code, p.level, p.values["files"]) for p in draft.problems] == [
        (TEMPLATE.name, "blank_beside_rows", "note", ["桂花社区2026-03讲堂.xlsx"])
    ]
    send(store, *files)
    assert stored_rows(store) == {"hall": 1, "adverts": 0}


def test_two_blank_ledgers_are_one_blank_ledger(store):
    set_up(store)
    draft = submissions.read(OFFICE, store, [lectures(), adverts(), TEMPLATE])
    assert draft.problems == ()
    assert {code: len(rows) for code, rows in draft.reports[0].content.ledgers.items()} == {"hall": 0, "adverts": 0}


@pytest.mark.parametrize("order", [1, -1])
def test_in_an_import_the_rows_stay_whatever_the_order(store, order):
    set_up(store)
    files = [TEMPLATE, lectures(lecture(day(3, 5))), adverts(AD)][::order]
    assert {outcome.state for outcome in import_files(OFFICE, store, files, now=NOW)} <= {"stored", "unchanged"}
    assert stored_rows(store) == {"hall": 1, "adverts": 1}


def declaring(*rows, name):
    sheets = {"不适用申报": [["测评标准代码", "理由"], *rows]}
    return NamedFile(name, workbook(sheets, cover=("桂花社区", "2026-03")))


@pytest.mark.parametrize("order", [1, -1])
def test_a_blank_sheet_of_declarations_takes_back_none_of_another_file(store, order):
    set_up(store)
    files = [declaring(["A2", "无广告位"], name="1.xlsx"), declaring(name="2.xlsx")][::order]
    import_files(OFFICE, store, files, now=NOW)
    (report,) = submissions.reports(OFFICE, store, ["C01"], "2026-03")
    assert report.not_applicable == {"A2": "无广告位"}


def test_the_same_bytes_count_for_each_community_that_only_their_names_tell(store):
    set_up(store)
    files = [NamedFile(f"{name}台账.xlsx", NAMELESS) for name in ("桂花社区", "荷塘社区", "桂花社区副本")]
    draft = submissions.read(OFFICE, store, files)
    assert [file.name for file in draft.files] == ["桂花社区台账.xlsx", "荷塘社区台账.xlsx"]
    assert [(report.key.community, report.files[0].name) for report in draft.reports] == [
        ("C01", "桂花社区台账.xlsx"),
        ("C02", "荷塘社区台账.xlsx"),
    ]
    outcomes = import_files(OFFICE, store, files, now=NOW)
    assert [outcome.state for outcome in outcomes] == ["stored", "stored", "repeated"]
    assert [outcome.communities for outcome in outcomes[:2]] == [("C01",), ("C02",)]


def test_the_same_bytes_in_the_folders_of_two_communities_count_for_each(store):
    set_up(store)
    files = [NamedFile(f"{name}/台账.xlsx", NAMELESS) for name in ("桂花社区", "荷塘社区")]
    outcomes = import_files(OFFICE, store, files, now=NOW)
    assert [(outcome.state, outcome.communities) for outcome in outcomes] == [
        ("stored", ("C01",)),
        ("stored", ("C02",)),
    ]


def test_with_a_chosen_community_the_names_tell_nothing_apart(store):
    set_up(store)
    files = [NamedFile(f"{name}.xlsx", NAMELESS) for name in ("甲", "乙")]
    draft = submissions.read(OFFICE, store, files, community="C01")
    assert [file.name for file in draft.files] == ["甲.xlsx"]


@pytest.mark.parametrize("order", [1, -1])
def test_two_reasons_for_one_criterion_are_warned_of(store, order):
    set_up(store)
    files = [declaring(["A2", "无广告位"], name="1.xlsx"), declaring(["A2", "正在改造"], name="2.xlsx")][::order]
    draft = submissions.read(OFFICE, store, files)
    (report,) = draft.reports
    told = {(p.file, p.code, p.level, p.found, p.values["reason"]) for p in draft.problems}
    counts = report.content.not_applicable["A2"]
    assert told == {(file.name, "declared_twice", "warning", "A2", counts) for file in files}


def test_one_reason_in_two_files_and_other_criteria_are_no_matter(store):
    set_up(store)
    same, other = ["A2", "无广告位"], ["A3-1", "无公共场地"]
    draft = submissions.read(OFFICE, store, [declaring(same, name="1.xlsx"), declaring(same, other, name="2.xlsx")])
    assert draft.problems == ()
    assert draft.reports[0].content.not_applicable == {"A2": "无广告位", "A3-1": "无公共场地"}

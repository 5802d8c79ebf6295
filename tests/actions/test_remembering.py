"""What people confirmed once about words is taken again: in the unit's files, or in all where the office said it."""

import pytest

from beicha.actions import accounts, imports, remembering, submissions
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.importing import import_files
from beicha.intake.answers import NO_ANSWERS
from beicha.jobs.worker import Worker
from beicha.store import audit
from beicha.store.files import NamedFile
from tests.actions.office import NOW, day, later, lecture, lectures, set_up
from tests.intake.workbooks import hall

ODD = ["序号", "活动时间", "活动主题", "活动的地址", "参加人数", "主讲人", "有无图片"]
CLERK = Grant("li", (Post("clerk", "C01"),))


@pytest.fixture
def worker(store):
    return Worker(store, lambda: NOW)


def odd(community="桂花社区", month="2026-03", on=None):
    """A workbook whose place stands under a heading that nobody knows."""
    row = lecture(on or day(int(month[-2:]), 5))
    return NamedFile(f"{community}{month}.xlsx", hall(row, headings=ODD, cover=(community, month)))


def confirm(store, worker, file, answers, grant=OFFICE, community=None):
    number = imports.start(grant, store, [file], now=NOW, kind="preview", community=community)
    worker.run_waiting()
    imports.answer(grant, store, number, answers, now=later())
    worker.run_waiting()
    return imports.confirm(grant, store, number, now=later())


PLACE = NO_ANSWERS.meaning({("hall", "活动的地址"): "place"}, {})
NAME = NO_ANSWERS.meaning({}, {"桂华苑": "C01"})


def places(store, grant, file):
    (report,) = submissions.read(grant, store, [file]).reports
    return report.content.ledgers["hall"].values["place"]


def errors(store, file, grant=OFFICE):
    return [problem.code for problem in submissions.read(grant, store, [file]).errors]


def test_a_heading_confirmed_once_is_taken_in_the_units_next_file_and_in_no_other_units(store, worker):
    set_up(store)
    assert confirm(store, worker, odd(), PLACE).stored
    assert places(store, OFFICE, odd(month="2026-04")) == ["道德讲堂"]
    assert places(store, OFFICE, odd("荷塘社区")) == [None]


def test_nothing_is_remembered_before_the_upload_is_confirmed(store, worker):
    set_up(store)
    number = imports.start(OFFICE, store, [odd()], now=NOW, kind="preview")
    worker.run_waiting()
    imports.answer(OFFICE, store, number, PLACE, now=later())
    worker.run_waiting()
    assert remembering.listed(OFFICE, store) == ()


def test_an_import_of_many_files_takes_what_is_remembered(store, worker):
    set_up(store)
    confirm(store, worker, odd(), PLACE)
    outcomes = import_files(OFFICE, store, [odd(month="2026-04"), odd("荷塘社区", "2026-04")], now=later())
    assert [[p.code for p in o.problems] for o in outcomes] == [
        ["column_confirmed"],
        ["column_absent", "column_suggested"],
    ]


def test_a_name_that_the_office_confirmed_is_known_in_every_file(store, worker):
    set_up(store)
    file = lectures(lecture(day(3, 5)), community="桂华苑")
    assert errors(store, file) == ["community_unknown"]
    confirm(store, worker, file, NAME)
    assert errors(store, lectures(lecture(day(4, 5)), community="桂华苑", month="2026-04")) == []


def test_a_name_that_a_clerk_confirmed_is_known_in_the_clerks_own_files_alone(store, worker):
    set_up(store)
    accounts.add(OFFICE, store, "li", "李强", CLERK.posts, now=NOW)
    nameless = lectures(lecture(day(3, 5)), community="桂华苑", name="台账.xlsx")
    confirm(store, worker, nameless, NAME, grant=CLERK, community="C01")
    assert [known.word.unit for known in remembering.listed(OFFICE, store)] == ["C01"]
    other = lectures(lecture(day(3, 5)), community="桂华苑", name="另.xlsx")
    assert errors(store, other) == ["community_unknown"]


def test_the_later_of_two_meanings_is_remembered(store, worker):
    set_up(store)
    confirm(store, worker, odd(), PLACE)
    nothing = NO_ANSWERS.meaning({("hall", "活动的地址"): ""}, {})
    confirm(store, worker, odd(month="2026-04"), nothing)
    assert [known.word.meant for known in remembering.listed(OFFICE, store)] == [""]
    assert places(store, OFFICE, odd(month="2026-05")) == [None]


def test_what_is_forgotten_is_asked_again_and_both_leave_audit_rows(store, worker):
    set_up(store)
    confirm(store, worker, odd(), PLACE)
    (known,) = remembering.listed(OFFICE, store)
    assert (known.word.said, known.made_by) == ("活动的地址", "local")
    assert remembering.forget(OFFICE, store, known.word, now=later())
    assert not remembering.forget(OFFICE, store, known.word, now=later())
    assert places(store, OFFICE, odd(month="2026-04")) == [None]
    with store.read() as view:
        actions = [entry.action for entry in audit.entries(view)]
    assert actions.count("words.remember") == actions.count("words.forget") == 1


def test_a_clerk_sees_and_forgets_only_words_of_the_own_community(store, worker):
    set_up(store)
    confirm(store, worker, odd(), PLACE)
    confirm(store, worker, odd("荷塘社区"), PLACE)
    mine = remembering.listed(CLERK, store)
    assert [known.word.unit for known in mine] == ["C01"]
    others = next(known for known in remembering.listed(OFFICE, store) if known.word.unit == "C02")
    with pytest.raises(Refused):
        remembering.forget(CLERK, store, others.word, now=later())


def test_a_word_too_long_to_be_one_is_not_remembered(store, worker):
    set_up(store)
    long = NO_ANSWERS.meaning({("hall", "长" * 121): ""}, {})
    confirm(store, worker, odd(), long)
    assert remembering.listed(OFFICE, store) == ()

"""Versions of a month: an old file sent again is told, any two are compared, and every row has its history."""

import pytest

from beicha.actions import submissions
from beicha.actions.fact_history import FactKey, fact_history
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.importing import import_files
from beicha.actions.version_pairs import compare_versions
from beicha.store.files import NamedFile
from tests.actions.office import MARCH, NOW, adverts, both, day, later, lecture, lectures, send, set_up
from tests.intake.workbooks import hall

AD = ["东门", "宣传栏", "核心价值观", 6]
KEY = {"date": day(3, 5), "topic": "孝老爱亲"}


@pytest.fixture
def office(store):
    set_up(store)
    return store


def preview(store, *files):
    return submissions.preview(OFFICE, store, submissions.read(OFFICE, store, files)).reports[0]


def corrected(store):
    """A lecture with 45 people, corrected to 54; the old and the new file."""
    old, new = lectures(lecture(day(3, 5))), lectures(lecture(day(3, 5), people=54))
    send(store, old, now=NOW)
    send(store, new, now=later(60))
    return old, new


def test_an_old_file_after_a_correction_is_told_before_it_takes_the_correction_back(office):
    old, _ = corrected(office)
    again = preview(office, old).again
    assert (again.code, again.level) == ("said_before", "warning")
    assert again.values == {"old": 1, "old_time": "2026-04-02 16:30", "new": 2, "new_time": "2026-04-02 17:30"}
    receipt = send(office, old, now=later(90))
    assert [problem.code for problem in receipt.again] == ["said_before"]
    assert [version.version for version in receipt.stored] == [3]


def test_an_old_file_that_was_saved_again_or_renamed_is_told_as_well(office):
    corrected(office)
    saved_again = NamedFile("改名.xlsx", hall([*lecture(day(3, 5)), ""], cover=("桂花社区", "2026-03")))
    assert preview(office, saved_again).again.values["old"] == 1


def test_an_old_file_of_one_ledger_is_told_beside_the_others_that_came_since(office):
    old, _ = corrected(office)
    send(office, adverts(AD), now=later(70))
    assert preview(office, old).again.values["old"] == 1


def test_a_correction_and_what_stands_there_are_not_told(office):
    _, new = corrected(office)
    assert preview(office, new).again is None
    assert preview(office, lectures(lecture(day(3, 5), people=55))).again is None
    assert send(office, new, now=later(80)).again == ()


def test_a_restored_version_sent_again_is_what_stands_there(office):
    old, _ = corrected(office)
    first = submissions.history(OFFICE, office, MARCH)[-1].version
    submissions.restore(OFFICE, office, first.seq, now=later(70))
    assert preview(office, old).no_change
    assert preview(office, old).again is None


def test_many_files_at_once_tell_of_an_old_one_too(office):
    old, _ = corrected(office)
    (outcome,) = import_files(OFFICE, office, [old], now=later(90))
    assert (outcome.state, [problem.code for problem in outcome.problems]) == ("stored", ["said_before"])


def test_the_same_content_moves_nothing_however_it_comes(office):
    old = lectures(lecture(day(3, 5)))
    send(office, old, now=NOW)
    before = submissions.history(OFFICE, office, MARCH)
    saved_again = NamedFile("改名.xlsx", hall([*lecture(day(3, 5)), ""], cover=("桂花社区", "2026-03")))
    assert saved_again.sha256 != old.sha256
    for file in (old, NamedFile("另一个名字.xlsx", old.content), saved_again):
        assert send(office, file, now=later(5)).number is None
    assert submissions.history(OFFICE, office, MARCH) == before


def seqs(store):
    return [entry.version.seq for entry in submissions.history(OFFICE, store, MARCH)[::-1]]


def test_any_two_versions_are_compared_whichever_is_named_first(office):
    send(office, both([lecture(day(3, 5))], [AD]), now=NOW)
    send(office, both([lecture(day(3, 5), people=54), lecture(day(3, 6))], []), now=later())
    send(office, adverts(AD), now=later(2))
    first, second, third = seqs(office)
    pair = compare_versions(OFFICE, office, second, first)
    assert (pair.older.version, pair.newer.version) == (1, 2)
    assert [(len(c.new), len(c.changed), c.unchanged, len(c.missing)) for c in pair.ledgers] == [
        (1, 1, 0, 0),
        (0, 0, 0, 1),
    ]
    assert [c.same for c in compare_versions(OFFICE, office, first, third).ledgers] == [False, True]


def test_both_versions_are_scored_as_if_they_were_current(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    send(office, lectures(lecture(day(3, 5)), lecture(day(3, 6))), now=later())
    first, second = seqs(office)
    pair = compare_versions(OFFICE, office, first, second)
    shown = preview(office, lectures(lecture(day(3, 5))))
    assert (pair.score_newer, pair.score_older) == (shown.score_before, shown.score_after)
    assert pair.score_older != pair.score_newer


def test_versions_of_two_months_are_not_compared(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    send(office, lectures(lecture(day(2, 5)), month="2026-02"), now=NOW)
    with pytest.raises(LookupError):
        compare_versions(OFFICE, office, 1, 2)
    with pytest.raises(LookupError):
        compare_versions(OFFICE, office, 1, 99)


def history(store, values=KEY, ledger="hall", grant=OFFICE):
    return fact_history(grant, store, FactKey("C01", "2026-03", ledger, values))


def test_a_row_tells_when_it_appeared_changed_went_and_came_back(office):
    old, new = corrected(office)
    send(office, adverts(AD), now=later(70))
    send(office, lectures(lecture(day(3, 9))), now=later(80))
    first = seqs(office)[0]
    submissions.restore(OFFICE, office, first, now=later(90))
    events = history(office)
    assert [(e.version.version, e.what, e.through) for e in events] == [
        (1, "appeared", "submitted"),
        (2, "changed", "submitted"),
        (3, "unchanged", "carried_over"),
        (4, "disappeared", "submitted"),
        (5, "appeared", "restored"),
    ]
    assert events[1].changed == ("people",)
    assert (events[1].before.values["people"], events[1].now.values["people"]) == (45, 54)
    assert (events[1].now.file, events[1].now.sheet) == (new.name, "道德讲堂活动")
    assert events[4].now.file == old.name


def test_a_ledger_that_was_taken_away_takes_its_rows_with_it(office):
    send(office, both([lecture(day(3, 5))], [AD]), now=NOW)
    send(office, adverts([*AD[:3], 7]), now=later(), drop=["hall"])
    assert [(e.what, e.through) for e in history(office)] == [("appeared", "submitted"), ("disappeared", "removed")]


def test_an_event_told_in_two_months_has_both_in_its_history(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    send(office, lectures(lecture(day(3, 5), people=60), month="2026-04"), now=later())
    assert [(e.version.period, e.what) for e in history(office)] == [("2026-03", "appeared"), ("2026-04", "appeared")]


def test_a_row_that_never_was_has_no_history(office):
    corrected(office)
    assert history(office, {**KEY, "topic": "别的"}) == ()
    with pytest.raises(KeyError):
        history(office, ledger="nothing")


def test_who_may_not_see_the_community_sees_no_history(office):
    corrected(office)
    stranger = Grant("clerk-2", (Post("clerk", "C02"),))
    with pytest.raises(Refused):
        history(office, grant=stranger)
    with pytest.raises(Refused):
        compare_versions(stranger, office, *seqs(office))

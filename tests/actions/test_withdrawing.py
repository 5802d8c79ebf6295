"""A version that was handed in wrongly is withdrawn: kept and shown, counted nowhere, and may come back."""

import pytest

from beicha.actions import reviews, submissions
from beicha.actions.closing import Closed
from beicha.actions.erasing import ask_erase, confirm_erase
from beicha.actions.fact_history import FactKey, current_rows, fact_history
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views import reading
from beicha.actions.withdrawing import NoReasonError, withdraw
from beicha.store import audit
from tests.actions.office import MARCH, NOW, adverts, day, inspection, later, lecture, lectures, send, set_up

CLERK = Grant("li", (Post("clerk", "C01"),))


@pytest.fixture
def office(store):
    set_up(store)
    return store


def twice(store):
    """A lecture with 45 people, then with 54; the numbers of both versions, the newest first."""
    send(store, lectures(lecture(day(3, 5))), now=NOW)
    send(store, lectures(lecture(day(3, 5), people=54)), now=later(1))
    return [entry.version.seq for entry in submissions.history(OFFICE, store, MARCH)]


def entries(store):
    return [(entry.version.version, entry.current, entry.counts) for entry in submissions.history(OFFICE, store, MARCH)]


def score(store, period="2026-03", community="C01"):
    for month in reading.read_months(OFFICE, store, period, period):
        return dict(zip(month.standing.cells.communities, month.standing.score.tolist(), strict=True))[community]
    return None


def people(store):
    return [rows.values["people"] for ledger, rows in current_rows(OFFICE, store, MARCH) if ledger.code == "hall"]


def test_the_version_before_counts_again(office):
    newest, first = twice(office)
    now = withdraw(CLERK, office, newest, "  报错了\n月份 ", now=later(2))
    assert now.seq == first
    assert entries(office) == [(2, False, False), (1, True, True)]
    assert people(office) == [[45]]
    removal = submissions.history(OFFICE, office, MARCH)[0].removal
    assert (removal.kind, removal.reason, removal.asked_by) == ("withdraw", "报错了 月份", "li")


def test_scores_are_put_right_in_the_same_moment(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    before = score(office)
    send(office, lectures(lecture(day(3, 5)), lecture(day(3, 6), topic="诚实守信")), now=later(1))
    assert score(office) != before
    withdraw(OFFICE, office, submissions.history(OFFICE, office, MARCH)[0].version.seq, "重复", now=later(2))
    assert score(office) == before


def test_without_a_version_before_nothing_is_reported(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    send(office, lectures(lecture(day(3, 7)), community="荷塘社区"), now=NOW)
    seq = submissions.history(OFFICE, office, MARCH)[0].version.seq
    assert withdraw(OFFICE, office, seq, "不是本社区的", now=later(1)) is None
    (month,) = reading.read_months(OFFICE, office, "2026-03", "2026-03")
    reported = dict(zip(month.standing.cells.communities, month.standing.cells.reported.tolist(), strict=True))
    assert (reported["C01"], reported["C02"]) == (False, True)
    assert current_rows(OFFICE, office, MARCH) == ()


def test_a_month_of_which_nothing_is_left_has_no_score_until_it_comes_back(office):
    send(office, lectures(lecture(day(3, 5))), now=NOW)
    seq, before = submissions.history(OFFICE, office, MARCH)[0].version.seq, score(office)
    withdraw(OFFICE, office, seq, "重报", now=later(1))
    assert reading.assessed_periods(OFFICE, office) == ()
    receipt = submissions.restore(CLERK, office, seq, now=later(2))
    assert (receipt.stored[0].version, receipt.stored[0].restored_from) == (2, seq)
    assert (score(office), score(office, community="C03")) == (before, 0.0)
    assert entries(office) == [(2, True, True), (1, False, False)]


def test_numbers_of_versions_go_on_after_one_was_withdrawn(office):
    newest, _ = twice(office)
    withdraw(OFFICE, office, newest, "错", now=later(2))
    send(office, adverts(["东门", "宣传栏", "核心价值观", 6]), now=later(3))
    assert entries(office) == [(3, True, True), (2, False, False), (1, False, True)]
    assert people(office) == [[45]]  # carried over from the one that counts


def test_a_rows_history_leaves_out_what_was_withdrawn(office):
    newest, _ = twice(office)
    withdraw(OFFICE, office, newest, "错", now=later(2))
    key = FactKey("C01", "2026-03", "hall", {"date": day(3, 5), "topic": "孝老爱亲"})
    assert [event.version.version for event in fact_history(OFFICE, office, key)] == [1]


def test_the_same_file_again_is_told_to_have_been_withdrawn(office):
    newest, _ = twice(office)
    withdraw(OFFICE, office, newest, "人数写错", now=later(2))
    again = lectures(lecture(day(3, 5), people=54))
    draft = submissions.read(OFFICE, office, [again])
    warning = submissions.preview(OFFICE, office, draft).reports[0].again
    assert (warning.code, warning.values["old"], warning.values["reason"]) == ("withdrawn_before", 2, "人数写错")
    assert warning.values["time"] == "2026-04-02 16:32"
    assert send(office, again, now=later(3)).stored[0].version == 3
    assert submissions.preview(OFFICE, office, draft).reports[0].again is None


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_reason_is_needed(office, reason):
    newest, _ = twice(office)
    with pytest.raises(NoReasonError):
        withdraw(OFFICE, office, newest, reason, now=later(2))
    assert entries(office)[0] == (2, True, True)


def test_only_the_current_version_is_withdrawn_and_once(office):
    newest, first = twice(office)
    for seq in (first, 99, 2**40):
        with pytest.raises(LookupError):
            withdraw(OFFICE, office, seq, "错", now=later(2))
    withdraw(OFFICE, office, newest, "错", now=later(2))
    with pytest.raises(LookupError):
        withdraw(OFFICE, office, newest, "错", now=later(3))


def test_who_may_not_hand_in_does_not_withdraw(office):
    newest, _ = twice(office)
    for post in (Post("clerk", "C02"), Post("leader"), Post("auditor"), Post("admin")):
        with pytest.raises(Refused):
            withdraw(Grant("x", (post,)), office, newest, "错", now=later(2))
    send(office, inspection(["桂花社区", day(3, 9), "A-1", "东门", "A"]), now=later(3))
    visit = submissions.history(OFFICE, office, submissions.Key("C01", "2026-03", "office"))
    if visit:  # what the office keeps, only the office withdraws
        with pytest.raises(Refused):
            withdraw(CLERK, office, visit[0].version.seq, "错", now=later(4))


def test_it_is_written_down_with_the_reason_and_without_anybodys_number(office):
    newest, _ = twice(office)
    withdraw(CLERK, office, newest, "王芳 13812345678 说写错了", now=later(2))
    with office.read() as view:
        entry = audit.entries(view)[-1]
    assert (entry.actor, entry.action) == ("li", "submission.withdraw")
    assert entry.details["reason"] == "王芳 138****5678 说写错了"
    assert (entry.details["community"], entry.details["version"]) == ("C01", 2)


def decided(store, verb):
    reviews.decide(OFFICE, store, reviews.Decision(verb, "2026-03", ("C01",), "定了"), now=later(2))


def test_what_was_passed_in_review_only_who_reviews_withdraws(office):
    newest, _ = twice(office)
    decided(office, "pass")
    with pytest.raises(Refused):
        withdraw(CLERK, office, newest, "错", now=later(3))
    assert withdraw(Grant("wu", (Post("street", "S1"),)), office, newest, "错", now=later(3)).version == 1


def test_a_final_month_is_opened_again_before_anything_is_withdrawn_or_erased(office):
    newest, _ = twice(office)
    decided(office, "pass")
    decided(office, "finalise")
    with pytest.raises(Closed):
        withdraw(OFFICE, office, newest, "错", now=later(3))
    number = ask_erase(CLERK, office, newest, "错", now=later(3))
    with pytest.raises(Closed):
        confirm_erase(OFFICE, office, number, now=later(4))
    assert entries(office)[0] == (2, True, True)

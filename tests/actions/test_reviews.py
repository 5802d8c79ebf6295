"""A month is passed, returned, made final and opened again by those who may, and a final month takes nothing more."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.actions import reviews, settings, submissions
from beicha.actions.closing import Closed, closed_months
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.importing import import_files
from beicha.actions.review_states import STATES, STEPS, State, allowed, state_of
from beicha.actions.reviews import Decision, NotNow, decide
from beicha.store import Store, audit
from beicha.store.reviews import Review, Step, Verb
from beicha.store.submissions import Key
from tests.actions.office import MARCH, NOW, day, inspection, later, lecture, lectures, send, set_up

STREET = Grant("zhao", (Post("street", "S1"),))
CLERK = Grant("li", (Post("clerk", "C01"),))
VERBS: tuple[Verb, ...] = ("pass", "return", "finalise", "unlock", "extend")
REASON = {"return": "缺签到表", "unlock": "更正", "extend": "停电"}


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    set_up(sqlite_store)
    return sqlite_store


def report(store: Store, number: int = 5, now: datetime = NOW, grant: Grant = CLERK) -> bool:
    return bool(send(store, lectures(lecture(day(3, number))), now=now, grant=grant).stored)


def take(store: Store, verb: Verb, grant: Grant = OFFICE, community: str = "C01", now: datetime = NOW) -> None:
    decide(grant, store, Decision(verb, "2026-03", (community,), REASON.get(verb, "")), now=now)


def state(store: Store, community: str = "C01") -> State:
    with store.read() as view:
        return reviews.states(view, "2026-03", [community])[community]


def bring(store: Store, wanted: State) -> None:
    """Brings the month of C01 to where it stands so."""
    ways: dict[State, tuple[Verb, ...]] = {
        "not_reported": (),
        "submitted": (),
        "returned": ("return",),
        "passed": ("pass",),
        "final": ("pass", "finalise"),
    }
    if wanted != "not_reported":
        report(store)
    for verb in ways[wanted]:
        take(store, verb)
    assert state(store) == wanted


@pytest.mark.parametrize(("stands", "verb"), list(product(STATES, VERBS)))
def test_every_pair_of_state_and_step_does_what_the_table_says_or_nothing(office, stands, verb):
    bring(office, stands)
    if (stands, verb) in STEPS:
        take(office, verb)
        assert state(office) == STEPS[stands, verb]
    else:
        with pytest.raises(NotNow) as refused:
            take(office, verb)
        assert refused.value.states == {"C01": stands}
        assert state(office) == stands


def test_a_month_closed_without_a_report_stands_so_again_when_it_is_opened(office):
    take(office, "finalise")
    take(office, "unlock")
    assert state(office) == "not_reported"


def test_a_new_version_after_a_return_is_to_be_looked_at_and_the_same_file_changes_nothing(office):
    report(office)
    take(office, "return", STREET)
    assert not report(office)
    assert state(office) == "returned"
    assert report(office, number=6)
    assert state(office) == "submitted"


def test_an_earlier_version_taken_again_is_to_be_looked_at_too(office):
    report(office)
    report(office, number=6)
    take(office, "pass")
    old = submissions.history(OFFICE, office, MARCH)[-1].version.seq
    submissions.restore(OFFICE, office, old, now=NOW)
    assert state(office) == "submitted"


def test_a_final_month_takes_nothing_from_anybody_until_it_is_opened(office):
    bring(office, "final")
    with pytest.raises(Closed) as closed:
        report(office, number=6, grant=OFFICE)
    assert closed.value.is_final
    assert len(submissions.history(OFFICE, office, MARCH)) == 1
    take(office, "unlock")
    assert report(office, number=6)


def test_a_final_month_takes_no_earlier_version_again(office):
    report(office)
    report(office, number=6)
    for verb in ("pass", "finalise"):
        take(office, verb)
    old = submissions.history(OFFICE, office, MARCH)[-1].version.seq
    with pytest.raises(Closed):
        submissions.restore(OFFICE, office, old, now=NOW)


def test_the_same_file_again_is_no_change_in_a_final_month_too(office):
    bring(office, "final")
    assert not report(office)


def test_an_import_tells_the_files_whose_month_is_final_and_stores_the_others(office):
    bring(office, "final")
    files = [lectures(lecture(day(3, 6))), lectures(lecture(day(3, 6)), community="荷塘社区")]
    first, second = import_files(OFFICE, office, files, now=NOW)
    assert (first.state, [problem.code for problem in first.problems][-1]) == ("refused", "month_final")
    assert second.state == "stored"


def test_a_month_closes_for_communities_so_many_days_after_its_due_day(office):
    settings.set_due_day(OFFICE, office, 5, NOW)
    settings.set_closes_after(OFFICE, office, 3, NOW)
    last = datetime(2026, 4, 8, 15, 59, tzinfo=UTC)  # Shanghai's 8 April, a minute before midnight
    assert report(office, 5, now=last)
    with pytest.raises(Closed) as closed:
        report(office, 6, now=last + timedelta(minutes=1))
    assert not closed.value.is_final
    assert report(office, 7, now=last + timedelta(minutes=1), grant=OFFICE)


def test_a_month_that_is_extended_takes_reports_after_it_closed_of_that_community_alone(office):
    settings.set_due_day(OFFICE, office, 5, NOW)
    settings.set_closes_after(OFFICE, office, 0, NOW)
    after = datetime(2026, 5, 1, tzinfo=UTC)
    draft = submissions.read(CLERK, office, [lectures(lecture(day(3, 5)))])
    (problem,) = closed_months(CLERK, office, draft.reports, now=after)
    assert (problem.code, problem.values) == ("month_closed", {"period": "2026-03", "name": "桂花社区"})
    take(office, "extend", community="C02")
    assert closed_months(CLERK, office, draft.reports, now=after)
    take(office, "extend")
    assert not closed_months(CLERK, office, draft.reports, now=after)
    assert report(office, now=after)


@pytest.mark.parametrize(
    ("grant", "may"),
    [
        (OFFICE, {"pass", "return", "finalise", "unlock", "extend"}),
        (STREET, {"pass", "return"}),
        (Grant("sun", (Post("street", "S2"),)), set()),
        (CLERK, set()),
        (Grant("gu", (Post("leader"),)), set()),
        (Grant("shen", (Post("auditor"),)), set()),
        (Grant("guan", (Post("admin"),)), set()),
    ],
)
def test_who_may_decide_what(office, grant, may):
    before: dict[Verb, State] = {
        "pass": "submitted", "return": "submitted", "finalise": "passed", "unlock": "final", "extend": "submitted",
    }  # fmt: skip
    tried = set()
    report(office)
    for verb in ("extend", "return", "pass", "finalise", "unlock"):
        if state(office) == "returned":
            report(office, number=9)
        if before[verb] == "passed" and state(office) == "submitted":
            take(office, "pass")
        if before[verb] == "final" and state(office) == "passed":
            take(office, "finalise")
        try:
            take(office, verb, grant)
            tried.add(verb)
        except Refused:
            pass
    assert tried == may


def test_several_communities_are_decided_together_or_none_is(office):
    report(office)
    with pytest.raises(NotNow) as refused:
        decide(OFFICE, office, Decision("pass", "2026-03", ("C01", "C02")), now=NOW)
    assert refused.value.states == {"C02": "not_reported"}
    assert state(office) == "submitted"


def test_a_community_that_the_month_does_not_have_is_not_decided_about(office):
    with pytest.raises(LookupError):
        take(office, "finalise", community="C99")


@pytest.mark.parametrize("verb", ["return", "unlock", "extend"])
def test_what_takes_something_back_needs_a_reason(verb):
    with pytest.raises(ValueError, match="reason"):
        Decision(verb, "2026-03", ("C01",), "  ")


def test_a_return_may_name_criteria_in_place_of_one_reason():
    assert Decision("return", "2026-03", ("C01",), items={"A-1": "缺照片"}).items == {"A-1": "缺照片"}


@pytest.mark.parametrize(("length", "fits"), [(500, True), (501, False)])
def test_a_reason_has_a_longest_length(length, fits):
    if fits:
        Decision("return", "2026-03", ("C01",), "长" * length)
    else:
        with pytest.raises(ValueError, match="500"):
            Decision("return", "2026-03", ("C01",), "长" * length)


def test_each_step_is_written_down_with_what_stood_before_and_after(office):
    report(office)
    take(office, "return", STREET, now=later())
    with office.read() as view:
        entry = audit.entries(view)[-1]
    assert (entry.actor, entry.action, entry.object) == ("zhao", "review.return", "2026-03")
    assert (entry.details["before"], entry.details["after"]) == ({"C01": "submitted"}, {"C01": "returned"})
    assert entry.details["reason"] == "缺签到表"
    _, (step,) = reviews.stand_of(CLERK, office, "C01", "2026-03")
    assert (step.step.verb, step.made_by, step.made_at) == ("return", "zhao", later())


def test_a_final_month_keeps_the_score_that_it_was_made_final_with(office):
    bring(office, "final")
    step = reviews.stand_of(OFFICE, office, "C01", "2026-03")[1][0].step
    assert step.score is not None
    assert 0 < step.score < 100


def test_the_steps_of_a_month_are_for_those_who_may_open_its_files(office):
    bring(office, "passed")
    with pytest.raises(Refused):
        reviews.stand_of(Grant("li", (Post("clerk", "C02"),)), office, "C01", "2026-03")


steps = st.lists(st.tuples(st.sampled_from(VERBS), st.booleans()), max_size=12)


@given(steps)
def test_no_order_of_steps_and_versions_reaches_final_without_a_pass_of_what_stands(taken):
    """Whatever is tried in whatever order, what is allowed is the table's, and final is what was passed."""
    current, last, passed = 1, None, None
    for number, (verb, fresh) in enumerate(taken):
        stands = state_of(current, last)
        if fresh and stands != "final":
            current += 1
            stands = state_of(current, last)
        if verb in allowed(stands):
            passed = current if verb == "pass" else passed
            if verb != "extend":
                last = Review(number, Step("C", "2026-03", verb, current), "x", NOW)
            assert state_of(current, last) == STEPS[stands, verb]
        if state_of(current, last) == "final":
            assert passed == current


def test_the_office_keeps_its_own_ledgers_out_of_a_final_month(office):
    bring(office, "final")
    with pytest.raises(Closed):
        send(office, inspection(["桂花社区", "2026-03-20", "A-1", "一号点", "A"]))
    assert not submissions.history(OFFICE, office, Key("C01", "2026-03", "office"))

"""A task is made, answered and closed by those who may; a submission closes it, and a worse one opens it again."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.actions import settings, submissions, tasks, units
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.task_states import STATES, STEPS, State, Verb, due_of, follows, is_overdue, stands, state_of
from beicha.actions.tasks import RIGHT_OF, Decision, NewTask, NotNow, decide, make
from beicha.actions.views.tasks import read_tasks
from beicha.actions.withdrawing import withdraw
from beicha.store import Store, areas, audit
from beicha.store import tasks as stored
from tests.actions.office import MARCH, NOW, adverts, day, lecture, lectures, send, set_up

STREET = Grant("zhao", (Post("street", "S1"),))
CLERK = Grant("li", (Post("clerk", "C01"),))
DUE = date(2026, 4, 20)
PEOPLE = ("claim", "reject", "close", "reopen", "cancel", "extend", "comment")
FULL = [lecture(day(3, number), topic=f"第{number}讲") for number in (3, 9, 16, 24)]


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    set_up(sqlite_store)
    return sqlite_store


def new(community: str = "C01", about: str = "A1") -> NewTask:
    return NewTask(community, "2026-03", about, "讲堂场次不足", "只开 1 场", "补讲", "culture", ("urban",), DUE, {})


def made(store: Store, grant: Grant = OFFICE) -> int:
    (number,) = make(grant, store, [new()], now=NOW)
    return number


def task(store: Store, number: int) -> stored.Task:
    with store.read() as view:
        return stored.of_numbers(view, [number])[0]


def take(store: Store, verb: Verb, number: int, grant: Grant = OFFICE) -> None:
    due = date(2026, 5, 1) if verb == "extend" else None
    decide(grant, store, Decision(verb, (number,), "说明", due), now=NOW)


def state(store: Store, number: int) -> State:
    return stands(task(store, number))


def bring(store: Store, wanted: State) -> int:
    """A task that stands so."""
    number = made(store)
    ways: dict[State, tuple[Verb, ...]] = {
        "open": (), "claimed": ("claim",), "closed": ("close",), "cancelled": ("cancel",),
    }  # fmt: skip
    for verb in ways[wanted]:
        take(store, verb, number)
    return number


@pytest.mark.parametrize(("stands_so", "verb"), list(product(STATES, PEOPLE)))
def test_every_pair_of_state_and_decision_does_what_the_table_says_or_nothing(office, stands_so, verb):
    number = bring(office, stands_so)
    if (stands_so, verb) in STEPS:
        take(office, verb, number)
        assert state(office, number) == STEPS[stands_so, verb]
    else:
        with pytest.raises(NotNow) as refused:
            take(office, verb, number)
        assert refused.value.states == {number: stands_so}
        assert state(office, number) == stands_so


@pytest.mark.parametrize("verb", ["meet", "look", "worsen"])
def test_what_follows_from_a_submission_is_nobodys_decision(verb):
    with pytest.raises(ValueError, match="nobody decides"):
        Decision(verb, (1,), "说明")


def test_an_open_task_of_the_same_community_and_criterion_is_not_made_twice(office):
    number = made(office)
    assert make(OFFICE, office, [new()], now=NOW) == ()
    take(office, "close", number)
    assert len(make(OFFICE, office, [new()], now=NOW)) == 1


def test_a_task_keeps_those_who_answered_for_it_on_its_day(office):
    units.set_people(OFFICE, office, ("area", "C01"), {"first": "王一", "direct": "李二"}, now=NOW)
    number = made(office)
    units.set_people(OFFICE, office, ("area", "C01"), {"first": "赵三"}, now=NOW)
    assert task(office, number).new.responsible == {"first": "王一", "direct": "李二"}


@pytest.mark.parametrize("verb", ["make", "read"])
def test_a_community_that_the_month_does_not_have_gets_no_task_and_one_that_left_it_hides_none(office, verb):
    if verb == "make":
        with pytest.raises(LookupError):
            make(OFFICE, office, [new(community="C99")], now=NOW)
        return
    made(office)
    with office.write() as change:
        areas.remove(change, "C01", "")
    assert [row.name for row in read_tasks(OFFICE, office, now=NOW).rows] == ["C01"]


@pytest.mark.parametrize(("length", "fits"), [(1000, True), (1001, False)])
def test_a_task_has_a_longest_text(office, length, fits):
    one = replace(new(), problem="长" * length)
    if fits:
        assert make(OFFICE, office, [one], now=NOW)
    else:
        with pytest.raises(ValueError, match="1000"):
            make(OFFICE, office, [one], now=NOW)


def test_notes_about_no_criterion_may_be_many(office):
    assert len(make(OFFICE, office, [new(about=""), new(about="")], now=NOW)) == 2


def test_a_submission_that_meets_the_criterion_closes_the_task_and_names_itself(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    version = send(office, lectures(*FULL)).stored[0]
    found = task(office, number)
    assert stands(found) == "closed"
    last = found.steps[-1]
    assert (last.made_by, last.step.verb, last.step.submission) == ("beicha", "meet", version.seq)
    with office.read() as view:
        assert audit.entries(view)[-1].action == "task.follow"


def test_by_policy_it_only_asks_for_a_look(office):
    settings.set_tasks_close(OFFICE, office, False, NOW)
    send(office, lectures(FULL[0]))
    number = made(office)
    send(office, lectures(*FULL))
    assert state(office, number) == "claimed"


def test_what_does_not_meet_the_criterion_changes_nothing_and_neither_does_the_same_file_again(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    send(office, lectures(*FULL[:2]))
    assert task(office, number).steps == ()
    send(office, lectures(*FULL))
    before = task(office, number).steps
    assert not send(office, lectures(*FULL)).stored
    assert task(office, number).steps == before


def test_getting_worse_opens_it_again_and_getting_better_closes_it_again_with_the_whole_history(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    for rows in (FULL, FULL[:1], FULL):
        send(office, lectures(*rows))
    assert [one.step.verb for one in task(office, number).steps] == ["meet", "worsen", "meet"]


def test_an_earlier_version_taken_again_counts_like_a_submission(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    send(office, lectures(*FULL))
    first = submissions.history(OFFICE, office, MARCH)[-1].version.seq
    submissions.restore(OFFICE, office, first, now=NOW)
    assert state(office, number) == "open"


def test_withdrawing_what_closed_it_opens_it_again(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    version = send(office, lectures(*FULL)).stored[0]
    withdraw(OFFICE, office, version.seq, "传错文件", now=NOW)
    assert [one.step.verb for one in task(office, number).steps] == ["meet", "worsen"]


def test_what_a_person_closed_stays_closed_at_an_unmet_criterion_until_it_gets_worse(office):
    send(office, lectures(*FULL[:2]))
    number = made(office)
    take(office, "close", number)
    send(office, lectures(*FULL[:2]), adverts(["东门", "展板", "价值观", 1, day(3, 1)]))
    assert state(office, number) == "closed"
    send(office, lectures(FULL[0]))
    assert state(office, number) == "open"


def test_what_a_person_sent_back_at_a_met_criterion_no_submission_closes(office):
    send(office, lectures(*FULL[:1]))
    number = made(office)
    settings.set_tasks_close(OFFICE, office, False, NOW)
    send(office, lectures(*FULL))
    take(office, "reject", number)
    settings.set_tasks_close(OFFICE, office, True, NOW)
    send(office, lectures(*FULL), adverts(["东门", "展板", "价值观", 1, day(3, 1)]))
    assert state(office, number) == "open"


def test_a_submission_of_another_community_changes_nothing(office):
    send(office, lectures(FULL[0]))
    number = made(office)
    send(office, lectures(*FULL, community="荷塘社区"))
    assert task(office, number).steps == ()


@pytest.mark.parametrize(
    ("grant", "may"),
    [
        (OFFICE, {"make", *PEOPLE}),
        (STREET, {"make", *PEOPLE}),
        (Grant("sun", (Post("street", "S2"),)), set()),
        (CLERK, {"claim", "comment"}),
        (Grant("he", (Post("clerk", "C02"),)), set()),
        (Grant("chen", (Post("line", None, ("culture",)),)), {"claim", "comment"}),
        (Grant("cheng", (Post("line", None, ("urban",)),)), {"claim", "comment"}),
        (Grant("jiao", (Post("line", None, ("police",)),)), set()),
        (Grant("gu", (Post("leader"),)), set()),
        (Grant("shen", (Post("auditor"),)), set()),
        (Grant("guan", (Post("admin"),)), set()),
    ],
)
def test_who_may_make_answer_and_decide(office, grant, may):
    froms: dict[Verb, State] = {
        "claim": "open", "reject": "claimed", "close": "open", "reopen": "closed", "cancel": "open", "extend": "open",
        "comment": "open",
    }  # fmt: skip
    found = set()
    try:
        number = made(office, grant)
        take(office, "cancel", number)
        found.add("make")
    except Refused:
        pass
    for verb in PEOPLE:
        number = bring(office, froms[verb])
        try:
            take(office, verb, number, grant)
            found.add(verb)
        except Refused:
            pass
        if state(office, number) != "cancelled":
            for last in ("close",) if state(office, number) != "closed" else ():
                take(office, last, number)
    assert found == may


def test_a_task_is_overdue_after_its_day_and_an_extension_moves_the_day(office):
    number = made(office)
    assert not is_overdue(task(office, number), DUE)
    assert is_overdue(task(office, number), date(2026, 4, 21))
    take(office, "extend", number)
    assert due_of(task(office, number)) == date(2026, 5, 1)
    assert not is_overdue(task(office, number), date(2026, 5, 1))
    take(office, "close", number)
    assert not is_overdue(task(office, number), date(2026, 6, 1))


def test_several_tasks_are_decided_together_or_none_is(office):
    one = made(office)
    other = make(OFFICE, office, [new(community="C02")], now=NOW)[0]
    take(office, "close", other)
    with pytest.raises(NotNow):
        decide(OFFICE, office, Decision("close", (one, other)), now=NOW)
    assert state(office, one) == "open"


def test_a_task_that_is_not_there_is_told(office):
    with pytest.raises(LookupError):
        decide(OFFICE, office, Decision("close", (99,)), now=NOW)


verbs = st.lists(st.sampled_from(sorted({verb for _, verb in STEPS})), max_size=14)


@given(verbs)
def test_no_order_of_steps_loses_one_or_leaves_the_table(tried):
    taken: list[Verb] = []
    for verb in tried:
        if (state_of(taken), verb) in STEPS:
            taken.append(verb)
    state: State = "open"
    for verb in taken:
        state = STEPS[state, verb]
    assert state_of(taken) == state


@given(verbs, st.none() | st.sampled_from([0.0, 0.5, 1.0]), st.booleans(), st.booleans())
def test_what_follows_can_always_happen_and_an_absent_row_never_closes(tried, fraction, rows, closes):
    steps: list[stored.TakenStep] = []
    for number, verb in enumerate(tried):
        if (state_of([one.step.verb for one in steps]), verb) in STEPS:
            steps.append(
                stored.TakenStep(number, stored.Step(1, verb, fraction=1.0 if verb == "meet" else 0.5), "x", NOW)
            )
    one = stored.Task(1, NewTask("C01", "2026-03", "A-1", "", "", "", "", (), DUE, {}), "x", NOW, tuple(steps))
    verb = follows(one, fraction, rows=rows, closes=closes)
    if verb is not None:
        assert (stands(one), verb) in STEPS
        assert verb == "worsen" or (rows and fraction == 1.0)
    if fraction is None:
        assert verb is None


def test_every_decision_asks_for_a_right():
    assert set(RIGHT_OF) == set(PEOPLE)
    assert set(PEOPLE) > tasks.WITH_TEXT


def test_what_was_observed_once_makes_one_task(office):
    seen = replace(new(about=""), origin="observation:C01/2026-03/9")
    assert len(make(OFFICE, office, [seen, seen], now=NOW)) == 1
    assert make(OFFICE, office, [seen], now=NOW) == ()
    (number,) = make(OFFICE, office, [replace(seen, origin="observation:C01/2026-03/10")], now=NOW)
    assert task(office, number).new.origin == "observation:C01/2026-03/10"


def test_it_stays_one_after_its_closing_and_can_be_made_again_after_a_cancelling(office):
    seen = replace(new(about=""), origin="daily:3:1")
    (number,) = make(OFFICE, office, [seen], now=NOW)
    take(office, "close", number)
    assert make(OFFICE, office, [seen], now=NOW) == ()
    take(office, "reopen", number)
    take(office, "cancel", number)
    assert len(make(OFFICE, office, [seen], now=NOW)) == 1


def test_notes_about_no_criterion_are_as_many_as_they_are(office):
    note = replace(new(about=""), origin="note/市民监督员")
    assert len(make(OFFICE, office, [note, note], now=NOW)) == 2


def test_of_two_about_the_same_criterion_one_is_made(office):
    assert len(make(OFFICE, office, [new(), new()], now=NOW)) == 1

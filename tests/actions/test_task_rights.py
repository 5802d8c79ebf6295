"""Every way a task can stand × every step × everybody: what the table and the rights say happens, and nothing else."""

from datetime import date
from itertools import product

import pytest

from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.task_states import STATES, STEPS, stands
from beicha.actions.tasks import RIGHT_OF, Decision, NewTask, NotNow, decide, make
from beicha.store import open_store
from beicha.store import tasks as stored
from tests.actions.office import NOW, set_up

PEOPLE = {
    "office": OFFICE,
    "street": Grant("zhao", (Post("street", "S1"),)),
    "other street": Grant("sun", (Post("street", "S2"),)),
    "clerk": Grant("li", (Post("clerk", "C01"),)),
    "other clerk": Grant("he", (Post("clerk", "C02"),)),
    "lead line": Grant("chen", (Post("line", None, ("culture",)),)),
    "supporting line": Grant("dong", (Post("line", None, ("urban",)),)),
    "other line": Grant("fan", (Post("line", None, ("police",)),)),
    "leader": Grant("guo", (Post("leader"),)),
    "auditor": Grant("hu", (Post("auditor"),)),
    "admin": Grant("jia", (Post("admin"),)),
    "nobody": Grant("kong"),
}
DECIDES = {"office", "street"}
ANSWERS = DECIDES | {"clerk", "lead line", "supporting line"}
WAYS = {"open": (), "claimed": ("claim",), "closed": ("close",), "cancelled": ("cancel",)}


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('rights') / 'beicha.db'}")
    set_up(store)
    yield store
    store.close()


def task(store, number):
    with store.read() as view:
        return stored.of_numbers(view, [number])[0]


def take(store, verb, number, who=OFFICE):
    due = date(2026, 5, 1) if verb == "extend" else None
    decide(who, store, Decision(verb, (number,), "说明", due), now=NOW)


def expected(state, verb, who):
    if who not in (ANSWERS if RIGHT_OF[verb] == "answer" else DECIDES):
        return Refused
    return None if (state, verb) in STEPS else NotNow


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_takes_the_steps_that_are_theirs_from_where_they_can_be_taken(office, who):
    for state, verb in product(STATES, RIGHT_OF):
        new = NewTask("C01", "2026-03", "", "事", "错", "改", "culture", ("urban",), date(2026, 4, 20), {})
        (number,) = make(OFFICE, office, [new], now=NOW)
        for step in WAYS[state]:
            take(office, step, number)
        before, refusal = task(office, number), expected(state, verb, who)
        if refusal is None:
            take(office, verb, number, PEOPLE[who])
        else:
            with pytest.raises(refusal):
                take(office, verb, number, PEOPLE[who])
        after = task(office, number)
        assert after.steps[: len(before.steps)] == before.steps, "no step is lost"
        assert len(after.steps) == len(before.steps) + (refusal is None)
        assert stands(after) == (STEPS[state, verb] if refusal is None else state)

"""What is a person's own is hidden from everybody who did not ask, and asking is written down."""

import pytest

from beicha.actions import imports, submissions
from beicha.actions.checked_files import checked_file
from beicha.actions.fact_history import FactKey, current_rows, fact_history
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views import reading
from beicha.actions.views.versions import history_table, row_list
from beicha.jobs.worker import Worker
from beicha.store import audit
from tests.actions import children
from tests.actions.children import CANARIES, CARE_ROW, CHILD, FULL_ID, PHONE, care_file, settle
from tests.actions.office import MARCH, NOW, day, later, lecture, lectures, send

CLERK = Grant("li", (Post("clerk", "C01"),))
LEADER = Grant("chen", (Post("leader", "S1"),))
AUDITOR = Grant("shen", (Post("auditor"),))


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def rows(store, grant, **asked):
    return reading.read_evidence(grant, store, "2026-03", "C01", "care_1", **asked)


def views(store):
    with store.read() as view:
        return [entry for entry in audit.entries(view) if entry.action == "personal.view"]


@pytest.mark.parametrize("grant", [OFFICE, CLERK, LEADER, AUDITOR])
def test_rows_hide_it_from_everybody_at_first(office, grant):
    (values,) = rows(office, grant)["values"]
    assert (values["child"], values["phone"], values["born"]) == ("欧**", "137****2222", "**")
    assert values["note"] == "家长 137****2222，证件 330*************2X"
    assert views(office) == []


def test_who_holds_the_right_and_asks_sees_it_and_is_written_down_once_a_day(office):
    before = reading.revision(office)
    for moment in (NOW, later(5), later(60)):
        (values,) = rows(office, CLERK, asked_at=moment)["values"]
        assert (values["child"], values["phone"]) == (CHILD, PHONE)
    (entry,) = views(office)
    assert (entry.actor, entry.object, entry.details) == ("li", "C01 2026-03 care", {"children": True})
    assert reading.revision(office) == before
    rows(office, OFFICE, asked_at=later(5))
    rows(office, CLERK, asked_at=later(16 * 60))  # 00:30 of the next day in the office's time zone
    assert [entry.actor for entry in views(office)] == ["li", "local", "li"]


def test_a_day_ends_at_midnight_of_the_office(office):
    rows(office, CLERK, asked_at=NOW)
    rows(office, CLERK, asked_at=later(7 * 60 + 29))
    assert len(views(office)) == 1
    rows(office, CLERK, asked_at=later(7 * 60 + 30))
    assert len(views(office)) == 2


@pytest.mark.parametrize("grant", [LEADER, AUDITOR, Grant("far", (Post("clerk", "C02"),)), Grant("zhang", ())])
def test_who_lacks_the_right_is_refused_and_nothing_is_written_down(office, grant):
    with pytest.raises(Refused):
        rows(office, grant, asked_at=NOW)
    assert views(office) == []


def test_rows_without_any_are_seen_without_a_note(office):
    send(office, lectures(lecture(day(3, 5)), community="荷塘社区"), now=later(1))
    other = submissions.Key("C02", "2026-03")
    assert len(current_rows(OFFICE, office, other, asked_at=NOW)) == 1
    assert views(office) == []


def test_current_rows_and_a_rows_history_hide_it_too(office):
    ((ledger, found),) = current_rows(CLERK, office, MARCH)
    assert found.values["child"] == ["欧**"]
    values = {code: column[0] for code, column in found.values.items()}
    events = fact_history(CLERK, office, FactKey("C01", "2026-03", "care", values))
    assert [event.what for event in events] == ["appeared"]
    told = str(history_table(events, ledger, "zh_CN").to_dict()) + str(row_list(ledger, found, "zh_CN").to_dict())
    assert not [canary for canary in CANARIES if canary in told]
    asked = fact_history(CLERK, office, FactKey("C01", "2026-03", "care", values), asked_at=NOW)
    assert FULL_ID in asked[0].now.values["note"]
    assert current_rows(CLERK, office, MARCH, asked_at=NOW)[0][1].values["child"] == [CHILD]
    assert [entry.object for entry in views(office)] == ["C01 2026-03 care"]


def test_a_hidden_value_that_changed_is_told_as_changed(office):
    send(office, care_file([*CARE_ROW[:3], "13799992222", CARE_ROW[4]]), now=later(1))
    ((_, found),) = current_rows(CLERK, office, MARCH)
    values = {code: column[0] for code, column in found.values.items()}
    events = fact_history(CLERK, office, FactKey("C01", "2026-03", "care", values))
    assert (events[-1].what, events[-1].changed) == ("changed", ("phone",))


def test_a_file_that_holds_it_opens_for_who_holds_the_right_and_is_written_down(office):
    entry = children.stored(office)[0]
    place = entry.version.seq, entry.files[0].sha256
    with pytest.raises(Refused):
        submissions.sent_file(AUDITOR, office, *place, now=NOW)
    assert submissions.sent_file(CLERK, office, *place, now=NOW) is not None
    assert [noted.object for noted in views(office)] == [f"C01 2026-03 {place[1]}"]
    clean = lectures(lecture(day(3, 5)))
    send(office, clean, now=later(1))
    newest = children.stored(office)[0].version.seq
    assert submissions.sent_file(AUDITOR, office, newest, clean.sha256, now=NOW) == clean
    assert len(views(office)) == 1


def test_a_marked_file_of_somebody_else_is_written_down_and_ones_own_is_not(office):
    wrong = care_file([*CARE_ROW[:2], "某日", *CARE_ROW[3:]])
    number = imports.start(OFFICE, office, [wrong], now=NOW, kind="preview")
    Worker(office, lambda: NOW).run_waiting()
    checked_file(OFFICE, office, number, wrong.sha256, "zh_CN", now=NOW)
    assert views(office) == []
    head = Grant("zhang", (Post("office"),))
    assert checked_file(head, office, number, wrong.sha256, "zh_CN", now=NOW) is not None
    assert [(entry.actor, entry.object) for entry in views(office)] == [("zhang", wrong.sha256)]

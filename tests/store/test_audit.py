"""The audit: rows tied to each other by digests, added at the end alone, quickly asked for the newest of a kind."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from beicha.actions.grants import OFFICE, Grant
from beicha.store import ConflictError, audit, open_store
from beicha.store.chain import START, Said, digest_of, fault, written
from beicha.store.migrating import downgrade, upgrade

NOW = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
SAID = Said(
    7, datetime(2026, 4, 2, 16, 30, 0, 25, timezone(timedelta(hours=8))), "王", "::1", "a.b", 'x"\n', '{"n": 1}'
)


def filled(store, number=3):
    for n in range(number):
        with store.write() as change:
            audit.add(change, NOW + timedelta(seconds=n), Grant("王", address="10.0.0.1"), "test.do", f"第{n}", n=n)
    return chain(store)


def chain(store):
    with store.read() as view:
        return list(audit.links(view))


def test_a_row_is_written_as_the_documentation_says():
    text = '[7,"2026-04-02T08:30:00.000025Z","王","::1","a.b","x\\"\\n","{\\"n\\": 1}"]'
    assert written(SAID).decode() == text
    assert digest_of("ab", SAID) == hashlib.sha256(f"ab\n{text}".encode()).hexdigest()


@pytest.mark.parametrize("field", ["seq", "at", "actor", "address", "action", "object", "details"])
def test_every_field_counts_for_the_digest(field):
    other = {"seq": 8, "at": NOW}.get(field, "other")
    assert digest_of(START, SAID) != digest_of(START, replace(SAID, **{field: other}))


def test_texts_cannot_be_moved_from_one_field_into_the_next():
    assert written(replace(SAID, actor='王","', address="")) != written(replace(SAID, actor="王", address='","'))


def test_each_row_holds_the_digest_of_the_one_before(store):
    links = filled(store)
    assert [link.previous for link in links] == [START, *(link.digest for link in links[:-1])]
    assert [fault(link, link.said.seq, link.previous) for link in links] == [None] * 3
    with store.read() as view:
        assert audit.head(view).digest == links[-1].digest


def test_what_does_not_fit_is_told_by_kind(store):
    _, link, _ = filled(store)
    assert fault(link, 3, link.previous) == "gap"
    assert fault(link, 2, START) == "previous"
    assert fault(replace(link, said=replace(link.said, actor="li")), 2, link.previous) == "digest"


def test_rows_are_fetched_a_part_at_a_time(store):
    filled(store, 5)
    with store.read() as view:
        assert [link.said.seq for link in audit.links(view, after=1, at_once=2)] == [2, 3, 4, 5]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'li' WHERE seq = 2",
        "UPDATE audit SET digest = digest",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit",
    ],
)
def test_the_database_refuses_to_change_or_remove_a_row(store, statement):
    before = filled(store)
    with pytest.raises((ConflictError, DBAPIError), match=r"never|neither"), store.write() as change:
        change.execute(text(statement))
    assert chain(store) == before


def test_no_row_takes_the_place_of_another(store):
    before = filled(store)
    row = "(2, '2026-04-02 08:30:00', 'li', '', 'test.do', 'x', '{}')"
    insert = text(f"INSERT INTO audit (seq, at, actor, address, action, object, details) VALUES {row}")
    with pytest.raises(ConflictError), store.write() as change:
        change.execute(insert)
    if not store.is_postgresql:
        with pytest.raises(ConflictError), store.write() as change:
            change.execute(text(str(insert).replace("INSERT", "INSERT OR REPLACE")))
    else:
        with pytest.raises(DBAPIError, match="neither"), store.write() as change:
            change.execute(text("TRUNCATE audit"))
    assert chain(store) == before


def test_only_the_purge_removes_rows_and_the_guard_stands_again_behind_it(store):
    links = filled(store)
    with store.write() as change:
        assert audit.remove_before(change, 3) == 2
    assert chain(store) == links[2:]
    with pytest.raises((ConflictError, DBAPIError), match=r"never|neither"), store.write() as change:
        change.execute(text("DELETE FROM audit"))


def test_a_purge_that_fails_half_way_leaves_rows_and_guard(store):
    before = filled(store)
    with pytest.raises(ZeroDivisionError), store.write() as change:
        audit.remove_before(change, 3)
        raise ZeroDivisionError
    assert chain(store) == before
    with pytest.raises((ConflictError, DBAPIError), match=r"never|neither"), store.write() as change:
        change.execute(text("DELETE FROM audit"))


def test_the_newest_of_some_actions_is_found_among_others(store):
    with store.write() as change:
        assert audit.newest_of(change, {"a.b", "a.c"}) == 0
        for action in ("a.b", "a.c", "a.d", "a.d"):
            audit.add(change, NOW, OFFICE, action, "")
    with store.read() as view:
        assert (audit.newest_of(view, {"a.b", "a.c"}), audit.newest_of(view, {"a.b"})) == (2, 1)


def test_eight_writers_make_one_chain_without_a_gap(store, database_url):
    each, writers = 12, 8

    def write(number):
        own = open_store(database_url)
        for n in range(each):
            with own.write() as change:
                audit.add(change, NOW, Grant(f"writer-{number}"), "test.do", str(n))
        own.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    previous, links = START, chain(store)
    assert len(links) == each * writers
    for number, link in enumerate(links, start=1):
        assert fault(link, number, previous) is None
        previous = link.digest


def test_rows_of_before_the_chain_are_taken_along_both_ways(store):
    links = filled(store)
    downgrade(store._engine, "0004")
    with store.write() as change:
        change.execute(
            text(
                "INSERT INTO audit (seq, at, actor, action, object, details) VALUES (4, '2026-04-02 09:00:00.000007', "
                """'li', 'session.open', '9', '{"address": "10.0.0.9", "by": "password"}')"""
            )
        )
    upgrade(store._engine)
    old, new = links, chain(store)
    assert [replace(link.said, address="") for link in new[:3]] == [replace(link.said, address="") for link in old]
    assert new[3].said.address == "10.0.0.9"
    previous = START
    for number, link in enumerate(new, start=1):
        assert fault(link, number, previous) is None
        previous = link.digest

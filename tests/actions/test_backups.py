"""Backups: whole while people write, restored with every score, kept for long enough, moved between databases."""

import threading
from pathlib import Path

import pytest

from beicha.actions import backups, sessions
from beicha.actions.backups import NotEmptyError, back_up, move, restore, verify
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.opening import StoreError
from beicha.store import accounts, assessments, audit, copying, open_store
from tests.actions.office import NOW, day, later, lecture, lectures, set_up
from tests.actions.test_submitting import assert_scores_are_true, send
from tests.databases import Cluster


@pytest.fixture
def filled(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    send(store, lectures(lecture(day(3, 9)), community="荷塘社区"))
    return store


@pytest.fixture
def empty(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'new' / 'beicha.db'}")
    yield opened
    opened.close()


def counted(store):
    with store.read() as view:
        return copying.counts(view)


def test_a_backup_brings_everything_back(filled, empty, tmp_path):
    made = back_up(OFFICE, filled, tmp_path / "backups", NOW)
    assert made.path.name == "beicha-20260402-083000.db"
    assert made.path.stat().st_mode & 0o777 == 0o600
    restore(OFFICE, empty, made.path, later())
    before, after = counted(filled), counted(empty)
    assert {name: n for name, n in after.items() if before[name] != n} == {}, "one row noted there and one here"
    assert_scores_are_true(empty)
    assert verify(OFFICE, empty).differing == ()
    assert verify(OFFICE, empty).scores == 9


def test_an_upload_goes_on_in_what_was_restored(filled, empty, tmp_path):
    restore(OFFICE, empty, back_up(OFFICE, filled, tmp_path / "backups", NOW).path, later())
    assert send(empty, lectures(lecture(day(3, 6)), lecture(day(3, 7)))).text == "000003"
    assert_scores_are_true(empty)


def test_a_backup_made_while_others_write_holds_whole_uploads(filled, tmp_path, open_another):
    stop, failed, other = threading.Event(), [], open_another()

    def writes():
        number = 10
        while not stop.is_set() and number < 20:
            try:
                send(other, lectures(*(lecture(day(3, 1 + n)) for n in range(number - 8))))
            except Exception as error:
                failed.append(error)
            number += 1

    writer = threading.Thread(target=writes)
    writer.start()
    made = [back_up(OFFICE, filled, tmp_path / "backups", later(n)).path for n in range(4)]
    stop.set()
    writer.join()
    assert failed == []
    for number, path in enumerate(made):
        copy = open_store(f"sqlite:///{tmp_path / f'{number}.db'}")
        restore(OFFICE, copy, path, later(60))
        assert verify(OFFICE, copy).differing == ()
        copy.close()


def test_nobody_stays_signed_in_after_a_restore(filled, empty, tmp_path):
    with filled.write() as change:
        number = accounts.add(change, "wang", "王", demo=False, by="local", at=NOW)
        accounts.set_password(change, number, "none that fits", must_change=False)
        account = accounts.by_id(change, number)
        token = sessions.open_session(change, account, now=NOW, address="127.0.0.1", agent="a", by="wang").token
    restore(OFFICE, empty, back_up(OFFICE, filled, tmp_path / "backups", NOW).path, later())
    assert counted(filled)["sessions"] == 1
    assert counted(empty)["sessions"] == 0
    assert sessions.by_token(empty, token, later(), "127.0.0.1") is None


def test_a_database_with_data_is_not_written_over(filled, tmp_path):
    made = back_up(OFFICE, filled, tmp_path / "backups", NOW)
    before = counted(filled)
    with pytest.raises(NotEmptyError):
        restore(OFFICE, filled, made.path, later())
    assert counted(filled) == before


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(4000)])
def test_what_is_no_backup_is_refused(empty, tmp_path, content):
    path = tmp_path / "beicha-20260402-083000.db"
    path.write_bytes(content)
    with pytest.raises(StoreError):
        restore(OFFICE, empty, path, NOW)
    assert set(counted(empty).values()) == {0}


def test_a_backup_that_is_cut_off_is_refused(filled, empty, tmp_path):
    made = back_up(OFFICE, filled, tmp_path / "backups", NOW)
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError):
        restore(OFFICE, empty, made.path, later())
    assert set(counted(empty).values()) == {0}


def test_a_damaged_score_is_found_and_left_as_it_is(filled):
    assert verify(OFFICE, filled).differing == ()
    with filled.write() as change:
        assessments.forget(change, "2026-02", "2026-02", ["C02"])
    assert verify(OFFICE, filled).differing == ("2026-02 C02",)
    assert verify(OFFICE, filled).differing == ("2026-02 C02",)


def test_the_newest_and_one_of_each_month_stay_and_foreign_files_are_not_touched():
    days = [f"beicha-202604{day:02d}-010000.db" for day in range(1, 21)]
    months = [f"beicha-2025{month:02d}{day}-010000.db" for month in range(1, 13) for day in (10, 20)]
    gone = backups._outdated([*days, *months, "beicha.db", "notes.txt", ".part-x"], 14, days[-1])
    assert set(days) - set(gone) == set(days[6:])
    kept_months = sorted(set(months) - set(gone))
    assert kept_months == [f"beicha-2025{month:02d}20-010000.db" for month in range(2, 13)]


def test_the_one_just_made_stays_whatever_the_clock_said_before():
    ahead = [f"beicha-203001{day:02d}-010000.db" for day in range(1, 5)]
    made = "beicha-20260402-083000.db"
    assert made not in backups._outdated([*ahead, made], 1, made)


def test_only_who_sets_up_makes_backups(filled, empty, tmp_path):
    clerk = Grant("clerk", (Post("clerk", "C01"),))
    path = back_up(OFFICE, filled, tmp_path / "backups", NOW).path
    for asked in (
        lambda: back_up(clerk, filled, tmp_path / "other", NOW),
        lambda: restore(clerk, empty, path, NOW),
        lambda: move(clerk, filled, f"sqlite:///{tmp_path / 'moved.db'}", NOW),
        lambda: verify(clerk, filled),
    ):
        with pytest.raises(Refused):
            asked()
    assert not (tmp_path / "other").exists()


@pytest.mark.postgres
def test_a_store_moves_to_postgresql_and_back(sqlite_store, postgresql: Cluster, tmp_path: Path):
    set_up(sqlite_store)
    send(sqlite_store, lectures(lecture(day(3, 5))))
    there, back = postgresql.url(postgresql.new_database()), f"sqlite:///{tmp_path / 'back.db'}"
    move(OFFICE, sqlite_store, there, NOW)
    moved = open_store(there)
    assert verify(OFFICE, moved).differing == ()
    assert send(moved, lectures(lecture(day(3, 6)), lecture(day(3, 7)))).text == "000002"
    move(OFFICE, moved, back, later())
    returned = open_store(back)
    assert_scores_are_true(returned)
    with returned.read() as view, moved.read() as other:
        assert audit.newest_of(view, {"store.move"}) == audit.newest_of(other, {"submit"}) + 1
    moved.close()
    returned.close()

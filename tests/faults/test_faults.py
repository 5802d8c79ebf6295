"""A few of each fault in every run; ``make faults`` does the whole, with figures (docs/faults.md)."""

import pytest

from tests.faults import crowds, kills, pressure
from tests.faults.__main__ import killing
from tests.faults.children import BROKEN

QUICK = {"upload": 4, "job": 3, "recompute": 2, "migrate": 2}


@pytest.fixture
def new(request, tmp_path):
    """Makes empty databases of one kind."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'{len(list(tmp_path.iterdir()))}.db'}"
    cluster = request.getfixturevalue("postgresql")
    return lambda: cluster.url(cluster.new_database())


both = pytest.mark.parametrize("new", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)


@both
@pytest.mark.parametrize("work", QUICK)
def test_a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half_done(new, work):
    outcome = killing(work, new, QUICK[work])
    assert outcome.kills == QUICK[work]
    assert not outcome.broken, str(outcome)


def test_what_a_killed_worker_left_is_swept(tmp_path):
    url = f"sqlite:///{tmp_path / 'beicha.db'}"
    kills.uploads(url, 3, name="job")
    assert kills.swept(url) == 0


@pytest.mark.parametrize("work", ["upload", "recompute"])
@pytest.mark.parametrize("new", ["sqlite"], indirect=True)
def test_a_fault_that_was_built_in_is_noticed(new, work):
    outcome = killing(work, new, 40, BROKEN[work][0])
    assert outcome.broken


@both
def test_eight_writers_of_one_month_leave_versions_without_gaps(new):
    found, receipts = crowds.writers(new(), each=3)
    assert (found.broken, found.stored) == (False, receipts)


@both
def test_the_same_upload_is_stored_once(new):
    assert crowds.replayed(new(), times=3) == 1


@both
def test_a_clock_that_is_put_back_or_forward_changes_no_order_and_stores_nothing_twice(new):
    assert crowds.turned_clock(new()) == []


def test_a_reader_that_hangs_holds_up_its_own_file_alone():
    meanwhile, took, code = crowds.hung_reader(2.0)
    assert (code, meanwhile < took) == ("took_too_long", True)


def test_an_upload_waits_for_a_lock_and_is_stored(tmp_path):
    assert pressure.locked(tmp_path / "beicha.db", 1.0)[0]


def test_a_disk_without_room_refuses_an_upload_and_loses_none_before_it(tmp_path):
    outcome = pressure.filled(tmp_path, pressure.no_more_room)
    assert (outcome.broken, outcome.refused) == (False, 1), str(outcome)


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_on_a_disk_that_is_full_nothing_is_lost_where_one_may_be_mounted(backend):
    found = pressure.on_a_small_disk(backend)
    assert found is None or found[0] is False, str(found)


@pytest.mark.postgres
def test_a_database_that_falls_under_load_comes_back_with_everything_acknowledged(postgresql):
    outcome = pressure.restarts(postgresql, postgresql.url(postgresql.new_database()), 1)
    assert not outcome.broken, str(outcome)

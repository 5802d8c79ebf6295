"""Scoring on a Dask cluster: the same scores as here, whatever becomes of its workers."""

import logging
import pickle
import sys

import dask
import pytest

from beicha.actions import lots, recomputing, spreading
from beicha.actions.grants import OFFICE
from beicha.actions.lots import read_lot, score_lot
from beicha.actions.spreading import OtherProgramError, is_closed, rules_mark, score_as, scored
from beicha.store.schema import assessments, reasons
from tests.actions.office import NOW, day, lecture, lectures, send, set_up
from tests.dask_cluster import certificates, dask_cluster


@pytest.fixture
def office(sqlite_store):
    set_up(sqlite_store)
    for place, number in (("桂花社区", 5), ("兰亭社区", 3)):
        send(sqlite_store, lectures(*(lecture(day(3, one)) for one in range(1, number)), community=place))
    return sqlite_store


@pytest.fixture
def lot(office):
    with office.read() as view:
        return read_lot(view, {"2026-02": ["C01", "C02"], "2026-03": ["C01", "C02", "C03"]})


def kept(store):
    """Everything that is stored of the scores, to the last byte."""
    with store.read() as view:
        return [view.execute(table.select().order_by(*table.primary_key)).all() for table in (assessments, reasons)]


def test_a_cluster_stores_the_same_scores_to_the_last_byte(office, monkeypatch, caplog):
    before = kept(office)
    monkeypatch.setattr(lots, "AT_ONCE", 1)
    with office.write() as change:
        change.execute(assessments.delete())
    with dask_cluster() as (address, _):
        monkeypatch.setenv(spreading.ADDRESS, address)
        assert recomputing.recompute(OFFICE, office, NOW) == ("2026-01", "2026-02", "2026-03")
    assert kept(office) == before
    assert [record for record in caplog.records if record.name.startswith("beicha")] == []


def test_over_an_encrypted_line_it_is_the_same(lot, tmp_path, monkeypatch, caplog):
    settings = certificates(tmp_path)
    with dask_cluster(tls=settings) as (address, _), dask.config.set(settings):
        monkeypatch.setenv(spreading.ADDRESS, address)
        assert list(scored([lot])) == [(lot, score_lot(lot))]
    assert address.startswith("tls://")
    assert [record for record in caplog.records if record.name.startswith("beicha")] == []


def test_where_the_workers_die_the_work_is_done_here(office, monkeypatch, caplog):
    before = kept(office)
    monkeypatch.setattr(lots, "AT_ONCE", 1)
    monkeypatch.setattr(spreading, "ANSWER_SECONDS", 2.0)
    with dask_cluster() as (address, processes):
        monkeypatch.setenv(spreading.ADDRESS, address)
        processes[1].kill()
        recomputing.recompute(OFFICE, office, NOW)
    assert kept(office) == before
    assert "so its lot is scored here" in caplog.text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("tcp://127.0.0.1:1", "does not answer"),
        ("tcp://10.0.0.7:8786", "give tls://"),
        ("nonsense", "give tls://"),
    ],
)
def test_without_a_cluster_that_may_be_used_the_work_is_done_here_and_the_log_says_why(
    lot, monkeypatch, caplog, address, told
):
    monkeypatch.setattr(spreading, "CONNECT_SECONDS", 0.5)
    monkeypatch.setenv(spreading.ADDRESS, address)
    with caplog.at_level(logging.WARNING):
        assert list(scored([lot])) == [(lot, score_lot(lot))]
    assert told in caplog.text


def test_without_the_package_the_work_is_done_here(lot, monkeypatch, caplog):
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.setenv(spreading.ADDRESS, "tcp://127.0.0.1:1")
    assert list(scored([lot])) == [(lot, score_lot(lot))]
    assert "does not answer" in caplog.text


@pytest.mark.parametrize(
    ("address", "closed"),
    [
        ("tls://10.0.0.7:8786", True),
        ("tcp://127.0.0.1:8786", True),
        ("tcp://localhost:8786", True),
        ("tcp://10.0.0.7:8786", False),
        ("tcp://127.0.0.1.example:8786", False),
        ("ws://127.0.0.1:8786", False),
        ("127.0.0.1:8786", False),
    ],
)
def test_facts_go_over_lines_that_nobody_else_reads(address, closed):
    assert is_closed(address) is closed


def test_a_worker_with_other_rules_is_not_believed(lot):
    assert score_as(rules_mark(), lot) == score_lot(lot)
    with pytest.raises(OtherProgramError):
        score_as("another", lot)


def test_a_lot_that_was_sent_is_scored_like_the_one_that_was_read(lot):
    assert score_lot(pickle.loads(pickle.dumps(lot))) == score_lot(lot)

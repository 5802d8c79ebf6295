"""Values in and out: what is stored comes back as it was, on both databases."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from sqlalchemy import text

from beicha.actions.grants import OFFICE
from beicha.store import (
    ConflictError,
    areas,
    assessments,
    audit,
    editions,
    files,
    job_parts,
    jobs,
    settings,
    submissions,
)
from beicha.store.areas import AreaVersion
from beicha.store.cells import decode, encode, layout
from beicha.store.content import Content, Source, content_hash, pack, unpack
from beicha.store.files import NamedFile
from beicha.store.job_parts import PART
from beicha.store.jobs import NewJob
from beicha.store.submissions import Entry, Key, SentFile
from scoring.assess import assess
from scoring.cells import Cells
from scoring.facts import Area, Rows
from tests.intake.workbooks import MARCH, edition

NOW = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
YEAR = [f"2026-{month:02}" for month in range(1, 13)]
KEY = Key("C01", "2026-03")
ROWS = Rows(
    ["讲堂", "讲堂", "续表"],
    [3, 4, 2],
    {
        "date": [date(2026, 3, 5), None, date(2026, 3, 7)],
        "topic": ["孝老爱亲", "诚信", None],
        "people": [45, None, 2.5],
        "pictured": [True, False, None],
        "themes": [["甲", "乙"], None, []],
    },
)
CONTENT = Content(
    {"hall": ROWS, "adverts": Rows([], [], {"place": []})},
    {"A2": "没有广告位"},
    {"hall": {"people": ["45人", "", "2.5"]}},
    {"hall": Source("三月.xlsx", "a" * 64)},
)


def test_a_submissions_content_comes_back_as_it_was():
    assert unpack(pack(CONTENT)) == CONTENT


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({"topic": [" 孝老爱亲　", "诚信", ""]}, True),
        ({"people": [45.0, None, 2.5]}, True),
        ({"remark": [None, None, None]}, True),
        ({"topic": ["孝老爱亲", "诚信", "友善"]}, False),
        ({"date": [date(2026, 3, 6), None, date(2026, 3, 7)]}, False),
        ({"pictured": [True, True, None]}, False),
        ({"themes": [["乙", "甲"], None, []]}, False),
    ],
)
def test_the_content_hash_looks_at_what_was_said(changed, same):
    rows = replace(ROWS, values={**ROWS.values, **changed})
    assert (content_hash(replace(CONTENT, ledgers={**CONTENT.ledgers, "hall": rows})) == content_hash(CONTENT)) is same


def test_the_content_hash_looks_at_neither_sheets_nor_rows_nor_files():
    moved = replace(CONTENT, ledgers={**CONTENT.ledgers, "hall": replace(ROWS, row=[9, 10, 11])}, sources={})
    assert content_hash(moved) == content_hash(CONTENT)


def test_an_empty_ledger_differs_from_none_and_a_declaration_counts():
    without = replace(CONTENT, ledgers={"hall": ROWS})
    undeclared = replace(CONTENT, not_applicable={})
    assert len({content_hash(found) for found in (CONTENT, without, undeclared)}) == 3


def random_cells(communities, bonuses=0, vetoes=0):
    rng = np.random.default_rng(7)
    shape = (len(communities), len(edition().criteria))
    fraction = rng.random(shape)
    fraction[0, 0] = np.nan
    selves = np.full(shape, np.nan)
    selves[1, 2] = 0.25
    return Cells(
        communities,
        rng.integers(0, 8, shape).astype(np.int8),
        fraction,
        selves,
        rng.random((len(communities), bonuses)),
        rng.random((len(communities), vetoes)) > 0.5,
        rng.random(len(communities)) > 0.5,
    )


def assert_equal(found, cells):
    assert found.communities == cells.communities
    for name in ("state", "fraction", "self_fraction", "bonus", "veto", "reported"):
        before, after = getattr(cells, name), getattr(found, name)
        assert (after.dtype, after.shape) == (before.dtype, before.shape)
        assert after.tobytes() == before.tobytes()


def test_cells_come_back_bit_for_bit_and_small():
    cells = random_cells(("C01", "C02", "C03"))
    blobs, selves = zip(*encode(edition(), cells), strict=True)
    assert_equal(decode(edition(), cells.communities, blobs, selves), cells)
    assert [blob is not None for blob in selves] == [False, True, False]
    assert len(blobs[0]) == layout(edition()).itemsize == 9 * len(edition().criteria) + 1


def kept_edition(change):
    seq, _ = editions.add(change, edition(), "local", NOW)
    return editions.load(change, seq)


def test_assessments_are_read_by_month_and_replaced(store):
    with store.write() as change:
        kept = kept_edition(change)
        for month in (MARCH - 1, MARCH, MARCH):
            assessments.keep(change, kept.seq, assessments.pack(assess(edition(), month, ["C02", "C01"], [])))
    with store.read() as view:
        found = assessments.read(view, kept, YEAR)
        assert {period: cells.communities for period, cells in found.items()} == {
            "2026-02": ("C01", "C02"),
            "2026-03": ("C01", "C02"),
        }
        assert_equal(found["2026-03"], assess(edition(), MARCH, ["C01", "C02"], []).cells())
        assert assessments.read(view, kept, ["2026-03"], ["C02"])["2026-03"].communities == ("C02",)
        assert assessments.read(view, replace(kept, seq=99), YEAR) == {}
        assert [reason.code for reason in assessments.read_reasons(view, "2026-03", "C01")] == ["not_reported"] * 3
        assert assessments.read_reasons(view, "2026-03", "C09") == ()
    with store.write() as change:
        assessments.forget(change, "2026-03")
        assert assessments.periods(change) == ("2026-02",)


def test_times_are_utc_whatever_zone_they_came_in(store):
    china = timezone(timedelta(hours=8))
    with store.write() as change:
        audit.add(change, datetime(2026, 4, 2, 16, 30, tzinfo=china), OFFICE, "test", "x", n=1)
    with store.read() as view:
        entry = audit.entries(view)[0]
    assert (entry.seq, entry.at, entry.at.tzinfo, entry.details) == (1, NOW, UTC, {"n": 1})


def test_a_time_without_a_zone_is_refused(store):
    with pytest.raises(Exception, match="time zone"), store.write() as change:
        audit.add(change, datetime(2026, 4, 2, 8, 30), OFFICE, "test", "x")


def test_the_revision_rises_with_every_action(store):
    with store.read() as view:
        assert audit.revision(view) == 0
    for number in (1, 2):
        with store.write() as change:
            assert audit.add(change, NOW, OFFICE, "test", "x") == number
    with store.read() as view:
        assert audit.revision(view) == 2
        assert [entry.seq for entry in audit.entries(view, after=1)] == [2]


def test_versions_follow_each_other_and_the_newest_is_current(store):
    with store.write() as change:
        first = submissions.add(change, Entry(KEY, CONTENT, "a" * 64, ()), receipt=None, by="local", at=NOW)
        second = submissions.add(
            change, Entry(KEY, CONTENT, "b" * 64, (), first), receipt=first.receipt, by="local", at=NOW
        )
    with store.read() as view:
        assert submissions.newest(view, KEY) == second
        assert submissions.versions(view, KEY) == (second, first)
        assert (second.version, second.replaces, second.receipt) == (2, first.seq, first.seq)
        assert [version for version, _ in submissions.current(view)] == [second]
        assert submissions.current(view, ["C02"]) == []
        assert submissions.current(view, ["C01"], "2026-02") == []
        assert submissions.content(view, first.seq) == CONTENT


def test_no_number_of_a_version_is_given_twice(store):
    """Not even to two transactions that ask at the same time: the table refuses the second."""
    with store.write() as change:
        for digest in ("a" * 64, "b" * 64):
            submissions.add(change, Entry(KEY, CONTENT, digest, ()), receipt=None, by="local", at=NOW)
    with store.read() as view:
        assert [version.version for version in submissions.versions(view, KEY)] == [2, 1]
    again = text("UPDATE submissions SET version = 2 WHERE version = 1")
    with pytest.raises(ConflictError), store.write() as change:
        change.execute(again)


def test_a_file_is_kept_once_and_needed_by_what_names_it(store):
    file = NamedFile("三月.xlsx", b"bytes")
    with store.write() as change:
        files.keep(change, file)
        files.keep(change, replace(file, name="copy.xlsx"))
        submissions.add(
            change,
            Entry(KEY, CONTENT, "a" * 64, (SentFile(file.sha256, file.name),)),
            receipt=None,
            by="local",
            at=NOW,
        )
    with store.read() as view:
        assert files.content(view, file.sha256) == b"bytes"
        assert files.content(view, "0" * 64) is None
    with pytest.raises(ConflictError), store.write() as change:
        entry = Entry(Key("C02", "2026-03"), CONTENT, "a" * 64, (SentFile("0" * 64, "absent.xlsx"),))
        submissions.add(change, entry, receipt=None, by="local", at=NOW)


def test_the_tree_of_a_month_is_what_was_valid_in_it(store):
    old, new = Area("C01", "桂花社区", "community", "S1"), Area("C01", "桂花社区", "community", "S2", order=2)
    with store.write() as change:
        areas.add(change, [AreaVersion(old, "", "2026-03"), AreaVersion(new, "2026-03")])
        areas.add(change, [AreaVersion(Area("D", "云溪区", "district", order=1), "2026-02")])
    with store.read() as view:
        assert areas.tree(view, "2026-01") == (old,)
        assert [area.code for area in areas.tree(view, "2026-03")] == ["D", "C01"]
        assert areas.tree(view, "2026-03")[1] == new
        assert len(areas.versions(view)) == 3
        assert len(areas.versions(view, ["D"])) == 1


def test_settings_are_plain_values(store):
    with store.write() as change:
        settings.put(change, "due_day", 5)
        settings.put(change, "due_day", 8)
        assert settings.get(change, "due_day") == 8
        assert settings.get(change, "absent") is None


def test_jobs_keep_their_files_in_order_and_their_result(store):
    sent = (NamedFile("b.xlsx", b"2"), NamedFile("a.xlsx", b"1"))
    with store.write() as change:
        number = jobs.enqueue(change, NewJob("import", sent, 4, {"period": None}), by="local", at=NOW)
        assert jobs.waiting(change, ["import"])
    with store.write() as change:
        job = jobs.claim(change, "worker", NOW, ["import"])
        assert (job.id, job.state, job.details) == (number, "running", {"period": None})
        assert jobs.claim(change, "another", NOW, ["import"]) is None
        assert jobs.files(change, number) == sent
        assert jobs.beat(change, number, "worker", NOW, 3)
        assert not jobs.beat(change, number, "another", NOW, 3)
        assert jobs.end(change, number, "worker", jobs.Ended("done", {"文件": [1, None]}), NOW)
    with store.read() as view:
        assert jobs.result(view, number) == {"文件": [1, None]}
        assert (jobs.job(view, number).done, jobs.job(view, number).active) == (3, False)
        assert [job.id for job in jobs.recent(view)] == [number]


def test_a_file_of_a_job_is_read_from_any_place_without_the_rest():
    content = bytes(number % 251 for number in range(2 * PART + 7))
    fetched = []

    def fetch(number):
        fetched.append(number)
        return content[number * PART :][:PART]

    source = io.BufferedReader(job_parts.Parts(len(content), fetch))
    assert source.seek(-5, io.SEEK_END) == len(content) - 5
    assert (source.read(), source.read(), fetched) == (content[-5:], b"", [2])
    source.seek(PART - 3)
    assert (source.read(6), fetched) == (content[PART - 3 : PART + 3], [2, 0, 1])
    source.seek(0)
    assert source.read() == content
    with pytest.raises(ValueError, match="beginning"):
        job_parts.Parts(3, fetch).seek(-1)


def test_a_file_of_a_job_is_added_once_with_all_its_parts(store):
    large = NamedFile("大.zip", b"ab" * PART)
    with store.write() as change:
        job = jobs.enqueue(change, NewJob("import", (), 0, {}), by="local", at=NOW)
        jobs.add_file(change, job, 7, large)
        jobs.add_file(change, job, 7, large)
    with store.write() as change:
        assert jobs.file(change, job, 7) == jobs.sent(change, job, large.sha256) == large
        assert job_parts.part(change, job, 7, 2) is None
        jobs.drop_file(change, job, 7)
        assert job_parts.part(change, job, 7, 0) is None


def test_a_locked_database_is_refused_in_time_and_keeps_what_it_had(sqlite_url, monkeypatch):
    from beicha.store import StoreError, open_store, opening

    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    first, second = open_store(sqlite_url), open_store(sqlite_url)
    with first.write() as change:
        settings.put(change, "due_day", 5)
        with pytest.raises(StoreError, match="locked"), second.write() as other:
            settings.put(other, "due_day", 6)
    with second.read() as view:
        assert settings.get(view, "due_day") == 5
    first.close()
    second.close()

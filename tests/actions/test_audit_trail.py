"""The audit checked, exported and purged: what was tampered with is found, what is younger than 180 days stays."""

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from beicha.actions import audit_chain, audit_export, audit_purge
from beicha.actions.audit_purge import PurgeRefusedError
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views.audit_trail import PAGE, people, read_audit, wanted_of
from beicha.store import audit
from beicha.store.chain import START
from beicha.words.times import day_begins

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
AUDITOR = Grant("shen", (Post("auditor"),), "10.0.0.7")
WANG = Grant("wang", (), "10.0.0.1")


def note(store, number, actor=WANG, action="submit", at=NOW, step=timedelta(minutes=1)):
    with store.write() as change:
        for n in range(number):
            audit.add(change, at + n * step, actor, action, f"{n:06d}", made=[{"version": n}])


def forge(store, statement):
    """What somebody does who has the whole database: the triggers are no hindrance to them."""
    with store.write() as change:
        if store.is_postgresql:
            change.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        else:
            for what in ("update", "delete", "replace"):
                change.exec_driver_sql("DROP TRIGGER audit_no_" + what)
        change.execute(text(statement))


def copy_of(seq, to):
    columns = "at, actor, address, action, object, details, previous, digest"
    return f"INSERT INTO audit (seq, {columns}) SELECT {to}, {columns} FROM audit WHERE seq = {seq}"


def test_an_untouched_chain_fits_and_its_newest_digest_is_told(store):
    assert audit_chain.verify(AUDITOR, store).digest == START
    assert audit_chain.head(AUDITOR, store) is None
    note(store, 5)
    found = audit_chain.verify(AUDITOR, store)
    assert (found.first, found.last, found.wrong) == (1, 5, None)
    assert audit_chain.head(AUDITOR, store).digest == found.digest


@pytest.mark.parametrize(
    ("statement", "wrong", "what"),
    [
        ("UPDATE audit SET actor = 'li' WHERE seq = 3", 3, "digest"),
        ("UPDATE audit SET address = '10.0.0.2' WHERE seq = 1", 1, "digest"),
        ("UPDATE audit SET at = '2026-05-04 08:00:00.000001' WHERE seq = 1", 1, "digest"),
        ("UPDATE audit SET details = '{}' WHERE seq = 5", 5, "digest"),
        ("UPDATE audit SET digest = previous WHERE seq = 3", 3, "digest"),
        ("UPDATE audit SET previous = digest WHERE seq = 3", 3, "previous"),
        ("DELETE FROM audit WHERE seq = 3", 4, "gap"),
        ("DELETE FROM audit WHERE seq = 1", 2, "start"),
        (copy_of(5, 7), 7, "gap"),
        (copy_of(5, 6), 6, "previous"),
    ],
)
def test_one_row_altered_on_a_copy_is_found_and_named(store, statement, wrong, what):
    note(store, 5)
    forge(store, statement)
    found = audit_chain.verify(AUDITOR, store)
    assert (found.wrong, found.what) == (wrong, what)


def test_a_chain_worked_out_anew_is_only_found_by_a_digest_kept_elsewhere(store):
    note(store, 5)
    kept = audit_chain.head(AUDITOR, store).digest
    forge(store, "DELETE FROM audit WHERE seq > 2")
    note(store, 4, actor=Grant("li"))
    assert audit_chain.verify(AUDITOR, store).wrong is None
    assert audit_chain.verify(AUDITOR, store, digest=kept).seen is None


def test_a_digest_kept_elsewhere_is_found_though_the_chain_went_on(store):
    note(store, 3)
    kept = audit_chain.head(AUDITOR, store).digest
    note(store, 3)
    assert audit_chain.verify(AUDITOR, store, digest=kept).seen == 3
    assert audit_chain.verify(AUDITOR, store, digest=f" {kept[:16].upper()}\n").seen == 3
    with pytest.raises(ValueError, match="few letters"):
        audit_chain.verify(AUDITOR, store, digest=kept[:15])


def test_the_newest_rows_are_checked_alone_and_that_is_noted(store, monkeypatch):
    note(store, 9)
    monkeypatch.setattr(audit_chain, "RECENT", 4)
    told = []
    found = audit_chain.verify_recent(AUDITOR, store, now=NOW, progress=lambda done, of: told.append((done, of)))
    assert (found.first, found.last, told[-1]) == (6, 9, (4, 4))
    page = read_audit(AUDITOR, store, wanted_of(), None, language="en")
    assert (page.checked.last, page.checked.wrong, page.rows[0].title) == (9, None, "Audit checked")
    forge(store, "UPDATE audit SET actor = 'li' WHERE seq = 2")
    assert audit_chain.verify_recent(AUDITOR, store, now=NOW).wrong is None
    assert audit_chain.verify(AUDITOR, store).wrong == 2


def old_and_new(store):
    """Four rows of 200 days ago, three of 100 days ago, the first of them with a clock that ran wrong."""
    note(store, 4, at=NOW - timedelta(days=200))
    note(store, 3, at=NOW - timedelta(days=100))
    note(store, 1, at=NOW - timedelta(days=200))


def test_the_purge_removes_old_rows_writes_them_out_and_leaves_a_chain(store, tmp_path):
    old_and_new(store)
    with store.read() as view:
        links = list(audit.links(view))
    gone = audit_purge.purge(OFFICE, store, NOW - timedelta(days=180), tmp_path / "old.jsonl", now=NOW)
    assert (gone.rows, gone.last) == (4, 4)
    written = (tmp_path / "old.jsonl").read_bytes()
    lines = [json.loads(line) for line in written.splitlines()]
    assert [line["digest"] for line in lines] == [link.digest for link in links[:4]]
    assert [line["row"][0] for line in lines] == [1, 2, 3, 4]
    found = audit_chain.verify(OFFICE, store)
    assert (found.first, found.last, found.wrong) == (5, 9, None)
    with store.read() as view:
        (entry,) = audit.entries(view, after=8)
    assert (entry.action, entry.object, entry.details["sha256"]) == (
        "audit.purge",
        "old.jsonl",
        hashlib.sha256(written).hexdigest(),
    )
    forge(store, "DELETE FROM audit WHERE seq = 5")
    assert audit_chain.verify(OFFICE, store).what == "start"


def test_a_second_purge_goes_on_from_the_first_and_the_newest_row_always_stays(store, tmp_path):
    old_and_new(store)
    audit_purge.purge(OFFICE, store, NOW - timedelta(days=180), tmp_path / "one", now=NOW)
    later = NOW + timedelta(days=400)
    assert audit_purge.purge(OFFICE, store, later - timedelta(days=180), tmp_path / "two", now=later).last == 8
    found = audit_chain.verify(OFFICE, store)
    assert (found.first, found.last, found.wrong) == (9, 10, None)
    note(store, 1)
    assert audit_chain.verify(OFFICE, store).last == 11


@pytest.mark.parametrize(("back", "refused"), [(timedelta(0), False), (timedelta(seconds=1), True)])
def test_the_purge_refuses_rows_younger_than_180_days(store, tmp_path, back, refused):
    old_and_new(store)
    before = NOW - audit_purge.KEPT + back
    if refused:
        with pytest.raises(PurgeRefusedError, match="young"):
            audit_purge.purge(OFFICE, store, before, tmp_path / "old", now=NOW)
    else:
        assert audit_purge.purge(OFFICE, store, before, tmp_path / "old", now=NOW).rows == 4
    with store.read() as view:
        assert len(audit.entries(view)) == (8 if refused else 5)


def test_the_purge_refuses_a_broken_chain_a_known_file_and_everybody_but_the_command_line(store, tmp_path):
    old_and_new(store)
    before, path = NOW - timedelta(days=180), tmp_path / "old"
    for posts in [(Post("auditor"),), (Post("admin"),), (Post("office"),), (Post("auditor"), Post("admin"))]:
        with pytest.raises(Refused):
            audit_purge.purge(Grant("shen", posts), store, before, path, now=NOW)
    assert not path.exists()
    path.write_bytes(b"kept")
    with pytest.raises(FileExistsError):
        audit_purge.purge(OFFICE, store, before, path, now=NOW)
    forge(store, "UPDATE audit SET actor = 'li' WHERE seq = 7")
    with pytest.raises(PurgeRefusedError, match="broken"):
        audit_purge.purge(OFFICE, store, before, tmp_path / "other", now=NOW)
    assert path.read_bytes() == b"kept"
    with store.read() as view:
        assert len(audit.entries(view)) == 8


def test_nothing_old_is_no_purge(store, tmp_path):
    note(store, 2)
    assert audit_purge.purge(OFFICE, store, NOW - timedelta(days=180), tmp_path / "old", now=NOW).rows == 0
    assert not (tmp_path / "old").exists()


def exported(store, form, wanted=None, **options):
    file = BytesIO()
    given = {"name": "记录", "language": "zh_CN", "now": NOW} | options
    audit_export.export(AUDITOR, store, wanted or wanted_of(), file, form, **given)
    return file.getvalue()


def test_what_looks_like_a_formula_or_breaks_a_line_is_inert_in_both_forms(sqlite_store):
    with sqlite_store.write() as change:
        audit.add(change, NOW, Grant('=HYPERLINK("x")'), "submit", "=1+1\n2", files=["-5\x1b[2J", "+x"], n=-5)
    page = load_workbook(BytesIO(exported(sqlite_store, "xlsx"))).active
    assert not [cell for row in page for cell in row if cell.data_type == "f"]
    head, row = [[cell.value for cell in line] for line in page]
    assert head[:3] == ["编号", "时间", "操作人"]
    assert row[:3] == [1, "2026-05-04 16:00:00", '=HYPERLINK("x")']
    assert row[3:6] == ["–", "上报入库", "上报入库，回执号 =1+1?2。"]
    assert row[6] == "文件：-5 [2J、+x\nn：-5"
    content = exported(sqlite_store, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    row = next(row for row in csv.reader(StringIO(content.decode("utf-8-sig"))) if row[0] == "1")
    assert row[2] == '\'=HYPERLINK("x")'


def test_an_export_is_noted_counted_and_of_the_rows_that_were_looked_for(sqlite_store):
    note(sqlite_store, 3)
    note(sqlite_store, 2, actor=OFFICE, action="restore", at=NOW + timedelta(days=2))
    content = exported(sqlite_store, "csv", wanted_of(until=date(2026, 5, 4)), name="五月.csv")
    assert [row[0] for row in csv.reader(StringIO(content.decode("utf-8-sig")))] == ["编号", "1", "2", "3"]
    newest = read_audit(AUDITOR, sqlite_store, wanted_of(), None, language="zh_CN").rows[0]
    assert (newest.who, newest.where, newest.sentence) == ("shen", "10.0.0.7", "导出操作记录 3 条：五月.csv。")
    with pytest.raises(audit_export.TooManyRowsError):
        exported(sqlite_store, "csv", most=5)
    assert exported(sqlite_store, "csv", most=6)


def test_pages_of_fifty_lead_to_each_other(sqlite_store):
    note(sqlite_store, 2 * PAGE + 7)
    whole = wanted_of()
    first = read_audit(AUDITOR, sqlite_store, whole, None, language="en")
    second = read_audit(AUDITOR, sqlite_store, whole, first.older, language="en")
    third = read_audit(AUDITOR, sqlite_store, whole, second.older, language="en")
    numbers = [row.seq for page in (first, second, third) for row in page.rows]
    assert numbers == list(range(107, 0, -1))
    assert (first.newer, second.newer, third.newer, third.older) == (None, 0, first.older, None)
    assert first.count == 107


def test_rows_are_found_by_day_person_action_and_object(sqlite_store):
    note(sqlite_store, 2)
    note(sqlite_store, 1, actor=AUDITOR, action="restore", at=day_begins(date(2026, 5, 6)))
    note(sqlite_store, 1, action="submit", at=day_begins(date(2026, 5, 6)) - timedelta(microseconds=1))

    def seqs(**wanted):
        return [row.seq for row in read_audit(AUDITOR, sqlite_store, wanted_of(**wanted), None, language="en").rows]

    assert seqs(since=date(2026, 5, 6)) == [3]
    assert seqs(until=date(2026, 5, 5)) == [4, 2, 1]
    assert seqs(since=date(2026, 5, 5), until=date(2026, 5, 5)) == [4]
    assert seqs(actor="shen") == seqs(action="restore") == [3]
    assert seqs(object_="0001") == [2]
    assert seqs(object_="%") == seqs(actor="nobody") == []
    assert people(AUDITOR, sqlite_store, "en") == {"shen": "shen", "wang": "wang"}


@pytest.mark.parametrize("role", ["office", "street", "clerk", "leader", "admin"])
def test_only_who_has_the_right_reads_checks_or_exports(sqlite_store, role):
    grant = Grant("wang", (Post(role),))
    for ask in (
        lambda: read_audit(grant, sqlite_store, wanted_of(), None, language="en"),
        lambda: people(grant, sqlite_store, "en"),
        lambda: audit_chain.verify(grant, sqlite_store),
        lambda: audit_chain.verify_recent(grant, sqlite_store, now=NOW),
        lambda: audit_chain.head(grant, sqlite_store),
        lambda: audit_export.export(
            grant, sqlite_store, wanted_of(), BytesIO(), "csv", name="x", language="en", now=NOW
        ),
    ):
        with pytest.raises(Refused):
            ask()

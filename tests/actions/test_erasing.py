"""Erasing by two persons: nothing of the file is left but a shell that says who, why and when."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select

from beicha.actions import imports, submissions
from beicha.actions.erasing import SamePersonError, ask_erase, confirm_erase, drop_request, requests
from beicha.actions.fact_history import FactKey, current_rows, fact_history
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.version_pairs import compare_versions
from beicha.actions.withdrawing import NoReasonError, withdraw
from beicha.jobs.worker import Worker
from beicha.store import Store, audit, files
from beicha.store.schema import files as files_
from beicha.store.schema import job_parts as job_parts_
from beicha.store.schema import jobs as jobs_
from beicha.store.schema import submissions as submissions_
from tests.actions import children
from tests.actions.children import CANARIES, CARE_ROW, care_file, settle, stored
from tests.actions.office import MARCH, NOW, day, later, lecture, lectures, send

CLERK = Grant("li", (Post("clerk", "C01"),))
HEAD = Grant("zhang", (Post("office"),))


@pytest.fixture
def office(store):
    settle(store)
    return store


def erase(store, seq, reason="含有儿童信息"):
    number = ask_erase(CLERK, store, seq, reason, now=later(1))
    return confirm_erase(HEAD, store, number, now=later(2))


def newest(store):
    return stored(store)[0].version.seq


def test_the_shell_says_who_why_and_when_and_holds_the_digests(office):
    before = stored(office)[0]
    erase(office, newest(office))
    entry = stored(office)[0]
    removal = entry.removal
    assert entry.erased
    assert (removal.reason, removal.asked_by, removal.done_by) == ("含有儿童信息", "li", "zhang")
    assert (removal.asked_at, removal.done_at) == (later(1), later(2))
    assert removal.digests == tuple(file.sha256 for file in before.files)
    assert (entry.version, [file.name for file in entry.files]) == (before.version, [""])


def test_nothing_of_it_is_shown_counted_or_handed_out(office):
    seq, digest = newest(office), stored(office)[0].files[0].sha256
    erase(office, seq)
    assert current_rows(OFFICE, office, MARCH) == ()
    assert submissions.reports(OFFICE, office, ["C01"], "2026-12") == []
    assert submissions.sent_file(OFFICE, office, seq, digest, now=NOW) is None
    key = FactKey("C01", "2026-03", "care", {"day": day(3, 5), "child": "欧**"})
    assert fact_history(OFFICE, office, key) == ()
    with pytest.raises(LookupError):
        submissions.restore(OFFICE, office, seq, now=later(3))
    with pytest.raises(LookupError):
        ask_erase(CLERK, office, seq, "再一次", now=later(3))


def test_the_version_before_counts_again(office):
    send(office, lectures(lecture(day(3, 5))), now=later(1))
    second = newest(office)
    erase(office, second)
    assert [(entry.version.version, entry.current) for entry in stored(office)] == [(2, False), (1, True)]
    with pytest.raises(LookupError):
        compare_versions(OFFICE, office, second, stored(office)[1].version.seq)


def test_versions_from_the_same_file_go_with_it_and_others_lose_what_they_took_from_it(office):
    first = newest(office)
    send(office, lectures(lecture(day(3, 5))), now=later(1))  # takes the children's ledger over
    second = newest(office)
    submissions.restore(OFFICE, office, first, now=later(2))
    third = newest(office)
    submissions.restore(OFFICE, office, second, now=later(3))
    reach = erase(office, first)
    assert [version.seq for version in reach.erased] == [first, third]
    assert [version.version for version in reach.stripped] == [4, 2]
    assert [(entry.version.version, entry.erased, entry.current) for entry in stored(office)] == [
        (4, False, True),
        (3, True, False),
        (2, False, False),
        (1, True, False),
    ]
    assert [ledger.code for ledger, _ in current_rows(OFFICE, office, MARCH)] == ["hall"]
    assert submissions.sent_file(OFFICE, office, second, stored(office)[2].files[0].sha256, now=NOW) is not None


def test_a_withdrawn_version_can_be_erased(office):
    seq = newest(office)
    withdraw(CLERK, office, seq, "错", now=later(1))
    erase(office, seq)
    assert stored(office)[0].erased


def test_drafts_and_imports_that_hold_the_file_go_too(office):
    file = children.full_file()
    waiting = imports.start(OFFICE, office, [file], now=NOW, kind="preview")
    other = imports.start(OFFICE, office, [lectures(lecture(day(3, 5)))], now=NOW, kind="preview")
    Worker(office, lambda: NOW).run_waiting()
    confirmed = imports.start(OFFICE, office, [care_file([*CARE_ROW[:4], "另一次"]), file], now=NOW, kind="preview")
    erase(office, newest(office))
    for number in (waiting, confirmed):
        with pytest.raises(LookupError):
            imports.status(OFFICE, office, number)
    assert imports.draft(OFFICE, office, other) is not None


def test_the_same_file_may_come_again_and_is_told_of(office):
    erase(office, newest(office))
    draft = submissions.read(OFFICE, office, [children.full_file()])
    warning = submissions.preview(OFFICE, office, draft).reports[0].again
    assert (warning.code, warning.values["reason"]) == ("erased_before", "含有儿童信息")
    send(office, children.full_file(), now=later(3))
    entry = stored(office)[0]
    assert (entry.version.version, entry.current) == (2, True)
    assert submissions.sent_file(OFFICE, office, entry.version.seq, entry.files[0].sha256, now=NOW) is not None


def test_who_asked_cannot_say_yes(office):
    number = ask_erase(HEAD, office, newest(office), "错", now=later(1))
    with pytest.raises(SamePersonError):
        confirm_erase(HEAD, office, number, now=later(2))
    assert not stored(office)[0].erased
    assert stored(office)[0].current
    confirm_erase(OFFICE, office, number, now=later(2))
    assert stored(office)[0].erased


@pytest.mark.parametrize(
    "post", [Post("clerk", "C01"), Post("street", "S1"), Post("office", "S1"), Post("auditor"), Post("admin")]
)
def test_only_the_whole_office_says_yes(office, post):
    number = ask_erase(CLERK, office, newest(office), "错", now=later(1))
    with pytest.raises(Refused):
        confirm_erase(Grant("x", (post,)), office, number, now=later(2))
    assert not stored(office)[0].erased


def test_asking_needs_a_reason_a_version_and_the_right_to_hand_it_in(office):
    seq = newest(office)
    with pytest.raises(NoReasonError):
        ask_erase(CLERK, office, seq, " ", now=later(1))
    with pytest.raises(LookupError):
        ask_erase(CLERK, office, 99, "错", now=later(1))
    with pytest.raises(Refused):
        ask_erase(Grant("x", (Post("clerk", "C02"),)), office, seq, "错", now=later(1))
    ask_erase(CLERK, office, seq, "错", now=later(1))
    with pytest.raises(LookupError):
        ask_erase(OFFICE, office, seq, "也错", now=later(1))


def test_requests_are_listed_for_who_made_or_may_answer_them(office):
    number = ask_erase(CLERK, office, newest(office), "错", now=later(1))
    assert [(one.removal.id, one.may_confirm, one.may_drop) for one in requests(CLERK, office)] == [
        (number, False, True)
    ]
    assert [(one.may_confirm, one.may_drop) for one in requests(HEAD, office)] == [(True, True)]
    assert requests(Grant("x", (Post("clerk", "C02"),)), office) == ()
    with pytest.raises(Refused):
        drop_request(Grant("x", (Post("clerk", "C02"),)), office, number, now=later(2))
    drop_request(CLERK, office, number, now=later(2))
    assert requests(HEAD, office) == ()
    with pytest.raises(LookupError):
        confirm_erase(HEAD, office, number, now=later(3))
    assert stored(office)[0].removal is None


def test_it_is_written_down(office):
    erase(office, newest(office))
    with office.read() as view:
        asked, done = audit.entries(view)[-2:]
    assert (asked.action, asked.actor) == ("submission.ask_erase", "li")
    assert (done.action, done.actor, done.details["asked_by"]) == ("submission.erase", "zhang", "li")
    assert done.details["digests"] == list(stored(office)[0].removal.digests)
    assert not [canary for canary in CANARIES if canary in str(asked) + str(done)]


def test_no_byte_of_it_is_left_in_the_database_files(sqlite_store: Store):
    """Names and numbers stand in compressed blobs, so the blobs themselves are looked for, and the file as sent."""
    settle(sqlite_store)
    file = children.full_file()
    number = imports.start(OFFICE, sqlite_store, [file], now=NOW, kind="preview")
    Worker(sqlite_store, lambda: NOW).run_waiting()
    columns = [submissions_.c.content, files_.c.content, jobs_.c.result, job_parts_.c.content]
    with sqlite_store.read() as view:
        blobs = [bytes(blob) for column in columns for blob in view.execute(select(column)).scalars() if blob]
    assert imports.draft(OFFICE, sqlite_store, number) is not None
    pieces = {blob[at : at + 40] for blob in blobs for at in range(60, len(blob) - 60, 97)}
    assert len([piece for piece in pieces if piece in on_disk(sqlite_store)]) > len(pieces) / 2
    erase(sqlite_store, newest(sqlite_store))
    left = on_disk(sqlite_store)
    assert [piece for piece in pieces if piece in left] == []


def on_disk(store: Store) -> bytes:
    """All bytes of the database and of what lies beside it."""
    place = Path(store.place)
    return b"".join(path.read_bytes() for path in sorted(place.parent.glob(place.name + "*")))


def test_files_of_others_stay(office):
    other = lectures(lecture(day(3, 5)), community="荷塘社区")
    send(office, other, now=later(1))
    erase(office, newest(office))
    with office.read() as view:
        assert files.content(view, other.sha256) == other.content
    assert BytesIO(other.content).read() == other.content

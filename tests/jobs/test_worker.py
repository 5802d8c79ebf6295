"""Jobs: done once whatever happens to pages and processes, cancelled between files, put back when a worker dies."""

import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from beicha.actions import accounts, batches, importing, imports, job_queue, submissions, submitting
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.recomputing import recompute
from beicha.intake.answers import NO_ANSWERS, Fix
from beicha.jobs.worker import Worker
from beicha.store import StoreError, audit, jobs
from beicha.store import submissions as stored
from beicha.store.files import NamedFile
from beicha.store.schema import assessments
from tests.actions.office import MARCH, NOW, adverts, broken, day, later, lecture, lectures, set_up

AD = ["东门", "宣传栏", "核心价值观", 6]
FILES = [
    lectures(lecture(day(3, 5))),
    broken(community="荷塘社区"),
    lectures(lecture(day(3, 6)), community="松柏社区"),
]


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(store, clock):
    return Worker(store, clock)


def start(store, files, **options):
    return imports.start(OFFICE, store, files, now=NOW, **options)


def status(store, number):
    return imports.status(OFFICE, store, number)


def states(store, number):
    return [outcome.state for outcome in imports.outcomes(OFFICE, store, number)]


def scored(store):
    """Every stored assessment as it lies there."""
    with store.read() as view:
        return sorted(view.execute(select(assessments.c["period", "community", "cells"])).all())


def periods(store):
    with store.read() as view:
        return stored.periods(view)


def test_an_import_stores_each_good_file_and_tells_what_is_wrong_with_the_others(store, worker):
    set_up(store)
    number = start(store, FILES)
    assert (status(store, number).state, status(store, number).total) == ("queued", 6)
    assert worker.run_waiting() == 1
    job = status(store, number)
    assert (job.state, job.done, job.attempts) == ("done", 6, 1)
    found = imports.outcomes(OFFICE, store, number)
    assert [(o.file, o.state, o.communities, o.periods) for o in found] == [
        (FILES[0].name, "stored", ("C01",), ("2026-03",)),
        (FILES[1].name, "refused", (), ()),
        (FILES[2].name, "stored", ("C03",), ("2026-03",)),
    ]
    assert [problem.code for problem in found[1].problems] == ["date_unreadable"]
    assert found[0].receipt == "000001"


def test_the_order_of_files_in_an_import_changes_nothing(store, worker):
    set_up(store)
    twice = [lectures(lecture(day(3, n)), name=f"{n}.xlsx") for n in (5, 6)]
    for files in ([*twice, adverts(AD)], [adverts(AD), *twice[::-1]]):
        number = start(store, files)
        worker.run_waiting()
        assert {o.file: o.state for o in imports.outcomes(OFFICE, store, number)} == {
            "5.xlsx": "refused",
            "6.xlsx": "refused",
            adverts(AD).name: "stored" if files[0] is twice[0] else "unchanged",
        }


def test_the_same_bytes_twice_in_an_import_are_stored_once(store, worker):
    set_up(store)
    number = start(store, [FILES[0], NamedFile("副本.xlsx", FILES[0].content)])
    worker.run_waiting()
    assert states(store, number) == ["stored", "repeated"]


def test_a_preview_waits_in_its_job_until_it_is_confirmed(store, worker):
    set_up(store)
    number = start(store, [FILES[0]], kind="preview")
    assert imports.draft(OFFICE, store, number) is None
    worker.run_waiting()
    assert periods(store) == ()
    draft = imports.draft(OFFICE, store, number)
    assert draft == submissions.read(OFFICE, store, [FILES[0]])
    assert submissions.preview(OFFICE, store, draft).ready
    receipt = imports.confirm(OFFICE, store, number, now=later())
    assert [version.community for version in receipt.stored] == ["C01"]
    with store.read() as view:
        assert jobs.files(view, number) == ()


def test_confirming_twice_stores_once(store, worker):
    set_up(store)
    number = start(store, [FILES[0]], kind="preview")
    worker.run_waiting()
    receipt = imports.confirm(OFFICE, store, number, now=later())
    assert imports.confirm(OFFICE, store, number, now=later()) == receipt
    assert imports.receipt(OFFICE, store, number) == receipt
    assert len(submissions.history(OFFICE, store, MARCH)) == 1


def test_a_preview_follows_the_choice_of_community_and_month(store, worker):
    set_up(store)
    nameless = lectures(lecture(day(3, 5)), community="", month="", name="台账.xlsx")
    number = start(store, [nameless], kind="preview", community="C02", period="2026-03")
    worker.run_waiting()
    assert [report.key.community for report in imports.draft(OFFICE, store, number).reports] == ["C02"]


def fix_of(file, text, row=2, column="B"):
    return NO_ANSWERS.fixing([Fix(file.sha256, "道德讲堂活动", row, column, text)])


def test_a_draft_is_read_again_with_what_a_person_put_right(store, worker):
    set_up(store)
    bad = broken()
    number = start(store, [bad], kind="preview")
    worker.run_waiting()
    imports.answer(OFFICE, store, number, fix_of(bad, "2026-03-07"), now=later())
    assert imports.draft(OFFICE, store, number) is None
    worker.run_waiting()
    assert imports.draft(OFFICE, store, number).errors == ()
    assert [version.community for version in imports.confirm(OFFICE, store, number, now=later()).stored] == ["C01"]


def test_answers_add_up_over_several_rounds(store, worker):
    set_up(store)
    bad = lectures(lecture("某日"), lecture("另日", "敬业奉献"))
    number = start(store, [bad], kind="preview")
    for round_, fix in enumerate([fix_of(bad, "2026-03-07"), fix_of(bad, "2026-03-08", row=3)]):
        worker.run_waiting()
        assert len(imports.draft(OFFICE, store, number).errors) == 2 - round_
        imports.answer(OFFICE, store, number, fix, now=later())
    worker.run_waiting()
    assert imports.draft(OFFICE, store, number).errors == ()


def test_nothing_is_answered_to_a_draft_that_is_stored_or_to_a_file_that_is_not_in_it(store, worker):
    set_up(store)
    number = start(store, [FILES[0]], kind="preview")
    worker.run_waiting()
    with pytest.raises(LookupError):
        imports.answer(OFFICE, store, number, fix_of(FILES[2], "2026-03-07"), now=later())
    imports.confirm(OFFICE, store, number, now=later())
    with pytest.raises(LookupError):
        imports.answer(OFFICE, store, number, fix_of(FILES[0], "2026-03-07"), now=later())
    assert status(store, number).state == "done"


def test_confirming_what_was_not_read_is_refused(store, worker):
    set_up(store)
    number = start(store, [FILES[0]], kind="preview")
    with pytest.raises(LookupError):
        imports.confirm(OFFICE, store, number, now=later())


def test_a_waiting_job_is_cancelled_at_once(store, worker):
    set_up(store)
    number = start(store, FILES)
    assert imports.cancel(OFFICE, store, number, now=later())
    assert worker.run_waiting() == 0
    assert status(store, number).state == "cancelled"
    assert not imports.cancel(OFFICE, store, number, now=later())
    assert periods(store) == ()


@pytest.mark.parametrize(("step", "expected"), [(1, []), (4, ["C01"])])
def test_a_running_job_stops_before_the_next_file(store, worker, monkeypatch, step, expected):
    set_up(store)
    monkeypatch.setattr(batches, "MOST_TOGETHER", 1)
    number = start(store, FILES)
    taken = []

    def cancel_at(claim, done):
        if done == step:
            imports.cancel(OFFICE, store, number, now=later())
        taken.append(done)
        return go_on(claim, done)

    go_on = job_queue.Claim.step
    monkeypatch.setattr(job_queue.Claim, "step", cancel_at)
    worker.run_waiting()
    assert taken[-1] == step
    assert status(store, number).state == "cancelled"
    assert states(store, number) == ["stored" if expected else "cancelled", "cancelled", "cancelled"]
    assert [c for c in ("C01", "C03") if submissions.reports(OFFICE, store, [c], "2026-03")] == expected


def test_a_dead_workers_job_is_put_back_and_done_once(store, worker, clock, monkeypatch):
    set_up(store)
    monkeypatch.setattr(batches, "MOST_TOGETHER", 1)
    number = start(store, FILES)
    dead = Worker(store, clock)
    steps = []

    def die_at_the_last_file(claim, done):
        if done == 5:
            raise SystemExit
        steps.append(done)
        return go_on(claim, done)

    go_on = job_queue.Claim.step
    with monkeypatch.context() as patch:
        patch.setattr(job_queue.Claim, "step", die_at_the_last_file)
        with pytest.raises(SystemExit):
            dead.run_waiting()
    assert status(store, number).state == "running"
    clock.now += timedelta(minutes=1)
    job_queue.tidy(store, clock())
    assert status(store, number).state == "running"
    clock.now += timedelta(minutes=2)
    job_queue.tidy(store, clock())
    assert status(store, number).state == "queued"
    worker.run_waiting()
    assert (status(store, number).state, status(store, number).attempts) == ("done", 2)
    assert states(store, number) == ["stored", "refused", "stored"]
    assert len(submissions.history(OFFICE, store, MARCH)) == 1


def test_a_job_that_kills_three_workers_has_failed(store, clock):
    set_up(store)
    number = start(store, FILES)
    for attempt in range(3):
        assert job_queue.Taker(store, f"worker-{attempt}", clock).claim() is not None
        clock.now += timedelta(minutes=3)
        job_queue.tidy(store, clock())
    assert status(store, number).state == "failed"
    assert job_queue.Taker(store, "another", clock).claim() is None


def test_a_worker_that_was_taken_for_dead_stops_and_changes_nothing(store, clock):
    set_up(store)
    number = start(store, FILES)
    slow = job_queue.Taker(store, "slow", clock).claim()
    clock.now += timedelta(minutes=3)
    job_queue.tidy(store, clock())
    assert job_queue.Taker(store, "quick", clock).claim() is not None
    with pytest.raises(job_queue.StoppedError, match="lost"):
        slow.step(1)
    slow.end("done", {"outcomes": []})
    assert (status(store, number).state, status(store, number).worker) == ("running", "quick")


def test_a_fault_of_the_program_fails_the_job_and_not_the_worker(store, worker, monkeypatch):
    set_up(store)
    first, second = start(store, [FILES[0]]), start(store, [FILES[2]])

    def fail(claim):
        if claim.job.id == first:
            raise ZeroDivisionError
        return go_on(claim)

    go_on = importing._run_import
    monkeypatch.setattr(importing, "_run_import", fail)
    assert worker.run_waiting() == 2
    assert [status(store, number).state for number in (first, second)] == ["failed", "done"]


@pytest.mark.parametrize("place", ["keep", "score"])
def test_a_file_that_cannot_be_stored_leaves_the_others_unharmed(store, worker, monkeypatch, place):
    set_up(store)

    def fail_for_the_first(change, *arguments):
        if "C01" in str(arguments):
            raise ZeroDivisionError
        return go_on(change, *arguments)

    go_on = getattr(submitting, place)
    monkeypatch.setattr(submitting, place, fail_for_the_first)
    number = start(store, FILES)
    worker.run_waiting()
    assert states(store, number) == ["failed", "refused", "stored"]
    assert len(submissions.history(OFFICE, store, MARCH)) == 0
    assert submissions.reports(OFFICE, store, ["C03"], "2026-03")


def test_files_stored_together_are_scored_as_they_would_be_one_by_one(store):
    set_up(store)
    files = [lectures(lecture(day(3, 5))), adverts(AD), lectures(lecture(day(3, 6)), community="松柏社区")]
    assert {outcome.state for outcome in importing.import_files(OFFICE, store, files, now=NOW)} == {"stored"}
    together = scored(store)
    recompute(OFFICE, store, later())
    assert together
    assert scored(store) == together


@pytest.mark.parametrize(("sizes", "lots"), [([1] * 41, [20, 20, 1]), ([9, 9, 1], [1, 2]), ([8, 8, 1], [2, 1])])
def test_files_are_stored_in_lots_that_are_neither_long_nor_heavy(sizes, lots):
    listed = [jobs.ListedFile(at, "", "", size * 2**20) for at, size in enumerate(sizes)]
    if sizes == [1] * 41:
        listed = [replace(file, size=1) for file in listed]
    assert [len(lot) for lot in batches.lots(listed)] == lots


def test_no_two_workers_take_one_job(store, open_another, clock):
    set_up(store)
    numbers = [start(store, [FILES[0]]) for _ in range(6)]
    stores = [open_another() for _ in range(3)]
    taken = [[] for _ in stores]

    def take(place):
        while (held := job_queue.Taker(stores[place], f"worker-{place}", clock).claim()) is not None:
            taken[place].append(held.job.id)

    threads = [threading.Thread(target=take, args=(place,)) for place in range(len(stores))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number for part in taken for number in part) == numbers


def test_a_started_worker_does_what_is_queued_and_leaves_when_told(store):
    set_up(store)
    worker = Worker(store, lambda: datetime.now(UTC), look_seconds=0.05)
    worker.start()
    number = start(store, FILES)
    wait_for(store, number)
    worker.stop()
    assert status(store, number).state == "done"
    assert not worker.is_alive


def test_previews_go_before_imports_and_of_one_kind_the_oldest_first(store, clock):
    set_up(store)
    numbers = [start(store, [FILES[0]], kind=kind) for kind in ("import", "preview", "import", "preview")]
    taker = job_queue.Taker(store, "worker", clock)
    assert [taker.claim().job.id for _ in numbers] == [numbers[place] for place in (1, 3, 0, 2)]


def test_a_taker_of_previews_takes_no_import(store, clock):
    set_up(store)
    start(store, [FILES[0]])
    assert job_queue.Taker(store, "worker", clock, ("preview",)).claim() is None
    assert job_queue.Taker(store, "worker", clock).claim() is not None


def test_a_preview_is_read_while_an_import_is_at_work(store, monkeypatch):
    set_up(store)
    taken, go_on = threading.Event(), threading.Event()
    real = importing._run_import

    def hang(claim):
        taken.set()
        assert go_on.wait(30)
        real(claim)

    monkeypatch.setattr(importing, "_run_import", hang)
    worker = Worker(store, lambda: datetime.now(UTC), look_seconds=0.05)
    worker.start()
    slow = start(store, FILES)
    assert taken.wait(30)
    quick = start(store, [FILES[0]], kind="preview")
    wait_for(store, quick)
    assert (status(store, quick).state, status(store, slow).state) == ("done", "running")
    go_on.set()
    wait_for(store, slow)
    worker.stop()
    assert status(store, slow).state == "done"


def wait_for(store, number):
    until = time.monotonic() + 30
    while status(store, number).active and time.monotonic() < until:
        time.sleep(0.02)


def test_a_worker_that_leaves_puts_its_job_back(store, clock, monkeypatch):
    set_up(store)
    number = start(store, FILES)
    leaving = Worker(store, clock)

    def leave_at(claim, done):
        if done == 1:
            leaving._leaving.set()
        return go_on(claim, done)

    go_on = job_queue.Claim.step
    monkeypatch.setattr(job_queue.Claim, "step", leave_at)
    leaving.run_waiting()
    job = status(store, number)
    assert (job.state, job.attempts, job.worker) == ("queued", 0, None)
    monkeypatch.undo()
    Worker(store, clock).run_waiting()
    assert status(store, number).state == "done"


def test_old_jobs_are_removed_with_their_files(store, worker, clock):
    set_up(store)
    number = start(store, [FILES[0]], kind="preview")
    worker.run_waiting()
    job_queue.tidy(store, NOW + timedelta(days=6))
    assert imports.draft(OFFICE, store, number) is not None
    job_queue.tidy(store, NOW + timedelta(days=8))
    with pytest.raises(LookupError):
        imports.status(OFFICE, store, number)
    with store.read() as view:
        assert jobs.files(view, number) == ()


def test_a_job_is_seen_by_its_maker_and_the_office_alone(store):
    set_up(store)
    maker, other = Grant("clerk-1", (Post("clerk", "C01"),)), Grant("clerk-2", (Post("clerk", "C02"),))
    number = imports.start(maker, store, [FILES[0]], now=NOW)
    assert imports.status(maker, store, number) == imports.status(OFFICE, store, number)
    assert imports.recent(other, store) == ()
    for look in (imports.status, imports.draft, imports.outcomes):
        with pytest.raises(LookupError):
            look(other, store, number)
    with pytest.raises(LookupError):
        imports.cancel(other, store, number, now=NOW)


def test_a_clerks_import_stores_only_what_the_clerk_may(store, worker):
    set_up(store)
    clerk = clerk_of(store, "C03")
    number = imports.start(clerk, store, FILES, now=NOW)
    worker.run_waiting()
    assert states(store, number) == ["forbidden", "refused", "stored"]


def clerk_of(store, community):
    """The grant of an account that may hand in for one community."""
    post = Post("clerk", community)
    accounts.add(OFFICE, store, "clerk-3", "李强", [post], now=NOW)
    return Grant("clerk-3", (post,))


def disabled(store):
    accounts.disable(OFFICE, store, "clerk-3", now=NOW)


def without_a_post(store):
    """Takes the first of the clerk's posts."""
    (account,) = accounts.listed(OFFICE, store)
    accounts.take_post(OFFICE, store, "clerk-3", account.posts[0].id, now=NOW)


@pytest.mark.parametrize("changed", [disabled, without_a_post])
def test_whoever_may_hand_in_nothing_any_more_is_turned_away_when_the_worker_begins(store, worker, changed):
    set_up(store)
    number = imports.start(clerk_of(store, "C03"), store, FILES, now=NOW)
    waiting = imports.start(Grant("clerk-3", (Post("clerk", "C03"),)), store, FILES[2:], now=NOW, kind="preview")
    changed(store)
    worker.run_waiting()
    assert status(store, number).state == "done"
    assert states(store, number) == ["forbidden"] * 3
    told = [[problem.code for problem in one.problems] for one in imports.outcomes(OFFICE, store, number)]
    assert told == [["no_longer_allowed"]] * 3
    assert status(store, waiting).state == "cancelled"
    assert periods(store) == ()


def test_a_clerk_who_has_moved_meanwhile_hands_in_for_the_new_place_alone(store, worker):
    set_up(store)
    number = imports.start(clerk_of(store, "C03"), store, FILES, now=NOW)
    accounts.give_post(OFFICE, store, "clerk-3", Post("clerk", "C01"), now=NOW)
    without_a_post(store)
    worker.run_waiting()
    assert states(store, number) == ["stored", "refused", "forbidden"]


def test_a_viewer_starts_nothing(store):
    with pytest.raises(Refused):
        imports.start(Grant("guest", (Post("leader"),)), store, FILES, now=NOW)


def test_starting_and_cancelling_leave_audit_rows(store):
    set_up(store)
    number = start(store, FILES)
    imports.cancel(OFFICE, store, number, now=later())
    with store.read() as view:
        last = audit.entries(view)[-2:]
    assert [(entry.action, entry.object) for entry in last] == [
        ("import.start", str(number)),
        ("job.cancel", str(number)),
    ]
    assert last[0].details["files"] == [file.name for file in FILES]


def test_a_database_that_does_not_answer_leaves_the_job_for_later(store, worker, clock, monkeypatch):
    set_up(store)
    number = start(store, [FILES[0]])

    def no_answer(*arguments, **options):
        raise StoreError("the server is gone")

    with monkeypatch.context() as patch:
        patch.setattr(job_queue.Claim, "step", no_answer)
        with pytest.raises(StoreError):
            worker.run_waiting()
    assert status(store, number).state == "running"
    clock.now += timedelta(minutes=3)
    job_queue.tidy(store, clock())
    worker.run_waiting()
    assert states(store, number) == ["stored"]

"""A zip in an import: unpacked by the job, each member its own file with its own outcome, whatever happens between."""

from datetime import timedelta

import pytest

from beicha.actions import batches, imports, job_queue, submissions, unpacking
from beicha.actions.grants import OFFICE
from beicha.actions.importing import import_files
from beicha.actions.settings import DEMO_TODAY
from beicha.jobs.worker import Worker
from beicha.store import jobs, settings
from beicha.store.files import NamedFile
from tests.actions.office import MARCH, NOW, broken, day, later, lecture, lectures, send, set_up
from tests.intake.test_archive import zipped

GOOD, BAD, OTHER = lectures(lecture(day(3, 5))), broken("荷塘社区"), lectures(lecture(day(3, 6)), community="松柏社区")


def zip_of(*files, name="三月.zip"):
    return NamedFile(name, zipped([(f"西街道/{file.name}", file.content) for file in files]))


def start(store, *files, **options):
    return imports.start(OFFICE, store, files, now=NOW, **options)


def run(store, number):
    Worker(store, lambda: NOW).run_waiting()
    return [(o.file, o.state) for o in imports.outcomes(OFFICE, store, number)]


def codes(store, number):
    return [[problem.code for problem in o.problems] for o in imports.outcomes(OFFICE, store, number)]


def test_each_member_has_an_outcome_of_its_own_in_the_order_given(store):
    set_up(store)
    junk = ("__MACOSX/._a.xlsx", b"")
    package = NamedFile("三月.zip", zipped([(f"西街道/{BAD.name}", BAD.content), junk, (GOOD.name, GOOD.content)]))
    number = start(store, OTHER, package)
    assert imports.status(OFFICE, store, number).total == 0
    assert run(store, number) == [
        (OTHER.name, "stored"),
        (f"三月.zip/西街道/{BAD.name}", "refused"),
        ("三月.zip/__MACOSX/._a.xlsx", "left_out"),
        (f"三月.zip/{GOOD.name}", "stored"),
    ]
    assert codes(store, number) == [[], ["date_unreadable"], ["archive_left_out"], []]
    assert (imports.status(OFFICE, store, number).done, imports.status(OFFICE, store, number).total) == (6, 6)


def test_a_zip_that_is_not_opened_is_one_outcome_and_stops_no_other(store):
    set_up(store)
    number = start(store, NamedFile("坏.zip", b"PK\x03\x04"), NamedFile("旧.rar", b"Rar!\x1a\x07\x00"), GOOD)
    assert run(store, number) == [("坏.zip", "refused"), ("旧.rar", "refused"), (GOOD.name, "stored")]
    assert codes(store, number) == [["archive_damaged"], ["archive_kind"], []]


def test_the_same_bytes_in_a_zip_and_beside_it_are_stored_once(store):
    set_up(store)
    number = start(store, GOOD, zip_of(GOOD))
    assert run(store, number) == [(GOOD.name, "stored"), (f"三月.zip/西街道/{GOOD.name}", "repeated")]


def test_one_ledger_in_two_folders_is_told_with_both_paths(store):
    set_up(store)
    first, second = (lectures(lecture(day(3, n)), name="台账.xlsx") for n in (5, 6))
    package = NamedFile("三月.zip", zipped([("甲/台账.xlsx", first.content), ("乙/台账.xlsx", second.content)]))
    number = start(store, package)
    assert [state for _, state in run(store, number)] == ["refused", "refused"]
    (problem,) = imports.outcomes(OFFICE, store, number)[0].problems
    assert problem.values["files"] == ["三月.zip/甲/台账.xlsx", "三月.zip/乙/台账.xlsx"]


def test_a_folder_names_the_community_where_nothing_else_does(store):
    set_up(store)
    nameless = lectures(lecture(day(3, 5)), community="", name="台账.xlsx")
    package = NamedFile("三月.zip", zipped([("西街道/02荷塘社区/台账.xlsx", nameless.content)]))
    number = start(store, package)
    assert [state for _, state in run(store, number)] == ["stored"]
    (outcome,) = imports.outcomes(OFFICE, store, number)
    assert outcome.communities == ("C02",)
    assert [(p.code, p.found, p.values) for p in outcome.problems] == [
        ("community_from_folder", "02荷塘社区", {"name": "荷塘社区"})
    ]


def test_a_folder_never_speaks_against_the_file(store):
    set_up(store)
    number = start(store, NamedFile("三月.zip", zipped([("荷塘社区/台账.xlsx", GOOD.content)])))
    run(store, number)
    assert imports.outcomes(OFFICE, store, number)[0].communities == ("C01",)


def test_a_zip_for_one_community_is_told_where_to_go(store):
    set_up(store)
    number = start(store, zip_of(GOOD), kind="preview")
    Worker(store, lambda: NOW).run_waiting()
    assert [problem.code for problem in imports.draft(OFFICE, store, number).problems] == ["is_archive"]


def test_sent_again_only_what_was_mended_is_stored(store):
    set_up(store)
    run(store, start(store, zip_of(GOOD, BAD, OTHER)))
    mended = lectures(lecture(day(3, 7)), community="荷塘社区", name=BAD.name)
    number = start(store, zip_of(GOOD, mended, OTHER))
    assert [state for _, state in run(store, number)] == ["unchanged", "stored", "unchanged"]
    assert [o.receipt for o in imports.outcomes(OFFICE, store, number)] == ["000001", "000003", "000002"]


def test_without_a_job_a_zip_is_taken_as_well(store):
    set_up(store)
    found = import_files(OFFICE, store, [zip_of(GOOD, BAD), OTHER], now=NOW)
    assert [o.state for o in found] == ["stored", "refused", "stored"]


@pytest.mark.parametrize("room", [1, 2])
def test_more_files_than_one_import_takes_are_not_unpacked(store, monkeypatch, room):
    set_up(store)
    monkeypatch.setattr(unpacking, "MOST_FILES", 1 + room)
    number = start(store, OTHER, zip_of(GOOD, BAD))
    states = [state for _, state in run(store, number)]
    assert states == (["stored", "refused"] if room == 1 else ["stored", "stored", "refused"])


def test_cancelled_while_it_is_unpacked_it_stores_nothing(store, monkeypatch):
    set_up(store)
    number = start(store, zip_of(GOOD, OTHER))
    monkeypatch.setattr(job_queue.Claim, "step", cancelling(store, number, at=2))
    assert all(state == "cancelled" for _, state in run(store, number))
    assert imports.status(OFFICE, store, number).state == "cancelled"


def cancelling(store, number, at):
    """A step that somebody cancels the job before, the so-and-so-many-th one."""
    go_on, steps = job_queue.Claim.step, []

    def step(claim, done):
        steps.append(done)
        if len(steps) == at:
            imports.cancel(OFFICE, store, number, now=later())
        return go_on(claim, done)

    return step


@pytest.mark.parametrize("last", range(2, 9))
def test_a_worker_may_die_at_any_step_and_the_next_one_does_the_rest(store, monkeypatch, last):
    set_up(store)
    number = start(store, zip_of(GOOD, BAD, name="a.zip"), zip_of(OTHER, name="b.zip"))
    steps, go_on = [], job_queue.Claim.step

    def die(claim, done):
        steps.append(done)
        if len(steps) == last:
            raise SystemExit
        return go_on(claim, done)

    with monkeypatch.context() as patch:
        patch.setattr(job_queue.Claim, "step", die)
        with pytest.raises(SystemExit):
            Worker(store, lambda: NOW).run_waiting()
    job_queue.tidy(store, NOW + timedelta(minutes=3))
    states = [state for _, state in run(store, number)]
    assert [state.replace("unchanged", "stored") for state in states] == ["stored", "refused", "stored"]
    assert [o.receipt for o in imports.outcomes(OFFICE, store, number)] == ["000001", "", "000002"]


def test_what_a_dead_worker_stored_is_told_as_stored(store, monkeypatch):
    set_up(store)
    monkeypatch.setattr(batches, "MOST_TOGETHER", 1)
    number = start(store, GOOD, OTHER)
    go_on = job_queue.Claim.step

    def die_at_the_last_file(claim, done):
        if done == 3:
            raise SystemExit
        return go_on(claim, done)

    with monkeypatch.context() as patch:
        patch.setattr(job_queue.Claim, "step", die_at_the_last_file)
        with pytest.raises(SystemExit):
            Worker(store, lambda: NOW).run_waiting()
    assert [o.state for o in imports.outcomes(OFFICE, store, number)] == ["stored"]
    job_queue.tidy(store, NOW + timedelta(minutes=3))
    assert [state for _, state in run(store, number)] == ["stored", "stored"]


def test_an_import_that_never_began_tells_what_it_left(store):
    set_up(store)
    number = start(store, GOOD, BAD)
    imports.cancel(OFFICE, store, number, now=later())
    assert [o.state for o in imports.outcomes(OFFICE, store, number)] == ["cancelled", "cancelled"]


def test_the_bytes_of_a_zip_are_forgotten_in_the_end_but_for_refused_members(store):
    set_up(store)
    number = start(store, zip_of(GOOD, BAD))
    run(store, number)
    with store.read() as view:
        assert [file.sha256 for file in jobs.listing(view, number)] == [BAD.sha256]
    assert send(store, GOOD).unchanged[0].key == MARCH


def test_in_a_demo_an_import_is_stored_on_the_day_that_the_demo_takes_for_today(store):
    set_up(store)
    with store.write() as change:
        settings.put(change, DEMO_TODAY, "2026-05-04")
    number = start(store, GOOD)
    run(store, number)
    (entry,) = submissions.history(OFFICE, store, MARCH)
    assert entry.version.made_at.date().isoformat() == "2026-05-04"

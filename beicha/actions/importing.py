"""Doing the jobs that ``imports`` queues: reading files, and storing those of an import one by one."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal

from beicha.actions.clashes import once
from beicha.actions.draft_reading import Office, Said, draft_of, with_clashes
from beicha.actions.drafts import Draft, problem_from_plain, to_plain
from beicha.actions.grants import Grant, Refused, from_plain, require
from beicha.actions.job_queue import Claim, StoppedError
from beicha.actions.submissions import submit
from beicha.intake import answers
from beicha.intake.problems import Problem
from beicha.intake.reading import Reading
from beicha.store import Store, jobs
from beicha.store.files import NamedFile

State = Literal["stored", "unchanged", "refused", "forbidden", "repeated", "failed", "cancelled"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Outcome:
    """What became of one file of an import.

    ``state``: stored; unchanged (it says what is stored already); refused (errors, see ``problems``); forbidden;
    repeated (the same bytes came before in this import); failed (a fault of the program, noted in its log);
    cancelled (somebody stopped the import before it). ``communities`` are codes, ``periods`` months.
    """

    file: str
    sha256: str
    state: State
    receipt: str = ""
    communities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def outcome_from_plain(values: Mapping[str, Any]) -> Outcome:
    """An outcome out of JSON values."""
    lists = {key: tuple(values[key]) for key in ("communities", "periods")}
    problems = tuple(problem_from_plain(found) for found in values["problems"])
    return Outcome(**{**values, **lists, "problems": problems})


def run(claim: Claim) -> None:
    """Do a claimed job to its end; raises StoppedError where the worker loses or leaves it."""
    work: Mapping[str, Callable[[Claim], None]] = {"preview": _run_preview, "import": _run_import}
    work[claim.job.kind](claim)


def import_files(grant: Grant, store: Store, files: Sequence[NamedFile], *, now: datetime) -> tuple[Outcome, ...]:
    """Read and store files at once, without a job, each in its own transaction; what became of each."""
    require(grant, "submit")
    office = Office(store)
    readings = with_clashes([office.read(file, Said()) for file in once(files)])
    stored = [_store(store, grant, reading, _bytes(files, reading), now) for reading in readings]
    return _in_order(files, stored)


def _run_preview(claim: Claim) -> None:
    try:
        readings = _read_all(claim)
    except StoppedError as stopped:
        if stopped.why != "cancelled":
            raise
        claim.end("cancelled", {})
        return
    claim.end("done", to_plain(draft_of(readings)))


def _run_import(claim: Claim) -> None:
    grant, files = from_plain(claim.job.details["grant"]), claim.files()
    stored: list[Outcome] = []
    try:
        readings = with_clashes(_read_all(claim))
        for number, reading in enumerate(readings):
            claim.step(len(files) + number)
            stored.append(_store(claim.store, grant, reading, _bytes(files, reading), claim.clock()))
        claim.step(claim.job.total)
    except StoppedError as stopped:
        if stopped.why != "cancelled":
            raise
        _end_import(claim, "cancelled", _in_order(files, stored))
        return
    _end_import(claim, "done", _in_order(files, stored))


def _end_import(claim: Claim, state: Literal["done", "cancelled"], found: Sequence[Outcome]) -> None:
    claim.end(state, {"outcomes": [asdict(outcome) for outcome in found]})
    with claim.store.write() as change:
        jobs.drop_files(change, claim.job.id)


def _read_all(claim: Claim) -> list[Reading]:
    office, said, readings = Office(claim.store), said_in(claim.job.details), []
    for number, file in enumerate(once(claim.files())):
        claim.step(number)
        readings.append(office.read(file, said))
    return readings


def said_in(details: Mapping[str, Any]) -> Said:
    """What a person said about a job's files, out of the job's details."""
    return Said(details["community"], details["period"], answers.from_plain(details["answers"]))


def _store(store: Store, grant: Grant, reading: Reading, file: NamedFile, now: datetime) -> Outcome:
    """Store one reading by itself. A fault of the program with one file leaves the others unharmed."""
    one = draft_of([reading])
    if reading.errors or not one.reports:
        return _told(one, reading, "refused")
    try:
        receipt = submit(grant, store, one, [file], now=now)
    except Refused:
        return _told(one, reading, "forbidden")
    except Exception:
        _log.exception("a file of an import could not be stored")
        return _told(one, reading, "failed")
    return _told(one, reading, "stored" if receipt.stored else "unchanged", receipt.text)


def _told(one: Draft, reading: Reading, state: State, receipt: str = "") -> Outcome:
    communities = tuple(dict.fromkeys(report.key.community for report in one.reports))
    periods = tuple(dict.fromkeys(report.key.period for report in one.reports))
    return Outcome(reading.file, reading.sha256, state, receipt, communities, periods, reading.problems)


def _bytes(files: Sequence[NamedFile], reading: Reading) -> NamedFile:
    return next(file for file in files if file.sha256 == reading.sha256)


def _in_order(files: Sequence[NamedFile], found: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """An outcome for each file in the order given: those that came before are repeated, those not reached cancelled."""
    by_content = {outcome.sha256: outcome for outcome in found}
    seen: set[str] = set()
    told = []
    for file in files:
        state: State = "repeated" if file.sha256 in seen else "cancelled"
        outcome = None if file.sha256 in seen else by_content.get(file.sha256)
        told.append(outcome or Outcome(file.name, file.sha256, state))
        seen.add(file.sha256)
    return tuple(told)

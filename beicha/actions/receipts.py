"""Receipts: what an upload came to, bound to the draft that was confirmed, so that no draft is stored twice."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from beicha.actions.drafts import problem_from_plain
from beicha.intake.problems import Problem
from beicha.store import Transaction, jobs, submissions
from beicha.store.files import NamedFile
from beicha.store.jobs import Job, NewJob
from beicha.store.submissions import Version

Scores = Mapping[tuple[str, str], tuple[float | None, float | None]]
"""The score before and after, by community and month; None where there is none."""


@dataclass(frozen=True)
class Receipt:
    """What a submission came to: its number (None where nothing was stored), and the versions stored or found equal.

    ``again`` warns of reports that an earlier version had said already and that were replaced since; ``scores``
    holds what the preview foretold for the communities when it was confirmed. ``rest`` is the job of the draft that
    the files with errors went into; None where there were none.
    """

    number: int | None
    stored: tuple[Version, ...]
    unchanged: tuple[Version, ...]
    again: tuple[Problem, ...] = ()
    scores: Scores = field(default_factory=dict)
    rest: int | None = None

    @property
    def text(self) -> str:
        """The number as it is quoted; "" where nothing was stored."""
        return "" if self.number is None else f"{self.number:06d}"


@dataclass(frozen=True)
class Confirmed:
    """The draft that is confirmed: its job, when it was read, the scores foretold, and the files with errors."""

    job: int
    read_at: datetime | None
    scores: Scores
    left: Sequence[NamedFile] = ()

    def receipt(self, change: Transaction) -> Receipt | None:
        """The receipt of an earlier confirmation; raises LookupError where the draft was changed or discarded since."""
        job = jobs.job(change, self.job)
        known = None if job is None else receipt_of(change, job)
        if known is None and (job is None or job.state != "done" or job.ended_at != self.read_at):
            raise LookupError(f"job {self.job} no longer holds that draft")
        return known

    def bind(self, change: Transaction, receipt: Receipt, now: datetime) -> Receipt:
        """Note the receipt with the job and drop the bytes, which are stored now; the receipt with its scores.

        Files with errors become a draft of their own, so that nothing that was handed in is lost.
        """
        job = jobs.job(change, self.job)
        assert job is not None, "the job was looked at in this transaction"
        rest = self._put_by(change, job, now)
        told = {
            "number": receipt.number,
            "stored": [version.seq for version in receipt.stored],
            "unchanged": [version.seq for version in receipt.unchanged],
            "again": [asdict(problem) for problem in receipt.again],
            "scores": [[*place, *scores] for place, scores in self.scores.items()],
            "rest": rest,
        }
        jobs.note(change, self.job, {**job.details, "receipt": told})
        jobs.drop_files(change, self.job)
        return replace(receipt, scores=self.scores, rest=rest)

    def _put_by(self, change: Transaction, job: Job, now: datetime) -> int | None:
        """The number of the new draft that holds the files with errors and what was said about them."""
        if not self.left:
            return None
        left = NewJob("preview", self.left, len(self.left), job.details)
        return jobs.enqueue(change, left, by=job.made_by, at=now)


def receipt_of(view: Transaction, job: Job) -> Receipt | None:
    """The receipt that a job's draft was confirmed with; None where it was not."""
    told = job.details.get("receipt")
    if told is None:
        return None
    scores = {(community, period): (before, after) for community, period, before, after in told["scores"]}
    stored, unchanged = _versions(view, told["stored"]), _versions(view, told["unchanged"])
    again = tuple(problem_from_plain(problem) for problem in told["again"])
    return Receipt(told["number"], stored, unchanged, again, scores, told["rest"])


def _versions(view: Transaction, seqs: Sequence[int]) -> tuple[Version, ...]:
    found = (submissions.version(view, seq) for seq in seqs)
    return tuple(version for version in found if version is not None)

"""What must be true of a database whatever happened to the processes that wrote into it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from beicha.actions import audit_chain, backups
from beicha.actions.grants import OFFICE
from beicha.store import Store, Transaction, audit, files, submissions
from beicha.store.schema import assessments, job_files, submission_files
from beicha.store.schema import files as all_files
from beicha.store.schema import submissions as versions

Scores = Mapping[tuple[str, str], bytes]


@dataclass
class Found:
    """What was counted: a promise is broken where any of the first five is not 0."""

    lost: int = 0
    half: int = 0
    without_file: int = 0
    gaps: int = 0
    chain: int = 0
    stored: int = 0
    orphans: int = 0

    @property
    def broken(self) -> bool:
        """Whether a promise is broken."""
        return bool(self.lost or self.half or self.without_file or self.gaps or self.chain)

    def __str__(self) -> str:
        said = f"{self.stored} stored, {self.lost} lost, {self.half} half, {self.without_file} without file"
        return f"{said}, {self.gaps} gaps in versions, {self.chain} in the audit chain, {self.orphans} orphans"


@dataclass
class Look:
    """Looks at a database again and again; what was found whole once never changes and is not opened twice."""

    seen: int = 0
    acknowledged: set[int] = field(default_factory=set)

    def at(self, store: Store) -> Found:
        """Everything that was stored since the last look, and what was acknowledged until now."""
        found = Found()
        with store.read() as view:
            rows = view.execute(select(versions).order_by(versions.c.seq)).mappings().all()
            found.stored, receipts = len(rows), {row["receipt"] for row in rows}
            found.lost = len(self.acknowledged - receipts)
            fresh = [row for row in rows if row["seq"] > self.seen]
            for row in fresh:
                _look_at(view, row, found)
            found.gaps = _gaps([(row["community"], row["period"], row["kept_by"], row["version"]) for row in rows])
            found.half += len({row["seq"] for row in fresh} ^ self._noted(view))
            found.orphans = _orphans(view)
        self.seen = max((row["seq"] for row in rows), default=0)
        return found

    def _noted(self, view: Transaction) -> set[int]:
        """The submissions that the audit tells of, since the last look."""
        told = [entry for entry in audit.entries(view) if entry.action == "submit"]
        made = {made["seq"] for entry in told for made in entry.details["made"]}
        return {seq for seq in made if seq > self.seen}


def _look_at(view: Transaction, row: Mapping[str, object], found: Found) -> None:
    seq = row["seq"]
    assert isinstance(seq, int)
    content = submissions.content(view, seq)
    scored = select(assessments.c.cells).where(
        assessments.c.community == row["community"], assessments.c.period == row["period"]
    )
    if content.row_count != row["row_count"] or not view.execute(scored).first():
        found.half += 1
    sent = view.execute(select(submission_files.c.sha256).where(submission_files.c.submission == seq)).scalars().all()
    if not sent or any(files.content(view, digest) is None for digest in sent):
        found.without_file += 1


def _gaps(keys: Collection[tuple[str, str, str, int]]) -> int:
    numbers: dict[tuple[str, str, str], list[int]] = {}
    for *key, version in keys:
        numbers.setdefault((key[0], key[1], key[2]), []).append(version)
    return sum(sorted(found) != list(range(1, len(found) + 1)) for found in numbers.values())


def _orphans(view: Transaction) -> int:
    """Bytes that no submission and no job speaks of: allowed, but they should be swept."""
    used = select(submission_files.c.sha256).union(select(job_files.c.sha256))
    return len(view.execute(select(all_files.c.sha256).where(all_files.c.sha256.not_in(used))).all())


def check_whole(store: Store, found: Found) -> None:
    """Counts a break where the audit chain does not hold to its end, and every score that is not that of its facts."""
    found.chain += audit_chain.verify(OFFICE, store).wrong is not None
    found.half += len(backups.verify(OFFICE, store).differing)


def scores(store: Store) -> Scores:
    """Every stored assessment by month and community, as it lies there."""
    with store.read() as view:
        rows = view.execute(select(assessments.c["period", "community", "cells"])).all()
    return {(period, community): bytes(cells) for period, community, cells in rows}

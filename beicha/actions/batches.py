"""Many files at once: each is read, all are compared, then each is stored wholly or not at all.

Some are stored in one transaction, each as a part of its own that fails alone, and scored together: what a score of
twenty communities costs is little more than that of one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from beicha.actions.clashes import Repeats, Verdict, verdicts
from beicha.actions.closing import Closed, problem_of
from beicha.actions.draft_reading import Office, Said, draft_of
from beicha.actions.drafts import Draft
from beicha.actions.grants import Grant, Refused
from beicha.actions.outcomes import Outcome, State
from beicha.actions.receipts import Receipt
from beicha.actions.shelf import Shelf
from beicha.actions.submitting import Parcel, submit_together
from beicha.intake.reading import Reading
from beicha.store import Store
from beicha.store.files import NamedFile
from beicha.store.jobs import ListedFile

Step = Callable[[int], None]
"""Told how many steps are done; it raises where the work is to go no further."""

MOST_TOGETHER = 20
BYTES_TOGETHER = 16 * 2**20


@dataclass(frozen=True)
class Errand:
    """Whose files are read and stored, for whom and when, and how their bytes are fetched by position."""

    store: Store
    grant: Grant
    said: Said
    clock: Callable[[], datetime]
    fetch: Callable[[int], NamedFile]


class Batch:
    """The files of one import, from bytes to outcomes. One file is in memory at a time, packed readings beside it."""

    def __init__(self, errand: Errand, earlier: Iterable[Outcome] = ()) -> None:
        """``earlier`` is what an attempt came to whose worker died."""
        self._errand, self._shelf = errand, Shelf()
        self._listed: tuple[ListedFile, ...] = ()
        self._outlines: dict[int, Reading] = {}
        self._found = {outcome.position: outcome for outcome in earlier}

    def take(self, listed: Sequence[ListedFile], settled: Iterable[Outcome] = ()) -> None:
        """Take these files, and what became already of others among them."""
        self._listed = tuple(listed)
        self._found |= {outcome.position: outcome for outcome in settled}

    @property
    def steps(self) -> int:
        """How many there are: each file is read once and stored once."""
        return 2 * len(self._listed)

    def read(self, step: Step) -> None:
        """Read each file, those once whose bytes come several times, unless their names tell them apart."""
        office, repeats = Office(self._errand.store), Repeats()
        for number, listed in enumerate(self._listed):
            step(number)
            if not repeats.is_known(listed.sha256):
                reading = office.read_in_folder(self._errand.fetch(listed.position), self._errand.said)
                if repeats.is_new(reading):
                    outline = self._shelf.put(listed.position, replace(reading, file=listed.name))
                    self._outlines[listed.position] = outline
                    continue
            self._found[listed.position] = Outcome(listed.name, listed.sha256, "repeated", position=listed.position)

    def store(self, step: Step, keep: Callable[[], None] = lambda: None) -> None:
        """Store the files that were read, some at a time; ``keep`` is called after each lot, that it may be kept."""
        found = verdicts(list(self._outlines.values()), lambda reading: not reading.errors)
        judged = {position: found.get(number, Verdict()) for number, position in enumerate(self._outlines)}
        done = len(self._listed)
        for lot in lots(self._listed):
            step(done)
            self._store_lot([self._judged(listed, judged) for listed in lot if listed.position in self._outlines])
            done += len(lot)
            keep()
        step(self.steps)

    def _judged(self, listed: ListedFile, judged: Mapping[int, Verdict]) -> tuple[ListedFile, Reading]:
        """A file's reading from the shelf, with what the comparison with the others found."""
        reading = judged[listed.position].of(self._shelf.take(listed.position))
        return listed, replace(
            reading, problems=tuple(replace(problem, file=listed.name) for problem in reading.problems)
        )

    def _store_lot(self, lot: Sequence[tuple[ListedFile, Reading]]) -> None:
        """Store these together, each wholly or not at all. A fault with one file leaves the others unharmed."""
        errand, drafts = self._errand, [draft_of([reading]) for _, reading in lot]
        sound = [at for at, (_, reading) in enumerate(lot) if drafts[at].reports and not reading.errors]
        parcels = [Parcel(drafts[at], _bytes_of(errand.fetch(lot[at][0].position))) for at in sound]
        found = dict(zip(sound, submit_together(errand.grant, errand.store, parcels, now=errand.clock()), strict=True))
        for at, (listed, reading) in enumerate(lot):
            self._settle(listed, _outcome(drafts[at], reading, found.get(at)))

    def outcomes(self, rest: State | None = None) -> tuple[Outcome, ...]:
        """What became of each file, in their order; of one not reached ``rest``, or nothing."""
        found = dict(self._found)
        if rest is not None:
            for listed in self._listed:
                found.setdefault(listed.position, Outcome(listed.name, listed.sha256, rest, position=listed.position))
        return tuple(found[position] for position in sorted(found))

    def _settle(self, listed: ListedFile, outcome: Outcome) -> None:
        """Keep the outcome; one stored by an attempt whose worker died was stored by this import."""
        earlier = self._found.get(listed.position)
        if not (earlier and earlier.state == "stored" and outcome.state == "unchanged"):
            self._found[listed.position] = replace(outcome, file=listed.name, position=listed.position)


def lots(listed: Sequence[ListedFile]) -> Iterator[list[ListedFile]]:
    """The files in lots that are stored together: few enough that nobody waits long, and not too many bytes at once."""
    lot: list[ListedFile] = []
    for file in listed:
        if lot and (len(lot) == MOST_TOGETHER or sum(one.size for one in lot) + file.size > BYTES_TOGETHER):
            yield lot
            lot = []
        lot.append(file)
    if lot:
        yield lot


def _bytes_of(file: NamedFile) -> dict[str, NamedFile]:
    return {file.sha256: file}


def _outcome(one: Draft, reading: Reading, found: Receipt | Exception | None) -> Outcome:
    """What storing a reading came to; None where there was nothing to store."""
    if found is None:
        return _told(one, reading, "refused")
    if isinstance(found, Closed):
        told = problem_of(found, next(report for report in one.reports if report.key.community == found.area))
        return _told(one, replace(reading, problems=(*reading.problems, told)), "refused")
    if isinstance(found, Exception):
        return _told(one, reading, "forbidden" if isinstance(found, Refused) else "failed")
    known = replace(reading, problems=(*reading.problems, *found.again))
    return _told(one, known, "stored" if found.stored else "unchanged", _number(found))


def _number(receipt: Receipt) -> str:
    """The receipt of what holds the content now, stored just now or before."""
    return receipt.text or f"{receipt.unchanged[0].receipt:06d}"


def _told(one: Draft, reading: Reading, state: State, receipt: str = "") -> Outcome:
    communities = tuple(dict.fromkeys(report.key.community for report in one.reports))
    periods = tuple(dict.fromkeys(report.key.period for report in one.reports))
    return Outcome(reading.file, reading.sha256, state, receipt, communities, periods, reading.problems)

"""Many files at once: each is read, all are compared, then each is stored in a transaction of its own."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from beicha.actions.clashes import Repeats, Verdict, verdicts
from beicha.actions.draft_reading import Office, Said, draft_of
from beicha.actions.drafts import Draft
from beicha.actions.grants import Grant, Refused
from beicha.actions.outcomes import Outcome, State
from beicha.actions.shelf import Shelf
from beicha.actions.submissions import Receipt, submit
from beicha.intake.reading import Reading
from beicha.store import Store
from beicha.store.files import NamedFile
from beicha.store.jobs import ListedFile

Step = Callable[[int], None]
"""Told how many steps are done; it raises where the work is to go no further."""

_log = logging.getLogger(__name__)


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
        """Store each file that was read; ``keep`` is called after each, that what was done may be kept."""
        found = verdicts(list(self._outlines.values()), lambda reading: not reading.errors)
        judged = {position: found.get(number, Verdict()) for number, position in enumerate(self._outlines)}
        for number, listed in enumerate(self._listed, len(self._listed)):
            step(number)
            if listed.position in self._outlines:
                reading = judged[listed.position].of(self._shelf.take(listed.position))
                told = tuple(replace(problem, file=listed.name) for problem in reading.problems)
                self._settle(listed, self._stored(replace(reading, problems=told), listed.position))
                keep()
        step(self.steps)

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

    def _stored(self, reading: Reading, position: int) -> Outcome:
        """Store one reading by itself. A fault of the program with one file leaves the others unharmed."""
        one, errand = draft_of([reading]), self._errand
        if reading.errors or not one.reports:
            return _told(one, reading, "refused")
        file = errand.fetch(position)
        try:
            receipt = submit(errand.grant, errand.store, one, [file], now=errand.clock())
        except Refused:
            return _told(one, reading, "forbidden")
        except Exception:
            _log.exception("a file of an import could not be stored")
            return _told(one, reading, "failed")
        known = replace(reading, problems=(*reading.problems, *receipt.again))
        return _told(one, known, "stored" if receipt.stored else "unchanged", _number(receipt))


def _number(receipt: Receipt) -> str:
    """The receipt of what holds the content now, stored just now or before."""
    return receipt.text or f"{receipt.unchanged[0].receipt:06d}"


def _told(one: Draft, reading: Reading, state: State, receipt: str = "") -> Outcome:
    communities = tuple(dict.fromkeys(report.key.community for report in one.reports))
    periods = tuple(dict.fromkeys(report.key.period for report in one.reports))
    return Outcome(reading.file, reading.sha256, state, receipt, communities, periods, reading.problems)

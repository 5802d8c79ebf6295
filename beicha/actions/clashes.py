"""Several files at once: which say nothing new, which leave a ledger blank, and which two hold the same ledger."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from beicha.actions.carrying import DECLARATIONS
from beicha.intake.problems import Problem
from beicha.intake.reading import FoundReport, Reading
from beicha.words.workbook import NOT_APPLICABLE

Place = tuple[str, int, str, str]
"""A community, a month, a keeper and a ledger."""

_Report = tuple[str, int | None, str]


class Repeats:
    """Tells files whose bytes came before. They say nothing new, unless their names alone tell whose they are."""

    def __init__(self) -> None:
        self._said: dict[str, set[frozenset[_Report]]] = {}
        self._by_name: set[str] = set()

    def is_known(self, sha256: str) -> bool:
        """Whether the bytes came before and say themselves whose they are."""
        return sha256 in self._said and sha256 not in self._by_name

    def is_new(self, reading: Reading) -> bool:
        """Whether the reading speaks of other reports than those of the same bytes before it."""
        reports = frozenset((report.community, report.month, report.kept_by) for report in reading.reports)
        before = self._said.setdefault(reading.sha256, set())
        if reading.rests_on_name:
            self._by_name.add(reading.sha256)
        is_new = reports not in before
        before.add(reports)
        return is_new


@dataclass
class Verdict:
    """What other files mean for one: its clashes, and the ledgers that are blank here and have rows in another."""

    clashes: list[Problem] = field(default_factory=list)
    blanks: list[Problem] = field(default_factory=list)
    left: set[Place] = field(default_factory=set)

    def of(self, reading: Reading) -> Reading:
        """The reading without the blank ledgers, with the problems."""
        reports = tuple(_without(report, self.left) for report in reading.reports)
        return replace(reading, reports=reports, problems=(*reading.problems, *self.blanks, *self.clashes))


def verdicts(readings: Sequence[Reading], counts: Callable[[Reading], bool]) -> Mapping[int, Verdict]:
    """By the number of a reading that counts, what the others mean for it."""
    found: dict[int, Verdict] = {}
    for place, numbers in _shared(readings, counts).items():
        filled = [number for number in numbers if _is_filled(readings[number], place)]
        for number in numbers if filled else ():
            verdict = found.setdefault(number, Verdict())
            if number not in filled:
                verdict.left.add(place)
                verdict.blanks.append(_problem("blank_beside_rows", readings, number, place, filled))
            elif place[3] == DECLARATIONS:
                verdict.blanks += _other_reasons(readings, number, place, filled)
            elif _clash(readings, numbers, place):
                verdict.clashes.append(_problem("same_ledger_twice", readings, number, place, filled))
    return found


def settled(readings: Sequence[Reading], counts: Callable[[Reading], bool]) -> list[Reading]:
    """The readings with what the others mean for them."""
    found = verdicts(readings, counts)
    return [found.get(number, Verdict()).of(reading) for number, reading in enumerate(readings)]


def clashing_places(readings: Sequence[Reading]) -> frozenset[Place]:
    """The ledgers of which readings of different bytes hold rows."""
    shared = _shared(readings, lambda _: True)
    return frozenset(place for place, numbers in shared.items() if _clash(readings, numbers, place))


def _clash(readings: Sequence[Reading], numbers: Sequence[int], place: Place) -> bool:
    filled = {readings[number].sha256 for number in numbers if _is_filled(readings[number], place)}
    return len(filled) > 1 and place[3] != DECLARATIONS


def place_of(report: FoundReport, ledger: str) -> Place:
    """The place of one ledger of a report."""
    return report.community, report.month or 0, report.kept_by, ledger


def _shared(readings: Sequence[Reading], counts: Callable[[Reading], bool]) -> dict[Place, list[int]]:
    """The places of which files of different bytes speak, with the numbers of those files."""
    holders: dict[Place, list[int]] = {}
    for number, reading in enumerate(readings):
        for place in _places(reading) if counts(reading) else ():
            holders.setdefault(place, []).append(number)
    return {
        place: numbers for place, numbers in holders.items() if len({readings[number].sha256 for number in numbers}) > 1
    }


def _places(reading: Reading) -> list[Place]:
    dated = [report for report in reading.reports if report.month is not None]
    return [place_of(report, code) for report in dated for code in _parts(report)]


def _parts(report: FoundReport) -> list[str]:
    return [*report.ledgers, *([DECLARATIONS] if report.declares else [])]


def _is_filled(reading: Reading, place: Place) -> bool:
    return any(
        place_of(report, place[3]) == place
        and (bool(report.not_applicable) if place[3] == DECLARATIONS else bool(len(report.ledgers.get(place[3], ()))))
        for report in reading.reports
    )


def _other_reasons(readings: Sequence[Reading], number: int, place: Place, filled: Sequence[int]) -> Iterator[Problem]:
    """A warning for each criterion of a reading for which another one gives another reason."""
    # In this order they are put together, so that the last reason counts.
    ordered = sorted((readings[other] for other in filled), key=lambda reading: reading.sha256)
    for criterion in _reasons(readings[number], place):
        said = [(reading.file, reason) for reading in ordered if (reason := _reasons(reading, place).get(criterion))]
        if len({reason for _, reason in said}) > 1:
            values = {"files": [file for file, _ in said], "reason": said[-1][1]}
            yield Problem("declared_twice", "warning", readings[number].file, found=criterion, values=values)


def _reasons(reading: Reading, place: Place) -> dict[str, str]:
    """The reasons by criterion that a reading declares for a community and a month."""
    here = (report for report in reading.reports if place_of(report, DECLARATIONS) == place)
    return {code: reason for report in here for code, reason in report.not_applicable.items()}


def _problem(code: str, readings: Sequence[Reading], number: int, place: Place, filled: Sequence[int]) -> Problem:
    level: Literal["error", "note"] = "error" if code == "same_ledger_twice" else "note"
    files = [readings[other].file for other in filled]
    ledger = NOT_APPLICABLE if place[3] == DECLARATIONS else place[3]
    return Problem(code, level, readings[number].file, found=ledger, values={"files": files})


def _without(report: FoundReport, left: set[Place]) -> FoundReport:
    gone = {code for code in _parts(report) if place_of(report, code) in left}
    if not gone:
        return report
    return replace(
        report,
        ledgers={code: rows for code, rows in report.ledgers.items() if code not in gone},
        originals={code: texts for code, texts in report.originals.items() if code not in gone},
        declares=report.declares and DECLARATIONS not in gone,
    )

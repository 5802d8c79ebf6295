"""Several files at once: the same bytes twice say nothing more, one ledger from two files is for a person to settle."""

from collections.abc import Callable, Mapping, Sequence

from beicha.intake.problems import Problem
from beicha.intake.reading import FoundReport, Reading
from beicha.store.files import NamedFile

Place = tuple[str, int, str, str]
"""A community, a month, a keeper and a ledger."""


def once(files: Sequence[NamedFile]) -> list[NamedFile]:
    """The files without those whose bytes came before."""
    return list({file.sha256: file for file in reversed(files)}.values())[::-1]


def clashes_of(readings: Sequence[Reading], counts: Callable[[Reading], bool]) -> Mapping[int, list[Problem]]:
    """By the number of a reading that counts, a problem for every ledger that other bytes hold as well."""
    found: dict[int, list[Problem]] = {}
    for place, numbers in _clashing(readings, counts).items():
        names = [readings[number].file for number in numbers]
        for number in numbers:
            problem = Problem(
                "same_ledger_twice", "error", readings[number].file, found=place[3], values={"files": names}
            )
            found.setdefault(number, []).append(problem)
    return found


def clashing_places(readings: Sequence[Reading]) -> frozenset[Place]:
    """The ledgers that readings of different bytes hold."""
    return frozenset(_clashing(readings, lambda _: True))


def place_of(report: FoundReport, ledger: str) -> Place:
    """The place of one ledger of a report."""
    return report.community, report.month or 0, report.kept_by, ledger


def _clashing(readings: Sequence[Reading], counts: Callable[[Reading], bool]) -> dict[Place, list[int]]:
    holders: dict[Place, list[int]] = {}
    for number, reading in enumerate(readings):
        for place in _places(reading) if counts(reading) else ():
            holders.setdefault(place, []).append(number)
    return {
        place: numbers for place, numbers in holders.items() if len({readings[number].sha256 for number in numbers}) > 1
    }


def _places(reading: Reading) -> list[Place]:
    dated = [report for report in reading.reports if report.month is not None]
    return [place_of(report, code) for report in dated for code in report.ledgers]

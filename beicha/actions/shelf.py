"""Readings put aside until all files are read: packed, so that a thousand workbooks fit into memory."""

import pickle
import zlib
from dataclasses import replace

from beicha.intake.reading import FoundReport, Reading
from scoring.facts import Rows

_QUICK = 1


class Shelf:
    """Readings by number. What is taken from it is what was put there."""

    def __init__(self) -> None:
        self._packed: dict[int, bytes] = {}

    def put(self, number: int, reading: Reading) -> Reading:
        """Puts a reading aside and gives back its outline: the same with one row at most of every ledger, empty."""
        self._packed[number] = zlib.compress(pickle.dumps(reading), _QUICK)
        return replace(reading, reports=tuple(map(_outline, reading.reports)), sheets=())

    def take(self, number: int) -> Reading:
        """The reading, which is gone from the shelf then."""
        reading: Reading = pickle.loads(zlib.decompress(self._packed.pop(number)))  # noqa: S301  never left the memory
        return reading


def _outline(report: FoundReport) -> FoundReport:
    ledgers = {code: Rows(rows.sheet[:1], rows.row[:1], {}) for code, rows in report.ledgers.items()}
    return replace(report, ledgers=ledgers, originals={}, not_applicable=dict(list(report.not_applicable.items())[:1]))

"""Several files of one community and month put together into one report, for scoring without a store."""

from collections.abc import Sequence

from beicha.actions.clashes import clashing_places, place_of
from beicha.intake.reading import FoundReport, Reading
from scoring.facts import Report, Rows


def merge_reports(readings: Sequence[Reading]) -> list[Report]:
    """One report for every community, month and keeper.

    Of a ledger that several files hold no rows are taken: which file is right is for a person to say. Reports
    without a month are left aside; their files say why.
    """
    clashing = clashing_places(readings)
    groups: dict[tuple[str, int, str], list[FoundReport]] = {}
    for reading in sorted(readings, key=lambda reading: reading.sha256):
        for report in reading.reports:
            if report.month is not None:
                groups.setdefault((report.community, report.month, report.kept_by), []).append(report)
    return [
        Report(community, month, _ledgers(group, clashing), _declared(group), group[0].kept_by)
        for (community, month, _), group in groups.items()
    ]


def _ledgers(group: Sequence[FoundReport], clashing: frozenset[tuple[str, int, str, str]]) -> dict[str, Rows]:
    return {
        code: rows
        for report in group
        for code, rows in report.ledgers.items()
        if place_of(report, code) not in clashing
    }


def _declared(group: Sequence[FoundReport]) -> dict[str, str]:
    return {code: reason for report in group for code, reason in report.not_applicable.items()}

"""Several files of one community and month put together into one report."""

from collections.abc import Iterable

from beicha.intake.problems import Problem
from beicha.intake.reading import FoundReport
from scoring.facts import Report, Rows

Found = tuple[str, FoundReport]
"""The file's name and a report found in it."""


def merge_reports(found: Iterable[Found]) -> tuple[list[Report], list[Problem]]:
    """One report for every community, month and keeper, and a problem for every ledger that two files hold.

    Of such a ledger no rows are taken: which file is right is for a person to say. Reports without a month
    are left aside; their files say why.
    """
    groups: dict[tuple[str, int, str], list[Found]] = {}
    for file, report in sorted(found, key=lambda item: item[0]):
        if report.month is not None:
            groups.setdefault((report.community, report.month, report.kept_by), []).append((file, report))
    merged = [_merged(group) for group in groups.values()]
    return [report for report, _ in merged], [problem for _, problems in merged for problem in problems]


def _merged(group: list[Found]) -> tuple[Report, list[Problem]]:
    first = group[0][1]
    assert first.month is not None
    ledgers: dict[str, Rows] = {}
    holders: dict[str, list[str]] = {}
    declared: dict[str, str] = {}
    for file, report in group:
        declared |= report.not_applicable
        for code, rows in report.ledgers.items():
            ledgers[code] = rows
            holders.setdefault(code, []).append(file)
    clashes = {code: files for code, files in holders.items() if len(files) > 1}
    problems = [
        Problem("same_ledger_twice", "error", file, found=code, values={"files": files})
        for code, files in clashes.items()
        for file in files
    ]
    kept = {code: rows for code, rows in ledgers.items() if code not in clashes}
    return Report(first.community, first.month, kept, declared, first.kept_by), problems

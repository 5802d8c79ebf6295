"""Fifteen really bad workbooks: every value as it was written down by hand, every doubt told at its place."""

import pytest

from beicha.intake.reading import read_workbook
from scoring.periods import month_number, period_text
from tests.mess.bad_files import BAD_FILES
from tests.mess.facts import KNOWN, edition_of
from tests.mess.oracle import same


def reading_of(bad):
    chosen = dict(bad.options)
    if chosen:
        chosen["month"] = month_number(chosen["month"])
    return read_workbook(bad.name, bad.content, edition_of("community-archive"), KNOWN, **chosen)


def rows_of(reading):
    """By ledger and row what is not blank, all reports together."""
    found = {}
    for report in reading.reports:
        for ledger, rows in report.ledgers.items():
            for at, row in enumerate(rows.row):
                filled = {code: values[at] for code, values in rows.values.items() if values[at] is not None}
                found.setdefault(ledger, {})[row] = filled
    return found


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_really_bad_file_is_read_or_told(bad):
    reading = reading_of(bad)
    found = rows_of(reading)
    assert {ledger: sorted(rows) for ledger, rows in found.items()} == {
        ledger: sorted(rows) for ledger, rows in bad.rows.items()
    }
    differing = [
        (ledger, row, code, found[ledger][row].get(code), rows[row].get(code))
        for ledger, rows in bad.rows.items()
        for row in rows
        for code in {*rows[row], *found[ledger][row]}
        if not same(found[ledger][row].get(code), rows[row].get(code))
    ]
    assert differing == []
    assert {problem.code for problem in reading.errors} == set(bad.errors)


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_what_is_doubtful_in_it_is_told_at_its_place(bad):
    told = {(problem.code, problem.row, problem.column) for problem in reading_of(bad).problems}
    assert [place for place in bad.told if place not in told] == []


@pytest.mark.parametrize("bad", [bad for bad in BAD_FILES if bad.rows], ids=lambda bad: bad.name)
def test_it_is_taken_for_its_community_and_month(bad):
    reports = reading_of(bad).reports
    assert " ".join(sorted(report.community for report in reports)) == bad.community
    assert {period_text(report.month) for report in reports} == {bad.month}

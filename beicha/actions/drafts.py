"""What some files say before anything is stored: their reports, their problems, an account of every sheet.

A draft is plain values, so that it can wait in a job's result until somebody confirms it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from beicha.intake.answers import Place
from beicha.intake.checked.marks import is_worth_marking
from beicha.intake.problems import Problem
from beicha.intake.reports import Correction, FailingColumn, FailingRow, FailingTable, SheetRead
from beicha.store.content import Content, pack_plain, unpack_plain
from beicha.store.submissions import Key, SentFile


@dataclass(frozen=True)
class DraftReport:
    """A report put together from the files that speak of one community, month and keeper.

    ``declares`` tells whether one of them has the sheet 不适用申报, be it empty.
    """

    key: Key
    name: str
    content: Content
    files: tuple[SentFile, ...]
    declares: bool


@dataclass(frozen=True)
class DraftFile:
    """What one file came to. ``accepted`` is False where an error keeps all of it from being stored.

    ``failing`` holds the rows that need a look, ``corrections`` the cells that were put right since it was sent.
    """

    name: str
    sha256: str
    accepted: bool
    readable: bool
    problems: tuple[Problem, ...]
    sheets: tuple[SheetRead, ...]
    failing: tuple[FailingTable, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def can_be_marked(self) -> bool:
        """Whether it can be had with its problems marked."""
        return is_worth_marking(self.problems)


@dataclass(frozen=True)
class Draft:
    """What some files say together. ``reports`` holds those of accepted files alone, by community and month."""

    reports: tuple[DraftReport, ...]
    files: tuple[DraftFile, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all files."""
        return tuple(problem for file in self.files for problem in file.problems)

    @property
    def cells(self) -> frozenset[Place]:
        """The cells that may be put right: those of rows that need a look, and those that were put right already."""
        rows = {
            (file.sha256, table.sheet, row.row, column.column)
            for file in self.files
            for table in file.failing
            for row in table.rows
            for column in table.columns
        }
        typed = {(file.sha256, cell.sheet, cell.row, cell.column) for file in self.files for cell in file.corrections}
        return frozenset(rows | typed)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that keep their files from being stored."""
        return tuple(problem for problem in self.problems if problem.level == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that somebody should look at."""
        return tuple(problem for problem in self.problems if problem.level == "warning")


def to_plain(draft: Draft) -> dict[str, Any]:
    """The draft as JSON values."""
    return {
        "reports": [
            {
                "key": asdict(report.key),
                "name": report.name,
                "content": pack_plain(report.content),
                "files": [asdict(file) for file in report.files],
                "declares": report.declares,
            }
            for report in draft.reports
        ],
        "files": [asdict(file) for file in draft.files],
    }


def from_plain(values: Mapping[str, Any]) -> Draft:
    """The draft that ``to_plain`` wrote."""
    reports = (
        DraftReport(
            Key(**found["key"]),
            found["name"],
            unpack_plain(found["content"]),
            tuple(SentFile(**file) for file in found["files"]),
            found["declares"],
        )
        for found in values["reports"]
    )
    return Draft(tuple(reports), tuple(_file(found) for found in values["files"]))


def problem_from_plain(values: Mapping[str, Any]) -> Problem:
    """A problem out of JSON values."""
    return Problem(**values)


def _file(values: Mapping[str, Any]) -> DraftFile:
    problems = tuple(problem_from_plain(found) for found in values["problems"])
    sheets = tuple(_sheet(found) for found in values["sheets"])
    failing = tuple(_failing(found) for found in values.get("failing", ()))
    corrections = tuple(Correction(**found) for found in values.get("corrections", ()))
    lists = {"problems": problems, "sheets": sheets, "failing": failing, "corrections": corrections}
    return DraftFile(**{**values, **lists})


def _failing(values: Mapping[str, Any]) -> FailingTable:
    columns = (FailingColumn(**{**found, "choices": tuple(found["choices"])}) for found in values["columns"])
    rows = (FailingRow(**{**found, "cells": tuple(found["cells"])}) for found in values["rows"])
    return FailingTable(**{**values, "columns": tuple(columns), "rows": tuple(rows)})


def _sheet(values: Mapping[str, Any]) -> SheetRead:
    ignored = tuple((row, why) for row, why in values["ignored"])
    return SheetRead(**{**values, "ignored": ignored, "extra_columns": tuple(values["extra_columns"])})

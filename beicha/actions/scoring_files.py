"""Scoring workbooks as they are: intake and scoring, no store (the pure exception among the actions)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from beicha.actions.clashes import settled
from beicha.actions.merging import merge_reports
from beicha.intake.problems import Problem, describe
from beicha.intake.reading import Reading, read_workbook
from beicha.words.language import Language
from beicha.words.reasons import sentence
from scoring.assess import assess
from scoring.assessment import Assessment
from scoring.edition import Edition
from scoring.facts import Area
from scoring.periods import period_text
from scoring.rollup import Standing, roll_up
from scoring.states import STATES

Files = Sequence[tuple[str, bytes]]
"""Name and content of each file."""


@dataclass(frozen=True)
class FileScores:
    """What some files come to: what was read, every problem, and the standing of the communities in them.

    ``assessment`` and ``standing`` are None where no file says which community and month it is from.
    """

    edition: Edition
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]
    assessment: Assessment | None
    standing: Standing | None

    @property
    def readable(self) -> bool:
        """Whether every file could be read at all, whatever problems its cells have."""
        return all(reading.readable for reading in self.readings)


def check_files(
    files: Files, edition: Edition, month: int | None = None, community: str | None = None
) -> tuple[Reading, ...]:
    """What each file holds and every problem in it; nothing is scored. A month or community that is chosen must fit."""
    return tuple(read_workbook(name, content, edition, (), month=month, community=community) for name, content in files)


def score_files(files: Files, edition: Edition, month: int | None = None) -> FileScores:
    """The scores of the communities that the files name, at a month or at the latest month of the files.

    The files make one district without streets. Their order changes nothing: ledgers of several files of one
    community and month are put together, and a ledger that stands in two of them is a problem, not a choice.
    """
    readings = tuple(settled(check_files(files, edition), lambda reading: reading.readable))
    problems = tuple(problem for reading in readings for problem in reading.problems)
    reports = merge_reports(readings)
    if not reports:
        return FileScores(edition, readings, problems, None, None)
    scored = max(report.month for report in reports) if month is None else month
    names = sorted({report.community for report in reports})
    assessment = assess(edition, scored, names, reports)
    areas = [Area(name, name, "community", order=number) for number, name in enumerate(names)]
    return FileScores(edition, readings, problems, assessment, roll_up(edition, assessment.cells(), areas))


def as_json(scores: FileScores, language: Language) -> dict[str, Any]:
    """The scores as plain values for JSON (docs/score-json.md); what is not there is null, never NaN."""
    edition, assessment, standing = scores.edition, scores.assessment, scores.standing
    communities = [] if assessment is None or standing is None else _communities(assessment, standing, language)
    return {
        "edition": {"name": edition.name, "title": edition.title, "version": edition.version, "digest": edition.digest},
        "period": None if assessment is None else period_text(assessment.month),
        "communities": communities,
        "files": [_file(reading, scores.problems, language) for reading in scores.readings],
    }


def _file(reading: Reading, problems: Iterable[Problem], language: Language) -> dict[str, Any]:
    return {
        "file": reading.file,
        "readable": reading.readable,
        "reports": [
            {
                "community": report.community,
                "period": None if report.month is None else period_text(report.month),
                "kept_by": report.kept_by,
                "rows": {code: len(rows) for code, rows in report.ledgers.items()},
            }
            for report in reading.reports
        ],
        "problems": [describe(problem, language) for problem in problems if problem.file == reading.file],
    }


def _communities(assessment: Assessment, standing: Standing, language: Language) -> list[dict[str, Any]]:
    rows = standing.communities.to_dict("records")
    return [_community(assessment, standing, number, row, language) for number, row in enumerate(rows)]


def _community(
    assessment: Assessment, standing: Standing, number: int, row: dict[Any, Any], language: Language
) -> dict[str, Any]:
    return {
        "community": assessment.communities[number],
        "reported": bool(row["reported"]),
        "score": _number(row["score"]),
        "base": _number(row["base"]),
        "bonus": _number(row["bonus"]),
        "bonuses": {
            bonus.code: _number(assessment.bonus[number, place])
            for place, bonus in enumerate(assessment.edition.bonuses)
        },
        "band": row["band"],
        "gates_missed": list(row["gates_missed"]),
        "vetoes": list(row["vetoes"]),
        "sections": _sections(standing, number),
        "criteria": [_criterion(assessment, standing, number, k, language) for k in range(assessment.state.shape[1])],
    }


def _sections(standing: Standing, number: int) -> list[dict[str, Any]]:
    scores = standing.scores
    return [
        {
            "code": section.code,
            "title": section.title,
            "rate": _number(scores.rate[number, place]),
            "earned": _number(scores.earned[number, place]),
            "points": _number(scores.full[number, place]),
        }
        for place, section in enumerate(standing.edition.sections)
    ]


def _criterion(assessment: Assessment, standing: Standing, number: int, k: int, language: Language) -> dict[str, Any]:
    criterion, reason = assessment.edition.criteria[k], assessment.reason(number, k)
    return {
        "code": criterion.code,
        "title": criterion.title,
        "section": criterion.section,
        "state": STATES[assessment.state[number, k]],
        "fraction": _number(assessment.fraction[number, k]),
        "self_fraction": _number(assessment.self_fraction[number, k]),
        "points": criterion.points,
        "in_denominator": bool(standing.in_denominator[number, k]),
        "earned": _number(standing.earned[number, k]),
        "lost": _number(standing.lost[number, k]),
        "reason": {
            "code": reason.code,
            "values": reason.values,
            "sentence": sentence(reason, assessment.edition, language),
        },
    }


def _number(value: Any) -> float | None:
    return None if value is None or np.isnan(value) else float(value)

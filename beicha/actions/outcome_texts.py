"""What became of files, in the reader's language: lines for a terminal, plain values for JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from beicha.actions.outcomes import Outcome, State
from beicha.actions.unpacking import refuse_upload
from beicha.intake.problems import Problem, advice, describe, place, sentence
from beicha.words.language import Language, later, say

STATES: dict[State, str] = {
    "stored": later("stored"),
    "unchanged": later("no change"),
    "refused": later("not stored"),
    "forbidden": later("not allowed"),
    "repeated": later("the same as an earlier file"),
    "failed": later("not stored because of a fault of the program"),
    "cancelled": later("cancelled"),
    "left_out": later("left out"),
}
"""What becomes of a file of an import, in words."""

JOB_STATES = {
    "queued": later("waiting"),
    "running": later("reading"),
    "done": later("done"),
    "failed": later("failed"),
    "cancelled": later("cancelled"),
}
"""How far a job is, in words."""


def problem_text(problem: Problem, language: Language) -> str:
    """What is wrong and what to do, without the place."""
    return f"{sentence(problem, language)} {advice(problem, language)}".rstrip()


def problem_line(problem: Problem, language: Language) -> str:
    """A problem in one line: where it is, what is wrong, what to do."""
    return f"{place(problem, language)}: {problem_text(problem, language)}"


def upload_refusal(sizes: Sequence[int], language: Language) -> str:
    """Why files of these sizes are more than one upload takes, and what to do; "" where they are not."""
    problem = refuse_upload(sizes)
    return "" if problem is None else problem_text(problem, language)


def outcome_lines(outcomes: Iterable[Outcome], language: Language) -> list[str]:
    """A line for each file, and below it one for each of its problems that is an error or a warning."""
    lines = []
    for outcome in outcomes:
        receipt = say(language, "receipt {number}", number=outcome.receipt) if outcome.receipt else ""
        parts = [outcome.file, say(language, STATES[outcome.state]), ", ".join(outcome.periods), receipt]
        lines.append("  ".join(part for part in parts if part))
        lines += ["  " + problem_line(problem, language) for problem in outcome.problems if problem.level != "note"]
    return lines


def outcome_values(outcome: Outcome, language: Language) -> dict[str, Any]:
    """An outcome as plain values: file, sha256, state, receipt, communities, periods, problems."""
    return {
        "file": outcome.file,
        "sha256": outcome.sha256,
        "state": outcome.state,
        "receipt": outcome.receipt or None,
        "communities": list(outcome.communities),
        "periods": list(outcome.periods),
        "problems": [describe(problem, language) for problem in outcome.problems],
    }

"""What a draft asks back: words in its files that a person can say the meaning of, with what they may mean."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from beicha.actions.drafts import Draft
from beicha.intake.answers import NO_ANSWERS, Answers
from beicha.intake.problems import Problem
from beicha.intake.synonyms import heading_key, whole_key

NOTHING = ""
"""The meaning of a heading that names no field."""

_HEADINGS = ("column_suggested", "column_unclear")
_COMMUNITIES = ("community_unknown", "community_ambiguous")


@dataclass(frozen=True)
class Question:
    """A word that a person can settle: a ``heading`` of a ledger, or the name of a ``community``.

    ``said`` is the word as it stands in the file, ``where`` its sheet and column. ``options`` are codes with their
    names, the likeliest first; ``is_likely`` tells whether the first is more than the first of a list.
    """

    kind: Literal["heading", "community"]
    said: str
    file: str
    sheet: str
    column: str
    ledger: str
    options: tuple[tuple[str, str], ...]
    is_likely: bool

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells one question from another: the same word in two sheets of a ledger is asked once."""
        word = heading_key(self.said) if self.kind == "heading" else whole_key(self.said)
        return self.kind, self.ledger, word


def questions(draft: Draft, communities: Mapping[str, str]) -> tuple[Question, ...]:
    """What the draft asks, each word once; ``communities`` are the names that may be meant, by code."""
    lacking = {(problem.file, problem.sheet) for problem in draft.errors if problem.code == "column_missing"}
    found = [
        *(_heading(problem) for problem in draft.problems if _is_asked(problem, lacking)),
        *(_community(problem, communities) for problem in draft.problems if problem.code in _COMMUNITIES),
    ]
    return tuple({question.key: question for question in reversed(found)}.values())[::-1]


def _is_asked(problem: Problem, lacking: Collection[tuple[str, str]]) -> bool:
    """Headings that look like an open field; any that are unknown where a field is lacking that must be there."""
    is_needed = problem.code == "column_unknown" and (problem.file, problem.sheet) in lacking
    return problem.code in _HEADINGS or (is_needed and bool(problem.values.get("open")))


def _heading(problem: Problem) -> Question:
    options = tuple(zip(problem.values["open"], problem.values["titles"], strict=True))
    likely, ledger = problem.code == "column_suggested", problem.values["ledger"]
    return Question("heading", problem.heading, problem.file, problem.sheet, problem.column, ledger, options, likely)


def _community(problem: Problem, names: Mapping[str, str]) -> Question:
    near = [code for code in problem.values.get("codes", ()) if code in names]
    options = tuple((code, names[code]) for code in [*near, *(code for code in names if code not in near)])
    return Question(
        "community", problem.found, problem.file, problem.sheet, problem.column, "", options, len(near) == 1
    )


def answered(asked: Iterable[tuple[Question, str]]) -> Answers:
    """The answers that questions and the codes chosen for them make; raises ValueError for what was no option."""
    chosen = list(asked)
    for question, code in chosen:
        if code not in _codes(question):
            raise ValueError(f"{code!r} does not answer {question.said!r}")
    headings = {(q.ledger, heading_key(q.said)): code for q, code in chosen if q.kind == "heading"}
    return NO_ANSWERS.meaning(headings, {whole_key(q.said): code for q, code in chosen if q.kind == "community"})


def _codes(question: Question) -> Sequence[str]:
    codes = [code for code, _ in question.options]
    return [*codes, NOTHING] if question.kind == "heading" else codes

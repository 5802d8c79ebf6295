"""What a criterion, a part, a bonus or a veto selects: a ledger, a window and conditions."""

from dataclasses import dataclass

from scoring.conditions import Condition
from scoring.edition import Bonus, Criterion, Verification, Veto
from scoring.rules import Grade, MeanScore, Part, Parts, SimpleRule


@dataclass(frozen=True)
class Selection:
    """Which rows are looked at: those of a ledger whose date or report lies in the window and that meet ``where``."""

    ledger: str
    window: str
    dated: bool
    where: tuple[Condition, ...]


@dataclass(frozen=True)
class Task:
    """A simple rule with its own selection and its share of the criterion's fraction."""

    selection: Selection
    rule: SimpleRule
    share: float
    title: str = ""


def selection_of(item: Criterion | Bonus | Veto) -> Selection:
    """The rows that a criterion without parts, a bonus or a veto selects."""
    assert item.ledger is not None, f"{item.code} names no ledger"
    return Selection(item.ledger, item.window, item.dated, item.where)


def tasks_of(criterion: Criterion) -> tuple[Task, ...]:
    """The simple rules a criterion comes down to: one, or one for each part."""
    if not isinstance(criterion.rule, Parts):
        return (Task(selection_of(criterion), criterion.rule, 1.0),)
    return tuple(_task_of_part(criterion, part) for part in criterion.rule.parts)


def _task_of_part(criterion: Criterion, part: Part) -> Task:
    ledger = part.ledger or criterion.ledger
    assert ledger is not None, f"a part of {criterion.code} names no ledger"
    where = part.where if part.ledger else criterion.where + part.where
    return Task(Selection(ledger, criterion.window, criterion.dated, where), part.rule, part.share, part.title)


def verification_task(criterion: Criterion, by: Verification) -> Task:
    """The observations of a criterion as a selection and a rule: those that name its code, by grade or score."""
    where = (Condition(field=by.criterion, equals=criterion.code),)
    selection = Selection(by.ledger, criterion.window, criterion.dated, where)
    if by.grade is not None:
        return Task(selection, Grade(kind="grade", field=by.grade), 1.0)
    return Task(selection, MeanScore(kind="mean_score", score=by.score, full=by.full), 1.0)

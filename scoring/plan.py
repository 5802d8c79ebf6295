"""An edition compiled once: the tasks of every criterion, and the fields worth coding of every ledger."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scoring.edition import Bonus, Criterion, Edition, Veto
from scoring.rules import Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Share, SimpleRule, YesNo
from scoring.selection import Task, tasks_of, verification_task


@dataclass(frozen=True)
class CriterionPlan:
    """What one criterion comes down to: its simple rules, its observations' rule, and the keepers of its rows."""

    criterion: Criterion
    tasks: tuple[Task, ...]
    verification: Task | None
    ledgers: tuple[str, ...]
    office_kept: bool


@dataclass(frozen=True)
class Plan:
    """The criteria in the edition's order, and by ledger the fields that rules, conditions and keys look at."""

    criteria: tuple[CriterionPlan, ...]
    fields: Mapping[str, tuple[str, ...]]


_plans: dict[str, Plan] = {}
_MOST_PLANS = 64


def plan_of(edition: Edition) -> Plan:
    """The edition's plan, kept for editions seen lately."""
    plan = _plans.get(edition.digest)
    if plan is None:
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        criteria = tuple(_criterion_plan(edition, criterion) for criterion in edition.criteria)
        plan = _plans[edition.digest] = Plan(criteria, _fields(edition, criteria))
    return plan


def _criterion_plan(edition: Edition, criterion: Criterion) -> CriterionPlan:
    """An office-kept criterion is one all of whose ledgers the office keeps."""
    tasks = tasks_of(criterion)
    ledgers = tuple(sorted({task.selection.ledger for task in tasks}))
    office_kept = all(edition.ledger(code).kept_by == "office" for code in ledgers)
    verification = verification_task(criterion, criterion.verified_by) if criterion.verified_by else None
    return CriterionPlan(criterion, tasks, verification, ledgers, office_kept)


def _fields(edition: Edition, criteria: tuple[CriterionPlan, ...]) -> dict[str, tuple[str, ...]]:
    fields: dict[str, dict[str, None]] = {}
    for ledger in edition.ledgers:
        dated = [ledger.date_field] if ledger.date_field else []
        fields[ledger.code] = dict.fromkeys([*dated, *ledger.key_fields])
    for ledger_code, field in [pair for plan in criteria for pair in _fields_of_criterion(plan)]:
        fields[ledger_code][field] = None
    items: list[Bonus | Veto] = [*edition.bonuses, *edition.vetoes]
    for item in items:
        fields[item.ledger].update(dict.fromkeys(_fields_of_extra(item)))
    return {ledger: tuple(codes) for ledger, codes in fields.items()}


def _fields_of_criterion(plan: CriterionPlan) -> Iterator[tuple[str, str]]:
    for task in [*plan.tasks, *([plan.verification] if plan.verification else [])]:
        fields = [condition.field for condition in task.selection.where]
        yield from ((task.selection.ledger, field) for field in [*fields, *rule_fields(task.rule)])


def _fields_of_extra(item: Bonus | Veto) -> list[str]:
    fields = [condition.field for condition in item.where]
    if isinstance(item, Bonus):
        fields += [item.field] if item.field else []
        fields += item.group.by if item.group else ()
    return fields


def rule_fields(rule: SimpleRule) -> list[str]:
    """The fields a rule itself reads, besides those that select its rows."""
    match rule:
        case YesNo() | Grade() | Covers() | MeanScore():
            return [rule.field]
        case Each():
            return [condition.field for condition in rule.has]
        case Share():
            own = [rule.part_field] if rule.part_field else [condition.field for condition in rule.part]
            return [*own, *_of_fields(rule.of)]
        case Count() | Defects():
            return _of_fields(rule.of)
        case Frequency():
            return []


def _of_fields(of: str) -> list[str]:
    return [] if of == "rows" else [of.removeprefix("distinct ")]

"""What an edition needs to know of the rows: which fields of which ledgers are worth coding."""

from collections.abc import Iterator

from scoring.edition import Bonus, Criterion, Edition, Veto
from scoring.rules import Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Share, SimpleRule, YesNo
from scoring.selection import tasks_of

_plans: dict[str, dict[str, tuple[str, ...]]] = {}


def fields_needed(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The fields that rules, conditions and keys of the edition look at, by ledger; kept for editions seen lately."""
    plan = _plans.get(edition.digest)
    if plan is None:
        if len(_plans) >= 64:
            _plans.clear()
        plan = _plans[edition.digest] = _fields_needed(edition)
    return plan


def _fields_needed(edition: Edition) -> dict[str, tuple[str, ...]]:
    fields: dict[str, dict[str, None]] = {}
    for ledger in edition.ledgers:
        dated = [ledger.date_field] if ledger.date_field else []
        fields[ledger.code] = dict.fromkeys([*dated, *ledger.key_fields])
    for criterion in edition.criteria:
        for ledger_code, field in _fields_of_criterion(criterion):
            fields[ledger_code][field] = None
    items: list[Bonus | Veto] = [*edition.bonuses, *edition.vetoes]
    for item in items:
        fields[item.ledger].update(dict.fromkeys(_fields_of_extra(item)))
    return {ledger: tuple(codes) for ledger, codes in fields.items()}


def _fields_of_criterion(criterion: Criterion) -> Iterator[tuple[str, str]]:
    for task in tasks_of(criterion):
        fields = [condition.field for condition in task.selection.where]
        yield from ((task.selection.ledger, field) for field in [*fields, *rule_fields(task.rule)])
    verified = criterion.verified_by
    if verified is not None:
        fields = [verified.criterion, verified.grade or verified.score or ""]
        yield from ((verified.ledger, field) for field in fields)


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

"""Whether the parts of an edition fit together: every name that one part uses is known to the other."""

from collections.abc import Callable, Iterable, Iterator

from scoring.conditions import Condition, complaint
from scoring.edition import Bonus, Criterion, Edition, Verification, Veto
from scoring.faults import Fault
from scoring.ledgers import DEFAULT_GRADES, NUMBERS, Ledger, LedgerField
from scoring.rules import Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Parts, Share, SimpleRule, YesNo
from scoring.texts import normal

Complaint = tuple[str, str, Fault]
"""Where a fault lies and what it is: the code of the criterion (or ''), the key, and a sentence."""

Keyed = Iterator[tuple[str, Fault]]
"""Faults of one criterion or rule, each with its key."""


def complaints(edition: Edition) -> list[Complaint]:
    """Everything in the edition that does not fit together; empty for a sound edition."""
    return [*_doubled(edition), *_sections(edition), *_criteria(edition), *_extras(edition)]


def _doubled(edition: Edition) -> Iterator[Complaint]:
    coded: list[Criterion | Bonus | Veto] = [*edition.criteria, *edition.bonuses, *edition.vetoes]
    groups: dict[str, Iterable[str]] = {
        "ledgers": [ledger.code for ledger in edition.ledgers],
        "sections": [section.code for section in edition.sections],
        "lines": [line.code for line in edition.lines],
        "criteria": [item.code for item in coded],
    }
    for key, codes in groups.items():
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                yield (code if key == "criteria" else "", key, Fault("code {code} stands twice", code=code))
            seen.add(code)


def _sections(edition: Edition) -> Iterator[Complaint]:
    shares = [section.share is not None for section in edition.sections]
    if any(shares) and not all(shares):
        yield "", "sections", Fault("share is given for every section or for none")
    marks = [band.at_least for band in edition.bands]
    if marks != sorted(set(marks), reverse=True):
        yield "", "bands", Fault("bands stand from the highest mark to the lowest, each mark once")


def _criteria(edition: Edition) -> Iterator[Complaint]:
    for criterion in edition.criteria:
        for key, fault in _criterion(edition, criterion):
            yield criterion.code, key, fault


def _criterion(edition: Edition, criterion: Criterion) -> Keyed:
    section = next((section for section in edition.sections if section.code == criterion.section), None)
    if section is None:
        yield "section", Fault("there is no section {code}", code=criterion.section)
    elif criterion.indicator and criterion.indicator not in {item.code for item in section.indicators}:
        yield (
            "indicator",
            Fault("section {section} has no indicator {code}", section=section.code, code=criterion.indicator),
        )
    lines = {line.code for line in edition.lines}
    for key, named in (("lead", (criterion.lead,)), ("supporting", criterion.supporting)):
        yield from ((key, Fault("there is no line {code}", code=code)) for code in named if code not in lines)
    yield from _selected(edition, criterion)
    if criterion.dated:
        yield from _dated(edition, criterion)
    if criterion.verified_by is not None:
        yield from _verification(edition, criterion.verified_by)


def _selected(edition: Edition, criterion: Criterion) -> Keyed:
    rule = criterion.rule
    if not isinstance(rule, Parts):
        yield from _part(edition, criterion.ledger, criterion.where, rule, "")
        return
    for number, part in enumerate(rule.parts, 1):
        where = part.where if part.ledger else criterion.where + part.where
        yield from _part(edition, part.ledger or criterion.ledger, where, part.rule, f"rule.parts[{number}].")


def _dated(edition: Edition, criterion: Criterion) -> Keyed:
    """What is only looked at where it is dated in the window needs dates."""
    parts = criterion.rule.parts if isinstance(criterion.rule, Parts) else ()
    named = {criterion.ledger, *(part.ledger for part in parts)}
    for ledger in edition.ledgers:
        if ledger.code in named and ledger.date_field is None:
            yield "dated", Fault("dated needs a field of type date in ledger {ledger}", ledger=ledger.code)


def _part(edition: Edition, code: str | None, where: tuple[Condition, ...], rule: SimpleRule, at: str) -> Keyed:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == code), None)
    if ledger is None:
        yield f"{at}from", _no_ledger(code) if code else Fault("a ledger is needed")
        return
    yield from _conditions(ledger, where, f"{at}where")
    check = _RULE_CHECKS[type(rule)]
    yield from ((f"{at}rule.{key}", fault) for key, fault in check(ledger, rule))


def _conditions(ledger: Ledger, conditions: Iterable[Condition], key: str) -> Keyed:
    for condition in conditions:
        fault = complaint(condition, ledger)
        if fault:
            yield key, fault


def _field(ledger: Ledger, code: str, types: tuple[str, ...], key: str) -> Keyed:
    if not ledger.has_field(code):
        yield key, Fault("ledger {ledger} has no field {field}", ledger=ledger.code, field=code)
    elif types and ledger.field(code).type not in types:
        yield key, _wrong_type(ledger.field(code), types)


def _no_ledger(code: str) -> Fault:
    return Fault("there is no ledger {code}", code=code)


def _wrong_type(field: LedgerField, types: tuple[str, ...]) -> Fault:
    return Fault(
        "field {field} is of type {type}, not {types}", field=field.code, type=field.type, types=" / ".join(types)
    )


def _of(ledger: Ledger, of: str) -> Keyed:
    if of.startswith("distinct "):
        yield from _field(ledger, of.removeprefix("distinct "), (), "of")
    elif of != "rows":
        yield from _field(ledger, of, NUMBERS, "of")


def _yes_no(ledger: Ledger, rule: YesNo) -> Keyed:
    yield from _field(ledger, rule.field, ("yes_no",), "field")


def _grade(ledger: Ledger, rule: Grade) -> Keyed:
    yield from _field(ledger, rule.field, ("grade",), "field")
    if ledger.has_field(rule.field):
        missing = {normal(g) for g in ledger.field(rule.field).scale} - {normal(g) for g in rule.ladder}
        if missing:
            yield "ladder", Fault("no coefficient for {grades}", grades=", ".join(sorted(missing)))
    doubled = sorted(g for g in rule.ladder if normal(g) != g and normal(g) in rule.ladder)
    if doubled:
        yield "ladder", Fault("{grades} stands twice, in two ways of writing", grades=", ".join(doubled))


def _counted(ledger: Ledger, rule: Count | Defects) -> Keyed:
    yield from _of(ledger, rule.of)


def _frequency(ledger: Ledger, _: Frequency) -> Keyed:
    if ledger.date_field is None:
        yield "every", Fault("ledger {ledger} has no field of type date", ledger=ledger.code)


def _covers(ledger: Ledger, rule: Covers) -> Keyed:
    yield from _field(ledger, rule.field, ("text", "choice", "choices", "grade"), "field")
    if not ledger.has_field(rule.field):
        return
    field = ledger.field(rule.field)
    known = {normal(value) for value in (*field.choices, *field.scale)}
    for value in rule.values:
        if known and normal(value.value) not in known:
            yield "values", Fault("{value} is none of the values of field {field}", value=value.value, field=field.code)


def _each(ledger: Ledger, rule: Each) -> Keyed:
    yield from _conditions(ledger, rule.has, "has")


def _share(ledger: Ledger, rule: Share) -> Keyed:
    yield from _of(ledger, rule.of)
    yield from _conditions(ledger, rule.part, "part")
    if rule.part_field is not None:
        yield from _field(ledger, rule.part_field, NUMBERS, "part_field")


def _mean_score(ledger: Ledger, rule: MeanScore) -> Keyed:
    yield from _field(ledger, rule.field, NUMBERS, "score" if rule.score else "deduction")


_RULE_CHECKS: dict[type, Callable[..., Keyed]] = {
    YesNo: _yes_no,
    Grade: _grade,
    Count: _counted,
    Defects: _counted,
    Frequency: _frequency,
    Covers: _covers,
    Each: _each,
    Share: _share,
    MeanScore: _mean_score,
}


def _verification(edition: Edition, verified_by: Verification) -> Keyed:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == verified_by.ledger), None)
    if ledger is None:
        yield "verified_by.ledger", _no_ledger(verified_by.ledger)
        return
    checks = (
        (verified_by.criterion, ("text", "choice", "choices"), "criterion"),
        (verified_by.grade, ("grade",), "grade"),
        (verified_by.score, NUMBERS, "score"),
    )
    for code, types, key in checks:
        if code is not None:
            yield from _field(ledger, code, types, f"verified_by.{key}")
    if verified_by.grade is not None and ledger.has_field(verified_by.grade):
        unknown = {normal(g) for g in ledger.field(verified_by.grade).scale} - set(DEFAULT_GRADES)
        if unknown:
            yield "verified_by.grade", Fault("no coefficient for {grades}", grades=", ".join(sorted(unknown)))


def _extras(edition: Edition) -> Iterator[Complaint]:
    items: list[Bonus | Veto] = [*edition.bonuses, *edition.vetoes]
    for item in items:
        for key, fault in _extra(edition, item):
            yield item.code, key, fault


def _extra(edition: Edition, item: Bonus | Veto) -> Keyed:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == item.ledger), None)
    if ledger is None:
        yield "from", _no_ledger(item.ledger)
        return
    yield from _conditions(ledger, item.where, "where")
    if isinstance(item, Veto):
        return
    if item.lead is not None and item.lead not in {line.code for line in edition.lines}:
        yield "lead", Fault("there is no line {code}", code=item.lead)
    if item.field is not None:
        yield from _field(ledger, item.field, NUMBERS, "field")
    if item.group is not None:
        for code in item.group.by:
            yield from _field(ledger, code, (), "group.by")

"""Whether the parts of an edition fit together: every name that one part uses is known to the other."""

from collections.abc import Callable, Iterable, Iterator

from scoring.conditions import Condition, complaint
from scoring.edition import Bonus, Criterion, Edition, Verification, Veto
from scoring.ledgers import NUMBERS, Ledger
from scoring.rules import Count, Covers, Defects, Each, Frequency, Grade, MeanScore, Parts, Share, SimpleRule, YesNo
from scoring.texts import normal

Complaint = tuple[str, str, str]
"""Where a fault lies and what it is: the code of the criterion (or ''), the key, and a sentence."""


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
                yield (code if key == "criteria" else "", key, f"code {code} stands twice")
            seen.add(code)


def _sections(edition: Edition) -> Iterator[Complaint]:
    shares = [section.share is not None for section in edition.sections]
    if any(shares) and not all(shares):
        yield "", "sections", "share is given for every section or for none"
    marks = [band.at_least for band in edition.bands]
    if marks != sorted(set(marks), reverse=True):
        yield "", "bands", "bands stand from the highest mark to the lowest, each mark once"


def _criteria(edition: Edition) -> Iterator[Complaint]:
    for criterion in edition.criteria:
        for key, sentence in _criterion(edition, criterion):
            yield criterion.code, key, sentence


def _criterion(edition: Edition, criterion: Criterion) -> Iterator[tuple[str, str]]:
    section = next((section for section in edition.sections if section.code == criterion.section), None)
    if section is None:
        yield "section", f"there is no section {criterion.section}"
    elif criterion.indicator and criterion.indicator not in {item.code for item in section.indicators}:
        yield "indicator", f"section {section.code} has no indicator {criterion.indicator}"
    lines = {line.code for line in edition.lines}
    for key, named in (("lead", (criterion.lead,)), ("supporting", criterion.supporting)):
        yield from ((key, f"there is no line {code}") for code in named if code not in lines)
    yield from _selected(edition, criterion)
    if criterion.verified_by is not None:
        yield from _verification(edition, criterion.verified_by)


def _selected(edition: Edition, criterion: Criterion) -> Iterator[tuple[str, str]]:
    rule = criterion.rule
    if not isinstance(rule, Parts):
        yield from _part(edition, criterion.ledger, criterion.where, rule, "")
        return
    for number, part in enumerate(rule.parts, 1):
        where = part.where if part.ledger else criterion.where + part.where
        yield from _part(edition, part.ledger or criterion.ledger, where, part.rule, f"rule.parts[{number}].")


def _part(
    edition: Edition, code: str | None, where: tuple[Condition, ...], rule: SimpleRule, at: str
) -> Iterator[tuple[str, str]]:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == code), None)
    if ledger is None:
        yield f"{at}from", f"there is no ledger {code}" if code else "a ledger is needed"
        return
    yield from _conditions(ledger, where, f"{at}where")
    check = _RULE_CHECKS[type(rule)]
    yield from ((f"{at}rule.{key}", sentence) for key, sentence in check(ledger, rule))


def _conditions(ledger: Ledger, conditions: Iterable[Condition], key: str) -> Iterator[tuple[str, str]]:
    for condition in conditions:
        sentence = complaint(condition, ledger)
        if sentence:
            yield key, sentence


def _field(ledger: Ledger, code: str, types: tuple[str, ...], key: str) -> Iterator[tuple[str, str]]:
    if not ledger.has_field(code):
        yield key, f"ledger {ledger.code} has no field {code}"
    elif types and ledger.field(code).type not in types:
        yield key, f"field {code} is of type {ledger.field(code).type}, not {' or '.join(types)}"


def _of(ledger: Ledger, of: str) -> Iterator[tuple[str, str]]:
    if of.startswith("distinct "):
        yield from _field(ledger, of.removeprefix("distinct "), (), "of")
    elif of != "rows":
        yield from _field(ledger, of, NUMBERS, "of")


def _yes_no(ledger: Ledger, rule: YesNo) -> Iterator[tuple[str, str]]:
    yield from _field(ledger, rule.field, ("yes_no",), "field")


def _grade(ledger: Ledger, rule: Grade) -> Iterator[tuple[str, str]]:
    yield from _field(ledger, rule.field, ("grade",), "field")
    if ledger.has_field(rule.field):
        missing = {normal(g) for g in ledger.field(rule.field).scale} - {normal(g) for g in rule.ladder}
        if missing:
            yield "ladder", f"no coefficient for {', '.join(sorted(missing))}"


def _counted(ledger: Ledger, rule: Count | Defects) -> Iterator[tuple[str, str]]:
    yield from _of(ledger, rule.of)


def _frequency(ledger: Ledger, _: Frequency) -> Iterator[tuple[str, str]]:
    if ledger.date_field is None:
        yield "every", f"ledger {ledger.code} has no field of type date"


def _covers(ledger: Ledger, rule: Covers) -> Iterator[tuple[str, str]]:
    yield from _field(ledger, rule.field, ("text", "choice", "choices", "grade"), "field")
    if not ledger.has_field(rule.field):
        return
    field = ledger.field(rule.field)
    known = {normal(value) for value in (*field.choices, *field.scale)}
    for value in rule.values:
        if known and normal(value.value) not in known:
            yield "values", f"{value.value!r} is none of the values of field {field.code}"


def _each(ledger: Ledger, rule: Each) -> Iterator[tuple[str, str]]:
    yield from _conditions(ledger, rule.has, "has")


def _share(ledger: Ledger, rule: Share) -> Iterator[tuple[str, str]]:
    yield from _of(ledger, rule.of)
    yield from _conditions(ledger, rule.part, "part")
    if rule.part_field is not None:
        yield from _field(ledger, rule.part_field, NUMBERS, "part_field")


def _mean_score(ledger: Ledger, rule: MeanScore) -> Iterator[tuple[str, str]]:
    yield from _field(ledger, rule.field, NUMBERS, "score" if rule.score else "deduction")


_RULE_CHECKS: dict[type, Callable[..., Iterator[tuple[str, str]]]] = {
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


def _verification(edition: Edition, verified_by: Verification) -> Iterator[tuple[str, str]]:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == verified_by.ledger), None)
    if ledger is None:
        yield "verified_by.ledger", f"there is no ledger {verified_by.ledger}"
        return
    checks = (
        (verified_by.criterion, ("text", "choice", "choices"), "criterion"),
        (verified_by.grade, ("grade",), "grade"),
        (verified_by.score, NUMBERS, "score"),
    )
    for code, types, key in checks:
        if code is not None:
            yield from _field(ledger, code, types, f"verified_by.{key}")


def _extras(edition: Edition) -> Iterator[Complaint]:
    items: list[Bonus | Veto] = [*edition.bonuses, *edition.vetoes]
    for item in items:
        for key, sentence in _extra(edition, item):
            yield item.code, key, sentence


def _extra(edition: Edition, item: Bonus | Veto) -> Iterator[tuple[str, str]]:
    ledger = next((ledger for ledger in edition.ledgers if ledger.code == item.ledger), None)
    if ledger is None:
        yield "from", f"there is no ledger {item.ledger}"
        return
    yield from _conditions(ledger, item.where, "where")
    if isinstance(item, Veto):
        return
    if item.field is not None:
        yield from _field(ledger, item.field, NUMBERS, "field")
    if item.group is not None:
        for code in item.group.by:
            yield from _field(ledger, code, (), "group.by")

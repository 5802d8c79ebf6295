"""An edition's own tests: the rows of an example, made into facts and assessed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from scoring.assess import assess
from scoring.edition import Criterion, Edition, Example
from scoring.facts import Report, Rows
from scoring.ledgers import Ledger, LedgerField
from scoring.outcomes import Reason
from scoring.periods import first_day, month_number
from scoring.states import STATES

COMMUNITY = "example"
DEFAULT_PERIOD = "2026-06"


def run_example(edition: Edition, criterion: Criterion, example: Example) -> tuple[str, float, Reason]:
    """The state, the fraction (NaN where there is none) and the reason that the example's rows lead to.

    Raises ValueError where a row of the example does not fit its ledger.
    """
    month = month_number(example.period or DEFAULT_PERIOD)
    reports = example_reports(edition, criterion, example, month)
    assessment = assess(_alone(edition, criterion), month, [COMMUNITY], reports)
    return STATES[assessment.state[0, 0]], float(assessment.fraction[0, 0]), assessment.reason(0, 0)


def _alone(edition: Edition, criterion: Criterion) -> Edition:
    """The edition with this criterion only: the others would be judged for nothing."""
    keys = {key: getattr(edition, key) for key in Edition.model_fields}
    return Edition.model_construct(**keys | {"criteria": (criterion,), "bonuses": (), "vetoes": ()})


def example_reports(edition: Edition, criterion: Criterion, example: Example, month: int) -> list[Report]:
    """The reports of an example: the community's (of the month before where it did not report) and the office's."""
    rows: dict[str, Sequence[Mapping[str, Any]]] = dict(example.ledgers)
    if example.rows:
        rows[criterion.ledger or ""] = example.rows
    made = {code: _rows(edition.ledger(code), entries, month) for code, entries in rows.items()}
    own = {code: found for code, found in made.items() if edition.ledger(code).kept_by == "community"}
    office = {code: found for code, found in made.items() if code not in own}
    declared = {criterion.code: "示例"} if example.not_applicable else {}
    reports = []
    if example.reported or own:
        reports.append(Report(COMMUNITY, month if example.reported else month - 1, own, declared))
    if example.visited or office:
        reports.append(Report(COMMUNITY, month, office, kept_by="office"))
    return reports


def _rows(ledger: Ledger, entries: Sequence[Mapping[str, Any]], month: int) -> Rows:
    columns: dict[str, list[Any]] = {field.code: [] for field in ledger.fields}
    for number, entry in enumerate(entries, 1):
        unknown = [key for key in entry if key not in columns]
        if unknown:
            raise ValueError(f"ledger {ledger.code} has no field {', '.join(unknown)}")
        for field in ledger.fields:
            columns[field.code].append(_value(ledger, field, entry, number, month))
    return Rows([ledger.title] * len(entries), list(range(2, len(entries) + 2)), columns)


def _value(ledger: Ledger, field: LedgerField, entry: Mapping[str, Any], number: int, month: int) -> Any:
    if field.code not in entry:
        return _filled(field, number, month) if field.code in ledger.key_fields else None
    value = entry[field.code]
    if value is None:
        return None
    if field.type == "date":
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    if field.type == "choices":
        return list(value) if isinstance(value, list | tuple) else [str(value)]
    return str(value) if field.type in ("text", "choice", "grade") else value


def _filled(field: LedgerField, number: int, month: int) -> Any:
    """What stands in a key field that an example leaves out, so that its rows are different events."""
    if field.type == "date":
        return first_day(month).replace(day=15)
    return f"第{number}条" if field.type == "text" else None

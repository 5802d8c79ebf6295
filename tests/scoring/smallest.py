"""The smallest case that still disagrees, and how to show it: for the message of a failed comparison."""

from dataclasses import replace

from scoring.edition import Edition
from scoring.periods import period_text
from tests.scoring.strategies import as_dicts, as_rows


def smallest(case, disagrees):
    """The case without every criterion, report, row, condition and area that the disagreement does not need."""
    while True:
        for smaller in _smaller(case):
            if disagrees(smaller):
                case = smaller
                break
        else:
            return case


def _smaller(case):
    edition = case.edition
    for key in ("criteria", "bonuses", "vetoes"):
        for items in _without_one(getattr(edition, key)):
            yield replace(case, edition=_with(edition, key, items))
    for kept in _without_one(case.communities) if len(case.communities) > 1 else ():
        yield replace(
            case,
            communities=list(kept),
            reports=[report for report in case.reports if report.community in kept],
            areas=[area for area in case.areas if area.kind != "community" or area.code in kept],
        )
    for kept in _without_one(case.reports):
        yield replace(case, reports=list(kept))
    for number, report in enumerate(case.reports):
        for smaller in _smaller_reports(report):
            yield replace(case, reports=[*case.reports[:number], smaller, *case.reports[number + 1 :]])
    for number, criterion in enumerate(edition.criteria):
        for where in _without_one(criterion.where):
            changed = criterion.model_copy(update={"where": where})
            criteria = (*edition.criteria[:number], changed, *edition.criteria[number + 1 :])
            yield replace(case, edition=_with(edition, "criteria", criteria))


def _with(edition, key, items):
    """The edition with other items: made anew, since a copy would keep what the old one had worked out."""
    return Edition.model_validate(
        {**edition.model_dump(by_alias=True), key: [item.model_dump(by_alias=True) for item in items]}
    )


def _smaller_reports(report):
    for code, rows in report.ledgers.items():
        others = {other: kept for other, kept in report.ledgers.items() if other != code}
        yield replace(report, ledgers=others)
        for kept in _without_one(as_dicts(rows)):
            yield replace(report, ledgers={**others, code: as_rows(kept, fields=tuple(rows.values))})
    for code in report.not_applicable:
        yield replace(report, not_applicable={k: v for k, v in report.not_applicable.items() if k != code})


def _without_one(items):
    for number in range(len(items)):
        yield items[:number] + items[number + 1 :]


def described(case):
    """The case as text that a reader can follow."""
    lines = [f"period {period_text(case.t)}"]
    lines += [criterion.model_dump_json(by_alias=True, exclude_defaults=True) for criterion in case.edition.criteria]
    used = {code for report in case.reports for code in report.ledgers}
    for ledger in case.edition.ledgers:
        if ledger.code in used:
            lines.append(
                f"ledger {ledger.code}: {ledger.keeps}, {ledger.kept_by}, {ledger.date_field}, {ledger.key_fields}"
            )
    for report in case.reports:
        lines.append(f"{report.community} {period_text(report.month)} {report.kept_by} {sorted(report.not_applicable)}")
        for code, rows in report.ledgers.items():
            lines += [f"  {code}: { ({k: v for k, v in row.items() if v is not None}) }" for row in as_dicts(rows)]
    return "\n".join(lines)

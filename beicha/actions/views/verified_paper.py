"""Self-report beside verification as a workbook: the values of the screen."""

from typing import Any

from beicha.actions.grants import Grant
from beicha.actions.views.reading import read_months
from beicha.actions.views.verified import verified_of
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded


def verified_workbook(
    grant: Grant, store: Store, period: str, street: str, line: str, *, language: Language
) -> tuple[str, bytes]:
    """A name and the bytes of the .xlsx file; raises Refused where nothing is seen, KeyError for no month."""
    months = read_months(grant, store, period, period)
    if not months:
        raise KeyError(period)
    found, edition = verified_of(months[0], street, line), months[0].edition
    title = say(language, "Self-report and verification {period}", period=period)
    notes = [say(language, "Edition: {edition} ({digest})", edition=edition.title, digest=edition.digest[:12])]
    heads = {
        "street_name": later("Street"), "name": later("Community"), "verified": later("Verified criteria"),
        "self_points": later("Self-reported points"), "found_points": later("Verified points"),
        "lead": later("Ahead by"), "mean": later("Mean difference (percentage points)"),
    }  # fmt: skip
    more = {
        "street_name": later("Street"), "name": later("Community"), "criterion": later("Criterion"),
        "title": later("Title"), "points": later("Points"), "self_points": later("Self-reported points"),
        "found_points": later("Verified points"), "lead": later("Ahead by"),
    }  # fmt: skip
    sheets = [_sheet(title, found.communities, heads, notes, language)]
    sheets.append(_sheet(say(language, "By criterion"), found.criteria, more, notes, language))
    return f"{title}.xlsx", workbook_of(sheets)


def _sheet(title: str, frame: Any, heads: dict[str, str], notes: list[str], language: Language) -> Sheet:
    columns = [Column(say(language, text), 24 if code in ("name", "title") else 14) for code, text in heads.items()]
    rows = [[_value(value) for value in row] for row in frame[list(heads)].itertuples(index=False)]
    return Sheet(title, columns, rows, notes)


def _value(value: Any) -> Any:
    return float(rounded(value)) if isinstance(value, float) else value

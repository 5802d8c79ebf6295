"""The list of who has reported a month, as a workbook: the values of the screen, one sheet for each of its blocks."""

from datetime import datetime

from beicha.actions.grants import Grant
from beicha.actions.views.reporting import Reporting, read_reporting
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.reporting import days_text, reporting_text
from beicha.words.times import shown


def reporting_workbook(
    grant: Grant, store: Store, period: str, street: str, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """A name and the bytes of the .xlsx file; raises Refused where the grant sees nothing, KeyError for no month."""
    view = read_reporting(grant, store, period, street, now=now)
    if not view.units:
        raise KeyError(period)
    title = say(language, "Reporting {period}", period=period)
    return f"{title}.xlsx", workbook_of([_units(view, title, language, now), _streets(view, language, now)])


def _stamps(view: Reporting, language: Language, now: datetime) -> list[str]:
    due = view.due.isoformat() if view.due else say(language, "no due day")
    made = later("Month {period}, due {due}. Made {time}.")
    return [say(language, made, period=view.period, due=due, time=shown(now))]


def _units(view: Reporting, title: str, language: Language, now: datetime) -> Sheet:
    columns = (
        Column(say(language, "Street"), 20),
        Column(say(language, "Community"), 20),
        Column(say(language, "State"), 14),
        Column(say(language, "First report"), 18),
        Column(say(language, "Newest report"), 18),
        Column(say(language, "Versions"), 8),
        Column(say(language, "Against the due day"), 18),
        Column(say(language, "Contact"), 14),
        Column(say(language, "Telephone"), 16, "@"),
    )
    rows = [
        [
            unit.street_name,
            unit.name,
            reporting_text(unit.state, language),
            shown(unit.arrival.first) if unit.arrival else None,
            shown(unit.arrival.newest) if unit.arrival else None,
            unit.arrival.versions if unit.arrival else 0,
            days_text(unit.state, unit.days, language),
            unit.contact or None,
            unit.phone or None,
        ]
        for unit in view.units
    ]
    return Sheet(title, columns, rows, _stamps(view, language, now))


def _streets(view: Reporting, language: Language, now: datetime) -> Sheet:
    columns = (
        Column(say(language, "Street"), 20),
        Column(say(language, "Expected"), 8),
        Column(say(language, "Reported"), 8),
        Column(say(language, "Reported late"), 8),
        Column(say(language, "Not reported"), 8),
        Column(say(language, "In time %"), 10),
    )
    rows = [
        [street.name or None, street.expected, *street.counts.values(), _number(street.rate)] for street in view.streets
    ]
    return Sheet(say(language, "Streets"), columns, rows, _stamps(view, language, now))


def _number(rate: float | None) -> float | None:
    return None if rate is None else float(rounded(rate))

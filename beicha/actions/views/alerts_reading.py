"""The facts behind the warnings, cut to what somebody sees.

What a community's rows come to is kept by the numbers of its submissions: an upload counts the rows of one community
anew, and nobody else's.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from threading import Lock

import numpy as np

from beicha.actions.deadlines import day_of
from beicha.actions.grants import Grant, require
from beicha.actions.views.alert_signs import FALLS
from beicha.actions.views.alerts import Alert, AlertList, alerts_in_view, drifting, falling, frequencies
from beicha.actions.views.months import Month
from beicha.actions.views.reading import read_months
from beicha.actions.views.tasks import read_tasks
from beicha.store import Store, editions, submissions
from scoring.assess import code_facts
from scoring.edition import Edition
from scoring.outlook import Counted, count_units, first_month
from scoring.periods import month_number, month_of, period_text

MONTHS_BACK = 12
"""So far back verified months are looked for."""
MOST_KEPT = 32_768
AT_ONCE = 100
"""Communities whose rows are in memory together."""

_Key = tuple[str, str, int, str, tuple[int, ...]]
_kept: "OrderedDict[_Key, tuple[Counted, ...]]" = OrderedDict()
_lock = Lock()


def read_alerts(grant: Grant, store: Store, street: str = "", line: str = "", *, now: datetime) -> AlertList:
    """The warnings of all streets and lines or one; raises Refused where the grant sees no rows."""
    about, month = read_about_communities(grant, store, day_of(now))
    rows = read_tasks(grant, store, now=now).of_street(street).rows
    return alerts_in_view(about, rows, month, (street, line), now)


def read_about_communities(grant: Grant, store: Store, today: date) -> tuple[tuple[Alert, ...], Month | None]:
    """The warnings about communities, and the newest scored month as far as the grant sees it; raises as above."""
    require(grant, "rows")
    here = month_of(today)
    months = read_months(grant, store, period_text(here - MONTHS_BACK), period_text(here))
    if not months:
        return (), None
    last = months[-1]
    counted = _counted(store, last, here)
    found = [*frequencies(last, counted, today), *falling(months[-FALLS - 1 :]), *drifting(months)]
    return tuple(found), last


def _counted(store: Store, month: Month, here: int) -> list[tuple[str, list[Counted]]]:
    """The frequencies of the month's criteria for every community in view; none where another edition is in force."""
    with store.read() as view:
        seq = editions.timeline(view).at(period_text(here))
        edition = editions.load(view, seq).edition if seq is not None else None
    if edition is None or edition.digest != month.edition.digest:
        return []
    codes = month.standing.cells.communities
    whole = _of_communities(store, edition, codes, here)
    seen = {criterion.code: place for place, criterion in enumerate(month.edition.criteria)}
    return [(code, list(_seen(edition, whole[code], seen))) for code in codes]


def _seen(edition: Edition, found: Sequence[Counted], seen: dict[str, int]) -> list[Counted]:
    """Those of the criteria in view, by their indexes there."""
    pairs = [(one, edition.criteria[one.criterion].code) for one in found]
    return [replace(one, criterion=seen[code]) for one, code in pairs if code in seen]


def _of_communities(store: Store, edition: Edition, codes: Sequence[str], here: int) -> dict[str, tuple[Counted, ...]]:
    """The frequencies of each community, counted where its submissions are others than they were."""
    with store.read() as view:
        numbers = submissions.current_numbers(view, period_text(first_month(edition, here)), period_text(here))
    keys: dict[str, _Key] = {code: (store.place, edition.digest, here, code, numbers.get(code, ())) for code in codes}
    with _lock:
        found = {code: _kept[key] for code, key in keys.items() if key in _kept}
    lacking = [code for code in codes if code not in found]
    for start in range(0, len(lacking), AT_ONCE):
        fresh = _counted_anew(store, edition, lacking[start : start + AT_ONCE], here)
        _keep({keys[code]: one for code, one in fresh.items()})
        found |= fresh
    return found


def _counted_anew(store: Store, edition: Edition, codes: Sequence[str], here: int) -> dict[str, tuple[Counted, ...]]:
    with store.read() as view:
        current = submissions.current(view, codes, period_text(here), period_text(first_month(edition, here)))
    reports = [
        content.report(version.community, month_number(version.period), version.kept_by) for version, content in current
    ]
    counted = count_units(edition, here, code_facts(edition, codes, reports))
    return {code: _alone(counted, number) for number, code in enumerate(codes)}


def _alone(counted: Sequence[Counted], number: int) -> tuple[Counted, ...]:
    """The same of one community alone."""
    place = np.array([number])
    return tuple(replace(one, rows=one.rows[:, place], known=one.known[place]) for one in counted)


def _keep(fresh: dict[_Key, tuple[Counted, ...]]) -> None:
    with _lock:
        _kept.update(fresh)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)

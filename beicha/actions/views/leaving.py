"""Readiness on a day: what of a month still counts by then, and what it loses (scoring.md §6)."""

from dataclasses import dataclass

import pandas as pd

from beicha.actions.assessing import Told, reports_by_block, reports_of, untold
from beicha.actions.grants import Grant, Refused, lines_seen, require_for, require_month
from beicha.actions.month_scores import edition_of
from beicha.actions.personal_views import asked_by, shown_rows
from beicha.actions.views.months import Month
from beicha.actions.views.parts import seen_of
from beicha.store import Store, areas
from scoring.assess import assess
from scoring.cells import together
from scoring.leaving import leaving_rows
from scoring.periods import month_number
from scoring.rollup import roll_up
from scoring.rules import TOLERANCE
from scoring.states import STATES

COLUMNS = ["community", "name", "street", "criterion", "title", "line", "remedy", "before", "after", "taken"]


@dataclass(frozen=True)
class Readiness:
    """A month as it stands on a later day if nothing more is done.

    ``then`` is the month with rows out of their windows left aside. ``findings``: community, name, street (name),
    criterion, title, line, remedy, before and after (states), taken (points, 0 where it is not looked at any more),
    the most first.
    """

    then: Month
    findings: pd.DataFrame


def read_readiness(
    grant: Grant,
    store: Store,
    now: Month,
    begins: str,
    told: Told = untold,
) -> Readiness | None:
    """The month ``now`` at a later one, as far as the grant sees it; None where it sees nothing of it."""
    require_month(grant, "see", now.period)
    with store.read() as view:
        edition, tree = edition_of(view, now.period).edition, areas.tree(view, now.period)
        month, later = month_number(now.period), month_number(begins)
        parts = [
            assess(edition, month, block, reports, begins=later).cells()
            for block, reports in reports_by_block(view, now.period, told)
        ]
    then = seen_of(Month(now.period, roll_up(edition, together(parts), tree)), grant, tree)
    return None if then is None else Readiness(then, _findings(now, then))


def _findings(now: Month, then: Month) -> pd.DataFrame:
    """What loses points against the month as it stands."""
    streets = {area.code: area.name for area in now.children("street")}
    table, rows = now.standing.communities, []
    places = {code: number for number, code in enumerate(then.standing.cells.communities)}
    for number, code in enumerate(now.standing.cells.communities):
        for k, criterion in enumerate(now.edition.criteria):
            here = places[code]
            taken = max(float(then.standing.lost[here, k] - now.standing.lost[number, k]), 0.0)
            fallen = float(now.standing.earned[number, k] - then.standing.earned[here, k])
            if fallen > TOLERANCE:
                where = [code, table["name"].iloc[number], streets.get(table["street"].iloc[number], "")]
                about = [criterion.code, criterion.title, now.edition.line_title(criterion.lead), criterion.remedy]
                states = now.standing.cells.state[number, k], then.standing.cells.state[here, k]
                rows.append([*where, *about, *(STATES[state] for state in states), taken])
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values("taken", ascending=False, kind="stable", ignore_index=True)


def read_leaving(grant: Grant, store: Store, months: tuple[str, str], community: str, code: str) -> pd.DataFrame:
    """The rows of a community that count for a criterion in the first of the months and no longer at the second.

    Columns as ``reading.read_evidence`` gives. Raises Refused where the grant gives no rows of it.
    """
    require_month(grant, "rows", months[0])
    with store.read() as view:
        tree = areas.tree(view, months[0])
        require_for(grant, "rows", [community], tree)
        edition, reports = edition_of(view, months[0]).edition, reports_of(view, [community], months[0])
    lines = lines_seen(grant, community, tree)
    if lines is not None and edition.criterion(code).lead not in lines:
        raise Refused(grant, "see", community)
    found = leaving_rows(edition, month_number(months[0]), month_number(months[1]), reports, code)
    told = found.assign(corrected=pd.Series([()] * len(found), dtype=object))
    return shown_rows(grant, store, told, edition, asked_by(community, None))

"""What lost points in a month, community by community and criterion by criterion, with the task that is open for it."""

from collections.abc import Iterable

import pandas as pd

from beicha.actions.views.months import Month
from beicha.actions.views.tasks import TaskRow
from scoring.rules import TOLERANCE
from scoring.states import STATES

COLUMNS = ["community", "name", "street", "criterion", "title", "line", "state", "lost", "task"]


def lost_points(month: Month, tasks: Iterable[TaskRow], street: str = "", line: str = "") -> pd.DataFrame:
    """The findings that lost points, those that lost most first.

    Columns: community (code), name, street (name), criterion (code), title, line (title), state, lost, task (the
    number of the open one, 0 for none). Of one street or line where it is named.
    """
    standing, edition = month.standing, month.edition
    open_ = {(row.task.new.community, row.task.new.criterion): row.task.id for row in tasks if _is_open(row)}
    streets = {area.code: area.name for area in month.children("street")}
    table, rows = standing.communities, []
    for number in month.members(street or None):
        code = standing.cells.communities[number]
        for k, criterion in enumerate(edition.criteria):
            lost = float(standing.lost[number, k])
            if lost > TOLERANCE and line in ("", criterion.lead):
                state = STATES[standing.cells.state[number, k]]
                where = [code, table.loc[code, "name"], streets.get(table.loc[code, "street"], "")]
                about = [criterion.code, criterion.title, edition.line_title(criterion.lead), state, lost]
                rows.append([*where, *about, open_.get((code, criterion.code), 0)])
    found = pd.DataFrame(rows, columns=COLUMNS)
    return found.sort_values("lost", ascending=False, kind="stable", ignore_index=True)


def _is_open(row: TaskRow) -> bool:
    return row.state in ("open", "claimed")

"""Where the next point comes from: all that is at stake in a month, one by one and grouped by what is to be done."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month
from scoring.rules import TOLERANCE
from scoring.stake import joint_gain, own_gains
from scoring.states import STATES


@dataclass(frozen=True)
class Stakes:
    """What could be won, the most first.

    ``each``: community, name, street (name), criterion, title, line, state, lost (points), gain (of the district
    score), own (of the community's). ``remedies``: index criterion code; title, line, remedy, communities (that lose
    by it), lost, gain (of the district, if it became met in all of them together). ``exact`` tells whether the gains
    of several together are exact too: who sees a part of a month is not told how the mean of others moves with it.
    """

    each: pd.DataFrame
    remedies: pd.DataFrame
    exact: bool


_EACH = ["community", "name", "street", "criterion", "title", "line", "state", "lost", "gain", "own"]
_REMEDIES = ["title", "line", "remedy", "communities", "lost", "gain"]


def stakes_of(month: Month, street: str = "", line: str = "") -> Stakes:
    """All that is at stake in view, of one street or line where it is named."""
    chosen = _chosen(month, street, line)
    exact = month.of_whole is None or month.edition.not_applicable != "mean_of_others"
    return Stakes(_each(month, chosen), _remedies(month, chosen), exact)


def gain_of(month: Month, criteria: Collection[str], street: str = "", line: str = "") -> float:
    """How much the district score rises if these criteria became met together, in all that is in view."""
    wanted = np.array([criterion.code in criteria for criterion in month.edition.criteria], bool)
    return _joint(month, _chosen(month, street, line) & wanted)


def _joint(month: Month, findings: np.ndarray) -> float:
    return joint_gain(month.standing, findings) if month.of_whole is None else float(month.stakes[findings].sum())


def _chosen(month: Month, street: str, line: str) -> np.ndarray:
    """Which findings are in view and lose something, communities by criteria."""
    standing = month.standing
    here = np.zeros(len(standing.cells.communities), bool)
    here[month.members(street or None)] = True
    led = np.array([line in ("", criterion.lead) for criterion in month.edition.criteria], bool)
    return np.asarray((standing.lost > TOLERANCE) & here[:, None] & led)


def _each(month: Month, chosen: np.ndarray) -> pd.DataFrame:
    standing, edition = month.standing, month.edition
    streets = {area.code: area.name for area in month.children("street")}
    table, here = standing.communities, np.nonzero(chosen)
    of_community = {
        "community": list(standing.cells.communities),
        "name": table["name"].tolist(),
        "street": [streets.get(code, "") for code in table["street"]],
    }
    of_criterion = {
        "criterion": [criterion.code for criterion in edition.criteria],
        "title": [criterion.title for criterion in edition.criteria],
        "line": [edition.line_title(criterion.lead) for criterion in edition.criteria],
    }
    columns: dict[str, Sequence[object]] = {name: [said[n] for n in here[0]] for name, said in of_community.items()}
    columns |= {name: [said[k] for k in here[1]] for name, said in of_criterion.items()}
    columns["state"] = [STATES[number] for number in standing.cells.state[here]]
    worth = {"lost": standing.lost, "gain": month.stakes, "own": own_gains(standing)}
    columns |= {name: values[here].tolist() for name, values in worth.items()}
    found = pd.DataFrame(columns, columns=_EACH)
    return found.sort_values(["gain", "own"], ascending=False, kind="stable", ignore_index=True)


def _remedies(month: Month, chosen: np.ndarray) -> pd.DataFrame:
    standing, edition, rows = month.standing, month.edition, {}
    for k in np.flatnonzero(chosen.any(axis=0)):
        criterion, here = edition.criteria[k], chosen[:, k]
        alone = np.zeros_like(chosen)
        alone[:, k] = here
        gain = _joint(month, alone)
        said = [criterion.title, edition.line_title(criterion.lead), criterion.remedy]
        rows[criterion.code] = [*said, int(here.sum()), float(standing.lost[here, k].sum()), gain]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=_REMEDIES)
    return table.sort_values(["gain", "lost"], ascending=False, kind="stable")

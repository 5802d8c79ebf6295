"""The first screen: how the district or a street stands in a month, who lags, and what there is to win."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month, MonthScores, before, last_reported, trend, year_so_far
from scoring.outcomes import divided
from scoring.ranks import band
from scoring.states import STATES

MOST_STAKES = 15


@dataclass(frozen=True)
class Overview:
    """How an area stands in a month.

    ``ranking``: index community code; name, street (name), rank_class, order, rank (Int64), score, lost (points lost
    of 100), distance, change (against the month before under the same edition, NaN: none), reported, gates and vetoes
    (titles), left_out, band. Where a line is chosen, score, lost and distance are those of its criteria.
    ``sections``: index community code, a column of rates in percent for each section code; NaN: nothing counts.
    ``streets``: index area code, of districts where there are several; name, score, communities, not_reported,
    without_score, distance.
    ``lines``: index line code; title, score, earned, points, lost, over the communities in view.
    ``stakes``: community, name, criterion, title, section, line, state, lost, stake; the most first.
    ``unreported``: index community code; name, street, last (newest reported month or ''), score.
    ``trend``: period, edition, score, reported, communities.
    """

    period: str
    edition: str
    digest: str
    pass_mark: float
    area: str
    name: str
    line: str
    score: float
    distance: float
    band: str
    change: float
    year: float
    communities: int
    reported: int
    without_score: int
    ranking: pd.DataFrame
    sections: pd.DataFrame
    section_titles: Mapping[str, str]
    streets: pd.DataFrame
    lines: pd.DataFrame
    stakes: pd.DataFrame
    unreported: pd.DataFrame
    trend: pd.DataFrame

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells this view from others of the same data."""
        return self.period, self.area, self.line


def overview_of(month: Month, history: Sequence[MonthScores], street: str = "", line: str = "") -> Overview:
    """The overview of the district, or of one street, with all lines or one."""
    area = _area_in_view(month, street)
    members = month.members(area)
    standing, edition = month.standing, month.edition
    score = _line_score(month, members, line) if line else standing.mean(members)
    there = standing.cells.reported[members]
    codes = [standing.cells.communities[number] for number in members]
    last = before(history, month.period)
    return Overview(
        period=month.period,
        edition=f"{edition.title} {edition.version}",
        digest=edition.digest,
        pass_mark=edition.pass_mark,
        area=area,
        name=standing.tree.areas[area].name if area else "",
        line=edition.line_title(line) if line else month.only,
        score=score,
        distance=score - edition.pass_mark,
        band=band(edition, score),
        change=standing.mean(members) - last.score(area) if last and not line else float("nan"),
        year=year_so_far(history, month.period, area),
        communities=len(members),
        reported=int(there.sum()),
        without_score=int(np.isnan(standing.score[members]).sum()),
        ranking=_ranking(month, members, last, line),
        sections=100.0 * standing.sections.iloc[members],
        section_titles={section.code: section.title for section in edition.sections},
        streets=_streets(month),
        lines=_lines(month, members),
        stakes=_stakes(month, members, line),
        unreported=_unreported(month, members[~there], history),
        trend=trend(history, {"score": area}, codes),
    )


def _area_in_view(month: Month, street: str) -> str:
    """The street or district where it is one, else the only one that holds all in view; '' stands for all in view."""
    known = [area.code for kind in ("district", "street") for area in month.children(kind)]
    if street in known:
        return street
    everybody = len(month.members(None))
    return next((code for code in known if len(month.members(code)) == everybody), "")


def _led_by(month: Month, line: str) -> np.ndarray:
    return np.array([criterion.lead == line for criterion in month.edition.criteria], bool)


def _line_score(month: Month, members: np.ndarray, line: str) -> float:
    """100 · earned ÷ points over the criteria that the line leads; NaN where nothing counts."""
    led = _led_by(month, line)
    full = float(month.standing.points[members][:, led].sum())
    return 100.0 * float(month.standing.earned[members][:, led].sum()) / full if full > 0 else float("nan")


def _ranking(month: Month, members: np.ndarray, last: MonthScores | None, line: str) -> pd.DataFrame:
    standing, edition = month.standing, month.edition
    table = standing.communities.iloc[members]
    sections = {section.code: section.title for section in edition.sections}
    vetoes = {veto.code: veto.title for veto in edition.vetoes}
    score = table["score"].to_numpy(np.float64)
    if line:
        led = _led_by(month, line)
        full = standing.points[members][:, led].sum(axis=1)
        score = np.where(full > 0, 100.0 * divided(standing.earned[members][:, led].sum(axis=1), full), np.nan)
    previous = np.array([last.score(code) if last else np.nan for code in table.index], np.float64)
    return pd.DataFrame(
        {
            "name": table["name"],
            "street": _street_names(month, table),
            "rank_class": table["rank_class"],
            "order": table["order"],
            "rank": table["rank"],
            "score": score,
            "lost": np.maximum(100.0 - score, 0.0),
            "distance": score - edition.pass_mark,
            "change": np.nan if line else score - previous,
            "reported": table["reported"],
            "gates": [tuple(sections[code] for code in codes) for codes in table["gates_missed"]],
            "vetoes": [tuple(vetoes[code] for code in codes) for codes in table["vetoes"]],
            "left_out": table["left_out"],
            "band": table["band"],
        }
    )


def _street_names(month: Month, table: pd.DataFrame) -> list[str]:
    """The street's name for every row; '' where the street is not in view."""
    names = {area.code: area.name for area in month.children("street")}
    return [names.get(street, "") for street in table["street"]]


def _streets(month: Month) -> pd.DataFrame:
    parts = month.standing.areas_table.loc[[area.code for area in month.parts()]]
    return parts[["name", "score", "communities", "not_reported", "without_score", "distance"]]


def _lines(month: Month, members: np.ndarray) -> pd.DataFrame:
    standing = month.standing
    rows = {}
    for line in month.edition.lines:
        led = _led_by(month, line.code)
        earned = float(standing.earned[members][:, led].sum())
        points = float(standing.points[members][:, led].sum())
        rows[line.code] = [line.title, _line_score(month, members, line.code), earned, points, points - earned]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["title", "score", "earned", "points", "lost"])


def _stakes(month: Month, members: np.ndarray, line: str) -> pd.DataFrame:
    """The findings in view with the most points at stake, a line's own where one is chosen."""
    standing, edition = month.standing, month.edition
    won = month.stakes[members]
    if line:
        won = np.where(_led_by(month, line), won, 0.0)
    order = np.argsort(-won, axis=None, kind="stable")[:MOST_STAKES]
    rows = []
    for place, k in zip(*np.unravel_index(order, won.shape), strict=True):
        if won[place, k] > 0:
            number, criterion = members[place], edition.criteria[k]
            code = standing.cells.communities[number]
            name = standing.tree.areas[code].name if code in standing.tree.areas else code
            state = STATES[standing.cells.state[number, k]]
            lost, stake = float(standing.lost[number, k]), float(won[place, k])
            section, lead = edition.section(criterion.section).title, edition.line_title(criterion.lead)
            rows.append([code, name, criterion.code, criterion.title, section, lead, state, lost, stake])
    columns = ["community", "name", "criterion", "title", "section", "line", "state", "lost", "stake"]
    return pd.DataFrame(rows, columns=columns)


def _unreported(month: Month, numbers: np.ndarray, history: Sequence[MonthScores]) -> pd.DataFrame:
    table = month.standing.communities.iloc[numbers].sort_values("order", kind="stable")
    return pd.DataFrame(
        {
            "name": table["name"],
            "street": _street_names(month, table),
            "last": [last_reported(history, month.period, code) for code in table.index],
            "score": table["score"],
        }
    )

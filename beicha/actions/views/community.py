"""A community's page: what it got and lost per section and criterion, why, and how it stands beside its street."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month, MonthScores, before, trend, year_so_far
from scoring.outcomes import Reason
from scoring.states import STATES


@dataclass(frozen=True)
class CommunityView:
    """How a community stands in a month.

    ``sections``: index section code; title, earned, full, lost, rate (percent, NaN: nothing counts), gate (NaN: none),
    gate_missed, street_rate (mean rate of the street, percent), criteria (count), losing (count).
    ``criteria``: index criterion code, in the edition's order; columns section (code), title, standard,
    state, fraction and self_fraction (NaN: none), points, earned, lost (0 outside the denominator), counts (in the
    denominator), stake (district points), lead (code), line (title), supporting (titles), method, window, remedy,
    reason (a Reason), street_rate (mean fraction of the street where it counts).
    ``bonuses``: index code; title, points. ``trend``: period, edition, score, street, district, reported, communities.
    ``line`` names the lines that all of it is cut to, '' for all.
    """

    period: str
    edition: str
    digest: str
    pass_mark: float
    code: str
    name: str
    street: str
    street_name: str
    district: str
    score: float
    base: float
    bonus: float
    distance: float
    change: float
    year: float
    band: str
    rank: int | None
    rank_class: str
    ranked: int
    reported: bool
    gates: tuple[str, ...]
    vetoes: tuple[str, ...]
    street_score: float
    district_score: float
    sections: pd.DataFrame
    criteria: pd.DataFrame
    bonuses: pd.DataFrame
    trend: pd.DataFrame
    line: str

    @property
    def lost(self) -> pd.DataFrame:
        """The criteria that lost points, the most first."""
        losing = self.criteria[self.criteria["lost"] > 1e-9]
        return losing.sort_values("lost", ascending=False, kind="stable")


def community_of(
    month: Month, history: Sequence[MonthScores], community: str, reason: Callable[[int], Reason]
) -> CommunityView:
    """The view of one community; ``reason`` gives the reason of a criterion by its index in the edition.

    Raises KeyError where the month has no such community.
    """
    standing, edition = month.standing, month.edition
    row: dict[Any, Any] = standing.communities.loc[community].to_dict()
    number = standing.cells.communities.index(community)
    street, district = standing.tree.ancestor(number, "street") or "", standing.tree.ancestor(number, "district") or ""
    peers = month.members(street or None)
    classmates = standing.communities[standing.communities["rank_class"] == row["rank_class"]]
    last = before(history, month.period)
    areas = standing.tree.areas
    sections = {section.code: section.title for section in edition.sections}
    vetoes = {veto.code: veto.title for veto in edition.vetoes}
    return CommunityView(
        period=month.period,
        edition=f"{edition.title} {edition.version}",
        digest=edition.digest,
        pass_mark=edition.pass_mark,
        code=community,
        name=row["name"],
        street=street,
        street_name=areas[street].name if street else "",
        district=district,
        score=row["score"],
        base=row["base"],
        bonus=row["bonus"],
        distance=row["distance"],
        change=row["score"] - last.score(community) if last else float("nan"),
        year=year_so_far(history, month.period, community),
        band=row["band"],
        rank=None if pd.isna(row["rank"]) else int(row["rank"]),
        rank_class=row["rank_class"],
        ranked=int(classmates["rank"].notna().sum()),
        reported=row["reported"],
        gates=tuple(sections[code] for code in row["gates_missed"]),
        vetoes=tuple(vetoes[code] for code in row["vetoes"]),
        street_score=standing.mean(peers) if street else float("nan"),
        district_score=standing.mean(month.members(district)) if district else float("nan"),
        sections=_sections(month, number, peers),
        criteria=_criteria(month, number, peers, reason),
        bonuses=_bonuses(month, number),
        trend=trend(history, {"score": community, "street": street, "district": district}, [community]),
        line=month.only,
    )


def _sections(month: Month, number: int, peers: np.ndarray) -> pd.DataFrame:
    standing, edition = month.standing, month.edition
    earned, full = standing.scores.earned[number], standing.scores.full[number]
    of = np.array([criterion.section for criterion in edition.criteria], object)
    losing = (standing.lost[number] > 1e-9) & standing.in_denominator[number]
    codes = [section.code for section in edition.sections]
    missed = standing.gates_missed[number]
    return pd.DataFrame(
        {
            "title": [section.title for section in edition.sections],
            "earned": earned,
            "full": full,
            "lost": full - earned,
            "rate": 100.0 * standing.scores.rate[number],
            "gate": [section.gate if section.gate is not None else np.nan for section in edition.sections],
            "gate_missed": [code in missed for code in codes],
            "street_rate": [_mean(100.0 * standing.scores.rate[peers, place]) for place in range(len(codes))],
            "criteria": [int((of == code).sum()) for code in codes],
            "losing": [int(losing[of == code].sum()) for code in codes],
        },
        index=pd.Index(codes, name="section"),
    )


def _mean(values: np.ndarray) -> float:
    there = values[~np.isnan(values)]
    return float(there.mean()) if len(there) else float("nan")


def _criteria(month: Month, number: int, peers: np.ndarray, reason: Callable[[int], Reason]) -> pd.DataFrame:
    standing, edition = month.standing, month.edition
    cells, criteria = standing.cells, edition.criteria
    counted = np.where(standing.in_denominator[peers], standing.weighing.fraction[peers], np.nan)
    columns = {
        "section": [criterion.section for criterion in criteria],
        "title": [criterion.title for criterion in criteria],
        "standard": [criterion.standard for criterion in criteria],
        "state": np.array(STATES, object)[cells.state[number]],
        "fraction": cells.fraction[number],
        "self_fraction": cells.self_fraction[number],
        "points": [criterion.points for criterion in criteria],
        "earned": standing.earned[number],
        "lost": standing.lost[number],
        "counts": standing.in_denominator[number],
        "stake": month.stakes[number],
        "lead": [criterion.lead for criterion in criteria],
        "line": [edition.line_title(criterion.lead) for criterion in criteria],
        "supporting": [tuple(edition.line_title(line) for line in criterion.supporting) for criterion in criteria],
        "method": [criterion.method for criterion in criteria],
        "window": [criterion.window for criterion in criteria],
        "remedy": [criterion.remedy for criterion in criteria],
        "reason": [reason(k) for k in range(len(criteria))],
        "street_rate": [_mean(counted[:, k]) for k in range(len(criteria))],
    }
    return pd.DataFrame(columns, index=pd.Index([criterion.code for criterion in criteria], name="criterion"))


def _bonuses(month: Month, number: int) -> pd.DataFrame:
    edition = month.edition
    codes = pd.Index([bonus.code for bonus in edition.bonuses], name="bonus")
    titles = [bonus.title for bonus in edition.bonuses]
    return pd.DataFrame({"title": titles, "points": month.standing.cells.bonus[number]}, index=codes)

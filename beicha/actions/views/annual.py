"""The result of a year, and of the cycle up to it, for every community and line, each with the months it comes from.

Only what is final goes in, unless the view is asked to take in the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from beicha.actions.awards import AwardRule, rule_in
from beicha.actions.deadlines import day_of
from beicha.actions.grants import Grant, Post, covered, require
from beicha.actions.reviews import states
from beicha.actions.views.months import Month
from beicha.actions.views.reading import read_months
from beicha.store import Store, Transaction, areas
from scoring.edition import Edition
from scoring.ranks import band, dense_ranks
from scoring.results import cycle_result, year_result
from scoring.rules import TOLERANCE

CYCLE_YEARS = 3
WHOLE = Grant("annual", (Post("auditor"),))
"""Places and awards are those in the whole tree, also where only a part of it is shown."""


@dataclass(frozen=True)
class AnnualView:
    """A year.

    ``months`` are its periods with a score. ``communities``: index code; name, street, rank_class, one column for each
    month (score; NaN: not taken in), taken (months taken in), score (of the year), place (0: none), band, award, bars
    (why there is none), cycle, cycle_place. ``lines``: index code; title, one column a month, score. ``years`` are
    those of the cycle, with their weights.
    """

    year: int
    months: tuple[str, ...]
    edition: str
    digests: tuple[str, ...]
    rule: AwardRule
    unreviewed: bool
    communities: pd.DataFrame
    lines: pd.DataFrame
    years: tuple[tuple[int, float], ...]

    @property
    def left_out(self) -> dict[str, int]:
        """From a community's name to the number of its months that are not final and so not taken in."""
        table, known = self.communities, len(self.months)
        short = table[table["taken"] < known]
        return {} if self.unreviewed else {str(row["name"]): known - int(row["taken"]) for _, row in short.iterrows()}


def years_of(periods: Sequence[str]) -> tuple[int, ...]:
    """The years with a score, newest first."""
    return tuple(sorted({int(period[:4]) for period in periods}, reverse=True))


def read_annual(grant: Grant, store: Store, year: int, *, unreviewed: bool, now: datetime) -> AnnualView | None:
    """The result of a year as far as the grant sees it; None where no month of it has a score.

    Raises Refused where the grant opens no files: a year's result is for offices, streets and auditors.
    """
    require(grant, "files")
    first = year - CYCLE_YEARS + 1
    last = min(f"{year}-12", f"{day_of(now):%Y-%m}")
    seen = _of_year(read_months(grant, store, f"{first}-01", last), year)
    months = read_months(WHOLE, store, f"{first}-01", last)
    own = _of_year(months, year)
    if not seen:
        return None
    with store.read() as view:
        here = covered(grant, "files", areas.tree(view, seen[-1].period))
        final = {month.period: _final(view, month) for month in months}
        rule = rule_in(view)
    scores = {month.period: _scores(month, None if unreviewed else final[month.period]) for month in months}
    edition = own[-1].edition
    years = _cycle(months, edition, year)
    communities = _communities(own, scores, years, rule)
    lines = _lines(seen, None if unreviewed else final)
    periods, digests = tuple(month.period for month in own), tuple(dict.fromkeys(month.edition.digest for month in own))
    name = f"{edition.title} {edition.version}"
    shown = communities[communities.index.isin(here)]
    return AnnualView(year, periods, name, digests, rule, unreviewed, shown, lines, years)


def _of_year(months: Sequence[Month], year: int) -> list[Month]:
    return [month for month in months if month.period[:4] == str(year)]


def _final(view: Transaction, month: Month) -> frozenset[str]:
    found = states(view, month.period, list(month.standing.cells.communities))
    return frozenset(code for code, state in found.items() if state == "final")


def _scores(month: Month, final: frozenset[str] | None) -> dict[str, float]:
    """The month's scores by community, of those that are final where these are given."""
    codes = month.standing.cells.communities
    pairs = zip(codes, month.standing.score, strict=True)
    return {code: float(score) for code, score in pairs if final is None or code in final}


def _cycle(months: Sequence[Month], edition: Edition, year: int) -> tuple[tuple[int, float], ...]:
    """The years of the cycle up to this one with their weights; those of the edition end with its last year."""
    there = sorted({int(month.period[:4]) for month in months})
    weights = edition.cycle_weights
    if not weights:
        return tuple((one, 1.0) for one in there)
    first = year - len(weights) + 1
    return tuple((one, float(weights[one - first])) for one in there if one >= first)


def _communities(
    own: Sequence[Month], scores: Mapping[str, Mapping[str, float]], years: Sequence[tuple[int, float]], rule: AwardRule
) -> pd.DataFrame:
    newest = own[-1]
    table = newest.standing.communities
    streets = {area.code: area.name for area in newest.children("street")}
    found = pd.DataFrame(
        {
            "name": table["name"],
            "street": [streets.get(street, "") for street in table["street"]],
            "rank_class": [str(name) for name in table["rank_class"]],
            "order": table["order"],
        }
    )
    for month in own:
        found[month.period] = [scores[month.period].get(code, np.nan) for code in found.index]
    found["taken"] = [sum(code in scores[month.period] for month in own) for code in found.index]
    found["score"] = [year_result([scores[month.period].get(code, np.nan) for month in own]) for code in found.index]
    found["cycle"] = [_cycle_of(str(code), scores, years) for code in found.index]
    classes = list(found["rank_class"])
    found["place"] = dense_ranks(found["score"].to_numpy(np.float64), classes)
    found["cycle_place"] = dense_ranks(found["cycle"].to_numpy(np.float64), classes)
    found["band"] = [band(newest.edition, score) for score in found["score"]]
    found["bars"] = [_bars(str(code), own, scores) for code in found.index]
    found["award"] = [_award(found, str(code), rule) for code in found.index]
    return found.sort_values(["rank_class", "place", "order"], kind="stable")


def _cycle_of(code: str, scores: Mapping[str, Mapping[str, float]], years: Sequence[tuple[int, float]]) -> float:
    results = [
        year_result([found.get(code, np.nan) for period, found in scores.items() if period[:4] == str(year)])
        for year, _ in years
    ]
    return cycle_result(results, [weight for _, weight in years])


def _bars(code: str, own: Sequence[Month], scores: Mapping[str, Mapping[str, float]]) -> str:
    """Why a community gets no award: a veto in a month taken in, or a precondition missed in the newest of them."""
    taken = [month for month in own if code in scores[month.period]]
    vetoed = [month.period for month in taken if month.standing.communities["vetoes"].to_dict()[code]]
    if vetoed:
        return f"一票否决（{'、'.join(vetoed)}）"
    missed = taken and taken[-1].standing.communities["gates_missed"].to_dict()[code]
    return "前置条件不达标" if missed else ""


def _award(table: pd.DataFrame, code: str, rule: AwardRule) -> str:
    row = table.loc[code].to_dict()
    if row["place"] == 0 or row["bars"]:
        return ""
    peers = table[(table["rank_class"] == row["rank_class"]) & (table["place"] > 0)]
    above = int((peers["score"] > row["score"] + TOLERANCE).sum())
    return rule.award(int(row["place"]), above, len(peers), float(row["score"]))


def _lines(own: Sequence[Month], final: Mapping[str, frozenset[str]] | None) -> pd.DataFrame:
    """The lines' scores month by month, over the communities taken in, and their mean."""
    rows = {}
    for line in own[-1].edition.lines:
        monthly = [_line_score(month, line.code, None if final is None else final[month.period]) for month in own]
        rows[line.code] = [line.title, *monthly, year_result(monthly)]
    columns = ["title", *(month.period for month in own), "score"]
    found = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return found.sort_values("score", ascending=False, kind="stable")


def _line_score(month: Month, line: str, final: frozenset[str] | None) -> float:
    """100 · earned ÷ points over the criteria that the line leads; NaN where nothing counts."""
    codes = month.standing.cells.communities
    members = [number for number, code in enumerate(codes) if final is None or code in final]
    led = np.array([criterion.lead == line for criterion in month.edition.criteria], bool)
    full = float(month.standing.points[members][:, led].sum())
    return 100.0 * float(month.standing.earned[members][:, led].sum()) / full if full > 0 else float("nan")

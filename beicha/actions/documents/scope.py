"""What a paper is about, whom it may quote, and what its numbers rest on.

Only what is final (定版) is ranked and quoted, unless the paper is asked to take in what is not reviewed yet; then it
says so. Whoever is left out is listed with the reason.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

import numpy as np
import pandas as pd

from beicha.actions.deadlines import day_of
from beicha.actions.grants import Grant, may_everywhere, require_month
from beicha.actions.reviews import states
from beicha.actions.settings import DISTRICT_NAME
from beicha.actions.views.months import Month, MonthScores, before
from beicha.actions.views.overview import Overview, overview_of
from beicha.actions.views.reading import read_history, read_months, read_reasons_by_code, read_reports
from beicha.actions.views.reporting import Reporting, read_reporting
from beicha.actions.views.tasks import TaskList, read_tasks
from beicha.store import Store, settings
from beicha.words.times import shown
from scoring.facts import Report
from scoring.outcomes import Reason
from scoring.ranks import dense_ranks

NOT_FINAL, NO_SCORE = "未定版", "无法评分"
REPLY_DAYS = 10


class Nothing(Exception):  # noqa: N818 - an answer, not a fault of the program
    """There is nothing that the paper could say: no month, no community, or none that is final."""


@dataclass(frozen=True)
class PaperAsk:
    """What somebody asks for: a month, one street or all (''), and whether what is not reviewed is taken in.

    ``number`` stands on the paper ('' for a draft), ``reply_by`` is the day of its demands (None: so many days from
    now), ``added`` are paragraphs of the office's own.
    """

    period: str
    street: str = ""
    unreviewed: bool = False
    number: str = ""
    reply_by: date | None = None
    added: str = ""


@dataclass(frozen=True)
class Basis:
    """What a month's paper is made of.

    ``ranking``: index community code, those taken in alone, by class and place; the columns of ``Overview.ranking``
    and place (dense in its class, among those taken in), place_before and moved (places up; Int64, <NA>: none).
    ``left_out``: from a community's name to the reason. ``reasons`` and ``reports`` read those of a community.
    """

    ask: PaperAsk
    office: str
    month: Month
    overview: Overview
    reporting: Reporting
    tasks: TaskList
    ranking: pd.DataFrame
    left_out: dict[str, str]
    now: datetime
    reasons: Callable[[str], Mapping[str, Reason]]
    reports: Callable[[str], Sequence[Report]]

    @property
    def today(self) -> date:
        """The day on which it is made."""
        return day_of(self.now)

    @property
    def reply_by(self) -> date:
        """The day by which its demands are to be met."""
        return self.ask.reply_by or self.today + timedelta(days=REPLY_DAYS)

    @property
    def area(self) -> str:
        """The street that it is about, as it stands in titles; '' for all."""
        return self.overview.name if self.ask.street else ""

    @cached_property
    def members(self) -> np.ndarray:
        """Where those taken in stand in the month's standing."""
        codes = self.month.standing.cells.communities
        return np.array([number for number, code in enumerate(codes) if code in self.ranking.index], np.int64)

    @property
    def score(self) -> float:
        """The mean of those taken in."""
        return self.month.standing.mean(self.members)

    @property
    def change(self) -> float:
        """By how much their mean moved against the month before under the same edition; NaN where there is none."""
        changes = self.ranking["change"].reindex(self._codes)
        weights = self.month.standing.weights[self.members]
        return float("nan") if changes.isna().any() else float(np.average(changes, weights=weights))

    @property
    def _codes(self) -> list[str]:
        return [self.month.standing.cells.communities[number] for number in self.members]

    @property
    def stamps(self) -> list[str]:
        """What its numbers rest on, to be printed."""
        reviewed = "含未审核的上报" if self.ask.unreviewed else "只含已定版的社区"
        area = self.overview.name or "全部"
        return [
            f"测评体系：{self.overview.edition}（{self.overview.digest[:12]}）。",
            f"月份 {self.ask.period}，范围：{area}，{reviewed}。生成时间 {shown(self.now)}。",
        ]


def basis_of(grant: Grant, store: Store, ask: PaperAsk, *, now: datetime) -> Basis:
    """What the paper rests on; raises Refused where the grant writes no papers, Nothing where there is nothing."""
    require_month(grant, "papers", ask.period)
    months = read_months(grant, store, ask.period, ask.period)
    if not months:
        raise Nothing(ask.period)
    month, history = months[0], read_history(grant, store)
    overview = overview_of(month, history, ask.street)
    if not may_everywhere(grant, "papers"):
        ask = replace(ask, street=overview.area)
    with store.read() as view:
        stand = states(view, ask.period, list(overview.ranking.index))
        office = settings.get(view, DISTRICT_NAME) or ""
    table = overview.ranking
    taken = [code for code in table.index if ask.unreviewed or stand[code] == "final"]
    left_out = {table.loc[code, "name"]: NOT_FINAL for code in table.index if code not in taken}
    left_out |= {table.loc[code, "name"]: NO_SCORE for code in taken if np.isnan(table.loc[code, "score"])}
    ranking = _placed(
        table.loc[[code for code in taken if not np.isnan(table.loc[code, "score"])]], history, ask.period
    )
    if ranking.empty:
        raise Nothing(ask.period)
    reporting = read_reporting(grant, store, ask.period, ask.street, now=now)
    tasks = read_tasks(grant, store, now=now).of_street(ask.street)
    return Basis(
        ask, office, month, overview, reporting, tasks, ranking, left_out, now,
        lambda code: read_reasons_by_code(grant, store, ask.period, code),
        lambda code: read_reports(grant, store, code, ask.period),
    )  # fmt: skip


def _placed(table: pd.DataFrame, history: tuple[MonthScores, ...], period: str) -> pd.DataFrame:
    """The rows with their places among each other, now and in the month before, by class and place."""
    classes = [str(name) for name in table["rank_class"]]
    last = before(history, period)
    earlier = np.array([last.score(code) if last else np.nan for code in table.index], np.float64)
    now = dense_ranks(table["score"].to_numpy(np.float64), classes)
    then = dense_ranks(earlier, classes)
    places = pd.Series(then, table.index, "Int64").where(then > 0)
    placed = table.assign(place=now, place_before=places, moved=places - now)
    return placed.sort_values(["rank_class", "place", "order"], kind="stable")

"""What a share link shows: the month as far as its grant reaches, put into plain values that can be kept for years.

Only what a leader reads goes in: names, numbers, states, reasons in our own words. No row, file or free text of clerks.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from beicha.actions import settings
from beicha.actions.grants import Grant, Refused
from beicha.actions.share_scope import Scope, covers_scope, visitor
from beicha.actions.views import reading
from beicha.actions.views.community import CommunityView, community_of
from beicha.actions.views.months import Month, MonthScores
from beicha.actions.views.overview import Overview, overview_of
from beicha.papers import shared_values as values
from beicha.papers.shared_values import SharedArea, SharedCommunity, SharedView, to_json
from beicha.store import Store
from beicha.words.language import LANGUAGES
from beicha.words.reasons import sentence
from scoring.edition import Edition
from scoring.outcomes import Reason
from scoring.states import STATES

MOST_COMMUNITIES_WITH_STATES = 12
"""Up to so many communities fit beside each other with the state of every criterion."""
MOST_MONTHS = 24


def shared_view(grant: Grant, store: Store, period: str = "", *, now: datetime) -> SharedView | None:
    """The month, or the newest one, as far as the grant sees it: one community's page where it sees a single one.

    None where there is no such month or nothing of it is seen; raises Refused where the grant sees nothing at all.
    """
    history = reading.read_history(grant, store)
    chosen = [month.period for month in history if grant.reaches(month.period) and period in ("", month.period)]
    months = reading.read_months(grant, store, chosen[-1], chosen[-1]) if chosen else []
    if not months:
        return None
    made, demo = now.astimezone(UTC).isoformat(), settings.demo_today(store) or ""
    edition = reading.edition_in_force(grant, store, months[0].period) or months[0].edition
    seen = _Seen(grant, store, months[0], history, edition, made, demo)
    return _community(seen) if len(months[0].standing.cells.communities) == 1 else _area(seen)


def frozen_page(grant: Grant, store: Store, scope: Scope, *, now: datetime) -> bytes | None:
    """What a link to the scope shows now, to be kept with it; None where there is no such month.

    Raises Refused where the scope is wider than what the grant may share.
    """
    with store.read() as view:
        if not covers_scope(view, grant, scope):
            raise Refused(grant, "share", ", ".join(scope.areas or ()))
        reading_it = visitor(view, "", scope)
    found = shared_view(reading_it, store, now=now)
    return None if found is None else to_json(found)


@dataclass(frozen=True)
class _Seen:
    """What a grant sees of a month and of all others, when, and the day that a demo lives in.

    ``edition`` is the whole one, for the titles of lines and fields, whatever part of it the month is cut to.
    """

    grant: Grant
    store: Store
    month: Month
    history: Sequence[MonthScores]
    edition: Edition
    made: str
    demo: str

    def reasons(self, community: str) -> Mapping[str, Reason]:
        """Why the findings of a community are what they are, by the criteria's codes."""
        return reading.read_reasons_by_code(self.grant, self.store, self.month.period, community)


def _area(seen: _Seen) -> SharedArea:
    view = overview_of(seen.month, seen.history)
    ranking = view.ranking.sort_values(["score", "order"], kind="stable", na_position="last")
    rates = view.sections.loc[ranking.index].to_numpy()
    return SharedArea(
        heading=_heading(view, seen),
        communities=view.communities,
        reported=view.reported,
        without_score=view.without_score,
        ranked=tuple(_ranked(row, own) for (_, row), own in zip(_records(ranking), rates, strict=True)),
        sections=tuple(view.section_titles.values()),
        states=_states(seen.month, ranking),
        streets=tuple(_street(row) for _, row in _records(view.streets)),
        lines=tuple(_line(row) for _, row in _records(view.lines.sort_values("lost", ascending=False, kind="stable"))),
        unreported=tuple(_unreported(row) for _, row in _records(view.unreported)),
        findings=_at_stake(seen, view),
        trend=_trend(view.trend),
    )


def _community(seen: _Seen) -> SharedCommunity:
    code = seen.month.standing.cells.communities[0]
    reasons, criteria = seen.reasons(code), seen.month.edition.criteria
    view = community_of(seen.month, seen.history, code, lambda number: reasons[criteria[number].code])
    return SharedCommunity(
        heading=replace(_heading(view, seen), street=view.street_name),
        reported=bool(view.reported),
        base=_number(view.base),
        bonus=_number(view.bonus),
        rank=view.rank if view.ranked > 1 else None,
        ranked=view.ranked,
        rank_class=view.rank_class,
        gates=view.gates,
        vetoes=view.vetoes,
        street_score=_number(view.street_score),
        district_score=_number(view.district_score),
        sections=tuple(_section(row) for _, row in _records(view.sections)),
        findings=tuple(_finding(seen.edition, "", criterion, row) for criterion, row in _criteria(view)),
        trend=_trend(view.trend),
    )


def _heading(view: Overview | CommunityView, seen: _Seen) -> values.Heading:
    return values.Heading(
        made=seen.made,
        demo=seen.demo,
        period=view.period,
        edition=view.edition,
        digest=view.digest,
        pass_mark=view.pass_mark,
        name=view.name,
        street="",
        line=view.line,
        score=_number(view.score),
        distance=_number(view.distance),
        change=_number(view.change),
        year=_number(view.year),
        band=view.band,
    )


def _ranked(row: Mapping[str, Any], rates: Iterable[float]) -> values.Ranked:
    return values.Ranked(
        name=row["name"],
        street=row["street"],
        rank_class=row["rank_class"],
        order=int(row["order"]),
        rank=None if pd.isna(row["rank"]) else int(row["rank"]),
        score=_number(row["score"]),
        lost=_number(row["lost"]),
        distance=_number(row["distance"]),
        change=_number(row["change"]),
        reported=bool(row["reported"]),
        gates=tuple(row["gates"]),
        vetoes=tuple(row["vetoes"]),
        rates=tuple(_number(rate) for rate in rates),
    )


def _states(month: Month, ranking: pd.DataFrame) -> tuple[values.States, ...]:
    """The state of every criterion in every community, where they are few."""
    if len(ranking) > MOST_COMMUNITIES_WITH_STATES:
        return ()
    cells = month.standing.cells
    places = [cells.communities.index(str(code)) for code in ranking.sort_values("order", kind="stable").index]
    return tuple(
        values.States(criterion.code, criterion.title, tuple(STATES[cells.state[place, k]] for place in places))
        for k, criterion in enumerate(month.edition.criteria)
    )


def _street(row: Mapping[str, Any]) -> values.Street:
    counts = int(row["communities"]), int(row["not_reported"])
    return values.Street(row["name"], _number(row["score"]), _number(row["distance"]), *counts)


def _line(row: Mapping[str, Any]) -> values.Line:
    return values.Line(row["title"], _number(row["score"]), float(row["lost"]))


def _unreported(row: Mapping[str, Any]) -> values.Unreported:
    return values.Unreported(row["name"], row["street"], row["last"], _number(row["score"]))


def _section(row: Mapping[str, Any]) -> values.Section:
    return values.Section(
        title=row["title"],
        earned=float(row["earned"]),
        full=float(row["full"]),
        rate=_number(row["rate"]),
        gate=_number(row["gate"]),
        gate_missed=bool(row["gate_missed"]),
        street_rate=_number(row["street_rate"]),
    )


def _at_stake(seen: _Seen, view: Overview) -> tuple[values.Finding, ...]:
    """The findings with the most points at stake, each with its reason."""
    reasons = {code: seen.reasons(code) for code in view.stakes["community"].unique()}
    found = []
    for _, row in _records(view.stakes):
        code, criterion = row["community"], row["criterion"]
        points = seen.edition.criterion(criterion).points
        told = row | {
            "section_title": row["section"],
            "points": points,
            "earned": points - row["lost"],
            "counts": True,
            "reason": reasons[code][criterion],
        }
        found.append(_finding(seen.edition, row["name"], criterion, told))
    return tuple(found)


def _criteria(view: CommunityView) -> list[tuple[str, dict[str, Any]]]:
    titles = view.sections["title"]
    return _records(view.criteria.assign(section_title=view.criteria["section"].map(titles)))


def _finding(edition: Edition, community: str, code: str, row: Mapping[str, Any]) -> values.Finding:
    counts, reason, criterion = bool(row["counts"]), _without_free_text(row["reason"]), edition.criterion(code)
    return values.Finding(
        community=community,
        code=code,
        title=row["title"],
        section=row["section_title"],
        state=row["state"],
        points=float(row["points"]),
        earned=float(row["earned"]) if counts else None,
        lost=float(row["lost"]) if counts else None,
        stake=float(row["stake"]),
        line=row["line"],
        supporting=tuple(edition.line_title(line) for line in criterion.supporting),
        why={language: sentence(reason, edition, language) for language in LANGUAGES},
        remedy=criterion.remedy,
    )


def _without_free_text(reason: Reason) -> Reason:
    """The reason without what a clerk wrote in words of their own: anything may stand there."""
    return Reason(reason.code, reason.values | {"reason": ""}) if reason.code == "declared" else reason


def _trend(frame: pd.DataFrame) -> tuple[values.TrendMonth, ...]:
    return tuple(
        values.TrendMonth(
            row["period"], row["edition"], _number(row["score"]), int(row["reported"]), int(row["communities"])
        )
        for _, row in _records(frame.tail(MOST_MONTHS))
    )


def _records(frame: pd.DataFrame) -> list[tuple[str, dict[str, Any]]]:
    """The rows with their index."""
    rows: list[dict[str, Any]] = frame.to_dict("records")  # type: ignore[assignment]
    return [(str(code), row) for code, row in zip(frame.index, rows, strict=True)]


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)

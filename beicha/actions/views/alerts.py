"""Warnings (预警): what goes wrong and costs points, few and ranked, from the newest scored month and today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, get_args

import numpy as np

from beicha.actions.deadlines import day_of
from beicha.actions.task_states import STEPS, State
from beicha.actions.views.alert_signs import FALLS, Tracked, VerifiedMonth, drift, fallen, pile
from beicha.actions.views.months import Month
from beicha.actions.views.streets import above
from beicha.actions.views.tasks import TaskRow
from scoring.edition import Criterion
from scoring.outlook import Counted, Outlook
from scoring.rules import TOLERANCE
from scoring.scores import points_of, section_matrix, worth
from scoring.states import NOT_APPLICABLE, NOT_INSPECTED

Kind = Literal["closing", "lost", "falling", "drifting", "piling"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MOST = 20
"""So many are shown; more would be a list, not a warning."""
FEWEST_POINTS = 0.05
"""What costs a community less than this is no warning."""
FOLDED = 4
"""So many communities that lack the same, or lost by the same, are one warning."""


@dataclass(frozen=True)
class Alert:
    """A warning. ``points`` are those of the score that are at risk, of the community, or of all ``communities`` (codes
    and names) together where it is about several. ``values`` are what its sentence says. A warning about a line names
    no community, one about a community as a whole no criterion. ``line`` is the code of the line that leads.
    ``period`` is the month in which its rows are to be seen.
    """

    kind: Kind
    points: float
    communities: tuple[tuple[str, str], ...]
    above: frozenset[str]
    criterion: str
    title: str
    line: str
    line_title: str
    period: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AlertList:
    """The warnings in view, those that cost most first: the first MOST, and how many there are of each kind."""

    shown: tuple[Alert, ...]
    counts: Mapping[Kind, int]

    @property
    def all(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def alerts_in_view(
    about: Iterable[Alert], tasks: Sequence[TaskRow], month: Month | None, narrowed: tuple[str, str], now: datetime
) -> AlertList:
    """The warnings about communities and those about lines together, of a street and line ('' for all)."""
    street, line = narrowed
    seen = [one for one in about if (not street or street in one.above) and line in ("", one.line)]
    found = [*_folded(seen), *piling(tasks, month, line, day_of(now))]
    ranked = sorted(found, key=lambda one: -one.points)
    counts = {kind: sum(one.kind == kind for one in ranked) for kind in KINDS}
    return AlertList(tuple(ranked[:MOST]), counts)


def of_kind(found: AlertList, kind: str) -> tuple[Alert, ...]:
    """Those shown of one kind, or all where it is none."""
    return tuple(one for one in found.shown if kind in ("", one.kind))


def _folded(found: Iterable[Alert]) -> Iterator[Alert]:
    """The warnings with those put together that say the same of many communities."""
    alike: dict[tuple[Any, ...], list[Alert]] = {}
    for one in found:
        alike.setdefault(_alike(one), []).append(one)
    for group in alike.values():
        if len(group) < FOLDED:
            yield from group
        else:
            yield _together(sorted(group, key=lambda one: -one.points))


def _alike(one: Alert) -> tuple[Any, ...]:
    """What is equal for warnings that say the same; those about what a frequency does not tell stay alone."""
    if one.kind not in ("closing", "lost"):
        return one.kind, one.criterion, one.communities
    return one.kind, one.criterion, *(one.values.get(name) for name in ("every", "times", "due"))


def _together(group: Sequence[Alert]) -> Alert:
    names = dict(name for one in group for name in one.communities)
    rows = sum(one.values.get("lacking", 0) for one in group)
    points = sum(one.points for one in group)
    values = dict(group[0].values) | {"lacking": rows}
    return replace(group[0], points=points, communities=tuple(names.items()), values=values)


def values_of_points(month: Month) -> np.ndarray:
    """What each criterion is worth in each community's own score, communities by criteria."""
    standing = month.standing
    sections = section_matrix(standing.edition).argmax(axis=1)
    return np.asarray(100.0 * worth(standing.scores)[:, sections] * points_of(standing.edition), np.float64)


def frequencies(month: Month, counted: Sequence[tuple[str, Sequence[Counted]]], today: date) -> Iterator[Alert]:
    """The frequencies that lost points for good, or are about to: ``counted`` has for each community those of the
    month's edition, for that community alone."""
    worths, cells = values_of_points(month), month.standing.cells
    places = {code: number for number, code in enumerate(cells.communities)}
    for code, found in counted:
        number = places[code]
        for one in found:
            state, verified = cells.state[number, one.criterion], cells.self_fraction[number, one.criterion]
            if state not in (NOT_APPLICABLE, NOT_INSPECTED) and np.isnan(verified):
                worth_ = float(worths[number, one.criterion]) * one.share
                criterion = month.edition.criteria[one.criterion]
                yield from _of_frequency(_alert(month, code, criterion), one, one.outlook(0, today), worth_)


def _of_frequency(about: Alert, counted: Counted, found: Outlook, points: float) -> Iterator[Alert]:
    said: dict[str, Any] = {"every": counted.rule.every, "times": counted.rule.times}
    gone, risk = points * found.lost, points * found.at_risk
    if gone >= FEWEST_POINTS:
        values = said | {"short": found.short, "closed": found.closed}
        yield replace(about, kind="lost", points=gone, values=values)
    if found.due is not None and risk >= FEWEST_POINTS:
        values = said | {"due": found.due, "lacking": found.lacking}
        yield replace(about, kind="closing", points=risk, values=values)


def _alert(month: Month, code: str, criterion: Criterion | None) -> Alert:
    known = month.standing.tree.areas
    lead = criterion.lead if criterion else ""
    return Alert(
        "lost",
        0.0,
        ((code, known[code].name if code in known else code),),
        above(known, code),
        criterion.code if criterion else "",
        criterion.title if criterion else "",
        lead,
        month.edition.line_title(lead) if lead else "",
        month.period,
    )


def falling(months: Sequence[Month]) -> Iterator[Alert]:
    """The criteria of a community that fell month after month, up to the last of these months, under one edition."""
    last = months[-1]
    alike = [month for month in months if month.edition.digest == last.edition.digest]
    if len(alike) <= FALLS:
        return
    worths, rates = values_of_points(last), np.array([_rates(month, last) for month in alike])
    lower = (np.diff(rates[-FALLS - 1 :], axis=0) < 0).all(axis=0)  # for speed: ``fallen`` decides
    for number, k in np.argwhere(lower):
        found = fallen([float(rate) for rate in rates[:, number, k]])
        points = float(worths[number, k]) * (found[0] - found[-1]) if found else 0.0
        if points >= FEWEST_POINTS:
            about = _alert(last, last.standing.cells.communities[number], last.edition.criteria[k])
            yield replace(about, kind="falling", points=points, values={"rates": found})


def _rates(month: Month, like: Month) -> np.ndarray:
    """The fractions of a month by the communities and criteria of another, NaN where one did not count or was not."""
    standing = month.standing
    rate = np.where(standing.in_denominator, standing.weighing.fraction, np.nan)
    padded = np.pad(rate, ((0, 1), (0, 1)), constant_values=np.nan)
    rows = _places(standing.cells.communities, like.standing.cells.communities)
    columns = _places([one.code for one in month.edition.criteria], [one.code for one in like.edition.criteria])
    return np.asarray(padded[np.ix_(rows, columns)])


def _places(known: Sequence[str], wanted: Sequence[str]) -> list[int]:
    """Where each of the wanted codes stands, -1 where it does not."""
    places = {code: number for number, code in enumerate(known)}
    return [places.get(code, -1) for code in wanted]


def drifting(months: Sequence[Month]) -> Iterator[Alert]:
    """The communities whose self-report runs further and further ahead of what is found."""
    last, found = months[-1], dict[str, list[VerifiedMonth]]()
    for month in months:
        for code, one in _verified(month):
            found.setdefault(code, []).append(one)
    for code, verified in found.items():
        mean = drift(verified)
        if mean is not None and code in last.standing.cells.communities:
            newest = verified[-1]
            values = {"mean": mean, "newest": newest.share, "months": tuple(one.period for one in verified)}
            about = replace(_alert(last, code, None), period=newest.period, values=values)
            yield replace(about, kind="drifting", points=newest.lead)


def _verified(month: Month) -> Iterator[tuple[str, VerifiedMonth]]:
    """Who has verified criteria in a month, as ``verified.verified_of`` counts them: who reported the month, and those
    criteria that have both sides."""
    cells, points = month.standing.cells, points_of(month.edition)
    ahead = cells.self_fraction - cells.fraction
    both = ~np.isnan(ahead) & cells.reported[:, None]
    full, lead = (both * points).sum(axis=1), (np.where(both, ahead, 0.0) * points).sum(axis=1)
    for number in np.flatnonzero(full > 0):
        yield cells.communities[number], VerifiedMonth(month.period, float(full[number]), float(lead[number]))


def piling(tasks: Sequence[TaskRow], month: Month | None, line: str, today: date) -> Iterator[Alert]:
    """The lines whose tasks pile up, of all lines or one."""
    titles = {row.task.new.lead: row.lead for row in tasks if row.task.new.lead and line in ("", row.task.new.lead)}
    lost = _lost(month) if month else {}
    for code, title in titles.items():
        known = month.edition.line_title(code) if month and title == code else title
        own = [row for row in tasks if row.task.new.lead == code]
        found = pile([_tracked(row) for row in own], today)
        if found.rises or found.stuck:
            waiting = {
                (row.task.new.community, row.task.new.criterion) for row in own if row.state in ("open", "claimed")
            }
            points = sum(lost.get(one, 0.0) for one in waiting)
            values = {"open": found.open, "late": found.late, "closed": found.closed, "rises": found.rises}
            yield Alert("piling", points, (), frozenset(), "", "", code, known, month.period if month else "", values)


def _lost(month: Month) -> dict[tuple[str, str], float]:
    """What every finding lost, in points of the community's score."""
    standing = month.standing
    lost = values_of_points(month) * (1.0 - standing.weighing.fraction) * standing.in_denominator
    codes, criteria = standing.cells.communities, month.edition.criteria
    return {(codes[c], criteria[k].code): float(lost[c, k]) for c, k in np.argwhere(lost > TOLERANCE)}


def _tracked(row: TaskRow) -> Tracked:
    state: State = "open"
    changes = [(day_of(row.task.made_at), True)]
    for taken in row.task.steps:
        state = STEPS[state, taken.step.verb]
        changes.append((day_of(taken.made_at), state in ("open", "claimed")))
    return Tracked(tuple(changes), row.late > 0)

"""From the store to months: the standing of a month, the scores of all, and the facts behind one community.

All of it is cut to what the grant sees before it leaves: communities, and criteria where a post is for some lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

import pandas as pd

from beicha.actions.assessing import reports_of
from beicha.actions.grants import Grant, Refused, covered, covers, lines_seen, require, require_for, require_month
from beicha.actions.personal_views import asked_by, shown_rows
from beicha.actions.views.months import Month, MonthScores, scores_of
from beicha.actions.views.parts import seen_of
from beicha.actions.views.streets import is_within
from beicha.store import Store, areas, assessments, audit, editions, submissions
from beicha.store.content import Correction
from beicha.words.deeds import CHANGE_DATA
from scoring.cells import Cells
from scoring.edition import Edition
from scoring.evidence import evidence, unmatched
from scoring.facts import Area, Report
from scoring.outcomes import Reason
from scoring.periods import month_number
from scoring.rollup import roll_up

AT_ONCE = 6
"""Months whose cells are in memory together while many are read."""


def revision(store: Store) -> int:
    """The number of the newest action that changed data: equal numbers mean equal data."""
    with store.read() as view:
        return audit.newest_of(view, CHANGE_DATA)


def assessed_periods(grant: Grant, store: Store) -> tuple[str, ...]:
    """Every month with an assessment that the grant reaches, newest first."""
    require(grant, "see")
    with store.read() as view:
        return tuple(period for period in reversed(assessments.periods(view)) if grant.reaches(period))


def edition_in_force(grant: Grant, store: Store, period: str) -> Edition | None:
    """The edition in force in the month, None before the first."""
    require_month(grant, "see", period)
    with store.read() as view:
        seq = editions.timeline(view).at(period)
        return None if seq is None else editions.load(view, seq).edition


def read_months(grant: Grant, store: Store, first: str = "", last: str = "9999-12", community: str = "") -> list[Month]:
    """The months from first to last, ascending, each under its edition and in its tree; those not assessed left out.

    Each is the part that the grant sees (``parts.seen_of``), for the page of one community where it is named; months
    of which it sees nothing are left out as well.
    """
    require(grant, "see")
    return list(_each_month(grant, store, (first, last), community))


def _each_month(grant: Grant, store: Store, span: tuple[str, str], community: str) -> Iterator[Month]:
    """The same one after the other, so that who needs little of each need not hold them all."""
    with store.read() as view:
        timeline, within = editions.timeline(view), _bound_up(grant)
        known = [period for period in assessments.periods(view) if span[0] <= period <= span[1]]
        trees = areas.trees(view, [period for period in known if grant.reaches(period)], within)
        for seq, some in _together(trees, timeline):
            kept = editions.load(view, seq)
            for period, cells in assessments.read(view, kept, some, within).items():
                month = seen_of(_month(period, kept.edition, cells, trees[period]), grant, trees[period], community)
                if month is not None:
                    yield month


def _together(periods: Iterable[str], timeline: editions.Timeline) -> Iterator[tuple[int, list[str]]]:
    """Some months under one edition, which are read together; those without an edition left out."""
    for seq, under in groupby(periods, timeline.at):
        if seq is not None:
            each = list(under)
            yield from ((seq, each[start : start + AT_ONCE]) for start in range(0, len(each), AT_ONCE))


def _bound_up(grant: Grant) -> areas.Selected | None:
    """The areas on which what the grant sees rests, None for all: reading a part must not grow with the whole."""
    roots = [post.area for post in grant.posts if post.gives("see")]
    return None if None in roots else areas.bound_up([root for root in roots if root is not None])


def _month(period: str, edition: Edition, cells: Cells, tree: Sequence[Area]) -> Month:
    """The month's standing, over the communities of its tree."""
    known = {area.code for area in tree if area.kind == "community"}
    return Month(period, roll_up(edition, _only(cells, known), tree))


def _only(cells: Cells, known: set[str]) -> Cells:
    """The cells of these communities alone: one may have been assessed before it left the tree."""
    kept = [number for number, code in enumerate(cells.communities) if code in known]
    if len(kept) == len(cells.communities):
        return cells
    return Cells(
        tuple(cells.communities[number] for number in kept),
        cells.state[kept],
        cells.fraction[kept],
        cells.self_fraction[kept],
        cells.bonus[kept],
        cells.veto[kept],
        cells.reported[kept],
    )


def read_history(grant: Grant, store: Store, community: str = "") -> tuple[MonthScores, ...]:
    """The scores of every assessed month, ascending, as far as the grant sees them (``read_months``).

    Of a grant for some months, those before its first are there too: how a month compares with the one before, its
    trend and the year so far belong to its page, and would be other numbers without them. None after its last is.
    """
    reaching = grant if grant.months is None else replace(grant, months=("", grant.months[1]))
    require(reaching, "see")
    return tuple(scores_of(month) for month in _each_month(reaching, store, ("", "9999-12"), community))


def read_reasons(grant: Grant, store: Store, period: str, community: str) -> tuple[Reason, ...]:
    """The stored reasons of a community's findings, in the edition's order, of the criteria that the grant sees."""
    return tuple(read_reasons_by_code(grant, store, period, community).values())


def read_reasons_by_code(grant: Grant, store: Store, period: str, community: str) -> dict[str, Reason]:
    """The same by the criteria's codes."""
    edition = edition_in_force(grant, store, period)
    with store.read() as view:
        tree = areas.tree(view, period)
        require_for(grant, "see", [community], tree)
        found = assessments.read_reasons(view, period, community)
    lines = lines_seen(grant, community, tree)
    criteria = edition.criteria if edition is not None else ()
    pairs = zip(criteria, found, strict=False)
    return {criterion.code: reason for criterion, reason in pairs if lines is None or criterion.lead in lines}


def read_reports(grant: Grant, store: Store, community: str, up_to: str) -> list[Report]:
    """The newest reports of a community of every month up to one, its own and the office's, with their rows."""
    require_month(grant, "rows", up_to)
    with store.read() as view:
        require_for(grant, "rows", [community], areas.tree(view, up_to))
        return reports_of(view, [community], up_to)


def opens_files(grant: Grant, store: Store, period: str, community: str) -> bool:
    """Whether the grant may open the whole ledgers and files of a community's month."""
    if not grant.reaches(period):
        return False
    with store.read() as view:
        return covers(grant, "files", community, areas.tree(view, period))


def read_evidence(
    grant: Grant, store: Store, period: str, community: str, item: str, *, asked_at: datetime | None = None
) -> pd.DataFrame:
    """The rows that a criterion, bonus or veto of a community looks at in a month (``scoring.evidence``).

    A column ``corrected`` is added: the cells of the row that were put right on the page, empty for most.
    What is a person's own is hidden, unless somebody asked to see it at a moment (``personal_views``).
    Raises Refused where the grant gives no rows, or is for other lines than the criterion's.
    """
    require(grant, "rows")
    edition = edition_in_force(grant, store, period)
    assert edition is not None, f"no edition is in force in {period}"
    with store.read() as view:
        lines = lines_seen(grant, community, areas.tree(view, period))
    if lines is not None and item not in {criterion.code for criterion in edition.criteria if criterion.lead in lines}:
        raise Refused(grant, "see", community)
    facts = _facts(grant, store, community, period)
    found = facts.told(evidence(edition, month_number(period), facts.reports, item))
    return shown_rows(grant, store, found, edition, asked_by(community, asked_at))


def read_unmatched(
    grant: Grant, store: Store, period: str, community: str, *, asked_at: datetime | None = None
) -> pd.DataFrame:
    """The rows of a community's month that count nowhere, with what else ``read_evidence`` says of them.

    They come from all ledgers, so they need the right to its files.
    """
    if not opens_files(grant, store, period, community):
        raise Refused(grant, "files", community)
    edition = edition_in_force(grant, store, period)
    assert edition is not None, f"no edition is in force in {period}"
    facts = _facts(grant, store, community, period)
    found = facts.told(unmatched(edition, month_number(period), facts.reports))
    return shown_rows(grant, store, found, edition, asked_by(community, asked_at))


def may_ask(grant: Grant, store: Store, period: str, community: str) -> bool:
    """Whether the grant may see what is a person's own in a community's month, where it asks for that."""
    if not grant.reaches(period):
        return False
    with store.read() as view:
        return covers(grant, "personal", community, areas.tree(view, period))


@dataclass(frozen=True)
class _Facts:
    """The newest reports of a community, and by month, ledger, sheet and row what was put right in them."""

    reports: list[Report]
    corrections: Mapping[tuple[str, str, str, int], tuple[Correction, ...]]

    def told(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows with what was put right in each."""
        places = zip(frame["period"], frame["ledger"], frame["sheet"], frame["row"], strict=True)
        return frame.assign(corrected=pd.Series([self.corrections.get(place, ()) for place in places], dtype=object))


def _facts(grant: Grant, store: Store, community: str, up_to: str) -> _Facts:
    with store.read() as view:
        require_for(grant, "rows", [community], areas.tree(view, up_to))
        current = submissions.current(view, [community], up_to)
    corrections: dict[tuple[str, str, str, int], tuple[Correction, ...]] = {}
    for version, content in current:
        for found in content.corrections:
            place = version.period, found.ledger, found.sheet, found.row
            corrections[place] = (*corrections.get(place, ()), found)
    reports = [
        content.report(version.community, month_number(version.period), version.kept_by) for version, content in current
    ]
    return _Facts(reports, corrections)


def community_names(grant: Grant, store: Store, period: str, street: str = "") -> dict[str, str]:
    """The names of a month's communities by code, in the office's order, as far as the grant reaches; of one street
    or district where it is named."""
    require_month(grant, "see", period)
    with store.read() as view:
        tree = areas.tree(view, period)
    here, known = set(covered(grant, "see", tree)), {area.code: area for area in tree}
    if street:
        here = {code for code in here if is_within(known, code, street)}
    return {area.code: area.name for area in tree if area.code in here}

"""Keeping assessments true: which months are scored, and scoring them again where their facts changed.

Scored are the months with a submission, the months between them, and the year's months before the first, so that a
year's result has them all. A gap of more than a year is taken for a slip of the pen and is not filled.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import zip_longest

from beicha.actions.lots import AT_ONCE, keep_scores, lots, read_lot, score_lot, store_lot
from beicha.actions.spreading import scored
from beicha.store import Store, Transaction, areas, assessments, editions, submissions
from beicha.store.locks import hold_structure
from scoring.facts import Report
from scoring.periods import month_number, period_text

WIDEST_GAP = 12
Told = Callable[[int, int], None]
"""Told how many communities of how many are done."""


def live_periods(view: Transaction) -> tuple[str, ...]:
    """The months that have a score, in order: with an edition in force, and with submissions around them."""
    timeline = editions.timeline(view)
    sent = [month_number(period) for period in submissions.periods(view)]
    months = set(range(sent[0] - sent[0] % 12, sent[0])) if sent else set()
    for month, following in zip_longest(sent, sent[1:]):
        months.add(month)
        if following is not None and following - month <= WIDEST_GAP:
            months.update(range(month, following))
    return tuple(text for month in sorted(months) if timeline.at(text := period_text(month)) is not None)


def reassess(change: Transaction, communities: Collection[str], since: str) -> int:
    """Score these communities anew in every scored month from one on; how many months that were.

    Every later month is taken: an event may be dated after its report, and a later report of it gives way to none.
    """
    periods = [period for period in live_periods(change) if period >= since]
    if periods:
        lot = read_lot(change, dict.fromkeys(periods, tuple(communities)))
        keep_scores(change, score_lot(lot))
    return len(periods)


def resettle(change: Transaction, community: str, since: str) -> None:
    """Put right what depends on a community's reports since a month, where one of them does not count any more.

    A month of which nothing is left has no score any more, of anybody.
    """
    reassess(change, [community], since)
    forget_others(change)


def reports_of(view: Transaction, communities: Iterable[str], up_to: str) -> list[Report]:
    """The newest reports of these communities of every month up to one, their own and the office's."""
    return [
        content.report(version.community, month_number(version.period), version.kept_by)
        for version, content in submissions.current(view, list(communities), up_to)
    ]


def reports_by_block(view: Transaction, period: str, told: Told) -> Iterator[tuple[list[str], list[Report]]]:
    """All communities of a month's tree in blocks, in the order of their codes, with their reports up to it."""
    there = everybody(view, period)
    for start in range(0, len(there), AT_ONCE):
        told(start, len(there))
        block = there[start : start + AT_ONCE]
        yield block, reports_of(view, block, period)
    told(len(there), len(there))


def untold(_done: int, _of: int) -> None:
    """For whoever does not ask how far it is."""


def complete(store: Store, told: Told = untold) -> int:
    """Score whoever is in the tree of a scored month without a score under the edition in force; how many there were.

    The first report of a month calls for the scores of all those that have not reported yet, an edition put in force
    for those of everybody from its first month on. It is done in lots: what a killed process left is done by the next.
    """
    with store.read() as view:
        gaps = _gaps(view)
    done, of = 0, len({code for there in gaps.values() for code in there})
    if of:
        told(0, of)
    waiting = lots(store, gaps)
    for lot, scores in ((lot, score_lot(lot)) for lot in waiting) if of <= AT_ONCE else scored(waiting):
        with store.write() as change:
            hold_structure(change)
            store_lot(change, lot, scores)
        done += len(lot.communities)
        told(done, of)
    return sum(len(there) for there in gaps.values())


def forget_others(change: Transaction) -> None:
    """Drop scores of months that are no longer scored, as after an edition was put in force from a later month."""
    live = set(live_periods(change))
    for period in assessments.periods(change):
        if period not in live:
            assessments.forget(change, period, period)


def _gaps(view: Transaction) -> dict[str, list[str]]:
    """By month the communities without a score."""
    periods = live_periods(view)
    if not periods:
        return {}
    timeline, known = editions.timeline(view), assessments.assessed(view, periods[0], periods[-1])
    versions = areas.versions(view)
    gaps = {}
    for period in periods:
        there = (entry.area for entry in versions if entry.valid_in(period) and entry.area.kind == "community")
        lacking = sorted(area.code for area in there if (period, area.code, timeline.at(period)) not in known)
        if lacking:
            gaps[period] = lacking
    return gaps


def everybody(view: Transaction, period: str) -> list[str]:
    """The codes of a month's communities, in order."""
    return sorted(area.code for area in areas.tree(view, period) if area.kind == "community")

"""Keeping assessments true: which months are scored, and scoring them again where their facts changed.

Scored are the months with a submission, the months between them, and the year's months before the first, so that a
year's result has them all. A gap of more than a year is taken for a slip of the pen and is not filled.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from beicha.actions.grants import Grant, require_everywhere
from beicha.store import Store, Transaction, areas, assessments, audit, editions, settings, submissions
from beicha.store.locks import hold_structure
from scoring.assess import CodedFacts, assess, assess_coded, code_facts
from scoring.facts import Report
from scoring.periods import month_number, period_text

WIDEST_GAP = 12
AT_ONCE = 50
"""So many communities are scored in one transaction, so that an upload need not wait long."""

Progress = Callable[[int, int], bool]
"""Told how many months of how many are done; False stops the work."""
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


@dataclass(frozen=True)
class _Gap:
    """Communities that are to be scored in a month."""

    period: str
    communities: tuple[str, ...]


def reassess(change: Transaction, communities: Collection[str], since: str) -> int:
    """Score these communities anew in every scored month from one on; how many months that were.

    Every later month is taken: an event may be dated after its report, and a later report of it gives way to none.
    """
    timeline, trees = editions.timeline(change), areas.versions(change, communities)
    periods = [period for period in live_periods(change) if period >= since]
    reports = reports_of(change, communities, periods[-1]) if periods else []
    coded: dict[tuple[int, tuple[str, ...]], CodedFacts] = {}
    for period in periods:
        seq = timeline.at(period)
        assert seq is not None, "a scored month has an edition"
        there = tuple(sorted({entry.area.code for entry in trees if entry.valid_in(period)} & set(communities)))
        if there:
            edition = editions.load(change, seq).edition
            if (seq, there) not in coded:
                coded[seq, there] = code_facts(edition, there, reports)
            assessments.put(change, seq, assess_coded(edition, month_number(period), coded[seq, there]))
    return len(periods)


def resettle(change: Transaction, community: str, since: str) -> None:
    """Put right what depends on a community's reports since a month, where one of them does not count any more.

    A month of which nothing is left has no score any more, of anybody.
    """
    reassess(change, [community], since)
    _forget_others(change)


def reports_of(view: Transaction, communities: Iterable[str], up_to: str) -> list[Report]:
    """The newest reports of these communities of every month up to one, their own and the office's."""
    return [
        content.report(version.community, month_number(version.period), version.kept_by)
        for version, content in submissions.current(view, list(communities), up_to)
    ]


def reports_by_block(view: Transaction, period: str, told: Told) -> Iterator[tuple[list[str], list[Report]]]:
    """All communities of a month's tree in blocks, in the order of their codes, with their reports up to it."""
    there = _communities(view, period)
    for start in range(0, len(there), AT_ONCE):
        told(start, len(there))
        block = there[start : start + AT_ONCE]
        yield block, reports_of(view, block, period)
    told(len(there), len(there))


def complete(store: Store) -> int:
    """Score whoever is in the tree of a scored month without a score under the edition in force; how many there were.

    The first report of a month calls for the scores of all those that have not reported yet.
    """
    done = 0
    with store.read() as view:
        gaps = _gaps(view)
    for gap in gaps:
        for start in range(0, len(gap.communities), AT_ONCE):
            with store.write() as change:
                hold_structure(change)
                done += _fill(change, _Gap(gap.period, gap.communities[start : start + AT_ONCE]))
    return done


def recompute(
    grant: Grant,
    store: Store,
    now: datetime,
    periods: Collection[str] | None = None,
    progress: Progress = lambda done, total: True,  # noqa: ARG005
) -> tuple[str, ...]:
    """Score the months (None: all) anew from their facts; returns those that were done.

    Nothing changes where the stored scores were right. What is left to do is kept beside the scores, so that a run
    that was stopped by ``progress``, or killed, can be gone on with: ``resume``. Readers are not held up.
    """
    require_everywhere(grant, "set_up")
    with store.write() as change:
        chosen = [period for period in live_periods(change) if periods is None or period in periods]
        others = [period for period in _left(change).periods if period not in chosen]
        _keep_left(change, _Left((*chosen, *others)))
    return _work_off(grant, store, now, chosen, progress)


def resume(
    grant: Grant,
    store: Store,
    now: datetime,
    progress: Progress = lambda done, total: True,  # noqa: ARG005
) -> tuple[str, ...]:
    """Go on with recomputations that did not come to their end, from the communities they had come to."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        live = set(live_periods(view))
        chosen = [period for period in _left(view).periods if period in live]
    return _work_off(grant, store, now, chosen, progress)


def to_resume(store: Store) -> tuple[str, ...]:
    """The months that a recomputation was to score and has not; empty where the last one came to its end."""
    with store.read() as view:
        return _left(view).periods


@dataclass(frozen=True)
class _Left:
    """What recomputations have still to do: months, and of the first of them the communities after a code."""

    periods: tuple[str, ...] = ()
    after: str = ""


_LEFT = "recomputing"


def _left(view: Transaction) -> _Left:
    kept = settings.get(view, _LEFT) or {"periods": [], "after": ""}
    return _Left(tuple(kept["periods"]), kept["after"])


def _keep_left(change: Transaction, left: _Left) -> None:
    settings.put(change, _LEFT, {"periods": list(left.periods), "after": left.after})


def _work_off(grant: Grant, store: Store, now: datetime, chosen: list[str], progress: Progress) -> tuple[str, ...]:
    done: list[str] = []
    for period in chosen:
        if not progress(len(done), len(chosen)):
            break
        _recompute_month(store, period)
        done.append(period)
    with store.write() as change:
        _forget_others(change)
        live, left = live_periods(change), _left(change)
        _keep_left(change, _Left(tuple(period for period in left.periods if period in live), left.after))
        audit.add(change, now, grant, "recompute", ",".join(done))
    return tuple(done)


def _recompute_month(store: Store, period: str) -> None:
    """Score a month block by block; each block's scores and how far the work has come are one transaction."""
    with store.read() as view:
        left = _left(view)
        after = left.after if left.periods[:1] == (period,) else ""
        there = [code for code in _communities(view, period) if code > after]
    for start in range(0, len(there), AT_ONCE):
        block = there[start : start + AT_ONCE]
        with store.write() as change:
            hold_structure(change)
            _score(change, period, block)
            _note_done(change, period, block[-1])
    with store.write() as change:
        hold_structure(change)
        _note_done(change, period, "")


def _note_done(change: Transaction, period: str, after: str) -> None:
    """Note that a month is scored up to a community, or with "" that it is done; other runs' months stay noted."""
    others = tuple(one for one in _left(change).periods if one != period)
    _keep_left(change, _Left((period, *others), after) if after else _Left(others))


def _forget_others(change: Transaction) -> None:
    """Drop scores of months that are no longer scored, as after an edition was put in force from a later month."""
    live = set(live_periods(change))
    for period in assessments.periods(change):
        if period not in live:
            assessments.forget(change, period, period)


def _gaps(view: Transaction) -> list[_Gap]:
    periods = live_periods(view)
    if not periods:
        return []
    timeline, known = editions.timeline(view), assessments.assessed(view, periods[0], periods[-1])
    versions = areas.versions(view)
    gaps = []
    for period in periods:
        there = (entry.area for entry in versions if entry.valid_in(period) and entry.area.kind == "community")
        lacking = sorted(area.code for area in there if (period, area.code, timeline.at(period)) not in known)
        if lacking:
            gaps.append(_Gap(period, tuple(lacking)))
    return gaps


def _fill(change: Transaction, gap: _Gap) -> int:
    """Score those of the communities that nobody has scored in the meantime."""
    seq = editions.timeline(change).at(gap.period)
    known = assessments.assessed(change, gap.period, gap.period)
    return _score(change, gap.period, [code for code in gap.communities if (gap.period, code, seq) not in known])


def _score(change: Transaction, period: str, communities: Sequence[str]) -> int:
    seq = editions.timeline(change).at(period)
    if seq is None or not communities:
        return 0
    reports = reports_of(change, communities, period)
    edition = editions.load(change, seq).edition
    assessments.put(change, seq, assess(edition, month_number(period), list(communities), reports))
    return len(communities)


def _communities(view: Transaction, period: str) -> list[str]:
    return sorted(area.code for area in areas.tree(view, period) if area.kind == "community")

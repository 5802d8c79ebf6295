"""Scoring anew what is scored already: all months or some, in lots, so that a stopped or killed run can go on.

Nothing changes where the stored scores were right. Readers are not held up, uploads only while a lot is stored.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from beicha.actions.assessing import everybody, forget_others, live_periods
from beicha.actions.grants import Grant, require_everywhere
from beicha.actions.lots import lots, store_lot
from beicha.actions.spreading import scored
from beicha.store import Store, Transaction, audit, settings
from beicha.store.locks import hold_structure

Progress = Callable[[int, int], bool]
"""Told how many communities of how many are done, in all their months; False stops the work."""


def recompute(
    grant: Grant,
    store: Store,
    now: datetime,
    periods: Collection[str] | None = None,
    progress: Progress = lambda done, total: True,  # noqa: ARG005
) -> tuple[str, ...]:
    """Score the months (None: all) anew from their facts; returns those that came to their end: all, or none.

    What is left to do is kept beside the scores, so that a run that was stopped by ``progress``, or killed, can be
    gone on with: ``resume``.
    """
    require_everywhere(grant, "set_up")
    with store.write() as change:
        run = _Run(tuple(period for period in live_periods(change) if periods is None or period in periods))
        _keep(change, [*_without(_left(change), run.periods), run])
    return _work_off(grant, store, now, [run], progress)


def resume(
    grant: Grant,
    store: Store,
    now: datetime,
    progress: Progress = lambda done, total: True,  # noqa: ARG005
) -> tuple[str, ...]:
    """Go on with recomputations that did not come to their end, behind the communities they had come to."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        runs = _left(view)
    return _work_off(grant, store, now, runs, progress)


def to_resume(store: Store) -> tuple[str, ...]:
    """The months that recomputations were to score and have not for everybody; empty where all came to their end."""
    with store.read() as view:
        return tuple(sorted({period for run in _left(view) for period in run.periods}))


@dataclass(frozen=True)
class _Run:
    """Months that are scored anew, and the community up to which that is done, by code."""

    periods: tuple[str, ...]
    after: str = ""


_LEFT = "recomputing"


def _left(view: Transaction) -> list[_Run]:
    """The runs that did not come to their end. Program versions before 2026-12 kept one, by month: it begins anew."""
    kept = settings.get(view, _LEFT) or []
    runs = [{"periods": kept["periods"], "after": ""}] if isinstance(kept, dict) else kept
    return [_Run(tuple(run["periods"]), run["after"]) for run in runs if run["periods"]]


def _keep(change: Transaction, runs: Sequence[_Run]) -> None:
    settings.put(change, _LEFT, [{"periods": list(run.periods), "after": run.after} for run in runs if run.periods])


def _without(runs: Sequence[_Run], periods: Collection[str]) -> list[_Run]:
    """The runs without these months, which another takes over."""
    return [replace(run, periods=tuple(one for one in run.periods if one not in periods)) for run in runs]


def _work_off(grant: Grant, store: Store, now: datetime, runs: Sequence[_Run], progress: Progress) -> tuple[str, ...]:
    done: list[str] = []
    for run in runs:
        if not _score(store, run, progress):
            break
        done += run.periods
    with store.write() as change:
        forget_others(change)
        audit.add(change, now, grant, "recompute", ",".join(done))
    return tuple(done)


def _score(store: Store, run: _Run, progress: Progress) -> bool:
    """Score a run's months lot by lot; a lot's scores and how far the work has come are one transaction.

    Whether it came to its end.
    """
    with store.read() as view:
        live = set(live_periods(view))
        there = {period: everybody(view, period) for period in run.periods if period in live}
    total = len({code for codes in there.values() for code in codes})
    wanted = {period: [code for code in codes if code > run.after] for period, codes in there.items()}
    done = total - len({code for codes in wanted.values() for code in codes})
    for lot, scores in scored(lots(store, wanted)):
        if not progress(done, total):
            return False
        with store.write() as change:
            hold_structure(change)
            store_lot(change, lot, scores)
            _note(change, run, lot.communities[-1])
        done += len(lot.communities)
    progress(done, total)
    with store.write() as change:
        hold_structure(change)
        _note(change, run, None)
    return True


def _note(change: Transaction, run: _Run, after: str | None) -> None:
    """Note that a run is done up to a community, None: to its end; other runs stay as they are noted."""
    others = [one for one in _left(change) if one.periods != run.periods]
    _keep(change, others if after is None else [replace(run, after=after), *others])

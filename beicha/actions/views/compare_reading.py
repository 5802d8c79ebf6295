"""What is compared, read for somebody: cut to what the grant sees, with the reasons on both sides."""

from dataclasses import dataclass
from typing import Literal, get_args

import pandas as pd

from beicha.actions.grants import Grant, require
from beicha.actions.views.compare import (
    Comparison,
    Group,
    Place,
    Reasons,
    area_in,
    beside_others,
    community_in,
    compare,
    others_of,
    verified_over,
)
from beicha.actions.views.months import Month
from beicha.actions.views.reading import read_months, read_reasons_by_code
from beicha.store import Store, editions
from scoring.differences import renames_through
from scoring.periods import month_number, period_text

Way = Literal["months", "communities", "others", "verified"]
WAYS: tuple[Way, ...] = get_args(Way)


def way_in(text: str) -> Way:
    """The way that an address names; raises KeyError for none that there is."""
    for way in WAYS:
        if way == text:
            return way
    raise KeyError(text)


@dataclass(frozen=True)
class CompareAsk:
    """What is asked for: two months of a community ('' for a street, or all in view), two communities of a month, a
    community beside a group of others, or its self-report beside its verification; of all lines or one.

    ``other`` is the other month, the other community or the group.
    """

    way: Way
    period: str
    other: str = ""
    community: str = ""
    street: str = ""
    line: str = ""


@dataclass(frozen=True)
class Beside:
    """A community beside the others: the difference from their mean (None where nobody is in view to compare with).

    ``counts`` tells how many others there are in each group that is seen as a whole; ``criteria`` as in
    ``compare.beside_others``.
    """

    counts: dict[Group, int]
    comparison: Comparison | None
    criteria: pd.DataFrame


def read_comparison(grant: Grant, store: Store, ask: CompareAsk) -> Comparison:
    """The difference of two months, the earlier one first, or from another community to this one.

    Raises Refused where the grant sees nothing, KeyError where a month or community is not in view.
    """
    if ask.way == "communities":
        month = _month(grant, store, ask.period, ask.community)
        other, own = (
            community_in(month, code, _reasons(grant, store, month, code)) for code in (ask.other, ask.community)
        )
        return compare(other, own, ask.line)
    first, last = sorted((ask.period, ask.other))
    if first == last:
        raise KeyError(ask.other)
    then, now = (_place(grant, store, period, ask) for period in (first, last))
    return compare(then, now, ask.line, _renamed(store, then.month, now.month))


def _place(grant: Grant, store: Store, period: str, ask: CompareAsk) -> Place:
    month = _month(grant, store, period, ask.community)
    if ask.community:
        return community_in(month, ask.community, _reasons(grant, store, month, ask.community))
    return area_in(month, ask.street)


def _month(grant: Grant, store: Store, period: str, community: str) -> Month:
    months = read_months(grant, store, period, period, community)
    if not months:
        raise KeyError(period)
    return months[0]


def _reasons(grant: Grant, store: Store, month: Month, code: str) -> Reasons:
    if code not in month.standing.cells.communities:
        raise KeyError(code)
    return read_reasons_by_code(grant, store, month.period, code)


def _renamed(store: Store, then: Month, now: Month) -> dict[str, str]:
    """From the codes of the first month's criteria to those of the second's, through all editions between."""
    if then.edition.digest == now.edition.digest:
        return {}
    months = range(month_number(then.period), month_number(now.period) + 1)
    with store.read() as view:
        timeline = editions.timeline(view)
        numbers = dict.fromkeys(timeline.at(period_text(month)) for month in months)
        return renames_through([editions.load(view, seq).edition for seq in numbers if seq is not None])


def read_beside(grant: Grant, store: Store, ask: CompareAsk) -> Beside:
    """A community beside the group that is asked for, or the first that is seen; raises as ``read_comparison``."""
    month = _month(grant, store, ask.period, ask.community)
    own = community_in(month, ask.community, _reasons(grant, store, month, ask.community))
    groups = others_of(month, ask.community)
    chosen = next((name for name in groups if name == ask.other), next(iter(groups), None))
    comparison = compare(Place(month, groups[chosen], "", group=chosen), own, ask.line) if chosen else None
    counts = {name: len(members) for name, members in groups.items()}
    return Beside(counts, comparison, beside_others(month, ask.community, ask.line))


def read_verified_over(grant: Grant, store: Store, community: str, line: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Self-report beside verification of a community over its months (``compare.verified_over``)."""
    require(grant, "see")
    return verified_over(read_months(grant, store, community=community), community, line)

"""Reviews (审核): what was decided about a community's month, one row a step. Nothing here is ever changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from beicha.store.schema import reviews

Verb = Literal["pass", "return", "finalise", "unlock", "extend"]


@dataclass(frozen=True)
class Step:
    """What somebody decides about a community's month.

    ``submission`` is the version that they looked at, None where there was none. ``items`` are the criteria that a
    return is about, with what is wrong in each. ``score`` is the community's when the month was closed, None for none.
    """

    community: str
    period: str
    verb: Verb
    submission: int | None
    reason: str = ""
    items: Mapping[str, str] | None = None
    score: float | None = None


@dataclass(frozen=True)
class Review:
    """A step as it was taken; higher ``seq`` is newer."""

    seq: int
    step: Step
    made_by: str
    made_at: datetime


_MONTH = (reviews.c.period, reviews.c.community)


def add(change: Connection, steps: Sequence[Step], *, by: str, at: datetime) -> None:
    """Note steps of one person."""
    if steps:
        change.execute(insert(reviews), [_row(step) | {"made_by": by, "made_at": at} for step in steps])


def newest(view: Connection, period: str, community: str | None = None) -> dict[str, Review]:
    """The newest step of each community in a month, extensions left out; of one community, or of all."""
    chosen = [reviews.c.period == period, reviews.c.verb != "extend"]
    if community is not None:
        chosen.append(reviews.c.community == community)
    last = select(func.max(reviews.c.seq)).where(*chosen).group_by(reviews.c.community)
    found = view.execute(select(reviews).where(reviews.c.seq.in_(last)))
    return {row.community: _review(row) for row in found}


def returned(view: Connection, most: int) -> tuple[Review, ...]:
    """The newest months whose newest step is a return, newest first."""
    last = select(func.max(reviews.c.seq)).where(reviews.c.verb != "extend").group_by(*_MONTH)
    chosen = reviews.c.seq.in_(last) & (reviews.c.verb == "return")
    rows = view.execute(select(reviews).where(chosen).order_by(reviews.c.seq.desc()).limit(most))
    return tuple(_review(row) for row in rows)


def extended(view: Connection, period: str, community: str | None = None) -> set[str]:
    """The communities that may report the month after it closed; looks at one community, or at all."""
    chosen = [reviews.c.period == period, reviews.c.verb == "extend"]
    if community is not None:
        chosen.append(reviews.c.community == community)
    return set(view.execute(select(reviews.c.community).where(*chosen).distinct()).scalars())


def of_month(view: Connection, community: str, period: str) -> tuple[Review, ...]:
    """All steps of a community's month, newest first."""
    chosen = (reviews.c.community == community) & (reviews.c.period == period)
    rows = view.execute(select(reviews).where(chosen).order_by(reviews.c.seq.desc()))
    return tuple(_review(row) for row in rows)


def _row(step: Step) -> dict[str, Any]:
    return vars(step) | {"items": json.dumps(dict(step.items or {}), ensure_ascii=False)}


def _review(row: Any) -> Review:
    step = Step(
        row.community, row.period, row.verb, row.submission, row.reason, json.loads(row.items) or None, row.score
    )
    return Review(row.seq, step, row.made_by, row.made_at)

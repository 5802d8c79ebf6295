"""Draws for spot checks: what was asked for, and what came of it. Nothing here is ever changed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from beicha.store.schema import MOST_NUMBER, spot_draws


@dataclass(frozen=True)
class KeptDraw:
    """A draw of a month: by which seed, how it was asked for, and per community the points as plain values."""

    id: int
    period: str
    seed: str
    wish: Mapping[str, Any]
    result: Sequence[Mapping[str, Any]]
    made_by: str
    made_at: datetime


def add(
    change: Connection,
    period: str,
    seed: str,
    wish: Mapping[str, Any],
    result: Sequence[Mapping[str, Any]],
    *,
    by: str,
    at: datetime,
) -> int:
    """Keep a draw and give its number."""
    texts = {"wish": json.dumps(wish, ensure_ascii=False), "result": json.dumps(result, ensure_ascii=False)}
    statement = insert(spot_draws).values(period=period, seed=seed, **texts, made_by=by, made_at=at)
    number: int = change.execute(statement.returning(spot_draws.c.id)).scalar_one()
    return number


def of_month(view: Connection, period: str) -> tuple[KeptDraw, ...]:
    """The draws of a month, newest first."""
    rows = view.execute(select(spot_draws).where(spot_draws.c.period == period).order_by(spot_draws.c.id.desc()))
    return tuple(map(_draw, rows))


def of_number(view: Connection, number: int) -> KeptDraw | None:
    """The draw with this number, None where there is none."""
    if number > MOST_NUMBER:
        return None
    row = view.execute(select(spot_draws).where(spot_draws.c.id == number)).one_or_none()
    return None if row is None else _draw(row)


def _draw(row: Any) -> KeptDraw:
    return KeptDraw(
        row.id, row.period, row.seed, json.loads(row.wish), json.loads(row.result), row.made_by, row.made_at
    )

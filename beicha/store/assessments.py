"""Assessments (测评结果): per community and month the cells in one small blob, and the reasons in another."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, delete, select

from beicha.store.areas import Selected
from beicha.store.cells import decode, encode
from beicha.store.conflicts import insert_or_replace
from beicha.store.content import compress, expand
from beicha.store.editions import KeptEdition
from beicha.store.schema import assessments, reasons
from beicha.store.stepping import values_of
from scoring.assessment import Assessment
from scoring.cells import Cells
from scoring.outcomes import Reason
from scoring.periods import period_text


@dataclass(frozen=True)
class Packed:
    """What a community's month came to, as it is stored."""

    period: str
    community: str
    cells: bytes
    self_fractions: bytes | None
    reasons: bytes


def pack(assessment: Assessment) -> list[Packed]:
    """An assessment as it is stored, by community. It is work of its own, and needs no database."""
    period, cells = period_text(assessment.month), encode(assessment.edition, assessment.cells())
    return [
        Packed(period, name, *cells[number], _pack_reasons(assessment, number))
        for number, name in enumerate(assessment.communities)
    ]


def keep(change: Connection, edition: int, packed: Sequence[Packed]) -> None:
    """Store what is packed under the edition's number, in place of what these communities had for these months."""
    if not packed:
        return
    keys = [{"period": one.period, "community": one.community} for one in packed]
    pairs = list(zip(keys, packed, strict=True))
    rows = [key | {"edition": edition, "cells": one.cells, "self_fractions": one.self_fractions} for key, one in pairs]
    insert_or_replace(change, assessments, rows)
    insert_or_replace(change, reasons, [key | {"content": one.reasons} for key, one in pairs])


def read(
    view: Connection,
    kept: KeptEdition,
    periods: Collection[str],
    within: Sequence[str] | Selected | None = None,
) -> dict[str, Cells]:
    """The cells stored under an edition, by month of these, communities in the order of their codes.

    A month without any is left out, and so is a community within a month. Communities are all, or those within, which
    a select may give; each is then looked up by itself, so that it does not matter how many there are besides.
    """
    columns = assessments.c
    chosen = [columns.period.in_(list(periods)), columns.edition == kept.seq]
    if within is not None:
        chosen.append(columns.community.in_(within if isinstance(within, Select) else list(within)))
    statement = select(columns.period, columns.community, columns.cells, columns.self_fractions).where(*chosen)
    rows = view.execute(statement.order_by(columns.period, columns.community)).all()
    if not rows:
        return {}
    _, names, blobs, selves = zip(*rows, strict=True)
    whole = decode(kept.edition, names, blobs, selves)
    return _by_month(whole, [row[0] for row in rows])


def differing(view: Connection, edition: int, packed: Sequence[Packed]) -> list[Packed]:
    """Those of which the stored cells and edition are not exactly these, or are absent."""
    columns = assessments.c
    chosen = columns.period.in_({one.period for one in packed}) & columns.community.in_(
        {one.community for one in packed}
    )
    asked = select(columns.period, columns.community, columns.edition, columns.cells, columns.self_fractions)
    stored = {tuple(row[:2]): tuple(row[2:]) for row in view.execute(asked.where(chosen))}
    return [
        one for one in packed if stored.get((one.period, one.community)) != (edition, one.cells, one.self_fractions)
    ]


def assessed(view: Connection, first: str, last: str) -> set[tuple[str, str, int]]:
    """Which month and community has an assessment, and under which edition's number."""
    columns = assessments.c
    statement = select(columns.period, columns.community, columns.edition).where(columns.period.between(first, last))
    return {(row.period, row.community, row.edition) for row in view.execute(statement)}


def periods(view: Connection) -> tuple[str, ...]:
    """Every month with an assessment, in order."""
    each = values_of(assessments.c.period)
    return tuple(view.execute(select(each.c.value).where(each.c.value.is_not(None)).order_by(each.c.value)).scalars())


def read_reasons(view: Connection, period: str, community: str) -> tuple[Reason, ...]:
    """The reasons of a community's findings in a month, criteria in the edition's order; empty where not assessed."""
    chosen = (reasons.c.period == period) & (reasons.c.community == community)
    blob = view.execute(select(reasons.c.content).where(chosen)).scalar_one_or_none()
    return () if blob is None else tuple(Reason(code, values) for code, values in expand(blob))


def forget(change: Connection, first: str, last: str = "9999-12", communities: Iterable[str] | None = None) -> None:
    """Take the assessments of the months away, so that they are made anew when they are next asked for."""
    for table in (assessments, reasons):
        chosen = [table.c.period.between(first, last)]
        if communities is not None:
            chosen.append(table.c.community.in_(list(communities)))
        change.execute(delete(table).where(*chosen))


def _by_month(whole: Cells, months: list[str]) -> dict[str, Cells]:
    parts, start = {}, 0
    for month, group in groupby(months):
        end = start + len(list(group))
        parts[month] = _slice(whole, slice(start, end))
        start = end
    return parts


def _slice(cells: Cells, rows: slice) -> Cells:
    return Cells(
        cells.communities[rows],
        cells.state[rows],
        cells.fraction[rows],
        cells.self_fraction[rows],
        cells.bonus[rows],
        cells.veto[rows],
        cells.reported[rows],
    )


def _pack_reasons(assessment: Assessment, community: int) -> bytes:
    found = [assessment.reason(community, criterion) for criterion in range(len(assessment.edition.criteria))]
    return compress([[reason.code, reason.values] for reason in found], _plain)


def _plain(value: Any) -> Any:
    """What JSON does not know, as it does: numpy's numbers as Python's, reasons within reasons, days as text."""
    if isinstance(value, Reason):
        return {"code": value.code, "values": value.values}
    return value.item() if isinstance(value, np.generic) else value.isoformat()

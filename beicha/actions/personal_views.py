"""Seeing what is a person's own: hidden from everybody, shown to who holds the right and asks, and written down.

An audit row tells who saw hidden cells of which community's month and ledger; one a day for each, however often a page
runs again. It is written in a transaction of its own before anything is shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from beicha.actions.grants import Grant, require, require_for
from beicha.store import Store, areas, audit
from beicha.words.masking import keeps_children, masked_cell, masked_values
from beicha.words.times import day_begin
from scoring.edition import Edition

ACTION = "personal.view"


@dataclass(frozen=True)
class Asked:
    """Somebody asked to see the rows of a community as they are, at a moment."""

    community: str
    at: datetime


def asked_by(community: str, at: datetime | None) -> Asked | None:
    """That somebody asked at the moment, None where nobody did."""
    return None if at is None else Asked(community, at)


def shown_rows(grant: Grant, store: Store, frame: pd.DataFrame, edition: Edition, asked: Asked | None) -> pd.DataFrame:
    """Evidence rows (columns period, ledger, values, corrected) with what is a person's own hidden; or as they are.

    Raises Refused where somebody asked who does not hold the right for the community.
    """
    hidden = frame.assign(
        values=_column(masked_values(edition.ledger(row.ledger), row.values) for row in _rows(frame)),
        corrected=_column(hidden_corrections(row.corrected, edition) for row in _rows(frame)),
    )
    if asked is None:
        return hidden
    pairs = zip(_rows(frame), _rows(hidden), strict=True)
    seen = {(row.period, row.ledger) for row, other in pairs if row != other}
    note_views(grant, store, asked, sorted(seen), edition)
    return frame


def hidden_corrections(corrections: Iterable[Any], edition: Edition | None) -> tuple[Any, ...]:
    """Cells that were put right, with what is a person's own hidden in what stood there and what counts instead."""
    known = {ledger.code: ledger for ledger in edition.ledgers} if edition else {}
    return tuple(
        type(one)(
            **{
                **vars(one),
                "found": masked_cell(known.get(one.ledger), one.field, one.found),
                "text": masked_cell(known.get(one.ledger), one.field, one.text),
            }
        )
        for one in corrections
    )


def note_views(
    grant: Grant, store: Store, asked: Asked, seen: Iterable[tuple[str, str]], edition: Edition | None = None
) -> None:
    """Write down that these ledgers, by month and code, are seen as they are; Refused where the right is not held."""
    with store.read() as view:
        require_for(grant, "personal", [asked.community], areas.tree(view, asked.at.strftime("%Y-%m")))
    children = {ledger.code for ledger in edition.ledgers if keeps_children(ledger)} if edition else set()
    for period, ledger in seen:
        _note(grant, store, asked, f"{asked.community} {period} {ledger}", {"children": ledger in children})


def note_file(grant: Grant, store: Store, digest: str, at: datetime) -> None:
    """Write down that a file of somebody else's upload is opened, which holds what is a person's own."""
    require(grant, "personal")
    _note(grant, store, Asked("", at), digest, {"children": False})


def _note(grant: Grant, store: Store, asked: Asked, what: str, details: Mapping[str, Any]) -> None:
    begin = day_begin(asked.at)
    with store.read() as view:
        if audit.is_noted(view, grant, ACTION, what, since=begin):
            return
    with store.write() as change:
        if not audit.is_noted(change, grant, ACTION, what, since=begin):
            audit.add(change, asked.at, grant, "personal.view", what, **details)


def _rows(frame: pd.DataFrame) -> list[Any]:
    kept = frame[["period", "ledger", "values", "corrected"]]
    return [_Row(*row) for row in zip(*(kept[column] for column in kept), strict=True)]


@dataclass(frozen=True)
class _Row:
    period: str
    ledger: str
    values: Mapping[str, Any]
    corrected: tuple[Any, ...]


def _column(values: Iterable[Any]) -> "pd.Series[Any]":
    return pd.Series(list(values), dtype=object)

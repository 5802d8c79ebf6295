"""What a report changes against the one before, ledger by ledger."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scoring.coding import rows_of, values_of
from scoring.edition import Edition
from scoring.facts import Report, Rows
from scoring.ledgers import Ledger
from scoring.texts import normal

NOTHING = Rows([], [], {})


@dataclass(frozen=True)
class LedgerChange:
    """One ledger in the new report beside the old one.

    ``now`` and ``before`` hold the rows; ``new`` are indexes into ``now``, ``missing`` into ``before``, ``changed``
    pairs of both (before, now). ``carried_over``: the files do not hold the ledger, so its rows stay. ``removed``:
    they would have stayed, but the user took them away.
    """

    ledger: str
    title: str
    now: Rows
    before: Rows
    new: tuple[int, ...] = ()
    changed: tuple[tuple[int, int], ...] = ()
    unchanged: int = 0
    missing: tuple[int, ...] = ()
    carried_over: bool = False
    removed: bool = False

    @property
    def same(self) -> bool:
        """Whether nothing changes in it."""
        return not (self.new or self.changed or self.missing)


def compare(
    edition: Edition, before: Report | None, now: Report, carried: Sequence[str], removed: Sequence[str]
) -> tuple[LedgerChange, ...]:
    """The change of every ledger that one of the reports holds, in the edition's order.

    Events are the same where they agree in the ledger's key fields; rows of a ledger of state without a key
    are the same where they agree in everything. Of an event that stands twice the last row counts.
    """
    found = []
    for ledger in edition.ledgers:
        old = rows_of(edition, before, ledger) if before else None
        new = rows_of(edition, now, ledger)
        if old is None and new is None:
            continue
        pair = _Pair(edition, ledger, old or NOTHING, new or NOTHING)
        found.append(pair.change(ledger.code in carried, ledger.code in removed))
    return tuple(found)


def row_keys(edition: Edition, ledger: Ledger, rows: Rows) -> list[Any]:
    """What tells each row from others: its key fields as they are compared, or all of it where there are none."""
    fields = ledger.key_fields or [field.code for field in ledger.fields]
    return shapes(edition, ledger, rows, fields)


def shapes(edition: Edition, ledger: Ledger, rows: Rows, fields: Sequence[str]) -> list[Any]:
    """The values of these fields row by row, as they are compared."""
    columns = [[shape(value) for value in values_of(edition, ledger, rows, field)] for field in fields]
    return list(zip(*columns, strict=True)) if columns else []


@dataclass(frozen=True)
class _Pair:
    """The rows of one ledger before and now."""

    edition: Edition
    ledger: Ledger
    before: Rows
    now: Rows

    def change(self, carried_over: bool, removed: bool) -> LedgerChange:
        whole = [field.code for field in self.ledger.fields]
        old, new = self._shapes(self.before, whole), self._shapes(self.now, whole)
        matched = self._by_key() if self.ledger.key_fields else _by_content(old, new)
        changed = tuple((i, j) for i, j in matched if old[i] != new[j])
        befores, nows = {i for i, _ in matched}, {j for _, j in matched}
        last_old, last_new = self._last(self.before), self._last(self.now)
        return LedgerChange(
            self.ledger.code,
            self.ledger.title,
            self.now,
            self.before,
            tuple(j for j in last_new if j not in nows),
            changed,
            len(matched) - len(changed),
            tuple(i for i in last_old if i not in befores),
            carried_over,
            removed,
        )

    def _by_key(self) -> list[tuple[int, int]]:
        before = self._keys(self.before)
        return [(before[key], j) for key, j in self._keys(self.now).items() if key in before]

    def _last(self, rows: Rows) -> list[int]:
        """The rows that count: of an event the last one, of a state all."""
        return sorted(self._keys(rows).values()) if self.ledger.key_fields else list(range(len(rows)))

    def _keys(self, rows: Rows) -> dict[Any, int]:
        return {key: number for number, key in enumerate(self._shapes(rows, self.ledger.key_fields))}

    def _shapes(self, rows: Rows, fields: Sequence[str]) -> list[Any]:
        return shapes(self.edition, self.ledger, rows, fields)


def shape(value: Any) -> Any:
    """A value as it is compared: texts in their normal form, blanks alike."""
    if isinstance(value, str):
        return normal(value) or None
    return tuple(map(normal, value)) or None if isinstance(value, list) else value


def _by_content(old: list[Any], new: list[Any]) -> list[tuple[int, int]]:
    places: dict[Any, list[int]] = defaultdict(list)
    for i in reversed(range(len(old))):
        places[old[i]].append(i)
    return [(places[shape].pop(), j) for j, shape in enumerate(new) if places.get(shape)]

"""The history of one fact: every version in which a row appeared, changed, stayed or disappeared, and from where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from beicha.actions.comparing import row_keys, shape
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_for
from beicha.actions.personal_views import Asked, hidden_corrections, note_views
from beicha.store import Store, Transaction, areas, submissions
from beicha.store.content import Content, Correction
from beicha.store.submissions import Key, SentFile, Version
from beicha.words.masking import masked_rows, masked_values
from scoring.coding import rows_of, values_of
from scoring.edition import Edition
from scoring.facts import Rows
from scoring.ledgers import Ledger
from scoring.periods import month_number

What = Literal["appeared", "changed", "unchanged", "disappeared"]
Through = Literal["submitted", "restored", "carried_over", "removed"]


@dataclass(frozen=True)
class Fact:
    """A row as one version holds it: its values by field, where it stood, and the cells of it that were put right."""

    values: Mapping[str, Any]
    sheet: str
    row: int
    file: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class FactEvent:
    """What one version did to a row: ``before`` and ``now`` are None where it was not, or is not, there.

    ``changed`` are the codes of the fields that differ. ``through`` is how the version came about for this ledger.
    """

    version: Version
    what: What
    through: Through
    before: Fact | None
    now: Fact | None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class FactKey:
    """Which row: of a community's ledger, as the edition in force in ``period`` knows it, by the row's own values.

    Those of the key fields tell it from others, all of them where the ledger has no key.
    """

    community: str
    period: str
    ledger: str
    values: Mapping[str, Any]


def fact_history(
    grant: Grant, store: Store, key: FactKey, *, asked_at: datetime | None = None
) -> tuple[FactEvent, ...]:
    """The history of a row over all months of its community, oldest first; KeyError where there is no such ledger.

    What is a person's own is hidden unless somebody asked at a moment; the row is found by hidden values as well.
    """
    with store.read() as view:
        require_for(grant, "files", [key.community], areas.tree(view, key.period))
        kept = kept_in_force(view, key.period)
        if kept is None:
            raise KeyError(key.period)
        ledger = kept.edition.ledger(key.ledger)
        events = _Search(view, kept.edition, ledger, key.community).events(key.values)
    hidden = tuple(_hidden(event, ledger, kept.edition) for event in events)
    if asked_at is None:
        return hidden
    seen = sorted({event.version.period for event, other in zip(events, hidden, strict=True) if event != other})
    note_views(grant, store, Asked(key.community, asked_at), [(period, ledger.code) for period in seen], kept.edition)
    return tuple(events)


def _hidden(event: FactEvent, ledger: Ledger, edition: Edition) -> FactEvent:
    before, now = (_hidden_fact(fact, ledger, edition) for fact in (event.before, event.now))
    return replace(event, before=before, now=now)


def _hidden_fact(fact: Fact | None, ledger: Ledger, edition: Edition) -> Fact | None:
    if fact is None:
        return None
    corrections = hidden_corrections(fact.corrections, edition)
    return replace(fact, values=masked_values(ledger, fact.values), corrections=corrections)


def current_rows(
    grant: Grant, store: Store, key: Key, *, asked_at: datetime | None = None
) -> tuple[tuple[Ledger, Rows], ...]:
    """The ledgers with rows of the current version of a community's month; none where nothing was handed in.

    What is a person's own is hidden unless somebody asked at a moment.
    """
    with store.read() as view:
        require_for(grant, "files", [key.community], areas.tree(view, key.period))
        kept, version = kept_in_force(view, key.period), submissions.newest(view, key)
        if kept is None or version is None:
            return ()
        content = submissions.content(view, version.seq)
    report = content.report(key.community, month_number(key.period), key.kept_by)
    found = [(ledger, rows_of(kept.edition, report, ledger)) for ledger in kept.edition.ledgers]
    there = tuple((ledger, rows) for ledger, rows in found if rows)
    hidden = tuple((ledger, masked_rows(ledger, rows)) for ledger, rows in there)
    if asked_at is None:
        return hidden
    seen = [ledger.code for (ledger, rows), (_, other) in zip(there, hidden, strict=True) if rows != other]
    asked = Asked(key.community, asked_at)
    note_views(grant, store, asked, [(key.period, code) for code in seen], kept.edition)
    return there


@dataclass(frozen=True)
class _Stand:
    """What a version says in the ledger, by the keys of rows."""

    version: Version
    content: Content
    rows: Rows | None
    places: Mapping[Any, int]


class _Search:
    """The search for one row through all versions of one keeper's reports of a community."""

    def __init__(self, view: Transaction, edition: Edition, ledger: Ledger, community: str) -> None:
        self._view, self._edition, self._ledger, self._community = view, edition, ledger, community

    def events(self, values: Mapping[str, Any]) -> list[FactEvent]:
        """What every version did to the row with these values."""
        wanted = self._key_of(masked_values(self._ledger, values))
        versions = submissions.versions_of(self._view, self._community, self._ledger.kept_by)
        sent = submissions.sent_files(self._view, [version.seq for version in versions])
        before: dict[str, _Stand] = {}
        found = []
        for version in versions:
            stand, old = self._stand(version), before.get(version.period)
            before[version.period] = stand
            event = self._event(wanted, old, stand, sent[version.seq])
            if event is not None:
                found.append(event)
        return found

    def _key_of(self, values: Mapping[str, Any]) -> Any:
        row = Rows([""], [0], {code: [value] for code, value in values.items()})
        return row_keys(self._edition, self._ledger, row)[0]

    def _stand(self, version: Version) -> _Stand:
        content = submissions.content(self._view, version.seq)
        report = content.report(version.community, month_number(version.period), version.kept_by)
        rows = rows_of(self._edition, report, self._ledger)
        keys = row_keys(self._edition, self._ledger, masked_rows(self._ledger, rows)) if rows else []
        return _Stand(version, content, rows, {key: place for place, key in enumerate(keys)})

    def _event(self, wanted: Any, old: _Stand | None, new: _Stand, sent: Sequence[SentFile]) -> FactEvent | None:
        before = self._fact(old, wanted) if old else None
        now = self._fact(new, wanted)
        if before is None and now is None:
            return None
        through = self._through(new, sent)
        if before is None or now is None:
            return FactEvent(new.version, "appeared" if now else "disappeared", through, before, now)
        changed = tuple(code for code, value in now.values.items() if shape(value) != shape(before.values[code]))
        return FactEvent(new.version, "changed" if changed else "unchanged", through, before, now, changed)

    def _fact(self, stand: _Stand, wanted: Any) -> Fact | None:
        place = stand.places.get(wanted)
        if place is None or stand.rows is None:
            return None
        codes = [field.code for field in self._ledger.fields]
        values = {code: values_of(self._edition, self._ledger, stand.rows, code)[place] for code in codes}
        sheet, row = stand.rows.sheet[place], stand.rows.row[place]
        source = stand.content.sources.get(self._stored_code(stand.content))
        file = source.file if source else ""
        put_right = tuple(
            found for found in stand.content.corrections if (found.file, found.sheet, found.row) == (file, sheet, row)
        )
        return Fact(values, sheet, row, file, put_right)

    def _stored_code(self, content: Content) -> str:
        """The ledger's code in the content, which may be a former one."""
        former = [old for old, new in self._edition.renames.ledgers.items() if new == self._ledger.code]
        return next((code for code in (self._ledger.code, *former) if code in content.ledgers), self._ledger.code)

    def _through(self, stand: _Stand, sent: Sequence[SentFile]) -> Through:
        if stand.version.restored_from is not None:
            return "restored"
        source = stand.content.sources.get(self._stored_code(stand.content))
        if source is None:
            return "submitted" if stand.rows is not None else "removed"
        return "submitted" if source.sha256 in {file.sha256 for file in sent} else "carried_over"

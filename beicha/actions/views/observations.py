"""Observations (督查记录): the rows of the ledgers that the office keeps of what it saw, as a list shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from beicha.actions.grants import Grant, covered, lines_by_community, require_month
from beicha.actions.spot_checks import observation_ledgers
from beicha.actions.views.streets import is_within, street_of
from beicha.store import Store, areas, editions, submissions
from beicha.store.content import Content
from beicha.store.submissions import Version
from beicha.words.masking import masked_values
from scoring.coding import rows_of, values_of
from scoring.edition import Edition
from scoring.facts import Area, Rows
from scoring.ledgers import Ledger
from scoring.periods import month_number
from scoring.texts import normal


@dataclass(frozen=True)
class Observation:
    """One row of what the office saw, with where it stands: ``version`` and ``sha256`` open its file.

    ``values`` are those of the ledger's fields by code, what is a person's own hidden. ``lines`` are the codes of the
    lines that answer for it: those named as responsible, else the one that leads the criterion. ``file`` is '' where
    the reader may not open files.
    """

    community: str
    name: str
    street: str
    street_name: str
    period: str
    ledger: str
    values: Mapping[str, Any]
    criterion: str
    title: str
    lines: tuple[str, ...]
    sheet: str
    row: int
    version: int
    file: str
    sha256: str

    @property
    def problem(self) -> str:
        """What was found wrong, '' for nothing."""
        return str(self.values.get("problem") or "")

    @property
    def day(self) -> date | None:
        """When it was seen."""
        found = self.values.get("date")
        return found if isinstance(found, date) else None

    @property
    def is_open(self) -> bool:
        """Whether it names a problem that was not put right on the spot."""
        return bool(self.problem) and self.values.get("fixed_on_spot") is not True

    @property
    def origin(self) -> str:
        """What tells it from every other however often its report is stored again."""
        said = [self.values.get(code) for code in ("date", "place", "subject", "criterion", "problem")]
        parts = [self.community, self.period, self.ledger, *(normal(str(part)) for part in said)]
        return f"observation:{sha256('|'.join(parts).encode()).hexdigest()[:24]}"


@dataclass(frozen=True)
class _Place:
    """The month in which rows are looked for."""

    edition: Edition
    areas: Mapping[str, Area]
    period: str


def read_observations(
    grant: Grant, store: Store, period: str, street: str = "", line: str = ""
) -> tuple[Observation, ...]:
    """What was written down in a month, by community and day, as far as the grant sees rows.

    A post for some lines alone sees what these answer for. Raises Refused where the grant sees no rows in the month.
    """
    require_month(grant, "rows", period)
    with store.read() as view:
        seq = editions.timeline(view).at(period)
        if seq is None:
            return ()
        tree = areas.tree(view, period)
        place = _Place(editions.load(view, seq).edition, {area.code: area for area in tree}, period)
        here = covered(grant, "rows", tree)
        found = submissions.current(view, here, period)
    own = [(version, content) for version, content in found if version.period == period and version.kept_by == "office"]
    lines = lines_by_community(grant, tree)
    opens = set(covered(grant, "files", tree))
    order = {code: number for number, code in enumerate(here)}
    seen = [
        one
        for version, content in sorted(own, key=lambda pair: order[pair[0].community])
        for one in _of_report(place, version, content, opens=version.community in opens)
        if _is_seen(lines[version.community], one.lines)
    ]
    return tuple(
        one for one in seen if is_within(place.areas, one.community, street) and (not line or line in one.lines)
    )


def _is_seen(lines: frozenset[str] | None, answering: Sequence[str]) -> bool:
    return lines is None or bool(lines & set(answering))


def _of_report(place: _Place, version: Version, content: Content, *, opens: bool) -> list[Observation]:
    report = content.report(version.community, month_number(place.period), "office")
    found = []
    for ledger in observation_ledgers(place.edition):
        rows = rows_of(place.edition, report, ledger)
        source = content.sources.get(ledger.code)
        file = (source.file, source.sha256) if source and opens else ("", "")
        for number, values in enumerate(_values(place.edition, ledger, rows) if rows is not None else ()):
            assert rows is not None, "there are values of rows alone"
            found.append(_observation(place, version, ledger, values, (rows.sheet[number], rows.row[number], *file)))
    return found


def _values(edition: Edition, ledger: Ledger, rows: Rows) -> list[Mapping[str, Any]]:
    codes = [field.code for field in ledger.fields]
    columns = [values_of(edition, ledger, rows, code) for code in codes]
    return [masked_values(ledger, dict(zip(codes, row, strict=True))) for row in zip(*columns, strict=True)]


def _observation(
    place: _Place,
    version: Version,
    ledger: Ledger,
    values: Mapping[str, Any],
    stood: tuple[str, int, str, str],
) -> Observation:
    area, street = place.areas[version.community], street_of(place.areas, version.community)
    said = normal(str(values.get("criterion") or ""))
    criterion = next((one for one in place.edition.criteria if said and normal(one.code) == said), None)
    named = _named(place.edition, str(values.get("responsible") or ""))
    lines = named or ((criterion.lead, *criterion.supporting) if criterion else ())
    return Observation(
        area.code,
        area.name,
        street.code if street else "",
        street.name if street else "",
        place.period,
        ledger.code,
        values,
        criterion.code if criterion else "",
        criterion.title if criterion else "",
        lines,
        stood[0],
        stood[1],
        version.seq,
        stood[2],
        stood[3],
    )


def _named(edition: Edition, text: str) -> tuple[str, ...]:
    """The lines whose titles stand in the text, in the order in which they do."""
    found = {line.code: text.find(line.title) for line in edition.lines}
    return tuple(sorted((code for code, at in found.items() if at >= 0), key=lambda code: found[code]))

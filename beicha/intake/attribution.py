"""Which community each row of a table is about: said by its own cell, by a band above it, by the title or the sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from beicha.intake.claims import Claims
from beicha.intake.clean import CleanTable
from beicha.intake.communities import Communities, Named
from beicha.intake.problems import Problems


class Saying(NamedTuple):
    """What names the community of a row: the name and the street as written ("" for none), who says it, and where."""

    name: str = ""
    street: str = ""
    source: str = ""
    row: int | None = None
    column: str = ""


NOTHING = Saying()


@dataclass(frozen=True)
class Attribution:
    """A table with what is said of all of it, of each row by a band above it, and of each row by its own cell."""

    table: CleanTable
    whole: Saying
    bands: Sequence[Saying]
    cells: Sequence[Saying]

    @property
    def rows(self) -> list[Saying]:
        """The nearest saying for each row: its own cell, else the band above it, else the title or the sheet."""
        return [self._nearest(at) for at in range(len(self.table.rows))]

    def _nearest(self, at: int) -> Saying:
        return next((saying for saying in (self.cells[at], self.bands[at]) if saying.name), self.whole)

    @property
    def all(self) -> Iterator[Saying]:
        """Every saying that names a community."""
        return (saying for saying in (self.whole, *self.bands, *self.cells) if saying.name)


def attribute(table: CleanTable, said: Claims, known: Communities) -> Attribution:
    """What the table says about the communities of its rows, ``said`` being what its title says."""
    whole = _whole(table, said, known)
    bands = [NOTHING._replace(street=whole.street)] * len(table.rows)
    if table.bands:
        bands = [band._replace(street=band.street or whole.street) for band in _bands(table, known)]
    return Attribution(table, whole, bands, _cells(table, bands))


def _whole(table: CleanTable, said: Claims, known: Communities) -> Saying:
    street = next((found for line in table.titles if (found := known.street_in(line))), known.street_in(table.sheet))
    for claim in said.communities:
        if not known.is_above(claim.value):
            return Saying(claim.value, street, "title", claim.row, claim.column)
    name = known.named_by(table.sheet)
    return Saying(name, street, "sheet") if name else Saying(street=street)


def _bands(table: CleanTable, known: Communities) -> list[Saying]:
    """For each row what the last band above it said; a band that names a street ends what the one before it named."""
    above, current, found = list(table.bands), NOTHING, []
    for row in table.rows:
        while above and above[0].row < row:
            line = above.pop(0)
            name, street = known.named_by(line.text), known.street_in(line.text)
            if name:
                current = Saying(name, street or current.street, "band", line.row, line.column)
            elif street:
                current = Saying("", street, "band", line.row, line.column)
        found.append(current)
    return found


def _cells(table: CleanTable, bands: Sequence[Saying]) -> list[Saying]:
    names, streets = table.communities, table.streets
    if not (names or streets):
        return [NOTHING] * len(table.rows)
    return [
        Saying(
            names[at] if names else "",
            (streets[at] if streets else "") or bands[at].street,
            "row",
            row,
            table.community_letter,
        )
        for at, row in enumerate(table.rows)
    ]


def communities_named(tables: Sequence[Attribution], known: Communities) -> set[str]:
    """The codes (or the bare names, where unknown) of all communities that the tables name."""
    sayings = {(saying.name, saying.street) for table in tables for saying in table.all}
    return {known.identity(known.find(name, street)) for name, street in sayings}


def by_community(table: Attribution, known: Communities, problems: Problems) -> list[tuple[Named, list[int]]]:
    """The places of the rows of each community; an error for each row, or each name, that leads to none."""
    places: dict[tuple[str, str], list[int]] = {}
    rows = table.rows
    for at, saying in enumerate(rows):
        if saying.name:
            places.setdefault((saying.name, saying.street), []).append(at)
        else:
            where = {"column": table.table.community_letter}
            problems.add("community_in_row_missing", table.table.sheet, table.table.rows[at], **where)
    if not rows and table.whole.name:
        places[table.whole.name, table.whole.street] = []
    found: dict[str, tuple[Named, list[int]]] = {}
    for _key, numbers in places.items():
        first = rows[numbers[0]] if numbers else table.whole
        named = resolved(known, first, table.table.sheet, problems)
        if named is not None:
            found.setdefault(known.identity(named), (named, []))[1].extend(numbers)
            _check_bands(table, numbers, named, known, problems)
            _check_streets(table, numbers, named, known, problems)
    return [(named, sorted(numbers)) for named, numbers in found.values()]


def _check_bands(
    table: Attribution, places: Sequence[int], named: Named, known: Communities, problems: Problems
) -> None:
    """An error for each row that stands under the band of another community."""
    for at in places:
        band = table.bands[at]
        if band.name and table.cells[at].name:
            other = known.find(band.name, band.street)
            if other.code is not None and known.identity(other) != known.identity(named):
                where = {"column": table.table.community_letter, "found": named.name, "expected": other.name}
                problems.add("community_in_row_differs", table.table.sheet, table.table.rows[at], **where)


def _check_streets(
    table: Attribution, places: Sequence[int], named: Named, known: Communities, problems: Problems
) -> None:
    """A warning at the first row of each street that is said of the rows, and in which the community does not lie."""
    said: dict[str, int] = {}
    for at in places:
        said.setdefault(table.cells[at].street or table.bands[at].street or table.whole.street, at)
    for street, at in said.items():
        lies_in = known.street_against(named, street)
        if lies_in:
            where = {"column": table.table.street_letter, "found": street, "name": named.name, "street": lies_in}
            problems.add("street_differs", table.table.sheet, table.table.rows[at], **where)


def resolved(known: Communities, saying: Saying, sheet: str, problems: Problems) -> Named | None:
    """The community that is meant; None and an error where that is not known."""
    named = known.find(saying.name, saying.street)
    if named.code is not None:
        return named
    code = "community_ambiguous" if named.is_ambiguous else "community_unknown"
    where = {"column": saying.column, "found": saying.name}
    problems.add(code, sheet, saying.row, **where, near=named.near, codes=named.codes)
    return None


def check_rows(table: Attribution, named: Named, known: Communities, problems: Problems) -> None:
    """An error for each row of a report's tables whose cell, or whose band, names another community."""
    for at, number in enumerate(table.table.rows):
        for saying in (table.cells[at], table.bands[at]):
            if saying.name and _names_another(saying, named, known):
                where = {"column": saying.column, "found": saying.name, "expected": named.name}
                problems.add("community_in_row_differs", table.table.sheet, number, **where)
                break
    _check_streets(table, range(len(table.table.rows)), named, known, problems)


def _names_another(saying: Saying, named: Named, known: Communities) -> bool:
    """Whether it names another community; a band that names none that is known may be any heading."""
    found = known.find(saying.name, saying.street)
    return known.identity(found) != known.identity(named) and (saying.source == "row" or found.code is not None)

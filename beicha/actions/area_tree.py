"""From the rows of an area table to areas: codes for those without one, and the area above each."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from beicha.intake.area_tables import AreaRow
from beicha.intake.problems import Problems
from beicha.store.areas import AreaVersion
from scoring.facts import Area
from scoring.texts import normal

ABOVE = {"district": (), "street": ("district",), "zone": ("street",), "community": ("zone", "street", "district")}
"""Which kinds of area may stand above a kind."""


def versions_of(
    rows: Sequence[AreaRow], sheet: str, known: Iterable[Area], problems: Problems
) -> list[tuple[AreaRow, AreaVersion]]:
    """Each row as a version of an area; a row whose area above cannot be found is left out, with a problem.

    A row without a code takes that of the known area of its kind, name and area above; else one is made of these,
    the same at every import.
    """
    book = _Book(rows, list(known))
    found = []
    for row in rows:
        above = book.above(row, sheet, problems)
        if above is not None:
            area = Area(book.code(row), row.name, row.kind, above.code or None, row.rank_class, row.order, row.weight)  # type: ignore[arg-type]
            found.append((row, AreaVersion(area, row.valid_from or "", row.valid_to)))
    return found


class _Above:
    """The code of the area above; "" where there is none."""

    def __init__(self, code: str) -> None:
        self.code = code


class _Book:
    """The areas of the table and those known before, by name and by code."""

    def __init__(self, rows: Sequence[AreaRow], known: list[Area]) -> None:
        self._rows, self._known = rows, known
        self._names = {(row.kind, normal(row.name), normal(row.parent)) for row in rows}

    def code(self, row: AreaRow) -> str:
        """The row's code: its own, that of the known area, or one made of what it is."""
        if row.code:
            return row.code
        same = [area for area in self._known if area.kind == row.kind and normal(area.name) == normal(row.name)]
        codes = {area.code for area in same}
        if len(codes) == 1 and self._namesakes(row) == 1:
            return codes.pop()
        return self._made(row)

    def above(self, row: AreaRow, sheet: str, problems: Problems) -> _Above | None:
        """The area above the row, None (and a problem) where it cannot be found."""
        kinds = ABOVE[row.kind]
        if not kinds or (not row.parent and not self._of(kinds, "")):
            if kinds:
                problems.add("area_parent_missing", sheet, row.row, area=row.name)
            return None if kinds else _Above("")
        if not row.parent and row.kind == "community" and self._of(("street",), ""):
            problems.add("area_parent_missing", sheet, row.row, area=row.name)
            return None
        found = self._of(kinds, row.parent)
        if len(found) == 1:
            return _Above(found.pop())
        code = "area_parent_ambiguous" if found else "area_parent_unknown"
        problems.add(code, sheet, row.row, found=row.parent, area=row.name)
        return None

    def _of(self, kinds: Sequence[str], text: str) -> set[str]:
        """The codes of the areas of these kinds with a code or a name; "" is all of them."""
        wanted = normal(text)
        rows = {self.code(row): row.name for row in self._rows if row.kind in kinds}
        known = {area.code: area.name for area in self._known if area.kind in kinds}
        codes = known | rows
        if wanted in codes:
            return {wanted}
        return {code for code, name in codes.items() if not wanted or normal(name) == wanted}

    def _namesakes(self, row: AreaRow) -> int:
        return sum(kind == row.kind and name == normal(row.name) for kind, name, _ in self._names)

    def _made(self, row: AreaRow) -> str:
        parts = [row.kind, normal(row.name), *([normal(row.parent)] if self._namesakes(row) > 1 else [])]
        return f"{row.kind[0]}{sha256('|'.join(parts).encode()).hexdigest()[:8]}"

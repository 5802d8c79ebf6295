"""What people say about their files beside what stands in them: cells, whose a file is, what words in it mean."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from beicha.intake.book import Book, Sheet, position
from beicha.intake.cells import shown

LONGEST = 32_767
"""A cell of a workbook holds so many characters at most."""

Place = tuple[str, str, int, str]
"""A cell: the file by the SHA-256 of its bytes, the sheet, the row as Excel shows it, the column's letter."""


@dataclass(frozen=True)
class Fix:
    """One cell put right: the file by the SHA-256 of its bytes, the place as Excel shows it, and what it shall say."""

    sha256: str
    sheet: str
    row: int
    column: str
    text: str

    @property
    def place(self) -> Place:
        """The cell."""
        return self.sha256, self.sheet, self.row, self.column


@dataclass(frozen=True)
class Belonging:
    """Whose report of which month a file is, settled by a person whatever the file says; None: nothing was said.

    ``community`` is a code or a name, ``period`` a month "YYYY-MM".
    """

    sha256: str
    community: str | None = None
    period: str | None = None


Heading = tuple[str, str]
"""A ledger's code, and a heading as ``heading_key`` gives it."""


@dataclass(frozen=True)
class Answers:
    """All answers to one upload.

    ``headings`` says for a ledger and a heading (as ``heading_key`` gives it) which field it names, by code; "" for
    none. ``communities`` says for a name (as ``whole_key`` gives it) which community it means, by code.
    """

    fixes: tuple[Fix, ...] = ()
    belongings: tuple[Belonging, ...] = ()
    headings: Mapping[Heading, str] = field(default_factory=dict)
    communities: Mapping[str, str] = field(default_factory=dict)

    def fixing(self, fixes: Iterable[Fix]) -> "Answers":
        """These answers and more cells put right; of two fixes of one cell the later counts."""
        by_place = {fix.place: fix for fix in (*self.fixes, *fixes)}
        return replace(self, fixes=tuple(by_place.values()))

    def joined(self, later: "Answers") -> "Answers":
        """These answers and later ones, which count where both speak of one thing."""
        mine = self.fixing(later.fixes).settling(later.belongings)
        return mine.meaning(later.headings, later.communities)

    def meaning(self, headings: Mapping[Heading, str], communities: Mapping[str, str]) -> "Answers":
        """These answers and what more words mean; of two meanings of one word the later counts."""
        return replace(self, headings={**self.headings, **headings}, communities={**self.communities, **communities})

    def taking_back(self, places: Collection[Place]) -> "Answers":
        """These answers without the fixes of these cells."""
        return replace(self, fixes=tuple(fix for fix in self.fixes if fix.place not in places))

    def settling(self, belongings: Iterable[Belonging]) -> "Answers":
        """These answers and whose files some are; what was said before of a file stays where nothing new is said."""
        by_file = {known.sha256: known for known in self.belongings}
        for new in belongings:
            known = by_file.get(new.sha256, Belonging(new.sha256))
            by_file[new.sha256] = Belonging(new.sha256, new.community or known.community, new.period or known.period)
        return replace(self, belongings=tuple(by_file.values()))

    def belonging(self, sha256: str) -> Belonging:
        """What was settled about a file."""
        return next((known for known in self.belongings if known.sha256 == sha256), Belonging(sha256))


NO_ANSWERS = Answers()


def to_plain(answers: Answers) -> dict[str, Any]:
    """The answers as JSON values."""
    return {
        "fixes": [asdict(fix) for fix in answers.fixes],
        "belongings": [asdict(belonging) for belonging in answers.belongings],
        "headings": [[ledger, heading, meant] for (ledger, heading), meant in answers.headings.items()],
        "communities": dict(answers.communities),
    }


def from_plain(values: Mapping[str, Any]) -> Answers:
    """The answers that ``to_plain`` wrote."""
    fixes = tuple(Fix(**fix) for fix in values["fixes"])
    belongings = tuple(Belonging(**found) for found in values["belongings"])
    headings = {(ledger, heading): meant for ledger, heading, meant in values["headings"]}
    return Answers(fixes, belongings, headings, values["communities"])


def put_right(book: Book, answers: Answers, sha256: str) -> tuple[tuple[Fix, str], ...]:
    """Types the fixes of this file into the book; each with what stood in the cell before.

    The only sheet of a text file has no name of its own, so any name means it. Raises LookupError for a cell that
    is not there.
    """
    mine = [fix for fix in answers.fixes if fix.sha256 == sha256]
    found = [_standing(_sheet_of(book, fix), fix) for fix in mine]
    for fix in mine:
        _put(_sheet_of(book, fix), fix)
    return tuple(zip(mine, found, strict=True))


def _sheet_of(book: Book, fix: Fix) -> Sheet:
    for sheet in book.sheets:
        if book.kind == "text" or sheet.name == fix.sheet:
            return sheet
    raise LookupError(f"there is no sheet {fix.sheet!r}")


def _cell(sheet: Sheet, fix: Fix) -> tuple[int, int]:
    """The cell's row and column, counted from 0."""
    row, column = fix.row - 1, position(fix.column)
    if not (0 <= row < len(sheet.rows) and column < len(sheet.rows[row])):
        raise LookupError(f"there is no cell {fix.column}{fix.row} in {fix.sheet!r}")
    return row, column


def _standing(sheet: Sheet, fix: Fix) -> str:
    """What stands in the cell; in one that is merged with cells above it, what stands at their top."""
    row, column = _cell(sheet, fix)
    raw = sheet.rows[row][column]
    if raw in ("", None):
        tops = (top for top, left, bottom, right in sheet.merged if top <= row <= bottom and left <= column <= right)
        top = next(tops, row)
        raw = sheet.rows[top][column]
    return shown(raw)


def _put(sheet: Sheet, fix: Fix) -> None:
    row, column = _cell(sheet, fix)
    sheet.rows[row][column] = fix.text
    sheet.typed.add((row, column))

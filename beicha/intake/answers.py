"""What people say about their files beside what stands in them: cells put right, and what words in them mean."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from beicha.intake.book import Book, Sheet, position


@dataclass(frozen=True)
class Fix:
    """One cell put right: the file by the SHA-256 of its bytes, the place as Excel shows it, and what it shall say."""

    sha256: str
    sheet: str
    row: int
    column: str
    text: str


Heading = tuple[str, str]
"""A ledger's code, and a heading as ``heading_key`` gives it."""


@dataclass(frozen=True)
class Answers:
    """All answers to one upload.

    ``headings`` says for a ledger and a heading (as ``heading_key`` gives it) which field it names, by code; "" for
    none. ``communities`` says for a name (as ``whole_key`` gives it) which community it means, by code.
    """

    fixes: tuple[Fix, ...] = ()
    headings: Mapping[Heading, str] = field(default_factory=dict)
    communities: Mapping[str, str] = field(default_factory=dict)

    def fixing(self, fixes: Iterable[Fix]) -> "Answers":
        """These answers and more cells put right; of two fixes of one cell the later counts."""
        by_place = {(fix.sha256, fix.sheet, fix.row, fix.column): fix for fix in (*self.fixes, *fixes)}
        return replace(self, fixes=tuple(by_place.values()))

    def joined(self, later: "Answers") -> "Answers":
        """These answers and later ones, which count where both speak of one thing."""
        return self.fixing(later.fixes).meaning(later.headings, later.communities)

    def meaning(self, headings: Mapping[Heading, str], communities: Mapping[str, str]) -> "Answers":
        """These answers and what more words mean; of two meanings of one word the later counts."""
        return replace(self, headings={**self.headings, **headings}, communities={**self.communities, **communities})


NO_ANSWERS = Answers()


def to_plain(answers: Answers) -> dict[str, Any]:
    """The answers as JSON values."""
    return {
        "fixes": [asdict(fix) for fix in answers.fixes],
        "headings": [[ledger, heading, meant] for (ledger, heading), meant in answers.headings.items()],
        "communities": dict(answers.communities),
    }


def from_plain(values: Mapping[str, Any]) -> Answers:
    """The answers that ``to_plain`` wrote."""
    headings = {(ledger, heading): meant for ledger, heading, meant in values["headings"]}
    return Answers(tuple(Fix(**fix) for fix in values["fixes"]), headings, values["communities"])


def fixed(book: Book, answers: Answers, sha256: str) -> Book:
    """The book as if its clerk had typed the fixes of this file into it.

    The only sheet of a text file has no name of its own, so any name means it. Raises LookupError for a cell that
    is not there.
    """
    mine = [fix for fix in answers.fixes if fix.sha256 == sha256]
    for fix in mine:
        _put(_sheet_of(book, fix), fix)
    return book


def _sheet_of(book: Book, fix: Fix) -> Sheet:
    for sheet in book.sheets:
        if book.kind == "text" or sheet.name == fix.sheet:
            return sheet
    raise LookupError(f"there is no sheet {fix.sheet!r}")


def _put(sheet: Sheet, fix: Fix) -> None:
    column = position(fix.column)
    if not (0 < fix.row <= len(sheet.rows) and column < len(sheet.rows[fix.row - 1])):
        raise LookupError(f"there is no cell {fix.column}{fix.row} in {fix.sheet!r}")
    sheet.rows[fix.row - 1][column] = fix.text

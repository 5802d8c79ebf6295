"""The door of the intake: a file's bytes in, reports and problems out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from beicha.intake.assembly import check_communities, community_report, office_reports, say_duplicates
from beicha.intake.book import Book, Refusal, Sheet, letter
from beicha.intake.child import read_book
from beicha.intake.claims import Claim, Claims, add_cover, add_name, add_title
from beicha.intake.clean import CleanTable, clean_table
from beicha.intake.communities import Communities
from beicha.intake.declarations import read_declarations
from beicha.intake.identity import check_edition, settle_community, settle_month
from beicha.intake.problems import Problems
from beicha.intake.reports import FoundReport, Reading, SheetRead
from beicha.intake.synonyms import heading_key, names
from beicha.intake.tables import Table, find_tables
from beicha.intake.visits import Visit, read_visits
from beicha.intake.vocabulary import Vocabulary, vocabulary_of
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger

__all__ = ["FoundReport", "Reading", "SheetRead", "read_workbook"]

_BY_NAME = ("cover", "visits", "not_applicable", "lists", "words")
_NAMED_SO = 3.0
_MOST_LINES = 8


def read_workbook(
    name: str,
    content: bytes,
    edition: Edition,
    communities: Sequence[Area] = (),
    *,
    month: int | None = None,
    community: str | None = None,
) -> Reading:
    """Reads one file under an edition: whatever is wrong with it comes back as problems, never as an exception.

    ``communities`` are the areas that may be named; without any, names are taken as written. ``month`` (a count of
    months) and ``community`` (a code or a name) are the user's choice; where the file says otherwise, that is an error.
    """
    file = name.replace("\\", "/").rsplit("/", 1)[-1]
    problems = Problems(file)
    digest = hashlib.sha256(content).hexdigest()
    book = read_book(content)
    if isinstance(book, Refusal):
        problems.add(book.code, **book.values)
        return Reading(file, digest, problems=tuple(problems.all))
    known = Communities([area for area in communities if area.kind == "community"])
    work = _Work(edition, vocabulary_of(edition), known, problems)
    add_name(work.claims, PurePosixPath(file).stem, known)
    work.take(book, PurePosixPath(file).stem)
    reports = work.finish(month, community)
    return Reading(file, digest, tuple(reports), tuple(problems.all), tuple(work.sheets))


@dataclass
class _Work:
    """What has been found in one file so far."""

    edition: Edition
    vocabulary: Vocabulary
    known: Communities
    problems: Problems
    claims: Claims = field(default_factory=Claims)
    tables: list[tuple[Sheet, Table]] = field(default_factory=list)
    visits: list[Sheet] = field(default_factory=list)
    declarations: list[Sheet] = field(default_factory=list)
    empty: list[Ledger] = field(default_factory=list)
    sheets: list[SheetRead] = field(default_factory=list)
    is_text: bool = False

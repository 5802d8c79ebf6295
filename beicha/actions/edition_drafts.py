"""An edition changed in a workbook: fetched as one, read back, taken in, and put in force by ``editions.activate``."""

from dataclasses import dataclass
from datetime import datetime

from beicha.actions import editions
from beicha.actions.assessing import Told, untold
from beicha.actions.edition_reading import DraftProblem, read_workbook
from beicha.actions.grants import Grant, require_everywhere
from beicha.actions.views.checklist import Changes, changes
from beicha.actions.views.editions import load_edition
from beicha.intake.edition_book import Place
from beicha.papers.edition_book import edition_book
from beicha.store import Store, Transaction
from beicha.store import editions as stored
from beicha.store.editions import StoredEdition
from beicha.store.files import NamedFile
from beicha.words.edition_book import BASICS
from beicha.words.language import later
from scoring.edition import Edition
from scoring.faults import Fault
from scoring.periods import month_number


@dataclass(frozen=True)
class Draft:
    """What a workbook comes to: an edition that could be put in force, or problems.

    ``known`` tells that the office has this very content already; ``changes`` are those from the edition in force in
    the month it was read for, None where none is.
    """

    edition: Edition | None
    problems: tuple[DraftProblem, ...] = ()
    changes: Changes | None = None
    known: bool = False


class NameTakenError(Exception):
    """An edition was in force under this name and version that has other content."""


def workbook_of_edition(grant: Grant, store: Store, digest: str) -> tuple[str, bytes]:
    """The edition with this digest as a workbook to be changed; raises KeyError where there is none."""
    edition = load_edition(grant, store, digest)
    return f"{edition.title} {edition.version}.xlsx", as_workbook(edition)


def as_workbook(edition: Edition) -> bytes:
    """An edition as a workbook; raises ValueError where a text of it fits into no cell."""
    return edition_book(edition)


def read_draft(grant: Grant, store: Store, file: NamedFile, period: str) -> Draft:
    """What the workbook holds, beside the edition in force in a month. Nothing is stored."""
    require_everywhere(grant, "set_up")
    edition, problems = read_workbook(file)
    if edition is None:
        return Draft(None, problems)
    return draft_of(grant, store, edition, period)


def draft_of(grant: Grant, store: Store, edition: Edition, period: str) -> Draft:
    """The same of an edition at hand, such as one that was taken in and is not in force."""
    require_everywhere(grant, "set_up")
    with store.read() as view:
        kept = editions.kept_in_force(view, period)
        taken = _name_taken(view, edition)
        known = any(item.digest == edition.digest for item in stored.all_editions(view))
    if taken:
        text = later("Write another version into the sheet 基本信息, such as “2027 年版”.")
        place = Place(BASICS, None, "", "版本", edition.version)
        return Draft(None, (DraftProblem(place, _taken_fault(edition), text),))
    return Draft(edition, (), changes(kept.edition, edition) if kept else None, known)


def take_in(grant: Grant, store: Store, edition: Edition, now: datetime) -> StoredEdition:
    """Keep the edition in this office; it is not in force before it is activated.

    Raises NameTakenError where another of the same name and version was in force.
    """
    require_everywhere(grant, "set_up")
    with store.read() as view:
        if _name_taken(view, edition):
            raise NameTakenError(str(_taken_fault(edition)))
    return editions.add_edition(grant, store, edition, now)


def put_in_force(
    grant: Grant, store: Store, edition: Edition, from_period: str, now: datetime, *, told: Told = untold
) -> StoredEdition:
    """Take the edition in where it is not yet, and put it in force from a month "YYYY-MM" on (``editions.activate``).

    Raises NameTakenError as ``take_in`` does, and ValueError for what is no month, with nothing taken in.
    """
    require_everywhere(grant, "set_up")
    month_number(from_period)
    kept = take_in(grant, store, edition, now)
    return editions.activate(grant, store, kept.digest, from_period, now, told=told)


def _taken_fault(edition: Edition) -> Fault:
    return Fault(
        "other content was in force under the name {name} and version {version}; give this one a new version",
        name=edition.name,
        version=edition.version,
    )


def _name_taken(view: Transaction, edition: Edition) -> bool:
    """Whether an edition of that name and version, with other content, is or was in force."""
    used = {activation.edition for activation in stored.timeline(view).activations}
    return any(
        item.seq in used
        and item.digest != edition.digest
        and (item.name, item.version) == (edition.name, edition.version)
        for item in stored.all_editions(view)
    )

"""A file that somebody sent, given back with its problems marked in it, to be mended and sent again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from beicha.actions.checking import CheckedFile
from beicha.actions.draft_reading import Office
from beicha.actions.grants import Grant
from beicha.actions.importing import said_in
from beicha.actions.imports import draft, outcomes, status
from beicha.actions.personal_views import note_file
from beicha.intake.book import Refusal
from beicha.intake.checked.marks import Marks, is_worth_marking, marks_of
from beicha.intake.child import mark_book
from beicha.intake.personal import holds_personal
from beicha.intake.problems import Problem
from beicha.intake.reports import SheetRead
from beicha.store import Store, jobs
from beicha.store.files import NamedFile
from beicha.store.jobs import Job
from beicha.words.language import Language
from beicha.words.workbook import CHECK_RESULT

_ENDING = f"（{CHECK_RESULT}）"


def checked_file(
    grant: Grant, store: Store, number: int, sha256: str, language: Language, *, now: datetime
) -> NamedFile | None:
    """A file of a job as a workbook with its problems marked in it, and with the cells that were put right.

    One of somebody else that holds what is a person's own needs the right to see it, and that is noted.
    None where the job has no such file, its bytes are dropped, or it could not be read at all. Raises LookupError
    where the grant has no such job.
    """
    job = status(grant, store, number)
    with store.read() as view:
        file = jobs.sent(view, number, sha256)
    found = None if file is None else _found(grant, store, job, file)
    if file is None or found is None:
        return None
    if job.made_by != grant.actor and holds_personal(file.content):
        note_file(grant, store, sha256, now)
    fixes = [fix for fix in said_in(job.details).answers.fixes if fix.sha256 == sha256]
    return _marked(file, marks_of(file.name, found.problems, found.sheets, language, fixes))


def marked_files(checked: Iterable[CheckedFile], files: Sequence[NamedFile], language: Language) -> Iterator[NamedFile]:
    """Those of the checked files that have something to be mended, as workbooks with their problems marked in them.

    One that could not be read at all is left out.
    """
    sent = {file.sha256: file for file in files}
    for one in checked:
        if is_worth_marking(one.problems):
            marked = _marked(sent[one.sha256], marks_of(one.name, one.problems, one.sheets, language))
            if marked is not None:
                yield marked


def _marked(file: NamedFile, marks: Marks) -> NamedFile | None:
    marked = mark_book(file.content, marks)
    if isinstance(marked, Refusal):
        return None
    suffix, content = marked
    return NamedFile(_name(file.name, suffix), content)


@dataclass(frozen=True)
class _Found:
    """What is wrong with a file, and where its tables are."""

    problems: Sequence[Problem]
    sheets: Sequence[SheetRead]


def _found(grant: Grant, store: Store, job: Job, file: NamedFile) -> _Found | None:
    if job.kind == "preview":
        waiting = draft(grant, store, job.id)
        files = () if waiting is None else waiting.files
        return next((_Found(one.problems, one.sheets) for one in files if one.sha256 == file.sha256), None)
    told = (outcome for outcome in outcomes(grant, store, job.id) if outcome.sha256 == file.sha256)
    outcome = next((outcome for outcome in told if outcome.problems), None)
    # An import keeps no account of the sheets, so the file is read again for where its tables are.
    return None if outcome is None else _Found(outcome.problems, Office(store).read(file, said_in(job.details)).sheets)


def _name(name: str, suffix: str) -> str:
    stem, dot, _ = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    whole = (stem if dot else name).removesuffix(_ENDING)
    return f"{whole}{_ENDING}{suffix}"

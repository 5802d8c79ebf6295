"""Editions in files: by the name of one that comes with Beicha, or by a path."""

from pathlib import Path

from beicha.actions.edition_reading import DraftProblem, read_workbook
from beicha.store.files import NamedFile
from scoring.checklist_files import EditionProblem, read_edition
from scoring.edition import Edition
from scoring.faults import Fault
from scoring.self_check import failed_examples

CHECKLISTS = Path(__file__).resolve().parents[2] / "data" / "checklists"


class EditionRefusedError(ValueError):
    """A checklist file cannot be used; ``problems`` say where and why."""

    def __init__(self, problems: tuple[EditionProblem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


def find_edition(name_or_path: str) -> Edition:
    """The edition of this name in data/checklists, or else of the file at this path; raises EditionRefusedError."""
    return edition_in(edition_path(name_or_path))


def check_edition(name_or_path: str) -> Edition:
    """The same, where its examples hold too; raises EditionRefusedError with those that do not."""
    edition = find_edition(name_or_path)
    failed = failed_examples(edition, edition_path(name_or_path).name)
    if failed:
        raise EditionRefusedError(failed)
    return edition


def edition_path(name_or_path: str) -> Path:
    """Where the edition lies."""
    shipped = CHECKLISTS / f"{name_or_path}.yaml"
    plain = "/" not in name_or_path and "\\" not in name_or_path
    return shipped if plain and shipped.is_file() else Path(name_or_path)


def edition_in(path: Path) -> Edition:
    """The edition in the file; raises EditionRefusedError where it is missing or faulty."""
    if path.suffix.lower() == ".xlsx":
        return _edition_in_workbook(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        missing = isinstance(error, FileNotFoundError)
        fault = Fault("there is no such file") if missing else Fault("the file is not UTF-8 text")
        raise EditionRefusedError((EditionProblem(str(path), "", "", fault),)) from error
    edition, problems = read_edition(text, path.name)
    if edition is None:
        raise EditionRefusedError(problems)
    return edition


def _edition_in_workbook(path: Path) -> Edition:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise EditionRefusedError((EditionProblem(str(path), "", "", Fault("there is no such file")),)) from error
    edition, problems = read_workbook(NamedFile(path.name, content))
    if edition is None:
        raise EditionRefusedError(tuple(_as_told(path.name, problem) for problem in problems))
    return edition


def _as_told(file: str, problem: DraftProblem) -> EditionProblem:
    """A workbook's problem as one of a file: the row and heading stand for the key."""
    place = problem.place
    row = f"{place.column}{place.row}" if place.row is not None else ""
    what = problem.what
    fault = what if isinstance(what, Fault) else Fault("{message}", message=problem.sentence("en"))
    return EditionProblem(file, place.sheet, " ".join(part for part in (row, place.heading) if part), fault)

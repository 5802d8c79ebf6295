"""Editions in files: by the name of one that comes with Beicha, or by a path."""

from pathlib import Path

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

"""The editions that come with the product, read once."""

from functools import cache
from pathlib import Path

from scoring.checklist_files import read_edition
from scoring.edition import Edition

FOLDER = Path(__file__).resolve().parents[2] / "data" / "checklists"
FILES = sorted(FOLDER.glob("*.yaml"))


@cache
def edition_of(path: Path) -> Edition:
    """The edition in the file; a faulty file is a failure that names every problem."""
    edition, problems = read_edition(path.read_text(encoding="utf-8"), path.name)
    assert edition is not None, "\n".join(map(str, problems))
    return edition


def named(name: str) -> Edition:
    """The edition of this name."""
    return edition_of(FOLDER / f"{name}.yaml")

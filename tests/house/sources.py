"""The product's own source, as the tests about the house read it."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("ui", "web", "jobs", "actions", "intake", "papers", "store", "words", "demo", "commands")
_NOT_OURS = {"var", "__pycache__", "test-results", "node_modules"}
_HIDDEN_BUT_OURS = {".ci", ".streamlit", ".gitignore"}


@cache
def product() -> tuple[Path, ...]:
    """Every Python file that is the product: the two doors, the pages, the scoring and the rooms around it."""
    doors = [ROOT / "app.py", ROOT / "manage.py"]
    rooms = [path for room in ("pages", "scoring", "beicha") for path in (ROOT / room).rglob("*.py")]
    return tuple(sorted(path for path in doors + rooms if path.exists() and "__pycache__" not in path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), str(path))


def name(path: Path) -> str:
    """The file's place below the top, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def room(path: Path) -> str:
    """The room a product file belongs to: app, manage, pages, scoring, or a room below beicha."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[1] if parts[0] == "beicha" else parts[0]


def files() -> list[Path]:
    """Every file that belongs to the project, whatever its kind, without environments, caches and stored data."""
    return sorted(path for top in ROOT.iterdir() if _is_ours(top) for path in _below(top))


def _below(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [file for child in path.iterdir() if child.name not in _NOT_OURS for file in _below(child)]


def _is_ours(path: Path) -> bool:
    if path.name.startswith("."):
        return path.name in _HIDDEN_BUT_OURS
    return path.name not in _NOT_OURS

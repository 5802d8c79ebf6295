"""Who may import whom: the rooms of the README, held by the syntax trees."""

import ast

import pytest

from tests.house.sources import ROOMS, name, product, room, tree

MAY_IMPORT = {
    "app": {"web", "ui", "jobs"},
    "manage": {"actions", "jobs", "scoring", "web", "words", "demo", "commands"},
    "commands": {"actions", "web", "words"},
    "pages": {"ui", "actions", "words"},
    "jobs": {"actions", "words"},
    "ui": {"actions", "scoring", "words"},
    "web": {"actions", "papers", "words"},
    "actions": {"intake", "scoring", "papers", "store", "words"},
    "intake": {"scoring", "words"},
    "papers": {"scoring", "words"},
    "store": {"scoring", "words"},
    "demo": {"actions", "scoring", "words"},
    "words": {"scoring"},
    "scoring": set(),
}
ONLY_IN = {
    "streamlit": {"app", "ui", "pages"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "psycopg": {"store"},
    "sqlite3": {"store"},
    "openpyxl": {"intake", "papers"},
    "python_calamine": {"intake", "papers"},
    "argon2": {"actions"},
    "authlib": {"web"},
    "joserfc": {"web"},
    "cryptography": {"actions"},
    "pyotp": {"actions"},
    "distributed": {"actions"},
    "segno": {"web", "ui"},
    "lxml": {"intake"},
    "docx": {"papers"},
    "docxtpl": {"papers"},
    "PIL": {"intake", "papers", "demo"},
    "importlib": set(),  # an import by a computed name would pass every check here
}


PLAIN = ("scoring.periods.", "scoring.texts.", "scoring.selection.")
"""Small functions over plain values that any room may call; of the rest of scoring, others than actions take types."""


def imported(module: ast.AST, package: tuple[str, ...] = ()) -> list[str]:
    """The dotted names of all modules that a tree imports, relative ones resolved against its package."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            found += [".".join([*base, alias.name]) for alias in node.names]
    return found


def wrong_imports(here: str, modules: list[str]) -> list[str]:
    """Those of the modules that the room may not import."""
    return [module for module in modules if not _allowed(here, module)]


def set_to_work(here: str, modules: list[str]) -> list[str]:
    """Functions of scoring that the room calls although only actions may; types begin with a capital."""
    if here in ("actions", "scoring"):
        return []
    return [
        module
        for module in modules
        if module.startswith("scoring.") and not module.startswith(PLAIN) and module.rpartition(".")[2][0].islower()
    ]


def _allowed(here: str, module: str) -> bool:
    top, _, rest = module.partition(".")
    if top in ONLY_IN:
        return here in ONLY_IN[top] or module.startswith("importlib.metadata")
    target = rest.partition(".")[0] if top == "beicha" else top
    if top == "beicha" and target not in ROOMS:
        return False
    return target == here or target in MAY_IMPORT[here] or target not in MAY_IMPORT


@pytest.mark.parametrize("path", product(), ids=name)
def test_every_import_follows_an_arrow(path):
    if name(path) == "beicha/__init__.py":
        assert not imported(tree(path))
        return
    package = path.parts[-len(name(path).split("/")) : -1]
    modules = imported(tree(path), package)
    assert wrong_imports(room(path), modules) + set_to_work(room(path), modules) == []


def test_every_room_of_the_plan_is_there():
    assert {room(path) for path in product()} - {"__init__"} == set(MAY_IMPORT)


@pytest.mark.parametrize(("source", "found"), [("assess", 1), ("Assessment", 0)])
def test_scoring_that_is_set_to_work_outside_of_actions_is_found(source, found):
    module = f"scoring.assess.{source}"
    assert len(set_to_work("ui", [module])) == found
    assert set_to_work("actions", [module]) == []


@pytest.mark.parametrize(
    ("here", "source"),
    [
        ("scoring", "from beicha.words import language"),
        ("store", "import beicha.actions.grants"),
        ("pages", "from beicha.store.schema import submissions"),
        ("intake", "from ..actions import grants"),
        ("actions", "import streamlit as st"),
        ("actions", "from sqlalchemy import text"),
        ("web", "import openpyxl"),
        ("ui", "def late():\n    from beicha.intake import reading"),
        ("actions", "import manage"),
        ("web", "import app"),
        ("actions", "from beicha.shortcuts import anything"),
        ("words", "import importlib"),
    ],
)
def test_an_import_against_the_arrows_is_found(here, source):
    assert wrong_imports(here, imported(ast.parse(source), ("beicha", here)))

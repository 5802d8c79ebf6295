"""Every action that writes is in the audit: one row in its own transaction, under a name that has a sentence."""

import ast
from collections.abc import Iterator
from typing import get_args

import pytest

from beicha.actions.review_states import Verb
from beicha.actions.tasks import RIGHT_OF
from beicha.words.deeds import DEEDS
from tests.house.sources import name, product, room, tree

CHOSEN = {
    "beicha/actions/storing.py:note": {"submit", "restore"},
    "beicha/actions/reviews.py:_note": {f"review.{verb}" for verb in get_args(Verb)},
    "beicha/actions/tasks.py:_note": {f"task.{verb}" for verb in RIGHT_OF},
    "beicha/actions/backups.py:_fill": {"store.restore", "store.move"},
    "beicha/actions/imports.py:start": {"preview.start", "import.start"},
}
"""Functions that note an action whose name is chosen elsewhere, with the names it may be."""

NOTES = {"audit.add", "note", "_note", "keep", "_kept", "open_session", "_opened", "_add", "keep_words", "act_and_note"}
"""What notes an action: itself, or because it calls one that does."""

SILENT = {
    "assessing.py:complete": "scores that follow from what was noted when the facts came",
    "recomputing.py:recompute": "what is to be done is kept; _work_off notes the months at its end",
    "recomputing.py:_score": "a part of recompute, which notes all months at its end",
    "sessions.py:tidy": "what has ended by itself is removed",
    "sessions.py:_seen": "a session is seen again every minute",
    "visiting.py:look": "as _seen",
    "job_queue.py:add_file": "the worker's own notes on a job; what comes of it is noted when it is stored",
    "job_queue.py:replace_file": "as add_file",
    "job_queue.py:resize": "as add_file",
    "job_queue.py:keep": "as add_file",
    "job_queue.py:step": "as add_file",
    "job_queue.py:end": "as add_file",
    "job_queue.py:leave": "as add_file",
    "job_queue.py:claim": "as add_file",
    "job_queue.py:tidy": "as add_file",
    "importing.py:_end_import": "as add_file",
}
"""Functions that open a transaction of their own and note nothing in it, each with the reason."""

ACTIONS = [path for path in product() if room(path) == "actions"]


def called(node: ast.AST) -> set[str]:
    """What is called anywhere in a piece of code, as it is written there."""
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def functions(module: ast.Module) -> Iterator[ast.FunctionDef]:
    """All functions and methods of a module."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def unnoted(module: ast.Module, silent: set[str]) -> list[str]:
    """Functions that open a writing transaction in which nothing is noted."""
    found = []
    for function in functions(module):
        blocks = [node for node in ast.walk(function) if isinstance(node, ast.With) and _writes(node)]
        if any(not called(block) & NOTES for block in blocks) and function.name not in silent:
            found.append(function.name)
    return found


def _writes(block: ast.With) -> bool:
    return any(ast.unparse(item.context_expr).endswith("store.write()") for item in block.items)


def names_noted(module: ast.Module, place: str) -> set[str]:
    """The names that a module's functions give to ``audit.add``; where one is chosen elsewhere, all it may be."""
    found: set[str] = set()
    for function in functions(module):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if ast.unparse(call.func) == "audit.add":
                given = call.args[3]
                fixed = isinstance(given, ast.Constant)
                found |= {given.value} if fixed else CHOSEN.get(f"{place}:{function.name}", {ast.unparse(given)})
    return found


@pytest.mark.parametrize("path", ACTIONS, ids=name)
def test_every_transaction_that_writes_notes_an_action(path):
    silent = {entry.partition(":")[2] for entry in SILENT if entry.startswith(f"{path.name}:")}
    assert unnoted(tree(path), silent) == []


def test_nothing_is_called_silent_that_is_not_there():
    known = {f"{path.name}:{function.name}" for path in ACTIONS for function in functions(tree(path))}
    assert set(SILENT) - known == set()


def test_every_action_has_a_sentence_and_nothing_else_has():
    noted = {action for path in product() for action in names_noted(tree(path), name(path))}
    assert noted == set(DEEDS)


def test_an_action_that_notes_nothing_is_found():
    source = "def loud():\n with store.write() as c:\n  audit.add(c, now, grant, 'a.b', '')\n"
    source += "def quiet():\n with store.write() as c:\n  put(c)\n audit.add(c, now, grant, name, '')\n"
    assert unnoted(ast.parse(source), set()) == ["quiet"]
    assert unnoted(ast.parse(source), {"quiet"}) == []
    assert names_noted(ast.parse(source), "here") == {"a.b", "name"}

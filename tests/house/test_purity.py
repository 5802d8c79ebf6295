"""Scoring is a pure function: no clock, no network, no files, no chance."""

import ast

import pytest

from tests.house.sources import name, product, room, tree
from tests.house.test_arrows import imported

OUTSIDE_WORLD = {"asyncio", "glob", "http", "io", "os", "pathlib", "random", "requests", "secrets", "socket"}
OUTSIDE_WORLD |= {"subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"}
IMPURE_CALLS = {
    "now",
    "today",
    "utcnow",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "input",
    "print",
}


def impurities(module: ast.Module) -> list[str]:
    """What reaches outside of the values a tree was given."""
    found = [name for name in imported(module) if name.partition(".")[0] in OUTSIDE_WORLD]
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) in IMPURE_CALLS:
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Attribute) and ast.unparse(node).startswith(("np.random.", "numpy.random.")):
            found += [] if node.attr in ("default_rng", "Generator") else [ast.unparse(node)]
        if isinstance(node, ast.Call) and _called(node) == "default_rng" and not (node.args or node.keywords):
            found.append("default_rng without a seed")
    return found


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize("path", [path for path in product() if room(path) == "scoring"], ids=name)
def test_scoring_reaches_nothing_outside(path):
    assert impurities(tree(path)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "from datetime import date\ndate.today()",
        "import datetime as d\nd.datetime.now()",
        "import pandas as pd\npd.Timestamp.now()",
        "import numpy as np\nnp.random.shuffle([1])",
        "import numpy as np\nnp.random.default_rng()",
        "import random",
        "open('rows.csv')",
    ],
)
def test_a_look_outside_is_found(source):
    assert impurities(ast.parse(source))


def test_a_draw_with_a_seed_is_pure():
    assert impurities(ast.parse("import numpy as np\nnp.random.default_rng(7)")) == []

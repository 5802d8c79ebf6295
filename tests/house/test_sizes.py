"""No function is longer than a screen."""

import ast

import pytest

from tests.house.sources import name, product, tree

MOST_LINES = 60


def long_functions(module: ast.Module) -> list[str]:
    """Functions over the size, with their lengths."""
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in functions]
    return [f"{function}: {lines} lines" for function, lines in lengths if lines > MOST_LINES]


@pytest.mark.parametrize("path", product(), ids=name)
def test_no_function_is_longer_than_a_screen(path):
    assert long_functions(tree(path)) == []


@pytest.mark.parametrize(("lines", "found"), [(60, 0), (61, 1)])
def test_one_line_too_many_is_found(lines, found):
    assert len(long_functions(ast.parse("def long():\n" + "    pass\n" * (lines - 1)))) == found

"""No SQL is put together from pieces of text: values go as parameters, names through the schema."""

import ast
import re

import pytest

from tests.house.sources import name, product, tree

SQL = re.compile(
    r"^\s*(select|insert|update|delete|create|drop|alter|pragma|with\s+\w+\s+as|truncate|attach)\s+\S", re.I
)
RUN = {"execute", "exec_driver_sql", "executemany", "executescript", "text", "read_sql", "read_sql_query"}


def built_sql(module: ast.Module) -> list[str]:
    """Statements made by an f-string, %, + or format, and anything built that is handed to a database."""
    return [ast.unparse(node) for node in ast.walk(module) if _is_built_statement(node) or _runs_built_text(node)]


def _pieces(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.JoinedStr):
        return node.values
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return [node.left, node.right]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return [node.func.value]
    return []


def _is_built_statement(node: ast.AST) -> bool:
    texts = [piece.value for piece in _pieces(node)[:1] if isinstance(piece, ast.Constant)]
    return any(isinstance(text, str) and SQL.match(text) for text in texts)


def _runs_built_text(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and node.args):
        return False
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return called in RUN and isinstance(node.args[0], ast.JoinedStr)


@pytest.mark.parametrize("path", product(), ids=name)
def test_no_sql_is_put_together_from_text(path):
    assert built_sql(tree(path)) == []


@pytest.mark.parametrize(
    "source",
    [
        "q = f'SELECT * FROM areas WHERE code = {code}'",
        "q = 'DELETE FROM areas WHERE code = %s' % code",
        "q = 'drop table ' + table",
        "q = 'update areas set name = {}'.format(name)",
        "connection.exec_driver_sql(f'{verb} areas')",
    ],
)
def test_sql_from_pieces_is_found(source):
    assert built_sql(ast.parse(source))


def test_a_sentence_is_no_sql():
    assert built_sql(ast.parse("f'Selected {n} rows'\nf'{n} updates of {m}'")) == []

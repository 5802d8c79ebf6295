"""All texts that the product says to people, found in its source, beside the catalogues."""

import ast
import re
import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from tests.house.sources import ROOT, name, product, tree

TEMPLATES = (ROOT / "beicha" / "web" / "templates", ROOT / "beicha" / "papers" / "templates")
LOCALES = ROOT / "data" / "locales"


@dataclass(frozen=True)
class Said:
    """A text in a call of ``say``, ``later``, ``Fault``: where, and which values it gives (None: not to be seen)."""

    place: str
    text: str
    values: frozenset[str] | None


def said() -> list[Said]:
    """Every text literal that the product says now or later, in its source and in its templates."""
    in_source = [text for path in product() for text in texts_of(tree(path), name(path))]
    return in_source + [text for path in templates() for text in texts_in(template(path), name(path))]


def templates() -> list[Path]:
    """The templates of plain pages."""
    return sorted(path for folder in TEMPLATES for path in folder.glob("*.html"))


def template(path: Path) -> Any:
    """The syntax tree of a template."""
    return Environment(autoescape=True).parse(path.read_text("utf-8"))


def texts_in(parsed: Any, place: str) -> list[Said]:
    """The text literals in a template's calls of ``say``."""
    return [
        Said(f"{place}:{call.lineno}", call.args[0].value, frozenset(value.key for value in call.kwargs))
        for call in _says(parsed)
        if isinstance(call.args[0], nodes.Const)
    ]


def unsaid_in(parsed: Any) -> list[str]:
    """What a template shows to people without ``say``, or says although it was put together on the spot."""
    written = "".join(data.data for data in parsed.find_all(nodes.TemplateData))
    bare = re.findall(r"[A-Za-z\u4e00-\u9fff]+", re.sub(r"<[^>]*>", " ", written))
    built = [call for call in _says(parsed) if not isinstance(call.args[0], nodes.Const | nodes.Name | nodes.Getitem)]
    return bare + [f"say in line {call.lineno}" for call in built]


def _says(parsed: Any) -> list[Any]:
    return [call for call in parsed.find_all(nodes.Call) if getattr(call.node, "name", "") == "say"]


def texts_of(module: ast.Module, place: str) -> list[Said]:
    """The text literals in a tree's calls of ``say``, ``later`` and ``Fault``."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    return [
        Said(f"{place}:{call.lineno}", argument.value, _values(call))
        for call in calls
        if (argument := text_argument(call)) is not None
        and isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
    ]


def text_argument(call: ast.Call) -> ast.expr | None:
    """The argument that is the text: the second of ``say``, the first of the others; None for other calls."""
    position = {"say": 1, "later": 0, "Fault": 0}.get(_called(call))
    return None if position is None or len(call.args) <= position else call.args[position]


def _called(call: ast.Call) -> str:
    return str(call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", ""))


def _values(call: ast.Call) -> frozenset[str] | None:
    if _called(call) == "later" or any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(str(keyword.arg) for keyword in call.keywords)


def places(text: str) -> set[str]:
    """The names of the places in a text that values fill; raises ValueError for unbalanced braces."""
    return {
        str(field).partition(".")[0].partition("[")[0] for _, field, _, _ in string.Formatter().parse(text) if field
    }


def catalogue_files() -> list[Path]:
    """The Chinese catalogues, one a room."""
    return sorted((LOCALES / "zh_CN").glob("*.po"))

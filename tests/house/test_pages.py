"""Every page can be reached, and says nothing that was not put into both languages."""

import ast
import re

import pytest

from beicha.ui.sitemap import PAGES
from tests.house.sources import ROOT, name, product, room, tree

SILENT = (
    "st.session_state",
    "st.user",
    "st.query_params",
    "st.switch_page",
    "st.form(",
    "st.Page",
    "st.logo",
    "st.set_option",
)
"""Calls of Streamlit whose first text nobody reads: keys, addresses and names of options."""

OPEN_TO_ALL = re.compile(r"\bst\.(image|audio|video|pdf|download_button|camera_input|audio_input|iframe)$")
"""Calls that put bytes where everybody may fetch them who knows the address; the gate closes it. ``st.html`` may hold
an SVG, and files leave by routes of their own."""

SCREENS = [path for path in product() if room(path) in ("pages", "ui")]


def spoken_literals(module: ast.Module) -> list[str]:
    """Calls of Streamlit whose first argument or label is a text of letters written on the spot."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call) and _of_streamlit(node.func)]
    return [ast.unparse(call) for call in calls if any(_has_letters(text) for text in _texts(call))]


def _of_streamlit(function: ast.expr) -> bool:
    called = f"{ast.unparse(function)}("
    return called.startswith("st.") and not called.startswith(SILENT)


def _texts(call: ast.Call) -> list[ast.expr]:
    read = ("label", "help", "placeholder", "caption", "body", "text", "title", "alt", "format_func")
    return [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg in read)]


def _has_letters(node: ast.expr) -> bool:
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    in_both_languages = bool(re.search("[a-z]", text, re.I) and re.search("[\u4e00-\u9fff]", text))
    return any(map(str.isalpha, text)) and not in_both_languages


def test_every_page_stands_in_the_navigation_and_nothing_else_does():
    assert sorted(entry.path for entry in PAGES) == sorted((ROOT / "pages").glob("*.py"))


def test_no_page_lies_where_streamlit_would_find_it_without_the_shell():
    assert not (ROOT / "beicha" / "ui" / "pages").exists()


@pytest.mark.parametrize("path", SCREENS, ids=name)
def test_a_screen_speaks_through_the_catalogues(path):
    assert spoken_literals(tree(path)) == []


def open_to_all(module: ast.Module) -> list[str]:
    """Calls of Streamlit that lay something at an address without a check."""
    called = [ast.unparse(node.func) for node in ast.walk(module) if isinstance(node, ast.Call)]
    return [name for name in called if OPEN_TO_ALL.match(name)]


@pytest.mark.parametrize("path", SCREENS, ids=name)
def test_a_screen_lays_nothing_where_no_right_is_checked(path):
    assert open_to_all(tree(path)) == []


def test_a_download_button_is_found():
    assert open_to_all(ast.parse("st.download_button('x', b'')\nst.button('x')")) == ["st.download_button"]


@pytest.mark.parametrize("source", ["st.title('Overview')", "st.button(say(l, 'Go'), help='to the end')"])
def test_a_text_written_on_the_spot_is_found(source):
    assert spoken_literals(ast.parse(source))

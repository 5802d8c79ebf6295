"""Nothing left over: no notes to oneself, no path of one machine, no package registry's host in any file."""

import re

import pytest

from tests.house.sources import ROOT, files, name

# Written in pieces, so that this file does not hold what it looks for.
WORDS = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK", "WI" + "P"]
FOLDERS = ["wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p", "Us" + "ers", "op" + "t"]
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "debian" + ".org",
    "anaconda" + ".org",
]
MARK = re.compile(
    rf"\b(?:{'|'.join(WORDS)})\b|(?<![\w.<>\"'}}-])/(?:{'|'.join(FOLDERS)})/|(?<=[\"'])/(?:{'|'.join(FOLDERS)})/\w"
    rf"|{'|'.join(re.escape(host) for host in HOSTS)}|raise NotImplemented" + "Error"
)
BINARY = {".png", ".xlsx", ".xls", ".zip", ".docx", ".pdf", ".ico", ".csv", ".gz", ".et", ".ods"}


def marks(text: str) -> list[str]:
    """The forbidden marks in a text, with their line numbers."""
    return [f"{number}: {line.strip()[:100]}" for number, line in enumerate(text.splitlines(), 1) if MARK.search(line)]


@pytest.mark.parametrize("path", [path for path in files() if path.suffix not in BINARY], ids=name)
def test_a_file_holds_no_leftover(path):
    assert marks(path.read_text("utf-8")) == []


def test_no_folder_is_a_drawer_for_anything():
    drawers = {"ut" + "ils", "hel" + "pers", "manager", "mis" + "c", "common"}
    assert [name(path) for path in files() if path.is_relative_to(ROOT) and path.stem in drawers] == []


@pytest.mark.parametrize(
    "line",
    [
        f"# {WORDS[0]}: later",
        f"path = '/{FOLDERS[0]}/main/var'",
        f"see /{FOLDERS[1]}/notes",
        f"index-url = https://{HOSTS[0]}/simple",
        "raise NotImplemented" + "Error",
    ],
)
def test_a_leftover_is_found(line):
    assert marks(f"fine\n{line}\n") == [f"2: {line}"]


@pytest.mark.parametrize("line", ["import optional", "from beicha.work import x", "GET /s/token", "{{root}}/tmpl"])
def test_ordinary_text_is_no_leftover(line):
    assert marks(line) == []

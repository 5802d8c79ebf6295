"""Documents that cannot rot: those made from the code are current, and the others name what there is."""

import re
import shlex

import pytest

import manage
from beicha.intake.catalogue import CATALOGUE
from beicha.words.language import catalogue
from docs.tables import HERE, PAGES, each_command, shown_arguments
from scoring.rules import RULE_KINDS
from tests.house.sources import ROOT, files, name

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)[^)]*\)")


def unexplained(kinds: tuple[str, ...], text: str) -> list[str]:
    """The kinds for which the text has neither a heading nor a line of a table, and an example."""
    return [
        kind
        for kind in kinds
        if not (re.search(rf"^(#+ .*|\| *)`{kind}`", text, re.M) and re.search(rf"kind: {kind}\b", text))
    ]


def broken_links(text: str, folder) -> list[str]:
    """Links to files that are not there."""
    return [target for target in LINK.findall(text) if not (folder / target).exists()]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_made_from_the_code_is_current(page):
    assert (HERE / page).read_text("utf-8") == PAGES[page](), "run `make docs`"


@pytest.mark.parametrize("command", [*each_command(manage.parser())], ids=lambda command: command[0])
def test_every_command_and_argument_says_what_it_does(command):
    _, about, parser = command
    assert about
    assert [argument.dest for argument in shown_arguments(parser) if not argument.help] == []


@pytest.mark.parametrize("line", re.findall(r"manage\.py ([a-z][^`#\n]*)", (ROOT / "README.md").read_text("utf-8")))
def test_every_command_in_the_readme_can_be_given(line):
    assert manage.parser().parse_args(shlex.split(line)).run


def test_every_rule_kind_is_explained_with_an_example():
    assert unexplained((*RULE_KINDS,), (HERE / "edition-format.md").read_text("utf-8")) == []


def test_a_rule_kind_without_an_example_is_found():
    assert unexplained(("count", "share"), "### `count`\n    kind: count\n### `share`\n") == ["share"]


def test_every_problem_is_said_in_chinese():
    texts = {text for entry in CATALOGUE.values() for text in (entry.sentence, entry.advice) if text}
    assert sorted(texts - set(catalogue("zh_CN"))) == []


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_first_screen_of_the_readme_names_both_commands(command):
    assert command in "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:25])


def test_the_first_screen_of_the_readme_shows_a_picture():
    pictures = re.findall(
        r"!\[[^]]+\]\(([^)]+)\)", "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:12])
    )
    assert [picture for picture in pictures if (ROOT / picture).exists()] == ["docs/overview.png"]


@pytest.mark.parametrize("path", [path for path in files() if path.suffix == ".md"], ids=name)
def test_every_link_leads_to_a_file(path):
    assert broken_links(path.read_text("utf-8"), path.parent) == []


def test_a_link_into_nothing_is_found():
    assert broken_links("[a](nothing.md) ![b](sources.py)", ROOT / "tests" / "house") == ["nothing.md"]

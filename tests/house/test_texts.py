"""Every text a person can meet has its Chinese, and the catalogues hold nothing else."""

import ast
import re
from io import BytesIO

import pytest
from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment

from tests.house.sources import name, product, tree
from tests.house.texts import (
    catalogue_files,
    places,
    said,
    template,
    templates,
    text_argument,
    texts_in,
    texts_of,
    unsaid_in,
)

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def entries(content: bytes) -> dict[str, str]:
    """English to Chinese of one catalogue; a ValueError names what is wrong with the file."""
    try:
        catalogue = read_po(BytesIO(content), abort_invalid=True)
    except PoFileError as error:
        raise ValueError(str(error)) from error
    messages = {str(message.id): str(message.string) for message in catalogue if message.id}
    written = len(re.findall(rb'^msgid "', content, re.M)) - 1
    if written != len(messages):
        raise ValueError(f"{written} entries, {len(messages)} different ones: one stands twice, or the head is missing")
    unfinished = [str(message.id) for message in catalogue if message.id and (message.fuzzy or not message.string)]
    if unfinished or catalogue.obsolete:
        raise ValueError(f"unfinished: {unfinished}, obsolete: {list(catalogue.obsolete)}")
    return messages


def differences(messages: dict[str, str]) -> list[str]:
    """Texts whose Chinese has other places than the English, or is the English itself."""
    same_places = [text for text, chinese in messages.items() if places(text) != places(chinese)]
    return same_places + [text for text, chinese in messages.items() if text == chinese and " " in text]


def unsayable(module: ast.Module, place: str) -> list[str]:
    """Calls whose text is put together on the spot, is Chinese, or lacks a value that the text has a place for."""
    calls = [(node, text_argument(node)) for node in ast.walk(module) if isinstance(node, ast.Call)]
    built = [ast.unparse(call) for call, text in calls if isinstance(text, ast.JoinedStr | ast.BinOp)]
    found = texts_of(module, place)
    lacking = [text.place for text in found if text.values is not None and text.values != places(text.text)]
    # English may quote a Chinese heading, as it stands in the workbook.
    chinese = [text.place for text in found if CHINESE.search(text.text) and not re.search("[A-Za-z]{2}", text.text)]
    return built + lacking + chinese


@pytest.mark.parametrize("path", catalogue_files(), ids=name)
def test_a_catalogue_is_complete_in_itself(path):
    assert differences(entries(path.read_bytes())) == []


def test_every_text_has_its_chinese():
    known = {text for path in catalogue_files() for text in entries(path.read_bytes())}
    assert sorted(f"{text.place} {text.text!r}" for text in said() if text.text not in known) == []


def test_the_catalogues_hold_nothing_that_is_never_said():
    spoken = {text.text for text in said()}
    assert [
        (path.name, text) for path in catalogue_files() for text in entries(path.read_bytes()) if text not in spoken
    ] == []


def test_no_text_is_translated_in_two_ways():
    chinese: dict[str, set[str]] = {}
    for path in catalogue_files():
        for text, translation in entries(path.read_bytes()).items():
            chinese.setdefault(text, set()).add(translation)
    assert {text: both for text, both in chinese.items() if len(both) > 1} == {}


@pytest.mark.parametrize("path", product(), ids=name)
def test_texts_are_literal_english_and_get_their_values(path):
    assert unsayable(tree(path), name(path)) == []


@pytest.mark.parametrize(
    "source",
    [
        "say(language, f'{n} rows')",
        "say(language, '{n} rows', m=3)",
        "say(language, '{n} rows')",
        "say(language, '行')",
    ],
)
def test_a_text_that_cannot_be_said_is_found(source):
    assert unsayable(ast.parse(source), "here")


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_says_everything_in_the_readers_language(path):
    parsed = template(path)
    assert unsaid_in(parsed) == []
    assert [text.place for text in texts_in(parsed, name(path)) if text.values != places(text.text)] == []


@pytest.mark.parametrize("source", ["<p>Rows</p>", "<td>行</td>", "{{ say('a ' ~ name) }}"])
def test_a_template_that_cannot_be_said_is_found(source):
    assert unsaid_in(Environment(autoescape=True).parse(source))


def test_markup_and_texts_of_a_template_are_told_apart():
    source = '<td class="fine" data-heading="{{ say(\'Row\') }}">{{ value }} {{ say("{n} rows", n=3) }}</td>'
    parsed = Environment(autoescape=True).parse(source)
    assert unsaid_in(parsed) == []
    assert [(text.text, text.values) for text in texts_in(parsed, "")] == [("Row", set()), ("{n} rows", {"n"})]


HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "a {n}"\nmsgstr "甲 {m}"\n',
        'msgid "a b"\nmsgstr "a b"\n',
    ],
)
def test_a_wrong_translation_is_found(entry):
    assert differences(entries((HEAD + entry).encode()))


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "a"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "a"\nmsgstr "甲"\n',
        'msgid "a"\nmsgstr "甲"\n\nmsgid "a"\nmsgstr "乙"\n',
        '#~ msgid "a"\n#~ msgstr "甲"\n',
        'msgid "a\nmsgstr "甲"\n',
    ],
)
def test_an_unfinished_catalogue_is_found(entry):
    with pytest.raises(ValueError, match=r".+"):
        entries((HEAD + entry).encode())

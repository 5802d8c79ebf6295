"""Headings, labels and names of sheets that offices use for the same thing: data/aliases, and how they compare."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "aliases"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\}")
_HEAD = re.compile(r"^(?:[*★☆※#]+|\d{1,2}[.、])+")
_TAIL = ":*★;。.、,"
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD))


@lru_cache(maxsize=4096)
def whole_key(text: str) -> str:
    """A heading as it is compared, brackets kept: NFKC, no white space, no number or star before, no colon behind."""
    plain = "".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())
    return _HEAD.sub("", plain).rstrip(_TAIL).casefold()


@lru_cache(maxsize=4096)
def heading_key(text: str) -> str:
    """The same without what stands in brackets, such as a unit; with it where nothing else is left."""
    key = whole_key(text)
    return _BRACKETS.sub("", key).rstrip(_TAIL) or key


class Group(NamedTuple):
    """Headings for one thing, and which fields of an edition they may name."""

    types: frozenset[str]
    codes: frozenset[str]
    words: frozenset[str]


@cache
def groups() -> tuple[Group, ...]:
    """The groups of data/aliases/headings.yaml, their words as ``heading_key`` gives them."""
    return tuple(map(named_group, _read("headings.yaml")))


@cache
def named_group(name: str) -> Group:
    """One of these groups."""
    group = _read("headings.yaml")[name]
    return Group(frozenset(group.get("types", ())), frozenset(group.get("codes", ())), _keys(group["words"]))


@cache
def names(kind: str) -> frozenset[str]:
    """The names of data/aliases/sheets.yaml for a kind of sheet, label or column, as ``heading_key`` gives them."""
    return _keys(_read("sheets.yaml")[kind])


@cache
def roles() -> dict[str, str]:
    """From what a role is called, as ``heading_key`` gives it, to the role: data/aliases/roles.yaml."""
    return {key: role for role, words in _read("roles.yaml").items() for key in _keys(words)}


@cache
def _read(file: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((_FOLDER / file).read_text("utf-8"))
    return content


def _keys(words: list[str]) -> frozenset[str]:
    return frozenset(heading_key(word) for word in words)

"""Nested values of an edition as one line of text: YAML in flow style, as docs/edition-format.md writes it."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from scoring.checklist_files import StrictLoader
from scoring.faults import Fault

LONGEST = 12_000
DEEPEST = 16
LARGEST = 1e300
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken, yaml.BlockSequenceStartToken,
            yaml.BlockMappingStartToken)  # fmt: skip
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)
_FORBIDDEN = (yaml.AliasToken, yaml.AnchorToken, yaml.TagToken, yaml.DirectiveToken, yaml.DocumentStartToken)
_AS_IS = frozenset(("equals", "one_of", "rows", "ledgers"))
"""Keys under which a number is a value of the rows: 3 and 3.0 are told apart there."""
_QUOTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|_x[0-9A-Fa-f]{4}_")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel takes for one character: such texts stand in quotes, where YAML has another way to write the sign."""


def write_flow(value: Any) -> str:
    """The value on one line; ``read_flow`` gives it back."""
    text = yaml.dump(value, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**9)
    return _ESCAPE.sub(r"\\x5f", text).removesuffix("\n")


class _Dumper(yaml.SafeDumper):
    """Writes a value again where it stands twice, for nobody could edit a reference."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


def _write_str(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _QUOTED.search(text) else None)


_Dumper.add_representer(str, _write_str)


def read_flow(text: str) -> Any:
    """The value that the text writes; raises Fault where it writes none, or more than a cell should hold.

    References and types are refused: a few letters of them stand for more than a memory holds.
    """
    if len(text) > LONGEST:
        raise Fault("this is longer than {most} characters", most=LONGEST)
    try:
        _look(text)
        value = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        raise _fault(error) from None
    except (ValueError, TypeError, OverflowError) as error:
        raise error if isinstance(error, Fault) else Fault("a date or number in here is none") from None
    _check(value)
    return value


def _look(text: str) -> None:
    """Raises Fault for what is refused before anything is built of it."""
    depth = 0
    for token in yaml.scan(text, Loader=StrictLoader):
        if isinstance(token, _FORBIDDEN):
            raise Fault("&, *, ! and --- may only stand within quotes")
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > DEEPEST:
            raise Fault("there are brackets in brackets, more than {most} deep", most=DEEPEST)


def _check(value: Any) -> None:
    if isinstance(value, datetime):
        raise Fault("a date is written YYYY-MM-DD, without a time")
    if isinstance(value, int | float) and not abs(value) < LARGEST:
        raise Fault("a date or number in here is none")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(key, bool) or not isinstance(key, str | int | float):
                raise Fault("{key} cannot be a key; put it in quotes", key=key)
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)


def _fault(error: yaml.YAMLError) -> Fault:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or ""
    twice = re.fullmatch(r"key (.*) stands twice", problem)
    if twice:
        return Fault("key {key} stands twice", key=twice[1].strip("'"))
    place = mark.index + 1 if mark is not None and mark.index is not None else 1
    return Fault("brackets, commas or colons do not add up, from character {place} on", place=place)


def plain(value: Any, key: str = "") -> Any:
    """The dumped value with lists for tuples, and whole numbers without a point where an edition only takes numbers."""
    if isinstance(value, Mapping):
        return {
            _number(name, key): plain(inner, str(name) if key not in _AS_IS else key) for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(inner, key) for inner in value]
    return _number(value, key)


def _number(value: Any, key: str) -> Any:
    whole = isinstance(value, float) and key not in _AS_IS and value.is_integer() and abs(value) < 1e15
    return int(value) if whole else value


def day_text(value: date) -> str:
    """A day as an edition writes it, without the time that a cell may add."""
    return (value.date() if isinstance(value, datetime) else value).isoformat()

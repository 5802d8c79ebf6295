"""The page on the edition format names every key there is, and what it shows can be read."""

import re
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from scoring.checklist_files import read_edition
from scoring.conditions import TESTS
from scoring.edition import Bonus, Criterion, Edition, Example, Renames, Section, Source, Verification
from scoring.rules import RULE_KINDS, Rule
from scoring.self_check import failed_examples
from tests.checklists.editions import FOLDER

PAGE = (FOLDER.parents[1] / "docs" / "edition-format.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.M | re.S)
COMPLETE = next(block for block in BLOCKS if block.startswith("name:"))


def models(annotation: Any) -> set[type[BaseModel]]:
    """All models that an annotation leads to."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = [models(field.annotation) for field in annotation.model_fields.values()]
        return {annotation}.union(*inner)
    if get_origin(annotation) in (tuple, dict, Union, UnionType, Annotated):
        return set().union(*(models(argument) for argument in get_args(annotation)))
    return set()


def keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def values(annotation: Any) -> set[str]:
    """All words that an annotation allows by name."""
    if get_origin(annotation) is Literal:
        return {value for value in get_args(annotation) if isinstance(value, str)}
    return set().union(*(values(argument) for argument in get_args(annotation)))


def unnamed(words: set[str], text: str) -> list[str]:
    """The words that the text never names in code letters, alone or at the start."""
    return sorted(word for word in words if not re.search(rf"`{re.escape(word)}(`|[: ])", text))


@pytest.mark.parametrize("model", sorted(models(Edition), key=lambda model: model.__name__), ids=lambda m: m.__name__)
def test_every_key_is_named(model):
    assert unnamed(set(keys(model)) - {"kind"}, PAGE) == []


@pytest.mark.parametrize("model", sorted(models(Edition), key=lambda model: model.__name__), ids=lambda m: m.__name__)
def test_every_word_that_a_key_may_hold_is_named(model):
    words = set().union(*(values(field.annotation) for field in model.model_fields.values()))
    assert unnamed(words, PAGE) == []


def test_every_rule_kind_and_test_and_window_is_named():
    assert unnamed({*RULE_KINDS, *TESTS} - {"present", "absent"}, PAGE) == []
    assert all(f"`{word}" in PAGE for word in ("present: true", "absent: true", "rolling 12", "since 2024-01-01"))


def test_a_key_that_is_not_named_is_found():
    assert unnamed({"points", "pointz"}, "`points` are points") == ["pointz"]


def test_the_small_edition_is_complete_and_its_examples_hold():
    edition, problems = read_edition(COMPLETE, "small-example.yaml")
    assert edition is not None, problems
    assert failed_examples(edition, "small-example.yaml") == ()


FRAGMENTS = {
    "sections": tuple[Section, ...],
    "where": Criterion.model_fields["where"].annotation,
    "rule": Rule,
    "verified_by": Verification,
    "bonuses": tuple[Bonus, ...],
    "source": Source,
    "examples": tuple[Example, ...],
    "follows": str,
    "renames": Renames,
}


def pieces(block: str) -> list[tuple[str, Any]]:
    """The keys of a block with what they hold; a key that stands several times shows several ways."""
    parts = re.split(r"^(?=\w)", block, flags=re.M)
    return [item for part in parts if part.strip() for item in yaml.safe_load(part).items()]


@pytest.mark.parametrize(
    ("key", "value"),
    [piece for block in BLOCKS if block != COMPLETE for piece in pieces(block)],
    ids=lambda v: str(v)[:30],
)
def test_every_fragment_can_be_read(key, value):
    TypeAdapter(FRAGMENTS[key]).validate_python(value)


def test_a_fragment_that_cannot_be_read_is_found():
    with pytest.raises(ValidationError):
        TypeAdapter(FRAGMENTS["rule"]).validate_python({"kind": "count"})


def test_the_problems_shown_are_those_that_come_up():
    [shown] = re.findall(r"^```text\n(.*?)^```", PAGE, re.M | re.S)
    faulty = (
        COMPLETE.replace("title: 宣传办", "titel: 宣传办")
        .replace("times: 1, ", "")
        .replace("window: year", "window: week")
        .replace("window: quarter", "window: quarter\n    where: [{field: theme, equal: 邻里互助}]")
    )
    problems = [str(problem) for problem in read_edition(faulty, "small.yaml")[1]]
    assert set(shown.splitlines()) <= set(problems)

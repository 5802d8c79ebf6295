"""What pydantic finds wrong in a checklist, in the words of those who write one."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from scoring.edition import Edition
from scoring.faults import Fault

Path = tuple[str | int, ...]
"""The keys and places (from 0) that lead to a value in the file."""

_TYPES = {
    "string": Fault("this must be text; a number or date in quotes"),
    "float": Fault("this must be a number"),
    "int": Fault("this must be a whole number"),
    "bool": Fault("this must be true or false"),
    "date": Fault("this must be a date, YYYY-MM-DD"),
    "tuple": Fault("this must be a list"),
    "dict": Fault("this must be a mapping of keys"),
    "model": Fault("this must be a mapping of keys"),
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]*$": Fault("a code is written in small Latin letters, digits and _, a letter first"),
    r"^[a-z][a-z0-9-]*$": Fault("a name is written in small Latin letters, digits and -, a letter first"),
    r"^\S{1,30}$": Fault("this code has 1 to 30 characters, and no spaces"),
    r"^\d{4}-(0[1-9]|1[0-2])$": Fault("a month is written YYYY-MM"),
    r"^(rows|(distinct )?[a-z][a-z0-9_]*)$": Fault("of is rows, a number field, or distinct and a field"),
}


def schema_faults(content: Mapping[str, Any], details: Sequence[Any]) -> list[tuple[Path, Fault]]:
    """The faults that pydantic's ``details`` tell of, each with its path; one for each value, the deepest only."""
    found: dict[Path, list[Any]] = {}
    for detail in details:
        found.setdefault(_path(content, detail), []).append(detail)
    deepest = [path for path in found if not any(other[: len(path)] == path != other for other in found)]
    return [(path, _fault(path, found[path])) for path in deepest]


def _path(content: Any, detail: Any) -> Path:
    """Where the fault lies in the file: without the names of rule kinds and types that pydantic puts in between."""
    path: list[str | int] = []
    for step in detail["loc"]:
        if isinstance(content, Mapping) and (key := _key(content, step)) is not None:
            content = content[key]
        elif isinstance(content, list) and isinstance(step, int):
            content = content[step]
        elif not (detail["type"] == "missing" and step == detail["loc"][-1]):
            continue
        path.append(step)
    return tuple(path)


def _key(content: Mapping[Any, Any], step: str | int) -> Any:
    """The key that pydantic writes as this step: one of another type, a ladder's 0.5, as text."""
    return next((key for key in content if key == step or str(key) == step), None)


def _fault(path: Path, details: Sequence[Any]) -> Fault:
    own = next((detail["ctx"]["error"] for detail in details if detail["type"] == "value_error"), None)
    if isinstance(own, Fault):
        return own
    if len(details) > 1:
        expected = next((detail["ctx"]["expected"] for detail in details if detail["type"] == "literal_error"), "")
        if expected:
            return Fault("this must be {expected}, or a ladder", expected=expected)
        return Fault("this must be a single value")
    return _single(str(path[-1]) if path else "", details[0])


def _single(key: str, detail: Any) -> Fault:
    kind, values = detail["type"], detail.get("ctx", {})
    match kind:
        case "missing":
            return Fault("this key is needed")
        case "extra_forbidden":
            return _unknown(key)
        case "union_tag_invalid":
            known = values["expected_tags"].replace("'", "")
            return Fault("there is no rule kind {kind} here; known are {known}", kind=values["tag"], known=known)
        case "union_tag_not_found":
            return Fault("a rule names its kind")
        case "literal_error":
            return Fault("this must be {expected}", expected=values["expected"])
        case "too_short":
            return Fault("at least one is needed")
        case "string_pattern_mismatch":
            return _PATTERNS.get(values["pattern"]) or _otherwise(detail)
    return _TYPES.get(kind.split("_")[0]) or _bound(kind, values) or _otherwise(detail)


def _bound(kind: str, values: Mapping[str, Any]) -> Fault | None:
    match kind:
        case "greater_than":
            return Fault("this must be more than {bound}", bound=f"{values['gt']:g}")
        case "greater_than_equal":
            return Fault("this must be {bound} or more", bound=f"{values['ge']:g}")
        case "less_than_equal":
            return Fault("this must be {bound} or less", bound=f"{values['le']:g}")
    return None


def _otherwise(detail: Any) -> Fault:
    return Fault("{message}", message=detail["msg"])


def _unknown(key: str) -> Fault:
    near = get_close_matches(key, sorted(_KEYS), n=1, cutoff=0.7)
    return (
        Fault("this key is not known; did you mean {near}?", near=near[0]) if near else Fault("this key is not known")
    )


def _keys(model: type[BaseModel]) -> Iterator[str]:
    """All keys of a model and of the models in it."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in _models(field.annotation):
            yield from _keys(inner)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, dict, Union, UnionType, Annotated):
        for argument in get_args(annotation):
            yield from _models(argument)


_KEYS = frozenset(_keys(Edition))

"""From the text of a checklist file to an edition, or to the problems that keep it from being one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from scoring.consistency import complaints
from scoring.edition import Edition
from scoring.faults import Fault
from scoring.schema_faults import Path, schema_faults


@dataclass(frozen=True)
class EditionProblem:
    """A fault in a checklist file: the file, the criterion (or ''), the key, and what is wrong."""

    file: str
    criterion: str
    key: str
    fault: Fault

    @property
    def place(self) -> str:
        """File, criterion and key in one."""
        return " · ".join(part for part in (self.file, self.criterion, self.key) if part)

    def __str__(self) -> str:
        return f"{self.place}: {self.fault}"


def read_edition(text: str, file: str) -> tuple[Edition | None, tuple[EditionProblem, ...]]:
    """The edition that the YAML text describes, or None and every problem found; ``file`` names it in the problems."""
    try:
        content = yaml.load(text, Loader=StrictLoader)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        return None, (EditionProblem(file, "", "", _yaml_fault(error)),)
    if not isinstance(content, dict):
        return None, (EditionProblem(file, "", "", Fault("a checklist is a mapping of keys")),)
    try:
        edition = Edition.model_validate(content)
    except ValidationError as error:
        found = schema_faults(content, error.errors())
        return None, tuple(_problem(file, content, path, fault) for path, fault in found)
    problems = tuple(EditionProblem(file, *found) for found in complaints(edition))
    return (None if problems else edition), problems


def edition_of(content: Mapping[str, Any]) -> tuple[Edition | None, list[tuple[Path, Fault]]]:
    """The edition that the content describes, or None and every problem found, by the path of what is wrong."""
    try:
        edition = Edition.model_validate(content)
    except ValidationError as error:
        return None, schema_faults(content, error.errors())
    faults = [(path_of(edition, code, key, fault), fault) for code, key, fault in complaints(edition)]
    return (None if faults else edition), faults


def path_of(edition: Edition, code: str, key: str, fault: Fault) -> Path:
    """Where in the edition's content a complaint lies that names a criterion (or '') and a key."""
    steps = tuple(int(found[1:-1]) - 1 if found[0] == "[" else found for found in re.findall(r"\[\d+\]|\w+", key))
    if not code or key == "criteria":
        again = str(fault.values.get("code", ""))
        kinds = ("criteria", "bonuses", "vetoes") if key == "criteria" else (key,)
        return next(((*at, "code") for kind in reversed(kinds) if (at := _last(edition, kind, again))), steps)
    return next((*at, *steps) for kind in ("criteria", "bonuses", "vetoes") if (at := _last(edition, kind, code)))


def _last(edition: Edition, kind: str, code: str) -> Path:
    """The path of the last item with the code in a list of the edition; empty where none has it."""
    numbers = [at for at, item in enumerate(getattr(edition, kind)) if getattr(item, "code", "") == code]
    return (kind, numbers[-1]) if code and numbers else ()


class StrictLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Plain values only, and a key that stands twice is a fault instead of a silent last word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of the node."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def _yaml_fault(error: yaml.YAMLError) -> Fault:
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or ""
    if mark is None:
        return Fault("this is not YAML")
    return Fault("this is not YAML from line {line} on: {problem}", line=mark.line + 1, problem=problem)


def _problem(file: str, content: dict[str, Any], path: Path, fault: Fault) -> EditionProblem:
    criterion = ""
    if len(path) >= 2 and path[0] in ("criteria", "bonuses", "vetoes") and isinstance(path[1], int):
        entry = content[path[0]][path[1]]
        code = entry.get("code") if isinstance(entry, dict) else None
        criterion, path = str(code or f"{path[0]}[{path[1] + 1}]"), path[2:]
    key = ".".join(f"[{step + 1}]" if isinstance(step, int) else step for step in path).replace(".[", "[")
    return EditionProblem(file, criterion, key, fault)

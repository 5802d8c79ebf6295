"""From the text of a checklist file to an edition, or to the problems that keep it from being one."""

from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import ValidationError

from scoring.consistency import complaints
from scoring.edition import Edition


@dataclass(frozen=True)
class EditionProblem:
    """A fault in a checklist file: the file, the criterion (or ''), the key, and what is wrong."""

    file: str
    criterion: str
    key: str
    sentence: str

    def __str__(self) -> str:
        where = " · ".join(part for part in (self.file, self.criterion, self.key) if part)
        return f"{where}: {self.sentence}"


def read_edition(text: str, file: str) -> tuple[Edition | None, tuple[EditionProblem, ...]]:
    """The edition that the YAML text describes, or None and every problem found; ``file`` names it in the problems."""
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        return None, (EditionProblem(file, "", _yaml_place(error), "this is not YAML"),)
    if not isinstance(content, dict):
        return None, (EditionProblem(file, "", "", "a checklist is a mapping of keys"),)
    try:
        edition = Edition.model_validate(content)
    except ValidationError as error:
        return None, tuple(_schema_problem(file, content, detail) for detail in error.errors())
    problems = tuple(EditionProblem(file, *fault) for fault in complaints(edition))
    return (None if problems else edition), problems


class _Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Plain values only, and a key that stands twice is a fault instead of a silent last word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)  # type: ignore[no-any-return]


def _yaml_place(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", "") or ""
    return f"line {mark.line + 1} ({problem})" if mark else problem


def _schema_problem(file: str, content: dict[str, Any], detail: Any) -> EditionProblem:
    path = [step for step in detail["loc"] if not (isinstance(step, str) and step.startswith("function-"))]
    criterion = ""
    if len(path) >= 2 and path[0] in ("criteria", "bonuses", "vetoes") and isinstance(path[1], int):
        entry = content[path[0]][path[1]]
        criterion = (
            str(entry.get("code", f"{path[0]}[{path[1] + 1}]")) if isinstance(entry, dict) else f"#{path[1] + 1}"
        )
        path = path[2:]
    key = ".".join(f"[{step + 1}]" if isinstance(step, int) else str(step) for step in path).replace(".[", "[")
    return EditionProblem(file, criterion, key, detail["msg"].removeprefix("Value error, "))

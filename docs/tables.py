"""Writes the pages under docs/ that are made from the code, so that they cannot grow stale: problems and rules."""

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from beicha.intake.catalogue import CATALOGUE
from beicha.words.language import say
from scoring import rules
from scoring.edition import Bonus, Veto

HERE = Path(__file__).resolve().parent
MADE = "<!-- Made by `make docs` from the code: changes here are lost. -->"
LEVELS = {
    "error": "错误 error: the file is not stored",
    "warning": "提醒 warning: stored, but look at it",
    "note": "说明 note: good to know",
}


def problems() -> str:
    """Every problem that a file can have, with its code, in Chinese and in English, the gravest first."""
    parts = [MADE, "", "# Problems in a file 文件中的问题", ""]
    parts += ["Codes are stable. Texts in braces are filled in with what was found.", ""]
    for level, title in LEVELS.items():
        rows = [_problem(code) for code, entry in CATALOGUE.items() if entry.level == level]
        parts += [f"## {title}", "", *_table(["code", "问题", "怎么办", "what is wrong", "what to do"], rows), ""]
    return "\n".join(parts)


def _problem(code: str) -> list[str]:
    entry = CATALOGUE[code]
    chinese = [say("zh_CN", text) if text else "" for text in (entry.sentence, entry.advice)]
    return [f"`{code}`", *chinese, entry.sentence, entry.advice]


def rule_kinds() -> str:
    """Every rule kind of an edition with its parameters, and what stands beside the rules: bonuses and vetoes."""
    parts = [MADE, "", "# Rules 计分规则", ""]
    parts += ["How an edition turns rows into a fraction from 0 to 1; docs/edition-format.md shows them in use.", ""]
    for model in (*_rule_models(), Bonus, Veto):
        parts += _rule(model)
    return "\n".join(parts)


def _rule_models() -> list[type[BaseModel]]:
    models = [model for model in vars(rules).values() if inspect.isclass(model) and issubclass(model, BaseModel)]
    by_kind = {_kind(model): model for model in models}
    return [by_kind[kind] for kind in rules.RULE_KINDS]


def _kind(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind else ""


def _rule(model: type[BaseModel]) -> list[str]:
    title = _kind(model) or model.__name__.lower()
    fields = [(field.alias or name, field) for name, field in model.model_fields.items() if name != "kind"]
    rows = [[f"`{name}`", "needed" if field.is_required() else f"`{_default(field)}`"] for name, field in fields]
    return [f"## `{title}`", "", inspect.getdoc(model) or "", "", *_table(["parameter", "if left out"], rows), ""]


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    return "none" if value in (None, (), "", {}) else str(value)


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


PAGES: dict[str, Callable[[], str]] = {"problems.md": problems, "rules.md": rule_kinds}
"""File name below docs/ to what makes its text."""


def main() -> None:
    """Writes every page."""
    for name, text in PAGES.items():
        (HERE / name).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()

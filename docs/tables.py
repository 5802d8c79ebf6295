"""Writes the pages under docs/ that are made from the code and cannot grow stale: problems, rules, commands, limits."""

import argparse
import inspect
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import manage
from beicha.actions import (
    accounts,
    audit_export,
    audit_purge,
    backups,
    evidence,
    guesses,
    handing_out,
    job_queue,
    sessions,
    share_policy,
    tasks,
)
from beicha.intake import archive, guard
from beicha.intake import limits as child_limits
from beicha.intake.catalogue import CATALOGUE
from beicha.web import posted, socket_door, upload_door
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
    models: list[type[BaseModel]] = [*_rule_models(), Bonus, Veto]
    for model in models:
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


def commands() -> str:
    """Every command of manage.py with its arguments."""
    parts = [MADE, "", "# Commands 命令", "", "`python manage.py COMMAND`; before the command:", ""]
    top = manage.parser()
    parts += [*_arguments(top), ""]
    for name, about, command in each_command(top):
        parts += [f"## `{name}`", "", f"{about[:1].upper()}{about[1:]}.", "", *_arguments(command), ""]
    return "\n".join(parts)


def each_command(
    parser: argparse.ArgumentParser, before: str = ""
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """The commands below a parser, those within commands too: full name, help, parser."""
    for group in parser._actions:
        if isinstance(group, argparse._SubParsersAction):
            about = {choice.dest: choice.help or "" for choice in group._choices_actions}
            for name, command in group.choices.items():
                if any(isinstance(action, argparse._SubParsersAction) for action in command._actions):
                    yield from each_command(command, f"{before}{name} ")
                else:
                    yield f"{before}{name}", about.get(name, ""), command


def shown_arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The arguments that a person can give, without the help and the commands below."""
    hidden = (argparse._HelpAction, argparse._SubParsersAction)
    return [action for action in parser._actions if not isinstance(action, hidden)]


def _arguments(parser: argparse.ArgumentParser) -> list[str]:
    rows = [[f"`{_argument(action)}`", action.help or ""] for action in shown_arguments(parser)]
    return _table(["argument", "what it does"], rows) if rows else ["No arguments."]


def _argument(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    takes = "" if action.nargs == 0 else f"{value} ..." if action.nargs in ("+", "*") else str(value)
    written = f"{action.option_strings[-1]} {takes}".strip() if action.option_strings else takes
    return written if action.required else f"[{written}]"


def limits() -> str:
    """What is bounded in size and number, how long what is kept is kept, and what is kept for ever."""
    parts = [MADE, "", "# Limits 限度", ""]
    parts += ["Nothing that was handed in is ever dropped: what is too large is refused with a sentence.", ""]
    parts += ["## Size and number", "", *_table(["what", "at most"], SIZES), ""]
    parts += ["## Age", "", *_table(["what", "is kept"], AGES), ""]
    kept = "Submissions and their files, scores, reviews, tasks, photos, daily reports, papers and their numbers"
    parts += [f"{kept} are kept for ever; `docs/privacy.md` says how somebody's data are erased from them."]
    parts += ["How fast the database grows: docs/operations.md. Room for uploads is a part of `/readyz`.", ""]
    return "\n".join(parts)


def _size(number: int) -> str:
    return f"{number / 2**20:.0f} MiB"


def _age(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    return f"{span.days} days" if span.days > 1 else f"{hours:.0f} h" if hours >= 1 else f"{hours * 60:.0f} minutes"


SIZES = [
    ["one file", f"{_size(guard.LARGEST_FILE)}; {_size(guard.LARGEST_INSIDE)} when unpacked, without pictures"],
    [
        "rows that one file hands in",
        f"{guard.MOST_ROWS:,} in {guard.MOST_SHEETS} sheets of {guard.MOST_COLUMNS} columns",
    ],
    ["one archive", f"{_size(archive.LARGEST_ARCHIVE)}, {archive.MOST_MEMBERS} files"],
    ["files handed in together", f"{archive.MOST_FILES:,}, {_size(archive.LARGEST_TOTAL)}"],
    [
        "what waits to be handed in",
        f"{_size(upload_door.MOST_BYTES)} a session, {_size(upload_door.MOST_IN_ALL)} in all",
    ],
    ["the form without script", f"{_size(posted.MOST_BYTES)}"],
    ["memory of a process that reads a file", _size(child_limits.MEMORY)],
    ["open pages of one person, of all visitors of links", f"{socket_door.MOST_TABS}, {socket_door.MOST_VISITORS}"],
    ["photos of one task", f"{evidence.MOST_OF_A_TASK}"],
    ["tasks made at once", f"{tasks.MOST_AT_ONCE}"],
    ["rows of an exported audit", f"{audit_export.MOST_ROWS:,}"],
    ["wrong passwords", f"{guesses.MOST} within {_age(guesses.WINDOW)}, then one waits"],
]
AGES = [
    ["an upload that was not confirmed, and the list of one that was", _age(job_queue.KEPT)],
    ["a session", f"{_age(sessions.IDLE)} without use, {_age(sessions.LONGEST)} in all"],
    ["a one-time code", _age(accounts.CODE_LIVES)],
    ["tries to sign in", _age(sessions.TRIES_KEPT)],
    ["a share link", f"{share_policy.DEFAULT_DAYS} days unless chosen otherwise, {share_policy.LONGEST_DAYS} at most"],
    ["a file that waits for its download", _age(handing_out.LIVES)],
    ["backups", f"the newest {backups.KEEP}, and of each of {backups.MONTHS} months the newest"],
    ["the audit", f"for ever; what is older than {_age(audit_purge.KEPT)} may be taken out (docs/audit.md)"],
]


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines]


PAGES: dict[str, Callable[[], str]] = {
    "problems.md": problems,
    "rules.md": rule_kinds,
    "commands.md": commands,
    "limits.md": limits,
}
"""File name below docs/ to what makes its text."""


def main() -> None:
    """Writes every page."""
    for name, text in PAGES.items():
        (HERE / name).write_text(text(), "utf-8")


if __name__ == "__main__":
    main()

"""What became of the files of an import, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from beicha.actions.drafts import problem_from_plain
from beicha.intake.checked.marks import is_worth_marking
from beicha.intake.problems import Problem

State = Literal["stored", "unchanged", "refused", "forbidden", "repeated", "failed", "cancelled", "left_out"]

NOT_STORED: tuple[State, ...] = ("refused", "forbidden", "failed", "cancelled")
"""What somebody has to see to."""


@dataclass(frozen=True)
class Outcome:
    """What became of one file of an import.

    ``state``: stored; unchanged (it says what is stored already); refused (errors, see ``problems``); forbidden;
    repeated (the same bytes came before in this import); failed (a fault of the program, noted in its log);
    cancelled (somebody stopped the import before it); left_out (it lay in a zip and is no workbook of a person's).
    ``file`` is its name, for one of a zip with the path to it; ``receipt`` the number of what holds its content;
    ``communities`` are codes, ``periods`` months; ``position`` is its place among the files of the import.
    """

    file: str
    sha256: str
    state: State
    receipt: str = ""
    communities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    position: int = 0

    @property
    def can_be_marked(self) -> bool:
        """Whether it can be had with its problems marked."""
        return self.state == "refused" and is_worth_marking(self.problems)

    @property
    def is_stored(self) -> bool:
        """Whether what the file says stands in the store now."""
        return self.state in ("stored", "unchanged", "repeated")


def outcome_from_plain(values: Mapping[str, Any]) -> Outcome:
    """An outcome out of JSON values."""
    lists = {key: tuple(values[key]) for key in ("communities", "periods")}
    problems = tuple(problem_from_plain(found) for found in values["problems"])
    return Outcome(**{**values, **lists, "problems": problems})

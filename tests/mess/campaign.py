"""Messy files by the thousand: a seed is a file, its facts and its habits; a tally tells what became of all of them."""

from dataclasses import dataclass, field
from random import Random
from time import monotonic

from tests.mess import cell_habits, file_habits, table_habits
from tests.mess.draft import Draft, plain_draft
from tests.mess.facts import facts_of, office_facts_of
from tests.mess.habits import ALL, Habit, apply
from tests.mess.oracle import Verdict, read, verdict
from tests.mess.workbook import written

HABITS: tuple[Habit, ...] = tuple(ALL)
"""All habits that the three modules enter into the list."""

__all__ = ["HABITS", "Tally", "campaign", "cell_habits", "file_habits", "judged", "messy", "table_habits"]


def messy(seed: int, habits: list[Habit]) -> Draft:
    """The file that the seed stands for, changed by the habits; one in four is a file of the office."""
    rng = Random(seed)
    facts = office_facts_of(seed) if seed % 4 == 0 else facts_of(seed, ledgers=1 + seed % 3)
    draft = plain_draft(facts)
    apply(draft, habits, rng)
    return draft


def judged(seed: int, habits: list[Habit]) -> Verdict:
    """What became of that file."""
    draft = messy(seed, habits)
    return verdict(draft, read(draft))


@dataclass
class Tally:
    """Files tried, and what became of them."""

    files: int = 0
    whole: int = 0
    refused: int = 0
    named: int = 0
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    made_up: list[str] = field(default_factory=list)

    def add(self, found: Verdict, name: str) -> None:
        self.files += 1
        self.whole += found.is_whole
        self.refused += bool(found.errors)
        self.named += len(found.named)
        self.wrong += [f"{name}: {each}" for each in found.wrong]
        self.lost += [f"{name}: {each}" for each in found.lost]
        self.made_up += [f"{name}: {each}" for each in found.made_up]

    def __str__(self) -> str:
        return (
            f"messy files tried {self.files}, read whole {self.whole}, refused with a sentence {self.refused}, "
            f"values named {self.named}, wrong values {len(self.wrong)}, lost rows {len(self.lost)}, "
            f"rows made up {len(self.made_up)}"
        )


def campaign(seconds: float, first_seed: int, habits: tuple[Habit, ...] = HABITS, most: int = 6) -> Tally:
    """Tries one seed after the other, each with some of the habits, until the time is over."""
    tally, seed, until = Tally(), first_seed, monotonic() + seconds
    while monotonic() < until:
        chosen = chosen_habits(seed, habits, most)
        tally.add(judged(seed, chosen), f"{seed} {chosen}")
        seed += 1
    return tally


def chosen_habits(seed: int, habits: tuple[Habit, ...], most: int) -> list[Habit]:
    rng = Random(seed ^ 0x5EED)
    return rng.sample(habits, rng.randint(1, most))


def shown(draft: Draft) -> str:
    """The file as text, for a person who looks for a fault."""
    written(draft)
    lines = [f"{draft.stem} {draft.kind} {draft.cover}"]
    for table in draft.tables:
        lines.append(f"== {table.sheet} {[(column.heading, column.key) for column in table.columns]}")
        lines += [f"{line.row}: {[cell.wrote for cell in line.cells.values()]} {line.first}" for line in table.lines]
    return "\n".join(lines)

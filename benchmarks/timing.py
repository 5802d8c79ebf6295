"""Paired timings: all contenders in turn, round after round, so that a noisy machine slows them alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Timing:
    """Seconds of every round of one contender."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the rounds, in seconds."""
        return median(self.rounds)

    def over(self, other: "Timing") -> tuple[float, float, float]:
        """How many times longer this took than the other: lowest, median and highest of the round-by-round ratios."""
        ratios = sorted(mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True))
        return ratios[0], median(ratios), ratios[-1]


def alternate(contenders: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Timing]:
    """Each contender's timing, one uncounted round first."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, run in contenders.items():
            gc.collect()
            start = time.perf_counter()
            run()
            if number:
                seconds[name].append(time.perf_counter() - start)
    return {name: Timing(tuple(taken)) for name, taken in seconds.items()}


def line(name: str, ratio: tuple[float, float, float], goal: str, met: bool) -> str:
    """One row of the table: the ratio's median with its spread, the goal, and whether it was met; "-" is no goal."""
    low, middle, high = ratio
    verdict = "" if goal == "-" else "met" if met else "NOT MET"
    return f"{name:<68} {middle:>8.2f}x  ({low:.2f} - {high:.2f})  {goal:<9} {verdict}".rstrip()

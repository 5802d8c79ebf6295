"""A rehearsal (迎检预演) of a month: what a random draw would come to, and what would change it (scoring.md §6)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from beicha.actions.views.months import Month
from scoring.draw_sums import affordable, exact, exact_chance, exact_gains
from scoring.draw_trials import trial_chance, trial_gains, trials
from scoring.outcomes import Fractions
from scoring.rehearsal import Outlook, Stratum, moments, plain, worst_draws
from scoring.remedies import RemedySet, smallest_set
from scoring.rules import TOLERANCE
from scoring.stake import own_gains

WORST = 5
Unit = Literal["criteria", "communities"]


@dataclass(frozen=True)
class Wish:
    """How to rehearse: so many drawn of each street (all where there are fewer), those of some streets, the mark.

    ``seed`` is for trials; ``tried`` asks for them where the exact way is affordable too.
    """

    draws: int
    mark: float
    apart: tuple[tuple[str, int], ...] = ()
    seed: int = 1
    tried: bool = False


@dataclass(frozen=True)
class Rehearsal:
    """What a draw comes to.

    ``streets``: index street code; name, communities (that can be drawn), drawn, mean, unreported.
    ``communities``: index community code; name, street (name), score, drawn (chance, 0 to 1), full (its score with
    nothing lost), change (of the chance, if it alone rose to that), the most first.
    ``criteria``: index criterion code; title, line, remedy, communities (that lose by it), rise (of the mean score),
    change (of the chance, if it alone became met everywhere), the most first.
    ``worst``: the lowest draws, as score and the names drawn by street. ``left_out``: names of who has no score.
    """

    outlook: Outlook
    mark: float
    streets: pd.DataFrame
    communities: pd.DataFrame
    criteria: pd.DataFrame
    worst: tuple[tuple[float, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Drawing:
    """The streets of a month as strata, with the places of their communities in the cells."""

    month: Month
    wish: Wish
    codes: tuple[str, ...]
    members: tuple[np.ndarray, ...]
    gains: Fractions = field(repr=False)

    @cached_property
    def strata(self) -> list[Stratum]:
        apart = dict(self.wish.apart)
        return [
            Stratum(code, self.month.standing.score[here], min(apart.get(code, self.wish.draws), len(here)))
            for code, here in zip(self.codes, self.members, strict=True)
        ]

    def raised(self, gains: Fractions) -> list[Stratum]:
        """The strata with every community's score higher by its gain."""
        return [stratum.raised(gains[here]) for stratum, here in zip(self.strata, self.members, strict=True)]

    def chance(self, gains: Fractions) -> float:
        """The chance after every community's score rose by its gain."""
        strata, mark = self.raised(gains), self.wish.mark
        if all(stratum.whole for stratum in strata):
            return plain(strata, mark).chance
        return exact_chance(strata, mark) if self.counted else trial_chance(strata, mark, self.wish.seed)

    @cached_property
    def counted(self) -> bool:
        """Whether the exact way is taken; looked at with full marks too, so that all numbers go by one way."""
        full = self.raised(self.gains.sum(axis=1))
        return not self.wish.tried and affordable(self.strata) and affordable(full)


def rehearse(month: Month, wish: Wish) -> Rehearsal | None:
    """The rehearsal of the communities in view; None where nobody is drawn or only some lines are seen."""
    drawing = _drawing(month, wish)
    if drawing is None:
        return None
    outlook = _outlook(drawing)
    scoreless = np.isnan(month.standing.score)
    names = _names(month)
    return Rehearsal(
        outlook,
        wish.mark,
        _streets(drawing),
        _communities(drawing),
        _criteria(drawing, outlook.chance),
        _worst(drawing, names),
        tuple(name for name, without in zip(names, scoreless, strict=True) if without),
    )


def enough(month: Month, wish: Wish, unit: Unit, level: float) -> tuple[RemedySet, tuple[str, ...]] | None:
    """The smallest set of criteria met everywhere, or of communities losing nothing, for a chance; with its names."""
    drawing = _drawing(month, wish)
    if drawing is None:
        return None
    gains = _remedies(drawing, unit)
    whole = np.zeros(len(drawing.gains))
    means = [moments(drawing.raised(gain))[0] for gain in gains]
    start = moments(drawing.strata)[0]

    def chance(chosen: frozenset[int]) -> float:
        return drawing.chance(sum((gains[number] for number in chosen), whole))

    found = smallest_set(len(gains), _remembered(chance), [mean - start for mean in means], level)
    titles = [f"{c.code} {c.title}" for c in month.edition.criteria] if unit == "criteria" else _names(month)
    return found, tuple(titles[number] for number in found.chosen)


def _remembered(chance: Callable[[frozenset[int]], float]) -> Callable[[frozenset[int]], float]:
    known: dict[frozenset[int], float] = {}

    def asked(chosen: frozenset[int]) -> float:
        if chosen not in known:
            known[chosen] = chance(chosen)
        return known[chosen]

    return asked


def _remedies(drawing: _Drawing, unit: Unit) -> list[Fractions]:
    if unit == "criteria":
        return list(drawing.gains.T)
    return [np.where(np.arange(len(drawing.gains)) == n, row.sum(), 0.0) for n, row in enumerate(drawing.gains)]


def _drawing(month: Month, wish: Wish) -> _Drawing | None:
    standing = month.standing
    streets = [standing.tree.ancestor(n, "street") or "" for n in range(len(standing.cells.communities))]
    scored = ~np.isnan(standing.score)
    order = [*(area.code for area in month.children("street")), ""]
    members = {code: np.flatnonzero(scored & (np.array(streets, object) == code)) for code in order}
    kept = {code: here for code, here in members.items() if len(here)}
    drawing = _Drawing(month, wish, tuple(kept), tuple(kept.values()), own_gains(standing))
    return None if month.only or not any(stratum.draws for stratum in drawing.strata) else drawing


def _outlook(drawing: _Drawing) -> Outlook:
    strata, mark = drawing.strata, drawing.wish.mark
    if all(stratum.whole for stratum in strata):
        return plain(strata, mark)
    return exact(strata, mark) if drawing.counted else trials(strata, mark, drawing.wish.seed)


def _names(month: Month) -> list[str]:
    return [str(name) for name in month.standing.communities["name"]]


def _street_names(drawing: _Drawing) -> list[str]:
    areas = drawing.month.standing.tree.areas
    return [areas[code].name if code in areas else "" for code in drawing.codes]


def _streets(drawing: _Drawing) -> pd.DataFrame:
    reported = drawing.month.standing.cells.reported
    values: Mapping[str, Sequence[object]] = {
        "name": _street_names(drawing),
        "communities": [len(here) for here in drawing.members],
        "drawn": [stratum.draws for stratum in drawing.strata],
        "mean": [float(stratum.scores.mean()) for stratum in drawing.strata],
        "unreported": [int((~reported[here]).sum()) for here in drawing.members],
    }
    return pd.DataFrame(values, index=list(drawing.codes))


def _communities(drawing: _Drawing) -> pd.DataFrame:
    full = drawing.gains.sum(axis=1)
    changes = _changes(drawing, [full[here] for here in drawing.members])
    places, names = np.concatenate(drawing.members), _names(drawing.month)
    standing, sizes = drawing.month.standing, [len(here) for here in drawing.members]
    chances = [stratum.draws / len(stratum.scores) for stratum in drawing.strata]
    table = pd.DataFrame(
        {
            "name": [names[place] for place in places],
            "street": np.repeat(np.array(_street_names(drawing), object), sizes),
            "score": standing.score[places],
            "drawn": np.repeat(chances, sizes),
            "full": standing.score[places] + full[places],
            "change": np.concatenate(changes),
        },
        index=[standing.cells.communities[place] for place in places],
    )
    return table.sort_values(["change", "score"], ascending=[False, True], kind="stable")


def _changes(drawing: _Drawing, gains: list[Fractions]) -> list[Fractions]:
    strata, mark = drawing.strata, drawing.wish.mark
    if all(stratum.whole for stratum in strata):
        total, now = sum(stratum.draws for stratum in strata), plain(strata, mark)
        held = [min(stratum.draws, 1) for stratum in strata]
        reached = [now.mean + gain * one / total >= mark - TOLERANCE for gain, one in zip(gains, held, strict=True)]
        return [here.astype(np.float64) - now.chance for here in reached]
    return exact_gains(strata, mark, gains) if drawing.counted else trial_gains(strata, mark, gains, drawing.wish.seed)


def _criteria(drawing: _Drawing, chance: float) -> pd.DataFrame:
    edition, start = drawing.month.edition, moments(drawing.strata)[0]
    rows = {}
    for criterion, gain in zip(edition.criteria, drawing.gains.T, strict=True):
        losing = int((gain[np.concatenate(drawing.members)] > TOLERANCE).sum())
        if losing:
            rise = moments(drawing.raised(gain))[0] - start
            said = [criterion.title, edition.line_title(criterion.lead), criterion.remedy, losing]
            rows[criterion.code] = [*said, rise, drawing.chance(gain) - chance]
    columns = ["title", "line", "remedy", "communities", "rise", "change"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.sort_values(["change", "rise"], ascending=False, kind="stable")


def _worst(
    drawing: _Drawing, names: Sequence[str]
) -> tuple[tuple[float, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    streets = _street_names(drawing)
    found = []
    for one in worst_draws(drawing.strata, WORST):
        told = zip(streets, one.drawn, drawing.members, strict=True)
        found.append(
            (one.score, tuple((street, tuple(names[here[n]] for n in drawn)) for street, drawn, here in told if drawn))
        )
    return tuple(found)

"""(j) Points at stake and the rehearsed draw beside one plain recomputation of the district; exact beside trials."""

from itertools import combinations, product

import numpy as np

from benchmarks.rows import MONTH, coded, edition, raw_rows
from benchmarks.timing import Timing, alternate, line
from scoring.assess import CodedFacts, assess_surviving
from scoring.coding import surviving
from scoring.draw_sums import affordable, exact, exact_chance, exact_gains
from scoring.draw_trials import trial_gains, trials
from scoring.facts import Area
from scoring.rehearsal import Stratum
from scoring.rollup import Standing, roll_up
from scoring.stake import own_gains, stakes

STREET, DRAWN = 15, 3
SIZES = {150: 7, 1_500: 3, 20_000: 1}
"""Communities, and how many rounds are taken."""
WITHIN, AHEAD = 10, 20


def areas_of(communities: tuple[str, ...]) -> list[Area]:
    """A district with a street for every fifteen communities."""
    streets = [Area(f"S{n}", f"街道{n}", "street", "D") for n in range(-(-len(communities) // STREET))]
    leaves = [Area(code, code, "community", f"S{n // STREET}") for n, code in enumerate(communities)]
    return [Area("D", "区", "district"), *streets, *leaves]


def strata_of(standing: Standing) -> list[Stratum]:
    """Three drawn of every street."""
    starts = range(0, len(standing.score), STREET)
    parts = [standing.score[start : start + STREET] for start in starts]
    return [Stratum(f"S{n}", part, min(DRAWN, len(part))) for n, part in enumerate(parts)]


def check_equal() -> None:
    """Stops unless the exact chance of a small draw is that of counting every draw."""
    rng = np.random.default_rng(7)
    strata = [Stratum(f"s{n}", np.round(rng.normal(85, 6, 5), 2), 2) for n in range(3)]
    draws = product(*(list(combinations(stratum.scores, 2)) for stratum in strata))
    reached = [np.mean([score for street in draw for score in street]) >= 85 - 1e-9 for draw in draws]
    assert abs(exact_chance(strata, 85) - np.mean(reached)) < 1e-12


def measure(communities: int, rounds: int) -> tuple[dict[str, Timing], bool]:
    """The timings of one size, and whether the exact way is taken there."""
    made, facts = edition(), coded(raw_rows(edition(), communities), communities)
    rows = {code: surviving(ledger, MONTH) for code, ledger in facts.ledgers.items()}
    alive = CodedFacts(facts.communities, facts.arrivals, rows)
    areas = areas_of(facts.communities)

    def recomputed() -> Standing:
        return roll_up(made, assess_surviving(made, MONTH, alive).cells(), areas)

    standing = recomputed()
    strata, mark = strata_of(standing), float(np.mean(standing.score))
    full = own_gains(standing).sum(axis=1)
    gains = [full[start : start + STREET] for start in range(0, len(full), STREET)]
    contenders = {"recomputed": lambda: recomputed().score, "stakes": lambda: stakes(standing)}
    contenders["trials"] = lambda: trials(strata, mark, seed=1)
    if affordable(strata):
        contenders |= {
            "exact": lambda: exact(strata, mark),
            "effects": lambda: exact_gains(strata, mark, gains),
        }
    else:
        contenders["effects"] = lambda: trial_gains(strata, mark, gains, seed=1)
    return alternate(contenders, rounds), affordable(strata)


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    check_equal()
    found = []
    for communities, rounds in list(SIZES.items())[: 1 if quick else None]:
        timings, counted = measure(communities, rounds)
        for name in ("stakes", "exact", "trials", "effects"):
            if name in timings:
                ratio = timings[name].over(timings["recomputed"])
                goal = f"<= {WITHIN}x" if communities == 150 else "-"
                found.append(line(f"(j) {communities:,}: {name} / recomputed", ratio, goal, ratio[1] <= WITHIN))
        if counted:
            ahead = timings["trials"].over(timings["exact"])
            goal = f">= {AHEAD}x" if communities == 150 else "-"
            found.append(line(f"(j) {communities:,}: 100 000 trials / exact", ahead, goal, ahead[1] >= AHEAD))
        found.append("    " + ", ".join(f"{name} {timing.median * 1e3:.1f} ms" for name, timing in timings.items()))
    return found

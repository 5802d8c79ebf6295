"""Rehearsal: the exact way, the closed form, trials and full enumeration agree (scoring.md §6)."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pytest import approx

from scoring.draw_sums import affordable, exact, exact_chance, exact_gains
from scoring.draw_trials import trial_gains, trials
from scoring.others import Reach
from scoring.rehearsal import Stratum, moments, plain, worst_draws
from scoring.remedies import smallest_set
from scoring.spreads import Spread, joined
from scoring.street_draws import CountedDraws, EveryDraw, street_draws

MARK = 85.0
points = some.integers(5000, 11000).map(lambda steps: steps / 100)


@some.composite
def small_strata(draw):
    def one(number):
        scores = draw(some.lists(points, min_size=1, max_size=5))
        return Stratum(f"s{number}", np.array(scores), draw(some.integers(1, len(scores))))

    return [one(number) for number in range(draw(some.integers(1, 3)))]


def every_draw(strata):
    """All draws there are, each as its scores: by brute force, nothing of the product in it."""
    by_street = [list(combinations(s.scores.tolist(), s.draws)) for s in strata]
    return [[score for street in draw for score in street] for draw in product(*by_street)]


def reached(strata, mark):
    means = [sum(drawn) / len(drawn) for drawn in every_draw(strata)]
    return sum(mean >= mark - 1e-9 for mean in means) / len(means)


@given(small_strata(), points)
def test_the_exact_chance_is_that_of_counting_every_draw(strata, mark):
    assert exact_chance(strata, mark) == approx(reached(strata, mark), abs=1e-12)


@given(small_strata())
def test_mean_and_deviation_are_those_of_every_draw(strata):
    means = np.array([np.mean(drawn) for drawn in every_draw(strata)])
    assert moments(strata) == (approx(means.mean()), approx(means.std(), abs=1e-6))


@given(small_strata(), points)
def test_the_distribution_adds_up_and_has_the_mean(strata, mark):
    found = exact(strata, mark)
    assert found.weights.sum() == approx(1, abs=1e-12)
    assert (found.values * found.weights).sum() == approx(found.mean, abs=1e-9)
    assert found.least <= found.chance <= found.most
    assert found.low <= found.high


@given(small_strata(), some.data())
def test_what_one_community_changes_is_the_difference_of_two_rehearsals(strata, data):
    number = data.draw(some.integers(0, len(strata) - 1))
    place = data.draw(some.integers(0, len(strata[number].scores) - 1))
    gains = [np.full(len(s.scores), 7.25) for s in strata]
    single = np.zeros(len(strata[number].scores))
    single[place] = 7.25
    after = [s.raised(single) if n == number else s for n, s in enumerate(strata)]
    change = exact_chance(after, MARK) - exact_chance(strata, MARK)
    assert exact_gains(strata, MARK, gains)[number][place] == approx(change, abs=1e-12)


def of_a_district(seed=5):
    chance = np.random.default_rng(seed)
    return [Stratum(f"s{n}", np.round(chance.normal(86, 6, 15), 2), 3) for n in range(10)]


def test_trials_and_the_exact_way_agree_within_their_error():
    strata = of_a_district()
    counted, tried = exact(strata, 86.5), trials(strata, 86.5, seed=1)
    assert abs(counted.chance - tried.chance) < 4 * tried.error
    assert (tried.low, tried.high) == (approx(counted.low, abs=0.03), approx(counted.high, abs=0.03))
    gains = [np.full(15, 5.0)] * 10
    pairs = zip(exact_gains(strata, 86.5, gains), trial_gains(strata, 86.5, gains, seed=1), strict=True)
    assert all(np.abs(mine - theirs).max() < 0.004 for mine, theirs in pairs)


def test_streets_too_large_to_count_are_tried_and_agree_with_the_closed_form():
    strata = [Stratum("s", np.round(np.random.default_rng(3).normal(85, 5, 200), 2), 80)] * 3
    found = trials(strata, MARK, seed=9)
    assert not affordable(strata)
    assert (found.values * found.weights).sum() == approx(found.mean, abs=4 * found.deviation / 100_000**0.5 + 0.02)


@given(small_strata(), some.data())
def test_counting_by_sums_gives_what_taking_every_draw_gives(strata, data):
    for stratum in strata:
        every, counted = EveryDraw(stratum), CountedDraws(stratum)
        assert counted.spread.start == every.spread.start
        assert np.abs(counted.spread.weights - every.spread.weights).max() < 1e-12
        raised = np.array([data.draw(some.integers(0, 900)) for _ in stratum.scores])
        low, high = every.spread.start, every.spread.end + 900
        reach = Reach(low, (np.arange(low, high + 1) >= (low + high) // 2).astype(float))
        assert np.abs(counted.changes(raised, reach) - every.changes(raised, reach)).max() < 1e-12


@pytest.mark.parametrize("drawn", [3, 10, 17, 19])
def test_a_street_with_many_draws_is_counted_as_its_draws_are(drawn):
    stratum = Stratum("s", np.round(np.random.default_rng(drawn).normal(85, 5, 20), 2), drawn)
    every, counted = EveryDraw(stratum), CountedDraws(stratum)
    rest = joined([EveryDraw(s).spread for s in of_a_district()])
    gains = np.full(20, 500)
    low, high = every.spread.start, every.spread.end + 500
    needed = int(85.5 * 100 * (30 + drawn))
    reach = Reach(low, np.array([rest.reaching(needed - own) for own in range(low, high + 1)]))
    assert np.abs(counted.changes(gains, reach) - every.changes(gains, reach)).max() < 1e-12
    assert np.abs(np.cumsum(counted.spread.weights) - np.cumsum(every.spread.weights)).max() < 1e-12


def test_the_table_stays_exact_where_half_of_a_large_street_is_drawn():
    stratum = Stratum("s", np.round(np.random.default_rng(1).normal(85, 1, 90), 2), 45)
    assert isinstance(street_draws(stratum), CountedDraws)
    found = exact([stratum], 85)
    assert found.weights.sum() == approx(1, abs=1e-12)
    assert (found.values * found.weights).sum() == approx(found.mean, abs=1e-9)
    single = np.zeros(90)
    single[7] = 2.0
    change = exact_chance([stratum.raised(single)], 85) - exact_chance([stratum], 85)
    assert exact_gains([stratum], 85, [np.full(90, 2.0)])[0][7] == approx(change, abs=1e-12)


def test_a_province_of_streets_is_counted_and_agrees_with_the_closed_form():
    strata = [s for seed in range(12) for s in of_a_district(seed)]
    assert affordable(strata)
    found = exact(strata, 86)
    assert found.weights.sum() == approx(1, abs=1e-10)
    assert (found.values * found.weights).sum() == approx(found.mean, abs=1e-8)
    assert np.sqrt(((found.values - found.mean) ** 2 * found.weights).sum()) == approx(found.deviation, abs=1e-6)
    single = np.zeros(15)
    single[4] = 6.0
    after = [s.raised(single) if n == 77 else s for n, s in enumerate(strata)]
    change = exact_chance(after, 86) - exact_chance(strata, 86)
    assert exact_gains(strata, 86, [np.full(15, 6.0)] * 120)[77][4] == approx(change, abs=1e-11)


def test_long_sums_lose_only_ends_that_nothing_comes_from():
    weights = np.random.default_rng(2).random(60_001)
    ends = np.concatenate([np.zeros(5_000), weights / weights.sum(), np.zeros(7_000)])
    assert Spread(10, ends).trimmed().start == 5_010
    assert len(Spread(10, ends).trimmed().weights) == 60_001
    assert len(Spread(10, ends[:40_000]).trimmed().weights) == 40_000


def test_the_same_seed_gives_the_same_and_another_does_not():
    strata = of_a_district()
    chances = [trials(strata, 86, seed=seed).chance for seed in (1, 1, 2)]
    assert chances[0] == chances[1] != chances[2]


def test_all_drawn_is_the_plain_mean_without_a_grid():
    strata = [Stratum("s", np.array([84.994, 85.003]), 2), Stratum("t", np.array([85.003]), 1)]
    assert (plain(strata, 85).mean, plain(strata, 85).chance) == (approx(85.0), 1.0)
    assert plain(strata, 85.001).chance == 0


def test_the_mark_is_reached_at_it_and_not_a_step_below():
    assert exact_chance([Stratum("s", np.array([85.0, 84.99]), 1)], 85) == 0.5


@given(small_strata())
def test_the_worst_draws_are_the_lowest_of_all(strata):
    lowest = sorted(sum(drawn) / len(drawn) for drawn in every_draw(strata))[:4]
    found = worst_draws(strata, 4)
    assert [draw.score for draw in found] == [approx(score) for score in lowest]
    for draw in found:
        scores = [s.scores[place] for s, places in zip(strata, draw.drawn, strict=True) for place in places]
        assert np.mean(scores) == approx(draw.score)


@pytest.mark.parametrize("draws", [-1, 3])
def test_more_than_there_are_cannot_be_drawn(draws):
    with pytest.raises(ValueError, match="cannot be drawn"):
        Stratum("s", np.array([80.0, 90.0]), draws)


def of_sets(strata, gains):
    def chance(chosen):
        return exact_chance([s.raised(sum((gains[n] for n in chosen), np.zeros(len(s.scores)))) for s in strata], MARK)

    return chance


def test_the_smallest_set_is_proven_where_one_less_is_never_enough():
    stratum = Stratum("s", np.array([70.0, 70.0, 90.0]), 2)
    gains = [np.array([20.0, 0, 0]), np.array([0, 20.0, 0]), np.array([0, 0, 1.0])]
    found = smallest_set(3, of_sets([stratum], gains), [g.mean() for g in gains], 0.9)
    assert (set(found.chosen), found.enough, found.proven) == ({0, 1}, True, True)
    assert found.chances[-1] == 1


def test_what_cannot_be_reached_is_said():
    stratum = Stratum("s", np.array([60.0, 60.0]), 1)
    gains = [np.array([5.0, 0])]
    found = smallest_set(1, of_sets([stratum], gains), [2.5], 0.9)
    assert (found.chosen, found.enough, found.proven) == ((0,), False, False)


def test_nothing_is_to_be_done_where_the_level_is_reached():
    found = smallest_set(0, of_sets([Stratum("s", np.array([90.0]), 1)], []), [], 0.9)
    assert (found.chosen, found.enough, found.proven) == ((), True, True)

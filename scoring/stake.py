"""Points at stake: how much the district score rises if one finding became met (scoring.md §5)."""

import numpy as np

from scoring.outcomes import Fractions, divided
from scoring.rollup import Standing
from scoring.scores import Weighing, compared, points_of, score, section_matrix
from scoring.states import COMPARED, LOSING, NOT_APPLICABLE, NOT_REPORTED, among
from scoring.tree import mean_score


def stakes(standing: Standing) -> Fractions:
    """The exact rise of the district score for every finding, C communities by K criteria; 0 where nothing can be won.

    All else stays equal; where an edition fills in the mean of others, that mean is taken anew.
    """
    losing = among(standing.cells.state, LOSING)
    own = np.where(losing, own_gains(standing), 0.0)
    share = _district_share(standing)
    gain = own * share[:, None]
    if standing.edition.not_applicable == "mean_of_others":
        gain += np.where(losing, _gains_of_others(standing, own), 0.0)
    return gain


def own_gains(standing: Standing) -> Fractions:
    """The rise of the community's own score if the finding became met."""
    sections = section_matrix(standing.edition).argmax(axis=1)
    return np.asarray(100.0 * worth(standing)[:, sections] * standing.lost, np.float64)


def worth(standing: Standing) -> Fractions:
    """What one point of each section is worth in a community's score, as a fraction of the whole."""
    scores = standing.scores
    total: Fractions = np.maximum(scores.weight.sum(axis=1), 1e-300)
    return np.asarray(divided(scores.weight, scores.full) / total[:, None], np.float64)


def _district_share(standing: Standing) -> Fractions:
    """What each community weighs in its district's mean; 0 where it has no score."""
    weights: Fractions = np.where(np.isnan(standing.score), 0.0, standing.weights)
    district = standing.tree.district
    return divided(weights, np.bincount(district, weights)[district])


def _gains_of_others(standing: Standing, own: Fractions) -> Fractions:
    """What the communities that take the mean of others win or lose with it."""
    cells, district = standing.cells, standing.tree.district
    total, number = (table[district] for table in compared(cells, district))
    counts = among(cells.state, COMPARED)
    old = divided(total, number)
    joined = ~counts
    new = divided(total - np.where(counts, standing.weighing.fraction, 0.0) + 1.0, number + joined)
    receiving = _receiving(standing)[district]
    gain = np.where(number > 0, (new - old) * receiving, 0.0)
    for place, k in _first_ever(standing, number):
        gain[place, k] += _joining_gain(standing, own, place, k)
    return gain


def _receiving(standing: Standing) -> Fractions:
    """Per district and criterion, how the district score moves with the mean that stands in for it."""
    sections = section_matrix(standing.edition).argmax(axis=1)
    taking = standing.cells.state == NOT_APPLICABLE
    weight = 100.0 * worth(standing)[:, sections] * points_of(standing.edition) * taking
    moved = weight * _district_share(standing)[:, None]
    table = np.zeros((int(standing.tree.district.max(initial=-1)) + 1, moved.shape[1]))
    np.add.at(table, standing.tree.district, moved)
    return table


def _first_ever(standing: Standing, number: np.ndarray) -> list[tuple[int, int]]:
    """Unreported findings whose becoming met would give a mean where their district has none yet."""
    alone = (standing.cells.state == NOT_REPORTED) & (number == 0)
    return [(int(c), int(k)) for c, k in np.argwhere(alone)]


def _joining_gain(standing: Standing, own: Fractions, place: int, k: int) -> float:
    """The rest of the rise where a criterion so far left out everywhere comes into the denominators of others."""
    district = standing.tree.district
    members = np.flatnonzero(district == district[place])
    taking = members[standing.cells.state[members, k] == NOT_APPLICABLE]
    if not len(taking):
        return 0.0
    fraction, counted = standing.weighing.fraction.copy(), standing.in_denominator.copy()
    fraction[taking, k], counted[taking, k] = 1.0, True
    after = standing.score.copy()
    after[taking] = (score(standing.edition, Weighing(fraction, counted)).base + standing.bonus)[taking]
    after[place] += own[place, k]
    risen = mean_score(after[members], standing.weights[members]) - standing.mean(members)
    return float(risen - own[place, k] * _district_share(standing)[place])

"""From fractions to section rates and community scores (scoring.md §5)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.cells import Cells
from scoring.edition import Edition
from scoring.outcomes import Fractions, Truths, divided
from scoring.states import COMPARED, LOSING, MET, NOT_APPLICABLE, NOT_INSPECTED, among


@dataclass(frozen=True)
class Weighing:
    """What counts of the findings: fractions after the policies for what is not applicable or not inspected.

    ``fraction`` is 0 where the finding is not in the denominator.
    """

    fraction: Fractions
    in_denominator: Truths


@dataclass(frozen=True)
class Scores:
    """Sections and totals per community: sums of earned and full points by section, rates and base scores.

    ``earned`` and ``full`` have a column for each section; ``rate`` is NaN where nothing is in the
    denominator; ``weight`` is what each section weighs in ``base``, which is NaN without any section.
    """

    earned: Fractions
    full: Fractions
    rate: Fractions
    weight: Fractions
    base: Fractions


def weigh(edition: Edition, cells: Cells, district: NDArray[np.int64]) -> Weighing:
    """The fractions in the denominator, after the edition's policies; ``district`` numbers the districts."""
    counted = among(cells.state, (MET, *LOSING))
    fraction = np.where(counted, np.nan_to_num(cells.fraction), 0.0)
    if edition.not_inspected == "zero":
        counted = counted | (cells.state == NOT_INSPECTED)
    if edition.not_applicable == "mean_of_others":
        total, number = compared(cells, district)
        stands_in = (cells.state == NOT_APPLICABLE) & (number > 0)[district]
        fraction = np.where(stands_in, divided(total, number)[district], fraction)
        counted = counted | stands_in
    return Weighing(fraction, counted)


def compared(cells: Cells, district: NDArray[np.int64]) -> tuple[Fractions, NDArray[np.int64]]:
    """Per district and criterion, the sum and number of the fractions that make the mean of others."""
    there = among(cells.state, COMPARED)
    size = int(district.max(initial=-1)) + 1
    total, number = np.zeros((size, there.shape[1])), np.zeros((size, there.shape[1]), np.int64)
    np.add.at(total, district, np.where(there, np.nan_to_num(cells.fraction), 0.0))
    np.add.at(number, district, there)
    return total, number


def section_matrix(edition: Edition) -> Fractions:
    """K criteria by S sections: 1 where the criterion belongs to the section."""
    codes = [section.code for section in edition.sections]
    matrix = np.zeros((len(edition.criteria), len(codes)))
    for number, criterion in enumerate(edition.criteria):
        matrix[number, codes.index(criterion.section)] = 1.0
    return matrix


def points_of(edition: Edition) -> Fractions:
    """The points of the criteria, in the edition's order."""
    return np.array([criterion.points for criterion in edition.criteria], np.float64)


def score(edition: Edition, weighing: Weighing) -> Scores:
    """Section rates and base scores, before any bonus."""
    points, sections = points_of(edition), section_matrix(edition)
    full = (weighing.in_denominator * points) @ sections
    earned = (weighing.fraction * weighing.in_denominator * points) @ sections
    rate = np.where(full > 0, divided(earned, full), np.nan)
    shares = np.array([section.share or 0.0 for section in edition.sections])
    weight = np.where(full > 0, shares, 0.0) if shares.any() else full
    base = 100.0 * divided((weight * np.nan_to_num(rate)).sum(axis=1), weight.sum(axis=1))
    return Scores(earned, full, rate, weight, np.where(weight.sum(axis=1) > 0, base, np.nan))


def worth(scores: Scores) -> Fractions:
    """What one point of each section is worth in a community's base score, as a fraction of the whole."""
    total: Fractions = np.maximum(scores.weight.sum(axis=1), 1e-300)
    return np.asarray(divided(scores.weight, scores.full) / total[:, None], np.float64)

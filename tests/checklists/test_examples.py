"""Every example of every criterion leads to the state and the fraction it promises."""

import math

import pytest

from scoring.edition import Criterion, Edition, Example
from scoring.examples import run_example
from tests.checklists.editions import FILES, edition_of


def _cases():
    for path in FILES:
        edition = edition_of(path)
        for criterion in edition.criteria:
            for number, example in enumerate(criterion.examples, 1):
                yield pytest.param(edition, criterion, example, id=f"{edition.name}-{criterion.code}-{number}")


@pytest.mark.parametrize(("edition", "criterion", "example"), list(_cases()))
def test_an_example_leads_where_it_says(edition: Edition, criterion: Criterion, example: Example):
    state, fraction, reason = run_example(edition, criterion, example)
    assert state == example.state, f"{example.title}: {reason}"
    if example.fraction is not None:
        assert math.isclose(fraction, example.fraction, abs_tol=1e-8), f"{example.title}: {fraction}, {reason}"

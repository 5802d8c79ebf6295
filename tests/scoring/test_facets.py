"""Facets: classes of rows between which the questions put to a field differ."""

import numpy as np
import pytest

from scoring.coding import NumberColumn
from scoring.conditions import Condition
from scoring.facets import field_facet, number_meets


@pytest.mark.parametrize("questions", [1, 5, 6, 62, 63, 64, 65, 130])
def test_however_many_questions_a_number_is_asked_each_keeps_its_own_answer(questions):
    numbers = np.array([np.nan, *range(140)], float)
    conditions = [Condition(field="people", at_least=float(mark)) for mark in range(questions)]
    facet = field_facet(NumberColumn(numbers), conditions)
    for condition in conditions:
        assert (facet.truth[condition][facet.classes] == number_meets(condition, numbers)).all()

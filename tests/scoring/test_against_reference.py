"""The product beside a second implementation, written from the text alone: both must say the same, to 1e-9."""

import numpy as np
import pytest
from hypothesis import given, settings

from scoring.assess import assess, assess_coded, code_facts
from scoring.consistency import complaints
from scoring.states import STATES
from tests.scoring import reference
from tests.scoring.comparing import assert_no_difference, findings_differ, standings_differ, whole_way_differs
from tests.scoring.strategies import LEDGERS, SIMPLE, case, cases, crowded_case, findings

FEWER = settings.default.max_examples * 2 // 5
"""For properties whose examples take longer than others do."""


@given(cases())
def test_every_finding_is_the_one_the_text_demands(drawn):
    assert_no_difference(drawn, findings_differ)


@given(findings())
def test_every_score_rank_and_stake_is_the_one_the_text_demands(drawn):
    assert standings_differ(*drawn) == []


@given(cases(communities=3, criteria=4))
def test_the_whole_way_from_facts_to_scores_is_the_one_the_text_demands(drawn):
    assert_no_difference(drawn, whole_way_differs)


@settings(max_examples=FEWER)
@given(cases(communities=3))
def test_facts_coded_once_give_every_month_the_same_as_alone(drawn):
    facts = code_facts(drawn.edition, drawn.communities, drawn.reports)
    for month in range(drawn.t - 3, drawn.t + 1):
        together = assess_coded(drawn.edition, month, facts)
        alone = assess(drawn.edition, month, drawn.communities, drawn.reports)
        assert np.array_equal(together.state, alone.state)
        assert np.array_equal(together.fraction, alone.fraction, equal_nan=True)
        assert np.array_equal(together.bonus, alone.bonus)


@pytest.mark.parametrize("seed", [3, 4])
def test_thousands_of_rows_are_counted_as_few_are(seed):
    drawn = crowded_case(seed, communities=8, criteria=10, rows=250)
    assert max(sum(len(r.ledgers.get(code, ())) for r in drawn.reports) for code in LEDGERS) > 4096
    assert findings_differ(drawn) == []


def test_the_drawn_cases_are_sound_and_reach_every_state_under_every_rule():
    reached = set()
    for seed in range(400):
        drawn = case(seed, communities=3, criteria=6, rows=6)
        assert complaints(drawn.edition) == []
        for (_, code), finding in reference.assess(
            drawn.edition, drawn.t, drawn.communities, drawn.reports
        ).findings.items():
            reached.add((drawn.edition.criterion(code).rule.kind, finding.state))
    wanted = {(kind, state) for kind in (*SIMPLE, "parts") for state in STATES}
    assert wanted - reached <= {("yes_no", "partial"), ("defects", "missing")}

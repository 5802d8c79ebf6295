"""An edition that does not keep what its examples promise is found out."""

import pytest

from scoring.self_check import failed_examples
from tests.scoring.test_checklist_files import SMALL, read

ROWS = [{"people": 5}, {"people": 6}]


def failures(**example: object) -> list[str]:
    """What the check says of the small checklist with this example."""
    example = {"title": "例", "period": "2026-06", "rows": ROWS} | example
    edition, problems = read(SMALL | {"criteria": [SMALL["criteria"][0] | {"examples": [example]}]})
    assert edition is not None, problems
    return [str(problem) for problem in failed_examples(edition, "small.yaml")]


def test_an_example_that_holds_is_not_mentioned():
    assert failures(state="partial", fraction=0.666666667) == []


def test_an_example_with_another_state_is_told():
    assert failures(state="met") == ["small.yaml · S-1 · examples[1]: it leads to partial, not to met"]


@pytest.mark.parametrize(("fraction", "count"), [(0.66666666, 0), (0.6666666, 1)])
def test_an_example_with_another_fraction_is_told(fraction, count):
    assert len(failures(state="partial", fraction=fraction)) == count


@pytest.mark.parametrize(
    "example",
    [{"rows": [{"seats": 1}]}, {"rows": (), "ledgers": {"walks": [{"people": 1}]}}, {"rows": [{"date": "六月"}]}],
)
def test_an_example_with_rows_of_no_ledger_is_told(example):
    [problem] = failures(state="met", **example)
    assert problem.startswith("small.yaml · S-1 · examples[1]: its rows do not fit the ledgers: ")

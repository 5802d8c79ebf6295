"""The promise to clerks: whatever mess their file is, no value is wrong in silence and no row is lost."""

import os
from random import Random
from time import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mess.campaign import HABITS, Tally, campaign, chosen_habits, judged, messy, shown
from tests.mess.facts import seeds
from tests.mess.oracle import read, verdict

HARMLESS = tuple(habit for habit in HABITS if habit.harmless)
A_FEW = 5
"""Files tried with each habit alone."""


@pytest.mark.parametrize("seed", range(A_FEW))
def test_a_file_without_habits_comes_out_whole(seed):
    found = judged(seed, [])
    assert found.is_whole
    assert not found.said


@pytest.mark.parametrize("habit", HABITS, ids=repr)
def test_a_habit_alone_keeps_the_promise(habit):
    for seed in range(A_FEW):
        found = judged(seed, [habit])
        assert found.is_kept, (seed, found)
        assert not found.said, (seed, found.said)
        assert found.is_whole or not habit.harmless, (seed, found)


def test_most_habits_are_harmless():
    assert sum(habit.harmless for habit in HABITS) >= 0.75 * len(HABITS)


def test_several_harmless_habits_together_seldom_hinder():
    tally = Tally()
    for seed in range(1000, 1080):
        tally.add(judged(seed, chosen_habits(seed, HARMLESS, 5)), str(seed))
    assert tally.whole >= 0.95 * tally.files, str(tally)


@settings(max_examples=120, derandomize=True, database=None, deadline=None)
@given(seeds(), st.lists(st.sampled_from(HABITS), min_size=2, max_size=6, unique_by=repr))
def test_any_mess_keeps_the_promise(seed, habits):
    draft = messy(seed, habits)
    found = verdict(draft, read(draft))
    assert found.is_kept, f"{found}\n{shown(draft)}"


@pytest.mark.fuzz
def test_messy_files_by_the_thousand(capsys):
    """Other files at every run; the seed that is printed with a fault makes its file again."""
    seconds = float(os.environ.get("BEICHA_FUZZ_SECONDS", "30"))
    tally = campaign(seconds, Random(time()).randrange(2**31), HABITS)
    with capsys.disabled():
        print(f"\n{tally}")
    assert not (tally.wrong or tally.lost or tally.made_up), (tally.wrong[:5], tally.lost[:5], tally.made_up[:5])


@pytest.mark.parametrize("spoiled", ["wrong", "lost", "made_up"])
def test_a_broken_promise_is_seen(spoiled):
    draft = messy(1, [])
    reading = read(draft)
    rows = next(iter(reading.reports[0].ledgers.values()))
    if spoiled == "wrong":
        column = next(values for values in rows.values.values() if isinstance(values[0], str))
        column[0] = "etwas anderes"
    else:
        moved = rows.row.pop() + 100
        rows.sheet.pop()
        lasts = {key: values.pop() for key, values in rows.values.items()}
        if spoiled == "made_up":
            rows.row.append(moved)
            rows.sheet.append(rows.sheet[0] if rows.sheet else "x")
            for key, value in lasts.items():
                rows.values[key].append(value)
    assert getattr(verdict(draft, reading), spoiled)

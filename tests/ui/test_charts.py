"""Charts draw what the frames say, and nothing a file's text asks for."""

import math

import numpy as np
import pandas as pd
import pytest

from beicha.ui.charts.gap import axis_range, gap_chart
from beicha.ui.charts.theme import literal
from beicha.ui.charts.trend import Series, month_labels, trend_chart


def bars(got: list[float], full: float = 100.0, hatched: bool = False) -> pd.DataFrame:
    names = [f"社区{number}" for number in range(len(got))]
    texts = [f"{value:.2f}" for value in got]
    return pd.DataFrame(
        {"name": names, "got": got, "full": full, "text": texts, "hover": names, "hatched": hatched}, index=names
    )


def test_what_was_got_and_what_was_lost_make_up_the_full_mark() -> None:
    chart = gap_chart(bars([80.0, 95.5]))
    got, lost = chart.data[0], chart.data[2]
    assert list(np.asarray(got.x) + np.asarray(lost.x)) == [100.0, 100.0]
    assert list(chart.data[3].text) == [" 80.00", " 95.50"]


def test_a_score_above_the_full_mark_loses_nothing() -> None:
    chart = gap_chart(bars([103.0]))
    assert list(chart.data[2].x) == [0.0]


def test_a_community_without_a_score_has_no_solid_part() -> None:
    chart = gap_chart(bars([math.nan]))
    assert list(chart.data[0].x) == [0.0]
    assert list(chart.data[2].x) == [100.0]


def test_an_unreported_month_is_hatched() -> None:
    chart = gap_chart(bars([50.0, 60.0]).assign(hatched=[True, False]))
    assert (list(chart.data[0].x), list(chart.data[1].x)) == ([0.0, 60.0], [50.0, 0.0])
    assert (chart.data[0].marker.pattern.shape, chart.data[1].marker.pattern.shape) == (None, "/")


@pytest.mark.parametrize(
    ("got", "start"), [([59.99, 98.0], 0.0), ([60.0, 98.0], 50.0), ([91.0, 99.0], 80.0), ([95.0, 99.0], 90.0)]
)
def test_the_axis_starts_near_scores_that_are_all_high(got: list[float], start: float) -> None:
    assert axis_range(bars(got))[0] == start


def test_bars_of_points_always_start_at_nothing() -> None:
    assert axis_range(bars([14.0], full=15.0)) == (0.0, 15.0)


def test_no_rows_make_an_empty_chart() -> None:
    assert len(gap_chart(bars([])).data[0].y) == 0


def test_the_pass_mark_is_drawn_where_there_is_one() -> None:
    assert not gap_chart(bars([80.0])).layout.shapes
    assert gap_chart(bars([80.0]), mark=85, mark_text="达标线 85").layout.shapes[0].x0 == 85


def test_names_with_markup_are_drawn_to_the_letter() -> None:
    frame = bars([80.0]).assign(name='<a href="http://x">点我</a>', hover="<b>粗</b>")
    chart = gap_chart(frame, above=True)
    assert chart.data[4].text[0].startswith("&lt;a href")
    assert chart.data[0].customdata[0] == "&lt;b&gt;粗&lt;/b&gt;"
    assert literal("a & b") == "a &amp; b"


def months(editions: list[str], scores: list[float]) -> pd.DataFrame:
    periods = [f"2026-{number:02d}" for number in range(1, len(scores) + 1)]
    return pd.DataFrame({"period": periods, "edition": editions, "score": scores, "hover": periods})


def draw(frame: pd.DataFrame):
    return trend_chart(frame, [Series("score", "全区", True)], mark=85, mark_text="达标线", change_text="换版")


def test_the_line_breaks_where_the_edition_changes() -> None:
    chart = draw(months(["a", "a", "b"], [80.0, 82.0, 70.0]))
    assert np.isnan(chart.data[0].y[2])
    assert [note.text for note in chart.layout.annotations] == ["换版", "达标线"]


def test_one_edition_makes_one_line() -> None:
    assert not np.isnan(draw(months(["a", "a"], [80.0, 82.0])).data[0].y).any()


def test_a_month_without_a_score_is_a_gap() -> None:
    chart = draw(months(["a", "a", "a"], [80.0, math.nan, 81.0]))
    assert np.isnan(chart.data[0].y[1])
    assert chart.data[0].connectgaps is False


def test_the_axis_holds_the_pass_mark() -> None:
    low, high = draw(months(["a"], [40.0])).layout.yaxis.range
    assert low <= 40 <= high
    assert low <= 85 <= high


def test_the_year_stands_only_where_it_starts() -> None:
    assert month_labels(["2025-12", "2026-01", "2026-02"]) == ["12<br>2025", "1<br>2026", "2"]

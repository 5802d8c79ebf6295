"""Views say what the scoring says, for the area and line in view."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from beicha.actions.views.community import community_of
from beicha.actions.views.months import Month, before, last_reported, scores_of, trend, year_so_far
from beicha.actions.views.overview import overview_of
from scoring.assess import assess
from scoring.edition import Edition
from scoring.facts import Area, Report, Rows
from scoring.periods import month_number
from scoring.rollup import roll_up

SOURCE = {"document": "样例", "grade": "I", "points": "assigned"}
AREAS = (
    Area("d", "东湖区", "district"),
    Area("s1", "城关街道", "street", "d", order=1),
    Area("s2", "河东街道", "street", "d", order=2),
    Area("a", "红旗社区", "community", "s1", "A 类", 1),
    Area("b", "春风社区", "community", "s1", "A 类", 2),
    Area("c", "和平社区", "community", "s2", "B 类", 3),
)


def edition(version: str = "1") -> Edition:
    return Edition.model_validate(
        {
            "name": "views",
            "title": "样例体系",
            "version": version,
            "lines": [{"code": "culture", "title": "文化站"}, {"code": "urban", "title": "城管办"}],
            "ledgers": [
                {
                    "code": "lectures",
                    "title": "道德讲堂",
                    "keeps": "events",
                    "fields": [{"code": "day", "title": "日期", "type": "date"}, {"code": "theme", "title": "主题"}],
                }
            ],
            "sections": [{"code": "A", "title": "讲堂", "gate": 85}, {"code": "B", "title": "环境"}],
            "criteria": [
                {
                    "code": "A-1", "section": "A", "title": "每月四讲", "standard": "每月四讲", "points": 60,
                    "lead": "culture", "supporting": ["urban"], "from": "lectures", "window": "month",
                    "rule": {"kind": "count", "target": 4}, "source": SOURCE,
                },
                {
                    "code": "B-1", "section": "B", "title": "有讲堂", "standard": "有讲堂", "points": 40,
                    "lead": "urban", "from": "lectures", "window": "month", "rule": {"kind": "count", "target": 1},
                    "source": SOURCE,
                },
            ],
        }
    )  # fmt: skip


def report(community: str, period: str, lectures: int) -> Report:
    year, month = (int(part) for part in period.split("-"))
    days = [date(year, month, number + 1) for number in range(lectures)]
    values: dict[str, list[Any]] = {"day": days, "theme": [f"第 {number} 讲" for number in range(lectures)]}
    return Report(community, month_number(period), {"lectures": Rows(["讲堂"] * lectures, [3] * lectures, values)})


def month(period: str, lectures: dict[str, int], version: str = "1") -> Month:
    under = edition(version)
    reports = [report(community, period, number) for community, number in lectures.items()]
    assessed = assess(under, month_number(period), ["a", "b", "c"], reports)
    return Month(period, roll_up(under, assessed.cells(), AREAS))


MARCH = month("2026-03", {"a": 2, "b": 4, "c": 0})
APRIL = month("2026-04", {"a": 4, "c": 2})
HISTORY = [scores_of(MARCH), scores_of(APRIL)]


def test_the_district_is_the_mean_of_its_communities() -> None:
    view = overview_of(APRIL, HISTORY)
    assert (view.name, view.communities, view.reported) == ("东湖区", 3, 2)
    assert view.score == pytest.approx((100 + 0 + 70) / 3)
    assert view.distance == pytest.approx(view.score - 85)
    assert view.change == pytest.approx((100 + 0 + 70) / 3 - (70 + 100 + 0) / 3)
    assert view.year == pytest.approx(((100 + 0 + 70) / 3 + (70 + 100 + 0) / 3) / 2)


def test_a_street_shows_only_its_own() -> None:
    view = overview_of(APRIL, HISTORY, street="s2")
    assert (view.name, view.communities, list(view.ranking.index)) == ("河东街道", 1, ["c"])
    assert view.score == pytest.approx(70)
    assert set(view.stakes["community"]) == {"c"}


def test_an_unknown_street_falls_back_to_the_district() -> None:
    assert overview_of(APRIL, HISTORY, street="nowhere").area == "d"


def test_a_line_shows_the_criteria_it_leads() -> None:
    view = overview_of(APRIL, HISTORY, line="culture")
    assert view.line == "文化站"
    assert view.score == pytest.approx(100 * (60 + 0 + 30) / 180)
    assert list(view.ranking["score"]) == pytest.approx([100, 0, 50])
    assert set(view.stakes["criterion"]) == {"A-1"}


def test_the_ranking_tells_who_lost_what_and_where_gates_are_missed() -> None:
    ranking = overview_of(APRIL, HISTORY).ranking
    assert list(ranking["lost"]) == pytest.approx([0, 100, 30])
    assert list(ranking["reported"]) == [True, False, True]
    assert ranking.loc["c", "gates"] == ("讲堂",)
    assert list(ranking["rank"]) == [1, 2, 1]
    assert ranking.loc["a", "change"] == pytest.approx(30)


def test_those_who_did_not_report_are_listed_with_their_last_month() -> None:
    unreported = overview_of(APRIL, HISTORY).unreported
    assert list(unreported.index) == ["b"]
    assert unreported.loc["b", "last"] == "2026-03"
    assert last_reported(HISTORY, "2026-03", "b") == ""


def test_doing_the_first_of_the_list_raises_the_district_by_that_much() -> None:
    view = overview_of(APRIL, HISTORY)
    first = view.stakes.iloc[0]
    assert (first["community"], first["criterion"]) == ("b", "A-1")
    assert first["stake"] == pytest.approx(20)
    assert view.stakes["stake"].is_monotonic_decreasing
    assert (view.stakes["stake"] > 0).all()


def test_streets_lines_and_sections_carry_their_numbers() -> None:
    view = overview_of(APRIL, HISTORY)
    assert list(view.streets["score"]) == pytest.approx([50, 70])
    assert view.lines.loc["urban", "score"] == pytest.approx(100 * 80 / 120)
    assert view.sections.loc["c", "A"] == pytest.approx(50)
    assert view.section_titles == {"A": "讲堂", "B": "环境"}


def test_the_trend_counts_who_reported() -> None:
    frame = trend(HISTORY, {"score": "d"}, ["a", "b", "c"])
    assert list(frame["period"]) == ["2026-03", "2026-04"]
    assert list(frame["reported"]) == [3, 2]
    assert list(frame["communities"]) == [3, 3]


def test_a_change_of_the_edition_leaves_nothing_to_compare_with() -> None:
    may = month("2026-05", {"a": 4}, version="2")
    history = [*HISTORY, scores_of(may)]
    assert before(history, "2026-05") is None
    assert np.isnan(overview_of(may, history).change)
    assert before(history, "2026-04") is HISTORY[0]
    assert before(history, "2026-03") is None


def test_a_year_begins_anew_in_january() -> None:
    january = month("2027-01", {"a": 4, "b": 4, "c": 4})
    assert year_so_far([*HISTORY, scores_of(january)], "2027-01", "d") == pytest.approx(100)


def community(code: str, at: Month = APRIL) -> Any:
    return community_of(at, HISTORY, code, lambda _: None)  # type: ignore[arg-type,return-value]


def test_a_community_shows_what_it_got_and_lost() -> None:
    view = community("c")
    assert (view.name, view.street_name, view.rank, view.ranked) == ("和平社区", "河东街道", 1, 1)
    assert view.score == pytest.approx(70)
    assert list(view.sections["lost"]) == pytest.approx([30, 0])
    assert list(view.sections["gate_missed"]) == [True, False]
    assert list(view.lost.index) == ["A-1"]
    assert view.criteria.loc["A-1", "supporting"] == ("城管办",)
    assert view.gates == ("讲堂",)


def test_a_community_stands_beside_its_street() -> None:
    view = community("a")
    assert view.street_score == pytest.approx(50)
    assert view.district_score == pytest.approx(170 / 3)
    assert view.sections.loc["A", "street_rate"] == pytest.approx(50)
    assert view.criteria.loc["B-1", "street_rate"] == pytest.approx(0.5)
    assert list(view.trend["score"]) == pytest.approx([70, 100])
    assert view.change == pytest.approx(30)


def test_an_unknown_community_is_no_view() -> None:
    with pytest.raises(KeyError):
        community("nobody")

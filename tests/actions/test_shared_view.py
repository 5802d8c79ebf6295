"""What a share link shows says what the screen says, reaches no further than its grant, and can be kept for years."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.share_scope import Scope
from beicha.actions.views import reading
from beicha.actions.views.community import community_of
from beicha.actions.views.overview import overview_of
from beicha.actions.views.shared import MOST_COMMUNITIES_WITH_STATES, frozen_page, shared_view
from beicha.papers.shared_values import from_json, to_json
from beicha.words.reasons import sentence
from tests.ui.district import NOW, settle

JUNE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)


@pytest.fixture
def district(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def link(*areas, lines=None):
    """The grant of a link to these areas."""
    return Grant("share", tuple(Post("leader", area, lines) for area in areas))


def screen(store, grant, period, street="", line=""):
    return overview_of(
        reading.read_months(grant, store, period, period)[0], reading.read_history(grant, store), street, line
    )


def same(numbers, of_screen):
    assert [None if number is None else round(number, 9) for number in numbers] == [
        None if number != number else round(float(number), 9) for number in of_screen
    ]


@pytest.mark.parametrize(("area", "street"), [("CX", ""), ("GL", "GL")])
@pytest.mark.parametrize("period", ["2026-06", "2026-01"])
def test_every_number_of_an_area_is_that_of_the_screen(demo_store, area, street, period):
    shown, seen = shared_view(link(area), demo_store, period, now=JUNE), screen(demo_store, OFFICE, period, street)
    heading = shown.heading
    assert (heading.name, heading.period, heading.edition, heading.digest) == (
        seen.name,
        period,
        seen.edition,
        seen.digest,
    )
    same(
        [heading.score, heading.distance, heading.change, heading.year],
        [seen.score, seen.distance, seen.change, seen.year],
    )
    assert (shown.communities, shown.reported, shown.without_score) == (
        seen.communities,
        seen.reported,
        seen.without_score,
    )
    ranking = seen.ranking.sort_values(["score", "order"])
    assert [one.name for one in shown.ranked] == list(ranking["name"])
    for column in ("score", "lost", "distance", "change"):
        same([getattr(one, column) for one in shown.ranked], ranking[column])
    assert [one.reported for one in shown.ranked] == list(ranking["reported"])
    assert [one.gates for one in shown.ranked] == list(ranking["gates"])
    assert [one.vetoes for one in shown.ranked] == list(ranking["vetoes"])
    for one, (_, rates) in zip(shown.ranked, seen.sections.loc[ranking.index].iterrows(), strict=True):
        same(one.rates, rates)
    assert [one.name for one in shown.unreported] == list(seen.unreported["name"])
    assert [one.last for one in shown.unreported] == list(seen.unreported["last"])
    same([one.stake for one in shown.findings], seen.stakes["stake"])
    same([one.lost for one in shown.findings], seen.stakes["lost"])
    assert [one.state for one in shown.findings] == list(seen.stakes["state"])
    same([one.score for one in shown.trend], seen.trend["score"])
    same([one.score for one in shown.lines], seen.lines.sort_values("lost", ascending=False)["score"])
    if not street:
        same([one.score for one in shown.streets], seen.streets["score"])
        assert [one.rank for one in shown.ranked] == list(ranking["rank"])


def test_every_number_of_a_community_is_that_of_its_page(demo_store):
    shown = shared_view(link("GL03"), demo_store, "2026-06", now=JUNE)
    month = reading.read_months(OFFICE, demo_store, "2026-06", "2026-06")[0]
    reasons = reading.read_reasons(OFFICE, demo_store, "2026-06", "GL03")
    seen = community_of(month, reading.read_history(OFFICE, demo_store), "GL03", lambda number: reasons[number])
    heading = shown.heading
    same(
        [heading.score, heading.distance, heading.change, heading.year],
        [seen.score, seen.distance, seen.change, seen.year],
    )
    same([shown.base, shown.bonus], [seen.base, seen.bonus])
    assert (shown.gates, shown.vetoes, shown.reported) == (seen.gates, seen.vetoes, seen.reported)
    for column in ("earned", "full", "rate", "gate"):
        same([getattr(one, column) for one in shown.sections], seen.sections[column])
    assert [one.state for one in shown.findings] == list(seen.criteria["state"])
    counted = seen.criteria[["earned", "lost"]].where(seen.criteria["counts"])
    same([one.earned for one in shown.findings], counted["earned"])
    same([one.lost for one in shown.findings], counted["lost"])
    same([one.stake for one in shown.findings], seen.criteria["stake"])
    told = [sentence(reason, month.edition, "zh_CN") for reason in seen.criteria["reason"] if reason.code != "declared"]
    assert [one.why["zh_CN"] for one in shown.findings if one.state != "not_applicable"] == told


def test_a_community_alone_has_neither_ranks_nor_means_of_others(demo_store):
    shown = shared_view(link("GL03"), demo_store, now=JUNE)
    assert (shown.rank, shown.street_score, shown.district_score, shown.heading.street) == (None, None, None, "")
    assert all(section.street_rate is None or section.rate == section.street_rate for section in shown.sections)


def test_without_a_month_it_is_the_newest(demo_store):
    assert shared_view(link("GL"), demo_store, now=JUNE).heading.period == "2026-06"
    assert shared_view(link("GL"), demo_store, "2031-01", now=JUNE) is None


def test_a_month_of_a_link_is_told_with_the_months_before_and_none_after(demo_store):
    grant = replace(link("GL"), months=("2026-03", "2026-03"))
    shown, seen = shared_view(grant, demo_store, now=JUNE), screen(demo_store, OFFICE, "2026-03", "GL")
    assert shown.heading.period == "2026-03"
    same([shown.heading.change, shown.heading.year], [seen.change, seen.year])
    assert shown.trend[-1].period == "2026-03"
    assert len(shown.trend) > 3
    assert [one.last for one in shown.unreported] == list(seen.unreported["last"])
    assert shared_view(grant, demo_store, "2026-02", now=JUNE) is None
    assert shared_view(grant, demo_store, "2026-04", now=JUNE) is None


def test_a_page_is_kept_as_a_link_would_show_it_now(demo_store):
    scope = Scope(("GL",), first="2026-05", last="2026-05")
    kept = from_json(frozen_page(OFFICE, demo_store, scope, now=JUNE))
    assert kept == shared_view(replace(link("GL"), months=("2026-05", "2026-05")), demo_store, now=JUNE)
    assert frozen_page(OFFICE, demo_store, Scope(("GL",), first="2031-01", last="2031-01"), now=JUNE) is None


def test_nobody_keeps_more_than_they_may_share(demo_store):
    street = Grant("wang", (Post("street", "GL"),))
    assert frozen_page(street, demo_store, Scope(("GL",)), now=JUNE)
    for scope in (Scope(("WC",)), Scope(("CX",)), Scope()):
        with pytest.raises(Refused):
            frozen_page(street, demo_store, scope, now=JUNE)


def test_nobody_else_is_in_it(demo_store):
    content = to_json(shared_view(link("GL01", "WC02"), demo_store, now=JUNE)).decode()
    others = set(reading.community_names(OFFICE, demo_store, "2026-06").values()) - {"丹桂社区", "临波社区"}
    assert [name for name in others if name in content] == []
    assert "丹桂社区" in content


def test_one_line_shows_its_criteria_alone(district):
    shown = shared_view(link("d", lines=("culture",)), district, now=NOW)
    seen = screen(district, OFFICE, "2026-04", line="culture")
    assert shown.heading.line == seen.line == "文化站"
    same([one.score for one in shown.ranked], seen.ranking.sort_values(["score", "order"])["score"])
    assert [row.code for row in shown.states] == ["A-1"]
    assert b"B-1" not in to_json(shown)
    assert {one.supporting for one in shown.findings} == {("城管办",)}


def test_who_may_see_nothing_is_refused(district):
    with pytest.raises(Refused):
        shared_view(Grant("share", (Post("admin"),)), district, now=NOW)
    assert shared_view(link("elsewhere"), district, now=NOW) is None


def test_what_clerks_wrote_in_words_of_their_own_stays_out(district):
    for grant in (link("d"), link("a")):
        content = to_json(shared_view(grant, district, "2026-04", now=NOW)).decode()
        assert "evil.example" not in content
        assert "活动室" not in content
        assert ".xlsx" not in content


def test_why_something_does_not_apply_is_not_told(demo_store):
    found = []
    for code in reading.community_names(OFFICE, demo_store, "2026-06"):
        reasons = reading.read_reasons(OFFICE, demo_store, "2026-06", code)
        declared = [reason.values["reason"] for reason in reasons if reason.code == "declared"]
        content = to_json(shared_view(link(code), demo_store, "2026-06", now=JUNE)).decode()
        found += declared
        assert [text for text in declared if text and text in content] == []
    assert any(found)


@pytest.mark.parametrize("areas", [("CX",), ("GL01", "GL02"), ("LT06",)])
def test_the_values_come_back_from_their_bytes_exactly(demo_store, areas):
    shown = shared_view(link(*areas), demo_store, now=JUNE)
    assert from_json(to_json(shown)) == shown
    assert to_json(from_json(to_json(shown))) == to_json(shown)


def test_bytes_of_something_else_are_refused():
    with pytest.raises(ValueError, match="kind"):
        from_json(b'{"heading": {}}')


def test_states_are_told_one_by_one_where_communities_are_few(demo_store):
    few, many = ("GL", "WC"), ("GL", "WC", "QH01")
    assert len(shared_view(link(*few), demo_store, now=JUNE).ranked) == MOST_COMMUNITIES_WITH_STATES
    assert len(shared_view(link(*few), demo_store, now=JUNE).states) == 70
    assert shared_view(link(*many), demo_store, now=JUNE).states == ()


def test_those_who_did_not_report_are_all_named(district):
    shown = shared_view(link("d"), district, "2026-04", now=NOW)
    assert [(one.name, one.last) for one in shown.unreported] == [("春风社区", "2026-03")]
    assert (shown.reported, shown.communities) == (2, 3)

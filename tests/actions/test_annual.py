"""A year is the mean of its months, opens to them, and gives awards by the stated rule to whom nothing bars."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beicha.actions.awards import BYS, NAMES, AwardRule, rule_text, set_rule
from beicha.actions.documents.annual import annual_paper, annual_workbook
from beicha.actions.documents.scope import Nothing
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.reviews import Decision, decide
from beicha.actions.views.annual import read_annual, years_of
from beicha.actions.views.months import year_so_far
from beicha.actions.views.overview import overview_of
from beicha.actions.views.reading import read_history, read_months
from beicha.words.numbers import plain, score
from tests.papers.said_numbers import numbers_of, texts_of
from tests.ui.district import settle

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
STREET = Grant("zhao", (Post("street", "s1"),))


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def close(store, period, *codes):
    decide(
        OFFICE,
        store,
        Decision("pass", period, tuple(code for code in codes if (code, period) != ("b", "2026-04"))),
        now=NOW,
    )
    decide(OFFICE, store, Decision("finalise", period, codes), now=NOW)


def year(store, grant=OFFICE, unreviewed=True):
    return read_annual(grant, store, 2026, unreviewed=unreviewed, now=NOW)


def test_the_year_is_what_the_overview_says_of_it(office):
    view, history = year(office), read_history(OFFICE, office)
    assert view.months == ("2026-03", "2026-04")
    for code in view.communities.index:
        assert view.communities.loc[code, "score"] == pytest.approx(year_so_far(history, "2026-04", code))


def test_every_month_behind_it_is_that_of_the_community(office):
    view, history = year(office), {month.period: month for month in read_history(OFFICE, office)}
    for period in view.months:
        for code in view.communities.index:
            assert view.communities.loc[code, period] == pytest.approx(history[period].score(code), nan_ok=True)


def test_a_lines_month_is_that_of_the_overview(office):
    view = year(office)
    for month in read_months(OFFICE, office):
        lines = overview_of(month, read_history(OFFICE, office)).lines
        for code in view.lines.index:
            assert view.lines.loc[code, month.period] == pytest.approx(lines.loc[code, "score"])


def test_only_what_is_final_goes_in(office):
    close(office, "2026-03", "a", "b")
    view = year(office, unreviewed=False)
    table = view.communities
    assert dict(table["taken"]) == {"a": 1, "b": 1, "c": 0}
    assert table.loc["a", "score"] == table.loc["a", "2026-03"]
    assert table.loc["c", "place"] == 0
    assert view.left_out == {"红旗社区": 1, "春风社区": 1, "和平社区": 2}
    assert year(office).left_out == {}


def test_a_year_without_a_score_is_none(office):
    assert read_annual(OFFICE, office, 2019, unreviewed=True, now=NOW) is None
    with pytest.raises(Nothing):
        annual_paper(OFFICE, office, 2019, unreviewed=True, now=NOW)
    assert years_of(["2025-12", "2026-01", "2026-02"]) == (2026, 2025)


def test_a_precondition_that_is_missed_bars_from_an_award_and_is_told(office):
    table = year(office).communities
    missed = table[table["bars"] != ""]
    assert len(missed)
    assert set(missed["award"]) == {""}
    said = "\n".join(texts_of(annual_paper(OFFICE, office, 2026, unreviewed=True, now=NOW)[1]))
    assert f"{missed.iloc[0]['name']}（前置条件不达标）" in said


@pytest.mark.parametrize(
    ("rule", "place", "above", "score", "award"),
    [
        (AwardRule("places", (1, 2, 3)), 1, 0, 90, "一等奖"),
        (AwardRule("places", (1, 2, 3)), 2, 1, 90, "二等奖"),
        (AwardRule("places", (1, 2, 3)), 3, 2, 90, "二等奖"),
        (AwardRule("places", (1, 2, 3)), 4, 3, 90, "三等奖"),
        (AwardRule("places", (1, 2, 3)), 6, 5, 90, "三等奖"),
        (AwardRule("places", (1, 2, 3)), 7, 6, 90, ""),
        (AwardRule("places", (0, 1, 0)), 1, 0, 90, "二等奖"),
        (AwardRule("percent", (10, 20, 30)), 1, 0, 90, "一等奖"),
        (AwardRule("percent", (10, 20, 30)), 2, 1, 90, "二等奖"),
        (AwardRule("percent", (10, 20, 30)), 4, 3, 90, "三等奖"),
        (AwardRule("percent", (10, 20, 30)), 7, 6, 90, ""),
        (AwardRule("score", (95, 90, 85)), 1, 0, 95, "一等奖"),
        (AwardRule("score", (95, 90, 85)), 1, 0, 95 - 1e-10, "一等奖"),
        (AwardRule("score", (95, 90, 85)), 1, 0, 94.99, "二等奖"),
        (AwardRule("score", (95, 90, 85)), 1, 0, 84.99, ""),
    ],
)
def test_an_award_goes_by_the_rule(rule, place, above, score, award):
    assert rule.award(place, above, 10, score) == award


@given(
    st.sampled_from(BYS),
    st.lists(st.integers(0, 33), min_size=3, max_size=3),
    st.lists(st.integers(0, 100), max_size=12),
)
def test_a_better_place_never_has_a_lower_award_and_equals_have_the_same(by, steps, scores):
    rule = AwardRule(by, tuple(sorted(steps, reverse=True)))
    places = {value: place for place, value in enumerate(sorted(set(scores), reverse=True), 1)}
    given_ = [
        rule.award(places[value], sum(other > value for other in scores), len(scores), value)
        for value in sorted(scores, reverse=True)
    ]
    order = [*NAMES, ""]
    assert [order.index(award) for award in given_] == sorted(order.index(award) for award in given_)
    assert len({(value, award) for value, award in zip(sorted(scores, reverse=True), given_, strict=True)}) == len(
        set(scores)
    )


@pytest.mark.parametrize(
    ("by", "steps"), [("places", (-1, 0, 0)), ("percent", (50, 40, 20)), ("score", (80, 90, 70)), ("luck", (1, 1, 1))]
)
def test_what_is_no_rule_is_refused(by, steps):
    with pytest.raises(ValueError, match=r"award|shares|score"):
        AwardRule(by, steps)


def test_the_office_states_the_rule_and_it_is_printed(office):
    rule = AwardRule("score", (95, 90, 60))
    with pytest.raises(Refused):
        set_rule(STREET, office, rule, now=NOW)
    set_rule(OFFICE, office, rule, now=NOW)
    assert year(office).rule == rule
    said = "\n".join(texts_of(annual_paper(OFFICE, office, 2026, unreviewed=True, now=NOW)[1]))
    assert rule_text(rule) in said


def test_every_number_of_the_paper_is_on_the_page(office):
    view = year(office)
    content = annual_paper(OFFICE, office, 2026, unreviewed=True, now=NOW)[1]
    known = {score(value) for value in view.communities[[*view.months, "score", "cycle"]].to_numpy().ravel()}
    known |= {score(value) for value in view.lines[[*view.months, "score"]].to_numpy().ravel()}
    known |= {plain(step) for step in view.rule.steps} | {plain(float(n)) for n in range(10)}
    said = numbers_of(content, "测评体系", "2026年，")
    assert sum(said.values()) > 10
    assert set(said) - known == set()


def test_a_street_sees_its_own_and_others_nothing(office):
    mine, whole = year(office, STREET).communities, year(office).communities
    assert set(mine.index) == {"a", "b"}
    assert (mine == whole.loc[mine.index]).all(axis=None)
    for role in ("line", "leader"):
        with pytest.raises(Refused):
            year(office, Grant("x", (Post(role, "d", ("culture",) if role == "line" else None),)))


def test_the_workbook_has_a_sheet_for_communities_and_one_for_lines(office):
    name, content = annual_workbook(OFFICE, office, 2026, unreviewed=True, language="zh_CN", now=NOW)
    assert name == "2026年度考核结果.xlsx"
    assert content[:2] == b"PK"

"""What is compared is what the scoring says, as far as the reader sees it."""

from io import BytesIO
from math import isnan

import pytest
from openpyxl import load_workbook

from beicha.actions.exports.compare import compare_sheets
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.recomputing import recompute
from beicha.actions.views.compare_reading import (
    CompareAsk,
    read_beside,
    read_comparison,
    read_verified_over,
    way_in,
)
from beicha.papers.sheets import workbook_of
from beicha.store import editions
from scoring.edition import Edition
from tests.actions.office import send, set_up
from tests.actions.test_spot_checks import EDITION, adverts_of_both, save
from tests.ui.district import NOW, edition, settle, visited_edition

CLERK = Grant("li", (Post("clerk", "a"),))
STREET = Grant("wang", (Post("street", "s1"),))
LINE = Grant("zhao", (Post("line", None, ("culture",)),))
LEADER = Grant("sun", (Post("leader", "d"),))
MONTHS = CompareAsk("months", "2026-04", "2026-03", "a")


@pytest.fixture
def district(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def added(found):
    rows = found.criteria.to_dict("records")
    return {row["criterion"]: (row["kind"], pytest.approx(row["contribution"])) for row in rows}


def test_two_months_of_a_community(district):
    found = read_comparison(OFFICE, district, MONTHS)
    assert (found.then.period, found.now.period, found.now.name) == ("2026-03", "2026-04", "红旗社区")
    # 2 of 4 lectures, then 4; of 2 and of 4 the last is at a hostile place, which is a place.
    assert (found.then.score, found.now.score) == (pytest.approx(70), pytest.approx(100))
    assert added(found) == {"A-1": ("both", 30)}
    row = found.criteria.iloc[0]
    assert (row["state_then"], row["state_now"]) == ("partial", "met")
    assert (row["earned_then"], row["earned_now"]) == (30, 60)
    assert (row["why_then"].code, row["why_now"].code) == ("count_short", "count_reached")
    assert (found.total, found.reweighted, found.bonus) == (pytest.approx(30), 0, 0)
    assert found.same_edition


def test_the_order_of_the_months_does_not_matter(district):
    turned = CompareAsk("months", "2026-03", "2026-04", "a")
    assert read_comparison(OFFICE, district, turned).total == read_comparison(OFFICE, district, MONTHS).total


def test_two_communities_of_a_month(district):
    found = read_comparison(OFFICE, district, CompareAsk("communities", "2026-04", "a", "c"))
    assert (found.then.code, found.now.code) == ("a", "c")
    assert found.total == pytest.approx(found.now.score - found.then.score)
    assert found.criteria.iloc[-1]["why_now"].code == "count_short"


def test_a_street_and_the_district_are_means(district):
    street = read_comparison(OFFICE, district, CompareAsk("months", "2026-04", "2026-03", "", "s1"))
    whole = read_comparison(OFFICE, district, CompareAsk("months", "2026-04", "2026-03"))
    assert (street.now.name, street.now.communities) == ("城关街道", 2)
    assert (whole.now.name, whole.now.communities) == ("东湖区", 3)
    assert (street.then.score, street.now.score) == (pytest.approx(85), pytest.approx(50))
    assert street.total == pytest.approx(-35)
    assert set(street.criteria["state_now"]) == {""}


def test_a_line_has_its_own_difference(district):
    found = read_comparison(OFFICE, district, CompareAsk("months", "2026-04", "2026-03", "a", line="culture"))
    assert (found.then.score, found.now.score, found.line) == (pytest.approx(50), pytest.approx(100), "文化站")
    seen = read_comparison(LINE, district, MONTHS)
    assert (seen.then.score, seen.now.score, list(seen.criteria["criterion"])) == (50, 100, ["A-1"])


def renamed() -> Edition:
    """The small edition a year on: the lectures have another code, and one criterion is new."""
    plain = edition(version="新版").model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["criteria"][0]["code"] = "A-9"
    plain["criteria"].append(plain["criteria"][1] | {"code": "B-2", "points": 20, "title": "另一条"})
    return Edition.model_validate(plain | {"renames": {"criteria": {"A-1": "A-9"}}})


def test_months_of_two_editions_are_compared_through_the_renames(district):
    with district.write() as change:
        seq, _ = editions.add(change, renamed(), "local", NOW)
        editions.activate(change, seq, "2026-04", "local", NOW)
    recompute(OFFICE, district, NOW)
    found = read_comparison(OFFICE, district, MONTHS)
    assert not found.same_edition
    assert added(found)["A-9"][0] == "both"
    assert added(found)["B-2"][0] == "added"
    assert found.contributions + found.reweighted + found.bonus == pytest.approx(found.total)
    assert found.total == pytest.approx(found.now.score - found.then.score)


def test_a_community_beside_the_others(district):
    found = read_beside(LEADER, district, CompareAsk("others", "2026-04", "district", "a"))
    assert found.counts == {"street": 1, "class": 1, "district": 2}
    assert found.comparison is not None
    assert (found.comparison.then.group, found.comparison.then.communities) == ("district", 2)
    assert found.comparison.then.score == pytest.approx((0 + 70) / 2)
    row = found.criteria.set_index("criterion").loc["A-1"]
    assert (row["rate"], row["lost"]) == (1, 0)
    assert (row["district_rate"], row["district_lost"]) == (pytest.approx(0.25), pytest.approx(45))


def test_a_street_sees_no_mean_of_the_district_and_a_clerk_none_at_all(district):
    street = read_beside(STREET, district, CompareAsk("others", "2026-04", "district", "a"))
    assert street.counts == {"street": 1}
    assert street.comparison is not None
    assert street.comparison.then.group == "street"
    clerk = read_beside(CLERK, district, CompareAsk("others", "2026-04", "street", "a"))
    assert (clerk.counts, clerk.comparison) == ({}, None)
    assert "street_rate" not in clerk.criteria


@pytest.mark.parametrize(
    ("grant", "ask"),
    [
        (CLERK, CompareAsk("months", "2026-04", "2026-03", "b")),
        (CLERK, CompareAsk("communities", "2026-04", "b", "a")),
        (CLERK, CompareAsk("communities", "2026-04", "a", "c")),
        (STREET, CompareAsk("communities", "2026-04", "c", "a")),
        (STREET, CompareAsk("months", "2026-04", "2026-03", "c")),
        (OFFICE, CompareAsk("months", "2026-04", "2026-04", "a")),
        (OFFICE, CompareAsk("months", "2026-04", "2025-01", "a")),
        (OFFICE, CompareAsk("communities", "2026-04", "nobody", "a")),
    ],
)
def test_what_is_not_in_view_is_not_there(district, grant, ask):
    with pytest.raises((KeyError, Refused)):
        read_comparison(grant, district, ask)
    with pytest.raises((KeyError, Refused)):
        compare_sheets(grant, district, ask, language="zh_CN", now=NOW)


def test_who_has_no_post_is_refused(district):
    for way in ("months", "communities", "others", "verified"):
        with pytest.raises(Refused):
            compare_sheets(
                Grant("nobody"), district, CompareAsk(way, "2026-04", "2026-03", "a"), language="zh_CN", now=NOW
            )
    with pytest.raises(KeyError):
        way_in("sideways")


def test_all_in_view_of_a_clerk_is_the_own_community(district):
    found = read_comparison(CLERK, district, CompareAsk("months", "2026-04", "2026-03"))
    assert (found.now.name, found.now.communities, found.now.score) == ("", 1, pytest.approx(100))


def test_self_report_beside_verification_over_the_months(sqlite_store):
    set_up(sqlite_store, of=lambda: EDITION)
    send(sqlite_store, adverts_of_both())
    save(sqlite_store, {"place": "小区主入口", "subject": "核心价值观广告", "criterion": "GY-1", "grade": "C"})
    by_month, criteria = read_verified_over(OFFICE, sqlite_store, "C01", "")
    (month,), (row,) = by_month.to_dict("records"), criteria.to_dict("records")
    assert (month["period"], month["verified"], row["criterion"]) == ("2026-03", 1, "GY-1")
    assert month["lead"] == row["lead"] > 0
    assert (month["own"], month["seen"]) == (pytest.approx(row["self"]), pytest.approx(row["found"]))
    ask = CompareAsk("verified", "2026-03", "", "C01")
    _, (first, _) = compare_sheets(OFFICE, sqlite_store, ask, language="zh_CN", now=NOW)
    assert first.rows[0][:2] == ["2026-03", 1]
    other = next(line.code for line in EDITION.lines if line.code != EDITION.criterion("GY-1").lead)
    assert read_verified_over(OFFICE, sqlite_store, "C01", other)[0].empty
    assert read_verified_over(Grant("x", (Post("clerk", "C02"),)), sqlite_store, "C01", "")[0].empty


def test_without_observations_there_is_nothing_to_compare(sqlite_store):
    settle(sqlite_store, of=visited_edition())
    by_month, criteria = read_verified_over(OFFICE, sqlite_store, "a", "")
    assert by_month.empty
    assert criteria.empty
    with pytest.raises(KeyError):
        ask = CompareAsk("verified", "2026-04", "", "a")
        compare_sheets(OFFICE, sqlite_store, ask, language="zh_CN", now=NOW)


def test_the_workbook_holds_the_screen(district):
    name, sheets = compare_sheets(OFFICE, district, MONTHS, language="zh_CN", now=NOW)
    assert name == "对比 红旗社区 2026-04"
    book = load_workbook(BytesIO(workbook_of(sheets)))
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"A-1", "▲ 部分达标", "✔ 达标", "红旗社区", "2026-03", "30"} <= texts
    assert any("要求 4" in text for text in texts)
    _, both = compare_sheets(LEADER, district, CompareAsk("others", "2026-04", "", "a"), language="zh_CN", now=NOW)
    assert [sheet.title for sheet in both] == ["对比", "每条标准带来的增减", "全部标准与平均水平"]


def test_a_month_without_a_score_has_no_difference(sqlite_store):
    never = edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for criterion in never["criteria"]:
        criterion["due"] = [3]
    settle(sqlite_store, of=Edition.model_validate(never))
    found = read_comparison(OFFICE, sqlite_store, MONTHS)
    assert isnan(found.total)
    assert set(found.criteria["kind"]) == {"left"}

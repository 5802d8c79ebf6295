"""The invented district: who there is, and what happens there from a seed alone."""

import re

from beicha.demo.characters import CHARACTERS
from beicha.demo.district import AREAS, COMMUNITIES, DISTRICT, DUE_DAY, FIRST, LAST, STREETS, TODAY, street_of
from beicha.demo.inspections import visits
from beicha.demo.life import first_try, reported
from scoring.facts import Area
from scoring.periods import month_of, period_text

SLICE = [COMMUNITIES[0], COMMUNITIES[10], COMMUNITIES[22]]


def test_the_district_has_four_streets_and_twenty_four_communities_in_two_classes():
    assert (len(STREETS), len(COMMUNITIES)) == (4, 24)
    assert {community.rank_class for community in COMMUNITIES} == {"A 类", "B 类"}
    assert len({area.code for area in AREAS}) == len({area.name for area in AREAS}) == 29
    assert street_of(COMMUNITIES[0]) == STREETS[0]


def test_there_are_fourteen_months_up_to_today():
    assert (period_text(FIRST), period_text(LAST), LAST - FIRST + 1) == ("2025-05", "2026-06", 14)
    assert month_of(TODAY) == LAST + 1
    assert TODAY.day > DUE_DAY


def test_what_happened_is_the_same_at_every_look():
    for community in SLICE:
        assert reported(community, LAST) == reported(community, LAST)
        assert reported(community, LAST) != reported(community, LAST - 1)


def test_a_report_tells_of_its_own_month_and_the_first_of_the_year_before():
    dates = [row["date"] for row in reported(COMMUNITIES[0], LAST)["lectures"]]
    assert {month_of(day) for day in dates} == {LAST}
    history = {month_of(row["date"]) for row in reported(COMMUNITIES[0], FIRST)["online"]}
    assert min(history) == FIRST - 11
    assert max(history) == FIRST


def test_care_is_seen_in_what_gets_done():
    careful, careless = reported(COMMUNITIES[0], FIRST), reported(COMMUNITIES[22], FIRST)
    assert len(careful["minors_activities"]) > 1.3 * len(careless["minors_activities"])
    assert sum(row["in_place"] for row in careful["facilities"]) > 1.2 * sum(
        row["in_place"] for row in careless["facilities"]
    )


def test_three_communities_are_silent_in_the_newest_month_and_one_has_been_for_longer():
    silent = [code for code, character in CHARACTERS.items() if not character.reports(LAST)]
    assert len(silent) == 3
    assert len([code for code in silent if not CHARACTERS[code].reports(LAST - 1)]) == 1


def test_a_month_sent_again_held_less_the_first_time():
    again = next(community for community in COMMUNITIES if first_try(community, LAST))
    first, then = first_try(again, LAST), reported(again, LAST)
    assert sum(map(len, first.values())) < sum(map(len, then.values()))
    assert first_try(COMMUNITIES[0], LAST) is None


def test_every_community_is_visited_in_a_quarter_but_for_those_passed_over():
    visited = {visit.community.code for month in range(LAST - 2, LAST + 1) for visit in visits(month)}
    assert len(visited) == 20


def test_people_are_surnames_with_a_part_and_nothing_more():
    rows = reported(COMMUNITIES[3], FIRST)
    fields = {"lectures": "lecturer", "volunteering": "contact", "patrols": "patroller", "online": "author"}
    names = {row[field] for ledger, field in fields.items() for row in rows[ledger]}
    assert names
    assert all(re.fullmatch(r"[\u4e00-\u9fff](老师|队长|网格员|干事)", name) for name in names)


REAL = (
    *(
        "北京",
        "上海",
        "天津",
        "重庆",
        "河北",
        "山西",
        "内蒙古",
        "辽宁",
        "吉林",
        "黑龙江",
        "江苏",
        "浙江",
        "安徽",
        "福建",
    ),
    *("江西", "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "四川", "贵州", "云南", "西藏", "陕西", "甘肃"),
    *("青海", "宁夏", "新疆", "云溪", "朝阳", "鼓楼", "西湖", "江岸", "天河", "南山", "越秀", "和平", "望江", "桂花"),
)


def test_no_name_is_that_of_a_province_or_a_well_known_district():
    assert Area("CX", "澄溪区", "district") == DISTRICT
    assert [area.name for area in AREAS if any(name in area.name for name in REAL)] == []

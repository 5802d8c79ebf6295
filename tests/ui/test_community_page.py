"""A community's page opens every number down to its rows."""

from typing import Any

import pytest

from tests.ui.district import HOSTILE

pytestmark = pytest.mark.usefixtures("office")


def texts(at: Any) -> str:
    return " ".join(element.value for element in [*at.title, *at.subheader, *at.caption, *at.markdown, *at.text])


def test_it_shows_score_rank_and_the_street_beside(open_page: Any) -> None:
    at = open_page("community", community="和平社区")
    assert at.title[0].value == "和平社区 · 河东街道 · 2026-04"
    values = {metric.label: metric.value for metric in at.metric}
    assert (values["得分"], values["排名"], values["街道平均"]) == ("70.00", "1 / 1", "70.00")


def test_lost_points_come_with_their_reason(open_page: Any) -> None:
    table = open_page("community", community="和平社区").dataframe(key="findings").value
    assert list(table["title"]) == ["每月四讲"]
    assert list(table["why"]) == ["要求 4，现有 2 条，还差 2。"]
    assert list(table["lost"]) == pytest.approx([30])


def test_all_criteria_can_be_listed(open_page: Any) -> None:
    at = open_page("community", community="和平社区", shown="全部标准")
    assert list(at.dataframe(key="findings").value["code"]) == ["A-1", "B-1"]


def test_a_section_filters_the_list(open_page: Any) -> None:
    at = open_page("community", community="和平社区", section="环境", shown="全部标准")
    assert list(at.dataframe(key="findings").value["code"]) == ["B-1"]


def test_a_criterion_opens_to_standard_rule_and_rows(open_page: Any) -> None:
    at = open_page("community", community="和平社区", criterion="A-1 每月四讲")
    said = texts(at)
    assert "看“道德讲堂”（当月）：记录条数达到 4。不足按比例得分。" in said.replace("\\", "").replace("\u2060", "")
    assert "补讲后重新报送" in said
    rows = at.dataframe[-1].value
    assert list(rows["Excel 行号"]) == [4, 5]
    assert list(rows["是否计入"]) == ["✔ 计入", "✔ 计入"]


def test_cells_of_files_stand_in_tables_as_they_are(open_page: Any) -> None:
    at = open_page("community", community="和平社区", criterion="B-1 写明地点")
    assert HOSTILE in list(at.dataframe[-1].value["地点"])
    assert "evil" not in texts(at)


def test_a_month_that_is_not_reported_is_said_so(open_page: Any) -> None:
    at = open_page("community", community="春风社区")
    assert "未报" in texts(at)
    assert list(at.dataframe(key="findings").value["state"]) == ["○ 未报", "○ 未报"]


def test_a_missed_precondition_is_said_so(open_page: Any) -> None:
    assert "前置条件不达标" in texts(open_page("community", community="和平社区"))


def test_a_full_score_says_that_nothing_was_lost(open_page: Any) -> None:
    assert "本月无丢分项" in texts(open_page("community", community="红旗社区"))

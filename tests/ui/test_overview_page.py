"""The overview says how the month stands, and its filters are in the address."""

from datetime import date
from typing import Any

import pytest

from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.tasks import NewTask, make
from tests.ui.district import NOW

pytestmark = pytest.mark.usefixtures("office")


def metrics(at: Any) -> dict[str, str]:
    return {metric.label: metric.value for metric in at.metric}


def texts(at: Any) -> str:
    return " ".join(element.value for element in [*at.title, *at.subheader, *at.caption, *at.markdown])


def test_it_opens_at_the_newest_month_with_the_numbers_of_the_district(open_page: Any) -> None:
    at = open_page()
    assert at.title[0].value == "东湖区 · 2026-04"
    assert metrics(at)["已报"] == "2 / 3"
    assert metrics(at)["得分"] == "56.67"
    assert metrics(at)["距达标线"] == "−28.33"


def test_a_month_and_a_street_in_the_address_are_shown(open_page: Any) -> None:
    at = open_page(period="2026-03", street="河东街道")
    assert at.title[0].value == "河东街道 · 2026-03"
    assert metrics(at)["已报"] == "1 / 1"


def test_a_value_that_nobody_offers_falls_back(open_page: Any) -> None:
    at = open_page(period="1999-01", street="别处")
    assert at.title[0].value == "东湖区 · 2026-04"


def test_a_line_shows_what_it_leads(open_page: Any) -> None:
    at = open_page()
    at.selectbox(key="line").select("文化站").run()
    assert at.title[0].value == "东湖区 · 2026-04 · 文化站"
    assert metrics(at)["条线得分"] == "50.00"


def test_who_did_not_report_is_listed_apart_with_the_last_month(open_page: Any) -> None:
    at = open_page()
    table = at.dataframe(key="unreported").value
    assert list(table["name"]) == ["春风社区"]
    assert list(table["last"]) == ["2026-03"]


def test_the_first_of_the_list_is_worth_the_most(open_page: Any) -> None:
    table = open_page().dataframe(key="stakes").value
    assert list(table.iloc[0][["name", "title", "state"]]) == ["春风社区", "每月四讲", "○ 未报"]
    assert table.iloc[0]["stake"] == pytest.approx(20)


def test_the_matrix_shows_rates_in_percent(open_page: Any) -> None:
    table = open_page().dataframe(key="matrix").value
    assert list(table.columns) == ["社区", "道德讲堂", "环境"]
    assert list(table["道德讲堂"]) == pytest.approx([100, 0, 50])


def test_reset_brings_the_whole_district_back(open_page: Any) -> None:
    at = open_page(period="2026-03", street="河东街道")
    at.button(key="reset").click().run()
    assert at.title[0].value == "东湖区 · 2026-04"


def test_everything_is_said_in_english_too(open_page: Any) -> None:
    at = open_page(lang="en")
    assert metrics(at)["Reported"] == "2 / 3"
    assert "Gap of each community" in texts(at)


def test_no_demo_band_over_real_data(open_page: Any) -> None:
    assert "演示数据" not in texts(open_page())


def test_overdue_tasks_are_told_with_the_way_to_them(open_page: Any) -> None:
    assert not open_page().get("page_link")
    new = NewTask("a", "2026-04", "", "杂物", "楼道堆物", "清理", "", (), date(2026, 4, 20), {})
    make(OFFICE, the_store(), [new], now=NOW)
    assert [link.proto.label for link in open_page().get("page_link")] == ["整改任务：逾期 1 个，待整改 1 个"]

"""Two scores beside each other on the page, in each of its ways, and for who sees little."""

from typing import Any

import pytest

from beicha.actions.grants import Post
from tests.ui.test_overview_page import metrics, texts

pytestmark = pytest.mark.usefixtures("office")
CLERK = (Post("clerk", "a"),)


def table(at: Any, key: str = "compare_rows") -> Any:
    return next(one.value for one in at.dataframe if one.proto.id.endswith(f"-{key}"))


def test_the_month_before_stands_beside_the_chosen_one(open_page: Any) -> None:
    at = open_page("compare")
    assert at.selectbox(key="compare_month").value == "2026-03"
    assert metrics(at)["相差"] == "+30.00"
    assert metrics(at)["标准增分"] == "+30.00"
    assert "标准增减 +30.00，分母变化 0.00，加减分 0.00，合计 +30.00。" in texts(at).replace("\\", "")
    rows = table(at)
    assert list(rows["title"]) == ["A-1 每月四讲"]
    assert list(rows["became"]) == ["▲ 部分达标 → ✔ 达标"]
    assert "要求 4" in rows["why_then"].iloc[0]


def test_a_district_a_line_and_another_community_can_be_compared(open_page: Any) -> None:
    at = open_page("compare", compare_of="街道或全区")
    assert (metrics(at)["东湖区"], metrics(at)["相差"]) == ("56.67", "0.00")
    at.selectbox(key="street").select("城关街道").run()
    assert (metrics(at)["城关街道"], metrics(at)["相差"]) == ("50.00", "−35.00")
    assert "became" not in table(at)
    at.button_group(key="compare_way").set_value("communities").run()
    assert at.selectbox(key="compare_community").options == ["春风社区", "和平社区"]
    at.selectbox(key="line").select("文化站").run()
    assert metrics(at)["春风社区"] == "0.00"
    assert metrics(at)["红旗社区"] == "100.00"


def test_beside_the_others_stand_their_means(open_page: Any) -> None:
    at = open_page("compare", compare_way="与其他社区比", compare_group="全区其他社区")
    assert metrics(at)["全区其他社区"] == "35.00"
    means = table(at, "compare_others").set_index("title").loc["A-1 每月四讲"]
    assert (means["district_rate"], means["district_lost"]) == (pytest.approx(25), pytest.approx(45))


def test_a_clerk_compares_the_own_months_and_sees_no_means(open_page: Any) -> None:
    at = open_page("compare", CLERK)
    assert metrics(at)["相差"] == "+30.00"
    assert not any(one.key == "compare_of" for one in at.button_group)
    at.button_group(key="compare_way").set_value("others").run()
    assert "因此不显示平均水平" in texts(at)
    at.button_group(key="compare_way").set_value("communities").run()
    assert "没有其他能看到的社区" in texts(at)
    at.button_group(key="compare_way").set_value("verified").run()
    assert "目前没有既自评又经过现场核验的标准" in texts(at)

"""Unknown words on the upload page: asked before the errors, confirmed once, forgotten on request."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.submissions import history
from beicha.jobs.worker import Worker
from beicha.store.submissions import Key
from tests.ui.test_upload_page import read, texts

pytestmark = pytest.mark.usefixtures("office")


def book(community: str = "和平社区", place: str = "活动的地点", month: int = 4) -> bytes:
    """A month's lectures of a community, the place under a heading of the clerk's own."""
    made = Workbook()
    page = made.active
    page.title = "道德讲堂"
    page.append([f"单位名称：{community}   月份：2026年{month}月"])
    page.append(["日期", "主题", place])
    page.append([date(2026, month, 9), "敬业奉献", "礼堂"])
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def answer(at: Any) -> Any:
    """Presses the button below the questions and lets the job read again."""
    next(button for button in at.button if button.label == "确认并重新读取").click().run()
    Worker(the_store()).run_waiting()
    at.run()
    assert not at.exception, at.exception
    return at


def labels(at: Any) -> dict[str, Any]:
    return {box.label.replace("\\", ""): box.value for box in at.selectbox}


def test_an_unknown_heading_is_asked_with_the_likeliest_field_chosen(open_page: Any) -> None:
    at = read(open_page("upload"), ("和平社区2026年4月.xlsx", book()))
    assert labels(at)["“活动的地点”列是"] == "place"
    assert "待确认的名称（1）" in texts(at)


def test_a_confirmed_heading_is_read_and_remembered_for_the_next_month(open_page: Any) -> None:
    at = answer(read(open_page("upload"), ("和平社区2026年4月.xlsx", book())))
    assert not [label for label in labels(at) if "活动的地点" in label]
    at.button(key="confirm").click().run()
    again = read(open_page("upload"), ("和平社区2026年5月.xlsx", book(month=5)))
    assert not [label for label in labels(again) if "活动的地点" in label]


def test_a_misspelt_community_is_asked_and_taken_as_chosen(open_page: Any) -> None:
    at = read(open_page("upload"), ("讲堂2026年4月.xlsx", book("和苹社区", place="地点")))
    (box,) = [box for box in at.selectbox if "哪个社区" in box.label]
    box.set_value("c")
    answer(at)
    at.button(key="confirm").click().run()
    assert len(history(OFFICE, the_store(), Key("c", "2026-04"))) == 2


def test_a_remembered_word_can_be_forgotten(open_page: Any) -> None:
    at = answer(read(open_page("upload"), ("和平社区2026年4月.xlsx", book())))
    at.button(key="confirm").click().run()
    at = open_page("upload")
    assert "和平社区：活动的地点 → 地点" in " ".join(element.value for element in at.text)
    at.button(key="forget-0").click().run()
    assert not [button for button in at.button if button.key and button.key.startswith("forget")]


def test_nothing_is_asked_where_all_is_known(open_page: Any) -> None:
    at = read(open_page("upload"), ("和平社区2026年4月.xlsx", book(place="地点")))
    assert "待确认" not in texts(at)

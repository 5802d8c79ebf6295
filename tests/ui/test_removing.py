"""Taking versions out on the page: withdrawn with a reason, erased by two persons."""

from typing import Any

import pytest

from beicha.actions import submissions
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from tests.ui.test_upload_page import texts

pytestmark = pytest.mark.usefixtures("office")

HISTORY = {"way": "历史与还原", "history_month": "2026-04", "history_of": "红旗社区"}
CLERK = (Post("clerk", "a"),)
HEAD = (Post("office"),)
KEY = submissions.Key("a", "2026-04")


def entry() -> Any:
    return submissions.history(OFFICE, the_store(), KEY)[0]


def page(open_page: Any, posts: tuple[Post, ...]) -> Any:
    return open_page("upload", posts=posts, **HISTORY)


def ask(at: Any, what: str, reason: str) -> Any:
    seq = entry().version.seq
    at.text_area(key=f"why-{what}-{seq}").set_value(reason)
    at.button(key=f"{what}-{seq}").click().run()
    assert not at.exception
    return at


def test_a_clerk_withdraws_with_a_reason_and_restores(open_page: Any) -> None:
    at = ask(page(open_page, CLERK), "withdraw", "报错了月份")
    assert not entry().current
    assert "已撤回" in texts(at)
    assert "报错了月份" in texts(at)
    at.button(key=f"restore-{entry().version.seq}").click().run()
    assert (entry().version.version, entry().current) == (2, True)


def test_without_a_reason_nothing_happens(open_page: Any) -> None:
    at = ask(page(open_page, CLERK), "withdraw", " ")
    assert "请写明原因。" in texts(at)
    assert entry().current


def test_one_asks_and_another_says_yes(open_page: Any) -> None:
    at = ask(page(open_page, CLERK), "erase", "含有身份证号")
    assert "待确认的删除（1）" in texts(at)
    assert "要由另一个人确认。" in texts(at)
    number = entry().removal.id
    assert f"confirm-{number}" not in [button.key for button in at.button]
    at = page(open_page, HEAD)
    assert "红旗社区 2026-04 第 1 版：含有身份证号" in texts(at)
    at.button(key=f"confirm-{number}").click().run()
    assert not at.exception
    assert entry().erased
    assert "已彻底删除" in texts(at)
    assert "待确认的删除" not in texts(at)
    assert entry().removal.digests[0][:16] in texts(at)


def test_a_request_is_dropped_by_who_made_it(open_page: Any) -> None:
    at = ask(page(open_page, CLERK), "erase", "看错了")
    at.button(key=f"drop-{entry().removal.id}").click().run()
    assert not at.exception
    assert entry().removal is None
    assert "待确认的删除" not in texts(at)

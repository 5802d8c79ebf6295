"""The page of share links: made from what is in view, shown once, listed, revoked, and held to the office's rules."""

import html
import re
from datetime import UTC, datetime
from typing import Any

import pytest

from beicha.actions import shares, visiting
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.opening import the_store
from beicha.actions.share_policy import Policy, policy, set_policy
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.actions.visiting import Visit
from beicha.store import lines
from beicha.store.lines import OfficeLine
from beicha.ui.shares.made import NewLink, code_of, is_local, text_of

pytestmark = pytest.mark.usefixtures("office", "quick_passwords")
THE_OFFICE, STREET = (Post("office"),), (Post("street", "s1"),)
AUDITOR, LEADER, CLERK = (Post("auditor"),), (Post("leader"),), (Post("clerk", "a"),)


def now() -> datetime:
    return datetime.now(UTC)


def texts(at: Any) -> str:
    kinds = (at.title, at.subheader, at.caption, at.markdown, at.info, at.error, at.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def copied(at: Any) -> str:
    """The text that is to be passed on; '' where none is shown."""
    fields = re.findall(
        r"<textarea[^>]*>(.*?)</textarea>", " ".join(found.proto.body for found in at.get("html")), re.S
    )
    return html.unescape(fields[0]) if fields else ""


def press(at: Any, key: str) -> Any:
    at.button(key=key).click().run()
    assert not at.exception
    return at


def opened(at: Any) -> Visit:
    """What the link just made opens."""
    token = re.search(r"/s/(\S+)", copied(at))
    assert token
    return visiting.open_by_token(the_store(), token[1], "10.0.0.1", now=now())


def listed() -> Any:
    return shares.listed(OFFICE, the_store(), now=now())


def made(by: Grant = OFFICE, title: str = "六月", scope: Scope = Scope(("s1",)), **terms: Any) -> Any:  # noqa: B008
    return shares.make(by, the_store(), title, scope, Terms(**terms), now=now())


def test_the_office_makes_a_link_to_everything_for_seven_days(open_page: Any) -> None:
    at = press(open_page("shares", posts=THE_OFFICE), "share_make")
    shared = opened(at).shared
    assert shared is not None
    assert (shared.scope, shared.title, shared.frozen) == (Scope(), "全区 最新一月", False)
    assert shared.ends_at is not None
    assert (shared.ends_at - shared.made_at).days == 7
    assert copied(at).splitlines()[0] == "全区 最新一月"
    assert re.fullmatch(r"链接：\S*/s/[\w-]{40,}", copied(at).splitlines()[1])
    assert len(copied(at).splitlines()) == 2


def test_what_is_chosen_is_what_the_link_shows(open_page: Any) -> None:
    with the_store().write() as change:
        lines.put(change, [OfficeLine("culture", "文化站")])
    at = open_page("shares", posts=THE_OFFICE)
    at.multiselect(key="share_areas").select("城关街道").run()
    at.multiselect(key="share_lines").select("文化站").run()
    at.selectbox(key="share_month").select("2026-03").run()
    at.selectbox(key="share_days").select(30).run()
    shared = opened(press(at, "share_make")).shared
    assert shared is not None
    assert shared.scope == Scope(("s1",), ("culture",), "2026-03", "2026-03")
    assert shared.title == "城关街道 2026-03"
    assert shared.ends_at is not None
    assert (shared.ends_at - shared.made_at).days == 30


def test_a_link_shows_several_months_where_a_later_one_is_chosen(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.selectbox(key="share_month").select("2026-03").run()
    assert at.selectbox(key="share_last_2026-03").options == ["2026-03", "2026-04"]
    at.selectbox(key="share_last_2026-03").select("2026-04").run()
    shared = opened(press(at, "share_make")).shared
    assert shared is not None
    assert (shared.scope.first, shared.scope.last, shared.title) == ("2026-03", "2026-04", "全区 2026-03 至 2026-04")
    at.segmented_control(key="share_kind").set_value("定格").run()
    assert [box.key for box in at.selectbox if (box.key or "").startswith("share_last")] == []


def test_the_page_speaks_english_too(open_page: Any) -> None:
    at = press(open_page("shares", posts=THE_OFFICE, lang="en"), "share_make")
    assert re.fullmatch(r"Link: \S*/s/[\w-]{40,}", copied(at).splitlines()[1])
    assert at.title[0].value == "Share links"


def test_one_community_is_shown_as_its_page(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.multiselect(key="share_areas").select("城关街道 · 红旗社区").run()
    shared = opened(press(at, "share_make")).shared
    assert shared is not None
    assert (shared.scope.areas, shared.scope.view) == (("a",), "community")


def test_a_password_stands_ready_and_is_shown_on_a_line_of_its_own(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.toggle(key="share_asks").set_value(True).run()
    password = at.text_input(key="share_password").value
    assert re.fullmatch(r"[2-9a-z]{4}-[2-9a-z]{4}", password)
    press(at, "share_make")
    assert copied(at).splitlines()[2] == f"密码：{password}"
    visit = opened(at)
    assert visit.answer == "password"
    assert visit.shared is not None
    answer = visiting.open_by_password(
        the_store(), visit.shared.public_id, visit.cookie, password, "10.0.0.1", now=now()
    )
    assert answer.answer == "alive"


def test_a_frozen_link_is_of_the_month_that_is_newest_now(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.segmented_control(key="share_kind").set_value("定格").run()
    shared = opened(press(at, "share_make")).shared
    assert shared is not None
    assert (shared.frozen, shared.scope.first) == (True, "2026-04")
    assert visiting.frozen_page(the_store(), shared)


def test_a_link_is_shown_until_it_is_passed_on_and_then_nowhere(open_page: Any) -> None:
    at = press(open_page("shares", posts=THE_OFFICE), "share_make")
    at.run()
    token = copied(at).partition("/s/")[2]
    assert token
    press(at, "share_done")
    assert copied(at) == ""
    assert token not in " ".join(str(element) for element in at.main)


def test_a_street_shares_its_own_alone(open_page: Any) -> None:
    at = open_page("shares", posts=STREET)
    assert at.multiselect(key="share_areas").options == ["城关街道", "城关街道 · 红旗社区", "城关街道 · 春风社区"]
    assert at.button(key="share_make").disabled
    at.multiselect(key="share_areas").select("城关街道").run()
    assert not at.button(key="share_make").disabled
    assert opened(press(at, "share_make")).answer == "alive"


def test_a_street_lists_its_own_links_the_office_all(open_page: Any) -> None:
    made()
    at = open_page("shares", posts=STREET)
    assert "还没有生成过链接" in texts(at)
    at.multiselect(key="share_areas").select("城关街道").run()
    press(at, "share_make")
    assert list(at.dataframe[0].value["title"]) == ["城关街道 最新一月"]
    assert len(open_page("shares", posts=THE_OFFICE).dataframe[0].value) == 2


def test_the_list_tells_how_each_link_stands(open_page: Any) -> None:
    link = made(title="给区领导")
    visiting.open_by_token(the_store(), link.token, "10.0.0.1", now=now())
    made(title="旧的")
    shares.revoke(OFFICE, the_store(), listed()[0].public_id, now=now())
    table = open_page("shares", posts=THE_OFFICE).dataframe[0].value
    assert list(table["title"]) == ["旧的", "给区领导"]
    assert list(table["state"]) == ["已撤销", "有效"]
    assert list(table["uses"]) == [0, 1]
    assert link.token not in table.to_csv()


def chosen(open_page: Any, posts: tuple[Post, ...] = THE_OFFICE) -> Any:
    """The page with the first link chosen."""
    at = open_page("shares", posts=posts)
    at.session_state["chosen-share_list"] = 0
    return at.run()


def test_a_revoked_link_is_dead(open_page: Any) -> None:
    link = made()
    at = press(chosen(open_page), "share_revoke")
    assert visiting.open_by_token(the_store(), link.token, "10.0.0.1", now=now()).answer == "revoked"
    assert "已撤销" in at.dataframe[0].value["state"].iloc[0]
    assert not [button for button in at.button if button.key in ("share_revoke", "share_rotate")]


def test_a_new_address_takes_the_place_of_the_old(open_page: Any) -> None:
    link = made()
    at = press(chosen(open_page), "share_rotate")
    assert opened(at).answer == "alive"
    assert visiting.open_by_token(the_store(), link.token, "10.0.0.1", now=now()).answer == "unknown"


@pytest.mark.parametrize(("password", "told"), [("k7m4-x9pw", True), ("", False)])
def test_a_new_address_has_the_password_of_the_old(open_page: Any, password: str, told: bool) -> None:
    made(password=password)
    at = press(chosen(open_page), "share_rotate")
    assert ("密码和原来一样。" in texts(at)) == told
    assert opened(at).answer == ("password" if told else "alive")


def test_an_auditor_reads_and_changes_nothing(open_page: Any) -> None:
    made()
    at = chosen(open_page, AUDITOR)
    assert list(at.dataframe[0].value["title"]) == ["六月"]
    assert "分享范围：城关街道" in texts(at).replace("\\", "")
    assert [button.key for button in at.button if (button.key or "").startswith("share_")] == []
    assert not at.toggle


@pytest.mark.parametrize("posts", [LEADER, CLERK])
def test_whoever_may_not_share_has_neither_page_nor_button(open_page: Any, posts: tuple[Post, ...]) -> None:
    at = open_page(posts=posts)
    assert "shares" not in at.session_state["pages"]
    assert not [button for button in at.button if button.key == "share_this"]


def test_from_the_overview_the_form_is_filled_in(open_page: Any) -> None:
    at = open_page(posts=THE_OFFICE, period="2026-03", street="城关街道", line="文化站")
    press(at, "share_this")
    assert at.multiselect(key="share_areas").value == ["城关街道"]
    assert at.multiselect(key="share_lines").value == ["文化站"]
    assert at.selectbox(key="share_month").value == "2026-03"


def test_the_office_sets_the_rules(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.number_input[0].set_value(10)
    next(toggle for toggle in at.toggle if toggle.label == "链接必须有密码").set_value(True)
    next(button for button in at.button if button.label == "保存").click().run()
    assert policy(the_store()) == Policy(True, 10, True, True)
    assert at.selectbox(key="share_days").options == ["1 天", "3 天", "7 天", "10 天"]
    assert at.toggle(key="share_asks").disabled
    assert "密码：" in copied(press(at, "share_make"))


def test_where_links_are_forbidden_there_is_no_form(open_page: Any) -> None:
    link = made()
    set_policy(OFFICE, the_store(), Policy(allowed=False), now=now())
    at = open_page("shares", posts=THE_OFFICE)
    assert "文明办目前不允许分享链接。" in texts(at)
    assert not [button for button in at.button if button.key == "share_make"]
    assert visiting.open_by_token(the_store(), link.token, "10.0.0.1", now=now()).answer == "forbidden"


def test_a_link_without_end_is_offered_where_the_office_lets_it(open_page: Any) -> None:
    assert "直到撤销" not in open_page("shares", posts=THE_OFFICE).selectbox(key="share_days").options
    set_policy(OFFICE, the_store(), Policy(must_end=False), now=now())
    at = open_page("shares", posts=THE_OFFICE)
    at.selectbox(key="share_days").select(0).run()
    shared = opened(press(at, "share_make")).shared
    assert shared is not None
    assert shared.ends_at is None


def test_a_password_that_is_too_short_is_told(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    at.toggle(key="share_asks").set_value(True).run()
    at.text_input(key="share_password").set_value("123").run()
    press(at, "share_make")
    assert "链接密码" in texts(at) or "密码" in at.error[0].value
    assert listed() == ()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8501", True),
        ("http://localhost:8501", True),
        ("http://[::1]:8501", True),
        ("", True),
        ("http://10.2.3.4:8501", False),
        ("https://wmb.example", False),
    ],
)
def test_an_address_of_this_computer_alone_is_known(address: str, local: bool) -> None:
    assert is_local(address) == local


def test_what_is_passed_on_names_title_link_and_password_line_by_line() -> None:
    link = NewLink("六月", "/s/abc", "k7m4-x9pw")
    assert text_of(link, "http://10.2.3.4", "zh_CN").splitlines() == [
        "六月",
        "链接：http://10.2.3.4/s/abc",
        "密码：k7m4-x9pw",
    ]


def test_the_code_is_drawn_here() -> None:
    assert code_of("http://10.2.3.4/s/abc").startswith("data:image/svg+xml")


def test_markup_in_a_title_stays_text(open_page: Any) -> None:
    at = open_page("shares", posts=THE_OFFICE)
    title = "</textarea><img src=x onerror=alert(1)>"
    next(box for box in at.text_input if (box.key or "").startswith("share_title")).set_value(title).run()
    press(at, "share_make")
    assert copied(at).splitlines()[0] == title
    assert all("<img src=x" not in found.proto.body for found in at.get("html"))

"""The page of accounts: made with a code that is shown once, given posts, disabled, signed out; each sees their own."""

import time
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from beicha.actions import accounts, sessions
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.handing_out import DESK
from beicha.actions.opening import the_store
from beicha.actions.signing_in import Attempt, sign_in
from beicha.store import accounts as stored_accounts
from beicha.store import second_factors
from tests.ui.district import signed_in

pytestmark = pytest.mark.usefixtures("office", "quick_passwords")
ADMIN, STREET, CLERK = (Post("admin"),), (Post("street", "s1"),), (Post("clerk", "a"),)
THE_OFFICE = (Post("office"),)


def now() -> datetime:
    return datetime.now(UTC)


def made(login: str, *posts: Post, name: str = "李强") -> str:
    return accounts.add(OFFICE, the_store(), login, name, posts, now=now())


def shown(at: Any) -> list[str]:
    """The logins of the list."""
    return list(at.dataframe[0].value["login"]) if at.dataframe else []


def texts(at: Any) -> str:
    kinds = (at.title, at.subheader, at.caption, at.markdown, at.text, at.info, at.error, at.success)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def opened(open_page: Any, posts: tuple[Post, ...], login: str) -> Any:
    at = open_page("accounts", posts=posts)
    at.session_state["account_opened"] = login
    return at.run()


def press(at: Any, label: str) -> Any:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
    return at


def fill_new(at: Any, login: str, name: str, role: str, area: str) -> Any:
    at.text_input(key="new_login").set_value(login)
    at.text_input(key="new_name").set_value(name)
    at.selectbox(key="new_role").select(role).run()
    place = next(box for box in at.selectbox if (box.key or "").startswith("new_area"))
    place.select(area).run()
    return press(at, "建账号")


def test_the_office_makes_a_clerk_whose_code_is_shown_until_it_is_written_down(open_page: Any) -> None:
    at = fill_new(open_page("accounts", posts=THE_OFFICE), "zhang", "张敏", "社区报送员", "城关街道 · 红旗社区")
    assert "张敏的一次性登录码" in texts(at)
    code = next(box.value for box in at.text_input if (box.key or "").startswith("code_text"))
    assert sign_in(the_store(), Attempt("zhang", code, "127.0.0.1"), now=now()).opened is not None
    assert "社区报送员 · 红旗社区" in texts(at)
    press(at, "已记下")
    assert code not in texts(at)
    assert not [box for box in at.text_input if (box.key or "").startswith("code_text")]


def test_nothing_is_preset_and_nothing_can_be_made_before_all_is_chosen(open_page: Any) -> None:
    at = open_page("accounts", posts=THE_OFFICE)
    at.text_input(key="new_login").set_value("zhang")
    at.text_input(key="new_name").set_value("张敏").run()
    assert at.selectbox(key="new_role").value is None
    assert at.button(key="new_make").disabled


@pytest.mark.parametrize(
    ("posts", "roles"),
    [
        (THE_OFFICE, ["文明办", "街道（镇）", "社区报送员", "条线部门", "领导（只看）"]),
        (STREET, ["街道（镇）", "社区报送员", "条线部门", "领导（只看）"]),
        (ADMIN, ["文明办", "街道（镇）", "社区报送员", "条线部门", "领导（只看）", "审计员", "系统管理员"]),
    ],
)
def test_only_what_one_may_give_is_offered(open_page: Any, posts: tuple[Post, ...], roles: list[str]) -> None:
    assert open_page("accounts", posts=posts).selectbox(key="new_role").options == roles


def test_a_street_is_offered_its_own_communities_alone(open_page: Any) -> None:
    at = open_page("accounts", posts=STREET)
    at.selectbox(key="new_role").select("社区报送员").run()
    place = next(box for box in at.selectbox if (box.key or "").startswith("new_area"))
    assert place.options == ["城关街道", "城关街道 · 红旗社区", "城关街道 · 春风社区"]


def test_each_sees_the_accounts_within_reach(open_page: Any) -> None:
    made("li", Post("clerk", "a"))
    made("zhao", Post("clerk", "c"))
    made("root", Post("admin"))
    assert shown(open_page("accounts", posts=STREET)) == ["li", "person-0"]
    assert shown(open_page("accounts", posts=THE_OFFICE)) == ["li", "person-0", "person-1", "zhao"]
    assert "root" in shown(open_page("accounts", posts=ADMIN))


def test_whoever_gives_nothing_has_no_such_page(open_page: Any) -> None:
    for posts in (CLERK, (Post("leader"),), (Post("auditor"),)):
        at = open_page(posts=posts)
        assert "accounts" not in at.session_state["pages"]


def test_accounts_are_searched_and_filtered_and_nothing_found_says_what_to_do(open_page: Any) -> None:
    made("li", Post("clerk", "a"))
    made("zhao", Post("leader", "s2"), name="赵敏")
    at = open_page("accounts", posts=ADMIN)
    at.text_input(key="account_search").set_value("赵").run()
    assert shown(at) == ["zhao"]
    at.text_input(key="account_search").set_value("").run()
    at.selectbox(key="account_role").select("社区报送员").run()
    assert shown(at) == ["li"]
    at.selectbox(key="account_area").select("河东街道").run()
    assert shown(at) == []
    assert "没有符合条件的账号" in texts(at)


def test_the_first_one_is_told_to_make_another(open_page: Any) -> None:
    assert "还没有别的账号" in texts(open_page("accounts", posts=ADMIN))


def test_a_post_is_given_and_taken_on_the_page(open_page: Any) -> None:
    made("li", Post("clerk", "a"))
    at = opened(open_page, STREET, "li")
    at.selectbox(key="give_role").select("领导（只看）").run()
    next(box for box in at.selectbox if (box.key or "").startswith("give_area")).select("城关街道").run()
    press(at, "增加")
    assert "领导（只看） · 城关街道" in texts(at)
    press(at, "收回")
    assert "社区报送员 · 红旗社区" not in texts(at)
    assert "领导（只看） · 城关街道" in texts(at)


def test_what_lies_beyond_can_be_seen_and_not_touched(open_page: Any) -> None:
    made("li", Post("clerk", "a"), Post("clerk", "c"))
    at = opened(open_page, STREET, "li")
    assert "社区报送员 · 和平社区" in texts(at)
    assert [button.label for button in at.button].count("收回") == 1
    assert "由系统管理员办理" in texts(at)
    assert not [button for button in at.button if button.label in ("停用", "发新登录码")]


def test_ones_own_account_offers_neither_code_nor_posts(open_page: Any) -> None:
    at = opened(open_page, THE_OFFICE, "person-0")
    assert "这是您自己的账号" in texts(at)
    assert not [button for button in at.button if button.label in ("停用", "发新登录码", "收回", "增加")]


def test_a_new_code_and_disabling_end_what_was_before(open_page: Any) -> None:
    token = signed_in(the_store(), Post("clerk", "a"), login="li")
    at = press(opened(open_page, THE_OFFICE, "li"), "发新登录码")
    assert sessions.by_token(the_store(), token, now()) is None
    assert "王芳的一次性登录码" in texts(at)
    press(at, "停用")
    assert "已停用" in texts(at)
    press(at, "恢复使用")
    assert "已停用" not in texts(at)


def test_a_lost_second_factor_is_taken_away(open_page: Any) -> None:
    token = signed_in(the_store(), Post("clerk", "a"), login="li")
    at = opened(open_page, THE_OFFICE, "li")
    assert "两步验证" not in texts(at)
    (account,) = [one for one in accounts.listed(OFFICE, the_store()) if one.login == "li"]
    with the_store().write() as change:
        second_factors.put(change, second_factors.Factor(account.id, "sealed", 0, now()))
    press(at.run(), "解除两步验证")
    assert "两步验证" not in texts(at)
    assert sessions.by_token(the_store(), token, now()) is None


def test_sign_ins_are_listed_in_words_and_ended_one_by_one_or_all(open_page: Any) -> None:
    signed_in(the_store(), Post("clerk", "a"), login="li")
    with the_store().write() as change:
        account = stored_accounts.by_login(change, "li")
        for agent in ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36", "MicroMessenger Android"):
            sessions.open_session(change, account, now=now(), address="10.0.0.7", agent=agent, by="test")
    at = opened(open_page, THE_OFFICE, "li")
    assert "不知名的浏览器 · 127.0.0.1" in texts(at)
    assert "Chrome · Windows · 10.0.0.7" in texts(at)
    press(at, "结束")
    assert "微信 · 安卓" not in texts(at)
    assert "Chrome · Windows" in texts(at)
    press(at, "全部退出")
    assert "目前没有登录" in texts(at)


def test_two_hundred_accounts_stay_quick(open_page: Any) -> None:
    with the_store().write() as change:
        for number in range(200):
            one = stored_accounts.add(change, f"user{number}", "李强", demo=False, by="local", at=now())
            stored_accounts.add_post(change, one, "clerk", "abc"[number % 3], None, by="local", at=now())
    at = open_page("accounts", posts=THE_OFFICE)
    assert len(shown(at)) == 201
    start = time.process_time()
    at.run()
    assert time.process_time() - start < 1.0


def account_table(*rows: list[str]) -> bytes:
    book = Workbook()
    for row in (["登录名", "姓名", "角色", "区划", "条线"], *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_table_is_looked_at_then_taken_in_and_its_codes_wait_to_be_fetched(open_page: Any) -> None:
    content = account_table(["li", "李强", "社区报送员", "红旗社区"], ["zhao", "赵敏", "领导", "全区"])
    at = open_page("accounts", posts=THE_OFFICE)
    at.file_uploader(key="account_file").upload("账号表.xlsx", content).run()
    assert "新建账号 2 个，增加职责 0 个，不变 0 个" in texts(at)
    assert shown(at) == ["person-0"]
    press(at, "导入")
    assert "登录码已生成" in texts(at)
    assert shown(at) == ["li", "person-0", "zhao"]
    assert "不用导入" in texts(at)
    ticket = at.session_state["account_ticket"]
    file = DESK.fetch(Grant("person-0"), ticket, now())
    codes = {row[0].value: row[3].value for row in load_workbook(BytesIO(file.content)).active.iter_rows(min_row=5)}
    assert sign_in(the_store(), Attempt("li", codes["li"], "127.0.0.1"), now=now()).opened is not None
    assert "登录码已下载" in texts(at.run())


def test_a_faulty_table_says_what_to_mend_and_offers_nothing(open_page: Any) -> None:
    at = open_page("accounts", posts=THE_OFFICE)
    table = account_table(["li", "李强", "社区报送员", "红星社区"])
    at.file_uploader(key="account_file").upload("账号表.xlsx", table).run()
    assert "没有“红星社区”这个区划。" in list(at.dataframe[1].value["what"])
    assert "没有导入任何内容" in texts(at)
    assert not [button for button in at.button if button.label == "导入"]


def test_codes_are_given_again_to_all_who_never_signed_in(open_page: Any) -> None:
    made("li", Post("clerk", "a"))
    made("zhao", Post("clerk", "b"))
    at = open_page("accounts", posts=THE_OFFICE)
    at.selectbox(key="account_state").select("尚未首次登录").run()
    press(at, "给这 2 个账号重发登录码")
    assert "登录码已生成" in texts(at)


def test_a_name_is_corrected_on_the_page(open_page: Any) -> None:
    made("li", Post("clerk", "a"))
    at = opened(open_page, THE_OFFICE, "li")
    next(box for box in at.text_input if (box.key or "").startswith("name_of")).set_value("李壮").run()
    press(at, "保存")
    assert at.subheader[0].value == "李壮"

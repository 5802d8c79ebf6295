"""Accounts from a table: read however it was filled in, shown first, taken in as a whole or not at all."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from beicha.actions import accounts
from beicha.actions.account_files import account_template, code_workbook
from beicha.actions.account_import import IssuedCode, preview, take_in
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.handing_out import LIVES, MOST, Desk
from beicha.actions.signing_in import Attempt, sign_in
from beicha.store import areas, audit, lines
from beicha.store.areas import AreaVersion
from beicha.store.files import NamedFile
from beicha.store.lines import OfficeLine
from scoring.facts import Area
from tests.ui.district import AREAS

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HEAD = ["登录名", "姓名", "角色", "区划", "条线"]
THE_OFFICE, STREET = Grant("wang", (Post("office"),)), Grant("shi", (Post("street", "s1"),))
NAMESAKES = (Area("e", "和平社区", "community", "s1", order=4), Area("f", "清水", "community", "s2", order=5))


@pytest.fixture
def district(sqlite_store):
    with sqlite_store.write() as change:
        areas.add(change, [AreaVersion(area) for area in (*AREAS, *NAMESAKES)])
        areas.add(change, [AreaVersion(Area("old", "旧社区", "community", "s1"), "", "2026-01")])
        lines.put(change, [OfficeLine("culture", "文化站"), OfficeLine("urban", "城管办")])
    return sqlite_store


def table(*rows, head=HEAD, above=()):
    book = Workbook()
    for row in (*above, head, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return NamedFile("账号.xlsx", content.getvalue())


def look(store, *rows, grant=OFFICE, **how):
    return preview(grant, store, table(*rows, **how), now=NOW)


def posts_of(store, *row, grant=OFFICE):
    """The posts that one row gives, and the codes of its problems."""
    plan = look(store, ["li", "李强", *row], grant=grant)
    return [post for one in plan.planned for post in one.posts], [problem.code for problem in plan.problems]


@pytest.mark.parametrize(
    ("role", "read"),
    [
        ("社区报送员", "clerk"),
        ("社区", "clerk"),
        ("报送员", "clerk"),
        (" 社区 报送员 ", "clerk"),
        ("Clerk", "clerk"),
        ("领导（只看）", "leader"),
        ("街道（镇）", "street"),
        ("街道办", "street"),
        ("区文明办", "office"),
        ("审计员", "auditor"),
        ("系统管理员", "admin"),
    ],
)
def test_a_role_is_known_by_what_offices_call_it(district, role, read):
    (post,), codes = posts_of(district, role, "a" if read == "clerk" else "s1")
    assert post.role == read
    assert codes == []


@pytest.mark.parametrize(
    ("role", "read"), [("红旗社区报送员", "clerk"), ("街道办主任", "street"), ("分管领导同志", "leader")]
)
def test_a_role_within_a_longer_text_is_told(district, role, read):
    (post,), codes = posts_of(district, role, "a" if read == "clerk" else "s1")
    assert (post.role, codes) == (read, ["choice_worded"])


@pytest.mark.parametrize("role", ["管理员", "街道分管领导", "系统管理员助理", "文明办主任", "主任", "网格员"])
def test_a_role_that_might_be_several_or_reaches_far_is_never_guessed(district, role):
    assert posts_of(district, role, "s1") == ([], ["choice_unknown"])


@pytest.mark.parametrize(
    ("role", "area", "code"),
    [
        ("社区", "a", "a"),
        ("社区", "红旗社区", "a"),
        ("社区", "红旗", "a"),
        ("社区", " 红旗　社区 ", "a"),
        ("社区", "清水社区", "f"),
        ("社区", "河东街道和平社区", "c"),
        ("社区", "城关街道 / 和平", "e"),
        ("街道", "城关街道", "s1"),
        ("领导", "东湖区", "d"),
        ("领导", "全区", None),
        ("领导", "", None),
        ("文明办", "", None),
    ],
)
def test_an_area_is_found_by_code_and_by_name(district, role, area, code):
    (post,), codes = posts_of(district, role, area)
    assert (post.area, codes) == (code, [])


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("社区", "和平社区"), "post_area_ambiguous"),
        (("社区", "红星社区"), "post_area_unknown"),
        (("社区", "旧社区"), "post_area_unknown"),
        (("社区", ""), "post_area_blank"),
        (("社区", "全区"), "post_area_blank"),
        (("街道", ""), "post_area_blank"),
        (("条线", "", ""), "post_lines_blank"),
        (("条线", "", "文化站、园林处"), "post_line_unknown"),
        (("", "a"), "name_blank"),
    ],
)
def test_what_cannot_be_told_is_an_error_in_its_cell(district, row, code):
    posts, codes = posts_of(district, *row)
    assert (posts, codes) == ([], [code])


def test_a_problem_says_where_it_is_and_what_to_do(district):
    plan = look(district, ["li", "李强", "社区", "红星社区"], above=(["账号登记"], []))
    (problem,) = plan.problems
    assert (problem.sheet, problem.row, problem.column, problem.heading) == ("Sheet", 4, "D", "区划")
    assert (problem.found, problem.values["near"]) == ("红星社区", ["红旗社区"])
    assert not plan.may_be_stored


@pytest.mark.parametrize(
    ("said", "read"),
    [("文化站", ("culture",)), ("文化站、城管办", ("culture", "urban")), ("culture，城管办", ("culture", "urban"))],
)
def test_lines_by_title_or_code(district, said, read):
    assert posts_of(district, "条线部门", "", said) == ([Post("line", None, read)], [])


@pytest.mark.parametrize(
    ("row", "code"),
    [(("社区", "城关街道"), "post_area_wide"), (("社区", "a", "文化站"), "post_lines_narrow")],
)
def test_what_is_unusual_is_told_and_taken(district, row, code):
    posts, codes = posts_of(district, *row)
    assert len(posts) == 1
    assert codes == [code]


@pytest.mark.parametrize("login", ["w", "li qiang", "local", "a/b", "l" * 65])
def test_a_login_that_cannot_be_one_is_told(district, login):
    assert [problem.code for problem in look(district, [login, "李强", "领导"]).problems] == ["login_unfit"]


def test_logins_in_chinese_and_names_with_blanks_are_taken(district):
    plan = look(
        district, ["张敏", "张　敏", "社区", "a"], [" Li.Qiang ", "李 强", "领导", ""], [13800001234, "Li Na", "领导"]
    )
    assert plan.problems == ()
    assert [(one.login, one.name) for one in plan.planned] == [
        ("张敏", "张敏"), ("li.qiang", "李强"), ("13800001234", "Li Na"),
    ]  # fmt: skip


def test_several_rows_of_one_login_are_several_posts_of_one_person(district):
    rows = [["li", "李强", "社区", "a"], ["Li", "李 强", "领导", "s1"], ["li", "李强", "报送员", "红旗社区"]]
    plan = look(district, *rows)
    assert [one.posts for one in plan.planned] == [(Post("clerk", "a"), Post("leader", "s1"))]
    assert [(problem.code, problem.row) for problem in plan.problems] == [("account_row_twice", 4)]


def test_one_login_for_two_people_is_an_error(district):
    plan = look(district, ["li", "李强", "社区", "a"], ["li", "李梅", "社区", "b"])
    assert [problem.code for problem in plan.problems] == ["login_names_differ"]


def test_columns_in_any_order_others_are_named_and_a_number_of_a_telephone_is_not_kept(district):
    plan = look(district, ["a", "13800001234", "报送员", "李强", "li"], head=["区划", "电话", "角色", "姓名", "账号"])
    assert [one.posts for one in plan.planned] == [(Post("clerk", "a"),)]
    assert [(problem.code, problem.level, problem.found) for problem in plan.problems] == [
        ("columns_not_taken", "note", "电话")
    ]


def test_nothing_is_stored_before_it_is_confirmed_and_then_all_at_once(district):
    file = table(["li", "李强", "社区", "a"], ["zhao", "赵敏", "街道", "s2"])
    plan = preview(THE_OFFICE, district, file, now=NOW)
    assert [one.outcome for one in plan.planned] == ["new", "new"]
    assert accounts.listed(OFFICE, district) == ()
    codes = take_in(THE_OFFICE, district, file, plan, now=NOW)
    assert [(one.login, one.posts) for one in codes] == [
        ("li", (Post("clerk", "a"),)),
        ("zhao", (Post("street", "s2"),)),
    ]
    opened = sign_in(district, Attempt("li", codes[0].code, "127.0.0.1"), now=NOW).opened
    assert opened.person.must_change
    assert opened.person.grant.posts == (Post("clerk", "a"),)


def test_the_same_file_twice_changes_nothing(district):
    file = table(["li", "李强", "社区", "a"])
    take_in(OFFICE, district, file, preview(OFFICE, district, file, now=NOW), now=NOW)
    before = accounts.listed(OFFICE, district)
    again = preview(OFFICE, district, file, now=NOW)
    assert [one.outcome for one in again.planned] == ["unchanged"]
    assert take_in(OFFICE, district, file, again, now=NOW) == ()
    assert accounts.listed(OFFICE, district) == before


def test_a_known_account_gets_the_post_it_lacks_and_keeps_the_others_and_its_password(district):
    accounts.add(OFFICE, district, "li", "李强", [Post("leader", "s1")], now=NOW)
    file = table(["li", "李强", "社区", "a"])
    plan = preview(OFFICE, district, file, now=NOW)
    assert [one.outcome for one in plan.planned] == ["changed"]
    assert take_in(OFFICE, district, file, plan, now=NOW) == ()
    (listed,) = accounts.listed(OFFICE, district)
    assert [one.post for one in listed.posts] == [Post("leader", "s1"), Post("clerk", "a")]


def test_one_wrong_row_keeps_everything_out(district):
    file = table(["li", "李强", "社区", "a"], ["zhao", "赵敏", "社区", "没有的社区"])
    plan = preview(OFFICE, district, file, now=NOW)
    assert not plan.may_be_stored
    assert take_in(OFFICE, district, file, plan, now=NOW) is None
    assert accounts.listed(OFFICE, district) == ()


def test_what_changed_since_the_preview_is_looked_at_again(district):
    file = table(["li", "李强", "社区", "a"])
    plan = preview(OFFICE, district, file, now=NOW)
    accounts.add(OFFICE, district, "li", "李强", [], now=NOW)
    assert take_in(OFFICE, district, file, plan, now=NOW) is None
    assert accounts.listed(OFFICE, district)[0].posts == ()


def test_a_street_takes_in_what_lies_in_it_and_nothing_else(district):
    assert posts_of(district, "社区", "a", grant=STREET) == ([Post("clerk", "a")], [])
    for row in (("社区", "c"), ("领导", ""), ("文明办", ""), ("审计员", "s1")):
        assert posts_of(district, *row, grant=STREET) == ([], ["post_beyond_yours"])


def test_accounts_of_others_are_neither_changed_nor_told(district):
    accounts.add(OFFICE, district, "zhao", "赵敏", [Post("clerk", "c")], now=NOW)
    plan = look(district, ["zhao", "猜一个", "社区", "a"], grant=STREET)
    assert [problem.code for problem in plan.problems] == ["account_beyond_yours"]
    assert "赵敏" not in repr(plan)


def test_a_login_of_another_person_is_never_given_posts(district):
    accounts.add(OFFICE, district, "li", "李强", [Post("clerk", "a")], now=NOW)
    assert posts_of(district, "社区", "b")[1] == []
    plan = look(district, ["li", "李梅", "社区", "b"])
    assert [problem.code for problem in plan.problems] == ["account_name_differs"]


def test_nobody_takes_in_posts_for_themselves(district):
    accounts.add(OFFICE, district, "wang", "王芳", [Post("office")], now=NOW)
    plan = look(district, ["wang", "王芳", "社区", "a"], grant=THE_OFFICE)
    assert [problem.code for problem in plan.problems] == ["account_own"]
    assert look(district, ["wang", "王芳", "文明办", ""], grant=THE_OFFICE).problems == ()


def test_a_disabled_account_stays_so(district):
    accounts.add(OFFICE, district, "li", "李强", [Post("clerk", "a")], now=NOW)
    accounts.disable(OFFICE, district, "li", now=NOW)
    assert [problem.code for problem in look(district, ["li", "李强", "社区", "b"]).problems] == ["account_disabled"]


@pytest.mark.parametrize("role", ["clerk", "line", "leader", "auditor"])
def test_others_may_not_even_look(district, role):
    with pytest.raises(Refused):
        look(district, ["li", "李强", "社区", "a"], grant=Grant("x", (Post(role),)))


def test_what_is_no_table_is_refused_in_a_sentence(district):
    assert [one.code for one in preview(OFFICE, district, NamedFile("a.xlsx", b"%PDF-1.4 text"), now=NOW).problems] == [
        "is_pdf"
    ]
    assert [one.code for one in look(district, head=["甲", "乙"]).problems] == ["table_missing"]


def test_five_hundred_rows_are_taken_in_and_one_too_many_is_told(district):
    file = table(*([f"user{number}", "李强", "社区", "abcef"[number % 5]] for number in range(500)))
    plan = preview(OFFICE, district, file, now=NOW)
    assert len(take_in(OFFICE, district, file, plan, now=NOW)) == 500
    assert preview(OFFICE, district, file, now=NOW).having("unchanged") == tuple(
        type(one)(one.login, one.name, False, ()) for one in plan.planned
    )


@pytest.mark.parametrize(("rows", "codes"), [(3, []), (4, ["accounts_too_many"])])
def test_a_table_has_so_many_rows_at_most(district, monkeypatch, rows, codes):
    monkeypatch.setattr("beicha.intake.account_tables.MOST_ROWS", 3)
    plan = look(district, *([f"user{number}", "李强", "社区", "a"] for number in range(rows)))
    assert [problem.code for problem in plan.problems] == codes


def test_the_audit_tells_the_import_with_every_account_and_no_code(district):
    accounts.add(OFFICE, district, "zhao", "赵敏", [Post("clerk", "a")], now=NOW)
    file = table(["li", "李强", "社区", "a"], ["zhao", "赵敏", "社区", "b"])
    codes = take_in(THE_OFFICE, district, file, preview(THE_OFFICE, district, file, now=NOW), now=NOW)
    with district.read() as view:
        rows = audit.entries(view)
    assert [(row.actor, row.action, row.object, dict(row.details)) for row in rows[1:]] == [
        (
            "wang", "account.import", "账号.xlsx",
            {
                "new_count": 1, "changed_count": 1,
                "new": [{"account": "li", "name": "李强", "posts": [{"role": "clerk", "area": "a"}]}],
                "changed": [{"account": "zhao", "name": "赵敏", "posts": [{"role": "clerk", "area": "b"}]}],
            },
        )
    ]  # fmt: skip
    assert codes[0].code not in repr(rows)


def test_the_template_is_taken_in_as_it_is_filled_in(district):
    book = load_workbook(BytesIO(account_template(THE_OFFICE, district, "2026-05")))
    page = book["账号表"]
    head = next(row[0].row for row in page.iter_rows() if row[0].value == "登录名")
    for column, value in enumerate(["li", "李强", "社区报送员", "红旗社区"], start=1):
        page.cell(head + 1, column).value = value
    content = BytesIO()
    book.save(content)
    plan = preview(THE_OFFICE, district, NamedFile("账号表.xlsx", content.getvalue()), now=NOW)
    assert plan.problems == ()
    assert [one.posts for one in plan.planned] == [(Post("clerk", "a"),)]
    assert [row[1].value for row in book["区划"].iter_rows(min_row=4)][:2] == ["东湖区", "城关街道"]


def test_codes_are_written_as_text_whatever_a_name_looks_like(district):
    issued = [IssuedCode("li", '=HYPERLINK("http://evil.example")', (Post("clerk", "a"),), "abcd-efgh")]
    page = load_workbook(BytesIO(code_workbook(THE_OFFICE, district, issued, language="zh_CN", now=NOW))).active
    cells = {cell.value: cell.data_type for row in page.iter_rows() for cell in row if cell.value}
    assert cells['=HYPERLINK("http://evil.example")'] == "s"
    assert cells["abcd-efgh"] == "s"
    assert "社区报送员 · 红旗社区" in cells


def test_codes_are_given_again_to_those_who_never_signed_in(district):
    accounts.add(OFFICE, district, "li", "李强", [Post("clerk", "a")], now=NOW)
    accounts.add(OFFICE, district, "zhao", "赵敏", [Post("clerk", "a")], now=NOW)
    accounts.set_password(OFFICE, district, "zhao", "correct horse 电池", now=NOW)
    codes = accounts.new_codes(STREET, district, ["li", "zhao"], now=NOW)
    assert list(codes) == ["li"]
    assert sign_in(district, Attempt("li", codes["li"], "127.0.0.1"), now=NOW).opened is not None


def test_a_file_is_handed_out_once_to_whom_it_is_for_and_not_for_ever():
    desk, file = Desk(), NamedFile("登录码.xlsx", b"codes")
    ticket = desk.leave(THE_OFFICE, file, NOW)
    with pytest.raises(LookupError):
        desk.fetch(STREET, ticket, NOW)
    assert desk.waits(ticket, NOW)
    assert desk.fetch(THE_OFFICE, ticket, NOW) == file
    with pytest.raises(LookupError):
        desk.fetch(THE_OFFICE, ticket, NOW)
    late = desk.leave(THE_OFFICE, file, NOW)
    assert desk.waits(late, NOW + LIVES - timedelta(seconds=1))
    with pytest.raises(LookupError):
        desk.fetch(THE_OFFICE, late, NOW + LIVES)


def test_the_desk_keeps_only_so_many():
    desk = Desk()
    tickets = [desk.leave(THE_OFFICE, NamedFile("登录码.xlsx", b""), NOW) for _ in range(MOST + 1)]
    assert [desk.waits(ticket, NOW) for ticket in (tickets[0], tickets[1], tickets[-1])] == [False, True, True]


def test_the_plan_of_a_table_is_the_same_however_often_it_is_looked_at(district):
    rows = (["li", "李强", "红旗社区报送员", "和平社区"], ["zhao", "赵敏", "社区", "a"])
    assert look(district, *rows) == look(district, *rows)

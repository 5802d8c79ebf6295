"""Who answers for a unit: named by those who may, seen by those with an account, in the tables and in the audit."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from beicha.actions import areas as area_actions
from beicha.actions import lines as line_actions
from beicha.actions import units
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.units import UnitError, people_of, set_people, to_set
from beicha.store import areas, audit, lines
from beicha.store import units as stored
from beicha.store.areas import AreaVersion
from beicha.store.files import NamedFile
from beicha.store.lines import OfficeLine
from beicha.store.units import NOBODY, Responsible
from tests.actions.office import AREAS as AREA_ROWS
from tests.actions.office import area_file, table
from tests.ui.district import AREAS

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
MONTH = "2026-05"
ALL = {"first": "王主任", "direct": "李书记", "contact": "张敏", "phone": "0991-1234567"}
PEOPLE = {
    "office": (Post("office"),),
    "part office": (Post("office", "s1"),),
    "street": (Post("street", "s1"),),
    "clerk": (Post("clerk", "a"),),
    "line": (Post("line", None, ("culture",)),),
    "leader": (Post("leader", "s1"),),
    "auditor": (Post("auditor"),),
    "admin": (Post("admin"),),
    "visitor": (Post("visitor", "s1"),),
    "nobody's": (),
}
# a and b lie in s1, c in s2; "culture" is a line.
MAY_NAME_ALL = {"office": "d s1 s2 a b c culture", "part office": "s1 a b", "street": "s1 a b"}
MAY_NAME_CONTACT = {**MAY_NAME_ALL, "clerk": "a"}
MAY_SEE = {
    "office": "abc", "part office": "ab", "street": "ab", "clerk": "a", "line": "abc", "leader": "ab", "auditor": "abc",
}  # fmt: skip


@pytest.fixture
def district(sqlite_store):
    with sqlite_store.write() as change:
        areas.add(change, [AreaVersion(area) for area in AREAS])
        lines.put(change, [OfficeLine("culture", "文化站")])
    return sqlite_store


def grant(who):
    return Grant(who, PEOPLE[who])


def unit(code):
    return ("line" if code == "culture" else "area", code)


def named(store, code):
    with store.read() as view:
        return stored.everyone(view).get(unit(code), NOBODY)


def may(act):
    try:
        act()
    except Refused:
        return False
    return True


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize(("texts", "expected"), [(ALL, MAY_NAME_ALL), ({"phone": "12345"}, MAY_NAME_CONTACT)])
def test_each_names_whom_the_table_says(district, who, texts, expected):
    codes = ["d", "s1", "s2", "a", "b", "c", "culture"]
    found = [
        code for code in codes if may(lambda code=code: set_people(grant(who), district, unit(code), texts, now=NOW))
    ]
    assert found == expected.get(who, "").split()


@pytest.mark.parametrize("who", PEOPLE)
def test_each_sees_the_people_of_the_communities_they_see(district, who):
    for code in "abc":
        set_people(OFFICE, district, unit(code), ALL, now=NOW)
    if who in ("admin", "visitor", "nobody's"):
        with pytest.raises(Refused):
            people_of(grant(who), district, MONTH)
    else:
        assert "".join(sorted(people_of(grant(who), district, MONTH))) == MAY_SEE[who]


def test_what_can_be_named_is_listed_in_the_offices_order(district):
    assert [one.name for one in to_set(OFFICE, district, MONTH)] == [
        "东湖区", "城关街道", "红旗社区", "春风社区", "河东街道", "和平社区", "文化站",
    ]  # fmt: skip
    (own,) = to_set(grant("clerk"), district, MONTH)
    assert (own.name, own.above, own.may_set) == ("红旗社区", "城关街道", ("contact", "phone"))


def test_a_clerk_changes_the_contact_and_leaves_the_responsible_persons(district):
    set_people(OFFICE, district, unit("a"), ALL, now=NOW)
    assert set_people(grant("clerk"), district, unit("a"), {"contact": "  赵 敏 ", "phone": ""}, now=NOW)
    assert named(district, "a") == Responsible("王主任", "李书记", "赵 敏", "")
    with pytest.raises(Refused):
        set_people(grant("clerk"), district, unit("a"), {"first": "自己"}, now=NOW)


def test_the_same_again_changes_nothing_and_leaves_no_row(district):
    assert set_people(OFFICE, district, unit("a"), ALL, now=NOW)
    assert not set_people(OFFICE, district, unit("a"), ALL, now=NOW)
    with district.read() as view:
        assert len(audit.entries(view)) == 1


@pytest.mark.parametrize(
    "phone", ["0991-1234567", "13800001234", "(0991)1234567转8", "+86 991 1234567", "123、456", ""]
)
def test_a_telephone_is_written_in_many_ways(district, phone):
    set_people(OFFICE, district, unit("a"), {"phone": phone}, now=NOW)
    assert named(district, "a").phone == phone


@pytest.mark.parametrize(
    ("texts", "reason"),
    [({"phone": "找张敏"}, "phone"), ({"phone": "12"}, "phone"), ({"contact": "张" * 41}, "long")],
)
def test_what_does_not_fit_is_refused(district, texts, reason):
    with pytest.raises(UnitError) as refused:
        set_people(OFFICE, district, unit("a"), texts, now=NOW)
    assert refused.value.reason == reason
    set_people(OFFICE, district, unit("a"), {"contact": "张" * 40, "phone": "123"}, now=NOW)


@pytest.mark.parametrize("code", ["gone", "culture2"])
def test_there_is_nobody_for_what_is_not_there(district, code):
    with pytest.raises(LookupError):
        set_people(OFFICE, district, ("area", code), ALL, now=NOW)
    with pytest.raises(LookupError):
        set_people(OFFICE, district, ("line", code), ALL, now=NOW)


def test_the_audit_tells_before_and_after_and_no_whole_telephone(district):
    set_people(OFFICE, district, unit("a"), {"contact": "张敏", "phone": "13800001234"}, now=NOW)
    set_people(OFFICE, district, unit("a"), {"phone": "13900005678", "first": "王主任"}, now=NOW)
    with district.read() as view:
        rows = audit.entries(view)
    assert [(row.action, row.object, row.details) for row in rows[1:]] == [
        (
            "unit.set", "红旗社区",
            {
                "before": {"first_person": "", "phone": "138****34"},
                "after": {"first_person": "王主任", "phone": "139****78"},
            },
        )
    ]  # fmt: skip
    assert "13800001234" not in repr(rows)


TITLES = ["第一责任人", "直接责任人", "联系人", "联系电话"]


def take_in(store, *people, head=TITLES):
    """The table of areas with these cells of the first community behind its row."""
    rows = [list(row) + [""] * (9 - len(row)) for row in AREA_ROWS]
    rows[0] += head
    rows[3] += people
    return area_actions.import_areas(OFFICE, store, NamedFile("区划表.xlsx", table(rows)), now=NOW)


def areas_named(store):
    with store.read() as view:
        return {people for (kind, _), people in stored.everyone(view).items() if kind == "area"}


def test_the_table_of_areas_names_people_and_absent_columns_and_blanks_leave_them(sqlite_store):
    assert take_in(sqlite_store, "王主任", "李书记", "张敏", 13800001234).added
    assert areas_named(sqlite_store) == {Responsible("王主任", "李书记", "张敏", "13800001234")}
    assert area_actions.import_areas(OFFICE, sqlite_store, area_file(), now=NOW).changed == ()
    assert take_in(sqlite_store, "", "", "赵敏", "").changed == ("桂花社区",)
    assert areas_named(sqlite_store) == {Responsible("王主任", "李书记", "赵敏", "13800001234")}
    assert take_in(sqlite_store, "赵主任", head=["第一责任人"]).changed == ("桂花社区",)
    assert areas_named(sqlite_store) == {Responsible("赵主任", "李书记", "赵敏", "13800001234")}


def test_the_tables_come_out_with_their_people_and_back_in_without_a_change(sqlite_store):
    take_in(sqlite_store, "王主任", "李书记", "张敏", "0991-1234567")
    written = area_actions.area_table(OFFICE, sqlite_store)
    cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(written)).active.iter_rows()]
    assert next(row[-4:] for row in cells if "桂花社区" in row) == ["王主任", "李书记", "张敏", "0991-1234567"]
    again = area_actions.import_areas(OFFICE, sqlite_store, NamedFile("区划表.xlsx", written), now=NOW)
    assert (again.problems, again.changed, again.added) == ((), (), ())


@pytest.mark.parametrize(
    ("people", "code"), [(("", "", "", "找张敏"), "phone_unreadable"), (("王" * 41,), "person_too_long")]
)
def test_what_does_not_fit_in_the_table_keeps_all_of_it_out(sqlite_store, people, code):
    result = take_in(sqlite_store, *people)
    (problem,) = result.problems
    assert (problem.code, problem.row) == (code, 4)
    assert not result.stored
    assert areas_named(sqlite_store) == set()


def test_the_table_of_lines_names_people_too(district):
    rows = [["编码", "名称", "排序", *TITLES], ["culture", "文化站", 1, "王主任", "", "张敏", "0991-1234567"]]
    result = line_actions.import_lines(OFFICE, district, NamedFile("条线表.xlsx", table(rows)), now=NOW)
    assert result.changed == ("文化站",)
    assert named(district, "culture") == Responsible("王主任", "", "张敏", "0991-1234567")
    written = NamedFile("条线表.xlsx", line_actions.line_table(OFFICE, district))
    assert line_actions.import_lines(OFFICE, district, written, now=NOW).unchanged == ("文化站",)


def test_a_table_that_names_people_tells_the_audit_whom(district):
    rows = [["编码", "名称", *TITLES], ["culture", "文化站", "王主任", "", "", "13800001234"]]
    line_actions.import_lines(OFFICE, district, NamedFile("条线表.xlsx", table(rows)), now=NOW)
    with district.read() as view:
        (row,) = audit.entries(view)
    after = {"first_person": "王主任", "phone": "138****34"}
    assert row.details["people"] == {"文化站": {"before": {"first_person": "", "phone": ""}, "after": after}}


def test_people_are_kept_on_both_databases(store):
    with store.write() as change:
        stored.put(change, ("area", "a"), Responsible("王主任"))
        stored.put(change, ("line", "a"), Responsible(contact="张敏"))
        stored.put(change, ("area", "a"), Responsible("李主任"))
    with store.read() as view:
        assert stored.everyone(view) == {
            ("area", "a"): Responsible("李主任"), ("line", "a"): Responsible(contact="张敏"),
        }  # fmt: skip
    with store.write() as change:
        stored.put(change, ("area", "a"), NOBODY)
    with store.read() as view:
        assert list(stored.everyone(view)) == [("line", "a")]
    assert units.FIELDS == ("first", "direct", "contact", "phone")

"""A daily report is in time until the hour strikes; the first version decides; who is missing is told."""

from datetime import date, datetime, timedelta

import pytest

from beicha.actions.daily import (
    LONGEST,
    DailyEntry,
    DailyError,
    DailyProblem,
    Duty,
    problems_in,
    problems_text,
    reporters,
    set_duty,
    writable,
    write,
)
from beicha.actions.documents.daily import daily_paper, daily_workbook
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.tasks import NewTask, make
from beicha.actions.views.daily import missing_text, origin, read_daily
from beicha.demo.arrivals import ZONE
from beicha.store import areas, audit
from scoring.facts import Area
from tests.papers.said_numbers import texts_of
from tests.ui.district import settle

DAY = date(2026, 5, 6)
STREET = Grant("zhao", (Post("street", "s1"),))


def at(hour, minute=0, second=0, day=DAY):
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZONE)


@pytest.fixture
def office(store):
    settle(store)
    set_duty(OFFICE, store, Duty(date(2026, 5, 4), date(2026, 5, 29), (0, 1, 2, 3, 4)), now=at(8))
    return store


def entry(work="清扫", area="s1", day=DAY, problems=(), needs=""):
    return DailyEntry(area, day, work, problems, needs)


def states(store, now, day=DAY):
    return {row.area.code: row.state for row in read_daily(OFFICE, store, day, now=now).rows}


@pytest.mark.parametrize(
    ("moment", "state"), [(at(15, 59, 59), "in_time"), (at(16), "in_time"), (at(16, 0, 1), "late"), (at(23), "late")]
)
def test_it_is_in_time_until_the_hour_strikes(office, moment, state):
    write(STREET, office, entry(), now=moment)
    assert states(office, at(23))["s1"] == state


def test_a_correction_after_the_hour_leaves_a_report_in_time(office):
    write(STREET, office, entry(), now=at(15))
    write(STREET, office, entry("清扫两处"), now=at(18))
    row = read_daily(OFFICE, office, DAY, now=at(19)).rows[0]
    assert (row.state, row.versions, row.report.entry.work, row.first) == ("in_time", 2, "清扫两处", at(15))


def test_the_same_again_is_no_version(office):
    assert write(STREET, office, entry(), now=at(15)) == write(STREET, office, entry(), now=at(15, 30))
    with office.read() as view:
        assert [one.action for one in audit.entries(view)].count("daily.write") == 1


@pytest.mark.parametrize(
    ("day", "now", "state"),
    [
        (DAY, at(15), "waiting"),
        (DAY, at(16, 1), "missing"),
        (date(2026, 5, 9), at(18, day=date(2026, 5, 9)), "free"),
        (date(2026, 5, 3), at(18, day=date(2026, 5, 3)), "free"),
        (date(2026, 6, 1), at(18, day=date(2026, 6, 1)), "free"),
        (date(2026, 5, 29), at(18, day=date(2026, 5, 29)), "missing"),
    ],
)
def test_nobody_is_missing_where_none_was_expected(office, day, now, state):
    assert set(states(office, now, day).values()) == {state}


def test_the_month_so_far_counts_the_days_that_were_due(office):
    write(STREET, office, entry(day=date(2026, 5, 4)), now=at(12, day=date(2026, 5, 4)))
    write(STREET, office, entry(day=date(2026, 5, 5)), now=at(17, day=date(2026, 5, 5)))
    month = {one.name: one for one in read_daily(OFFICE, office, DAY, now=at(18)).month}
    kept = month["城关街道"]
    assert (kept.expected, kept.in_time, kept.late, kept.rate) == (3, 1, 1, pytest.approx(100 / 3))
    assert (month["河东街道"].expected, month["河东街道"].rate) == (3, 0)


@pytest.mark.parametrize(
    ("report", "kind"),
    [
        (entry(work=" "), "empty"),
        (entry(work="字" * (LONGEST + 1)), "long"),
        (entry(problems=tuple(DailyProblem(str(n)) for n in range(31))), "many"),
        (entry(day=DAY + timedelta(days=1)), "early"),
        (entry(day=DAY - timedelta(days=32)), "old"),
    ],
)
def test_what_is_no_report_is_told(office, report, kind):
    with pytest.raises(DailyError) as refused:
        write(STREET, office, report, now=at(15))
    assert refused.value.kind == kind


def test_a_street_reports_for_itself_alone_and_the_office_for_all(office):
    with pytest.raises(Refused):
        write(STREET, office, entry(area="s2"), now=at(15))
    assert [area.code for area in writable(STREET, office, DAY)] == ["s1"]
    assert [area.code for area in writable(OFFICE, office, DAY)] == ["s1", "s2"]
    assert write(OFFICE, office, entry(area="s2"), now=at(15))


@pytest.mark.parametrize("role", ["clerk", "line", "leader", "auditor"])
def test_others_write_none(office, role):
    who = Grant("wang", (Post(role, "s1", ("culture",) if role == "line" else None),))
    with pytest.raises(Refused):
        write(who, office, entry(), now=at(15))
    if role in ("clerk", "line"):
        with pytest.raises(Refused):
            read_daily(who, office, DAY, now=at(15))


def test_a_street_reads_its_own_alone(office):
    assert [row.area.code for row in read_daily(STREET, office, DAY, now=at(15)).rows] == ["s1"]


def test_zones_report_in_place_of_their_street(office):
    with office.write() as change:
        areas.add(change, [areas.AreaVersion(Area("z", "一管区", "zone", "s1", order=4))])
    with office.read() as view:
        assert {area.code for area in reporters(areas.tree(view, "2026-05"))} == {"z", "s2"}
    zone = Grant("qian", (Post("street", "z"),))
    assert write(zone, office, entry(area="z"), now=at(15))
    with pytest.raises(LookupError):
        write(STREET, office, entry(), now=at(15))


def test_a_problem_that_begins_with_a_place_is_there():
    places = {"a": "红旗社区", "b": "春风社区"}
    found = problems_in("红旗社区：飞线充电\n\n 春风社区:垃圾落地 \n路灯：不亮\n红旗社区：", places)
    assert [(one.text, one.community) for one in found] == [
        ("飞线充电", "a"),
        ("垃圾落地", "b"),
        ("路灯：不亮", ""),
        ("红旗社区：", ""),
    ]
    assert problems_in(problems_text(found, places), places) == found


def test_a_problem_becomes_one_task_and_shows_how_it_stands(office):
    write(STREET, office, entry(problems=(DailyProblem("飞线充电", "a"),)), now=at(15))
    new = NewTask("a", "2026-05", "", "飞线充电", "飞线充电", "", "", (), DAY, {}, origin("s1", DAY, "飞线充电"))
    assert len(make(OFFICE, office, [new, new], now=at(16))) == 1
    write(STREET, office, entry("又清扫", problems=(DailyProblem("飞线充电", "a"),)), now=at(17))
    (problem,) = read_daily(OFFICE, office, DAY, now=at(18)).rows[0].problems
    assert (problem.task, problem.state, problem.name) == (1, "open", "红旗社区")


def test_the_reminder_names_who_is_missing_and_nobody_else(office):
    write(STREET, office, entry(), now=at(15))
    text = missing_text(read_daily(OFFICE, office, DAY, now=at(16, 5)), "文明办", now=at(16, 5))
    assert "河东街道" in text
    assert "城关街道" not in text
    write(OFFICE, office, entry(area="s2"), now=at(16, 10))
    assert missing_text(read_daily(OFFICE, office, DAY, now=at(16, 15)), "", now=at(16, 15)) == ""


def test_the_page_of_the_day_holds_what_was_written(office):
    problems = (DailyProblem("=1+1 垃圾落地", "a"),)
    write(STREET, office, entry("入户 320 户", problems=problems, needs="请物业办协调"), now=at(15, 20))
    said = texts_of(daily_paper(OFFICE, office, DAY, now=at(18))[1])
    assert {"入户 320 户", "红旗社区：=1+1 垃圾落地", "请物业办协调", "✔ 按时 15:20", "✖ 未报"} <= set(said)
    assert any("应报2个单位，按时1个，迟报0个。未报：河东街道。" in text for text in said)
    name, content = daily_workbook(OFFICE, office, DAY, language="zh_CN", now=at(18))
    assert name == "每日汇总2026-05-06.xlsx"
    assert content[:2] == b"PK"


@pytest.mark.parametrize("duty", [Duty(hour=0), Duty(hour=24), Duty(date(2026, 5, 2), date(2026, 5, 1))])
def test_times_that_are_none_are_refused(office, duty):
    with pytest.raises(ValueError, match="hour"):
        set_duty(OFFICE, office, duty, now=at(8))

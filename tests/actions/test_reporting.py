"""Every expected community is listed each month, in time, late or not reported, by days of the office's zone."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from beicha.actions import settings, units
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views.reminder import reminder
from beicha.actions.views.reporting import expected_periods, expected_streets, read_reporting
from beicha.actions.views.reporting_paper import reporting_workbook
from beicha.store import Store
from tests.actions.office import day, lecture, lectures, send, set_up

DUE_DAY = 5
AFTER = datetime(2026, 4, 9, 1, tzinfo=UTC)


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    set_up(sqlite_store)
    settings.set_due_day(OFFICE, sqlite_store, DUE_DAY, datetime(2026, 1, 1, tzinfo=UTC))
    return sqlite_store


def report(store: Store, community: str, at: datetime, number: int = 5) -> None:
    assert send(store, lectures(lecture(day(3, number)), community=community), now=at).stored


def sheets_of(content: bytes) -> list[list[object]]:
    """The rows of all sheets."""
    return [list(row) for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True)]


def states(store: Store, now: datetime = AFTER, grant: Grant = OFFICE) -> dict[str, tuple[str, int | None]]:
    return {unit.name: (unit.state, unit.days) for unit in read_reporting(grant, store, "2026-03", now=now).units}


def test_all_that_are_expected_are_listed_in_the_offices_order_whether_they_reported_or_not(office):
    report(office, "荷塘社区", datetime(2026, 4, 3, tzinfo=UTC))
    assert states(office) == {
        "桂花社区": ("not_reported", 4), "荷塘社区": ("reported", -2), "松柏社区": ("not_reported", 4),
    }  # fmt: skip


def test_the_due_day_lasts_until_its_midnight_where_the_office_is(office):
    """Shanghai is eight hours ahead: its 5 April ends at 16:00 UTC."""
    report(office, "桂花社区", datetime(2026, 4, 5, 15, 59, tzinfo=UTC))
    report(office, "荷塘社区", datetime(2026, 4, 5, 16, 0, tzinfo=UTC))
    assert states(office)["桂花社区"] == ("reported", 0)
    assert states(office)["荷塘社区"] == ("late", 1)


def test_a_correction_after_the_due_day_makes_no_report_late(office):
    report(office, "桂花社区", datetime(2026, 4, 4, tzinfo=UTC))
    report(office, "桂花社区", datetime(2026, 4, 8, tzinfo=UTC), number=6)
    unit = read_reporting(OFFICE, office, "2026-03", now=AFTER).units[0]
    assert (unit.state, unit.arrival.versions, unit.arrival.newest.day) == ("reported", 2, 8)


def test_without_a_due_day_nothing_is_late(sqlite_store):
    set_up(sqlite_store)
    report(sqlite_store, "桂花社区", datetime(2026, 6, 1, tzinfo=UTC))
    view = read_reporting(OFFICE, sqlite_store, "2026-03", now=AFTER)
    assert (view.due, view.rate, view.count("late"), view.count("reported")) == (None, None, 0, 1)


def test_the_share_in_time_is_known_only_once_the_due_day_is_over(office):
    report(office, "桂花社区", datetime(2026, 4, 4, tzinfo=UTC))
    assert read_reporting(OFFICE, office, "2026-03", now=datetime(2026, 4, 5, 15, 59, tzinfo=UTC)).rate is None
    view = read_reporting(OFFICE, office, "2026-03", now=datetime(2026, 4, 5, 16, tzinfo=UTC))
    assert view.rate == pytest.approx(100 / 3)
    assert [(street.name, street.expected, street.rate) for street in view.streets] == [("西街道", 3, view.rate)]


def test_the_office_wants_every_month_up_to_the_last_whole_one_also_those_that_nobody_reported(office):
    report(office, "桂花社区", datetime(2026, 4, 4, tzinfo=UTC))
    assert expected_periods(OFFICE, office, date(2026, 6, 1)) == (
        "2026-05", "2026-04", "2026-03", "2026-02", "2026-01",
    )  # fmt: skip
    assert expected_periods(OFFICE, office, date(2026, 5, 31))[0] == "2026-04"


def test_before_an_edition_is_in_force_no_month_is_expected(sqlite_store):
    assert expected_periods(OFFICE, sqlite_store, date(2026, 6, 1)) == ()


def test_each_sees_the_communities_in_their_charge_and_no_others(office):
    clerk = Grant("li", (Post("clerk", "C02"),))
    assert list(states(office, grant=clerk)) == ["荷塘社区"]
    assert expected_streets(clerk, office, "2026-03") == {"S1": "西街道"}
    with pytest.raises(Refused):
        read_reporting(Grant("ma", (Post("admin"),)), office, "2026-03", now=AFTER)


def test_the_reminder_names_everybody_who_is_missing_and_who_asks(office):
    report(office, "荷塘社区", datetime(2026, 4, 3, tzinfo=UTC))
    text = reminder(read_reporting(OFFICE, office, "2026-03", now=AFTER), "云溪区文明办", "zh_CN", now=AFTER)
    assert "应报 3 个，已报 1 个，以下 2 个未报" in text
    assert "西街道（2 个）：桂花社区、松柏社区" in text
    assert text.endswith("云溪区文明办")


def test_whom_to_call_stands_beside_the_missing_for_those_who_may_know(office):
    units.set_people(OFFICE, office, ("area", "C01"), {"contact": "陈五", "phone": "0571-5550001"}, now=AFTER)
    view = read_reporting(OFFICE, office, "2026-03", now=AFTER)
    assert (view.units[0].contact, view.units[0].phone) == ("陈五", "0571-5550001")
    assert "桂花社区（陈五 0571-5550001）" in reminder(view, "", "zh_CN", now=AFTER)
    assert ["西街道", "桂花社区", "○ 未报", None, None, 0, "已逾期 4 天", "陈五", "0571-5550001"] in sheets_of(
        reporting_workbook(OFFICE, office, "2026-03", "", language="zh_CN", now=AFTER)[1]
    )
    visitor = Grant("share:x", (Post("visitor"),))
    assert read_reporting(visitor, office, "2026-03", now=AFTER).units[0].phone == ""


def test_nobody_is_reminded_where_nobody_is_missing(office):
    for community in ("桂花社区", "荷塘社区", "松柏社区"):
        report(office, community, datetime(2026, 4, 3, tzinfo=UTC))
    assert reminder(read_reporting(OFFICE, office, "2026-03", now=AFTER), "", "zh_CN", now=AFTER) == ""


def test_the_workbook_says_what_the_screen_says(office):
    report(office, "荷塘社区", datetime(2026, 4, 6, 2, tzinfo=UTC))
    name, content = reporting_workbook(OFFICE, office, "2026-03", "", language="zh_CN", now=AFTER)
    assert name == "2026-03 上报情况.xlsx"
    cells = sheets_of(content)
    assert ["西街道", "荷塘社区", "▲ 迟报", "2026-04-06 10:00", "2026-04-06 10:00", 1, "迟 1 天", None, None] in cells
    assert ["西街道", "桂花社区", "○ 未报", None, None, 0, "已逾期 4 天", None, None] in cells
    assert ["西街道", 3, 0, 1, 2, 0] in cells

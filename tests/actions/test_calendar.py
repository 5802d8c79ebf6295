"""What falls due is on the calendar of its month and of no other, with who has it and who has not."""

from datetime import UTC, date, datetime

import pytest

from beicha.actions import settings
from beicha.actions.exports.calendar import FOLDED, calendar_file, calendar_sheets
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.tasks import NewTask, make
from beicha.actions.views.calendar import months_around, read_calendar
from beicha.store import editions
from scoring.edition import Edition
from tests.ui.district import NOW, edition, settle

LATER = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
CLERK = Grant("li", (Post("clerk", "a"),))


def with_dates() -> Edition:
    """The small edition: lectures every quarter, and two themes of which one is due from April on, in spring alone."""
    plain = edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    plain["criteria"][0] |= {"window": "year", "rule": {"kind": "frequency", "times": 2, "every": "quarter"}}
    values = [{"value": "清明", "due": 4}, {"value": "端午", "due": 6}, {"value": "常年"}]
    rule = {"kind": "covers", "field": "theme", "values": values}
    plain["criteria"][1] |= {"due": [3, 4, 5], "window": "year", "rule": rule}
    return Edition.model_validate(plain)


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store, of=with_dates())
    return sqlite_store


def items(store, period, grant=OFFICE, **narrowed):
    view = read_calendar(grant, store, period, now=LATER, **narrowed)
    return [(item.kind, item.criterion, item.what) for item in view.items]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2026-03", [("unit", "A-1", "quarter × 2"), ("season", "B-1", "")]),
        ("2026-04", [("season", "B-1", ""), ("value", "B-1", "清明")]),
        ("2026-05", [("season", "B-1", "")]),
        ("2026-06", [("unit", "A-1", "quarter × 2")]),
        ("2026-07", []),
    ],
)
def test_each_month_has_what_falls_due_in_it(office, period, found):
    assert items(office, period) == found


def test_who_has_it_and_who_has_not_is_told(office):
    item = read_calendar(OFFICE, office, "2026-03", now=LATER).items[0]
    assert (item.met, item.missing) == (2, ("和平社区",))
    assert item.by == date(2026, 3, 31)
    assert read_calendar(OFFICE, office, "2026-09", now=LATER).items[0].met is None


def test_a_street_and_a_line_narrow_it_and_a_clerk_sees_the_own(office):
    assert items(office, "2026-03", line="urban") == [("season", "B-1", "")]
    assert read_calendar(OFFICE, office, "2026-03", "s2", now=LATER).communities == 1
    view = read_calendar(CLERK, office, "2026-03", now=LATER)
    assert (view.communities, view.items[0].met, view.items[0].missing) == (1, 1, ())


def test_the_dates_of_the_work_are_there(office):
    settings.set_due_day(OFFICE, office, 5, NOW)
    settings.set_closes_after(OFFICE, office, 10, NOW)
    for day in (20, 20, 28):
        make(OFFICE, office, [NewTask("a", "2026-04", "", "事", "错", "改", "", (), date(2026, 5, day), {})], now=NOW)
    dates = read_calendar(OFFICE, office, "2026-05", now=LATER).dates
    assert [(one.event, one.day.day, one.period, one.number) for one in dates] == [
        ("report", 5, "2026-04", 0),
        ("close", 15, "2026-04", 0),
        ("task", 20, "2026-05", 2),
        ("task", 28, "2026-05", 1),
    ]


def test_before_any_edition_there_is_none(office):
    assert read_calendar(OFFICE, office, "2026-02", now=LATER) is None
    with office.read() as view:
        assert editions.timeline(view).at("2026-02") is None
    with pytest.raises(KeyError):
        calendar_sheets(OFFICE, office, "2026-02", "", "", language="zh_CN", now=LATER)
    with pytest.raises(Refused):
        read_calendar(Grant("nobody"), office, "2026-03", now=LATER)


def test_a_phone_reads_the_file(office):
    name, content = calendar_file(OFFICE, office, "2026-04", "", "", language="zh_CN", now=LATER)
    assert name == "日历 2026-04.ics"
    lines = content.decode().split("\r\n")
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert "SUMMARY:B-1 写明地点 清明" in lines
    assert "DTSTART;VALUE=DATE:20260430" in lines
    assert max(len(line.encode()) for line in lines) <= FOLDED + 1


def test_the_sheets_hold_the_items_of_the_page(office):
    _, (found, _) = calendar_sheets(OFFICE, office, "2026-03", "", "", language="zh_CN", now=LATER)
    assert [row[1] for row in found.rows] == ["A-1", "B-1"]
    assert found.rows[0][6:] == [2, "和平社区"]


def test_this_month_comes_first_and_a_year_is_ahead():
    months = months_around(date(2026, 12, 15))
    assert (months[0], months[1], months[11], months[-1], len(months)) == (
        "2026-12",
        "2027-01",
        "2027-11",
        "2026-10",
        14,
    )

"""The calendar of a month as sheets, and as a file for the calendars of phones (RFC 5545)."""

from datetime import UTC, date, datetime, timedelta

from beicha.actions.grants import Grant
from beicha.actions.views.calendar import CalendarView, read_calendar
from beicha.papers.sheets import Column, Sheet
from beicha.store import Store
from beicha.words.calendar import event_text, kind_text, what_text
from beicha.words.language import Language, later, say
from beicha.words.times import shown

FOLDED = 73
"""Bytes of a line of a calendar file, with room for the break."""


def calendar_sheets(
    grant: Grant, store: Store, period: str, street: str, line: str, *, language: Language, now: datetime
) -> tuple[str, list[Sheet]]:
    """What the file is called and its sheets; raises Refused, KeyError where no edition is in force."""
    view = _read(grant, store, (period, street, line), now)
    notes = [" · ".join((view.edition, period, shown(now)))]
    sheets = [_items(view, notes, language), _dates(view, notes, language)]
    return say(language, "Calendar {period}", period=period), sheets


def calendar_file(
    grant: Grant, store: Store, period: str, street: str, line: str, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """The month as an .ics file of whole days; raises as ``calendar_sheets``."""
    view = _read(grant, store, (period, street, line), now)
    events = [(one.day, event_text(one.event, one.period, one.number, language)) for one in view.dates]
    for item in view.items:
        what = what_text(item.kind, item.what, language)
        events.append((item.by, " ".join(part for part in (item.criterion, item.title, what) if part)))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//beicha//ZH", "CALSCALE:GREGORIAN"]
    for number, (day, text) in enumerate(events, 1):
        lines += _event(day, text, f"{period}-{number}@beicha", now)
    content = "".join(f"{_folded(text)}\r\n" for text in [*lines, "END:VCALENDAR"])
    return f"{say(language, 'Calendar {period}', period=period)}.ics", content.encode()


def _read(grant: Grant, store: Store, asked: tuple[str, str, str], now: datetime) -> CalendarView:
    view = read_calendar(grant, store, *asked, now=now)
    if view is None:
        raise KeyError(asked)
    return view


def _event(day: date, text: str, uid: str, now: datetime) -> list[str]:
    safe = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return [
        "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}", f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}", f"SUMMARY:{safe}", "END:VEVENT",
    ]  # fmt: skip


def _folded(text: str) -> str:
    """A long line broken as the format asks, between letters and never inside one."""
    parts, size = [""], 0
    for letter in text:
        width = len(letter.encode())
        if size + width > FOLDED:
            parts.append("")
            size = 1
        parts[-1] += letter
        size += width
    return "\r\n ".join(parts)


def _items(view: CalendarView, notes: list[str], language: Language) -> Sheet:
    heads = (
        (later("By"), 12), (later("Criterion"), 12), (later("Title"), 26), (later("To be done"), 22),
        (later("Why due"), 18),
        (later("Line"), 18), (later("Met"), 8), (later("Not yet"), 60),
    )  # fmt: skip
    rows = [
        [
            item.by.isoformat(), item.criterion, item.title, what_text(item.kind, item.what, language) or None,
            kind_text(item.kind, language), item.line, item.met, "、".join(item.missing) or None,
        ]
        for item in view.items
    ]  # fmt: skip
    columns = [Column(say(language, head), width) for head, width in heads]
    return Sheet(say(language, "Falls due"), columns, rows, notes)


def _dates(view: CalendarView, notes: list[str], language: Language) -> Sheet:
    columns = [Column(say(language, "Day"), 12), Column(say(language, "Event"), 40)]
    rows = [[one.day.isoformat(), event_text(one.event, one.period, one.number, language)] for one in view.dates]
    return Sheet(say(language, "Dates"), columns, rows, notes)

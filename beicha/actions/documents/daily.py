"""The day's reports on one page (每日汇总): who reported, the work, the problems, what is to be coordinated."""

from datetime import date, datetime

from beicha.actions.documents.forms import in_form
from beicha.actions.documents.wording import day_text, names
from beicha.actions.grants import Grant
from beicha.actions.settings import district_name
from beicha.actions.views.daily import DailyRow, DailyView, read_daily
from beicha.papers.letter import Block, Grid, GridColumn, Letter, Line
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store
from beicha.words.daily import daily_text
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.times import shown

COLUMNS = (
    GridColumn("单位", 1.2),
    GridColumn("报送", 1.2),
    GridColumn("工作情况", 3),
    GridColumn("存在的问题", 3),
    GridColumn("需协调解决的问题", 2),
)


def daily_paper(grant: Grant, store: Store, day: date, *, now: datetime) -> tuple[str, bytes]:
    """The day as a Word file; raises Refused where the grant reads no reports."""
    view = read_daily(grant, store, day, now=now)
    office = district_name(grant, store)
    missing = names(row.area.name for row in view.rows if row.state == "missing")
    counts = f"应报{len(view.rows)}个单位，按时{view.count('in_time')}个，迟报{view.count('late')}个。"
    told = f"未报：{missing}。" if missing else ""
    blocks: list[Block] = [Line(counts + told), Grid(COLUMNS, [_cells(row) for row in view.rows])]
    letter = Letter(f"{day_text(day)}每日工作汇总", blocks, office, stamps=[f"生成时间 {shown(now)}。"])
    return f"每日汇总{day.isoformat()}.docx", in_form(letter, None, now=now)


def daily_workbook(grant: Grant, store: Store, day: date, *, language: Language, now: datetime) -> tuple[str, bytes]:
    """The day, and the month so far, as a workbook; raises Refused where the grant reads no reports."""
    view = read_daily(grant, store, day, now=now)
    stamps = [f"{day.isoformat()} · {shown(now)}"]
    return f"每日汇总{day.isoformat()}.xlsx", workbook_of(
        [_day(view, stamps, language), _month(view, stamps, language)]
    )


def _cells(row: DailyRow) -> list[str]:
    state = daily_text(row.state, "zh_CN")
    when = f"{state} {shown(row.first)[11:]}" if row.first else state
    if row.report is None:
        return [row.area.name, when, "", "", ""]
    problems = "\n".join(_problem(problem.name, problem.text) for problem in row.problems)
    return [row.area.name, when, row.report.entry.work, problems, row.report.entry.needs]


def _problem(place: str, text: str) -> str:
    return f"{place}：{text}" if place else text


def _day(view: DailyView, stamps: list[str], language: Language) -> Sheet:
    titles = (
        later("Unit"), later("State"), later("First report"), later("Versions"), later("Work done"), later("Problems"),
        later("To be coordinated"), later("Reported by"),
    )  # fmt: skip
    widths = (16, 12, 18, 8, 50, 50, 40, 14)
    columns = [Column(say(language, title), width) for title, width in zip(titles, widths, strict=True)]
    rows = []
    for row in view.rows:
        _, _, work, problems, needs = _cells(row)
        first, by = (shown(row.first) if row.first else None), (row.report.made_by if row.report else None)
        rows.append([row.area.name, daily_text(row.state, language), first, row.versions, work, problems, needs, by])
    return Sheet(say(language, "Daily reports {day}", day=view.day.isoformat()), columns, rows, stamps)


def _month(view: DailyView, stamps: list[str], language: Language) -> Sheet:
    columns = (
        Column(say(language, "Unit"), 16),
        Column(say(language, "Expected"), 8),
        Column(say(language, "On time"), 8),
        Column(say(language, "Reported late"), 8),
        Column(say(language, "In time %"), 10),
    )
    rows = [
        [one.name, one.expected, one.in_time, one.late, None if one.rate is None else float(rounded(one.rate))]
        for one in view.month
    ]
    return Sheet(say(language, "The month so far"), columns, rows, stamps)

"""What clerks do around the tables: titles, covers, sheets, names of files, and the format in which they save."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from scoring.periods import period_text
from tests.mess.draft import COMMUNITY, Cell, Draft, Page, Table
from tests.mess.facts import COMMUNITIES
from tests.mess.habits import FILE, SHEETS, habit, of_communities
from tests.mess.workbook import TEXT_KINDS, WEB_PAGE


def _month(draft: Draft) -> str:
    year, number = divmod(draft.facts.month, 12)
    return f"{year}年{number + 1}月"


# ---------------------------------------------------------------------------------------------------------------------
# Lines above a table
# ---------------------------------------------------------------------------------------------------------------------


@habit(1, SHEETS)
def titles_above_the_headings(draft: Draft, rng: Random) -> None:
    """habit 1: a title over the whole width, 附件1 before it, a line with unit and date below it."""
    name = draft.facts.community.name if of_communities(draft) else "云溪区"
    lines = [
        *(f"附件{rng.randint(1, 9)}", "附件：", "附表1"),
        *(f"{name}{_month(draft)}%s登记表", "%s台账", f"{_month(draft)}%s情况统计表", "云溪区文明办制"),
    ]
    units = (
        f"单位名称：{name}        {_month(draft)}",
        f"填报单位（盖章）：{name}",
        "单位名称：            年   月   日",
    )
    for table in draft.tables:
        titles = rng.sample(lines, rng.randint(1, 3)) + [rng.choice(units)] * rng.randint(0, 1)
        table.above = [[text.replace("%s", table.ledger.title)] for text in titles]
        table.merges_titles = rng.random() < 0.5


@habit(1, SHEETS)
def units_in_cells_above(draft: Draft, rng: Random) -> None:
    """habit 1: 单位名称： and 填报时间： with their values in cells of their own above the headings."""
    name = draft.facts.community.name if of_communities(draft) else "云溪区文明办"
    for table in draft.tables:
        table.above.append(["填报单位：", name, "", "填报月份：", _month(draft)])
        if rng.random() < 0.5:
            table.above.append(["填报时间：", "2027年1月5日"])


@habit(1, SHEETS, fits=of_communities)
def titles_in_place_of_a_cover(draft: Draft, rng: Random) -> None:
    """habit 1: no cover; a title names community and month."""
    draft.cover = None
    name, month = draft.facts.community.name, _month(draft)
    for table in draft.tables:
        text = rng.choice((f"{name}{month}{table.ledger.title}", f"单位名称：{name}   月份：{month}"))
        table.above.insert(0, [text])


# ---------------------------------------------------------------------------------------------------------------------
# Covers and names
# ---------------------------------------------------------------------------------------------------------------------


@habit(1, SHEETS)
def covers_in_other_words(draft: Draft, rng: Random) -> None:
    """habit 1: a cover with other labels, in other rows, the month in any writing, under another sheet name."""
    if draft.cover is None:
        return
    year, number = divmod(draft.facts.month, 12)
    months: tuple[Any, ...] = (
        *(
            _month(draft),
            f"{_month(draft)}份",
            f"{year}.{number + 1:02}",
            f"{year}/{number + 1}",
            f"{year}-{number + 1:02}",
        ),
        *(
            year * 100 + number + 1,
            f"{year}{number + 1:02}",
            date(year, number + 1, 1),
            f"{year} 年 {number + 1} 月",
            f"{year}年{number + 1:02}月",
        ),
    )
    community, month = rng.choice(("社区名称", "单位名称", "填报单位", "报送单位：", "社 区：")), rng.choice(months)
    label = rng.choice(("月份：", "填报月份", "上报月份", "所属月份：", "月 份"))
    gap = [[] for _ in range(rng.randint(0, 4))]
    lines = [[community, draft.facts.community.name]] if of_communities(draft) else []
    draft.cover = [
        ["附件1"],
        ["全国文明城市创建档案"],
        *gap,
        *lines,
        [label, month],
        [],
        ["填报人：", "张三"],
        ["填报日期：", "2027年1月5日"],
    ]
    draft.cover_name = rng.choice(("封面", "首页", "Sheet1", "封 面"))


@habit(10, SHEETS, fits=of_communities)
def covers_with_other_spellings(draft: Draft, rng: Random) -> None:
    """habit 10: 桂花社居委, 桂花居委会, 桂花 or 西街道桂花社区 on the cover."""
    name = draft.facts.community.name
    bare = name.removesuffix("社区")
    street = {"S1": "西街道", "S2": "东城街道"}[draft.facts.community.parent or ""]
    forms = (
        bare,
        f"{bare}社居委",
        f"{bare}居委会",
        f"{name}居民委员会",
        f"{street}{name}",
        f" {bare} 社区 ",
        f"{name}（盖章）",
    )
    for row in draft.cover or []:
        row[1:] = [rng.choice(forms) if cell == name else cell for cell in row[1:]]


@habit(27, FILE, fits=of_communities)
def names_of_files_that_tell(draft: Draft, rng: Random) -> None:
    """habit 27: no cover; the file is named 桂花社区2026年7月.xlsx or the like."""
    if any(table.above for table in draft.tables):
        return
    draft.cover = None
    name, month, short = draft.facts.community.name, _month(draft), period_text(draft.facts.month)
    forms = (
        f"{name}{month}",
        f"{short}{name}创建台账（终稿）",
        f"{name}（{month}）创建档案 - 副本",
        f"{month}{name}上报材料(1)",
        f"西街道{name}_{short}",
    )
    draft.stem = rng.choice(forms)


@habit(27, FILE, harmless=False)
def names_of_files_from_last_month(draft: Draft, rng: Random) -> None:
    """habit 27: a file copied from the month before and not renamed: the clerk is asked."""
    if draft.cover is not None:
        draft.stem = f"{draft.facts.community.name}{period_text(draft.facts.month - 1)}"


@habit(27, FILE, fits=of_communities)
def choices_made_beside_the_file(draft: Draft, rng: Random) -> None:
    """habit 27: nothing in the file tells community and month; the clerk chooses them."""
    if not any(table.above for table in draft.tables):
        draft.cover, draft.given = None, True


# ---------------------------------------------------------------------------------------------------------------------
# Sheets
# ---------------------------------------------------------------------------------------------------------------------


@habit(15, SHEETS)
def sheets_by_other_names(draft: Draft, rng: Random) -> None:
    """habit 15: sheets named after the ledger in other words, with numbers and months."""
    for at, page in enumerate(draft.pages, 1):
        ledger = page.tables[0].ledger
        name = rng.choice((ledger.title, *ledger.aliases))
        page.name = rng.choice(
            (name, f"{at}.{name}", f"{name}（7月）", f"附件{at}{name}", f"表{at} {name}", f"{name}{at}")
        )[:31]


@habit(15, SHEETS)
def sheets_without_names(draft: Draft, rng: Random) -> None:
    """habit 15: Sheet1, Sheet2 …"""
    for at, page in enumerate(draft.pages, 2):
        page.name = f"Sheet{at}"


@habit(15, SHEETS)
def tables_on_one_sheet(draft: Draft, rng: Random) -> None:
    """habit 15: several tables one below the other on a sheet, each with its title."""
    if len(draft.pages) < 2:
        return
    for table in draft.tables:
        table.above = table.above or [[table.ledger.title]]
    draft.pages = [Page("台账汇总", draft.tables, gap=rng.randint(1, 3))]


@habit(15, SHEETS)
def tables_on_one_sheet_without_titles(draft: Draft, rng: Random) -> None:
    """habit 15: several tables one below the other, with nothing but a blank row between them."""
    if len(draft.pages) > 1:
        draft.pages = [Page("全部台账", draft.tables, gap=rng.randint(1, 2))]


@habit(15, SHEETS)
def tables_side_by_side(draft: Draft, rng: Random) -> None:
    """habit 15: several tables beside each other, with a blank column or two between them."""
    if len(draft.pages) > 1:
        draft.pages = [Page("全部台账", draft.tables, gap=rng.randint(1, 2), beside=True)]


@habit(15, SHEETS)
def ledgers_over_several_sheets(draft: Draft, rng: Random) -> None:
    """habit 15: one ledger on two sheets, or as two tables with the same headings on one."""
    page = draft.pages[0]
    table = page.tables[0]
    if len(page.tables) > 1 or len(table.lines) < 2 or table.spans:
        return
    second = replace(
        table, columns=list(table.columns), lines=table.lines[1:], above=[list(row) for row in table.above]
    )
    table.lines = table.lines[:1]
    if rng.random() < 0.5:
        page.tables.append(second)
        second.above = second.above or [[f"{table.ledger.title}（二）"]]
    else:
        draft.pages.insert(1, Page(f"{page.name[:20]}（二）", [second]))


@habit(15, SHEETS)
def sheets_that_hold_no_ledger(draft: Draft, rng: Random) -> None:
    """habit 15: 填表说明, 目录, a list of contacts or a hidden sheet among the others."""
    others = (
        ("填表说明", [["一、本表由社区填写。"], ["二、活动日期写到日。"]], False),
        ("目录", [["1", "道德讲堂"], ["2", "志愿服务"]], False),
        ("通讯录", [["部门", "姓名", "分机"], ["文明办", "张三", 1234]], False),
        ("Sheet9", [], False),
        ("旧数据", [["2019年", 3], ["2020年", 4]], True),
    )
    draft.others += rng.sample(others, 2)


@habit(25, SHEETS)
def sheets_hidden(draft: Draft, rng: Random) -> None:
    """habit 25: a ledger on a hidden sheet; it counts all the same."""
    if draft.cover is not None:
        rng.choice(draft.pages).hidden = True


@habit(25, SHEETS)
def tables_that_start_further_down(draft: Draft, rng: Random) -> None:
    """habit 25: blank rows and columns before the table."""
    for page in draft.pages:
        page.top, page.left = rng.randint(0, 6), rng.randint(0, 3)


@habit(10, FILE, harmless=False, fits=of_communities)
def sheets_of_several_communities(draft: Draft, rng: Random) -> None:
    """habit 10: one workbook for several communities, a sheet for each."""
    if draft.cover is None:
        return
    draft.cover = [["西街道创建档案汇总"], ["月份", period_text(draft.facts.month)]]
    pages = []
    for community in rng.sample(COMMUNITIES, 2):
        for page in draft.pages:
            tables = [_of(table, community) for table in page.tables]
            pages.append(Page(f"{community.name}{page.name}"[:31], tables, gap=page.gap))
    draft.pages = pages


def _of(table: Table, community) -> Table:
    named = {COMMUNITY: Cell(community.name)}
    lines = [
        replace(line, cells={**line.cells, **(named if COMMUNITY in line.cells else {})}, community=community)
        for line in table.lines
    ]
    above = [[f"单位名称：{community.name}"]]
    return replace(table, columns=list(table.columns), lines=lines, above=above, spans=list(table.spans))


# ---------------------------------------------------------------------------------------------------------------------
# Formats
# ---------------------------------------------------------------------------------------------------------------------


@habit(28, FILE)
def saved_as_text(draft: Draft, rng: Random) -> None:
    """habit 28: saved as .csv in GB18030, UTF-8 or UTF-16, with commas, semicolons or tabs."""
    has_bands = any(line.is_wide and not line.is_item for table in draft.tables for line in table.lines)
    if len(draft.tables) > 1 or has_bands:
        return
    draft.kind = rng.choice(sorted(TEXT_KINDS))
    draft.cover, draft.given = None, True
    page = draft.pages[0]
    table = page.tables[0]
    table.spans = []
    draft.stem = page.name
    _without_formulas(table)
    for line in table.lines:
        for key, cell in line.cells.items():
            if cell.codes == ("merged_number",):
                line.cells[key] = replace(cell, codes=())


@habit(28, FILE)
def saved_as_a_web_page(draft: Draft, rng: Random) -> None:
    """habit 28: a table of a web page under the name of an .xls, as another system gave it out."""
    if len(draft.tables) > 1 or draft.kind != "xlsx":
        return
    draft.kind, draft.cover, draft.given = WEB_PAGE, None, True
    draft.stem = draft.pages[0].name
    _without_formulas(draft.pages[0].tables[0])


def _without_formulas(table: Table) -> None:
    for line in table.lines:
        for key, cell in line.cells.items():
            if str(cell.wrote).startswith("="):
                line.cells[key] = replace(cell, wrote="12")


@habit(28, FILE)
def dates_counted_from_1904(draft: Draft, rng: Random) -> None:
    """habit 28: a workbook from a Macintosh, whose dates count from 1904."""
    is_serial = any("date_from_number" in cell.codes for line in _lines(draft) for cell in line.cells.values())
    draft.epoch_1904 = not is_serial


@habit(28, FILE)
def dates_in_chinese_built_in_formats(draft: Draft, rng: Random) -> None:
    """habit 28: dates in the formats 27, 28, 31, 57 and 58, which Chinese Excel knows without a pattern."""
    draft.chinese_format = rng.choice((27, 28, 30, 31, 36, 50, 57, 58))
    for line in _lines(draft):
        for key, cell in line.cells.items():
            if isinstance(cell.wrote, date) and isinstance(cell.want, date):
                line.cells[key] = Cell(cell.wrote, cell.want, "mm-dd-yy", cell.codes)


def _lines(draft: Draft):
    return [line for table in draft.tables for line in table.items]

"""The year's result as a paper and a workbook (年度考核结果): communities, lines, bands, awards and their rule."""

from datetime import datetime

import pandas as pd

from beicha.actions.awards import NAMES, rule_text
from beicha.actions.deadlines import day_of
from beicha.actions.documents.forms import in_form
from beicha.actions.documents.scope import Nothing
from beicha.actions.documents.wording import heading, names, subheading
from beicha.actions.grants import Grant, require
from beicha.actions.settings import district_name
from beicha.actions.views.annual import AnnualView, read_annual
from beicha.papers.letter import Annex, Block, Grid, GridColumn, Letter, Line
from beicha.papers.sheets import Column, Sheet, workbook_of
from beicha.store import Store
from beicha.words.language import Language, say
from beicha.words.numbers import NONE, plain, rounded, score
from beicha.words.times import shown


def annual_paper(grant: Grant, store: Store, year: int, *, unreviewed: bool, now: datetime) -> tuple[str, bytes]:
    """The year's result as a Word file; raises Refused, Nothing where the year has no score."""
    require(grant, "papers")
    view = read_annual(grant, store, year, unreviewed=unreviewed, now=now)
    if view is None:
        raise Nothing(str(year))
    office = district_name(grant, store)
    blocks: list[Block] = [Line(_opening(view))]
    blocks += [Line(heading(1, "社区得分与奖次"), "one"), *_awards(view)]
    blocks += [Line(heading(2, "条线得分"), "one"), _lines(view)]
    letter = Letter(
        f"关于{year}年度文明城市创建\n考核结果的通报", blocks, office, annexes=_annexes(view),
        to="各街道、各社区、各有关单位", signature=office, day=day_of(now), stamps=_stamps(view, now),
    )  # fmt: skip
    return f"{year}年度考核结果.docx", in_form(letter, None, now=now)


def annual_workbook(
    grant: Grant, store: Store, year: int, *, unreviewed: bool, language: Language, now: datetime
) -> tuple[str, bytes]:
    """The same as a workbook, a sheet for communities and one for lines; raises Refused, KeyError for no such year."""
    view = read_annual(grant, store, year, unreviewed=unreviewed, now=now)
    if view is None:
        raise KeyError(year)
    stamps = [*_stamps(view, now), rule_text(view.rule)]
    sheets = [_sheet(view, stamps, language), _line_sheet(view, stamps, language)]
    return f"{year}年度考核结果.xlsx", workbook_of(sheets)


def _opening(view: AnnualView) -> str:
    text = f"{view.year}年度得分为本年已定版各月得分的平均数（{len(view.months)}个月）。"
    if view.unreviewed:
        text = f"{view.year}年度得分为本年各月得分的平均数（{len(view.months)}个月，含未审核的上报）。"
    if view.left_out:
        told = names(f"{name}（{number}个月）" for name, number in view.left_out.items())
        text += f"未定版而没有计入的月份：{told}。"
    return f"{text}奖次规则：{rule_text(view.rule)}；触及一票否决、前置条件不达标的不评奖。"


def _awards(view: AnnualView) -> list[Block]:
    blocks: list[Block] = []
    for number, (name, table) in enumerate(view.communities.groupby("rank_class", sort=True), 1):
        blocks.append(Line(subheading(number, str(name) or "全部社区"), "two"))
        for award in NAMES:
            won = table[table["award"] == award]
            if not won.empty:
                blocks.append(Line(f"{award}：{names(won['name'])}。"))
        barred = table[table["bars"] != ""]
        if not barred.empty:
            told = names(f"{row['name']}（{row['bars']}）" for _, row in barred.iterrows())
            blocks.append(Line(f"不评奖：{told}。"))
    return blocks


def _lines(view: AnnualView) -> Grid:
    columns = (GridColumn("条线", 3), GridColumn("年度得分", 1, "right"))
    return Grid(columns, [[row["title"], score(row["score"])] for _, row in view.lines.iterrows()])


def _annexes(view: AnnualView) -> list[Annex]:
    months = [GridColumn(f"{int(period[5:])}月", 1.0, "right") for period in view.months]
    columns = [GridColumn("名次", 0.7, "center"), GridColumn("社区", 1.6), *months]
    columns += [GridColumn("年度", 0.9, "right"), GridColumn("等次", 1.1), GridColumn("奖次", 1)]
    grids: list[Block] = []
    for name, table in view.communities.groupby("rank_class", sort=True):
        rows = [
            [
                str(row["place"] or NONE), row["name"], *(score(row[period]) for period in view.months),
                score(row["score"]), row["band"], row["award"],
            ]
            for _, row in table.iterrows()
        ]  # fmt: skip
        grids.append(Grid(columns, rows, str(name)))
    return [Annex("社区年度得分", grids), *_cycle_annex(view)]


def _cycle_annex(view: AnnualView) -> list[Annex]:
    if len(view.years) < 2:
        return []
    told = "、".join(f"{year}年（权重{plain(weight)}）" for year, weight in view.years)
    columns = (GridColumn("名次", 0.7, "center"), GridColumn("社区", 2), GridColumn("届期得分", 1, "right"))
    ordered = view.communities.sort_values(["rank_class", "cycle_place", "order"], kind="stable")
    blocks: list[Block] = [Line(f"届期得分按{told}加权平均。")]
    for name, table in ordered.groupby("rank_class", sort=True):
        rows = [[str(row["cycle_place"] or NONE), row["name"], score(row["cycle"])] for _, row in table.iterrows()]
        blocks.append(Grid(columns, rows, str(name)))
    return [Annex("届期得分", blocks)]


def _stamps(view: AnnualView, now: datetime) -> list[str]:
    digests = "、".join(digest[:12] for digest in view.digests)
    reviewed = "含未审核的上报" if view.unreviewed else "只含已定版的月份"
    return [f"测评体系：{view.edition}（{digests}）。", f"{view.year}年，{reviewed}。生成时间 {shown(now)}。"]


def _sheet(view: AnnualView, stamps: list[str], language: Language) -> Sheet:
    columns = [
        Column(say(language, "Class"), 10),
        Column(say(language, "Rank"), 8),
        Column(say(language, "Community"), 16),
        Column(say(language, "Street"), 16),
        *(Column(period, 10) for period in view.months),
        Column(say(language, "Year"), 10),
        Column(say(language, "Band"), 12),
        Column(say(language, "Award"), 12),
        Column(say(language, "No award because of"), 24),
        Column(say(language, "Cycle"), 10),
    ]
    rows = [
        [
            row["rank_class"], int(row["place"]) or None, row["name"], row["street"],
            *(_number(row[period]) for period in view.months), _number(row["score"]), row["band"] or None,
            row["award"] or None, row["bars"] or None, _number(row["cycle"]),
        ]
        for _, row in view.communities.iterrows()
    ]  # fmt: skip
    return Sheet(say(language, "Communities {year}", year=view.year), columns, rows, stamps)


def _line_sheet(view: AnnualView, stamps: list[str], language: Language) -> Sheet:
    columns = [Column(say(language, "Line"), 24), *(Column(period, 10) for period in view.months)]
    columns.append(Column(say(language, "Year"), 10))
    rows = [
        [row["title"], *(_number(row[period]) for period in view.months), _number(row["score"])]
        for _, row in view.lines.iterrows()
    ]
    return Sheet(say(language, "Lines {year}", year=view.year), columns, rows, stamps)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(rounded(value))

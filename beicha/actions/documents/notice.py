"""The monthly notice (通报): how the month stands, places by class, what lost points, what is asked, and the tables.

Its parts follow what offices publish: the best are named, the weak are hinted at (有的社区), and the tables hold all.
"""

from collections.abc import Sequence

import pandas as pd

from beicha.actions.documents.scope import Basis
from beicha.actions.documents.weak import WeakCriterion, weak_criteria
from beicha.actions.documents.wording import (
    heading,
    month_text,
    moved_places,
    moved_points,
    names,
    placed_names,
    short_day,
    subheading,
)
from beicha.actions.views.tasks import TaskRow
from beicha.papers.letter import Annex, Block, Grid, GridColumn, Letter, Line
from beicha.words.numbers import percent, plain, score, signed
from scoring.rules import TOLERANCE

FIRST_PLACES, RISING, WEAKEST, LISTED = 3, 3, 5, 20


def notice(basis: Basis) -> Letter:
    """The notice of a month."""
    weak = weak_criteria(basis.month, basis.members)
    parts = [_general(basis), _places(basis), _weak(weak), _tasks(basis), _demands(basis)]
    blocks: list[Block] = [Line(_opening(basis))]
    for number, (title, lines) in enumerate(parts, 1):
        blocks += [Line(heading(number, title), "one"), *lines]
    return Letter(
        title=f"关于{month_text(basis.ask.period)}{basis.area}文明城市创建\n测评情况的通报",
        blocks=blocks,
        organ=basis.office,
        number=basis.ask.number,
        to="各街道、各社区、各有关单位",
        annexes=_annexes(basis, weak),
        signature=basis.office,
        day=basis.today,
        stamps=basis.stamps,
    )


def _opening(basis: Basis) -> str:
    view, kept = basis.overview, len(basis.ranking)
    text = (
        f"现将{month_text(basis.ask.period)}测评情况通报如下。本期依据《{view.edition}》，"
        f"{view.name}共{view.communities}个社区，其中{kept}个列入排名。"
    )
    if basis.ask.street:
        text += "名次是这些社区之间的名次，不是全区名次。"
    if basis.left_out:
        text += f"未列入排名的有：{names(f'{name}（{why}）' for name, why in basis.left_out.items())}。"
    return text


def _general(basis: Basis) -> tuple[str, list[Block]]:
    reporting, table = basis.reporting, basis.ranking
    reached = int((table["distance"] >= -TOLERANCE).sum())
    share = percent(reached / len(table))
    rate = "" if reporting.rate is None else f"，按时率{percent(reporting.rate / 100)}"
    counts = {state: reporting.count(state) for state in ("reported", "late", "not_reported")}
    lines = [
        f"应报社区{len(reporting.units)}个，按时上报{counts['reported']}个，迟报{counts['late']}个，"
        f"未报{counts['not_reported']}个{rate}。",
        f"列入排名的社区平均得分{score(basis.score)}分{moved_points(basis.change)}；最高{score(table['score'].max())}分，"
        f"最低{score(table['score'].min())}分。达到合格线{plain(basis.overview.pass_mark)}分的{reached}个，占{share}。",
    ]
    return "总体情况", [Line(text) for text in [*lines, *_flags(table)]]


def _flags(table: pd.DataFrame) -> list[str]:
    """Preconditions that are not met and vetoes: how many, without names."""
    gates, vetoes = int((table["gates"].map(len) > 0).sum()), int((table["vetoes"].map(len) > 0).sum())
    texts = [f"前置条件不达标的{gates}个"] if gates else []
    texts += [f"触及一票否决事项的{vetoes}个"] if vetoes else []
    return [f"其中{'，'.join(texts)}，详见附件。"] if texts else []


def _places(basis: Basis) -> tuple[str, list[Block]]:
    blocks: list[Block] = []
    for number, (rank_class, table) in enumerate(basis.ranking.groupby("rank_class", sort=True), 1):
        title = str(rank_class) or "全部社区"
        blocks.append(Line(subheading(number, f"{title}（{len(table)}个）"), "two"))
        blocks.append(Line(f"{placed_names(table, FIRST_PLACES)}。{_risen(table)}"))
    return "排名情况", blocks


def _risen(table: pd.DataFrame) -> str:
    """Who rose most, in places and in points; the others stand in the annex."""
    risen = (
        table[(table["moved"].fillna(0) > 0) & (table["change"] > 0)]
        .sort_values("moved", ascending=False, kind="stable")
        .head(RISING)
    )
    if risen.empty:
        return ""
    told = (f"{row['name']}（上升{row['moved']}位{_points(row['change'])}）" for _, row in risen.iterrows())
    return f"进步较大的有：{names(told)}。"


def _points(change: float) -> str:
    return moved_points(change, against="得分")


def _weak(weak: tuple[WeakCriterion, ...]) -> tuple[str, list[Block]]:
    if not weak:
        return "存在的问题", [Line("列入排名的社区本月无丢分项。")]
    blocks: list[Block] = [Line(f"本月共有{len(weak)}条测评标准丢分，丢分较多的是：")]
    for number, one in enumerate(weak[:WEAKEST], 1):
        lead = f"，主责{one.line}" if one.line else ""
        blocks.append(Line(f"{number}. {one.title}（{one.code}{lead}）", "three"))
        blocks.append(Line(f"有的社区{one.why}。{one.communities}个社区在这一条丢分，合计{score(one.lost)}分。"))
    return "存在的问题", blocks


def _tasks(basis: Basis) -> tuple[str, list[Block]]:
    total, tasks = basis.tasks.total, basis.tasks
    if not total.all:
        return "整改情况", [Line("目前没有下达的整改任务。")]
    rate = "" if total.rate is None else f"，整改率{percent(total.rate / 100)}"
    text = (
        f"累计下达整改任务{total.all}项，已销号{total.closed}项{rate}；待整改{tasks.count('open')}项，"
        f"待复核{tasks.count('claimed')}项，逾期{total.late}项。"
    )
    return "整改情况", [Line(text)]


def _demands(basis: Basis) -> tuple[str, list[Block]]:
    own = [Line(text.strip()) for text in basis.ask.added.splitlines() if text.strip()]
    office = basis.office or "区文明办"
    text = (
        f"请各单位对照附件逐条整改，主责条线牵头，配合条线协同，于{short_day(basis.reply_by)}前将整改情况报{office}。"
    )
    return "工作要求", [*own, Line(text)]


def _annexes(basis: Basis, weak: tuple[WeakCriterion, ...]) -> list[Annex]:
    annexes = [Annex("社区得分及排名", [_ranking(name, table) for name, table in _classes(basis)])]
    annexes.append(Annex("各测评项目得分率", [_sections(basis)]))
    if weak:
        annexes.append(Annex("丢分的测评标准", [_criteria(weak)]))
    late = [row for row in basis.tasks.rows if row.late]
    return annexes + ([Annex("逾期未销号的整改任务", [late_tasks(late)])] if late else [])


def _classes(basis: Basis) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), table) for name, table in basis.ranking.groupby("rank_class", sort=True)]


def _ranking(name: str, table: pd.DataFrame) -> Grid:
    columns = (
        GridColumn("名次", 0.8, "center"),
        GridColumn("社区", 1.7),
        GridColumn("街道", 1.6),
        GridColumn("得分", 1.1, "right"),
        GridColumn("较上月", 1.1, "right"),
        GridColumn("名次变化", 1.2, "center"),
        GridColumn("距合格线", 1.2, "right"),
        GridColumn("备注", 2.6),
    )
    rows = [
        [
            str(row["place"]), row["name"], row["street"], score(row["score"]), signed(row["change"]),
            moved_places(row["moved"]), signed(row["distance"]), _remark(row),
        ]
        for _, row in table.iterrows()
    ]  # fmt: skip
    return Grid(columns, rows, name)


def _remark(row: pd.Series) -> str:
    parts = [] if row["reported"] else ["本月未报"]
    parts += [f"前置条件不达标：{names(row['gates'])}"] if row["gates"] else []
    parts += [f"一票否决：{names(row['vetoes'])}"] if row["vetoes"] else []
    return "；".join(parts)


def _sections(basis: Basis) -> Grid:
    titles = basis.overview.section_titles
    columns = [GridColumn("社区", 1.8), *(GridColumn(title, 1.1, "right") for title in titles.values())]
    rates = basis.overview.sections.loc[basis.ranking.index]
    rows = [
        [basis.ranking.loc[code, "name"], *(score(rates.loc[code, section]) for section in titles)]
        for code in basis.ranking.index
    ]
    return Grid(columns, rows, "得分率（%）")


def _criteria(weak: tuple[WeakCriterion, ...]) -> Grid:
    columns = (
        GridColumn("代码", 0.8),
        GridColumn("测评标准", 3),
        GridColumn("主责条线", 1.6),
        GridColumn("丢分社区", 0.9, "right"),
        GridColumn("合计丢分", 1, "right"),
    )
    rows = [[one.code, one.title, one.line, str(one.communities), score(one.lost)] for one in weak[:LISTED]]
    return Grid(columns, rows)


def late_tasks(rows: Sequence[TaskRow]) -> Grid:
    """The tasks that are overdue, with who answers for them."""
    columns = (
        GridColumn("编号", 1.1),
        GridColumn("社区", 1.3),
        GridColumn("问题", 3),
        GridColumn("主责条线", 1.3),
        GridColumn("第一责任人", 1.1),
        GridColumn("整改期限", 1.6),
        GridColumn("逾期天数", 0.8, "right"),
    )
    cells = [
        [
            f"{row.task.id:06d}", row.name, row.task.new.problem or row.task.new.title, row.lead,
            row.task.new.responsible.get("first", ""), row.due.isoformat(), str(row.late),
        ]
        for row in rows
    ]  # fmt: skip
    return Grid(columns, cells)

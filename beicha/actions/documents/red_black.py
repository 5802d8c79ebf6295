"""Red and black lists (红黑榜): the first and the last of every class, each with one line of why. Red is praise."""

import pandas as pd

from beicha.actions.documents.scope import Basis
from beicha.actions.documents.weak import weak_criteria
from beicha.actions.documents.wording import month_text, moved_points, names, subheading
from beicha.papers.letter import Block, Grid, GridColumn, Letter, Line
from beicha.words.numbers import plain, score
from scoring.rules import TOLERANCE

PLACES = 3
COLUMNS = (
    GridColumn("名次", 0.7, "center"),
    GridColumn("社区", 1.4),
    GridColumn("得分", 0.9, "right"),
    GridColumn("理由", 5),
)


def red_black(basis: Basis) -> Letter:
    """The first places that reach the pass mark, and the last places that do not, class by class."""
    blocks: list[Block] = [Line("一、红榜（表扬）", "one"), *_side(basis, good=True)]
    blocks += [Line("二、黑榜（通报批评）", "one"), *_side(basis, good=False)]
    if basis.left_out:
        told = names(f"{name}（{why}）" for name, why in basis.left_out.items())
        blocks.append(Line(f"未列入排名的有：{told}。"))
    mark = plain(basis.overview.pass_mark)
    rule = f"每类社区前{PLACES}名且达到{mark}分的列入红榜，后{PLACES}名且不到{mark}分的列入黑榜。"
    return Letter(
        f"{month_text(basis.ask.period)}{basis.area}文明城市创建\n社区红黑榜",
        [Line(rule), *blocks],
        basis.office,
        basis.ask.number,
        signature=basis.office,
        day=basis.today,
        stamps=basis.stamps,
    )


def _side(basis: Basis, *, good: bool) -> list[Block]:
    blocks: list[Block] = []
    for number, (name, table) in enumerate(basis.ranking.groupby("rank_class", sort=True), 1):
        chosen = _chosen(table, good=good)
        blocks.append(Line(subheading(number, str(name) or "全部社区"), "two"))
        if chosen.empty:
            blocks.append(Line("无。"))
            continue
        rows = [
            [str(row["place"]), row["name"], score(row["score"]), _why(basis, str(code), row, good=good)]
            for code, row in chosen.iterrows()
        ]
        blocks.append(Grid(COLUMNS, rows))
    return blocks


def _chosen(table: pd.DataFrame, *, good: bool) -> pd.DataFrame:
    """The first or last places; those on the same place stand together, and who reports nothing is not praised."""
    passes = table["distance"] >= -TOLERANCE
    flagged = (table["gates"].map(len) > 0) | (table["vetoes"].map(len) > 0) | ~table["reported"]
    first, last = table["place"] <= PLACES, table["place"] > table["place"].max() - PLACES
    return table.loc[passes & ~flagged & first if good else ~passes & last]


def _why(basis: Basis, code: str, row: pd.Series, *, good: bool) -> str:
    """How it moved, and what is full marks or lost most."""
    moved = moved_points(row["change"]).removeprefix("，")
    if good:
        moved = moved if row["change"] > 0 else "达到合格线"
        rates = basis.overview.sections.loc[code]
        full = [title for section, title in basis.overview.section_titles.items() if rates[section] >= 100 - TOLERANCE]
        told = f"{names(full)}得满分" if full else ""
    else:
        member = basis.month.standing.cells.communities.index(code)
        weak = weak_criteria(basis.month, basis.members[basis.members == member])[:2]
        told = f"丢分较多的是{names(one.title for one in weak)}" if weak else ""
        told = f"本月未报；{told}" if not row["reported"] else told
    return "；".join(part for part in (moved, told) if part)

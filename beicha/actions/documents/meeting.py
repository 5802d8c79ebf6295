"""The pack for the monthly meeting (例会材料): what was done and not done, and what is to be decided."""

from beicha.actions.documents.notice import late_tasks
from beicha.actions.documents.scope import Basis
from beicha.actions.documents.weak import weak_criteria
from beicha.actions.documents.wording import heading, month_text, moved_points, names
from beicha.papers.letter import Block, Grid, GridColumn, Letter, Line
from beicha.words.numbers import NONE, percent, plain, score, signed

WEAKEST = 8
DECISIONS = 5


def meeting(basis: Basis) -> Letter:
    """What the meeting looks at, in the order of its agenda."""
    parts = [
        ("上报情况", _reporting(basis)),
        ("得分情况", _scores(basis)),
        ("失分较多的测评标准", _weak(basis)),
        ("整改任务", _tasks(basis)),
        ("需要会议研究的事项", _decisions()),
    ]
    blocks: list[Block] = []
    for number, (title, part) in enumerate(parts, 1):
        blocks += [Line(heading(number, title), "one"), *part]
    own = [Line(text.strip()) for text in basis.ask.added.splitlines() if text.strip()]
    return Letter(
        f"{month_text(basis.ask.period)}{basis.area}文明城市创建\n工作例会材料",
        [*own, *blocks],
        basis.office,
        basis.ask.number,
        signature=basis.office,
        day=basis.today,
        stamps=basis.stamps,
    )


def _reporting(basis: Basis) -> list[Block]:
    view = basis.reporting
    missing = names(unit.name for unit in view.of_state("not_reported"))
    columns = (
        GridColumn("街道", 2),
        GridColumn("应报", 1, "right"),
        GridColumn("按时", 1, "right"),
        GridColumn("迟报", 1, "right"),
        GridColumn("未报", 1, "right"),
        GridColumn("按时率", 1.2, "right"),
    )
    rows = [
        [street.name or NONE, str(street.expected), *(str(n) for n in street.counts.values()), _rate(street.rate)]
        for street in view.streets
    ]
    told = f"未报的有：{missing}。" if missing else "应报社区全部上报。"
    return [Line(f"应报{len(view.units)}个，按时率{_rate(view.rate)}。{told}"), Grid(columns, rows)]


def _scores(basis: Basis) -> list[Block]:
    mark, mean, moved = plain(basis.overview.pass_mark), score(basis.score), moved_points(basis.change)
    text = f"列入统计的{len(basis.ranking)}个社区平均{mean}分{moved}，合格线{mark}分。"
    short = basis.ranking[basis.ranking["distance"] < 0].sort_values("score", kind="stable")
    columns = (
        GridColumn("未达到合格线的社区", 2),
        GridColumn("街道", 2),
        GridColumn("得分", 1, "right"),
        GridColumn("距合格线", 1, "right"),
        GridColumn("较上月", 1, "right"),
    )
    rows = [
        [row["name"], row["street"], score(row["score"]), signed(row["distance"]), signed(row["change"])]
        for _, row in short.iterrows()
    ]
    return [Line(text), *([Grid(columns, rows)] if rows else [Line("列入统计的社区全部达到合格线。")])]


def _weak(basis: Basis) -> list[Block]:
    weak = weak_criteria(basis.month, basis.members)[:WEAKEST]
    columns = (
        GridColumn("测评标准", 2.6),
        GridColumn("主责条线", 1.3),
        GridColumn("丢分社区", 0.9, "right"),
        GridColumn("合计丢分", 1, "right"),
        GridColumn("怎么补", 3),
    )
    rows = [[f"{one.code} {one.title}", one.line, str(one.communities), score(one.lost), one.remedy] for one in weak]
    return [Grid(columns, rows)] if rows else [Line("本月无丢分项。")]


def _tasks(basis: Basis) -> list[Block]:
    total = basis.tasks.total
    if not total.all:
        return [Line("目前没有下达的整改任务。")]
    text = f"累计下达{total.all}项，已销号{total.closed}项，整改率{_rate(total.rate)}，逾期{total.late}项。"
    late = [row for row in basis.tasks.rows if row.late]
    return [Line(text), *([late_tasks(late)] if late else [])]


def _decisions() -> list[Block]:
    columns = [GridColumn(title, share) for title, share in (("事项", 3), ("决定", 3), ("责任单位", 1.4), ("时限", 1))]
    return [Grid(columns, [[""] * len(columns)] * DECISIONS)]


def _rate(rate: float | None) -> str:
    return NONE if rate is None else percent(rate / 100)

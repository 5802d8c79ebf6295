"""The accountability list (问责清单): what is overdue, by unit and line, with who answered when it was given."""

from collections.abc import Callable, Sequence

from beicha.actions.documents.scope import Basis
from beicha.actions.documents.wording import day_text, heading
from beicha.actions.views.tasks import TaskRow
from beicha.papers.letter import Block, Grid, GridColumn, Letter, Line

PEOPLE = (("first", "第一责任人"), ("direct", "直接责任人"))
LINE_PEOPLE = (("line_first", "条线第一责任人"), ("line_direct", "条线直接责任人"))
LATE = (
    GridColumn("编号", 1.1),
    GridColumn("社区", 1.2),
    GridColumn("问题", 2.6),
    GridColumn("主责条线", 1.2),
    GridColumn("下达日期", 1.6),
    GridColumn("整改期限", 1.6),
    GridColumn("逾期天数", 0.8, "right"),
    GridColumn("延期次数", 0.8, "right"),
)


def accountability(basis: Basis) -> Letter:
    """Who is late with what on the day it is made."""
    late = sorted((row for row in basis.tasks.rows if row.late), key=lambda row: (-row.late, row.task.id))
    text = f"截至{day_text(basis.today)}，逾期未销号的整改任务共{len(late)}项。责任人为任务下达时登记的人员。"
    blocks: list[Block] = [Line(text if late else f"截至{day_text(basis.today)}，没有逾期未销号的整改任务。")]
    if late:
        blocks += [Line(heading(1, "按社区"), "one"), _by(late, "社区", lambda row: row.name, PEOPLE)]
        blocks += [Line(heading(2, "按主责条线"), "one"), _by(late, "条线", lambda row: row.lead or "–", LINE_PEOPLE)]
        blocks += [Line(heading(3, "逾期任务"), "one"), Grid(LATE, [_cells(row) for row in late])]
    return Letter(
        f"{basis.area}整改任务逾期问责清单",
        blocks,
        basis.office,
        basis.ask.number,
        signature=basis.office,
        day=basis.today,
        stamps=basis.stamps,
    )


def _by(late: Sequence[TaskRow], what: str, unit: Callable[[TaskRow], str], people: Sequence[tuple[str, str]]) -> Grid:
    """How much is overdue with each, and who answers; several names where they changed between tasks."""
    columns = [GridColumn(what, 1.6), *(GridColumn(title, 1.6) for _, title in people)]
    columns += [GridColumn("逾期", 0.8, "right"), GridColumn("最长逾期天数", 1.2, "right")]
    found: dict[str, list[TaskRow]] = {}
    for row in late:
        found.setdefault(unit(row), []).append(row)
    rows = [
        [name, *(_named(tasks, who) for who, _ in people), str(len(tasks)), str(max(row.late for row in tasks))]
        for name, tasks in sorted(found.items(), key=lambda entry: -len(entry[1]))
    ]
    return Grid(columns, rows)


def _named(tasks: Sequence[TaskRow], who: str) -> str:
    names = (row.task.new.responsible.get(who, "") for row in tasks)
    return "、".join(dict.fromkeys(name for name in names if name)) or "未登记"


def _cells(row: TaskRow) -> list[str]:
    new, steps = row.task.new, row.task.steps
    extended = sum(taken.step.verb == "extend" for taken in steps)
    made = row.task.made_at.date().isoformat()
    told = [f"{row.task.id:06d}", row.name, new.problem or new.title, row.lead, made, row.due.isoformat()]
    return [*told, str(row.late), str(extended)]

"""The rectification lists (整改清单): for every community what lost points, why, what is to be done, and its task."""

from beicha.actions.documents.scope import Basis
from beicha.actions.documents.wording import day_text, month_text
from beicha.actions.views.tasks import TaskRow
from beicha.papers.letter import Annex, Block, Grid, GridColumn, Letter, Line
from beicha.words.numbers import score
from beicha.words.reasons import sentence
from beicha.words.tasks import task_text
from scoring.rules import TOLERANCE

COLUMNS = (
    GridColumn("序号", 0.6, "center"),
    GridColumn("测评标准", 2),
    GridColumn("存在问题", 3),
    GridColumn("丢分", 0.8, "right"),
    GridColumn("整改要求", 2.4),
    GridColumn("主责条线", 1.2),
    GridColumn("整改任务", 1.6),
)


def rectification(basis: Basis) -> Letter:
    """The lists of all communities in view, each on a page of its own."""
    ordered = basis.ranking.sort_values("order", kind="stable")
    lists = [Annex(f"{name}整改清单", _list(basis, str(code))) for code, name in ordered["name"].items()]
    text = (
        f"根据{month_text(basis.ask.period)}测评结果，将{len(lists)}个社区的整改清单印发给你们，请逐条整改，"
        f"于{day_text(basis.reply_by)}前反馈整改情况。"
    )
    own = [Line(part.strip()) for part in basis.ask.added.splitlines() if part.strip()]
    return Letter(
        f"关于印发{month_text(basis.ask.period)}{basis.area}\n社区整改清单的通知",
        [Line(text), *own],
        basis.office,
        basis.ask.number,
        "各街道、各社区、各有关单位",
        lists,
        basis.office,
        basis.today,
        basis.stamps,
    )


def _list(basis: Basis, code: str) -> list[Block]:
    standing, edition = basis.month.standing, basis.month.edition
    lost = standing.lost[standing.cells.communities.index(code)]
    reasons = basis.reasons(code)
    tasks = {row.task.new.criterion: row for row in reversed(basis.tasks.rows) if row.task.new.community == code}
    rows: list[list[str]] = []
    for k, criterion in enumerate(edition.criteria):
        if lost[k] > TOLERANCE and criterion.code in reasons:
            why = sentence(reasons[criterion.code], edition, "zh_CN")
            line, task = edition.line_title(criterion.lead), _task(tasks.get(criterion.code))
            number, what = str(len(rows) + 1), f"{criterion.code} {criterion.title}"
            rows.append([number, what, why, score(float(lost[k])), criterion.remedy, line, task])
    got = score(float(basis.ranking["score"].to_dict()[code]))
    text = f"得分{got}分，共{len(rows)}条丢分。" if rows else f"得分{got}分，无丢分项。"
    return [Line(text), *([Grid(COLUMNS, rows)] if rows else [])]


def _task(row: TaskRow | None) -> str:
    """The newest task about a criterion, '' where there is none."""
    return "" if row is None else f"{row.task.id:06d} {task_text(row.state, 'zh_CN')} {row.due.isoformat()}"

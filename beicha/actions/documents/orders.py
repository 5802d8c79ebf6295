"""Papers about single tasks: the order (交办单) with its fields to sign, and the notice to rectify (整改通知书)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from beicha.actions.deadlines import day_of
from beicha.actions.documents.forms import in_form
from beicha.actions.documents.wording import day_text, names
from beicha.actions.evidence import photo, photos_of
from beicha.actions.grants import Grant, require
from beicha.actions.settings import DISTRICT_NAME
from beicha.actions.views.tasks import TaskRow, read_tasks
from beicha.papers.letter import AnnexHead, Block, Grid, GridColumn, Letter, Line, Picture
from beicha.store import Store, settings
from beicha.words.language import say
from beicha.words.numbers import percent
from beicha.words.tasks import TAKEN, origin_text, task_text
from beicha.words.times import shown

ORDER, NOTICE = "整改任务交办单", "整改通知书"
MOST = 50
FIELDS = (GridColumn("", 1.2, "center"), GridColumn("", 3), GridColumn("", 1.2, "center"), GridColumn("", 3))
TO_RECTIFY = (
    GridColumn("编号", 1.1),
    GridColumn("存在问题", 3),
    GridColumn("对照标准", 1.6),
    GridColumn("整改要求", 2.4),
    GridColumn("主责条线", 1.2),
    GridColumn("整改期限", 1.6),
)
MOST_PHOTOS = 4


def orders(grant: Grant, store: Store, numbers: Collection[int], *, now: datetime) -> tuple[str, bytes]:
    """An order for each of the tasks, each on a page of its own: the file's name and its bytes.

    Raises LookupError where the grant does not see one of them, ValueError for none or more than 50, Refused.
    """
    rows = _seen(grant, store, numbers, now)
    blocks: list[Block] = []
    for row in rows:
        blocks += [*_next(ORDER, blocks), *_order(row), *_photos(grant, store, row)]
    office = _office(store)
    letter = Letter(ORDER, blocks, office, stamps=[f"生成时间 {shown(now)}。"])
    return _name("交办单", rows), in_form(letter, None, now=now)


def rectification_notice(grant: Grant, store: Store, numbers: Collection[int], *, now: datetime) -> tuple[str, bytes]:
    """A letter to each community with its tasks that are still to be put right; raises as ``orders``."""
    rows = _seen(grant, store, numbers, now)
    office, blocks = _office(store), list[Block]()
    by_name: dict[str, list[TaskRow]] = {}
    for row in rows:
        by_name.setdefault(row.name, []).append(row)
    for name, tasks in by_name.items():
        blocks += [*_next(NOTICE, blocks), *_to_unit(name, tasks, office)]
    letter = Letter(NOTICE, blocks, office, signature=office, day=day_of(now), stamps=[f"生成时间 {shown(now)}。"])
    return _name(NOTICE, rows), in_form(letter, None, now=now)


def _seen(grant: Grant, store: Store, numbers: Collection[int], now: datetime) -> list[TaskRow]:
    require(grant, "rows")
    wanted = list(dict.fromkeys(numbers))
    if not 0 < len(wanted) <= MOST:
        raise ValueError(f"1 to {MOST} tasks go into one file")
    known = {row.task.id: row for row in read_tasks(grant, store, now=now).rows}
    return [known[number] for number in wanted]


def _next(title: str, before: Sequence[Block]) -> list[Block]:
    """What begins the next paper of a file on a page of its own; the first has the head of the letter."""
    return [AnnexHead("", title)] if before else []


def _order(row: TaskRow) -> list[Block]:
    """The fields of one order; what is not known yet is left to be written in."""
    new, task = row.task.new, row.task
    people = [name for key in ("first", "direct") if (name := new.responsible.get(key))]
    lines = f"主责：{row.lead or '–'}" + (f"；配合：{names(row.supporting)}" if row.supporting else "")
    standard = f"{new.criterion} {new.title}".strip()
    closed = next((taken for taken in reversed(task.steps) if taken.step.verb in ("close", "meet")), None)
    answers = "；".join(taken.step.text for taken in task.steps if taken.step.verb == "claim")
    told = [
        ["编号", f"{task.id:06d}", "下达日期", shown(task.made_at)[:10]],
        ["责任单位", f"{row.street_name}{row.name}", "责任人", names(people)],
        ["责任条线", lines, "整改期限", row.due.isoformat()],
        ["对照标准", standard, "来源", f"{new.period} {origin_text(new.origin, 'zh_CN')}"],
        ["存在问题", new.problem, "整改要求", new.remedy],
        ["反馈情况", answers, "当前状态", task_text(row.state, "zh_CN")],
        ["复查结果", "", "销号日期", shown(closed.made_at)[:10] if closed and row.state == "closed" else ""],
        ["签发", "", "签收", ""],
    ]
    return [Grid(FIELDS, told), *_history(row)]


def _history(row: TaskRow) -> list[Block]:
    if not row.task.steps:
        return []
    cells = [
        [
            shown(taken.made_at), say("zh_CN", TAKEN[taken.step.verb]), taken.made_by, taken.step.text,
            percent(taken.step.fraction) if taken.step.submission is not None else "",
        ]
        for taken in row.task.steps
    ]  # fmt: skip
    titles = (("时间", 1.4), ("办理", 1.8), ("经办人", 1), ("说明", 3), ("得分率", 0.8))
    return [Grid([GridColumn(title, share) for title, share in titles], cells, "办理过程")]


def _photos(grant: Grant, store: Store, row: TaskRow) -> list[Block]:
    """The first photos of each side, as large as fits."""
    found = [one for one in photos_of(grant, store, row.task.id) if not one.hidden]
    sides = [[one for one in found if one.when == when][:MOST_PHOTOS] for when in ("before", "after")]
    chosen = [one for side in sides for one in side]
    captions = {"before": "整改前", "after": "整改后"}
    return [Picture(photo(grant, store, one.id), captions[one.when], _width(one.width, one.height)) for one in chosen]


def _width(width: int, height: int) -> float:
    """In millimetres: as wide as half the text, and not higher than 90."""
    return min(90.0, 90.0 * width / height)


def _to_unit(name: str, rows: Sequence[TaskRow], office: str) -> list[Block]:
    left = [row for row in rows if row.state in ("open", "claimed")]
    last = max((row.due for row in left), default=None)
    if last is None:
        return [Line(f"{name}："), Line("所选整改任务已全部销号，无需整改。")]
    text = (
        f"经查，你社区有{len(left)}项问题需要整改。请按下表要求整改，最迟于{day_text(last)}前完成，"
        f"并将整改情况报{office or '区文明办'}。"
    )
    cells = [
        [
            f"{row.task.id:06d}", row.task.new.problem, f"{row.task.new.criterion} {row.task.new.title}".strip(),
            row.task.new.remedy, row.lead, row.due.isoformat(),
        ]
        for row in left
    ]  # fmt: skip
    return [Line(f"{name}："), Line(text), Grid(TO_RECTIFY, cells)]


def _office(store: Store) -> str:
    with store.read() as view:
        return str(settings.get(view, DISTRICT_NAME) or "")


def _name(what: str, rows: Sequence[TaskRow]) -> str:
    about = f"{rows[0].task.id:06d}" if len(rows) == 1 else f"{len(rows)}项"
    return f"{what}{about}.docx"

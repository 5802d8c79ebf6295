"""The rectification tasks as sheets: the list, and how many stand how by line and by street."""

from datetime import datetime

from beicha.actions.grants import Grant
from beicha.actions.views.tasks import Count, TaskList, read_tasks
from beicha.papers.sheets import Column, Sheet
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.tasks import origin_text, task_text
from beicha.words.times import shown


def task_sheets(
    grant: Grant, store: Store, street: str, line: str, *, language: Language, now: datetime
) -> tuple[str, list[Sheet]]:
    """What the file is called and its sheets, of all streets and lines or one; raises Refused."""
    found = read_tasks(grant, store, now=now).of_street(street)
    view = TaskList(tuple(row for row in found.rows if line in ("", *row.task.lines)))
    stamps = [say(language, "{n} tasks. Made {time}.", n=len(view.rows), time=shown(now))]
    sheets = [
        _list(view, stamps, language),
        _counts(view.by_line, say(language, "By line"), stamps, language),
        _counts(view.by_street, say(language, "By street"), stamps, language),
    ]
    return say(language, "Rectification tasks"), sheets


def _list(view: TaskList, stamps: list[str], language: Language) -> Sheet:
    heads = (
        (later("No."), 10), (later("Street"), 14), (later("Community"), 14), (later("State"), 12),
        (later("Criterion"), 12), (later("To be put right"), 22), (later("What is wrong"), 40),
        (later("What to do"), 30),
        (later("Lead"), 16), (later("Supporting"), 20), (later("By"), 12), (later("Overdue"), 10),
        (later("First responsible"), 14), (later("Made from"), 16), (later("Made"), 18),
    )  # fmt: skip
    rows = [
        [
            f"{row.task.id:06d}", row.street_name, row.name, task_text(row.state, language), row.task.new.criterion,
            row.task.new.title, row.task.new.problem, row.task.new.remedy, row.lead, "、".join(row.supporting) or None,
            row.due.isoformat(), row.late or None, row.task.new.responsible.get("first"),
            origin_text(row.task.new.origin, language), shown(row.task.made_at),
        ]
        for row in view.rows
    ]  # fmt: skip
    columns = [Column(say(language, title), width) for title, width in heads]
    return Sheet(say(language, "Rectification tasks"), columns, rows, stamps)


def _counts(counts: tuple[Count, ...], title: str, stamps: list[str], language: Language) -> Sheet:
    heads = (later("Overdue"), later("Not closed"), later("All"), later("Rectified %"))
    columns = [Column(title, 22), *(Column(say(language, head), 12) for head in heads)]
    rows = [
        [
            one.name or None,
            one.late,
            one.all - one.closed,
            one.all,
            None if one.rate is None else float(rounded(one.rate)),
        ]
        for one in counts
    ]
    return Sheet(title, columns, rows, stamps)

"""Photos of rectification tasks, before and after: kept as they came in, and hidden where somebody says so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, insert, select

from beicha.store.files import NamedFile, keep
from beicha.store.schema import MOST_NUMBER, evidence_hidden, task_evidence

When = Literal["before", "after"]


@dataclass(frozen=True)
class NewEvidence:
    """A photo to be kept with a task, and its size in pixels."""

    task: int
    when: When
    file: NamedFile
    width: int
    height: int


@dataclass(frozen=True)
class Evidence:
    """A photo of a task. ``hidden`` is the reason why it is not shown, '' where it is."""

    id: int
    task: int
    when: When
    sha256: str
    width: int
    height: int
    made_by: str
    made_at: datetime
    hidden: str


def add(change: Connection, new: NewEvidence, *, by: str, at: datetime) -> int:
    """Keep a photo of a task; gives its number."""
    keep(change, new.file)
    values: dict[str, Any] = {
        "task": new.task,
        "kind": new.when,
        "sha256": new.file.sha256,
        "made_by": by,
        "made_at": at,
    }
    values |= {"width": new.width, "height": new.height}
    number: int = change.execute(insert(task_evidence).values(**values).returning(task_evidence.c.id)).scalar_one()
    return number


def hide(change: Connection, evidence: int, reason: str, *, by: str, at: datetime) -> None:
    """Note that a photo is not to be shown; an IntegrityError where it is hidden already."""
    change.execute(insert(evidence_hidden).values(evidence=evidence, reason=reason, made_by=by, made_at=at))


def of_tasks(view: Connection, tasks: Collection[int]) -> tuple[Evidence, ...]:
    """The photos of these tasks, oldest first, hidden ones too."""
    return _found(view, task_evidence.c.task.in_(list(tasks)))


def of_number(view: Connection, number: int) -> Evidence | None:
    """The photo with this number, None where there is none."""
    if number > MOST_NUMBER:
        return None
    return next(iter(_found(view, task_evidence.c.id == number)), None)


def _found(view: Connection, chosen: Any) -> tuple[Evidence, ...]:
    joined = task_evidence.outerjoin(evidence_hidden, evidence_hidden.c.evidence == task_evidence.c.id)
    columns = [*task_evidence.c, evidence_hidden.c.reason]
    rows = view.execute(select(*columns).select_from(joined).where(chosen).order_by(task_evidence.c.id))
    return tuple(
        Evidence(
            row.id, row.task, row.kind, row.sha256, row.width, row.height, row.made_by, row.made_at, row.reason or ""
        )
        for row in rows
    )

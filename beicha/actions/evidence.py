"""Photos of a rectification task (整改前, 整改后): added by who answers for it or assigns it, hidden, never deleted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from beicha.actions.grants import Grant, Refused
from beicha.actions.tasks import holds_over, parents_in
from beicha.intake.photos import PhotoError as PhotoError
from beicha.intake.photos import read_photo
from beicha.store import Store, Transaction, audit, files, tasks
from beicha.store import evidence as stored
from beicha.store.evidence import Evidence as Evidence
from beicha.store.evidence import NewEvidence
from beicha.store.evidence import When as When
from beicha.store.files import NamedFile
from beicha.store.locks import hold_communities
from beicha.store.tasks import Task

MOST_AT_ONCE = 9
MOST_OF_A_TASK = 36
LONGEST_REASON = 200


class TooManyError(ValueError):
    """More photos than can be added at once, or than a task holds."""


def add_photos(
    grant: Grant, store: Store, task: int, when: When, sent: Sequence[NamedFile], *, now: datetime
) -> tuple[int, ...]:
    """Keep photos of a task, all or none; a photo that it has already is not kept again.

    Raises LookupError for no such task, Refused where the grant neither answers for it nor assigns, TooManyError, and
    PhotoError for a file that is no photo that can be taken.
    """
    if len(sent) > MOST_AT_ONCE:
        raise TooManyError(len(sent))
    with store.read() as view:
        _require_either(grant, view, _task(view, task))
    photos = [read_photo(file.content) for file in sent]
    with store.write() as change:
        found = _task(change, task)
        _require_either(grant, change, found)
        hold_communities(change, [found.new.community])
        there = stored.of_tasks(change, [task])
        known = {one.sha256 for one in there if one.when == when}
        kept = {NamedFile("photo.jpg", photo.content): photo for photo in photos}
        new = {file: photo for file, photo in kept.items() if file.sha256 not in known}
        if len(there) + len(new) > MOST_OF_A_TASK:
            raise TooManyError(len(there) + len(new))
        numbers = tuple(
            stored.add(change, NewEvidence(task, when, file, photo.width, photo.height), by=grant.actor, at=now)
            for file, photo in new.items()
        )
        if numbers:
            audit.add(change, now, grant, "evidence.add", f"{task:06d}", when=when, photos=list(numbers))
    return numbers


def hide(grant: Grant, store: Store, number: int, reason: str, *, now: datetime) -> None:
    """Show a photo no more, and say why; it stays kept. Whoever added it may, and whoever assigns the task.

    Raises LookupError for no such photo or one that is hidden already, Refused, ValueError without a reason.
    """
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} characters")
    with store.write() as change:
        photo = stored.of_number(change, number)
        if photo is None or photo.hidden:
            raise LookupError(number)
        task = _task(change, photo.task)
        own = photo.made_by == grant.actor and _may(grant, "answer", change, task)
        if not (own or _may(grant, "assign", change, task)):
            raise Refused(grant, "assign", task.new.community)
        hold_communities(change, [task.new.community])
        stored.hide(change, number, reason.strip(), by=grant.actor, at=now)
        audit.add(change, now, grant, "evidence.hide", f"{photo.task:06d}", photo=number, reason=reason.strip())


def photos_of(grant: Grant, store: Store, task: int) -> tuple[Evidence, ...]:
    """The photos of a task, oldest first, hidden ones with their reason; Refused where the grant sees no rows there."""
    with store.read() as view:
        found = _task(view, task)
        if not _may(grant, "rows", view, found):
            raise Refused(grant, "rows", found.new.community)
        return stored.of_tasks(view, [task])


def photo(grant: Grant, store: Store, number: int) -> bytes:
    """The bytes of a photo, a JPEG; raises LookupError where there is none or it is hidden, Refused."""
    with store.read() as view:
        found = stored.of_number(view, number)
        if found is None or found.hidden:
            raise LookupError(number)
        task = _task(view, found.task)
        if not _may(grant, "rows", view, task):
            raise Refused(grant, "rows", task.new.community)
        content = files.content(view, found.sha256)
    if content is None:
        raise LookupError(number)
    return content


def _task(view: Transaction, number: int) -> Task:
    found = tasks.of_numbers(view, [number])
    if not found:
        raise LookupError(number)
    return found[0]


def _require_either(grant: Grant, view: Transaction, task: Task) -> None:
    if not (_may(grant, "answer", view, task) or _may(grant, "assign", view, task)):
        raise Refused(grant, "answer", task.new.community)


def _may(grant: Grant, right: Literal["answer", "assign", "rows"], view: Transaction, task: Task) -> bool:
    return holds_over(grant, right, task, parents_in(view, task.new.period))

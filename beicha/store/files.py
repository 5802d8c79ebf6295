"""The bytes that people sent, once each, told apart by their SHA-256."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select, update

from beicha.store.conflicts import insert_missing
from beicha.store.schema import files


@dataclass(frozen=True)
class NamedFile:
    """A file as it was sent: its name, as text to be shown and never a path to be opened, and its bytes."""

    name: str
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest that tells it from every other file."""
        return hashlib.sha256(self.content).hexdigest()


def keep(change: Connection, file: NamedFile) -> None:
    """Keep the bytes, unless they are kept already; those of a file that was erased are kept anew."""
    values = {"size": len(file.content), "content": file.content}
    insert_missing(change, files, [{"sha256": file.sha256, **values}])
    if file.content:
        change.execute(update(files).where(files.c.sha256 == file.sha256, files.c.size == 0).values(**values))


def blank(change: Connection, digests: Collection[str]) -> None:
    """Forget the bytes of these files; the digests stay, and the same file may come again."""
    change.execute(update(files).where(files.c.sha256.in_(list(digests))).values(size=0, content=b""))


def content(view: Connection, sha256: str) -> bytes | None:
    """The bytes of a file, None where it was never kept or is erased."""
    found = view.execute(select(files.c.content).where(files.c.sha256 == sha256)).scalar_one_or_none()
    return bytes(found) if found else None

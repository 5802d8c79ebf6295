"""The bytes that people sent, once each, told apart by their SHA-256."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

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
    """Keep the bytes, unless they are kept already."""
    insert_missing(change, files, [{"sha256": file.sha256, "size": len(file.content), "content": file.content}])


def content(view: Connection, sha256: str) -> bytes | None:
    """The bytes of a file, None where it was never kept."""
    found = view.execute(select(files.c.content).where(files.c.sha256 == sha256)).scalar_one_or_none()
    return None if found is None else bytes(found)

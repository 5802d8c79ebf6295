"""Databases as each earlier program left them, as SQL in ``schemas``: ``python -m tests.store.old_schemas`` adds those
that are missing. One that lies there is never made again: it is what people may still have.
"""

import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import ForeignKey, Table, insert, select

from beicha.actions import accounts, erasing, imports, settings
from beicha.actions.grants import OFFICE, Post
from beicha.store import Store, open_store
from beicha.store.migrating import downgrade, revisions
from beicha.store.schema import metadata
from tests.actions.office import NOW, day, later, lecture, lectures, send, set_up

FOLDER = Path(__file__).parent / "schemas"


def fill(store: Store) -> None:
    """Something of everything: by the actions where later schemas rewrite it, else a made-up row."""
    set_up(store)
    settings.set_due_day(OFFICE, store, 8, NOW)
    accounts.add(OFFICE, store, "wang", "王芳", [Post("clerk", "C02")], now=NOW)
    send(store, lectures(lecture(day(3, 5)), lecture(day(3, 9))))
    sent = send(store, lectures(lecture(day(2, 5)), month="2026-02"))
    erasing.ask_erase(OFFICE, store, sent.stored[0].seq, "报错月份", now=later())
    imports.start(OFFICE, store, [lectures(lecture(day(3, 7)), community="荷塘社区")], now=NOW, kind="preview")
    with store.write() as change:
        for table in metadata.sorted_tables:
            if change.execute(select(table).limit(1)).first() is None:
                change.execute(insert(table).values(_made_up(change, table)))


def _made_up(view: Any, table: Table) -> dict[str, Any]:
    """A row for a table in which nothing lies: what it refers to is there, the rest is a text, a number or a moment."""
    row = {}
    for column in table.columns:
        key: ForeignKey | None = next(iter(column.foreign_keys), None)
        kind = column.type.python_type
        if key is not None:
            row[column.name] = view.execute(select(key.column).limit(1)).scalar()
        elif kind is str:
            row[column.name] = "样例"[: getattr(column.type, "length", None)]
        else:
            row[column.name] = {int: 1, float: 1.0, bool: True, bytes: b"\x00\xff"}.get(kind, NOW)
    return row


def dump(path: Path) -> str:
    """A SQLite database as SQL."""
    connection = sqlite3.connect(path)
    text = "\n".join(connection.iterdump()) + "\n"
    connection.close()
    return text


def main() -> None:
    """Writes those that are missing."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "beicha.db"
        store = open_store(f"sqlite:///{path}")
        fill(store)
        for revision in reversed(revisions()):
            downgrade(store._engine, revision)
            kept = FOLDER / f"{revision}.sql"
            if not kept.exists():
                kept.write_text(dump(path), "utf-8")
        store.close()


if __name__ == "__main__":
    main()

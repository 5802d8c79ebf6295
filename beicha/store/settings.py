"""The few settings of an office, by key, each a plain JSON value."""

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from beicha.store.schema import settings


def get(view: Connection, key: str) -> Any:
    """The value of a setting, None where it was never set."""
    text = view.execute(select(settings.c.value).where(settings.c.key == key)).scalar_one_or_none()
    return None if text is None else json.loads(text)


def put(change: Connection, key: str, value: Any) -> None:
    """Set a setting."""
    change.execute(delete(settings).where(settings.c.key == key))
    change.execute(insert(settings).values(key=key, value=json.dumps(value, ensure_ascii=False)))

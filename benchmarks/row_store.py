"""The usual way with an upload: pandas with openpyxl, a few rules in pandas, and a database row for every row."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Column, Date, Engine, Float, Integer, MetaData, String, Table, create_engine, event, insert

from beicha.words.workbook import YES
from benchmarks.workbooks import LEDGERS
from scoring.edition import Edition

_TYPES = {"date": Date, "whole": Integer, "decimal": Float}


class RowStore:
    """A SQLite database, as durable as ours, with a table for each ledger and one for the findings."""

    def __init__(self, path: Path, edition: Edition) -> None:
        self._ledgers = [edition.ledger(code) for code in LEDGERS]
        self._known = MetaData()
        self._tables = {
            ledger.code: Table(
                ledger.code,
                self._known,
                Column("community", String, index=True),
                *(Column(field.title, _TYPES.get(field.type, String)) for field in ledger.fields),
            )
            for ledger in self._ledgers
        }
        self._findings = Table(
            "findings",
            self._known,
            Column("community", String),
            Column("criterion", String),
            Column("fraction", Float),
        )
        self._engine: Engine = create_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _make_durable)
        self._known.create_all(self._engine)

    def upload(self, community: str, content: bytes) -> dict[str, float]:
        """Reads, scores and stores a workbook; the fractions of a few criteria."""
        sheets = pd.read_excel(BytesIO(content), sheet_name=None, engine="openpyxl", keep_default_na=False)
        found = scores({ledger.code: sheets[ledger.title] for ledger in self._ledgers})
        with self._engine.begin() as connection:
            for ledger in self._ledgers:
                frame = sheets[ledger.title].assign(community=community)
                connection.execute(insert(self._tables[ledger.code]), _records(frame))
            rows = [{"community": community, "criterion": code, "fraction": share} for code, share in found.items()]
            connection.execute(insert(self._findings), rows)
        return found


def scores(sheets: dict[str, pd.DataFrame]) -> dict[str, float]:
    """The fractions of some criteria of the edition, which have to be what Beicha finds."""
    lectures, school, online = sheets["lectures"], sheets["school_activities"], sheets["online"]
    minors, volunteering = sheets["minors_activities"], sheets["volunteering"]
    spring = lectures[lectures["活动日期"].dt.month >= 4]
    return {
        "JT-4": min(1.0, lectures["宣讲人"].nunique() / 3),
        "JT-8": float((spring["心得体会篇数"] >= 2).mean()),
        "WC-7": min(1.0, (minors["活动类型"] == "心理健康辅导").sum() / 2),
        "XC-5": min(1.0, (school["类别"] == "文体活动").sum() / 12),
        "ZY-5": min(1.0, volunteering["服务队"].nunique() / 3),
        "WL-1": min(1.0, online[online["发布日期"].dt.month == 6]["积分"].sum() / 20),
        "JT-11": float(((spring["是否身边典型"] == YES).sum()) >= 1),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    dated = frame.select_dtypes("datetime").columns
    plain = frame.assign(**{name: frame[name].dt.date for name in dated})
    return [dict(zip(plain.columns, row, strict=True)) for row in plain.itertuples(index=False, name=None)]


def _make_durable(raw: Any, _record: Any) -> None:
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")

"""Readiness on a day: rows that leave their window by then, and the points they take away (scoring.md §6)."""

from collections.abc import Sequence

import pandas as pd

from scoring.edition import Edition
from scoring.evidence import evidence
from scoring.facts import Report

COUNTED = ("met", "unmet", "blank_field", "beside")
_PLACE = ["ledger", "period", "sheet", "row", "part"]


def leaving_rows(edition: Edition, month: int, begins: int, reports: Sequence[Report], code: str) -> pd.DataFrame:
    """The rows of a community that count for the item with this code at the month and no longer once windows start
    at ``begins``; columns as in ``evidence``."""
    now, then = evidence(edition, month, reports, code), evidence(edition, month, reports, code, begins)
    stay = set(then[then["mark"].isin(COUNTED)][_PLACE].itertuples(index=False, name=None))
    counted = now[now["mark"].isin(COUNTED)]
    gone = [place not in stay for place in counted[_PLACE].itertuples(index=False, name=None)]
    return counted[gone].reset_index(drop=True)

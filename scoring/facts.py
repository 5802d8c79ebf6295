"""The facts a score is made from: the newest submission of each community and month."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Rows:
    """Rows of one ledger in one submission, column by column.

    ``values`` holds one list for each field code, all of one length; a blank is None. Types by field:
    text, choice, grade → str; choices → list of str; date → datetime.date; whole, decimal → int or float;
    yes_no → bool. ``sheet`` and ``row`` say where each row stood, the row as Excel counts it.
    """

    sheet: list[str]
    row: list[int]
    values: Mapping[str, list[Any]]

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Report:
    """What one submission says: a community's own (上报), or the office's record of a visit to it (督查).

    ``ledgers`` holds the rows by ledger code; a ledger that is there with no rows is an empty ledger.
    ``not_applicable`` maps codes of criteria declared not applicable (不适用申报) to the reason given.
    An office report is a visit of the community in that month, even with no rows.
    """

    community: str
    month: int
    ledgers: Mapping[str, Rows]
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    kept_by: Literal["community", "office"] = "community"


@dataclass(frozen=True)
class Area:
    """A node of the tree district › street › zone › community (区划)."""

    code: str
    name: str
    kind: Literal["district", "street", "zone", "community"]
    parent: str | None = None
    rank_class: str = ""
    order: int = 0
    weight: float = 1.0

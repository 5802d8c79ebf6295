"""Checklist editions (测评体系版本): sections, criteria and the ledgers they look at, as checked data."""

import hashlib
import json
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic import Field as Key

from scoring.conditions import Condition
from scoring.faults import Fault
from scoring.ledgers import Code, Ledger, Strict
from scoring.periods import is_window
from scoring.rules import Month, Positive, Rule


def _window(text: str) -> str:
    if not is_window(text):
        raise Fault("a window is month, quarter, year, rolling N or since YYYY-MM-DD")
    return text


WindowText = Annotated[str, AfterValidator(_window)]
CriterionCode = Annotated[str, Key(pattern=r"^\S{1,30}$")]


class Source(Strict):
    """Where a criterion comes from: the document, the grade of the evidence, and whether its points are public."""

    document: str
    grade: Literal["A", "B", "C", "I", "K"]
    points: Literal["public", "assigned"]


class Example(Strict):
    """Rows and the state they must lead to: an edition's own test.

    ``rows`` are rows of the criterion's ledger, ``ledgers`` rows of any. A key field left out is filled in so
    that rows are distinct events: the date with the 15th of the scored month, a text with the row's number.
    An explicit null is a blank.
    """

    title: str
    period: Annotated[str, Key(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] | None = None
    rows: tuple[dict[str, Any], ...] = ()
    ledgers: dict[str, tuple[dict[str, Any], ...]] = {}
    reported: bool = True
    visited: bool = False
    not_applicable: bool = False
    state: Literal["met", "partial", "unmet", "missing", "not_reported", "not_inspected", "not_applicable", "not_due"]
    fraction: float | None = None


class Verification(Strict):
    """A ledger of observations that outweighs what is reported; its rows for this criterion name its code."""

    ledger: Code
    criterion: Code = "criterion"
    grade: Code | None = None
    score: Code | None = None
    full: Positive = 1.0

    @model_validator(mode="after")
    def _grade_or_score(self) -> Self:
        if (self.grade is None) == (self.score is None):
            raise Fault("either grade or score names the field")
        return self


class Criterion(Strict):
    """One standard (测评标准): what is looked at, how it is judged and what it is worth."""

    code: CriterionCode
    section: CriterionCode
    indicator: CriterionCode | None = None
    title: str
    standard: str
    points: Positive
    method: str = "材料审核"
    lead: Code
    supporting: tuple[Code, ...] = ()
    window: WindowText = "year"
    dated: bool = False
    optional: bool = False
    due: tuple[Month, ...] = ()
    ledger: Annotated[Code | None, Key(alias="from")] = None
    where: tuple[Condition, ...] = ()
    rule: Rule
    verified_by: Verification | None = None
    remedy: str = ""
    source: Source
    examples: tuple[Example, ...] = ()


class Indicator(Strict):
    """A level between section and criteria (测评指标)."""

    code: CriterionCode
    title: str


class Section(Strict):
    """A part of the checklist (测评项目), with its share of the total and its gate, if any."""

    code: CriterionCode
    title: str
    share: Positive | None = None
    gate: Annotated[float, Key(gt=0, le=100)] | None = None
    indicators: tuple[Indicator, ...] = ()


class Grouping(Strict):
    """Rows equal in these fields form a group; a group of at least so many rows counts times the factor."""

    by: Annotated[tuple[Code, ...], Key(min_length=1)]
    at_least: Annotated[int, Key(ge=1)]
    factor: float


class Bonus(Strict):
    """Points outside the criteria (加分、扣分): each row adds points, or what a number field says."""

    code: CriterionCode
    title: str
    standard: str = ""
    ledger: Annotated[Code, Key(alias="from")]
    where: tuple[Condition, ...] = ()
    window: WindowText = "month"
    dated: bool = False
    points: float | None = None
    field: Code | None = None
    group: Grouping | None = None
    floor: float | None = None
    cap: float | None = None
    lead: Code | None = None
    source: Source | None = None

    @model_validator(mode="after")
    def _points_or_field(self) -> Self:
        if (self.points is None) == (self.field is None):
            raise Fault("either points or field says what a row adds")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise Fault("the floor lies above the cap")
        return self


class Veto(Strict):
    """A flag (一票否决): any row raises it, and no number changes."""

    code: CriterionCode
    title: str
    standard: str = ""
    ledger: Annotated[Code, Key(alias="from")]
    where: tuple[Condition, ...] = ()
    window: WindowText = "year"
    dated: bool = False
    source: Source | None = None


class Band(Strict):
    """The name of scores from a mark upward."""

    at_least: float
    name: str


class Line(Strict):
    """A department (条线) that criteria name."""

    code: Code
    title: str


class Renames(Strict):
    """How codes of the edition before map to this one: old code to new."""

    ledgers: dict[str, Code] = {}
    fields: dict[Code, dict[str, Code]] = {}
    criteria: dict[str, CriterionCode] = {}


class Edition(Strict):
    """A checklist of one year. Equal content gives an equal digest; a used edition never changes."""

    name: Annotated[str, Key(pattern=r"^[a-z][a-z0-9-]*$")]
    title: str
    version: str
    description: str = ""
    follows: str | None = None
    renames: Renames = Renames()
    pass_mark: float = 85.0
    bands: tuple[Band, ...] = (Band(at_least=85, name="符合"), Band(at_least=60, name="基本符合"))
    lowest_band: str = "不符合"
    not_applicable: Literal["exclude", "mean_of_others"] = "exclude"
    not_inspected: Literal["exclude", "zero"] = "exclude"
    weighted_by: Literal["weight"] | None = None
    cycle_weights: tuple[Positive, ...] = ()
    bonus_floor: float | None = None
    bonus_cap: float | None = None
    lines: Annotated[tuple[Line, ...], Key(min_length=1)]
    ledgers: Annotated[tuple[Ledger, ...], Key(min_length=1)]
    sections: Annotated[tuple[Section, ...], Key(min_length=1)]
    criteria: tuple[Criterion, ...]
    bonuses: tuple[Bonus, ...] = ()
    vetoes: tuple[Veto, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A SHA-256 of the content, the same however the file was laid out."""
        content = json.dumps(self.model_dump(mode="json", by_alias=True), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def ledger(self, code: str) -> Ledger:
        """The ledger with this code; raises KeyError where there is none."""
        return self._ledgers[code]

    def criterion(self, code: str) -> Criterion:
        """The criterion with this code; raises KeyError where there is none."""
        return self._criteria[code]

    def section(self, code: str) -> Section:
        """The section with this code; raises KeyError where there is none."""
        return self._sections[code]

    def line_title(self, code: str) -> str:
        """The name of the line with this code, or the code itself where the edition does not list it."""
        return next((line.title for line in self.lines if line.code == code), code)

    @property
    def total_points(self) -> float:
        """The sum of all criteria's points."""
        return sum(criterion.points for criterion in self.criteria)

    @cached_property
    def _ledgers(self) -> dict[str, Ledger]:
        return {ledger.code: ledger for ledger in self.ledgers}

    @cached_property
    def _criteria(self) -> dict[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.code: section for section in self.sections}

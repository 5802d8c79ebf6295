"""The rule kinds of scoring.md §3, as data: what an edition may say, before any row is looked at."""

from typing import Annotated, Literal, Self

from pydantic import Discriminator, model_validator
from pydantic import Field as Key

from scoring.conditions import Condition
from scoring.faults import Fault
from scoring.ledgers import Code, Strict

Positive = Annotated[float, Key(gt=0)]
Fraction = Annotated[float, Key(ge=0, le=1)]
Month = Annotated[int, Key(ge=1, le=12)]
Of = Annotated[str, Key(pattern=r"^(rows|(distinct )?[a-z][a-z0-9_]*)$")]
"""What is added up: ``rows``, a number field (its sum), or ``distinct FIELD``."""

TOLERANCE = 1e-9
"""Comparisons with 0, 1, thresholds, gates, bands and pass marks forgive this much in favour of reaching."""


class Ladder(Strict):
    """Steps of a credit: the threshold reached, and the coefficient it gives. Both rise together."""

    ladder: Annotated[dict[float, Fraction], Key(min_length=1)]

    @model_validator(mode="after")
    def _steps_rise_together(self) -> Self:
        coefficients = [self.ladder[threshold] for threshold in sorted(self.ladder)]
        if coefficients != sorted(coefficients):
            raise Fault("thresholds and coefficients must rise together")
        return self


Credit = Literal["linear", "strict"] | Ladder


class YesNo(Strict):
    """1 if every row says yes in the field, else 0."""

    kind: Literal["yes_no"]
    field: Code


class Grade(Strict):
    """The mean of the coefficients of the rows' grades."""

    kind: Literal["grade"]
    field: Code
    ladder: dict[str, Fraction] = {"A": 1.0, "B": 0.66, "C": 0.33, "C#": 0.0}


class Count(Strict):
    """The credit for what is found beside a target."""

    kind: Literal["count"]
    of: Of = "rows"
    target: Positive
    credit: Credit = "linear"


class Frequency(Strict):
    """So many rows in every due month, quarter, half-year or year of the window."""

    kind: Literal["frequency"]
    times: Annotated[int, Key(ge=1)]
    every: Literal["month", "quarter", "half", "year"]


class CoveredValue(Strict):
    """A value that must occur in the rows, and from which month of the year on it is due."""

    value: str
    at_least: Annotated[int, Key(ge=1)] = 1
    due: Month | None = None


class Covers(Strict):
    """The share of the due values that occur often enough."""

    kind: Literal["covers"]
    field: Code
    values: Annotated[tuple[CoveredValue, ...], Key(min_length=1)]


class Each(Strict):
    """The share of rows that meet all the conditions."""

    kind: Literal["each"]
    has: Annotated[tuple[Condition, ...], Key(min_length=1)]


class Share(Strict):
    """A part beside the whole, beside a target share."""

    kind: Literal["share"]
    of: Of = "rows"
    part: tuple[Condition, ...] = ()
    part_field: Code | None = None
    target: Annotated[float, Key(gt=0, le=1)]
    credit: Credit = "linear"

    @model_validator(mode="after")
    def _one_way_to_name_the_part(self) -> Self:
        if bool(self.part) == (self.part_field is not None):
            raise Fault("either part (conditions) or part_field is needed")
        if self.of.startswith("distinct "):
            raise Fault("a share is of rows or of a number field")
        return self


class Defects(Strict):
    """Points taken off for every defect beyond the free ones."""

    kind: Literal["defects"]
    of: Of = "rows"
    each: Positive
    free: Annotated[float, Key(ge=0)] = 0.0


class MeanScore(Strict):
    """The mean over rows of a score, or of what a deduction leaves, out of ``full``."""

    kind: Literal["mean_score"]
    score: Code | None = None
    deduction: Code | None = None
    full: Positive = 1.0

    @model_validator(mode="after")
    def _score_or_deduction(self) -> Self:
        if (self.score is None) == (self.deduction is None):
            raise Fault("either score or deduction names the field")
        return self

    @property
    def field(self) -> str:
        """The number field that is read."""
        return self.score or self.deduction or ""


class Part(Strict):
    """One share of a ``parts`` rule. With a ledger of its own it selects by its own conditions alone;
    without, its conditions add to the criterion's."""

    share: Annotated[float, Key(gt=0, le=1)]
    title: str = ""
    ledger: Annotated[Code | None, Key(alias="from")] = None
    where: tuple[Condition, ...] = ()
    rule: "SimpleRule"


class Parts(Strict):
    """A weighted sum of rules."""

    kind: Literal["parts"]
    parts: Annotated[tuple[Part, ...], Key(min_length=1)]

    @model_validator(mode="after")
    def _shares_sum_to_one(self) -> Self:
        total = sum(part.share for part in self.parts)
        if abs(total - 1) > TOLERANCE:
            raise Fault("the shares of the parts add up to {total}, not to 1", total=f"{total:g}")
        return self


SimpleRule = Annotated[
    YesNo | Grade | Count | Frequency | Covers | Each | Share | Defects | MeanScore, Discriminator("kind")
]
Rule = Annotated[
    YesNo | Grade | Count | Frequency | Covers | Each | Share | Defects | MeanScore | Parts, Discriminator("kind")
]
Part.model_rebuild()

RULE_KINDS = ("yes_no", "grade", "count", "frequency", "covers", "each", "share", "defects", "mean_score", "parts")

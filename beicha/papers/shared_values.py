"""What a share link shows, as plain values: to JSON and back without loss, so that a frozen link stays what it was.

Texts that we word ourselves are kept in every language; a score that there is not is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from beicha.words.language import Language

Number = float | None
Worded = Mapping[Language, str]
"""A sentence of ours in each language."""


@dataclass(frozen=True)
class Heading:
    """What of which month it is, and how it stands. ``made`` is a moment in UTC, ``demo`` the day the demo lives in.

    ``name`` is '' where several communities without an area of their own are shown together; ``line`` is '' for all.
    """

    made: str
    demo: str
    period: str
    edition: str
    digest: str
    pass_mark: float
    name: str
    street: str
    line: str
    score: Number
    distance: Number
    change: Number
    year: Number
    band: str


@dataclass(frozen=True)
class Ranked:
    """One community among others; ``rates`` are those of the sections, in percent, in their order."""

    name: str
    street: str
    rank_class: str
    order: int
    rank: int | None
    score: Number
    lost: Number
    distance: Number
    change: Number
    reported: bool
    gates: tuple[str, ...]
    vetoes: tuple[str, ...]
    rates: tuple[Number, ...]


@dataclass(frozen=True)
class Street:
    """A street of the district in view."""

    name: str
    score: Number
    distance: Number
    communities: int
    not_reported: int


@dataclass(frozen=True)
class Line:
    """A line, over the criteria that it leads."""

    title: str
    score: Number
    lost: float


@dataclass(frozen=True)
class Unreported:
    """A community without a submission for the month; ``last`` is the newest month it reported, '' for none."""

    name: str
    street: str
    last: str
    score: Number


@dataclass(frozen=True)
class Finding:
    """What one criterion came to in one community, why, and what to do.

    ``earned`` and ``lost`` are None where the criterion does not count.
    """

    community: str
    code: str
    title: str
    section: str
    state: str
    points: float
    earned: Number
    lost: Number
    stake: float
    line: str
    supporting: tuple[str, ...]
    why: Worded
    remedy: str


@dataclass(frozen=True)
class States:
    """One criterion's state in each community, in the office's order."""

    code: str
    title: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A section of one community; ``rate`` and ``gate`` in percent, None where nothing counts or nothing is asked."""

    title: str
    earned: float
    full: float
    rate: Number
    gate: Number
    gate_missed: bool
    street_rate: Number


@dataclass(frozen=True)
class TrendMonth:
    """The score of one month; ``edition`` tells months under the same edition."""

    period: str
    edition: str
    score: Number
    reported: int
    communities: int


@dataclass(frozen=True)
class SharedArea:
    """An area, or several communities together. ``ranked`` begins with the most points lost."""

    heading: Heading
    communities: int
    reported: int
    without_score: int
    ranked: tuple[Ranked, ...]
    sections: tuple[str, ...]
    states: tuple[States, ...]
    streets: tuple[Street, ...]
    lines: tuple[Line, ...]
    unreported: tuple[Unreported, ...]
    findings: tuple[Finding, ...]
    trend: tuple[TrendMonth, ...]
    kind: Literal["area"] = "area"

    @property
    def in_order(self) -> tuple[Ranked, ...]:
        """The communities in the office's order."""
        return tuple(sorted(self.ranked, key=lambda community: community.order))


@dataclass(frozen=True)
class SharedCommunity:
    """One community; ``findings`` are all criteria, in the edition's order. Where it stands alone, it has no rank."""

    heading: Heading
    reported: bool
    base: Number
    bonus: Number
    rank: int | None
    ranked: int
    rank_class: str
    gates: tuple[str, ...]
    vetoes: tuple[str, ...]
    street_score: Number
    district_score: Number
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    trend: tuple[TrendMonth, ...]
    kind: Literal["community"] = "community"

    @property
    def losing(self) -> tuple[Finding, ...]:
        """The criteria that lost points, the most first.

        One that does not apply may count as the mean of others; there is nothing to be done about that.
        """
        losing = [finding for finding in self.findings if (finding.lost or 0.0) > 1e-9]
        found = [finding for finding in losing if finding.state != "not_applicable"]
        return tuple(sorted(found, key=lambda finding: -(finding.lost or 0.0)))


SharedView = SharedArea | SharedCommunity
_FORM: TypeAdapter[SharedView] = TypeAdapter(Annotated[SharedView, Field(discriminator="kind")])


def to_json(view: SharedView) -> bytes:
    """The values as JSON, the same bytes for the same values."""
    return _FORM.dump_json(view)


def from_json(content: bytes) -> SharedView:
    """The values that ``to_json`` wrote; raises ValueError where it is none of ours."""
    return _FORM.validate_json(content)

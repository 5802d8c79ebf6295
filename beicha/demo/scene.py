"""One community in one month: what it gets done, and where and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from beicha.demo.chance import between, draw, pick
from beicha.demo.characters import CHARACTERS
from beicha.demo.district import LAST_DAY
from scoring.facts import Area
from scoring.periods import first_day

Row = dict[str, Any]
"""A row of a ledger: field code to value, as ``scoring.facts.Rows`` holds it."""

Thing = TypeVar("Thing")

_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹章苏潘葛范彭鲁韦马方任袁柳唐罗薛贺"


@dataclass(frozen=True)
class Scene:
    """A community at a month. All that happens there follows from the two."""

    community: Area
    month: int

    @property
    def code(self) -> str:
        """The community's code."""
        return self.community.code

    @property
    def month_of_year(self) -> int:
        """The month of the year, 1 to 12."""
        return self.month % 12 + 1

    def care(self, section: str) -> float:
        """The share of duties of a section that gets done this month."""
        return CHARACTERS[self.code].care_for(section, self.month)

    def does(self, section: str, *what: object, weight: float = 1.0) -> bool:
        """Whether a duty of this month is done; a ``weight`` below 1 makes it likelier."""
        return draw(self.code, self.month, section, *what) < 1.0 - weight * (1.0 - self.care(section))

    def has(self, section: str, *what: object, weight: float = 1.0) -> bool:
        """Whether a lasting thing is there by this month: it stays where care does not fall."""
        return draw(self.code, section, *what) < 1.0 - weight * (1.0 - self.care(section))

    def pick(self, options: Sequence[Thing], *what: object) -> Thing:
        """One of the options, this month's."""
        return pick(options, self.code, self.month, *what)

    def between(self, low: int, high: int, *what: object) -> int:
        """A whole number of this month, both ends included."""
        return between(low, high, self.code, self.month, *what)

    def day(self, *what: object, first: int = 1, last: int = LAST_DAY) -> date:
        """A day of this month before the report is due."""
        return first_day(self.month).replace(day=self.between(first, last, "day", *what))

    def person(self, title: str, number: int) -> str:
        """One of the community's people, by surname and part alone."""
        return pick(_SURNAMES, self.code, title, number) + title

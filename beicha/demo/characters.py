"""How each community of the demo works: how carefully, on what, since when, and in which form its clerk writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from beicha.demo.district import COMMUNITIES, LAST
from scoring.periods import month_number

Form = Literal["standard", "titled", "two_levels", "loose", "reordered", "separated"]
"""How a clerk fills in: the template; own headings under title rows; headings on two levels; other names, units
and ticks; sheets in another order with totals and footers; one ledger as a text file from an older program."""

SEASON = {1: -0.02, 2: -0.05, 3: 0.01, 4: 0.01, 5: 0.01, 7: -0.02, 8: -0.03, 9: -0.01}
"""By month of the year: the spring festival and the summer holidays cost, the months before the inspection gain."""


@dataclass(frozen=True)
class Character:
    """A community's ways. ``care`` is the share of duties done in the newest month, ``rise`` what it gains a month."""

    care: float
    rise: float = 0.004
    form: Form = "standard"
    by_section: Mapping[str, float] = field(default_factory=dict)
    unreported: tuple[str, ...] = ()
    last_report: str = ""
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    def care_for(self, section: str, month: int) -> float:
        """The share of duties of a section that gets done in a month, 0 to 1."""
        before = self.rise * (LAST - month)
        care = self.care + self.by_section.get(section, 0.0) - before + SEASON.get(month % 12 + 1, 0.0)
        return min(1.0, max(0.0, care))

    def reports(self, month: int) -> bool:
        """Whether the community sends anything for the month."""
        if self.last_report and month > month_number(self.last_report):
            return False
        return month not in map(month_number, self.unreported)


NO_HOARDING = {"GY-10": "辖区内没有建筑围挡"}
NO_PROPERTY = {"HJ-6": "老旧小区，没有物业公司"}
NO_LANES = {"HJ-8": "辖区内没有背街小巷"}
NO_MARKET = {"HJ-9": "辖区内没有农贸市场"}

CHARACTERS: dict[str, Character] = {
    "GL01": Character(0.98, 0.001, not_applicable=NO_HOARDING | NO_MARKET),
    "GL02": Character(0.96, 0.004, "titled", not_applicable=NO_HOARDING),
    "GL03": Character(0.85, 0.006, not_applicable=NO_HOARDING | NO_LANES),
    "GL04": Character(0.89, 0.003, "two_levels", not_applicable=NO_MARKET),
    "GL05": Character(0.77, 0.008, "loose", not_applicable=NO_HOARDING | NO_PROPERTY),
    "GL06": Character(0.72, 0.002, unreported=("2026-06",), not_applicable=NO_HOARDING | NO_PROPERTY),
    "WC01": Character(0.92, 0.005, by_section={"WC": 0.04}, not_applicable=NO_HOARDING | NO_MARKET),
    "WC02": Character(0.84, 0.004, "titled", not_applicable=NO_MARKET),
    "WC03": Character(0.81, 0.003, by_section={"JT": 0.03}, not_applicable=NO_HOARDING),
    "WC04": Character(0.83, 0.004, "reordered", not_applicable=NO_HOARDING | NO_LANES),
    "WC05": Character(0.54, 0.001, "loose", unreported=("2026-02",), not_applicable=NO_PROPERTY),
    "WC06": Character(0.82, 0.004, unreported=("2025-10", "2026-06"), not_applicable=NO_HOARDING | NO_PROPERTY),
    "QH01": Character(0.90, 0.002, "two_levels", not_applicable=NO_HOARDING | NO_MARKET),
    "QH02": Character(0.89, 0.005, not_applicable=NO_LANES),
    "QH03": Character(0.83, 0.004, not_applicable=NO_HOARDING),
    "QH04": Character(0.86, 0.035, "titled", not_applicable=NO_HOARDING | NO_PROPERTY),
    "QH05": Character(0.72, 0.004, "separated", not_applicable=NO_PROPERTY),
    "QH06": Character(0.81, 0.004, by_section={"WC": 0.04}, not_applicable=NO_HOARDING | NO_PROPERTY | NO_MARKET),
    "LT01": Character(0.66, -0.010, not_applicable=NO_HOARDING),
    "LT02": Character(0.81, 0.003, "loose", by_section={"WC": 0.12}, not_applicable=NO_HOARDING | NO_LANES),
    "LT03": Character(0.91, 0.006, "reordered", not_applicable=NO_MARKET),
    "LT04": Character(0.71, 0.000, last_report="2026-04", not_applicable=NO_HOARDING | NO_PROPERTY),
    "LT05": Character(0.44, 0.000, "loose", unreported=("2025-08", "2026-02"), not_applicable=NO_PROPERTY | NO_LANES),
    "LT06": Character(0.76, 0.006, by_section={"WC": 0.1}, not_applicable=NO_HOARDING | NO_PROPERTY),
}

assert CHARACTERS.keys() == {community.code for community in COMMUNITIES}, "each community has its ways"

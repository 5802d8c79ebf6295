"""The invented district: its areas, its calendar and its day of today. No such place exists."""

from datetime import date

from scoring.facts import Area
from scoring.periods import month_number

TODAY = date(2026, 7, 6)
"""The demo's fixed today: the newest month was due yesterday."""

DUE_DAY = 5
"""The day of the following month by which communities report."""

LAST_DAY = 24
"""Nothing that is reported happens later in a month: then the clerk writes."""

FIRST, LAST = month_number("2025-05"), month_number("2026-06")
MONTHS = range(FIRST, LAST + 1)
HISTORY = month_number("2024-06")
"""The first reports also hold what was done from this month on."""

DISTRICT = Area("CX", "澄溪区", "district")

STREETS = (
    Area("GL", "桂岭街道", "street", "CX", order=1),
    Area("WC", "望川街道", "street", "CX", order=2),
    Area("QH", "青禾街道", "street", "CX", order=3),
    Area("LT", "柳汀街道", "street", "CX", order=4),
)

_COMMUNITIES = {
    "GL": (("丹桂", "A"), ("听泉", "A"), ("书台", "A"), ("锦屏", "A"), ("岭下", "B"), ("石磨", "B")),
    "WC": (("望川桥", "A"), ("临波", "A"), ("揽月", "A"), ("双塔", "A"), ("沙洲", "B"), ("渔歌", "B")),
    "QH": (("青禾园", "A"), ("麦香", "A"), ("春晖", "A"), ("稻田里", "B"), ("谷仓", "B"), ("田心", "B")),
    "LT": (("柳汀", "A"), ("絮园", "A"), ("知秋", "A"), ("荷塘", "B"), ("苇岸", "B"), ("菱角塘", "B")),
}

COMMUNITIES = tuple(
    Area(
        f"{street}{number:02d}",
        f"{name}社区",
        "community",
        street,
        f"{rank_class} 类",
        10 * STREETS.index(above) + number,
    )
    for above in STREETS
    for street in [above.code]
    for number, (name, rank_class) in enumerate(_COMMUNITIES[street], 1)
)

AREAS = (DISTRICT, *STREETS, *COMMUNITIES)


def street_of(community: Area) -> Area:
    """The street that a community belongs to."""
    return next(street for street in STREETS if street.code == community.parent)

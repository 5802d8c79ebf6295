"""What happened in the demo district: for each community and month the rows its ledgers hold."""

from collections.abc import Callable, Mapping

from beicha.demo.culture import online, school_activities, surveys
from beicha.demo.district import FIRST, HISTORY, LAST
from beicha.demo.incidents import with_incidents
from beicha.demo.lectures import lectures
from beicha.demo.minors import minors_activities
from beicha.demo.places import facilities, public_ads
from beicha.demo.scene import Row, Scene
from beicha.demo.service import patrols, volunteering
from scoring.facts import Area

_EVENTS: dict[str, Callable[[Scene], list[Row]]] = {
    "lectures": lectures,
    "minors_activities": minors_activities,
    "volunteering": volunteering,
    "school_activities": school_activities,
    "patrols": patrols,
    "online": online,
    "surveys": surveys,
}
_STATE: dict[str, Callable[[Scene], list[Row]]] = {"public_ads": public_ads, "facilities": facilities}


def reported(community: Area, month: int) -> Mapping[str, list[Row]]:
    """The rows of every ledger that the community reports for the month; the first report also holds the history."""
    since = HISTORY if month == FIRST else month
    rows = {
        code: [row for past in range(since, month + 1) for row in happened(Scene(community, past))]
        for code, happened in _EVENTS.items()
    }
    rows |= {code: found(Scene(community, month)) for code, found in _STATE.items()}
    return with_incidents(community, month, rows)


def first_try(community: Area, month: int) -> Mapping[str, list[Row]] | None:
    """What was sent first where the clerk noticed a mistake and sent the month again; None where once was enough."""
    forgotten = _SENT_AGAIN.get((community.code, month))
    if forgotten is None:
        return None
    rows = dict(reported(community, month))
    return rows | {code: rows[code][: len(rows[code]) // 2] for code in forgotten}


_SENT_AGAIN: dict[tuple[str, int], tuple[str, ...]] = {
    ("WC02", LAST): ("online", "volunteering", "public_ads"),
    ("QH04", LAST - 3): ("facilities",),
}
"""Which ledgers were half empty at the first try, by community and month."""

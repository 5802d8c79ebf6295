"""What pages ask of the actions, read once and kept: keyed by plain values and the revision of the data.

Everything kept here is shared between readers and never changed.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import settings
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.views import editions, reading
from beicha.actions.views.checklist import Changes
from beicha.actions.views.community import CommunityView, community_of
from beicha.actions.views.editions import EditionEntry
from beicha.actions.views.months import Month, MonthScores
from beicha.actions.views.overview import Overview, overview_of
from beicha.ui.frame import Choices, names_of
from beicha.ui.keeping import Keeping
from scoring.edition import Edition

_VERSION = "data_version"


def look() -> None:
    """Looks at the data anew; what pages ask afterwards in this run is answered from one revision."""
    store = the_store()
    st.session_state[_VERSION] = f"{store.place}@{reading.revision(store)}"


def version() -> str:
    """What tells the data of this run from any before: where they lie, and the number of the newest action."""
    return str(st.session_state[_VERSION])


KEPT = Keeping(most=512)


def keep(make: Callable[[], Any], *key: Hashable) -> Any:
    """What ``make`` gives for a key of plain values and the data of this run, made at the first call only."""
    return KEPT.get((version(), *key), make)


def periods() -> tuple[str, ...]:
    """Every month that can be looked at, newest first."""
    found: tuple[str, ...] = keep(lambda: reading.assessed_periods(OFFICE, the_store()), "periods")
    return found


def month(period: str) -> Month:
    """A month's standing."""
    found: Month = keep(lambda: reading.read_months(OFFICE, the_store(), period, period)[0], "month", period)
    return found


def history() -> tuple[MonthScores, ...]:
    """The scores of every month, ascending."""
    found: tuple[MonthScores, ...] = keep(lambda: reading.read_history(OFFICE, the_store()), "history")
    return found


def choices(period: str) -> Choices:
    """What can be chosen in the pickers in a month."""
    found: Choices = keep(lambda: _choices(period), "choices", period)
    return found


def _choices(period: str) -> Choices:
    if not period:
        return Choices((), {}, lambda _: {}, {})
    here = month(period)
    streets = names_of(here.children("street"))
    inside = {street: _communities(here, street) for street in ("", *streets)}
    lines = {line.code: line.title for line in here.edition.lines}
    return Choices(periods(), streets, lambda street: inside.get(street, {}), lines)


def _communities(here: Month, street: str) -> Mapping[str, str]:
    codes = {here.standing.cells.communities[number] for number in here.members(street or None)}
    return names_of([area for area in here.children("community") if area.code in codes])


def overview(period: str, street: str, line: str) -> Overview:
    """The overview of a month, of the district or a street, of all lines or one."""
    found: Overview = keep(
        lambda: overview_of(month(period), history(), street, line), "overview", period, street, line
    )
    return found


def community(period: str, code: str) -> CommunityView:
    """One community in a month."""
    found: CommunityView = keep(lambda: _community(period, code), "community", period, code)
    return found


def _community(period: str, code: str) -> CommunityView:
    reasons = reading.read_reasons(OFFICE, the_store(), period, code)
    return community_of(month(period), history(), code, lambda number: reasons[number])


def rows(period: str, community: str, item: str) -> pd.DataFrame:
    """The rows that a criterion, bonus or veto of a community looks at."""
    found: pd.DataFrame = keep(
        lambda: reading.read_evidence(OFFICE, the_store(), period, community, item), "rows", period, community, item
    )
    return found


def unmatched(period: str, community: str) -> pd.DataFrame:
    """The rows of a community's month that count nowhere."""
    found: pd.DataFrame = keep(
        lambda: reading.read_unmatched(OFFICE, the_store(), period, community), "unmatched", period, community
    )
    return found


def edition(period: str) -> Edition:
    """The edition in force in a month that can be looked at."""
    return month(period).edition


def all_editions() -> tuple[EditionEntry, ...]:
    """Every edition there is, the one in force last first."""
    found: tuple[EditionEntry, ...] = keep(lambda: editions.all_editions(OFFICE, the_store()), "editions")
    return found


def edition_by_digest(digest: str) -> Edition:
    """An edition of the list."""
    found: Edition = keep(lambda: editions.load_edition(OFFICE, the_store(), digest), "edition", digest)
    return found


def changes(digest: str) -> Changes | None:
    """What changed from the edition before, None for the first."""
    found: Changes | None = keep(lambda: editions.changes_of(OFFICE, the_store(), digest), "changes", digest)
    return found


def edition_in_force(period: str) -> Edition | None:
    """The edition in force in any month, None before the first."""
    found: Edition | None = keep(lambda: reading.edition_in_force(OFFICE, the_store(), period), "in force", period)
    return found


def community_names(period: str) -> dict[str, str]:
    """The names of a month's communities by code, in the office's order."""
    found: dict[str, str] = keep(lambda: reading.community_names(OFFICE, the_store(), period), "names", period)
    return found


def demo_today() -> str:
    """The day that the demo takes for today; '' where the data are real."""
    found: str = keep(lambda: settings.demo_today(the_store()) or "", "demo")
    return found

"""What pages ask of the actions, read once and kept: keyed by plain values, the posts of who asks, and the revision of
the data.

Everything kept here is shared between readers and never changed.
"""

from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import edition_drafts, reviews, settings
from beicha.actions.assessing import Told
from beicha.actions.deadlines import day_of
from beicha.actions.documents.scope import Basis, Nothing, PaperAsk, basis_of
from beicha.actions.edition_drafts import Draft
from beicha.actions.edition_effects import effect_of
from beicha.actions.grants import may, may_everywhere
from beicha.actions.opening import the_store
from beicha.actions.review_states import Review, State
from beicha.actions.spot_draws import KeptDraw, draws_of
from beicha.actions.submissions import NamedFile
from beicha.actions.views import editions, reading
from beicha.actions.views import reporting as month_reports
from beicha.actions.views import review as month_review
from beicha.actions.views import tasks as task_lists
from beicha.actions.views.alerts import AlertList, alerts_in_view
from beicha.actions.views.alerts_reading import read_about_communities
from beicha.actions.views.annual import AnnualView, read_annual
from beicha.actions.views.checklist import Changes
from beicha.actions.views.community import CommunityView, community_of
from beicha.actions.views.compare import Comparison
from beicha.actions.views.compare_reading import (
    Beside,
    CompareAsk,
    read_beside,
    read_comparison,
    read_verified_over,
)
from beicha.actions.views.editions import EditionEntry
from beicha.actions.views.leaving import Readiness, read_leaving, read_readiness
from beicha.actions.views.months import Month, MonthScores
from beicha.actions.views.observations import Observation, read_observations
from beicha.actions.views.overview import Overview, overview_of
from beicha.actions.views.rehearsal import Rehearsal, Unit, Wish, enough, rehearse
from beicha.actions.views.reporting import Reporting
from beicha.actions.views.review import ReviewView
from beicha.actions.views.stakes import Stakes, gain_of, stakes_of
from beicha.actions.views.tasks import TaskList
from beicha.actions.views.verified import Verified, verified_of
from beicha.ui.frame import Choices, Frame, names_of
from beicha.ui.keeping import Keeping
from beicha.ui.person import grant
from beicha.ui.scoring_bar import scoring_bar
from beicha.words.language import Language
from scoring.edition import Edition
from scoring.edition_effect import EditionEffect
from scoring.remedies import RemedySet

_VERSION = "data_version"


def look() -> None:
    """Looks at the data anew; what pages ask afterwards in this run is answered from one revision."""
    store = the_store()
    st.session_state[_VERSION] = f"{store.place}@{reading.revision(store)}"
    KEPT.renew(version())


def version() -> str:
    """What tells the data of this run from any before: where they lie, and the number of the newest action."""
    return str(st.session_state[_VERSION])


KEPT = Keeping(most=512)


def keep(make: Callable[[], Any], *key: Hashable) -> Any:
    """What ``make`` gives for a key of plain values and the data of this run, made at the first call only."""
    return KEPT.get((version(), grant().sight, *key), make)


def periods() -> tuple[str, ...]:
    """Every month that can be looked at, newest first."""
    found: tuple[str, ...] = keep(_periods, "periods")
    return found


def _periods() -> tuple[str, ...]:
    """For who sees the whole all of them, else those in which there is something to see."""
    if may_everywhere(grant(), "see"):
        return reading.assessed_periods(grant(), the_store())
    seen = reversed(history()) if may(grant(), "see") else ()
    return tuple(month.period for month in seen if grant().reaches(month.period))


def month(period: str, community: str = "") -> Month | None:
    """A month's standing, or the part of it that the reader sees; None where that is nothing."""
    part = _part(community)
    found: Month | None = keep(lambda: _month(period, part), "month", period, part)
    return found


def _part(community: str) -> str:
    """The community whose part of a month is asked for; "" for whoever sees the whole, which is then read once."""
    return "" if may_everywhere(grant(), "see") else community


def _month(period: str, community: str) -> Month | None:
    return next(iter(reading.read_months(grant(), the_store(), period, period, community)), None)


def history(community: str = "") -> tuple[MonthScores, ...]:
    """The scores of every month, ascending."""
    part = _part(community)
    found: tuple[MonthScores, ...] = keep(lambda: reading.read_history(grant(), the_store(), part), "history", part)
    return found


def offers(months: str, today: date) -> tuple[tuple[str, ...], Callable[[str], Choices]]:
    """What the pickers offer: the months with a score, or all ``expected`` ones, and what is in one."""
    if months != "expected" or not may(grant(), "see"):
        return periods(), choices
    expected: tuple[str, ...] = keep(
        lambda: month_reports.expected_periods(grant(), the_store(), today), "expected", today.isoformat()
    )
    return expected, expected_choices


def expected_choices(period: str) -> Choices:
    """What can be chosen in a month that may have no score yet: the streets of its tree."""
    found: dict[str, str] = keep(
        lambda: month_reports.expected_streets(grant(), the_store(), period), "streets", period
    )
    edition = edition_in_force(period) if period else None
    return Choices((), found, lambda _: {}, {line.code: line.title for line in edition.lines} if edition else {})


def choices(period: str) -> Choices:
    """What can be chosen in the pickers in a month."""
    found: Choices = keep(lambda: _choices(period), "choices", period)
    return found


def _choices(period: str) -> Choices:
    here = month(period) if period else None
    if here is None:
        return Choices(periods(), {}, lambda _: {}, {})
    streets = names_of(list(dict.fromkeys([*here.parts(), *here.children("street")])))
    inside = {street: _communities(here, street) for street in ("", *streets)}
    lines = {line.code: line.title for line in here.edition.lines}
    return Choices(periods(), streets, lambda street: inside.get(street, {}), lines)


def _communities(here: Month, street: str) -> Mapping[str, str]:
    codes = {here.standing.cells.communities[number] for number in here.members(street or None)}
    return names_of([area for area in here.children("community") if area.code in codes])


def overview(period: str, street: str, line: str) -> Overview:
    """The overview of a month, of the district or a street, of all lines or one."""
    found: Overview = keep(lambda: _overview(period, street, line), "overview", period, street, line)
    return found


def _overview(period: str, street: str, line: str) -> Overview:
    here = month(period)
    assert here is not None, "a page asks for the months that it was told of"
    return overview_of(here, history(), street, line)


def community(period: str, code: str) -> CommunityView:
    """One community in a month."""
    found: CommunityView = keep(lambda: _community(period, code), "community", period, code)
    return found


def _community(period: str, code: str) -> CommunityView:
    reasons = reading.read_reasons(grant(), the_store(), period, code)
    here = month(period, code)
    assert here is not None, "whose reasons are seen is seen"
    return community_of(here, history(code), code, lambda number: reasons[number])


def rows(period: str, community: str, item: str) -> pd.DataFrame:
    """The rows that a criterion, bonus or veto of a community looks at."""
    found: pd.DataFrame = keep(
        lambda: reading.read_evidence(grant(), the_store(), period, community, item), "rows", period, community, item
    )
    return found


def opens_files(period: str, community: str) -> bool:
    """Whether the reader may open a community's whole ledgers and files."""
    found: bool = keep(lambda: reading.opens_files(grant(), the_store(), period, community), "opens", period, community)
    return found


def rows_as_they_are(period: str, community: str, item: str, at: datetime) -> pd.DataFrame:
    """The same with nothing hidden, for who asked at a moment: never kept, because each look is written down."""
    return reading.read_evidence(grant(), the_store(), period, community, item, asked_at=at)


def may_ask(period: str, community: str) -> bool:
    """Whether the reader may see what is a person's own in a community's rows."""
    found: bool = keep(lambda: reading.may_ask(grant(), the_store(), period, community), "asks", period, community)
    return found


def unmatched(period: str, community: str) -> pd.DataFrame:
    """The rows of a community's month that count nowhere."""
    found: pd.DataFrame = keep(
        lambda: reading.read_unmatched(grant(), the_store(), period, community), "unmatched", period, community
    )
    return found


def reporting(period: str, street: str, now: datetime) -> Reporting:
    """Who has reported a month by today, of all streets or one."""
    found: Reporting = keep(
        lambda: month_reports.read_reporting(grant(), the_store(), period, street, now=now),
        "reporting", period, street, day_of(now).isoformat(),
    )  # fmt: skip
    return found


def tasks(street: str, line: str, now: datetime) -> TaskList:
    """The rectification tasks that the reader sees, of all streets and lines or one."""
    found: TaskList = keep(
        lambda: task_lists.read_tasks(grant(), the_store(), now=now), "tasks", day_of(now).isoformat()
    )
    if not (street or line):
        return found
    return TaskList(tuple(row for row in found.of_street(street).rows if not line or line in row.task.lines))


def alerts(street: str, line: str, now: datetime) -> AlertList:
    """The warnings that the reader sees, of all streets and lines or one."""
    day = day_of(now)
    key = ("alerts", day.isoformat(), street, line)
    found: AlertList = keep(lambda: _alerts(street, line, now), *key)
    return found


def _alerts(street: str, line: str, now: datetime) -> AlertList:
    day = day_of(now)
    about, month = keep(lambda: read_about_communities(grant(), the_store(), day), "alerts", day.isoformat())
    return alerts_in_view(about, tasks(street, "", now).rows, month, (street, line), now)


def annual(year: int, unreviewed: bool, now: datetime) -> AnnualView | None:
    """The result of a year, None where no month of it has a score."""
    found: AnnualView | None = keep(
        lambda: read_annual(grant(), the_store(), year, unreviewed=unreviewed, now=now),
        "annual", year, unreviewed, day_of(now).isoformat(),
    )  # fmt: skip
    return found


def paper_basis(period: str, street: str, unreviewed: bool, now: datetime) -> Basis | None:
    """What a month's paper rests on; None where there is nothing that it could say."""
    ask = PaperAsk(period, street, unreviewed)
    key = ("papers", period, street, unreviewed, day_of(now).isoformat())
    found: Basis | None = keep(lambda: _paper_basis(ask, now), *key)
    return found


def _paper_basis(ask: PaperAsk, now: datetime) -> Basis | None:
    try:
        return basis_of(grant(), the_store(), ask, now=now)
    except Nothing:
        return None


def observations(period: str, street: str, line: str) -> tuple[Observation, ...]:
    """What the office saw in a month, as far as the reader sees it, of all streets and lines or one."""
    found: tuple[Observation, ...] = keep(
        lambda: read_observations(grant(), the_store(), period, street, line), "observations", period, street, line
    )
    return found


def verified(period: str, street: str, line: str) -> Verified | None:
    """Self-report beside verification in a month, None where it has no score yet."""
    found: Verified | None = keep(lambda: _verified(period, street, line), "verified", period, street, line)
    return found


def _verified(period: str, street: str, line: str) -> Verified | None:
    here = month(period)
    return None if here is None else verified_of(here, street, line)


def stakes(period: str, street: str, line: str) -> Stakes | None:
    """What is at stake in a month, of all streets and lines or one."""
    found: Stakes | None = keep(lambda: _stakes(period, street, line), "all stakes", period, street, line)
    return found


def _stakes(period: str, street: str, line: str) -> Stakes | None:
    here = month(period)
    return None if here is None else stakes_of(here, street, line)


def gain_together(frame: Frame, criteria: tuple[str, ...]) -> float:
    """How much the district score rises if these criteria became met together, in what the frame narrows to."""
    here = month(frame.period)
    assert here is not None, "a page asks for the months that it was told of"
    return gain_of(here, criteria, frame.street, frame.line)


def readiness(period: str, begins: str, told: Told) -> Readiness | None:
    """A month as it stands at a later one if nothing more is done."""
    here = month(period)
    if here is None:
        return None
    found: Readiness | None = keep(
        lambda: read_readiness(grant(), the_store(), here, begins, told), "readiness", period, begins
    )
    return found


def leaving(period: str, begins: str, community: str, criterion: str) -> pd.DataFrame:
    """The rows of a community that leave a criterion's window by a later month."""
    found: pd.DataFrame = keep(
        lambda: read_leaving(grant(), the_store(), (period, begins), community, criterion),
        "leaving", period, begins, community, criterion,
    )  # fmt: skip
    return found


def rehearsal(here: Month, begins: str, wish: Wish) -> Rehearsal | None:
    """What a random draw of a month would come to, as it stands at a later one ('': now); None where nobody is."""
    found: Rehearsal | None = keep(lambda: rehearse(here, wish), "rehearsal", here.period, begins, wish)
    return found


def rehearsed_enough(
    here: Month, begins: str, wish: Wish, unit: Unit, level: float
) -> tuple[RemedySet, tuple[str, ...]] | None:
    """The smallest set of remedies that brings the chance of a rehearsal to a level, with their names."""
    found: tuple[RemedySet, tuple[str, ...]] | None = keep(
        lambda: enough(here, wish, unit, level), "enough", here.period, begins, wish, unit, level
    )
    return found


def comparison(ask: CompareAsk) -> Comparison | None:
    """The difference of two scores, None where one of them is not in view."""
    found: Comparison | None = keep(
        lambda: _or_none(lambda: read_comparison(grant(), the_store(), ask)), "compare", ask
    )
    return found


def beside(ask: CompareAsk) -> Beside | None:
    """A community beside the others, None where it is not in view."""
    found: Beside | None = keep(lambda: _or_none(lambda: read_beside(grant(), the_store(), ask)), "beside", ask)
    return found


def _or_none(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except KeyError:
        return None


def verified_over(community: str, line: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Self-report beside verification of a community over its months, by month and by criterion."""
    found: tuple[pd.DataFrame, pd.DataFrame] = keep(
        lambda: read_verified_over(grant(), the_store(), community, line), "verified over", community, line
    )
    return found


def spot_draws(period: str) -> tuple[KeptDraw, ...]:
    """The draws of a month that the reader may see, newest first."""
    found: tuple[KeptDraw, ...] = keep(lambda: draws_of(grant(), the_store(), period), "draws", period)
    return found


def communities_of(period: str, street: str) -> dict[str, str]:
    """The names of a month's communities by code, of all streets or one, whether the month has a score or not."""
    found: dict[str, str] = keep(
        lambda: reading.community_names(grant(), the_store(), period, street), "names", period, street
    )
    return found


def review(period: str, street: str) -> ReviewView:
    """How a month stands in review, of all streets or one."""
    found: ReviewView = keep(
        lambda: month_review.read_review(grant(), the_store(), period, street), "review", period, street
    )
    return found


def review_of(period: str, community: str) -> tuple[State, tuple[Review, ...]]:
    """How a community's month stands in review, and what was decided about it, newest first."""
    found: tuple[State, tuple[Review, ...]] = keep(
        lambda: reviews.stand_of(grant(), the_store(), community, period), "review of", period, community
    )
    return found


def unmatched_as_they_are(period: str, community: str, at: datetime) -> pd.DataFrame:
    """The same with nothing hidden, for who asked at a moment."""
    return reading.read_unmatched(grant(), the_store(), period, community, asked_at=at)


def edition(period: str, community: str) -> Edition:
    """The edition in force in a month, as far as the reader sees it of a community."""
    here = month(period, community)
    assert here is not None, "a page asks for communities that it was told of"
    return here.edition


def all_editions() -> tuple[EditionEntry, ...]:
    """Every edition there is, the one in force last first."""
    found: tuple[EditionEntry, ...] = keep(lambda: editions.all_editions(grant(), the_store()), "editions")
    return found


def edition_by_digest(digest: str) -> Edition:
    """An edition of the list."""
    found: Edition = keep(lambda: editions.load_edition(grant(), the_store(), digest), "edition", digest)
    return found


def sets_up() -> bool:
    """Whether the reader sets the whole office up."""
    return may_everywhere(grant(), "set_up")


def draft(name: str, content: bytes, period: str) -> Draft:
    """What a workbook comes to beside the edition in force in a month."""
    file = NamedFile(name, content)
    key = ("draft", sha256(content).hexdigest(), period)
    found: Draft = keep(lambda: edition_drafts.read_draft(grant(), the_store(), file, period), *key)
    return found


def waiting_draft(digest: str, period: str) -> Draft:
    """The same of an edition that was taken in."""
    found: Draft = keep(
        lambda: edition_drafts.draft_of(grant(), the_store(), edition_by_digest(digest), period),
        "waiting draft", digest, period,
    )  # fmt: skip
    return found


def effect(draft: Edition, period: str, language: Language) -> EditionEffect | None:
    """What a draft would make of a month, told as it goes on; None where there is nothing to try it on."""
    found: EditionEffect | None = keep(lambda: _effect(draft, period, language), "effect", draft.digest, period)
    return found


def _effect(draft: Edition, period: str, language: Language) -> EditionEffect | None:
    with scoring_bar(language, trial=True) as told:
        return effect_of(grant(), the_store(), draft, period, told)


def changes(digest: str) -> Changes | None:
    """What changed from the edition before, None for the first."""
    found: Changes | None = keep(lambda: editions.changes_of(grant(), the_store(), digest), "changes", digest)
    return found


def edition_in_force(period: str) -> Edition | None:
    """The edition in force in any month, None before the first."""
    found: Edition | None = keep(lambda: reading.edition_in_force(grant(), the_store(), period), "in force", period)
    return found


def community_names(period: str) -> dict[str, str]:
    """The names of a month's communities by code, in the office's order."""
    found: dict[str, str] = keep(lambda: reading.community_names(grant(), the_store(), period), "names", period)
    return found


def demo_today() -> str:
    """The day that the demo takes for today; '' where the data are real."""
    found: str = keep(lambda: settings.demo_today(the_store()) or "", "demo")
    return found

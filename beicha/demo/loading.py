"""Loading the demo through the front door: areas, editions and every workbook go the way a person's would."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache
from itertools import groupby

from beicha.actions import accounts, areas, editions, settings, setup, submissions
from beicha.actions.edition_files import find_edition
from beicha.actions.grants import OFFICE
from beicha.actions.opening import Store
from beicha.actions.submissions import Key, NamedFile
from beicha.actions.views.templates import template_file
from beicha.demo.arrivals import ZONE, Arrival, arrivals
from beicha.demo.daily import report_daily
from beicha.demo.district import AREAS, COMMUNITIES, DISTRICT, DUE_DAY, FIRST, MONTHS, TODAY
from beicha.demo.drawing import draw_points
from beicha.demo.inspections import visits
from beicha.demo.people import PEOPLE
from beicha.demo.rectifying import rectify
from beicha.demo.reviewing import review
from beicha.demo.sheets import Sheet, workbook
from beicha.demo.template import Template
from beicha.demo.workbooks import Desk
from beicha.words.language import DEFAULT
from scoring.edition import Edition
from scoring.facts import Area
from scoring.periods import first_day, month_number, period_text

EDITIONS = (("community-archive-2025", period_text(FIRST)), ("community-archive", "2026-01"))
"""The checklists of the demo, by name, each with the month from which it is in force."""

Progress = Callable[[int, int, str], None]
"""Told how many reports of how many are taken in, and the month of the last."""

_KINDS = {"district": "区", "street": "街道", "community": "社区"}


class RealDataError(Exception):
    """The database holds areas or submissions that are not the demo's."""


@dataclass(frozen=True)
class Loaded:
    """What a loading did: how many files came in now (0 where all were there already), and what the demo holds."""

    files: int
    communities: int
    months: int


def load(
    store: Store,
    progress: Progress | None = None,
    *,
    months: Sequence[int] = MONTHS,
    communities: Sequence[Area] = COMMUNITIES,
) -> Loaded:
    """Fill a new store with the demo district; one that was left half filled is filled up, a full one left alone.

    ``months`` and ``communities`` make a smaller demo, in the same district, in which nobody has reviewed, drawn or
    made tasks of anything. Raises RealDataError where the store holds somebody's areas or submissions.
    """
    _set_up(store)
    planned = [arrival for month in months for arrival in arrivals(month, communities)]
    new = [arrival for arrival in planned if not _is_stored(store, arrival, communities)]
    done = files = 0
    for _, together in groupby(new, key=lambda arrival: (arrival.month, arrival.at.date())):
        day = list(together)
        files += _take_in(store, day, communities)
        done += len(day)
        if progress:
            progress(done, len(new), period_text(day[0].month))
    if (months, communities) == (MONTHS, COMMUNITIES):
        review(store)
        rectify(store)
        draw_points(store)
        report_daily(store)
    return Loaded(files, len(communities), len(months))


@cache
def desk(name: str) -> Desk:
    """Where the workbooks of an edition are written, with the field names that it has otherwise than the newest."""
    edition = find_edition(name)
    newest = find_edition(EDITIONS[-1][0])
    renamed = newest.renames.fields if newest.follows == name else {}
    codes = {ledger: {new: old for old, new in fields.items()} for ledger, fields in renamed.items()}
    return Desk(edition, _template(edition, office=False), _template(edition, office=True), codes)


def _template(edition: Edition, *, office: bool) -> Template:
    return Template(template_file(edition, None, None, office, DEFAULT))


def _desk_of(month: int) -> Desk:
    return desk(max((month_number(since), name) for name, since in EDITIONS if month_number(since) <= month)[1])


def _set_up(store: Store) -> None:
    """Mark the store as a demo, then what an office sets up before the first report, as far as it is not there yet."""
    now = datetime.combine(first_day(FIRST), time(9), ZONE)
    if settings.demo_today(store) is None:
        if settings.holds_real_data(store) or setup.status(OFFICE, store).areas:
            raise RealDataError(store.place)
        settings.mark_demo(OFFICE, store, TODAY.isoformat(), now)
    for login, name, post in PEOPLE:
        accounts.add_demo(store, login, name, post, now=now)
    done = setup.status(OFFICE, store)
    if not done.areas:
        taken = areas.import_areas(OFFICE, store, NamedFile(f"{DISTRICT.name}区划表.xlsx", area_table()), now=now)
        assert taken.stored, taken.problems
    if not done.due_day:
        settings.set_district_name(OFFICE, store, f"{DISTRICT.name}文明办", now)
        settings.set_due_day(OFFICE, store, DUE_DAY, now)
    for name, since in EDITIONS:
        if not any(since in edition.in_force_from for edition in editions.listed(OFFICE, store)):
            editions.activate(OFFICE, store, name, since, now)


def area_table() -> bytes:
    """The district's areas as the table that an office imports."""
    rows = [[area.code, area.name, _KINDS[area.kind], area.parent, area.rank_class, area.order] for area in AREAS]
    return workbook([Sheet("区划表", [["编码", "名称", "类别", "上级", "分类", "排序"], *rows], looks={0: "heading"})])


def _is_stored(store: Store, arrival: Arrival, communities: Sequence[Area]) -> bool:
    """Whether the arrival has been taken in before."""
    period = period_text(arrival.month)
    if arrival.community is None:
        visited = next(visit.community for visit in visits(arrival.month) if visit.community in communities)
        key = Key(visited.code, period, "office")
    else:
        key = Key(arrival.community.code, period)
    return len(submissions.history(OFFICE, store, key)) >= arrival.attempt


def _take_in(store: Store, day: Sequence[Arrival], communities: Sequence[Area]) -> int:
    """Take in what arrived on one day for a month, all at once as the upload page does; gives the number of files."""
    month = day[0].month
    sent = [file for arrival in day for file in _desk_of(month).files(arrival, communities)]
    files = [NamedFile(name, content) for name, content in sent]
    draft = submissions.read(OFFICE, store, files, period=period_text(month))
    assert not draft.errors, draft.errors
    submissions.submit(OFFICE, store, draft, files, now=day[-1].at)
    return len(files)

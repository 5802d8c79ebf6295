"""Loading the demo through the front door: areas, editions and every workbook go the way a person's would."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from beicha.actions import areas, editions, settings, submissions
from beicha.actions.edition_files import find_edition
from beicha.actions.grants import OFFICE
from beicha.actions.opening import Store
from beicha.actions.submissions import NamedFile
from beicha.actions.views.templates import template_file
from beicha.demo.arrivals import ZONE, Arrival, arrivals
from beicha.demo.district import AREAS, COMMUNITIES, DISTRICT, DUE_DAY, FIRST, LAST, MONTHS, TODAY
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
"""Told how many workbooks of how many have arrived, and the month they are of."""

Stored = Collection[tuple[str, int]]
"""Communities and months of which something is stored."""

_KINDS = {"district": "区", "street": "街道", "community": "社区"}


class RealDataError(Exception):
    """The database holds submissions that are not the demo's."""


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

    ``months`` and ``communities`` make a smaller demo, in the same district. Raises RealDataError where the store
    holds somebody's submissions.
    """
    if settings.holds_real_data(store):
        raise RealDataError(store.place)
    desks = {since: desk(name) for name, since in EDITIONS}
    _set_up(store)
    known = _stored(store)
    new = [arrival for month in months for arrival in arrivals(month, communities) if not _is_stored(arrival, known)]
    files = 0
    for number, arrival in enumerate(new):
        if progress:
            progress(number, len(new), period_text(arrival.month))
        files += _send(store, _desk_of(desks, arrival.month), arrival, communities)
    return Loaded(files, len(communities), len(months))


def desk(name: str) -> Desk:
    """Where the workbooks of an edition are written, with the field names that it has otherwise than the newest."""
    edition = find_edition(name)
    newest = find_edition(EDITIONS[-1][0])
    renamed = newest.renames.fields if newest.follows == name else {}
    codes = {ledger: {new: old for old, new in fields.items()} for ledger, fields in renamed.items()}
    return Desk(edition, _template(edition, office=False), _template(edition, office=True), codes)


def _template(edition: Edition, *, office: bool) -> Template:
    return Template(template_file(edition, None, None, office, DEFAULT))


def _desk_of(desks: dict[str, Desk], month: int) -> Desk:
    return desks[max(since for since in desks if month_number(since) <= month)]


def _set_up(store: Store) -> None:
    """Areas, the due day and the editions, as an office sets them up before the first report."""
    if settings.demo_today(store) is not None:
        return
    now = datetime.combine(first_day(FIRST), time(9), tzinfo=ZONE)
    settings.mark_demo(OFFICE, store, TODAY.isoformat(), now)
    settings.set_district_name(OFFICE, store, f"{DISTRICT.name}文明办", now)
    settings.set_due_day(OFFICE, store, DUE_DAY, now)
    taken = areas.import_areas(OFFICE, store, NamedFile(f"{DISTRICT.name}区划表.xlsx", area_table()), now=now)
    assert taken.stored, taken.problems
    for number, (name, since) in enumerate(EDITIONS):
        editions.activate(OFFICE, store, name, since, now + timedelta(minutes=number))


def area_table() -> bytes:
    """The district's areas as the table that an office imports."""
    rows = [[area.code, area.name, _KINDS[area.kind], area.parent, area.rank_class, area.order] for area in AREAS]
    return workbook([Sheet("区划表", [["编码", "名称", "类别", "上级", "分类", "排序"], *rows], looks={0: "heading"})])


def _stored(store: Store) -> Stored:
    """What is stored already, by the code of the community ("" for the office) and the month."""
    found = submissions.reports(OFFICE, store, [community.code for community in COMMUNITIES], period_text(LAST))
    return {(report.community if report.kept_by == "community" else "", report.month) for report in found}


def _is_stored(arrival: Arrival, known: Stored) -> bool:
    """Whether nothing is gained by taking it in; a corrected report is taken in once, however often it comes."""
    return (arrival.sender, arrival.month) in known and arrival.attempt == 1


def _send(store: Store, desk: Desk, arrival: Arrival, communities: Sequence[Area]) -> int:
    """Take the files in as the upload page does; gives their number."""
    files = [NamedFile(name, content) for name, content in desk.files(arrival, communities)]
    draft = submissions.read(OFFICE, store, files, period=period_text(arrival.month))
    assert not draft.errors, draft.errors
    submissions.submit(OFFICE, store, draft, files, now=arrival.at)
    return len(files)

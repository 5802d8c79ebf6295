"""Drawing communities and points for spot checks (抽点): by a seed, so that anybody can draw the same again.

What is to be visited is told to nobody but who visits, and to the auditor: a draw that is known beforehand finds
everything swept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from beicha.actions.assessing import reports_of
from beicha.actions.grants import Grant, Refused, may_everywhere, posts_over, require, require_month, require_submit
from beicha.actions.spot_checks import edition_there, observation_ledgers
from beicha.actions.views.streets import is_within, street_of
from beicha.papers.template import office_template
from beicha.store import Store, Transaction, areas, audit, spot_draws
from beicha.store.spot_draws import KeptDraw as KeptDraw
from beicha.store.submissions import Key
from beicha.words.language import Language, say
from beicha.words.workbook import COMMUNITY
from scoring.coding import rows_of, values_of
from scoring.draws import draw
from scoring.edition import Edition
from scoring.facts import Area, Report
from scoring.ledgers import Ledger
from scoring.periods import month_number

MOST_POINTS = 50
LONGEST_SEED = 80


@dataclass(frozen=True)
class Wish:
    """What to draw for a month: communities of each street (0: all) of the ``streets`` (none: all), points in each.

    A district among the ``streets`` stands for all of its own.

    Raises ValueError for a seed that is blank or too long, or for numbers outside of what is drawn at once.
    """

    period: str
    seed: str
    ledger: str
    streets: tuple[str, ...] = ()
    per_street: int = 0
    points: int = 3

    def __post_init__(self) -> None:
        if not self.seed.strip() or len(self.seed) > LONGEST_SEED:
            raise ValueError(f"a seed has 1 to {LONGEST_SEED} characters")
        if self.per_street < 0 or not 0 <= self.points <= MOST_POINTS:
            raise ValueError(f"at most {MOST_POINTS} points are drawn in a community")


@dataclass(frozen=True)
class Point:
    """A place that a community reported, or a kind of subject to look at wherever it is."""

    place: str
    subject: str


def may_record(grant: Grant) -> bool:
    """Whether the grant may hand in what the office keeps, anywhere."""
    return any(post.role == "office" and post.gives("submit") for post in grant.posts)


def make_draw(grant: Grant, store: Store, wish: Wish, *, now: datetime) -> int:
    """Draw and keep what came of it; its number. Raises Refused where the grant may not record there, KeyError for a
    ledger that the month's edition does not have, LookupError where there is nothing to draw from."""
    with store.write() as change:
        tree = areas.tree(change, wish.period)
        result = _drawn(change, wish, tree)
        if not result:
            raise LookupError("there is no community to draw from")
        for one in result:
            require_submit(grant, Key(one["community"], wish.period, "office"), change)
        number = spot_draws.add(change, wish.period, wish.seed, asdict(wish), result, by=grant.actor, at=now)
        points = sum(len(one["points"]) for one in result)
        audit.add(
            change, now, grant, "spot.draw", wish.period,
            draw=number, seed=wish.seed, communities=len(result), points=points,
        )  # fmt: skip
    return number


def draws_of(grant: Grant, store: Store, period: str) -> tuple[KeptDraw, ...]:
    """The draws of a month that the grant may see, newest first: of communities that it may record, or as auditor."""
    require_month(grant, "see", period)
    with store.read() as view:
        found, tree = spot_draws.of_month(view, period), areas.tree(view, period)
    return tuple(one for one in found if _is_seen(grant, one, tree))


def draw_form(grant: Grant, store: Store, number: int, *, language: Language) -> tuple[str, bytes]:
    """A name and the office's workbook with the drawn points written in, to be filled in and uploaded.

    Raises KeyError where there is no such draw, Refused where the grant may not see it.
    """
    require(grant, "see")
    with store.read() as view:
        kept = spot_draws.of_number(view, number)
        if kept is None:
            raise KeyError(number)
        tree = areas.tree(view, kept.period)
        edition = edition_there(view, kept.period)
    if not _is_seen(grant, kept, tree):
        raise Refused(grant, "see", f"draw {number}")
    names = {area.code: area.name for area in tree}
    code = str(kept.wish["ledger"])
    rows = [_form_row(names.get(one["community"], ""), point) for one in kept.result for point in one["points"]]
    content = office_template(edition, tree, month_number(kept.period), filled={code: rows}, language=language)
    return f"{say(language, 'Spot check form {period} no. {n}', period=kept.period, n=number)}.xlsx", content


def _form_row(name: str, point: Mapping[str, str]) -> dict[str, Any]:
    return {COMMUNITY: name, "place": point["place"] or None, "subject": point["subject"] or None}


def _is_seen(grant: Grant, kept: KeptDraw, tree: Sequence[Area]) -> bool:
    if may_everywhere(grant, "audit"):
        return True
    parents = {area.code: area.parent for area in tree}
    return all(
        any(post.role == "office" for post in posts_over(grant, "submit", one["community"], parents))
        for one in kept.result
    )


def _drawn(view: Transaction, wish: Wish, tree: Sequence[Area]) -> list[dict[str, Any]]:
    """Each community of each street in the office's order, with its points in the order in which they were drawn."""
    edition = edition_there(view, wish.period)
    ledger = {ledger.code: ledger for ledger in observation_ledgers(edition)}[wish.ledger]
    chosen = _communities(wish, tree)
    reports = reports_of(view, chosen, wish.period)
    result = []
    for code in chosen:
        own = [report for report in reports if report.community == code]
        pool = {"|".join((point.place, point.subject)): point for point in _points(edition, ledger, own)}
        lots = draw(pool, wish.points, f"{wish.seed}|{wish.period}|{code}")
        result.append({"community": code, "points": [asdict(pool[lot]) for lot in lots]})
    return result


def _communities(wish: Wish, tree: Sequence[Area]) -> list[str]:
    known = {area.code: area for area in tree}
    streets: dict[str, list[str]] = {}
    for area in tree:
        if area.kind == "community" and _is_wished(wish, known, area.code):
            street = street_of(known, area.code)
            streets.setdefault(street.code if street else "", []).append(area.code)
    chosen: list[str] = []
    for street_code, codes in streets.items():
        count = wish.per_street or len(codes)
        lots = set(draw(codes, count, f"{wish.seed}|{wish.period}|{street_code}"))
        chosen += [code for code in codes if code in lots]
    return chosen


def _is_wished(wish: Wish, known: Mapping[str, Area], code: str) -> bool:
    return not wish.streets or any(is_within(known, code, area) for area in wish.streets)


def _points(edition: Edition, ledger: Ledger, reports: Sequence[Report]) -> list[Point]:
    """The places that the community reported last, and the kinds of subject that the ledger knows."""
    found = [Point("", subject) for subject in (ledger.field("subject").choices if ledger.has_field("subject") else ())]
    for kept in edition.ledgers:
        if kept.keeps == "state" and kept.kept_by == "community" and kept.has_field("place"):
            newest = sorted(reports, key=lambda report: report.month, reverse=True)
            rows = next((rows for report in newest if (rows := rows_of(edition, report, kept)) is not None), None)
            names = values_of(edition, kept, rows, kept.name_field or "place") if rows is not None else []
            found += [Point(str(name), "") for name in names if name]
    return found

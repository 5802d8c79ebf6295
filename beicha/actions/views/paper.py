"""A community's page as a workbook: the values of the view, stamped with edition, filters and time."""

import math
from datetime import datetime
from typing import Any

import pandas as pd

from beicha.actions.grants import Grant
from beicha.actions.personal_views import Asked, note_views
from beicha.actions.views import reading
from beicha.actions.views.community import CommunityView, community_of
from beicha.papers.community_sheet import CommunityPaper, community_sheet
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE, rounded, signed
from beicha.words.rows import content_text, mark_text, whole_text
from beicha.words.times import shown
from scoring.edition import Edition
from scoring.evidence import evidence
from scoring.facts import Report
from scoring.periods import month_number


def community_workbook(
    grant: Grant, store: Store, period: str, community: str, *, language: Language, now: datetime, whole: bool = False
) -> tuple[str, bytes]:
    """A name and the bytes of the .xlsx file; raises KeyError where there is no such month or community.

    What is a person's own is hidden; with ``whole`` it is there, for who holds the right to it, and that is noted.
    """
    months = reading.read_months(grant, store, period, period, community)
    if not months:
        raise KeyError(period)
    reasons = reading.read_reasons(grant, store, period, community)
    view = community_of(
        months[0], reading.read_history(grant, store, community), community, lambda number: reasons[number]
    )
    reports = reading.read_reports(grant, store, community, period)
    rows, seen = _rows(months[0].edition, period, reports, language, whole=whole)
    if whole:
        note_views(grant, store, Asked(community, now), seen, months[0].edition)
    paper = CommunityPaper(
        title=f"{view.name} {period}",
        stamps=_stamps(view, language, now),
        facts=_facts(view, language),
        sections=view.sections,
        criteria=view.criteria.assign(section=view.criteria["section"].map(view.sections["title"])),
        rows=rows,
        edition=months[0].edition,
    )
    return f"{view.name}-{period}.xlsx", community_sheet(paper, language)


def _stamps(view: CommunityView, language: Language, now: datetime) -> list[str]:
    edition = say(language, "Edition: {edition} ({digest})", edition=view.edition, digest=view.digest[:12])
    whole = later("Month {period}, {street}, all sections and lines. Made {time}.")
    part = later("Month {period}, {street}, only what {line} leads. Made {time}.")
    values = {"period": view.period, "street": view.street_name or NONE, "time": shown(now)}
    made = say(language, part, line=view.line, **values) if view.line else say(language, whole, **values)
    return [edition, made]


def _facts(view: CommunityView, language: Language) -> list[tuple[str, Any]]:
    """The numbers above the page, rounded as there."""
    reported = say(language, "yes") if view.reported else say(language, "Not reported")
    rank = NONE if view.rank is None else f"{view.rank} / {view.ranked}"
    return [
        (say(language, "Community"), view.name),
        (say(language, "Month"), view.period),
        (say(language, "Reported"), reported),
        (say(language, "Score"), _number(view.score)),
        (say(language, "To the pass mark"), _number(view.distance)),
        (say(language, "On the month before"), signed(view.change)),
        (say(language, "Rank"), " ".join(part for part in (rank, view.rank_class) if part)),
        (say(language, "Mean of the street"), _number(view.street_score)),
        (say(language, "Mean of the district"), _number(view.district_score)),
        (say(language, "Bonus"), _number(view.bonus)),
        (say(language, "Precondition not met"), "、".join(view.gates) or NONE),
        (say(language, "Veto"), "、".join(view.vetoes) or NONE),
    ]


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(rounded(value))


def _rows(
    edition: Edition, period: str, reports: list[Report], language: Language, *, whole: bool
) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Every row that any criterion looked at, criterion by criterion; and the ledgers with something to hide."""
    lines, seen = [], set()
    for criterion in edition.criteria:
        found = evidence(edition, month_number(period), reports, criterion.code)
        for row in found.to_dict("records"):
            ledger = edition.ledger(row["ledger"])
            content, mark = content_text(ledger, row["values"], language), mark_text(row["mark"], language)
            if whole and content != (open_ := whole_text(ledger, row["values"], language)):
                content = open_
                seen.add((row["period"], ledger.code))
            where = [row["period"], row["sheet"], int(row["row"])]
            lines.append([criterion.code, criterion.title, ledger.title, *where, mark, content])
    columns = ["code", "title", "ledger", "period", "sheet", "row", "mark", "content"]
    return pd.DataFrame(lines, columns=columns), sorted(seen)

"""The overview as sheets: the numbers on top, then each of its tables, with the filters it was asked under."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import pandas as pd

from beicha.actions.exports.stamps import reviewed_text
from beicha.actions.grants import Grant
from beicha.actions.views.overview import Overview, overview_of
from beicha.actions.views.reading import read_history, read_months
from beicha.papers.sheets import Column, Sheet
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.states import state_word
from beicha.words.times import shown


def read_overview(grant: Grant, store: Store, period: str, street: str, line: str) -> Overview:
    """The view of the screen; raises Refused where the grant sees nothing, KeyError for no such month."""
    months = read_months(grant, store, period, period)
    if not months:
        raise KeyError(period)
    return overview_of(months[0], read_history(grant, store), street, line)


def overview_sheets(
    grant: Grant, store: Store, period: str, street: str, line: str, *, language: Language, now: datetime
) -> tuple[str, list[Sheet]]:
    """What the file is called, without its ending, and its sheets; raises as ``read_overview``."""
    view = read_overview(grant, store, period, street, line)
    stamps = stamps_of(view, reviewed_text(store, period, list(view.ranking.index), language), language, now)
    sheets = [
        _summary(view, language),
        _ranking(view, language),
        _sections(view, language),
        _streets(view, language),
        _lines(view, language),
        _stakes(view, language),
        _unreported(view, language),
        _trend(view, language),
    ]
    return f"{_place(view, language)}{say(language, 'Overview')}{period}", [_stamped(sheet, stamps) for sheet in sheets]


def stamps_of(view: Overview, reviewed: str, language: Language, now: datetime) -> list[str]:
    """What the numbers rest on: edition, filters, reviewed or not, time."""
    edition = say(language, "Edition: {edition} ({digest})", edition=view.edition, digest=view.digest[:12])
    text = later("Month {period}, {area}, {line}. {reviewed} Made {time}.")
    line = view.line or say(language, "All lines")
    area = _place(view, language)
    return [edition, say(language, text, period=view.period, area=area, line=line, reviewed=reviewed, time=shown(now))]


def _place(view: Overview, language: Language) -> str:
    return view.name or say(language, "All streets")


def _stamped(sheet: Sheet, stamps: list[str]) -> Sheet:
    return Sheet(sheet.title, sheet.columns, sheet.rows, stamps, sheet.grounds)


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(rounded(value))


def _summary(view: Overview, language: Language) -> Sheet:
    rows: list[list[Any]] = [
        [say(language, "Month"), view.period],
        [say(language, "Reported"), f"{view.reported} / {view.communities}"],
        [say(language, "Score"), _number(view.score)],
        [say(language, "To the pass mark"), _number(view.distance)],
        [say(language, "On the month before"), _number(view.change)],
        [say(language, "Year"), _number(view.year)],
        [say(language, "Band"), view.band or None],
        [say(language, "Communities without a score"), view.without_score],
    ]
    return Sheet(
        say(language, "Overview"), [Column(say(language, "What"), 26), Column(say(language, "Value"), 20)], rows
    )


def _ranking(view: Overview, language: Language) -> Sheet:
    heads = (
        (later("Rank"), 8), (later("Class"), 10), (later("Community"), 16), (later("Street"), 16), (later("Score"), 10),
        (later("Lost"), 10), (later("To the pass mark"), 12), (later("On the month before"), 12),
        (later("Reported"), 10), (later("Precondition not met"), 24), (later("Veto"), 20), (later("Band"), 12),
    )  # fmt: skip
    rows = [
        [
            None if pd.isna(row["rank"]) else int(row["rank"]), row["rank_class"], row["name"], row["street"],
            _number(row["score"]), _number(row["lost"]), _number(row["distance"]), _number(row["change"]),
            say(language, "yes") if row["reported"] else say(language, "Not reported"),
            "、".join(row["gates"]) or None, "、".join(row["vetoes"]) or None, row["band"] or None,
        ]
        for _, row in view.ranking.sort_values(["rank_class", "rank", "order"], kind="stable").iterrows()
    ]  # fmt: skip
    return Sheet(say(language, "Community"), _columns(heads, language), rows)


def _sections(view: Overview, language: Language) -> Sheet:
    columns = [Column(say(language, "Community"), 16), *(Column(title, 14) for title in view.section_titles.values())]
    names = view.ranking["name"].to_dict()
    rows = [
        [names[code], *(_number(row[section]) for section in view.section_titles)]
        for code, row in view.sections.iterrows()
    ]
    return Sheet(say(language, "Rates of sections %"), columns, rows)


def _streets(view: Overview, language: Language) -> Sheet:
    heads = (
        (later("Street"), 16), (later("Score"), 10), (later("Communities"), 10), (later("Not reported"), 10),
        (later("To the pass mark"), 12),
    )  # fmt: skip
    rows = [
        [
            row["name"],
            _number(row["score"]),
            int(row["communities"]),
            int(row["not_reported"]),
            _number(row["distance"]),
        ]
        for _, row in view.streets.iterrows()
    ]
    return Sheet(say(language, "Streets"), _columns(heads, language), rows)


def _lines(view: Overview, language: Language) -> Sheet:
    heads = ((later("Line"), 22), (later("Score"), 10), (later("Got"), 10), (later("Points"), 10), (later("Lost"), 10))
    rows = [
        [row["title"], *(_number(row[key]) for key in ("score", "earned", "points", "lost"))]
        for _, row in view.lines.iterrows()
    ]
    return Sheet(say(language, "Lines"), _columns(heads, language), rows)


def _stakes(view: Overview, language: Language) -> Sheet:
    heads = (
        (later("Community"), 16), (later("Criterion"), 12), (later("Title"), 26), (later("Section"), 20),
        (later("Line"), 16), (later("State"), 12), (later("Lost"), 10),
    )  # fmt: skip
    columns = [*_columns(heads, language), Column(say(language, "District gains"), 12, "0.000")]
    rows = [
        [
            row["name"], row["criterion"], row["title"], row["section"], row["line"],
            state_word(row["state"]).said(language), _number(row["lost"]), float(rounded(row["stake"], 3)),
        ]
        for _, row in view.stakes.iterrows()
    ]  # fmt: skip
    return Sheet(say(language, "Points to win"), columns, rows)


def _unreported(view: Overview, language: Language) -> Sheet:
    heads = ((later("Community"), 16), (later("Street"), 16), (later("Newest report"), 14), (later("Score"), 10))
    rows = [
        [row["name"], row["street"], row["last"] or None, _number(row["score"])]
        for _, row in view.unreported.iterrows()
    ]
    return Sheet(say(language, "Not reported"), _columns(heads, language), rows)


def _trend(view: Overview, language: Language) -> Sheet:
    heads = (
        (later("Month"), 10),
        (later("Edition"), 14),
        (later("Score"), 10),
        (later("Reported"), 10),
        (later("Communities"), 10),
    )
    rows = [
        [row["period"], row["edition"][:12], _number(row["score"]), int(row["reported"]), int(row["communities"])]
        for _, row in view.trend.iterrows()
    ]
    return Sheet(say(language, "Trend"), _columns(heads, language), rows)


def _columns(heads: Iterable[tuple[str, float]], language: Language) -> list[Column]:
    return [Column(say(language, title), width) for title, width in heads]

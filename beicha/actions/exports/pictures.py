"""The charts of the overview and of a community's page as pictures, with the values and the order of the screen."""

from datetime import datetime

import pandas as pd

from beicha.actions.exports.overview import read_overview, stamps_of
from beicha.actions.exports.stamps import reviewed_text
from beicha.actions.grants import Grant
from beicha.actions.views.community import community_of
from beicha.actions.views.reading import read_history, read_months, read_reasons
from beicha.papers.fonts import NoFontError as NoFontError
from beicha.papers.pictures import Bar, MonthPoint, bars_picture, line_picture
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE, plain, score
from beicha.words.times import shown


def gaps_picture(
    grant: Grant, store: Store, period: str, street: str, line: str, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """The communities' gap, the lowest score on top, as a PNG: its name and bytes.

    Raises Refused, KeyError for no such month, NoFontError where this machine has no Chinese font.
    """
    view = read_overview(grant, store, period, street, line)
    ordered = view.ranking.sort_values(["score", "order"], kind="stable", na_position="last")
    bars = [
        Bar(
            row["name"],
            None if pd.isna(row["score"]) else float(row["score"]),
            _end(row, language),
            not row["reported"],
        )
        for _, row in ordered.iterrows()
    ]
    title = say(language, "Gap of each community {period}", period=period)
    reviewed = reviewed_text(store, period, list(view.ranking.index), language)
    mark = say(language, "pass mark {mark}", mark=plain(view.pass_mark))
    picture = bars_picture(title, stamps_of(view, reviewed, language, now), bars, view.pass_mark, mark)
    return f"{title}.png", picture


def _end(row: pd.Series, language: Language) -> str:
    text = score(row["score"])
    return text if row["reported"] else f"{text} {say(language, 'Not reported')}"


def trend_picture(
    grant: Grant, store: Store, period: str, street: str, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """The score over the months as a PNG; raises as ``gaps_picture``."""
    view = read_overview(grant, store, period, street, "")
    months = [
        MonthPoint(row["period"], None if pd.isna(row["score"]) else float(row["score"]), row["edition"])
        for _, row in view.trend.iterrows()
    ]
    title = say(language, "Score over the months")
    reviewed = reviewed_text(store, period, list(view.ranking.index), language)
    picture = line_picture(title, stamps_of(view, reviewed, language, now), months, view.pass_mark)
    return f"{view.name}{title}{period}.png", picture


def sections_picture(
    grant: Grant, store: Store, period: str, community: str, *, language: Language, now: datetime
) -> tuple[str, bytes]:
    """What a community got in each section, as a PNG; raises as ``gaps_picture``."""
    months = read_months(grant, store, period, period, community)
    if not months:
        raise KeyError(period)
    reasons = read_reasons(grant, store, period, community)
    view = community_of(months[0], read_history(grant, store, community), community, lambda number: reasons[number])
    bars = [
        Bar(row["title"], None if pd.isna(row["rate"]) else float(row["rate"]), _rate(row), not view.reported)
        for _, row in view.sections.iterrows()
    ]
    edition = say(language, "Edition: {edition} ({digest})", edition=view.edition, digest=view.digest[:12])
    reviewed = reviewed_text(store, period, [community], language)
    text = later("{score} points. {reviewed} Made {time}.")
    told = say(language, text, score=score(view.score), reviewed=reviewed, time=shown(now))
    title = f"{view.name} {period}"
    return f"{title}.png", bars_picture(title, [edition, told], bars, None, "")


def _rate(row: pd.Series) -> str:
    return NONE if pd.isna(row["rate"]) else f"{score(row['rate'])}%"

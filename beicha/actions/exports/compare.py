"""What is compared as sheets: the difference with its parts, means of the others, self-report and verification."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd

from beicha.actions.exports.stamps import reviewed_text
from beicha.actions.grants import Grant
from beicha.actions.views.compare import Comparison, Side
from beicha.actions.views.compare_reading import (
    Beside,
    CompareAsk,
    read_beside,
    read_comparison,
    read_verified_over,
)
from beicha.actions.views.reading import community_names
from beicha.papers.sheets import Column, Sheet
from beicha.store import Store
from beicha.words.compare import group_text, kind_text, place_text, sum_text
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.reasons import sentence
from beicha.words.states import state_word
from beicha.words.times import shown


def compare_sheets(
    grant: Grant, store: Store, ask: CompareAsk, *, language: Language, now: datetime
) -> tuple[str, list[Sheet]]:
    """What the file is called, without its ending, and its sheets.

    Raises Refused where the grant sees nothing, KeyError where something is not in view.
    """
    if ask.way == "verified":
        sheets = _verified(grant, store, ask, language)
    elif ask.way == "others":
        beside = read_beside(grant, store, ask)
        if beside.comparison is None:
            raise KeyError(ask.community)
        sheets = [*_difference(beside.comparison, language), _means(beside, language)]
    else:
        sheets = _difference(read_comparison(grant, store, ask), language)
    names = community_names(grant, store, ask.period)
    notes = [reviewed_text(store, ask.period, [ask.community] if ask.community else list(names), language), shown(now)]
    stamped = [Sheet(sheet.title, sheet.columns, sheet.rows, [*sheet.notes, *notes]) for sheet in sheets]
    return f"{say(language, 'Compare')} {names.get(ask.community, '')} {ask.period}".replace("  ", " "), stamped


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(rounded(value))


def _percent(value: float) -> float | None:
    return _number(100.0 * value)


def _difference(found: Comparison, language: Language) -> list[Sheet]:
    sides = (found.then, found.now)
    notes = [sum_text(found.contributions, found.reweighted, found.bonus, found.total, language)]
    rows = [
        [
            place_text(side.name, side.group, language), side.period, _number(side.score), _number(side.bonus),
            f"{side.edition.title} {side.edition.version}（{side.edition.digest[:12]}）", side.communities,
        ]
        for side in sides
    ]  # fmt: skip
    rows.append(
        [say(language, "Difference"), None, _number(found.total), _number(found.bonus), found.line or None, None]
    )
    heads = (
        (later("What"), 30), (later("Month"), 10), (later("Score"), 10), (later("Bonus"), 10), (later("Edition"), 40),
        (later("Communities"), 10),
    )  # fmt: skip
    columns = [Column(say(language, title), width) for title, width in heads]
    return [Sheet(say(language, "Compare"), columns, rows, notes), _criteria(found, language)]


def _criteria(found: Comparison, language: Language) -> Sheet:
    heads = (
        (later("Criterion"), 12), (later("Title"), 26), (later("Section"), 20), (later("Line"), 16),
        (later("Adds"), 10), (later("Remark"), 16), (later("State, first"), 14), (later("State, second"), 14),
        (later("Got, first"), 10),
        (later("Got, second"), 10), (later("Rate %, first"), 10), (later("Rate %, second"), 10),
        (later("Why, first"), 40), (later("Why, second"), 40),
    )  # fmt: skip
    columns = [Column(say(language, title), width) for title, width in heads]
    rows = [_criterion(row, found, language) for row in found.criteria.to_dict("records")]
    return Sheet(say(language, "What each criterion adds"), columns, rows)


def _criterion(row: Mapping[Any, Any], found: Comparison, language: Language) -> list[Any]:
    states = [state_word(row[f"state_{side}"]).said(language) if row[f"state_{side}"] else None for side in _SIDES]
    earned = [_number(row[f"earned_{side}"]) for side in _SIDES]
    rates = [_percent(row[f"rate_{side}"]) for side in _SIDES]
    reasons = [_why(row["why_then"], found.then, language), _why(row["why_now"], found.now, language)]
    about = [row["criterion"], row["title"], row["section"], row["line"], _number(row["contribution"])]
    return [*about, kind_text(row["kind"], language) or None, *states, *earned, *rates, *reasons]


_SIDES = ("then", "now")


def _why(reason: Any, side: Side, language: Language) -> str | None:
    return sentence(reason, side.edition, language) if reason is not None else None


def _means(beside: Beside, language: Language) -> Sheet:
    heads = [later("Criterion"), later("Title"), later("Line"), later("State"), later("Points"), later("Rate %")]
    columns = [Column(say(language, head), 26 if head == "Title" else 12) for head in (*heads, later("Lost"))]
    for group in beside.counts:
        name = group_text(group, language)
        columns += [
            Column(say(language, "{name}: rate %", name=name)),
            Column(say(language, "{name}: lost", name=name)),
        ]
    rows = []
    for row in beside.criteria.to_dict("records"):
        about = [row["criterion"], row["title"], row["line"], state_word(row["state"]).said(language)]
        means = [(_percent(row[f"{group}_rate"]), _number(row[f"{group}_lost"])) for group in beside.counts]
        numbers = [_number(row["points"]), _percent(row["rate"]), _number(row["lost"])]
        rows.append([*about, *numbers, *(number for pair in means for number in pair)])
    return Sheet(say(language, "All criteria beside the means"), columns, rows)


def _verified(grant: Grant, store: Store, ask: CompareAsk, language: Language) -> list[Sheet]:
    by_month, criteria = read_verified_over(grant, store, ask.community, ask.line)
    if by_month.empty:
        raise KeyError(ask.community)
    heads = {
        "period": later("Month"), "verified": later("Verified criteria"), "points": later("Points"),
        "self_points": later("Self-reported points"), "found_points": later("Verified points"),
        "lead": later("Ahead by"),
    }  # fmt: skip
    more = {"period": heads["period"], "criterion": later("Criterion"), "title": later("Title")}
    more |= {code: heads[code] for code in ("points", "self_points", "found_points", "lead")}
    return [
        _plain(say(language, "Self-report and verification"), by_month, heads, language),
        _plain(say(language, "By criterion"), criteria, more, language),
    ]


def _plain(title: str, frame: pd.DataFrame, heads: dict[str, str], language: Language) -> Sheet:
    columns = [Column(say(language, text), 26 if code == "title" else 14) for code, text in heads.items()]
    rows = [
        [_number(value) if isinstance(value, float) else value for value in row]
        for row in frame[list(heads)].itertuples(index=False)
    ]
    return Sheet(title, columns, rows)

"""A difference of two scores: both of them, what each criterion adds, as a chart and as a table that opens it."""

from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.views.compare import Comparison, Side
from beicha.actions.views.compare_reading import CompareAsk
from beicha.ui import links, office
from beicha.ui.charts.diverging import diverging_chart
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.compare.ways import pick_community, pick_month, pick_of
from beicha.ui.downloads import draw_link
from beicha.ui.empty import draw_no_community
from beicha.ui.frame import Frame
from beicha.ui.metrics import arrow as way_of
from beicha.ui.metrics import card
from beicha.ui.tables import arrow, draw_table
from beicha.ui.texts import literal
from beicha.words.compare import became_text, kind_text, moved_text, place_text, sum_text
from beicha.words.language import Language, later, say
from beicha.words.numbers import score, signed
from beicha.words.reasons import sentence
from scoring.rules import TOLERANCE

MOST_BARS = 15
SEEN = 0.005
"""What is smaller is 0.00 on the screen."""
_CHART, _TABLE = "compare_chart", "compare_rows"


def draw_months(frame: Frame) -> None:
    """Two months of a community, of a street or of all in view."""
    language = frame.language
    several = len(office.choices(frame.period).communities(frame.street)) > 1
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        other = pick_month(frame.period, language)
        of = pick_of(language) if several else "community"
    if not other:
        st.caption(say(language, "There is only one month with a score so far."))
        return
    community = frame.community if of == "community" else ""
    if of == "community" and not community:
        draw_no_community(language)
        return
    _draw_asked(CompareAsk("months", frame.period, other, community, frame.street, frame.line), language)


def draw_communities(frame: Frame) -> None:
    """Two communities in one month."""
    other = pick_community(frame)
    if not other:
        st.caption(say(frame.language, "No other community is in view."))
        return
    _draw_asked(CompareAsk("communities", frame.period, other, frame.community, "", frame.line), frame.language)


def _draw_asked(ask: CompareAsk, language: Language) -> None:
    found = office.comparison(ask)
    if found is None:
        text = later("These two cannot be compared: one of them has no score there, or you see less of it.")
        st.caption(say(language, text))
        return
    draw_comparison(found, ask, language)


def draw_comparison(found: Comparison, ask: CompareAsk, language: Language) -> None:
    """The two scores and where their difference comes from."""
    _draw_numbers(found, language)
    if not found.same_edition:
        text = later(
            "The two were scored under different editions ({then}; {now}). Criteria are matched by their codes and the "
            "newer edition's list of renamed ones; what one of the editions lacks stands as a row of its own."
        )
        editions = [f"{side.edition.title} {side.edition.version}" for side in (found.then, found.now)]
        st.info(literal(say(language, text, then=editions[0], now=editions[1])))
    if found.criteria.empty:
        st.caption(say(language, "No criterion stands differently."))
    else:
        _draw_chart(found, ask, language)
        _draw_table(found, ask, language)
    values = {
        "way": ask.way, "period": ask.period, "beside": ask.other, "community": ask.community, "street": ask.street,
        "line": ask.line, "lang": language,
    }  # fmt: skip
    draw_link(say(language, "Download this page (.xlsx)"), "/download/compare.xlsx", values)


def _draw_numbers(found: Comparison, language: Language) -> None:
    gained = float(found.criteria["contribution"].clip(lower=0).sum())
    lost = float(found.criteria["contribution"].clip(upper=0).sum())
    with st.grid(4, min_column_width=150, gap="small"):
        for side in (found.then, found.now):
            mean = say(language, "mean of {n} communities", n=side.communities)
            note = mean if side.group else side.period
            card(literal(place_text(side.name, side.group, language)), score(side.score), note)
        difference = signed(found.total)
        card(say(language, "Difference"), difference, say(language, "second less first"), way_of(difference))
        card(say(language, "Gained by criteria"), signed(gained), say(language, "lost {lost}", lost=score(-lost)))
    made_of = sum_text(found.contributions, found.reweighted, found.bonus, found.total, language)
    st.caption(literal(" · ".join(part for part in (found.line, made_of) if part)))
    if abs(found.reweighted) >= SEEN:
        text = later(
            "Where criteria come into the denominator or leave it, all others weigh less or more: the changed "
            "denominators. What comes in raises the score only where it is better than the rest."
        )
        st.caption(say(language, text))


def _draw_chart(found: Comparison, ask: CompareAsk, language: Language) -> None:
    adding = found.criteria[found.criteria["contribution"].abs() > TOLERANCE]
    if adding.empty:
        return
    most = adding.loc[adding["contribution"].abs().nlargest(MOST_BARS).index.sort_values()]
    names = [f"{row['criterion']} {row['title']}" for row in most.to_dict("records")]
    hover = [f"{name}：{signed(value)}" for name, value in zip(names, most["contribution"], strict=True)]
    drawn = pd.DataFrame({"name": names, "value": most["contribution"].to_numpy(), "hover": hover})
    st.subheader(say(language, "What each criterion adds"), anchor=False)
    alt = say(language, "Points gained and lost by criterion")
    _remember(_CHART, most, found)
    draw_chart(lambda: diverging_chart(drawn), _CHART, alt, ask, language, on_select=_open_bar)
    text = later("Right: gained. Left: lost. In points of the score; click a bar to open the criterion.")
    note = say(language, text)
    if len(adding) > len(most):
        note += " " + say(language, "The {n} largest; the table has all.", n=len(most))
    st.caption(note)


def _draw_table(found: Comparison, ask: CompareAsk, language: Language) -> None:
    columns = _columns(found, language)
    table = office.keep(lambda: arrow(table_of(found, language)[list(columns)]), _TABLE, ask, language)
    _remember(_TABLE, found.criteria, found)
    alt = say(language, "Criteria that stand differently")
    draw_table(table, columns, _TABLE, alt, most=20, on_select=_open_row)
    count = say(language, "{n} criteria stand differently.", n=len(found.criteria))
    st.caption(f"{count} {say(language, 'Choose a row to open the criterion.')}")


def _columns(found: Comparison, language: Language) -> dict[str, Any]:
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    columns: dict[str, Any] = {
        "contribution": number(say(language, "Adds"), format="%+.2f", width=70),
        "title": text(say(language, "Criterion"), width=210),
        "became": text(say(language, "State"), width=200),
        "earned": text(say(language, "Got"), width=96),
        "rate": text(say(language, "Rate %"), width=110),
        "why_then": text(say(language, "Why, first"), width=280),
        "why_now": text(say(language, "Why, second"), width=280),
        "kind": text(say(language, "Remark"), width=130),
        "line": text(say(language, "Line"), width=120),
    }
    if not (found.then.code or found.now.code):
        del columns["became"], columns["why_then"], columns["why_now"]
    elif not found.then.code:
        del columns["why_then"]
    return columns


def table_of(found: Comparison, language: Language) -> pd.DataFrame:
    """The criteria as texts and numbers; columns contribution, criterion, title, became, earned, rate, why_then,
    why_now, kind, line."""
    rows = [
        {
            "contribution": row["contribution"],
            "criterion": row["criterion"],
            "title": f"{row['criterion']} {row['title']}",
            "became": became_text(row["state_then"], row["state_now"], language),
            "earned": moved_text(row["earned_then"], row["earned_now"]),
            "rate": moved_text(100.0 * row["rate_then"], 100.0 * row["rate_now"]),
            "why_then": _why(row["why_then"], found.then, language),
            "why_now": _why(row["why_now"], found.now, language),
            "kind": kind_text(row["kind"], language),
            "line": row["line"],
        }
        for row in found.criteria.to_dict("records")
    ]
    return pd.DataFrame(rows)


def _why(reason: Any, side: Side, language: Language) -> str:
    return sentence(reason, side.edition, language) if reason is not None else ""


def _remember(key: str, rows: pd.DataFrame, found: Comparison) -> None:
    """Where each row of a chart or table leads: community, month and the criterion's label."""
    places = []
    for row in rows.to_dict("records"):
        side = found.now if row["side"] == "now" else found.then
        places.append((side.code, side.period, f"{row['criterion']} {row['title']}"))
    st.session_state[f"{key}_places"] = places


def _open_bar() -> None:
    points = st.session_state[_CHART].selection.points
    if points:
        _open(_CHART, points[0]["point_index"])


def _open_row() -> None:
    rows = st.session_state[_TABLE].selection.rows
    if rows:
        _open(_TABLE, rows[0])


def _open(key: str, number: int) -> None:
    community, period, criterion = st.session_state[f"{key}_places"][number]
    links.open_finding(community, period, criterion)

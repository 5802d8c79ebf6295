"""The gap chart of the communities in view, twenty a page, with the table behind it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui import links, office
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.gap import gap_chart
from beicha.ui.tables import draw_table, number_columns
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE, plain, score, signed

A_PAGE = 20
SORTS = {"lost": later("Most lost first"), "office": later("Office order")}


def draw_gaps(view: Overview, language: Language) -> None:
    """The chart's head, the chart, and the table one click away."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(say(language, "Gap of each community"), anchor=False, width="content")
        order = _pick_sort(language)
        ranked = office.keep(lambda: sort_communities(view.ranking, order), "ranked", *view.key, order)
    page = pick_page(len(ranked), language)
    shown = ranked.iloc[page * A_PAGE : (page + 1) * A_PAGE]
    alt = say(language, "Points got and lost by each community, out of 100")
    draw_chart(
        lambda: _figure(view, shown, language),
        "gap_chart",
        alt,
        view.key,
        language,
        *shown.index,
        on_select=_open_clicked,
    )
    st.session_state["gap_codes"] = list(shown.index)
    st.caption(_legend(view, language))
    with st.expander(say(language, "As a table"), on_change="rerun", key="gap_table") as behind:
        if behind.open:
            draw_ranking(ranked, language)


def _pick_sort(language: Language) -> str:
    names = {say(language, name): key for key, name in SORTS.items()}
    chosen = st.segmented_control(
        say(language, "Order"), list(names), default=next(iter(names)), required=True, key="sort", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    return names.get(str(chosen), "lost")


def sort_communities(ranking: pd.DataFrame, order: str) -> pd.DataFrame:
    """The communities in the office's order, or the most points lost first; those without a score at the end."""
    if order == "office":
        return ranking.sort_values("order", kind="stable")
    return ranking.sort_values(["score", "order"], kind="stable", na_position="last")


def pick_page(rows: int, language: Language) -> int:
    """The page in view, counted from 0; the control only where there is more than one."""
    pages = -(-rows // A_PAGE)
    if pages <= 1:
        return 0
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        chosen = st.pagination(pages, key="page", bind="query-params")
        first, last = (chosen - 1) * A_PAGE + 1, min(chosen * A_PAGE, rows)
        st.caption(say(language, "{first} to {last} of {n}", first=first, last=last, n=rows))
    return int(chosen) - 1


def _figure(view: Overview, shown: pd.DataFrame, language: Language) -> go.Figure:
    rows = shown.to_dict("records")
    frame = pd.DataFrame(
        {
            "name": shown["name"],
            "got": shown["score"],
            "full": 100.0,
            "text": [_end(row) for row in rows],
            "hover": [_hover(row, language) for row in rows],
            "hatched": ~shown["reported"].astype(bool),
        }
    )
    mark = say(language, "pass mark {mark}", mark=plain(view.pass_mark))
    return gap_chart(frame, mark=view.pass_mark, mark_text=mark)


def _end(row: dict[Any, Any]) -> str:
    """The number at a bar's end, and signs for what stands outside the number."""
    signs = "" if row["reported"] else " ○"
    signs += " ⚑" if row["vetoes"] or row["gates"] else ""
    return score(row["score"]) + signs


def _hover(row: dict[Any, Any], language: Language) -> str:
    """What is told of a community when its bar is pointed at."""
    text = later("{name}: {score}, lost {lost}, rank {rank}")
    rank = NONE if pd.isna(row["rank"]) else row["rank"]
    return say(language, text, name=row["name"], score=score(row["score"]), lost=score(row["lost"]), rank=rank)


def _legend(view: Overview, language: Language) -> str:
    parts = [say(language, "Solid: got. Light: lost. Click a bar to open the community.")]
    if not view.ranking["reported"].all():
        parts.append(say(language, "○ and hatched: this month not reported."))
    if any(view.ranking["gates"]) or any(view.ranking["vetoes"]):
        parts.append(say(language, "⚑: a precondition missed or a veto raised."))
    return " ".join(parts)


def draw_ranking(ranked: pd.DataFrame, language: Language) -> None:
    """The same numbers as a table, of all communities in view."""
    table = pd.DataFrame(
        {
            "rank": ranked["rank"],
            "name": ranked["name"],
            "street": ranked["street"],
            "class": ranked["rank_class"],
            "score": ranked["score"],
            "lost": ranked["lost"],
            "distance": ranked["distance"],
            "change": [signed(change) for change in ranked["change"]],
            "report": ["" if there else f"○ {say(language, 'Not reported')}" for there in ranked["reported"]],
            "gates": ["、".join(pair) for pair in ranked["gates"] + ranked["vetoes"]],
        }
    )
    titles = {
        "score": say(language, "Score"),
        "lost": say(language, "Lost"),
        "distance": say(language, "To the pass mark"),
    }
    columns = number_columns(titles) | {
        "rank": say(language, "Rank"),
        "name": say(language, "Community"),
        "street": say(language, "Street"),
        "class": say(language, "Class"),
        "change": say(language, "On the month before"),
        "report": say(language, "Report"),
        "gates": say(language, "Preconditions and vetoes"),
    }
    draw_table(table, columns, "ranking", say(language, "Gap of each community"), most=20)


def _open_clicked() -> None:
    points = st.session_state["gap_chart"].selection.points
    if points:
        links.open_community(st.session_state["gap_codes"][points[0]["point_index"]])

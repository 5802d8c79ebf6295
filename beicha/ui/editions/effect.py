"""What a draft would make of a month: scores, places and gates of each community, areas, and what moves them."""

import math
from collections.abc import Mapping

import pandas as pd
import streamlit as st

from beicha.ui.metrics import card
from beicha.ui.tables import draw_table
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE, score, signed
from scoring.edition import Edition
from scoring.edition_effect import EditionEffect, Moved

WHAT = {
    "added": later("added"),
    "dropped": later("dropped"),
    "repointed": later("worth something else"),
    "rule": later("another rule"),
    "repointed_rule": later("worth something else, another rule"),
    "same": later("as it was"),
}


def draw_effect(found: EditionEffect, editions: tuple[Edition, Edition], language: Language) -> None:
    """The numbers of all together, then the tables; ``editions`` are the one in force and the draft."""
    _draw_cards(found, language)
    communities, areas, criteria = st.tabs(
        [say(language, "By community"), say(language, "By area"), say(language, "By criterion")]
    )
    with communities:
        _draw_communities(found, editions, language)
    with areas:
        _draw_areas(found, language)
    with criteria:
        _draw_criteria(found, language)


def _draw_cards(found: EditionEffect, language: Language) -> None:
    whole, moved = found.together, [item.difference for item in found.communities]
    up, down = (sum(1 for value in moved if sign * value >= 0.005) for sign in (1, -1))
    missed, met = (sum(len(getattr(item, key)) for item in found.communities) for key in ("gates_missed", "gates_met"))
    with st.grid(4, min_column_width=140, gap="small"):
        difference = signed(whole.after - whole.before)
        now = say(language, "now {score}, {difference}", score=score(whole.before), difference=difference)
        card(say(language, "All under the draft"), score(whole.after), now)
        card(say(language, "Higher"), str(up), say(language, "communities"))
        card(say(language, "Lower"), str(down), say(language, "communities"))
        card(say(language, "Gates newly missed"), str(missed), say(language, "newly met: {n}", n=met))


def _draw_communities(found: EditionEffect, editions: tuple[Edition, Edition], language: Language) -> None:
    streets = {area.code: area.name for area in found.areas}
    gates = {section.code: section.title for edition in editions for section in edition.sections}
    rows = sorted(found.communities, key=lambda item: (math.isnan(item.difference), item.difference))
    table = pd.DataFrame(
        {
            "name": [item.name for item in rows],
            "street": [streets.get(item.street) for item in rows],
            "before": [item.before for item in rows],
            "after": [item.after for item in rows],
            "difference": [item.difference for item in rows],
            "rank": [_places(item) for item in rows],
            "places": [item.places or None for item in rows],
            "class": [item.rank_class or None for item in rows],
            "gates": [_gates(item, gates, language) or None for item in rows],
        }
    )
    number = st.column_config.NumberColumn
    columns = {
        "name": say(language, "Community"),
        "street": say(language, "Street"),
        **_scores(language),
        "rank": say(language, "Place, now and then"),
        "places": number(say(language, "Places gained"), format="%+d"),
        "class": say(language, "Class"),
        "gates": say(language, "Gate"),
    }
    empty = {column for column in ("street", "class", "gates") if table[column].isna().all()}
    order = [column for column in columns if column not in empty]
    draw_table(table, columns, "effect_communities", say(language, "By community"), most=20, order=order)


def _scores(language: Language) -> dict[str, object]:
    number = st.column_config.NumberColumn
    return {
        "before": number(say(language, "Score now"), format="%.2f"),
        "after": number(say(language, "Under the draft"), format="%.2f"),
        "difference": number(say(language, "Difference"), format="%+.2f"),
    }


def _places(item: Moved) -> str:
    return " → ".join(str(rank or NONE) for rank in (item.rank_before, item.rank_after))


def _gates(item: Moved, titles: Mapping[str, str], language: Language) -> str:
    missed = [say(language, "missed: {title}", title=titles.get(code, code)) for code in item.gates_missed]
    met = [say(language, "met: {title}", title=titles.get(code, code)) for code in item.gates_met]
    return "；".join([*missed, *met])


def _draw_areas(found: EditionEffect, language: Language) -> None:
    table = pd.DataFrame(
        {
            "name": [area.name or say(language, "All communities") for area in found.areas],
            "before": [area.before for area in found.areas],
            "after": [area.after for area in found.areas],
            "difference": [area.after - area.before for area in found.areas],
        }
    )
    columns = {"name": say(language, "Area"), **_scores(language)}
    draw_table(table, columns, "effect_areas", say(language, "By area"), most=30)


def _draw_criteria(found: EditionEffect, language: Language) -> None:
    changed = [item for item in found.criteria if item.what != "same"]
    rest = sum(item.moves for item in found.criteria if item.what == "same")
    rows: list[list[object]] = [
        [
            f"{item.code} {item.title}",
            say(language, WHAT[item.what]),
            item.points_before or None,
            item.points_after or None,
            item.moves,
        ]
        for item in changed
    ]
    if abs(rest) >= 0.005 or not changed:
        rows.append([say(language, "Criteria that stay, through the full mark"), None, None, None, rest])
    if abs(found.bonuses_move) >= 0.005:
        rows.append([say(language, "Bonuses and penalties"), None, None, None, found.bonuses_move])
    table = pd.DataFrame(rows, columns=["criterion", "what", "before", "after", "moves"])
    number = st.column_config.NumberColumn
    columns = {
        "criterion": say(language, "Criterion"),
        "what": say(language, "Change"),
        "before": number(say(language, "Points now"), format="%g"),
        "after": number(say(language, "Points then"), format="%g"),
        "moves": number(say(language, "Moves the score of all by"), format="%+.2f"),
    }
    draw_table(table, columns, "effect_criteria", say(language, "By criterion"), most=30)
    st.caption(say(language, "These add up to the difference in the score of all communities together."))

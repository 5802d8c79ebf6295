"""The numbers above everything: where, which month, who reported, the score and how far from the pass mark."""

import streamlit as st

from beicha.actions.views.overview import Overview
from beicha.ui.metrics import arrow, card
from beicha.ui.shares import draw_share_button
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import NONE, plain, score, signed


def draw_headline(view: Overview, language: Language) -> None:
    """Title and numbers of the month."""
    place = view.name or say(language, "All areas")
    st.title(" · ".join(part for part in (literal(place), view.period, literal(view.line)) if part), anchor=False)
    edition = literal(say(language, "Edition: {edition} ({digest})", edition=view.edition, digest=view.digest[:12]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(edition, width="content")
        draw_share_button()
    with st.grid(4, min_column_width=150, gap="small"):
        missing = view.communities - view.reported
        note = say(language, "{n} not reported", n=missing) if missing else say(language, "all reported")
        card(say(language, "Reported"), f"{view.reported} / {view.communities}", note)
        _draw_score(view, language)
        mark = say(language, "pass mark {mark}", mark=plain(view.pass_mark))
        card(say(language, "To the pass mark"), signed(view.distance), mark)
        year = say(language, "mean of {year} so far", year=view.period[:4])
        card(say(language, "Year result"), score(view.year), year)
    if view.without_score:
        st.caption(say(language, "{n} communities have no score and are left out of the mean.", n=view.without_score))


def _draw_score(view: Overview, language: Language) -> None:
    name = say(language, "Score of the line") if view.line else say(language, "Score")
    change = signed(view.change)
    note = say(language, "{change} on the month before", change=change) if change != NONE else view.band or NONE
    card(name, score(view.score), note, arrow(change))

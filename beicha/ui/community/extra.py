"""A bonus, penalty or veto opened: what it says, what it came to, and the rows it looked at."""

import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui import office
from beicha.ui.checklist.criteria import bonus_words, veto_words
from beicha.ui.person import holds
from beicha.ui.row_history import draw_rows_with_history
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import signed
from scoring.edition import Edition


def draw_extra(view: CommunityView, edition: Edition, code: str, language: Language) -> None:
    """Everything about one item outside the criteria, by its code."""
    with st.container(border=True):
        for bonus in edition.bonuses:
            if bonus.code == code:
                points = signed(float(view.bonuses.loc[code, "points"]))  # type: ignore[arg-type]
                st.subheader(f"{literal(f'{code} {bonus.title}')} · {points}", anchor=False)
                st.markdown(bonus_words(edition, bonus, language))
        for veto in edition.vetoes:
            if veto.code == code:
                raised = say(language, "raised") if veto.title in view.vetoes else say(language, "not raised")
                st.subheader(f"{literal(f'{code} {veto.title}')} · {raised}", anchor=False)
                st.markdown(veto_words(edition, veto, language))
        if holds("rows"):
            _draw_rows_behind(view, edition, code, language)


def _draw_rows_behind(view: CommunityView, edition: Edition, code: str, language: Language) -> None:
    rows = office.rows(view.period, view.code, code)
    if rows.empty:
        st.caption(say(language, "There is no row that this item looks at."))
    else:
        key = f"rows-{view.period}-{view.code}-{code}"
        draw_rows_with_history(
            rows, view, edition, language, key,
            whole=lambda at: office.rows_as_they_are(view.period, view.code, code, at),
        )  # fmt: skip

"""What a community sees of the review: how its month stands, and the months that were returned to it."""

from collections.abc import Mapping

import streamlit as st

from beicha.actions.opening import the_store
from beicha.actions.views import review as reviewing
from beicha.ui import office
from beicha.ui.person import grant, holds
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.review import DECIDED, review_text
from beicha.words.times import shown

SHOWN = 5


def draw_review(period: str, community: str, language: Language) -> None:
    """How the community's month stands, and what was decided about it, for whoever may open its files."""
    if not office.opens_files(period, community):
        return
    state, steps = office.review_of(period, community)
    name = say(language, "Review: {state}", state=review_text(state, language))
    with st.expander(literal(name), key="review-steps"):
        if not steps:
            st.caption(say(language, "Nothing was decided about this month yet."))
        for review in steps:
            done = say(language, DECIDED[review.step.verb])
            st.text(" · ".join((shown(review.made_at), done, review.made_by)))
            _draw_why(review.step.reason, review.step.items or {})


def draw_returned(language: Language) -> None:
    """The months that were returned to those for whom the reader hands in."""
    if not holds("submit"):
        return
    found = office.keep(lambda: reviewing.returned_months(grant(), the_store()), "returned")
    for one in found[:SHOWN]:
        step = one.review.step
        text = say(language, "{name}, {period}: returned {time}. Correct it and send it again.", name=one.name,
                   period=step.period, time=shown(one.review.made_at))  # fmt: skip
        with st.container(border=True):
            st.markdown(f":orange[**↩** ]{literal(text)}")
            _draw_why(step.reason, step.items or {})
    if len(found) > SHOWN:
        st.caption(say(language, "{n} more months were returned; the review page lists them.", n=len(found) - SHOWN))


def _draw_why(reason: str, items: Mapping[str, str]) -> None:
    for text in (reason, *(f"{code}：{text}" for code, text in items.items())):
        if text:
            st.caption(literal(text))

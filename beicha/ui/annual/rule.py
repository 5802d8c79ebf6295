"""The rule of awards, as the office states it."""

import streamlit as st

from beicha.actions.awards import AwardRule, By, set_rule
from beicha.actions.opening import the_store
from beicha.ui import clock
from beicha.ui.person import grant, holds
from beicha.words.language import Language, later, say

BYS: dict[By, str] = {
    "places": later("places"),
    "percent": later("percent of the class"),
    "score": later("least score"),
}


def draw_rule(rule: AwardRule, language: Language) -> None:
    """The form, for whoever sets the office up."""
    if not holds("set_up"):
        return
    with st.expander(say(language, "Rule of awards"), key="award_rule"), st.form("award-rule", border=False):
        names = {by: say(language, text) for by, text in BYS.items()}
        by = st.radio(
            say(language, "Awards go by"), list(names), list(names).index(rule.by), format_func=lambda one: names[one],
            horizontal=True, key="award_by",
        )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            titles = (say(language, "First award"), say(language, "Second award"), say(language, "Third award"))
            steps = [
                st.number_input(title, 0.0, 1000.0, float(step), 1.0, key=f"award-{number}", width=140)
                for number, (title, step) in enumerate(zip(titles, rule.steps, strict=True))
            ]
        st.caption(say(language, "Of places and percent the second and third award take the next so many."))
        sent = st.form_submit_button(say(language, "Save"))
    if sent:
        _save(by, (steps[0], steps[1], steps[2]), language)


def _save(by: By, steps: tuple[float, float, float], language: Language) -> None:
    try:
        set_rule(grant(), the_store(), AwardRule(by, steps), now=clock.now())
    except ValueError:
        st.error(say(language, "This is no rule: shares come to at most 100 together, and least scores fall."))
    else:
        st.toast(say(language, "Saved."))
        st.rerun()

"""What is enough: the smallest set of remedies that brings the chance to a level."""

import streamlit as st

from beicha.actions.views.months import Month
from beicha.actions.views.rehearsal import Unit, Wish
from beicha.ui import office
from beicha.ui.rehearsal.outlook import chance_text
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from scoring.remedies import RemedySet

_UNITS: dict[Unit, str] = {
    "criteria": later("Criteria met everywhere"),
    "communities": later("Communities that lose nothing"),
}


def draw_enough(here: Month, begins: str, wish: Wish, language: Language) -> None:
    """The form, and the set once it was asked for: it takes some seconds."""
    st.subheader(say(language, "What is enough"), anchor=False)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        unit: Unit = st.selectbox(
            say(language, "Mend"), list(_UNITS), format_func=lambda name: say(language, _UNITS[name]), key="mend",
            width=220,
        )  # fmt: skip
        level = st.number_input(say(language, "Chance wanted, in percent"), 1, 99, 90, key="level", width=170)
        asked = st.button(say(language, "Find the smallest set"), key="find_enough")
    chosen = (here.period, begins, wish, unit, int(level))
    if asked:
        st.session_state["enough"] = chosen
    if st.session_state.get("enough") == chosen:
        with st.spinner(say(language, "Trying sets of remedies …")):
            found = office.rehearsed_enough(here, begins, wish, unit, int(level) / 100)
        if found:
            _draw_found(*found, language)


def _draw_found(found: RemedySet, names: tuple[str, ...], language: Language) -> None:
    if not names:
        text = later("Nothing needs to be mended for it.") if found.enough else later("There is nothing to mend.")
        st.success(say(language, text)) if found.enough else st.caption(say(language, text))
        return
    lines = [f"{n}. {literal(name)}：{chance_text(chance)}" for n, (name, chance) in
             enumerate(zip(names, found.chances, strict=True), 1)]  # fmt: skip
    st.markdown("\n".join(lines))
    if not found.enough:
        st.warning(say(language, "Even all of this does not bring the chance so far."))
    elif found.proven:
        st.success(say(language, "Proven: no smaller set is enough."))
    else:
        st.caption(say(language, "Found step by step, always what helps most; a smaller set is not ruled out."))

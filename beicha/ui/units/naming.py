"""Naming who answers for a unit: the list of units, and a form for the one that is chosen."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from beicha.actions import units
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.units import FIELDS, LONGEST, Unit, UnitError
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.tables import draw_table
from beicha.ui.texts import literal
from beicha.ui.units.showing import titles
from beicha.words.language import Language, later, say

REASONS = {
    "phone": later("This is no telephone number: write digits, such as 0991-1234567; several with 、 between."),
    "long": later("A text is too long: at most 40 letters."),
}
_CHOSEN, _WHY = "unit_chosen", "unit_why"


def draw_naming(language: Language) -> None:
    """The units of which the reader may name somebody, and the form for one of them."""
    found = units.to_set(grant(), the_store(), f"{clock.today():%Y-%m}")
    why = st.session_state.pop(_WHY, "")
    if why:
        st.error(why)
    if not found:
        st.info(say(language, "There are no areas in your charge this month."))
        return
    if len(found) > 1:
        _draw_list(found, language)
    _draw_form(_pick(found, language), language)


def _draw_list(found: Sequence[Unit], language: Language) -> None:
    blanks = sum(not unit.people.contact for unit in found)
    if blanks:
        st.caption(say(language, "{n} units have no contact yet. Choose a row, then fill in below.", n=blanks))
    rows = [[unit.name, unit.above, *(getattr(unit.people, name) or None for name in FIELDS)] for unit in found]
    headings = titles(language)
    table = pd.DataFrame(rows, columns=["name", "above", *FIELDS])
    columns = {
        "name": st.column_config.TextColumn(say(language, "Unit"), width=130),
        "above": st.column_config.TextColumn(say(language, "Street"), width=110),
        **{name: st.column_config.TextColumn(headings[name], width=110) for name in FIELDS},
    }
    st.session_state["unit_labels"] = list(_labels(found))
    draw_table(table, columns, "unit_list", say(language, "Units and who answers for them"), on_select=_choose)


def _choose() -> None:
    rows = st.session_state["unit_list"].selection.rows
    if rows:
        st.session_state[_CHOSEN] = st.session_state["unit_labels"][rows[0]]


def _labels(found: Sequence[Unit]) -> dict[str, Unit]:
    """From what is shown to the unit; the street tells two of one name apart."""
    names = [" · ".join(part for part in (unit.above, unit.name) if part) for unit in found]
    return {
        name if names.count(name) == 1 else f"{name}（{unit.key[1]}）": unit
        for name, unit in zip(names, found, strict=True)
    }


def _pick(found: Sequence[Unit], language: Language) -> Unit:
    labels = _labels(found)
    if st.session_state.get(_CHOSEN) not in labels:
        st.session_state[_CHOSEN] = next(iter(labels))
    return labels[str(st.selectbox(say(language, "Unit"), list(labels), key=_CHOSEN, width=320))]


def _draw_form(unit: Unit, language: Language) -> None:
    """A field for each person; those whom the reader may not name are there to be read."""
    kind, code = unit.key
    with st.form(f"unit-{kind}-{code}"):
        with st.container(horizontal=True, gap="small"):
            texts = {
                name: st.text_input(
                    title, getattr(unit.people, name), key=f"unit-{name}-{kind}-{code}", max_chars=LONGEST, width=230,
                    disabled=name not in unit.may_set,
                )
                for name, title in titles(language).items()
            }  # fmt: skip
        st.caption(say(language, "Seen by whoever has an account and sees this unit; never behind a share link."))
        sent = st.form_submit_button(say(language, "Save"), type="primary")
    if sent:
        _save(unit, {name: texts[name] or "" for name in unit.may_set}, language)


def _save(unit: Unit, texts: Mapping[str, str], language: Language) -> None:
    try:
        units.set_people(grant(), the_store(), unit.key, texts, now=clock.now())
    except UnitError as fault:
        st.error(say(language, REASONS[fault.reason]))
        return
    except (Refused, LookupError):
        st.session_state[_WHY] = say(language, "This changed in the meantime. Look again.")
    else:
        st.toast(f"{literal(unit.name)}：{say(language, 'Saved.')}")
    st.rerun()

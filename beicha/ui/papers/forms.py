"""The office's own form for each kind of paper: chosen, tried and taken, or given up again."""

import streamlit as st

from beicha.actions.documents.forms import FormError, drop_form, form_names, set_form
from beicha.actions.documents.kinds import KINDS
from beicha.actions.opening import the_store
from beicha.actions.views.drafts import named_file
from beicha.ui import clock
from beicha.ui.downloads import draw_link
from beicha.ui.papers.faults import form_text
from beicha.ui.person import grant, holds
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

PLACES = {
    "organ": later("who sends it"),
    "number": later("its number"),
    "title": later("the title"),
    "to": later("whom it is sent to"),
    "body": later("the text, in a paragraph of its own"),
    "signature": later("who signs"),
    "day": later("the day"),
    "annexes": later("the annexes, in a paragraph of its own"),
    "stamps": later("what the numbers rest on"),
}


def draw_forms(language: Language) -> None:
    """For whoever issues papers; the built-in layout holds where there is no form."""
    if not holds("publish"):
        return
    with st.expander(say(language, "Forms of your own (.docx)"), key="paper_forms"):
        known = form_names(the_store())
        names = {kind: say(language, entry.title) for kind, entry in KINDS.items()}
        label = say(language, "For which paper")
        kind = str(st.selectbox(label, list(names), format_func=lambda code: names[code], key="form_kind", width=260))
        if kind in known:
            st.markdown(literal(say(language, "In use: {name}", name=known[kind])))
            st.button(say(language, "Go back to the built-in layout"), key="form_drop", on_click=_drop, args=(kind,))
        else:
            st.caption(say(language, "The built-in layout is in use: GB/T 9704, A4, 22 lines of 28 characters."))
        _draw_choosing(kind, language)
        _draw_places(language)


def _draw_choosing(kind: str, language: Language) -> None:
    file = st.file_uploader(say(language, "Form (.docx)"), key="form_file")
    if file is not None and st.button(say(language, "Use this form"), key="form_use", type="primary"):
        try:
            set_form(grant(), the_store(), kind, named_file(file.name, file.getvalue()), now=clock.now())
        except FormError as fault:
            st.error(form_text(fault, language))
        else:
            st.success(say(language, "The form is in use from now on."))


def _drop(kind: str) -> None:
    drop_form(grant(), the_store(), kind, now=clock.now())


def _draw_places(language: Language) -> None:
    st.caption(say(language, "Write these places where the parts are to stand; the form gives font and letterhead:"))
    rows = [f"`{{{{ {name} }}}}` {say(language, text)}" for name, text in PLACES.items()]
    st.markdown("　".join(rows))
    draw_link(say(language, "Sample form (.docx)"), "/download/paper-form.docx", {"lang": language}, key="form_sample")

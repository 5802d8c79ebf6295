"""A job at work: how far it is, with which file, and the button that stops it. The page asks every second."""

import streamlit as st

from beicha.actions import imports
from beicha.actions.opening import the_store
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

DOING = {
    "waiting": later("Waiting for its turn: {total} files"),
    "unpacking": later("Unpacking the zip: {done} files so far"),
    "reading": later("Reading: {done} of {total}"),
    "storing": later("Storing: {done} of {total}"),
}


@st.fragment(run_every=1.0)
def draw_progress(number: int, language: Language) -> None:
    """The bar, the file at hand and the button; once the job has ended the whole page is drawn anew."""
    found = imports.progress(grant(), the_store(), number)
    if not found.job.active:
        st.rerun()
    text = say(language, DOING[found.doing], done=found.done, total=found.total)
    st.progress(min(found.job.done / max(found.job.total, 1), 1.0), text=text)
    if found.file:
        st.caption(literal(found.file))
    stopping = found.job.cancel
    name = say(language, "Stopping after the file at hand …") if stopping else say(language, "Cancel")
    st.button(name, key=f"cancel-{number}", disabled=stopping, on_click=_cancel, args=(number,))


def _cancel(number: int) -> None:
    imports.cancel(grant(), the_store(), number, now=clock.now())

"""A job at work: how far it is, and the button that stops it. The page asks every second."""

import streamlit as st

from beicha.actions import imports
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import JOB_STATES
from beicha.ui import clock
from beicha.words.language import Language, say


@st.fragment(run_every=1.0)
def draw_progress(number: int, language: Language) -> None:
    """The bar and the button; once the job has ended the whole page is drawn anew."""
    job = imports.status(OFFICE, the_store(), number)
    if not job.active:
        st.rerun()
    state = say(language, JOB_STATES[job.state])
    text = say(language, "{state}: {done} of {total}", state=state, done=job.done, total=job.total)
    st.progress(min(job.done / max(job.total, 1), 1.0), text=text)
    if st.button(say(language, "Cancel"), key=f"cancel-{number}", disabled=job.cancel):
        imports.cancel(OFFICE, the_store(), number, now=clock.now())
        st.rerun(scope="fragment")

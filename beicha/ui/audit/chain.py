"""Whether the chain of the audit fits, as far as somebody has had it checked here."""

import streamlit as st

from beicha.actions.audit_chain import verify_recent
from beicha.actions.opening import the_store
from beicha.actions.views.audit_trail import Checked
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say


def draw_chain(checked: Checked | None, language: Language) -> None:
    """What the last check found, and a button for the next one."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        wanted = st.button(say(language, "Check the newest 10,000 rows"), key="check_chain")
        if checked is None:
            st.caption(say(language, "The chain has not been checked on this page yet."))
        elif checked.wrong is None:
            fits = later("Checked up to row {n}: it fits. {time}, {who}")
            st.caption("✔ " + literal(say(language, fits, n=checked.last, time=checked.at, who=checked.who)))
        else:
            st.error(say(language, "Row {n} does not fit: it or one before it was changed.", n=checked.wrong))
    if wanted:
        _check(language)


def _check(language: Language) -> None:
    text = say(language, "Checking …")
    bar = st.progress(0.0, text=text)
    verify_recent(
        grant(), the_store(), now=clock.now(), progress=lambda done, of: bar.progress(done / of, text=f"{text} {done}")
    )
    st.rerun()

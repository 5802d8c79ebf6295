"""The user's own uploads that wait to be confirmed: to be opened again from any browser, or discarded."""

from contextlib import suppress

import streamlit as st

from beicha.actions import imports
from beicha.actions.open_drafts import OpenDraft, open_drafts
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import JOB_STATES
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.ui.upload.choosing import open_job
from beicha.words.language import Language, later, say
from beicha.words.times import shown


def draw_open_drafts(language: Language) -> None:
    """The list, newest first; nothing where no upload waits."""
    drafts = open_drafts(grant(), the_store())
    if not drafts:
        return
    st.subheader(say(language, "Unfinished uploads ({n})", n=len(drafts)), anchor=False)
    st.caption(say(language, "Nothing of them is stored yet. They are kept for 7 days, also when you close the page."))
    for draft in drafts:
        with st.container(border=True, horizontal=True, vertical_alignment="center", gap="small"):
            with st.container(width="stretch", gap=None):
                st.markdown(f"**{literal(_of(draft, language))}**")
                st.caption(literal(_about(draft, language)))
            name = say(language, "Go on")
            st.button(name, key=f"go-on-{draft.number}", on_click=open_job, args=("preview", draft.number))
            draw_discard(draft.number, language)


def _of(draft: OpenDraft, language: Language) -> str:
    """Whose month it is; the files' names where that is not known yet."""
    reports = "、".join(f"{name} {period}" for name, period in draft.reports)
    return reports or say(language, "not clear yet")


def _about(draft: OpenDraft, language: Language) -> str:
    text = later("{time} · {files} · {errors} errors, {warnings} warnings")
    time, files = shown(draft.made_at), "、".join(draft.files)
    if draft.state != "done":
        return f"{time} · {files} · {say(language, JOB_STATES[draft.state])}"
    return say(language, text, time=time, files=files, errors=draft.errors, warnings=draft.warnings)


def draw_discard(number: int, language: Language) -> None:
    """The button that forgets a draft; it asks once more."""
    with st.popover(say(language, "Discard"), icon=":material/delete:", key=f"discarding-{number}"):
        st.markdown(say(language, "The files and what you put right are forgotten. What is stored stays as it is."))
        name = say(language, "Discard this upload")
        st.button(name, type="primary", key=f"discard-{number}", on_click=_discard, args=(number,))


def _discard(number: int) -> None:
    """For a callback: the draft is forgotten, and is no longer in view."""
    with suppress(LookupError):  # another tab was quicker
        imports.discard(grant(), the_store(), number, now=clock.now())
    open_job("preview", None)

"""Whose report of which month a file is, asked in place where it names another than was chosen, or none."""

from collections.abc import Mapping

import streamlit as st

from beicha.actions import imports
from beicha.actions.drafts import Draft
from beicha.actions.imports import Job
from beicha.actions.opening import the_store
from beicha.actions.views.belonging import About, Asker, Matter, settled
from beicha.ui import clock, office
from beicha.ui.frame import unique_labels
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.ui.upload.choosing import recent_months
from beicha.words.language import Language, later, say

_TITLES: Mapping[About, str] = {
    "month": later("Which month does the file report?"),
    "community": later("Which community is the file of?"),
}


def draw_matters(job: Job, draft: Draft, language: Language) -> None:
    """A question for each file that must be settled, and one button that takes all answers; nothing where none is."""
    names = office.community_names(recent_months()[0])
    chosen: list[About] = ["month"] if job.details["period"] else []
    chosen += ["community"] if job.details["community"] else []
    asked = Asker(names, chosen, language).matters(draft)
    if not asked:
        return
    with st.form(f"matters-{job.id}-{job.ended_at}"):
        answers = [(matter, _ask(matter, f"{job.id}-{at}", names, language)) for at, matter in enumerate(asked)]
        label = say(language, "Take this and read again")
        pressed = st.form_submit_button(label, type="primary", icon=":material/check:", key="settle")
    said = [(matter, answer) for matter, answer in answers if answer]
    if pressed and said:
        imports.answer(grant(), the_store(), job.id, settled(said), now=clock.now())
        st.rerun()


def _ask(matter: Matter, key: str, names: Mapping[str, str], language: Language) -> str | None:
    """The month or the community's code that is chosen, None while nothing is; the likely ones stand first."""
    st.markdown(f"**{say(language, _TITLES[matter.about])}** {literal(matter.file)}")
    st.caption(literal(matter.why))
    labels = {code: name for name, code in unique_labels(names).items()}
    if matter.about == "month":
        labels = {month: month for month in recent_months()}
    likely = {answer: f"{labels.get(answer, answer)}（{source}）" for answer, source in matter.likely}
    options = {**likely, **{answer: label for answer, label in labels.items() if answer not in likely}}
    chosen: str | None = st.selectbox(
        say(language, _TITLES[matter.about]),
        list(options),
        index=None,
        format_func=lambda answer: options[answer],
        placeholder=say(language, "please choose"),
        label_visibility="collapsed",
        key=f"matter-{matter.about}-{key}",
        width=340,
    )
    return chosen

"""Making a task from a finding that lost points: what is wrong and what to do are there already."""

from datetime import timedelta
from typing import Any

import streamlit as st

from beicha.actions import tasks
from beicha.actions.opening import the_store
from beicha.actions.tasks import LONGEST, NewTask
from beicha.actions.views.community import CommunityView
from beicha.ui import clock
from beicha.ui.person import grant, holds
from beicha.ui.tasks.orders import draw_orders
from beicha.words.language import Language, say
from beicha.words.reasons import sentence
from scoring.edition import Edition

DAYS = timedelta(days=15)
"""How long there is to put something right, unless somebody says otherwise."""


def draw_making(view: CommunityView, edition: Edition, code: str, language: Language) -> None:
    """The form, for whoever may assign, where points were lost."""
    finding: dict[str, Any] = dict(view.criteria.loc[code])
    if not holds("assign") or not finding["lost"] > 0:
        return
    with (
        st.expander(say(language, "Make a rectification task"), key=f"make-{code}"),
        st.form(f"task-{view.period}-{view.code}-{code}", border=False),
    ):
        reason = sentence(finding["reason"], edition, language)
        problem = st.text_area(say(language, "What is wrong"), reason, max_chars=LONGEST, height=90)
        remedy = st.text_area(say(language, "What to do"), finding["remedy"], max_chars=LONGEST, height=70)
        due = st.date_input(say(language, "By"), clock.today() + DAYS, format="YYYY-MM-DD")
        sent = st.form_submit_button(say(language, "Make the task"), type="primary")
    if sent:
        criterion = edition.criterion(code)
        new = NewTask(
            view.code, view.period, code, finding["title"], problem.strip(), remedy.strip(), criterion.lead,
            tuple(criterion.supporting), due, {},
        )  # fmt: skip
        _make(new, language)


def _make(new: NewTask, language: Language) -> None:
    made = tasks.make(grant(), the_store(), [new], now=clock.now())
    if made:
        st.success(say(language, "Task {number} is made.", number=f"{made[0]:06d}"))
        draw_orders(made, language)
    else:
        st.info(say(language, "There is an open task for this already: see the rectification tasks."))

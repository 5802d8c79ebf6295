"""Words in the files that nobody knows yet: what they may mean, to be confirmed once."""

import streamlit as st

from beicha.actions import imports
from beicha.actions.asking import NOTHING, Question, answered, questions
from beicha.actions.drafts import Draft
from beicha.actions.opening import the_store
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

_KINDS = {"heading": later("Column “{said}”"), "community": later("Community “{said}”")}


def draw_questions(number: int, draft: Draft, communities: dict[str, str], language: Language) -> None:
    """A question for each unknown word, and one button that takes all answers; nothing where all is known."""
    asked = questions(draft, communities)
    if not asked:
        return
    with st.container(border=True):
        st.subheader(say(language, "Words to confirm ({n})", n=len(asked)), anchor=False)
        st.caption(say(language, "What you confirm is remembered for the next files of this community."))
        with st.form(f"questions-{number}", border=False):
            chosen = [(question, _ask(question, at, language)) for at, question in enumerate(asked)]
            pressed = st.form_submit_button(
                say(language, "Confirm and read again"), type="primary", icon=":material/check:"
            )
    said = [(question, code) for question, code in chosen if code is not None]
    if pressed and said:
        imports.answer(grant(), the_store(), number, answered(said), now=clock.now())
        st.rerun()


def _ask(question: Question, at: int, language: Language) -> str | None:
    """The code chosen for a question, None while nothing is."""
    names = dict(question.options)
    if question.kind == "heading":
        names[NOTHING] = say(language, "none of these: do not read it")
    where = " · ".join(part for part in (question.file, question.sheet, question.column) if part)
    chosen: str | None = st.selectbox(
        literal(say(language, _KINDS[question.kind], said=question.said)),
        list(names),
        index=0 if question.is_likely else None,
        format_func=lambda code: _option(question, code, names[code], language),
        placeholder=say(language, "please choose"),
        help=literal(where),
        width=420,
        key=f"question-{at}-{'-'.join(question.key)}",
    )
    return chosen


def _option(question: Question, code: str, name: str, language: Language) -> str:
    is_first = question.is_likely and code == question.options[0][0]
    return say(language, "{name} (suggested)", name=name) if is_first else name

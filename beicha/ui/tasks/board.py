"""The tasks as a board: a column for each state, the most urgent on top; on a phone one below the other."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.task_states import STATES
from beicha.actions.views.tasks import TaskList, TaskRow
from beicha.ui.tasks.rows import draw_task
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.tasks import task_text

MOST = 8
_OPENED = "board_opened"


def draw_board(view: TaskList, language: Language) -> None:
    """The columns, and the card that was opened above them."""
    opened = next((row for row in view.rows if row.task.id == st.session_state.get(_OPENED)), None)
    if opened is not None:
        draw_task(opened, language)
        st.button(say(language, "Close this task's details"), key="board_close", on_click=_open, args=(0,))
    for state, column in zip(STATES, st.columns(len(STATES), gap="small"), strict=True):
        with column:
            rows = [row for row in view.rows if row.state == state]
            st.markdown(f"**{literal(task_text(state, language))}** {len(rows)}")
            _draw_cards(rows, language)


def _draw_cards(rows: Sequence[TaskRow], language: Language) -> None:
    for row in rows[:MOST]:
        with st.container(border=True, gap="small"):
            new = row.task.new
            st.markdown(literal(f"{row.name} · {new.criterion} {new.title}"))
            late = say(language, "{n} days over", n=row.late) if row.late else ""
            st.caption(
                literal(
                    " · ".join(part for part in (f"{row.task.id:06d}", row.due.isoformat(), late, row.lead) if part)
                )
            )
            st.button(
                say(language, "Open"), key=f"card-{row.task.id}", type="tertiary", on_click=_open, args=(row.task.id,)
            )
    if len(rows) > MOST:
        st.caption(say(language, "and {n} more in the list", n=len(rows) - MOST))


def _open(number: int) -> None:
    st.session_state[_OPENED] = number

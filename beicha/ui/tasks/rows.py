"""The list of tasks to choose from, all or those that stand in one way, and one of them opened."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.task_states import STATES
from beicha.actions.views.tasks import TaskList, TaskRow
from beicha.ui.tables import draw_to_tick, pick_state
from beicha.ui.tasks.evidence import draw_evidence
from beicha.ui.tasks.orders import draw_orders
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import percent
from beicha.words.tasks import TAKEN, origin_text, task_text
from beicha.words.times import shown

_ALL, _LATE = "all", "late"
RESPONSIBLE = {
    "first": later("First responsible"),
    "direct": later("Directly responsible"),
    "line_first": later("First responsible of the line"),
    "line_direct": later("Directly responsible in the line"),
}
"""What the people of a task are, by the names under which it keeps them."""


def draw_rows(view: TaskList, language: Language) -> list[TaskRow]:
    """The list; gives those that are chosen in it. One alone is opened below."""
    chosen = _pick(view, language)
    rows = [row for row in view.rows if chosen in (_ALL, row.state) or (chosen == _LATE and row.late)]
    if not rows:
        st.caption(say(language, "There is no such task."))
        return []
    frame = pd.DataFrame([_cells(row, language) for row in rows], columns=list(_columns(language)))
    alt = say(language, "Rectification tasks")
    return [rows[row] for row in draw_to_tick(frame, _columns(language), f"tasks-{chosen}", alt, most=20)]


def _pick(view: TaskList, language: Language) -> str:
    names = {_ALL: f"{say(language, 'All')} {len(view.rows)}"}
    names |= {_LATE: f"{say(language, 'Overdue')} {view.total.late}"}
    names |= {state: f"{task_text(state, language)} {view.count(state)}" for state in STATES}
    return pick_state(names, "tasks_state", language)


def _columns(language: Language) -> dict[str, Any]:
    return {
        "number": st.column_config.TextColumn(say(language, "No.")),
        "name": st.column_config.TextColumn(say(language, "Community")),
        "title": st.column_config.TextColumn(say(language, "To be put right"), width="medium"),
        "state": st.column_config.TextColumn(say(language, "State")),
        "due": st.column_config.TextColumn(say(language, "By")),
        "late": st.column_config.TextColumn(say(language, "Overdue")),
        "lead": st.column_config.TextColumn(say(language, "Lead")),
        "supporting": st.column_config.TextColumn(say(language, "Supporting")),
    }


def _cells(row: TaskRow, language: Language) -> list[Any]:
    new = row.task.new
    late = say(language, "{n} days over", n=row.late) if row.late else None
    title = f"{new.criterion} {new.title}".strip()
    lines = "、".join(row.supporting) or None
    state = task_text(row.state, language)
    return [f"{row.task.id:06d}", row.name, title, state, row.due.isoformat(), late, row.lead or None, lines]


def draw_task(row: TaskRow, language: Language) -> None:
    """One task with what was found, who answers for it, and every step since."""
    new = row.task.new
    with st.container(border=True):
        st.subheader(literal(f"{row.task.id:06d} {row.name} · {new.criterion} {new.title}"), anchor=False)
        facts = [
            (say(language, "What is wrong"), f"{new.period} {new.problem}"),
            (say(language, "Made from"), origin_text(new.origin, language)),
            (say(language, "What to do"), new.remedy),
            (say(language, "By"), row.due.isoformat()),
            (say(language, "Lead"), row.lead),
            (say(language, "Supporting"), "、".join(row.supporting)),
            *((say(language, name), new.responsible.get(key, "")) for key, name in RESPONSIBLE.items()),
            (say(language, "Made"), f"{shown(row.task.made_at)} {row.task.made_by}"),
        ]
        st.markdown("\n".join(f"- **{name}** {literal(text)}" for name, text in facts if text))
        draw_orders([row.task.id], language)
        _draw_history(row, language)
        draw_evidence(row, language)


def _draw_history(row: TaskRow, language: Language) -> None:
    for taken in row.task.steps:
        done = say(language, TAKEN[taken.step.verb])
        rate = [percent(taken.step.fraction)] if taken.step.submission is not None else []
        st.text(" · ".join((shown(taken.made_at), done, taken.made_by, *rate)))
        told = [taken.step.text, taken.step.due.isoformat() if taken.step.due else ""]
        if any(told):
            st.caption(literal(" ".join(part for part in told if part)))


def names_of(rows: Sequence[TaskRow], most: int = 6) -> str:
    """The numbers of the first few tasks."""
    return "、".join(f"{row.task.id:06d}" for row in rows[:most]) + ("…" if len(rows) > most else "")

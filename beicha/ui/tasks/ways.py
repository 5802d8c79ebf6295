"""The ways into the tasks: the list, the board, what lost points, a note; and the list with what can be done in it."""

import streamlit as st

from beicha.actions.views.tasks import TaskList
from beicha.ui.person import holds
from beicha.ui.tasks.rows import draw_rows
from beicha.ui.tasks.stepping import draw_stepping
from beicha.words.language import Language, later, say

WAYS = {
    "list": later("List"),
    "board": later("Board"),
    "lost": later("From lost points"),
    "note": later("From a note"),
}
_ASSIGNING = ("lost", "note")


def pick_way(language: Language) -> str:
    """Which way is chosen; the two that make tasks are for whoever assigns."""
    names = {way: say(language, name) for way, name in WAYS.items() if way not in _ASSIGNING or holds("assign")}
    chosen = st.segmented_control(
        say(language, "View"), list(names), format_func=lambda way: names[way], default="list", required=True,
        key="tasks_way", bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return str(chosen)


def draw_list(view: TaskList, language: Language) -> None:
    """The list to tick in, with the steps that can be taken above it."""
    if not view.rows:
        st.caption(say(language, "There is no task here. The page of a community makes one from points it lost."))
        return
    steps = st.container()
    chosen = draw_rows(view, language)
    with steps:
        draw_stepping(chosen, language)

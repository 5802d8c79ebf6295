"""How many tasks stand how, and where they pile up."""

import pandas as pd
import streamlit as st

from beicha.actions.views.tasks import Count, TaskList
from beicha.ui.metrics import card
from beicha.ui.tables import arrow, draw_table
from beicha.words.language import Language, say
from beicha.words.numbers import NONE, percent


def draw_counts(view: TaskList, language: Language) -> None:
    """Title and numbers."""
    st.title(say(language, "Rectification tasks"), anchor=False)
    total = view.total
    with st.grid(4, min_column_width=150, gap="small"):
        late = say(language, "{n} of them overdue", n=total.late)
        card(say(language, "To be put right"), str(view.count("open")), late)
        card(say(language, "To be checked"), str(view.count("claimed")), say(language, "said to be done"))
        card(say(language, "Settled"), str(total.closed), say(language, "of {n}", n=total.all))
        rate = NONE if total.rate is None else percent(total.rate / 100)
        card(say(language, "Rectification rate"), rate, say(language, "closed of all that were not cancelled"))


def draw_where(view: TaskList, language: Language) -> None:
    """By the line that leads, and by street."""
    left, right = st.columns(2, gap="large")
    with left:
        _draw(view.by_line, say(language, "Line"), "tasks_lines", say(language, "By line"), language)
    with right:
        _draw(view.by_street, say(language, "Street"), "tasks_streets", say(language, "By street"), language)


def _draw(counts: tuple[Count, ...], what: str, key: str, title: str, language: Language) -> None:
    st.subheader(title, anchor=False)
    rows = [[count.name or NONE, count.late, count.all - count.closed, count.all, count.rate] for count in counts]
    columns = {
        "name": what,
        "late": say(language, "Overdue"),
        "left": say(language, "Not closed"),
        "all": say(language, "All"),
        "rate": st.column_config.NumberColumn(say(language, "Rectified %"), format="%.2f"),
    }
    draw_table(arrow(pd.DataFrame(rows, columns=list(columns))), columns, key, title)

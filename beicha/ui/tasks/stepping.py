"""Taking a step with the tasks that are chosen in the list."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from beicha.actions import tasks
from beicha.actions.opening import the_store
from beicha.actions.tasks import LONGEST, WITH_TEXT, Decision, NotNow
from beicha.actions.views.tasks import TaskRow
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.taking_steps import Steps, draw_steps, forget
from beicha.ui.tasks.orders import draw_orders
from beicha.ui.tasks.rows import draw_task, names_of
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.tasks import TAKE, TAKEN

_ASKING = later("Explanation"), later("Say what was done, or why.")
_KEY, _SAID = "tasks", "tasks_said"
EXTENSION = timedelta(days=7)


def draw_stepping(chosen: Sequence[TaskRow], language: Language) -> None:
    """What can be done with the chosen ones, what came of the last step, and one alone opened."""
    _draw_said(language)
    if not chosen:
        st.caption(say(language, "Tick tasks in the list to open them, or to go on with several at once."))
        return
    st.markdown(literal(say(language, "Chosen ({n}): {names}", n=len(chosen), names=names_of(chosen))))
    verbs = [verb for verb in chosen[0].verbs if all(verb in row.verbs for row in chosen)]
    numbers = tuple(row.task.id for row in chosen)

    def take(verb: str, text: str, due: Any) -> None:
        _take(Decision(verb, numbers, text, due))  # type: ignore[arg-type]

    def more(verb: str) -> Any:
        last = max(row.due for row in chosen)
        return _pick_day(last + EXTENSION, language) if verb == "extend" else None

    draw_steps(_KEY, Steps(verbs, TAKE, WITH_TEXT, LONGEST, take, *_ASKING, more), language)
    if len(chosen) == 1:
        draw_task(chosen[0], language)
    else:
        draw_orders(numbers, language)


def _pick_day(first: Any, language: Language) -> Any:
    return st.date_input(say(language, "New day"), first, key="tasks_day", format="YYYY-MM-DD")


def _take(decision: Decision) -> None:
    try:
        tasks.decide(grant(), the_store(), decision, now=clock.now())
    except (NotNow, LookupError):
        st.session_state[_SAID] = ("", 0)
    except ValueError:
        st.session_state[_SAID] = ("text", 0)
    else:
        st.session_state[_SAID] = (decision.verb, len(decision.tasks))
    forget(_KEY)


def _draw_said(language: Language) -> None:
    said: tuple[str, int] | None = st.session_state.pop(_SAID, None)
    if said is None:
        return
    verb, number = said
    if verb in TAKEN:
        st.success(say(language, "{n} tasks: {done}.", n=number, done=say(language, TAKEN[verb])))
    else:
        st.warning(say(language, "Nothing was done: somebody was faster, or a report moved a task. Look once more."))

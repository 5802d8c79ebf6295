"""What the office saw: all observations in view or those still open, one opened, tasks made of those ticked."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions.observation_tasks import make_tasks
from beicha.actions.opening import the_store
from beicha.actions.views.observations import Observation
from beicha.actions.views.tasks import TaskRow
from beicha.ui import clock, office
from beicha.ui.downloads import address
from beicha.ui.frame import Frame
from beicha.ui.person import grant, holds
from beicha.ui.tables import draw_to_tick, pick_state
from beicha.ui.tasks.making import DAYS
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.rows import cell_text
from beicha.words.tasks import task_text

_ALL, _PROBLEMS, _OPEN, _SAID = "all", "problems", "open", "spot_said"
_HEADS = {
    "day": later("Day"),
    "name": later("Community"),
    "place": later("Point"),
    "subject": later("Subject"),
    "result": later("Result"),
    "problem": later("Problem found"),
    "lines": later("Responsible lines"),
    "photos": later("Photos"),
    "fixed": later("Fixed on the spot"),
    "task": later("Rectification"),
    "due": later("By"),
    "inspector": later("Inspector"),
}

_WIDTHS: dict[str, int] = {"problem": 180, "lines": 130, "result": 110, "due": 96, "photos": 64, "fixed": 80}
"""Pixels of the columns that would be cut, or wider than they need."""


def draw_observations(frame: Frame) -> None:
    """The list, and what can be done with those that are ticked in it."""
    language = frame.language
    found = office.observations(frame.period, frame.street, frame.line)
    if not found:
        st.caption(
            say(language, "Nothing was written down in this month. Enter a visit, or upload the office workbook.")
        )
        return
    chosen = _pick(found, language)
    above = st.container()
    rows = [one for one in found if chosen == _ALL or (one.is_open if chosen == _OPEN else one.problem)]
    if not rows:
        st.caption(say(language, "There is no such observation."))
        return
    tasks = {row.task.new.origin: row for row in office.tasks("", "", clock.now()).rows}
    table = pd.DataFrame([_cells(one, tasks.get(one.origin), language) for one in rows], columns=list(_HEADS))
    columns = {
        key: st.column_config.TextColumn(say(language, text), width=_WIDTHS.get(key)) for key, text in _HEADS.items()
    }
    ticked = draw_to_tick(
        table, columns, f"observations-{frame.period}-{chosen}", say(language, "Observations"), most=20
    )
    with above:
        _draw_ticked([rows[number] for number in ticked], language)


def _pick(found: Sequence[Observation], language: Language) -> str:
    names = {
        _ALL: f"{say(language, 'All')} {len(found)}",
        _PROBLEMS: f"{say(language, 'With a problem')} {sum(bool(one.problem) for one in found)}",
        _OPEN: f"{say(language, 'Not fixed on the spot')} {sum(one.is_open for one in found)}",
    }
    return pick_state(names, "observations_state", language)


def _cells(one: Observation, task: TaskRow | None, language: Language) -> list[Any]:
    said = {code: cell_text(value, language) or None for code, value in one.values.items()}
    titles = {line.code: line.title for line in office_lines(one.period)}
    lines = "、".join(titles.get(code, code) for code in one.lines) or said.get("responsible")
    return [
        one.day.isoformat() if one.day else None, one.name, said.get("place"), said.get("subject"),
        _result(one, language) or None, one.problem or None, lines, said.get("photos"), said.get("fixed_on_spot"),
        task_text(task.state, language) if task else None, task.due.isoformat() if task else None,
        said.get("inspector"),
    ]  # fmt: skip


def office_lines(period: str) -> Sequence[Any]:
    """The lines of the edition in force in a month."""
    edition = office.edition_in_force(period)
    return edition.lines if edition else ()


def _result(one: Observation, language: Language) -> str:
    """The criterion, and the grade, score, deduction or result that it was given."""
    edition = office.edition_in_force(one.period)
    fields = edition.ledger(one.ledger).fields if edition else ()
    titles = {field.code: field.title for field in fields}
    told = [
        f"{titles[code]} {cell_text(one.values[code], language)}"
        for code in ("result", "grade", "score", "deduction")
        if code in titles and one.values.get(code) is not None
    ]
    return " ".join([one.criterion, *told]).strip()


def _draw_ticked(chosen: Sequence[Observation], language: Language) -> None:
    said: str | None = st.session_state.pop(_SAID, None)
    if said:
        st.success(said)
    if not chosen:
        st.caption(say(language, "Tick observations in the list to open one, or to make tasks of several."))
        return
    if len(chosen) == 1:
        _draw_one(chosen[0], language)
    problems = [one for one in chosen if one.problem]
    if holds("assign") and problems:
        with st.form("spot_tasks"):
            due = st.date_input(say(language, "By"), clock.today() + DAYS, format="YYYY-MM-DD")
            sent = st.form_submit_button(say(language, "Make {n} rectification tasks", n=len(problems)), type="primary")
        if sent:
            made = make_tasks(grant(), the_store(), problems, due=due, now=clock.now())
            text = later("{made} tasks are made; {others} were there already.")
            st.session_state[_SAID] = say(language, text, made=len(made), others=len(problems) - len(made))
            st.rerun()


def _draw_one(one: Observation, language: Language) -> None:
    """All that was written down in the row, where it stands, and the way to its file."""
    edition = office.edition_in_force(one.period)
    fields = edition.ledger(one.ledger).fields if edition else ()
    with st.container(border=True):
        st.markdown(
            f"**{literal(' · '.join(part for part in (one.name, one.street_name, one.criterion, one.title) if part))}**"
        )
        told = [(field.title, cell_text(one.values.get(field.code), language)) for field in fields]
        st.markdown("\n".join(f"- **{literal(title)}** {literal(text)}" for title, text in told if text))
        where = say(language, "Sheet {sheet}, row {row}", sheet=one.sheet, row=one.row)
        st.caption(literal(f"{where} · {one.file}".removesuffix(" · ")))
        if one.file:
            values = {"version": str(one.version), "sha256": one.sha256}
            st.link_button(say(language, "Open the file"), address("/download/original", values))

"""A visit typed into a grid: checked like a workbook, looked at, then stored as a new version."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import spot_checks
from beicha.actions.closing import Closed
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import problem_text
from beicha.actions.spot_checks import Checked, Entered, Faulty, observation_ledgers
from beicha.actions.storing import Moved
from beicha.ui import clock, office
from beicha.ui.frame import Frame, unique_labels
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.ui.upload.changes import draw_report
from beicha.words.language import Language, later, say
from beicha.words.workbook import NO, YES
from scoring.edition import Edition
from scoring.ledgers import Ledger, LedgerField
from scoring.periods import last_day, month_number

_ROUND, _CHECKED, _SAID = "spot_round", "spot_checked", "spot_said_stored"


def draw_entering(frame: Frame) -> None:
    """The grid, and below it what it would change."""
    language, edition = frame.language, office.edition_in_force(frame.period)
    ledgers = {ledger.title: ledger for ledger in observation_ledgers(edition)} if edition else {}
    labels = unique_labels(office.communities_of(frame.period, frame.street))
    if edition is None or not ledgers or not labels:
        st.caption(say(language, "The edition of this month has no ledger for what is seen on site."))
        return
    said = st.session_state.pop(_SAID, None)
    if said:
        st.success(literal(said))
    with st.container(horizontal=True, gap="small"):
        community = labels[str(st.selectbox(say(language, "Community"), list(labels), key="spot_community", width=200))]
        day = _pick_day(frame.period, language)
        title = st.selectbox(say(language, "Ledger"), list(ledgers), key="spot_ledger", width=200)
    ledger = ledgers[str(title)]
    rows = _grid(ledger, edition, f"{frame.period}-{community}-{ledger.code}", language)
    entered = Entered(community, frame.period, ledger.code, day, tuple(row | _dated(ledger, day) for row in rows))
    st.caption(
        say(
            language,
            "Without rows the visit is recorded as one that found nothing. Rows that stand there already stay; a row "
            "of the same day, point and subject takes the place of the earlier one.",
        )
    )
    if st.button(say(language, "Check"), type="secondary", key="spot_check"):
        _check(entered, language)
    _draw_checked(entered, edition, language)
    st.page_link(
        st.session_state["pages"]["upload"], label=say(language, "Or hand in a workbook of the office (.xlsx)")
    )


def _pick_day(period: str, language: Language) -> date:
    last = last_day(month_number(period))
    first = last.replace(day=1)
    day = min(max(clock.today(), first), last)
    picked = st.date_input(
        say(language, "Day of the visit"), day, first, last, key=f"spot_day_{period}", format="YYYY-MM-DD", width=160
    )
    return picked if isinstance(picked, date) else day


def _dated(ledger: Ledger, day: date) -> dict[str, Any]:
    return {ledger.date_field: day} if ledger.date_field else {}


def _grid(ledger: Ledger, edition: Edition, key: str, language: Language) -> list[dict[str, Any]]:
    """The rows that hold anything, by field codes."""
    fields = [field for field in ledger.fields if field.code != ledger.date_field]
    blank = pd.DataFrame({field.code: pd.Series([None] * 3, dtype=object) for field in fields})
    edited = st.data_editor(
        blank,
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        column_config={field.code: _column(field, edition) for field in fields},
        key=f"spot-grid-{key}-{st.session_state.get(_ROUND, 0)}",
        alt=say(language, "What was seen at the visit"),
    )
    cleaned = [
        {str(code): value for code, value in row.items() if _is_filled(value)} for row in edited.to_dict("records")
    ]
    return [row for row in cleaned if row]


def _is_filled(value: Any) -> bool:
    return value is not None and value == value and value not in ("", [])


def _column(field: LedgerField, edition: Edition) -> Any:
    """The editor of a column: a list where the field has one, numbers as numbers, all else as text."""
    title, needed = f"{field.title}{' *' if field.required else ''}", field.help or None
    options: list[str] = list(field.choices or field.scale)
    if field.type == "yes_no":
        options = [YES, NO]
    elif field.code == "criterion":
        options = [criterion.code for criterion in edition.criteria if criterion.verified_by is not None]
    if field.code == "responsible":
        return st.column_config.MultiselectColumn(title, options=[line.title for line in edition.lines], help=needed)
    if options and field.type != "choices":
        return st.column_config.SelectboxColumn(title, options=options, help=needed)
    if field.type in ("whole", "decimal"):
        return st.column_config.NumberColumn(title, help=needed, step=1 if field.type == "whole" else None)
    return st.column_config.TextColumn(title, help=needed)


def _check(entered: Entered, language: Language) -> None:
    try:
        st.session_state[_CHECKED] = (entered, spot_checks.check(grant(), the_store(), entered, language=language))
    except (Refused, KeyError):
        st.warning(say(language, "This community is not in your charge."))
    except ValueError:
        st.warning(say(language, "There are too many rows for one visit. Hand them in as a workbook."))


def _draw_checked(entered: Entered, edition: Edition, language: Language) -> None:
    """What was found wrong, what would change, and the button that stores it; nothing for another grid."""
    kept: tuple[Entered, Checked] | None = st.session_state.get(_CHECKED)
    if kept is None or kept[0] != entered:
        return
    checked = kept[1]
    lines = [
        f"- {_where(checked.grid_rows, one.row, one.heading, language)} {literal(problem_text(one, language))}"
        for one in checked.draft.problems
        if one.level != "note"
    ]
    if lines:
        st.markdown("\n".join(lines))
    if not entered.rows:
        st.info(say(language, "No row is filled in: this records a visit that found nothing."))
    for report in checked.preview.reports:
        draw_report(report, edition, language)
    if checked.preview.ready and not checked.draft.errors:
        st.button(
            say(language, "Record the visit"),
            type="primary",
            key="spot_record",
            on_click=_record,
            args=(entered, language),
        )


def _where(rows: Mapping[int, int], row: int | None, heading: str, language: Language) -> str:
    number = rows.get(row or 0)
    place = say(language, "Row {n}", n=number) if number else ""
    return f"**{literal(f'{place} {heading}'.strip())}**" if place or heading else ""


def _record(entered: Entered, language: Language) -> None:
    """For a callback: stores the visit and empties the grid."""
    try:
        receipt = spot_checks.record(grant(), the_store(), entered, language=language, now=clock.now())
    except (Refused, Closed, Moved, Faulty):
        st.session_state[_SAID] = say(
            language, later("Nothing was stored: the month is closed, or somebody was faster. Check once more.")
        )
        return
    st.session_state.pop(_CHECKED, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    if receipt.stored:
        st.session_state[_SAID] = say(
            language, later("Recorded as version {n} of the office's report."), n=receipt.stored[0].version
        )
    else:
        st.session_state[_SAID] = say(language, later("No change: this is what is stored already."))

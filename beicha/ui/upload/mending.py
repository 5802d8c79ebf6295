"""Putting failing rows right in the page: a small form for each row, or a grid; nothing is stored by that.

What comes back from the browser is compared with the draft's own rows on the server: only a cell of a shown row and a
known column counts, whatever else a forged message holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from beicha.actions import imports
from beicha.actions.drafts import Draft
from beicha.actions.imports import Job
from beicha.actions.opening import the_store
from beicha.actions.views.mending import (
    Corrected,
    Fix,
    MendCell,
    MendRow,
    MendTable,
    Typed,
    correction_text,
    corrections,
    mend_tables,
    typed_in,
)
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.ui.tables import table_height
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say

FORMS = later("Row by row")
GRID = later("In a grid")
PAGE = 10
"""So many rows have their form at once."""
CHANGED = later("This upload was changed in another window meanwhile. Please look at it again.")
LONG = 2000
"""So many characters can be typed into a field."""
WIDTH = 320
KNOWN_BY = 5
"""So many sound cells are told of a row."""
BUTTON = later("Save and check again")
LEFT_OUT = later("Leave this row out (your file stays as it is)")
LABEL = later("{heading} (column {letter})")
SIGNS = {"error": "✖", "warning": "▲"}


def draw_mending(job: Job, draft: Draft, level: str, language: Language) -> None:
    """The rows of a level that need a look, table by table, to be put right; those only warned of when asked for."""
    tables = mend_tables(draft, level, language, mine=job.made_by == grant().actor)
    rows = sum(len(table.rows) for table in tables)
    if not rows:
        return
    title = say(language, "Put right in the page: {n} rows", n=rows)
    key = f"{job.id}-{job.ended_at}-{level}"
    with st.expander(title, expanded=level == "error", key=f"mending-{key}", on_change="rerun") as behind:
        if behind.open:
            typed = _draw_rows(tables, rows, key, language)
            left_out = sum(table.left_out for table in tables)
            if left_out:
                text = later("{n} more rows follow once these are put right, or mend them in the file.")
                st.caption(say(language, text, n=left_out))
            if typed is not None:
                _apply(
                    job, [fix for table, one in zip(tables, typed, strict=True) for fix in table.fixes(one)], language
                )


def _draw_rows(tables: Sequence[MendTable], rows: int, key: str, language: Language) -> Sequence[Typed] | None:
    """The rows of all tables in one of two forms, with one button; what was typed in each table once it is pressed."""
    st.caption(say(language, "Change what is wrong and have it checked again. Your file stays as it is."))
    names = {say(language, FORMS): "forms", say(language, GRID): "grid"}
    form = st.segmented_control(
        say(language, "Shown as"), list(names), default=list(names)[rows > 2 * PAGE], required=True, key=f"form-{key}",
        label_visibility="collapsed",
    )  # fmt: skip
    return (_grids if names.get(str(form)) == "grid" else _forms)(tables, key, language)


def _apply(job: Job, fixes: Sequence[Fix], language: Language) -> None:
    if not fixes:
        st.info(say(language, "Nothing was changed yet."))
        return
    try:
        imports.answer(grant(), the_store(), job.id, typed_in(fixes), now=clock.now())
    except LookupError:
        st.warning(say(language, CHANGED))
        return
    st.rerun()


def _forms(tables: Sequence[MendTable], key: str, language: Language) -> Sequence[Typed] | None:
    """A form with a field for each faulty cell, so many rows at once."""
    rows = [(number, at) for number, table in enumerate(tables) for at in range(len(table.rows))]
    pages = -(-len(rows) // PAGE)
    page = st.pagination(pages, key=f"page-{key}") if pages > 1 else 1
    fields = [_Fields(table, f"{key}-{number}", language) for number, table in enumerate(tables)]
    taken, before = False, -1
    with st.form(f"forms-{key}-{page}"):
        for number, at in rows[(page - 1) * PAGE : page * PAGE]:
            if number != before:
                st.markdown(f"**{_name(tables[number])}**")
            taken, before = fields[number].draw_row(at) or taken, number
        pressed = st.form_submit_button(
            say(language, BUTTON), type="primary", icon=":material/check:", key=f"mend-{key}-{page}"
        )
    return [one.typed for one in fields] if pressed or taken else None


def _name(table: MendTable) -> str:
    """The table as a heading: its ledger, and its sheet where that is called otherwise."""
    return literal(" · ".join(dict.fromkeys((table.title, table.sheet))))


@dataclass
class _Fields:
    """The fields of a table's rows, and what they say."""

    table: MendTable
    key: str
    language: Language
    typed: dict[tuple[int, int], str] = field(default_factory=dict)

    def draw_row(self, at: int) -> bool:
        """The fields of the row with this number; whether a likely value was taken with one click."""
        row = self.table.rows[at]
        name = say(self.language, "Row {row} of the file", row=row.row)
        st.markdown(f"**{name}** :gray[{literal(self._rest(row))}]")
        taken = [self._draw_cell(at, row, cell) for cell in row.cells]
        if st.checkbox(say(self.language, LEFT_OUT), key=f"{self.key}-{at}-left-out"):
            self.typed |= {(at, column): "" for column in range(len(self.table.columns))}
        return any(taken)

    def _rest(self, row: MendRow) -> str:
        """What the first sound cells of the row say, by which a person knows it."""
        faulty = {cell.column for cell in row.cells}
        texts = zip(self.table.columns, row.texts, strict=True)
        said = [f"{column.heading}：{text}" for at, (column, text) in enumerate(texts) if text and at not in faulty]
        return "；".join(said[:KNOWN_BY])

    def _draw_cell(self, at: int, row: MendRow, cell: MendCell) -> bool:
        key = f"{self.key}-{at}-{cell.column}"
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            self.typed[at, cell.column] = self._field(row, cell, key)
            taken = bool(cell.likely) and st.form_submit_button(
                literal(say(self.language, "Change to {value}", value=cell.likely)), key=f"likely-{key}"
            )
        advice = "" if self.table.columns[cell.column].is_one_of else f" {literal(cell.advice)}"
        st.caption(f"{SIGNS[cell.level]} {literal(cell.what)}{advice}")
        if taken:
            self.typed[at, cell.column] = cell.likely
        return taken

    def _field(self, row: MendRow, cell: MendCell, key: str) -> str:
        """What the field says: a choice from a list where the column has one, else a text."""
        column, text = self.table.columns[cell.column], row.texts[cell.column]
        label = literal(say(self.language, LABEL, heading=column.heading, letter=column.letter))
        if column.is_one_of:
            empty = text or say(self.language, "please choose")
            typed = st.selectbox(
                label, column.choices, index=None, placeholder=empty, key=f"cell-{key}", width=WIDTH
            )  # fmt: skip
        else:
            typed = st.text_input(label, text, key=f"cell-{key}", max_chars=max(len(text), LONG), width=WIDTH)
        return text if typed is None else typed


def _grids(tables: Sequence[MendTable], key: str, language: Language) -> Sequence[Typed] | None:
    """A grid for each table, all cells as texts."""
    edited = [_grid(table, f"{key}-{number}", language) for number, table in enumerate(tables)]
    pressed = st.button(say(language, BUTTON), type="primary", icon=":material/check:", key=f"mend-grid-{key}")
    return [_typed(frame, len(table.columns)) for frame, table in zip(edited, tables, strict=True)] if pressed else None


def _grid(table: MendTable, key: str, language: Language) -> pd.DataFrame:
    st.markdown(f"**{_name(table)}**")
    frame = _frame(table)
    return st.data_editor(
        frame, hide_index=True, num_rows="fixed", disabled=["row", "what"], column_config=_columns(table, language),
        key=f"grid-{key}", height=table_height(len(frame)), alt=say(language, "Rows to be put right"),
    )  # fmt: skip


def _typed(edited: pd.DataFrame, columns: int) -> Typed:
    return {
        (at, number): "" if pd.isna(value) else str(value)
        for number in range(columns)
        for at, value in enumerate(edited[f"c{number}"])
    }


def _frame(table: MendTable) -> pd.DataFrame:
    cells: dict[str, list[Any]] = {
        "row": [row.row for row in table.rows],
        "what": ["；".join(_said(table, cell) for cell in row.cells) for row in table.rows],
    }
    cells |= {f"c{number}": [row.texts[number] for row in table.rows] for number in range(len(table.columns))}
    return pd.DataFrame(cells)


def _said(table: MendTable, cell: MendCell) -> str:
    return f"{SIGNS[cell.level]} {table.columns[cell.column].heading}：{cell.what}"


def _columns(table: MendTable, language: Language) -> Mapping[str, Any]:
    """Headings as their clerk wrote them, those of faulty cells marked."""
    said = {
        "row": st.column_config.NumberColumn(say(language, "Excel row"), format="%d", width=84, pinned=True),
        "what": st.column_config.TextColumn(say(language, "Problem"), width=300),
    }
    faulty = {cell.column for row in table.rows for cell in row.cells}
    for number, column in enumerate(table.columns):
        mark = "✎ " if number in faulty else ""
        said[f"c{number}"] = st.column_config.TextColumn(f"{mark}{column.heading}", width=150)
    return said


def draw_corrections(job: Job, draft: Draft, language: Language) -> None:
    """What was put right so far, old beside new, each to be taken back; nothing where there is none."""
    made = corrections(draft)
    if not made:
        return
    with st.expander(say(language, "Put right in the page ({n})", n=len(made)), key=f"corrections-{job.id}"):
        for at, (place, found) in enumerate(made):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(literal(correction_text(found, language)), width="stretch")
                if st.button(say(language, "Take back"), key=f"back-{job.id}-{job.ended_at}-{at}", type="tertiary"):
                    imports.take_back(grant(), the_store(), job.id, [place], now=clock.now())
                    st.rerun()


def draw_correction_list(cells: Sequence[Corrected], key: str, language: Language) -> None:
    """What was put right before it was stored, old beside new; nothing where there is none."""
    if cells:
        with st.expander(say(language, "Put right in the page ({n})", n=len(cells)), key=key):
            st.markdown("\n".join(f"- {literal(correction_text(cell, language))}" for cell in cells))

"""Tables as pages show them: states by sign and word, numbers as on paper, cells from files as text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal

import pandas as pd
import pyarrow as pa
import streamlit as st

from beicha.actions.views.drafts import problem_table
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE
from beicha.words.rows import cell_text, field_titles, mark_text
from beicha.words.states import state_word
from scoring.edition import Edition

ROW_PIXELS = 33


def state_text(state: str, language: Language) -> str:
    """A state with its sign, such as ✔ 达标."""
    return state_word(state).said(language)


def rows_table(frame: pd.DataFrame, edition: Edition, ledger: str, language: Language) -> pd.DataFrame:
    """Evidence rows of one ledger as texts: the mark, where the row stood, then a column for each of its fields."""
    fields = edition.ledger(ledger).fields
    table = {
        say(language, "Counted"): [mark_text(mark, language) for mark in frame["mark"]],
        say(language, "Because of"): [field_titles(edition.ledger(ledger), detail) for detail in frame["detail"]],
        say(language, "Month"): list(frame["period"]),
        say(language, "Sheet"): list(frame["sheet"]),
        say(language, "Excel row"): [int(row) for row in frame["row"]],
    }
    corrected = [corrected_text(cells, language) for cells in frame["corrected"]]
    if any(corrected):
        table[say(language, "Put right in the page")] = corrected
    if not any(table[say(language, "Because of")]):
        del table[say(language, "Because of")]
    for field in fields:
        texts = [cell_text(values.get(field.code), language) for values in frame["values"]]
        if any(texts):
            table[field.title] = texts
    return pd.DataFrame(table)


def draw_rows(
    frame: pd.DataFrame,
    edition: Edition,
    language: Language,
    key: str,
    chosen: Callable[[str, Mapping[str, Any]], None] | None = None,
) -> None:
    """The rows behind a finding, ledger by ledger, parts told apart.

    With ``chosen`` a row can be chosen: it is called with the row's ledger and values, below the table.
    """
    for number, ((ledger, part), rows) in enumerate(frame.groupby(["ledger", "part"], sort=False)):
        title = edition.ledger(str(ledger)).title
        name = say(language, "on-site observations") if part == "verified_by" else str(part)
        count = say(language, "{n} rows", n=len(rows))
        st.text(" · ".join(piece for piece in (f"《{title}》", name, count) if piece))
        table = rows_table(rows, edition, str(ledger), language)
        name = f"{key}-{number}"
        draw_table(table, {}, name, title, on_select=choosing(name) if chosen else None)
        place = chosen_row(name, len(rows)) if chosen else None
        if chosen and place is not None:
            chosen(str(ledger), rows["values"].iloc[place])


def choosing(key: str) -> Callable[[], None]:
    """Remembers which row of the table with this key was chosen, for ``chosen_row``."""

    def choose() -> None:
        rows: Sequence[int] = st.session_state[key].selection.rows
        st.session_state[f"chosen-{key}"] = rows[0] if rows else None

    return choose


def chosen_row(key: str, count: int) -> int | None:
    """The number of the row chosen in a table of so many rows, None where none is."""
    number = st.session_state.get(f"chosen-{key}")
    return number if isinstance(number, int) and number < count else None


def corrected_text(cells: Iterable[Any], language: Language) -> str:
    """What stood in the cells of a row before they were put right on the page; '' where none were."""
    text = later("{heading} was “{found}”")
    return "；".join(say(language, text, heading=cell.heading, found=cell.found) for cell in cells)


def pick_state(names: Mapping[str, str], key: str, language: Language) -> str:
    """Which of these to list, the first unless another is chosen; ``names`` are shown, with their counts."""
    return str(
        st.pills(
            say(language, "State"),
            list(names),
            format_func=lambda state: names[state],
            default=next(iter(names)),
            required=True,
            key=key,
            label_visibility="collapsed",
        )
    )


def draw_to_tick(frame: pd.DataFrame, columns: Mapping[str, Any], key: str, alt: str, *, most: int) -> list[int]:
    """A table whose rows can be ticked; gives the numbers of those that are."""
    event = st.dataframe(
        arrow(frame),
        hide_index=True,
        column_config=dict(columns),
        height=table_height(len(frame), most),
        key=key,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder=NONE,
        alt=alt,
    )
    return [row for row in event.selection.rows if row < len(frame)]


def table_height(rows: int, most: int = 12) -> int | Literal["content"]:
    """The height of a table: its content's, or that of the most rows it shows before it scrolls."""
    return "content" if rows <= most else (most + 1) * ROW_PIXELS


def draw_table(
    table: Any,
    columns: Mapping[str, Any],
    key: str,
    alt: str,
    *,
    most: int = 12,
    order: Sequence[str] | None = None,
    on_select: Callable[[], None] | None = None,
    mode: Literal["single-row", "single-cell"] = "single-row",
) -> None:
    """A table as high as its content, at most so many rows before it scrolls; what is blank is a dash.

    ``table`` is a frame or, made once by ``arrow``, a table ready to be sent. ``columns`` gives headings or column
    settings; with ``on_select`` a choice of a row or cell calls it.
    """
    st.dataframe(
        table,
        hide_index=True,
        column_order=order,
        column_config=dict(columns),
        height=table_height(len(table), most),
        key=key,
        on_select=on_select or "ignore",
        selection_mode=mode,
        placeholder=NONE,
        alt=alt,
    )


def draw_problems(problems: Iterable[Any], key: str, language: Language) -> None:
    """Problems of a table that an office filled in: where each is, what was found, and what to do."""
    columns = {
        "sheet": say(language, "Sheet"),
        "row": say(language, "Excel row"),
        "column": say(language, "Column"),
        "found": say(language, "Found"),
        "what": say(language, "Problem"),
        "advice": say(language, "What to do"),
    }
    draw_table(problem_table(problems, language), columns, key, say(language, "Problem"), order=list(columns))


def arrow(frame: pd.DataFrame) -> pa.Table:
    """The frame as a table ready to be sent, to be kept where many readers see the same."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def number_columns(titles: Mapping[str, str], form: str = "%.2f") -> dict[str, Any]:
    """Column settings for numbers with two decimals, by column and heading."""
    return {column: st.column_config.NumberColumn(title, format=form) for column, title in titles.items()}

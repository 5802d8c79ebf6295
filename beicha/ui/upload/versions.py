"""Beside the list of versions: two of them compared, and the rows of the current one with their history."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.fact_history import FactKey, current_rows
from beicha.actions.opening import the_store
from beicha.actions.submissions import HistoryEntry, Key
from beicha.actions.version_pairs import VersionPair, compare_versions
from beicha.actions.views.drafts import ledger_table
from beicha.actions.views.versions import difference_table, row_list, rows_of
from beicha.ui.hidden import asked_at
from beicha.ui.person import grant
from beicha.ui.row_history import draw_row_history
from beicha.ui.tables import choosing, chosen_row, draw_table
from beicha.words.language import Language, say
from beicha.words.numbers import score, signed
from beicha.words.times import shown


def draw_comparison(entries: Sequence[HistoryEntry], language: Language) -> None:
    """Two versions side by side, the last two unless others are chosen; those that are erased say nothing any more."""
    entries = [entry for entry in entries if not entry.erased]
    if len(entries) < 2:
        return
    with st.expander(say(language, "Compare two versions"), key="compare", on_change="rerun") as behind:
        if not behind.open:
            return
        labels = {_label(entry, language): entry.version.seq for entry in entries}
        names = list(labels)
        with st.container(horizontal=True, gap="small"):
            one = st.selectbox(say(language, "Version"), names, index=1, key="compare_one", width=240)
            other = st.selectbox(say(language, "With version"), names, index=0, key="compare_other", width=240)
        if one == other:
            st.caption(say(language, "Choose two different versions."))
            return
        _draw_pair(compare_versions(grant(), the_store(), labels[str(one)], labels[str(other)]), language)


def _label(entry: HistoryEntry, language: Language) -> str:
    version = entry.version
    return say(language, "Version {n}, {time}", n=version.version, time=shown(version.made_at))


def _draw_pair(pair: VersionPair, language: Language) -> None:
    st.markdown(_scores(pair, language))
    columns = {
        "title": say(language, "Ledger"),
        "new": say(language, "New"),
        "changed": say(language, "Changed"),
        "unchanged": say(language, "Unchanged"),
        "missing": say(language, "Missing"),
    }
    draw_table(
        ledger_table(pair.ledgers, language).drop(columns="state"),
        columns,
        "compared-ledgers",
        say(language, "Changes by ledger"),
    )
    table = difference_table(pair.ledgers, pair.edition, language)
    if table.empty:
        st.caption(say(language, "Both versions say the same."))
        return
    older = say(language, "Version {n}", n=pair.older.version)
    newer = say(language, "Version {n}", n=pair.newer.version)
    detail = {
        "kind": st.column_config.TextColumn(say(language, "Change"), width=64),
        "ledger": st.column_config.TextColumn(say(language, "Ledger"), width=120),
        "row": st.column_config.TextColumn(say(language, "Row"), width=200),
        "field": st.column_config.TextColumn(say(language, "Field"), width=110),
        "before": st.column_config.TextColumn(older, width=240),
        "now": st.column_config.TextColumn(newer, width=240),
        "place": st.column_config.TextColumn(say(language, "Sheet and row"), width=140),
    }
    draw_table(table, detail, "compared-rows", say(language, "Rows that change"), most=15)


def _scores(pair: VersionPair, language: Language) -> str:
    """Both scores and the difference; the month's other facts are as they are now."""
    one, other = pair.score_older, pair.score_newer
    text = say(
        language, "Score with version {a}: {one}; with version {b}: {other}", a=pair.older.version, one=score(one),
        b=pair.newer.version, other=score(other),
    )  # fmt: skip
    return text if one is None or other is None else f"{text}（{signed(other - one)}）"


def draw_rows_to_look_back(key: Key, language: Language) -> None:
    """The rows of the current version, ledger by ledger; one that is chosen shows its history."""
    ledgers = {ledger.title: (ledger, rows) for ledger, rows in current_rows(grant(), the_store(), key)}
    if not ledgers:
        return
    with st.expander(say(language, "Rows and their history"), key="rows-back", on_change="rerun") as behind:
        if not behind.open:
            return
        found = [row for ledger, rows in ledgers.values() for row in rows_of(rows)]
        at = asked_at(found, key.period, key.community, f"back-{key.community}-{key.period}", language)
        if at is not None:
            asked = current_rows(grant(), the_store(), key, asked_at=at)
            ledgers = {ledger.title: (ledger, rows) for ledger, rows in asked}
        title = str(st.selectbox(say(language, "Ledger"), list(ledgers), key="rows_of", width=240))
        ledger, rows = ledgers.get(title, next(iter(ledgers.values())))
        st.caption(say(language, "Choose a row to see when it came, who changed it, and from which file."))
        columns = {
            "sheet": st.column_config.TextColumn(say(language, "Sheet"), width=130),
            "row": st.column_config.NumberColumn(say(language, "Excel row"), width=84, format="%d"),
            "content": st.column_config.TextColumn(say(language, "Content"), width=700),
        }
        table = f"back-{key.community}-{key.period}-{ledger.code}"
        draw_table(row_list(ledger, rows, language), columns, table, title, on_select=choosing(table))
        number = chosen_row(table, len(rows))
        if number is not None:
            values = {code: column[number] for code, column in rows.values.items()}
            draw_row_history(FactKey(key.community, key.period, ledger.code, values), language, at)

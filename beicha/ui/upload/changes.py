"""What a report would change against the last upload: counts, ledgers, rows, and the score before and after."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.moves import Move
from beicha.actions.outcome_texts import problem_text
from beicha.actions.previews import ReportPreview
from beicha.actions.views.drafts import change_table, ledger_table
from beicha.ui.metrics import arrow, card
from beicha.ui.tables import draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import score, signed
from beicha.words.reasons import sentence
from beicha.words.times import shown
from scoring.edition import Edition

MOVES = 6
"""So many criteria are named openly, the others behind one line."""
KEEPERS = {"community": later("kept by the community"), "office": later("kept by the office")}


def draw_report(report: ReportPreview, edition: Edition, language: Language) -> None:
    """Everything that one report would change."""
    key = f"{report.key.community}-{report.key.period}-{report.key.kept_by}"
    with st.container(border=True):
        keeper = say(language, KEEPERS[report.key.kept_by])
        st.subheader(f"{literal(report.name)} · {report.key.period} · {keeper}", anchor=False)
        _draw_origin(report, language)
        if report.no_change:
            st.info(say(language, "No change: this is what is stored already. Nothing would be stored."))
            return
        if report.again is not None:
            st.warning(literal(problem_text(report.again, language)), icon=":material/history:")
        _draw_counts(report, language)
        _draw_moves(report, edition, key, language)
        _draw_ledgers(report, key, language)
        with st.expander(say(language, "Rows that change"), on_change="rerun", key=f"changes-{key}") as behind:
            if behind.open:
                _draw_rows(report, edition, key, language)


def _draw_origin(report: ReportPreview, language: Language) -> None:
    files = "、".join(report.files)
    if report.replaces is None:
        text = say(language, "First report of this month. From {files}.", files=files)
    else:
        when, number = shown(report.replaces.made_at), report.replaces.version
        text = say(language, "Replaces version {n} of {time}. From {files}.", n=number, time=when, files=files)
    st.caption(literal(text))


def _draw_counts(report: ReportPreview, language: Language) -> None:
    with st.grid(5, min_column_width=110, gap="small"):
        card(say(language, "New"), str(sum(len(ledger.new) for ledger in report.ledgers)), say(language, "rows"))
        card(
            say(language, "Changed"), str(sum(len(ledger.changed) for ledger in report.ledgers)), say(language, "rows")
        )
        card(say(language, "Unchanged"), str(sum(ledger.unchanged for ledger in report.ledgers)), say(language, "rows"))
        card(
            say(language, "Missing"), str(sum(len(ledger.missing) for ledger in report.ledgers)), say(language, "rows")
        )
        _draw_score(report, language)


def _draw_score(report: ReportPreview, language: Language) -> None:
    before, after = report.score_before, report.score_after
    if before is None or after is None:
        note = say(language, "before: {score}", score=score(before))
        card(say(language, "Score after"), score(after), note)
        return
    change = signed(after - before)
    card(say(language, "Score, was {before}", before=score(before)), score(after), change, arrow(change))


def _draw_moves(report: ReportPreview, edition: Edition, key: str, language: Language) -> None:
    """The criteria that make the difference, the largest first, each with the reason of what it comes to."""
    if not report.moves:
        return
    st.markdown(f"**{say(language, 'Criteria that change ({n})', n=len(report.moves))}**")
    st.markdown(_move_lines(report.moves[:MOVES], edition, language))
    if len(report.moves) > MOVES:
        with st.expander(say(language, "{n} more", n=len(report.moves) - MOVES), key=f"moves-{key}"):
            st.markdown(_move_lines(report.moves[MOVES:], edition, language))


def _move_lines(moves: Sequence[Move], edition: Edition, language: Language) -> str:
    return "\n".join(f"- {_move_line(move, edition, language)}" for move in moves)


def _move_line(move: Move, edition: Edition, language: Language) -> str:
    name = f"**{literal(f'{move.code} {move.title}')}**"
    numbers = f"{score(move.before)} → {score(move.after)}（{signed(move.change)}）"
    why = sentence(move.reason, edition, language) if move.reason else ""
    return f"{name} {literal(numbers)} :gray[{literal(why)}]" if why else f"{name} {literal(numbers)}"


def _draw_ledgers(report: ReportPreview, key: str, language: Language) -> None:
    columns = {
        "title": say(language, "Ledger"),
        "new": say(language, "New"),
        "changed": say(language, "Changed"),
        "unchanged": say(language, "Unchanged"),
        "missing": say(language, "Missing"),
        "state": say(language, "Remark"),
    }
    alt = say(language, "Changes by ledger")
    draw_table(ledger_table(report.ledgers, language), columns, f"ledgers-{key}", alt)


def _draw_rows(report: ReportPreview, edition: Edition, key: str, language: Language) -> None:
    table = change_table(report.ledgers, edition, language)
    if table.empty:
        st.caption(say(language, "No row changes."))
        return
    columns = {
        "kind": st.column_config.TextColumn(say(language, "Change"), width=64),
        "ledger": st.column_config.TextColumn(say(language, "Ledger"), width=130),
        "sheet": st.column_config.TextColumn(say(language, "Sheet"), width=120),
        "row": st.column_config.NumberColumn(say(language, "Excel row"), width=84, format="%d"),
        "content": st.column_config.TextColumn(say(language, "Content"), width=480),
        "before": st.column_config.TextColumn(say(language, "Before"), width=480),
    }
    draw_table(table, columns, f"rows-{key}", say(language, "Rows that change"))

"""Errors, warnings and notes apart, those of one kind together, each with its place and what to do."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.drafts import Draft
from beicha.actions.views.drafts import sheet_table
from beicha.actions.views.problem_groups import ProblemGroup, ProblemLine, grouped
from beicha.ui.links import problem_help
from beicha.ui.tables import draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from scoring.edition import Edition

LEVELS = {
    "error": ("✖", later("{n} errors")),
    "warning": ("▲", later("{n} warnings")),
    "note": ("·", later("{n} notes")),
}
FEW = 3
"""So many problems of a kind are shown openly; more of them stand behind one line."""
PAGE = 20
"""So many of them are shown at once."""


def pick_level(number: int, draft: Draft, language: Language) -> str:
    """Which problems to look at, each with its count: errors first where there are any; '' where there is nothing."""
    counts = {level: sum(problem.level == level for problem in draft.problems) for level in LEVELS}
    signs = {level: sign for level, (sign, _) in LEVELS.items()} | ({} if counts["error"] else {"error": "✔"})
    labels = {f"{signs[level]} {say(language, text, n=counts[level])}": level for level, (_, text) in LEVELS.items()}
    there = {label: level for label, level in labels.items() if counts[level] or level == "error"}
    worst = next((label for label, level in there.items() if counts[level]), next(iter(there)))
    chosen = st.segmented_control(
        say(language, "Which problems"), list(there), default=worst, required=True,
        key=f"level-{number}-{'-'.join(map(str, counts.values()))}", label_visibility="collapsed",
    )  # fmt: skip
    return there.get(str(chosen), there[worst])


def draw_problems(draft: Draft, level: str, language: Language) -> None:
    """The problems of a level, kind by kind."""
    groups = grouped([problem for problem in draft.problems if problem.level == level], language)
    if not groups:
        st.caption(say(language, "No errors. Look at what changes below, then confirm."))
    for group in groups:
        if len(group.lines) <= FEW:
            _draw_lines(group.lines, group.code, language)
        else:
            _draw_many(group, language)


def _draw_many(group: ProblemGroup, language: Language) -> None:
    title = f"{literal(group.title)} × {len(group.lines)}"
    with st.expander(title, key=f"group-{group.code}", on_change="rerun") as behind:
        if behind.open:
            pages = -(-len(group.lines) // PAGE)
            page = st.pagination(pages, key=f"group-page-{group.code}") if pages > 1 else 1
            _draw_lines(group.lines[(page - 1) * PAGE : page * PAGE], group.code, language)


def _draw_lines(lines: Sequence[ProblemLine], code: str, language: Language) -> None:
    help_link = problem_help(code, language)
    st.markdown("\n".join(f"- {_line(line)} {help_link}" for line in lines))


def _line(line: ProblemLine) -> str:
    place = f"**{literal(line.place)}** " if line.place else ""
    advice = f" :gray[{literal(line.advice)}]" if line.advice else ""
    return f"{place}{literal(line.what)}{advice}"


def draw_sheets(draft: Draft, edition: Edition | None, language: Language) -> None:
    """What became of every sheet: rows read, rows that do not count and why, columns that were not read."""
    with st.expander(say(language, "What was read, sheet by sheet"), key="sheets"):
        columns = {
            "file": say(language, "File"),
            "sheet": say(language, "Sheet"),
            "ledger": say(language, "Ledger"),
            "heading_row": say(language, "Heading in row"),
            "rows": say(language, "Rows read"),
            "ignored": say(language, "Rows that do not count"),
            "extra": say(language, "Columns not read"),
            "hidden": say(language, "Hidden"),
        }
        alt = say(language, "What was read, sheet by sheet")
        draw_table(sheet_table(draft.files, edition, language), columns, "sheet_account", alt)

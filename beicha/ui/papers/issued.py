"""The papers that went out: each to be fetched as it went, and withdrawn by the office with a reason."""

import pandas as pd
import streamlit as st

from beicha.actions.documents.issuing import LONGEST_REASON, GoneError, Paper, issued, withdraw
from beicha.actions.documents.kinds import KINDS
from beicha.actions.opening import the_store
from beicha.ui import clock
from beicha.ui.downloads import draw_link
from beicha.ui.person import grant, holds
from beicha.ui.tables import choosing, chosen_row, draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.times import shown

_KEY = "papers_issued"


def draw_issued(language: Language) -> None:
    """The list, and the one that is chosen in it."""
    st.subheader(say(language, "Papers that went out"), anchor=False)
    found = issued(grant(), the_store())
    if not found:
        st.caption(say(language, "None yet. A paper that is issued stands here with its number."))
        return
    columns = {
        "kind": say(language, "Paper"),
        "number": say(language, "Number"),
        "period": say(language, "Month"),
        "state": say(language, "State"),
        "made_at": say(language, "Issued"),
        "made_by": say(language, "By whom"),
    }
    table = pd.DataFrame([_cells(paper, language) for paper in found], columns=list(columns))
    st.caption(say(language, "Choose a row to fetch the paper."))
    draw_table(table, columns, _KEY, say(language, "Papers that went out"), most=12, on_select=choosing(_KEY))
    place = chosen_row(_KEY, len(found))
    if place is not None:
        _draw_paper(found[place], language)


def _cells(paper: Paper, language: Language) -> list[str]:
    state = say(language, "withdrawn") if paper.withdrawn else say(language, "in force")
    known = KINDS.get(paper.new.kind)
    number = f"{paper.new.year}-{paper.number}"
    title = say(language, known.title) if known else paper.new.kind
    return [title, number, paper.new.period, state, shown(paper.made_at), paper.made_by]


def _draw_paper(paper: Paper, language: Language) -> None:
    with st.container(border=True):
        st.markdown(f"**{literal(paper.new.title)}**")
        for stamp in paper.new.stamps:
            st.caption(literal(stamp))
        if paper.withdrawn:
            gone = paper.withdrawn
            text = later("Withdrawn {time} by {who}: {reason}")
            st.warning(literal(say(language, text, time=shown(gone.made_at), who=gone.made_by, reason=gone.reason)))
        with st.container(horizontal=True, gap="small"):
            draw_link(paper.name, "/download/issued.docx", {"paper": str(paper.id), "lang": language})
            if holds("publish") and not paper.withdrawn:
                _draw_withdrawing(paper, language)


def _draw_withdrawing(paper: Paper, language: Language) -> None:
    with st.popover(say(language, "Withdraw…")):
        label = say(language, "Reason")
        reason = st.text_input(label, key=f"paper-why-{paper.id}", max_chars=LONGEST_REASON)
        if st.button(say(language, "Withdraw"), key=f"paper-gone-{paper.id}", disabled=not reason.strip()):
            try:
                withdraw(grant(), the_store(), paper.id, reason, now=clock.now())
            except (GoneError, LookupError):
                st.toast(say(language, "This changed in the meantime. Look again."))
            st.rerun()

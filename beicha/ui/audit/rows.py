"""The rows of the audit, day by day; each opens to its particulars, with what stood before and after."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from beicha.actions.audit_export import MOST_ROWS
from beicha.actions.views.audit_trail import MOST_COUNTED, AuditPage, Row
from beicha.ui.audit.filters import Asked, go
from beicha.ui.downloads import draw_link
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.particulars import Particular


def draw_rows(page: AuditPage, asked: Asked, language: Language) -> None:
    """How many there are, the rows of this page, and the ways to the pages beside it."""
    if not page.rows:
        st.subheader(say(language, "No action is like that"), anchor=False)
        st.markdown(say(language, "Take longer days, or choose all above."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_count(page, language))
        _draw_export(page, asked, language)
    day = ""
    for row in page.rows:
        if row.at[:10] != day:
            day = row.at[:10]
            st.caption(day)
        with st.expander(literal(f"{row.at[11:]} {row.who}：{row.sentence}")):
            _draw_row(row, language)
    _draw_ways(page, language)


def _count(page: AuditPage, language: Language) -> str:
    more = later("More than {n} actions") if page.count >= MOST_COUNTED else later("{n} actions")
    return say(language, more, n=page.count)


def _draw_export(page: AuditPage, asked: Asked, language: Language) -> None:
    if page.count > MOST_ROWS:
        st.caption(say(language, "To download them, choose days with at most {n} rows.", n=MOST_ROWS))
        return
    draw_link(say(language, "Download these rows (.xlsx)"), "/download/audit.xlsx", {**asked.address, "lang": language})


def _draw_row(row: Row, language: Language) -> None:
    st.caption(
        literal(say(language, "{action} · from {address} · no. {n}", action=row.title, address=row.where, n=row.seq))
    )
    changed = [part for part in row.parts if part.before is not None]
    if changed:
        st.table(_changes(changed, language), border="horizontal")
    for part in row.parts:
        if part.before is None:
            st.markdown(literal(f"{part.label}：{part.value}"))
    st.caption(literal(say(language, "Digest {digest}", digest=row.digest)))


def _changes(parts: Sequence[Particular], language: Language) -> pd.DataFrame:
    titles = [say(language, title) for title in (later("Item"), later("Before"), later("After"))]
    rows = [[literal(text) for text in (part.label, part.before or "", part.value)] for part in parts]
    return pd.DataFrame(rows, columns=titles).set_index(titles[0])


def _draw_ways(page: AuditPage, language: Language) -> None:
    with st.container(horizontal=True, gap="small"):
        newer, older = say(language, "Newer"), say(language, "Older")
        st.button(newer, key="newer", disabled=page.newer is None, on_click=go, args=(page.newer or 0,))
        st.button(older, key="older", disabled=page.older is None, on_click=go, args=(page.older or 0,))

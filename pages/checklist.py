"""Checklist (测评体系): the edition in words, with its points and sources, and what changed."""

import streamlit as st

from beicha.ui import office
from beicha.ui.checklist import (
    draw_changes,
    draw_criteria,
    draw_extras,
    draw_summary,
    pick_edition,
    pick_scope,
)
from beicha.ui.downloads import draw_link
from beicha.ui.empty import draw_no_editions
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
entries = office.all_editions()
if not entries:
    draw_no_editions(frame.language)
    st.stop()

head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    scope = st.container(horizontal=True, gap="small", width="content")
    entry = pick_edition(entries, frame.language)
edition = office.edition_by_digest(entry.digest)
with head:
    draw_summary(edition, entry, frame.language)
    draw_link(
        say(frame.language, "Download the edition (.xlsx)"),
        "/download/edition.xlsx",
        {"digest": entry.digest, "lang": frame.language},
    )
st.subheader(say(frame.language, "Criteria"), anchor=False)
with scope:
    section, line = pick_scope(edition, frame.language)
draw_criteria(edition, section, line, frame.language)
draw_extras(edition, frame.language)
draw_changes(office.changes(entry.digest), frame.language)

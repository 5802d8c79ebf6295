"""New edition (测评体系改版): a changed checklist read, compared, tried on a month, and put in force."""

import streamlit as st

from beicha.ui import office
from beicha.ui.checklist import draw_differences
from beicha.ui.editions import draw_download, draw_effect, draw_taking, pick_draft
from beicha.ui.empty import draw_no_editions
from beicha.ui.frame import Frame
from beicha.words.language import say

frame: Frame = st.session_state["frame"]
entries = office.all_editions()
if not entries:
    draw_no_editions(frame.language)
    st.stop()
st.title(say(frame.language, "New edition"), anchor=False)
if not office.sets_up():
    st.caption(say(frame.language, "An edition is for the whole district: its office alone changes it."))
    st.stop()
period = frame.period or max((month for entry in entries for month in entry.in_force_from), default="")
before = office.edition_in_force(period) if period else None
draw_download(entries, before.digest if before else "", frame.language)
draft = pick_draft(entries, period or "9999-12", frame.language)
if draft is None or draft.edition is None:
    st.stop()
st.subheader(say(frame.language, "3. What changed"), anchor=False)
if draft.changes is None:
    st.caption(say(frame.language, "No edition is in force to compare it with."))
else:
    draw_differences(draft.changes, frame.language)
st.subheader(say(frame.language, "4. What it would do in {period}", period=period), anchor=False)
effect = office.effect(draft.edition, period, frame.language) if before and period in office.periods() else None
if effect is None or before is None:
    st.caption(say(frame.language, "There is no month with scores to try it on."))
else:
    draw_effect(effect, (before, draft.edition), frame.language)
draw_taking(draft, period, frame.language)

"""All versions of a community's month: who sent what and when, the files as they were, taking one again or out."""

import streamlit as st

from beicha.actions import submissions
from beicha.actions.opening import the_store
from beicha.actions.submissions import HistoryEntry
from beicha.actions.views.drafts import submission_key
from beicha.actions.views.versions import who
from beicha.ui import clock, office
from beicha.ui.downloads import draw_link
from beicha.ui.frame import unique_labels
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.ui.upload.changes import KEEPERS
from beicha.ui.upload.choosing import recent_months
from beicha.ui.upload.mending import draw_correction_list
from beicha.ui.upload.removing import STATES, draw_removal, draw_requests, draw_ways_out, state_of
from beicha.ui.upload.versions import draw_comparison, draw_rows_to_look_back
from beicha.words.language import Language, later, say
from beicha.words.times import shown


def draw_history(language: Language) -> None:
    """What waits to be erased, the pickers, and the versions, newest first."""
    draw_requests(language)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        months = list(dict.fromkeys([*office.periods(), *recent_months()]))
        period = str(st.selectbox(say(language, "Month"), months, key="history_month", bind="query-params", width=150))
        names = unique_labels(office.community_names(period))
        if not names:
            st.caption(say(language, "There are no communities in this month."))
            return
        name = str(
            st.selectbox(say(language, "Community"), list(names), key="history_of", bind="query-params", width=200)
        )
        kept_by = _pick_keeper(language)
    key = submission_key(names[name], period, kept_by)
    entries = submissions.history(grant(), the_store(), key)
    if not entries:
        st.caption(say(language, "Nothing has been handed in for this month."))
    draw_comparison(entries, language)
    draw_rows_to_look_back(key, language)
    for entry in entries:
        _draw_entry(entry, language)


def _pick_keeper(language: Language) -> str:
    said = {say(language, word): key for key, word in KEEPERS.items()}
    chosen = st.segmented_control(
        say(language, "Kept by"), list(said), default=next(iter(said)), required=True, key="keeper"
    )
    return said.get(str(chosen), "community")


def _draw_entry(entry: HistoryEntry, language: Language) -> None:
    version = entry.version
    with st.container(border=True):
        text = later("Version {n}, {time}")
        name = say(language, text, n=version.version, time=shown(version.made_at))
        mark = f" :green-badge[{say(language, 'current')}]" if entry.current else ""
        state = state_of(entry)
        gone = f" :orange-badge[{say(language, STATES[state])}]" if state else ""
        st.markdown(f"**{name}**{mark}{gone}")
        st.caption(literal(_facts(entry, language)))
        draw_removal(entry, language)
        draw_correction_list(entry.corrections, f"typed-{version.seq}", language)
        with st.container(horizontal=True, gap="small"):
            for number, file in enumerate(() if entry.erased else entry.files):
                values = {"version": str(version.seq), "sha256": file.sha256, "lang": language}
                draw_link(literal(file.name), "/download/original", values, key=f"file-{version.seq}-{number}")
            if not entry.current and not entry.erased:
                _draw_restore(version.seq, language)
            draw_ways_out(entry, language)


def _facts(entry: HistoryEntry, language: Language) -> str:
    version = entry.version
    text = later("{rows} rows · receipt {receipt} · by {who}")
    said = say(
        language, text, rows=version.row_count, receipt=f"{version.receipt:06d}", who=who(version.made_by, language)
    )
    if version.restored_from is not None:
        return f"{said} · {say(language, 'taken again from an earlier version')}"
    return said


def _draw_restore(seq: int, language: Language) -> None:
    """The button asks once more: what is current now stays in the history."""
    with st.popover(say(language, "Restore this version"), icon=":material/history:"):
        st.markdown(say(language, "This version becomes the current one. What is current now stays in the history."))
        if st.button(say(language, "Restore"), type="primary", key=f"restore-{seq}"):
            receipt = submissions.restore(grant(), the_store(), seq, now=clock.now())
            if receipt.number is None:
                st.toast(say(language, "No change: this is what is stored already. Nothing was stored anew."))
            else:
                st.toast(say(language, "Restored. Receipt number {number}", number=receipt.text))
            st.rerun()

"""The photos of a task, before and after, and the way to add and to hide some."""

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from beicha.actions.evidence import (
    LONGEST_REASON,
    MOST_AT_ONCE,
    MOST_OF_A_TASK,
    Evidence,
    PhotoError,
    TooManyError,
    When,
    add_photos,
    hide,
    photos_of,
)
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.views.drafts import named_file
from beicha.actions.views.tasks import TaskRow
from beicha.ui import clock
from beicha.ui.downloads import address
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.times import shown

SIDES: dict[When, str] = {"before": later("Before mending"), "after": later("After mending")}
FAULTS = {
    "large": later("A photo is larger than 10 MB. Send a smaller one."),
    "no_photo": later("A file is no photo. JPEG, PNG and WebP can be taken."),
    "pixels": later("A photo has more than 50 million pixels. Send a smaller one."),
}


def draw_evidence(row: TaskRow, language: Language) -> None:
    """The photos in two groups, and the form for whoever may add some."""
    found = photos_of(grant(), the_store(), row.task.id)
    for when, title in SIDES.items():
        here = [one for one in found if one.when == when]
        if here:
            st.markdown(f"**{say(language, title)}**")
            _draw_photos(here, language)
    if {"comment", "claim", "close", "reopen"} & set(row.verbs):
        _draw_adding(row, language)


def _draw_photos(photos: Sequence[Evidence], language: Language) -> None:
    with st.grid(4, min_column_width=140, gap="small"):
        for one in photos:
            with st.container(border=True, gap="small"):
                told = " · ".join((shown(one.made_at), one.made_by))
                if one.hidden:
                    st.caption(literal(say(language, "Hidden: {reason}", reason=one.hidden)))
                else:
                    place = address("/download/photo.jpg", {"photo": str(one.id)})
                    st.markdown(f"[![{say(language, 'Photo {n}', n=one.id)}]({place})]({place})")
                    _draw_hiding(one, language)
                st.caption(literal(told))


def _draw_hiding(one: Evidence, language: Language) -> None:
    with st.popover(say(language, "Hide…"), type="tertiary"):
        reason = st.text_input(say(language, "Reason"), key=f"photo-why-{one.id}", max_chars=LONGEST_REASON)
        if st.button(say(language, "Hide"), key=f"photo-hide-{one.id}", disabled=not reason.strip()):
            try:
                hide(grant(), the_store(), one.id, reason, now=clock.now())
            except (LookupError, Refused):
                st.toast(say(language, "Only who added it or assigns the task can hide it."))
            st.rerun()


def _draw_adding(row: TaskRow, language: Language) -> None:
    with st.expander(say(language, "Add photos"), key=f"photos-{row.task.id}"):
        text = later("At most {n} at once, {all} a task, 10 MB each. Place, time and camera are removed.")
        st.caption(say(language, text, n=MOST_AT_ONCE, all=MOST_OF_A_TASK))
        names = {when: say(language, title) for when, title in SIDES.items()}
        label, key = say(language, "Before or after"), f"photo-side-{row.task.id}"
        when = st.segmented_control(label, list(names), format_func=lambda one: names[one], default="after", key=key)
        kinds = ["jpg", "jpeg", "png", "webp"]
        label, key = say(language, "Files of photos"), f"photo-files-{row.task.id}"
        files = st.file_uploader(label, kinds, accept_multiple_files=True, key=key)
        if files and st.button(say(language, "Keep the photos"), key=f"photo-keep-{row.task.id}", type="primary"):
            _add(row.task.id, when or "after", files, language)


def _add(task: int, when: When, files: Sequence[UploadedFile], language: Language) -> None:
    sent = [named_file(file.name, file.getvalue()) for file in files]
    try:
        made = add_photos(grant(), the_store(), task, when, sent, now=clock.now())
    except PhotoError as fault:
        st.error(say(language, FAULTS[fault.kind]))
    except TooManyError:
        st.error(say(language, "These are too many photos."))
    else:
        st.toast(say(language, "{n} photos are kept.", n=len(made)))
        st.rerun()

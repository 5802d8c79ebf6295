"""Choosing what to hand in: month and community, or what the file says, and the files themselves."""

from dataclasses import dataclass
from typing import Literal

import streamlit as st

from beicha.actions import imports, submissions
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import upload_refusal
from beicha.ui import clock, office
from beicha.ui.frame import unique_labels
from beicha.ui.person import grant
from beicha.ui.upload import handing_over
from beicha.words.language import Language, later, say
from beicha.words.numbers import number_in

WAYS = {
    "one": later("One community"),
    "many": later("Many files at once"),
    "history": later("History and restoring"),
}

LABELS = {
    "preview": later("Workbooks of Excel or WPS (.xlsx, .xls, .et, .ods and others) or .csv, up to 20 MB each"),
    "import": later("Workbooks, up to 20 MB each, and zips of workbooks, up to 200 MB each"),
}
LARGEST_MB = {"preview": 20, "import": 200}
"""How large a file the browser hands over; what the server takes of it is decided again where it is read."""


@dataclass(frozen=True)
class Choice:
    """The month and the community that the user says the files are of; None where the files say so themselves."""

    period: str | None
    community: str | None


def pick_way(language: Language) -> str:
    """One community's files, many files, or looking back."""
    said = {say(language, name): key for key, name in WAYS.items()}
    chosen = st.segmented_control(
        say(language, "What to do"), list(said), default=next(iter(said)), required=True, key="way",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return said.get(str(chosen), "one")


def pick_month_and_community(language: Language) -> Choice:
    """The two pickers; both say first: as the file says."""
    from_file = say(language, "As the file says")
    month = st.selectbox(say(language, "Month"), [from_file, *recent_months()], key="upload_month", width=180)
    period = None if month == from_file else str(month)
    names = unique_labels(office.community_names(period or recent_months()[0]))
    community = st.selectbox(say(language, "Community"), [from_file, *names], key="upload_community", width=220)
    return Choice(period, names.get(str(community)))


def recent_months() -> list[str]:
    """The months that may be reported now, newest first."""
    return submissions.reportable_months(clock.today())


def draw_files(language: Language, choice: Choice, kind: Literal["preview", "import"]) -> None:
    """The place for files, and the button that has them read by a job."""
    fresh = f"files-{kind}-{st.session_state.setdefault('upload_round', 0)}"
    label = LABELS[kind]
    files = st.file_uploader(
        say(language, label), accept_multiple_files=True, max_upload_size=LARGEST_MB[kind], key=fresh
    )
    handing_over.close(files)
    refusal = upload_refusal([file.size for file in files], language) if kind == "import" else ""
    if refusal:
        st.error(refusal)
    name = say(language, "Read and preview") if kind == "preview" else say(language, "Read and store all")
    if st.button(
        name, type="primary", disabled=not files or bool(refusal), key=f"start-{kind}", icon=":material/play_arrow:"
    ):
        sent = handing_over.bytes_of(files)
        if len(sent) < len(files):
            st.rerun()  # one was taken away at this moment: what is left is shown first
        number = imports.start(
            grant(), the_store(), sent, now=clock.now(), kind=kind, community=choice.community, period=choice.period
        )
        handing_over.let_go(files)
        open_job(kind, number)
        st.rerun()


def open_job(kind: Literal["preview", "import"], number: int | None) -> None:
    """Remembers the job in view, in the address too, so that a reload finds it; None forgets it."""
    if number is None:
        st.session_state.pop(f"job-{kind}", None)
        st.query_params.pop(kind, None)
        st.session_state["upload_round"] = st.session_state.get("upload_round", 0) + 1
    else:
        st.session_state[f"job-{kind}"] = number
        st.query_params[kind] = str(number)


def job_in_view(kind: Literal["preview", "import"]) -> int | None:
    """The number of the job in view, None where there is none."""
    try:
        return number_in(str(st.session_state.get(f"job-{kind}") or st.query_params.get(kind, "")))
    except LookupError:
        return None

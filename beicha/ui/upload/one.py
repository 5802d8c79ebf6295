"""One community's upload: choose, read, look at what changes, confirm, receipt."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions import imports, submissions
from beicha.actions.closing import Closed, closed_months
from beicha.actions.drafts import Draft
from beicha.actions.grants import Refused
from beicha.actions.imports import Job
from beicha.actions.opening import the_store
from beicha.actions.outcome_texts import problem_text
from beicha.actions.previews import Preview
from beicha.actions.views.drafts import DECLARATIONS
from beicha.ui import clock, office
from beicha.ui.person import grant
from beicha.ui.review.banner import draw_returned
from beicha.ui.texts import literal
from beicha.ui.upload.changes import draw_report
from beicha.ui.upload.checked import draw_checked
from beicha.ui.upload.choosing import draw_files, job_in_view, open_job, pick_month_and_community, recent_months
from beicha.ui.upload.mending import CHANGED, draw_corrections, draw_mending
from beicha.ui.upload.problems import draw_problems, draw_sheets, pick_level
from beicha.ui.upload.progress import draw_progress
from beicha.ui.upload.questions import draw_questions
from beicha.ui.upload.receipt import draw_receipt
from beicha.ui.upload.settling import draw_matters
from beicha.ui.upload.steps import draw_steps
from beicha.ui.upload.waiting import draw_discard, draw_open_drafts
from beicha.ui.upload.words import draw_words
from beicha.words.language import Language, later, say
from scoring.edition import Edition


def draw_one(language: Language) -> None:
    """The step that the upload is at."""
    number = job_in_view("preview")
    if number is not None:
        _draw_job(number, language)
        return
    draw_steps(0, language)
    draw_returned(language)
    with st.container(horizontal=True, gap="small"):
        choice = pick_month_and_community(language)
    draw_files(language, choice, "preview")
    st.caption(
        say(language, "Nothing is stored before you confirm. Several files of one community may be sent together.")
    )
    draw_open_drafts(language)
    draw_words(language)


def _draw_job(number: int, language: Language) -> None:
    try:
        job = imports.status(grant(), the_store(), number)
    except LookupError:
        open_job("preview", None)
        st.rerun()
    receipt = imports.receipt(grant(), the_store(), number)
    if receipt is not None:
        draw_steps(3, language)
        draw_receipt(receipt, language)
    elif job.active:
        draw_steps(1, language)
        draw_progress(number, language)
    elif job.state == "done":
        _draw_draft(job, language)
    else:
        _draw_stopped(job, language)


def _draw_stopped(job: Job, language: Language) -> None:
    """Reading came to no end; it can be taken up again, for the files are still there."""
    failed = later("Reading failed by a fault of the program; its log says more. Nothing was stored.")
    cancelled = later("Reading was cancelled. Nothing was stored.")
    st.warning(say(language, failed if job.state == "failed" else cancelled))
    with st.container(horizontal=True, gap="small"):
        if st.button(say(language, "Read again"), type="primary", key="read-again"):
            imports.again(grant(), the_store(), job.id, now=clock.now())
            st.rerun()
        _draw_leave(job, language)


def _draw_leave(job: Job, language: Language) -> None:
    """Two ways out: other files, while this upload waits in the list; or none, and it is forgotten."""
    st.button(say(language, "Choose other files"), key="again", on_click=open_job, args=("preview", None))
    draw_discard(job.id, language)


def _draw_draft(job: Job, language: Language) -> None:
    number, read_at = job.id, job.ended_at
    draft: Draft | None = office.keep(lambda: imports.draft(grant(), the_store(), number), "draft", number, read_at)
    assert draft is not None, "a job that is done holds its draft"
    try:
        drop = _pick_drop(job, draft, language)
    except Refused:
        st.error(say(language, "The files hold a community that is not in your charge. Take only your own."))
        _draw_leave(job, language)
        return
    seen: Preview = office.keep(
        lambda: submissions.preview(grant(), the_store(), draft, drop), "preview", number, read_at, *sorted(drop)
    )
    draw_steps(1 if draft.errors else 2, language)
    st.caption(literal(say(language, "From {files}.", files="、".join(file.name for file in draft.files))))
    draw_matters(job, draft, language)
    draw_questions(number, draft, office.community_names(recent_months()[0]), language)
    level = pick_level(number, draft, language)
    draw_problems(draft, level, language)
    draw_checked(number, draft, language)
    draw_mending(job, draft, level, language)
    draw_corrections(job, draft, language)
    for report in seen.reports:
        edition = office.edition_in_force(report.key.period)
        assert edition is not None, "a draft has no report of a month without an edition"
        draw_report(report, edition, language)
    draw_sheets(draft, _edition_of(seen), language)
    closed = _draw_closed(seen, language)
    _draw_buttons(job, seen, drop, language, closed=closed)


def _edition_of(seen: Preview) -> Edition | None:
    return office.edition_in_force(seen.reports[0].key.period) if seen.reports else None


def _pick_drop(job: Job, draft: Draft, language: Language) -> tuple[str, ...]:
    """The ledgers that the files lack and that shall not be carried over from the submission before."""
    whole: Preview = office.keep(
        lambda: submissions.preview(grant(), the_store(), draft), "preview", job.id, job.ended_at
    )
    edition = _edition_of(whole)
    codes = list(dict.fromkeys(code for report in whole.reports for code in report.carried_over))
    if not codes or edition is None:
        return ()
    titles = {ledger.code: ledger.title for ledger in edition.ledgers}
    titles["not_applicable"] = say(language, DECLARATIONS)
    said = {titles.get(code, code): code for code in codes}
    label = say(language, "Not in the files and carried over from the last upload. Remove:")
    chosen = st.multiselect(label, list(said), key=f"drop-{job.id}", placeholder=say(language, "keep all"))
    return tuple(said[title] for title in chosen)


def _draw_closed(seen: Preview, language: Language) -> bool:
    """Says which months take nothing more, and whether there is one: then nothing of the draft can be stored."""
    fresh = {report.key for report in seen.reports if not report.no_change}
    reports = [report for report in seen.draft.reports if report.key in fresh]
    closed = closed_months(grant(), the_store(), reports, now=clock.now())
    for problem in closed:
        st.error(literal(problem_text(problem, language)), icon=":material/lock:")
    return bool(closed)


def _draw_buttons(job: Job, seen: Preview, drop: Sequence[str], language: Language, *, closed: bool) -> None:
    rejected = any(not file.accepted for file in seen.draft.files)
    name = (
        say(language, "Store the files without errors")
        if rejected and seen.ready
        else say(language, "Confirm and store")
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(name, type="primary", disabled=closed or not seen.ready, key="confirm", icon=":material/check:"):
            _confirm(job, drop, language)
        _draw_leave(job, language)
    if rejected and not seen.ready:
        text = later("Put the errors right above, or in the workbook and send it again. Nothing was stored.")
        st.caption(say(language, text))


def _confirm(job: Job, drop: Sequence[str], language: Language) -> None:
    try:
        imports.confirm(grant(), the_store(), job.id, now=clock.now(), drop=drop)
    except LookupError:
        st.warning(say(language, CHANGED))
        return
    except Closed:  # while it was looked at; drawn anew, the page says so
        pass
    st.rerun()

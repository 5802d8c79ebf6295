"""One community's upload: choose, read, look at what changes, confirm, receipt."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions import imports, submissions
from beicha.actions.drafts import Draft
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.previews import Preview
from beicha.actions.submissions import Receipt
from beicha.actions.views.drafts import DECLARATIONS
from beicha.ui import clock, office
from beicha.ui.upload.changes import draw_report
from beicha.ui.upload.checked import draw_checked
from beicha.ui.upload.choosing import draw_files, job_in_view, open_job, pick_month_and_community, recent_months
from beicha.ui.upload.problems import draw_problems, draw_sheets
from beicha.ui.upload.progress import draw_progress
from beicha.ui.upload.questions import draw_questions
from beicha.ui.upload.receipt import draw_receipt
from beicha.ui.upload.words import draw_words
from beicha.words.language import Language, later, say
from scoring.edition import Edition


def draw_one(language: Language) -> None:
    """The step that the upload is at."""
    receipt: Receipt | None = st.session_state.get("receipt")
    number = job_in_view("preview")
    if receipt is not None:
        draw_receipt(receipt, st.session_state.get("receipt_scores", {}), language)
    elif number is None:
        with st.container(horizontal=True, gap="small"):
            choice = pick_month_and_community(language)
        draw_files(language, choice, "preview")
        st.caption(
            say(language, "Nothing is stored before you confirm. Several files of one community may be sent together.")
        )
        draw_words(language)
    else:
        _draw_job(number, language)


def _draw_job(number: int, language: Language) -> None:
    try:
        job = imports.status(OFFICE, the_store(), number)
    except LookupError:
        open_job("preview", None)
        st.rerun()
    if job.active:
        draw_progress(number, language)
    elif job.state == "done":
        _draw_draft(number, language)
    else:
        failed = later("Reading failed by a fault of the program; its log says more. Nothing was stored.")
        cancelled = later("Reading was cancelled. Nothing was stored.")
        st.warning(say(language, failed if job.state == "failed" else cancelled))
        _draw_again(language)


def _draw_again(language: Language) -> None:
    if st.button(say(language, "Choose other files"), key="again"):
        open_job("preview", None)
        st.rerun()


def _draw_draft(number: int, language: Language) -> None:
    draft: Draft | None = office.keep(lambda: imports.draft(OFFICE, the_store(), number), "draft", number)
    assert draft is not None, "a job that is done holds its draft"
    drop = _pick_drop(number, draft, language)
    seen: Preview = office.keep(
        lambda: submissions.preview(OFFICE, the_store(), draft, drop), "preview", number, *sorted(drop)
    )
    draw_questions(number, draft, office.community_names(recent_months()[0]), language)
    draw_problems(draft, language)
    draw_checked(number, draft, language)
    for report in seen.reports:
        edition = office.edition_in_force(report.key.period)
        assert edition is not None, "a draft has no report of a month without an edition"
        draw_report(report, edition, language)
    draw_sheets(draft, _edition_of(seen), language)
    _draw_buttons(number, seen, drop, language)


def _edition_of(seen: Preview) -> Edition | None:
    return office.edition_in_force(seen.reports[0].key.period) if seen.reports else None


def _pick_drop(number: int, draft: Draft, language: Language) -> tuple[str, ...]:
    """The ledgers that the files lack and that shall not be carried over from the submission before."""
    whole: Preview = office.keep(lambda: submissions.preview(OFFICE, the_store(), draft), "preview", number)
    edition = _edition_of(whole)
    codes = list(dict.fromkeys(code for report in whole.reports for code in report.carried_over))
    if not codes or edition is None:
        return ()
    titles = {ledger.code: ledger.title for ledger in edition.ledgers}
    titles["not_applicable"] = say(language, DECLARATIONS)
    said = {titles.get(code, code): code for code in codes}
    label = say(language, "Not in the files and carried over from the last upload. Remove:")
    chosen = st.multiselect(label, list(said), key=f"drop-{number}", placeholder=say(language, "keep all"))
    return tuple(said[title] for title in chosen)


def _draw_buttons(number: int, seen: Preview, drop: Sequence[str], language: Language) -> None:
    rejected = any(not file.accepted for file in seen.draft.files)
    name = (
        say(language, "Store the files without errors")
        if rejected and seen.ready
        else say(language, "Confirm and store")
    )
    with st.container(horizontal=True, gap="small"):
        if st.button(name, type="primary", disabled=not seen.ready, key="confirm", icon=":material/check:"):
            receipt = imports.confirm(OFFICE, the_store(), number, now=clock.now(), drop=drop)
            st.session_state["receipt"] = receipt
            scores = {(r.key.community, r.key.period): (r.score_before, r.score_after) for r in seen.reports}
            st.session_state["receipt_scores"] = scores
            open_job("preview", None)
            st.rerun()
        _draw_again(language)
    if rejected and not seen.ready:
        st.caption(say(language, "Mend the errors in the workbook and send it again. Nothing was stored."))

"""Making a paper: which kind, what it takes in, whom it leaves out and why; a draft to fetch, or the next number."""

from datetime import date, timedelta

import streamlit as st

from beicha.actions.documents.forms import FormError
from beicha.actions.documents.issuing import MOST_ADDED, issue
from beicha.actions.documents.kinds import KINDS
from beicha.actions.documents.scope import REPLY_DAYS, Basis, PaperAsk
from beicha.actions.opening import the_store
from beicha.ui import clock, office
from beicha.ui.downloads import draw_link
from beicha.ui.frame import Frame
from beicha.ui.metrics import card
from beicha.ui.papers.faults import form_text
from beicha.ui.person import grant, holds
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import score

_SAID = "papers_said"


def draw_making(frame: Frame) -> None:
    """The kind, its options, what it rests on, and the ways to get it."""
    language = frame.language
    _draw_said(language)
    kind = _pick_kind(language)
    ask = _pick_options(frame)
    basis = office.paper_basis(ask.period, ask.street, ask.unreviewed, clock.now())
    if basis is None:
        _draw_nothing(ask, language)
        return
    _draw_basis(basis, language)
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Draft as Word file"), "/download/paper.docx", _address(kind, ask, language))
        if holds("publish"):
            _draw_issuing(kind, ask, language)


def _pick_kind(language: Language) -> str:
    names = {kind: say(language, known.title) for kind, known in KINDS.items()}
    label = say(language, "Paper")
    chosen = st.pills(
        label, list(names), format_func=lambda kind: names[kind], default="notice", required=True, key="kind"
    )
    st.caption(say(language, KINDS[str(chosen)].help))
    return str(chosen)


def _pick_options(frame: Frame) -> PaperAsk:
    language = frame.language
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        name = say(language, "Take in what is not final (the paper says so)")
        unreviewed = st.toggle(name, key="paper_unreviewed")
        first = clock.today() + timedelta(days=REPLY_DAYS)
        by = st.date_input(say(language, "Answer by"), first, key="paper_by", format="YYYY-MM-DD", width=160)
    label = say(language, "Paragraphs of your own (they come into the paper as they stand)")
    added = st.text_area(label, key="paper_added", max_chars=MOST_ADDED, height=90)
    return PaperAsk(frame.period, frame.street, unreviewed, reply_by=by if isinstance(by, date) else None, added=added)


def _draw_basis(basis: Basis, language: Language) -> None:
    left = len(basis.left_out)
    with st.grid(3, min_column_width=150, gap="small"):
        taken = f"{len(basis.ranking)} / {basis.overview.communities}"
        card(say(language, "Taken in"), taken, say(language, "communities that it ranks"))
        card(say(language, "Left out"), str(left), say(language, "listed with the reason"))
        card(say(language, "Mean of those taken in"), score(basis.score), basis.overview.edition)
    if left:
        told = "、".join(f"{name}（{why}）" for name, why in basis.left_out.items())
        st.caption(literal(say(language, "Left out: {names}.", names=told)))


def _draw_nothing(ask: PaperAsk, language: Language) -> None:
    if ask.unreviewed:
        st.info(say(language, "No community of this month has a score, so there is nothing to write about."))
    else:
        text = later("No community of this month is final yet. Make it final on the review page, or take in the rest.")
        st.info(say(language, text))


def _address(kind: str, ask: PaperAsk, language: Language) -> dict[str, str]:
    by = ask.reply_by.isoformat() if ask.reply_by else ""
    values = {"kind": kind, "period": ask.period, "street": ask.street, "by": by, "added": ask.added}
    return values | {"unreviewed": "1" if ask.unreviewed else "", "lang": language}


def _draw_issuing(kind: str, ask: PaperAsk, language: Language) -> None:
    with st.popover(say(language, "Issue with a number")):
        text = later("It takes the next number of its kind and year, is kept as it is now, and never changes.")
        st.markdown(say(language, text))
        name = say(language, "Issue")
        st.button(name, key="paper_issue", type="primary", on_click=_issue, args=(kind, ask))


def _issue(kind: str, ask: PaperAsk) -> None:
    try:
        made = issue(grant(), the_store(), kind, ask, now=clock.now())
    except FormError as fault:
        st.session_state[_SAID] = ("", fault)
    else:
        st.session_state[_SAID] = (made.name, None)


def _draw_said(language: Language) -> None:
    name, fault = st.session_state.pop(_SAID, ("", None))
    if name:
        st.success(literal(say(language, "Issued: {name}. It stands in the list below.", name=name)))
    elif fault is not None:
        st.error(form_text(fault, language))

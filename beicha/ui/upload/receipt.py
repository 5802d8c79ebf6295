"""The receipt of an upload: its number, what was stored, and where to look next."""

import streamlit as st

from beicha.actions.outcome_texts import problem_text
from beicha.actions.receipts import Receipt, Scores
from beicha.actions.views.drafts import Version
from beicha.ui import links, office
from beicha.ui.texts import literal
from beicha.ui.upload.choosing import open_job
from beicha.words.language import Language, later, say
from beicha.words.numbers import score
from beicha.words.times import shown


def draw_receipt(receipt: Receipt, language: Language) -> None:
    """What was stored, or that nothing had changed; then one step further."""
    if receipt.number is None:
        st.info(say(language, "No change: this is what is stored already. Nothing was stored anew."))
    else:
        st.success(
            say(language, "Stored. Receipt number {number}", number=receipt.text), icon=":material/check_circle:"
        )
        for problem in receipt.again:
            st.warning(literal(problem_text(problem, language)), icon=":material/history:")
        st.markdown("\n".join(f"- {_line(version, receipt.scores, language)}" for version in receipt.stored))
    _draw_rest(receipt, language)
    with st.container(horizontal=True, gap="small"):
        for version in (*receipt.stored, *receipt.unchanged)[:3]:
            if version.period in office.periods():
                name = office.community_names(version.period).get(version.community, version.community)
                label = say(language, "Open {name} {period}", name=literal(name), period=version.period)
                key = f"open-{version.seq}"
                st.button(label, key=key, on_click=links.open_community_in, args=(version.community, version.period))
        if st.button(say(language, "Hand in more"), key="more"):
            open_job("preview", None)
            st.rerun()


def _draw_rest(receipt: Receipt, language: Language) -> None:
    """Where the files with errors are, and the way there."""
    if receipt.rest is None:
        return
    st.warning(say(language, "The files with errors are not stored. They wait among the unfinished uploads."))
    if st.button(say(language, "Go on with the files that have errors"), key="rest"):
        open_job("preview", receipt.rest)
        st.rerun()


def _line(version: Version, scores: Scores, language: Language) -> str:
    name = literal(office.community_names(version.period).get(version.community, version.community))
    text = later("{name} {period}: version {n}, {rows} rows, stored at {time}")
    time = shown(version.made_at)
    said = say(language, text, name=name, period=version.period, n=version.version, rows=version.row_count, time=time)
    before, after = scores.get((version.community, version.period), (None, None))
    if after is None:
        return said
    return f"{said} · {say(language, 'score {before} → {after}', before=score(before), after=score(after))}"

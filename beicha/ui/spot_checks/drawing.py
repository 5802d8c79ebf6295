"""Drawing communities and points, the draws of the month, and the form to take along."""

import secrets

import streamlit as st

from beicha.actions import spot_draws
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.spot_checks import observation_ledgers
from beicha.actions.spot_draws import LONGEST_SEED, MOST_POINTS, KeptDraw, Wish, may_record
from beicha.ui import clock, office
from beicha.ui.downloads import draw_link
from beicha.ui.frame import Frame
from beicha.ui.person import grant
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.times import shown


def draw_drawing(frame: Frame) -> None:
    """The form for whoever records, and the draws that were kept."""
    if may_record(grant()):
        _draw_form(frame)
    found = office.spot_draws(frame.period)
    if not found:
        st.caption(say(frame.language, "Nothing was drawn for this month yet."))
    names = office.community_names(frame.period)
    for number, one in enumerate(found):
        _draw_kept(one, names, frame.language, opened=number == 0)


def _draw_form(frame: Frame) -> None:
    language, edition = frame.language, office.edition_in_force(frame.period)
    ledgers = {ledger.title: ledger.code for ledger in observation_ledgers(edition)} if edition else {}
    if not ledgers:
        st.caption(say(language, "The edition of this month has no ledger for what is seen on site."))
        return
    st.session_state.setdefault("spot_seed", f"{frame.period}-{secrets.randbelow(10**6):06d}")
    streets = office.expected_choices(frame.period).streets
    with st.form("spot_draw"):
        seed = st.text_input(say(language, "Seed"), key="spot_seed", max_chars=LONGEST_SEED)
        st.caption(
            say(language, "The same seed and the same reports draw the same points: anybody can check the draw.")
        )
        with st.container(horizontal=True, gap="small"):
            title = st.selectbox(say(language, "Ledger"), list(ledgers), width=200)
            per = st.number_input(say(language, "Communities per street (0: all)"), 0, 1000, 1, width=200)
            points = st.number_input(say(language, "Points per community"), 0, MOST_POINTS, 3, width=200)
        chosen = st.multiselect(
            say(language, "Streets (none: all)"), list(streets), [frame.street] if frame.street else [],
            format_func=lambda code: streets[code],
        )  # fmt: skip
        sent = st.form_submit_button(say(language, "Draw"), type="primary")
    if sent and not seed.strip():
        st.warning(say(language, "A draw needs a seed."))
    elif sent:
        _draw(Wish(frame.period, seed.strip(), ledgers[str(title)], tuple(chosen), int(per), int(points)), language)


def _draw(wish: Wish, language: Language) -> None:
    try:
        spot_draws.make_draw(grant(), the_store(), wish, now=clock.now())
    except Refused:
        st.warning(say(language, "These communities are not all in your charge. Choose only your own streets."))
    except LookupError:
        st.warning(say(language, "There is no community to draw from."))
    else:
        office.look()
        st.rerun()


def _draw_kept(one: KeptDraw, names: dict[str, str], language: Language, *, opened: bool) -> None:
    title = say(language, "Draw no. {n}, seed {seed}", n=one.id, seed=one.seed)
    with st.expander(literal(f"{title} · {shown(one.made_at)} {one.made_by}"), expanded=opened, key=f"draw-{one.id}"):
        lines = []
        for place in one.result:
            points = "；".join(str(point["place"] or point["subject"]) for point in place["points"])
            lines.append(f"- **{literal(names.get(place['community'], place['community']))}** {literal(points)}")
        st.markdown("\n".join(lines))
        values = {"number": str(one.id), "lang": language}
        draw_link(say(language, "Download the form (.xlsx)"), "/download/spot-form.xlsx", values, key=f"form-{one.id}")
        st.caption(
            say(
                language,
                "Write the day and what you saw into the form, then hand it in on the upload page. "
                "Delete the rows of points that were not visited.",
            )
        )

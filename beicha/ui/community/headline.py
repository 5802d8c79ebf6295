"""The numbers of one community: score, distance, rank, street and district beside it, and what stands outside them."""

import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui.metrics import arrow, card
from beicha.ui.shares import draw_share_button
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import NONE, plain, score, signed


def draw_headline(view: CommunityView, language: Language) -> None:
    """Title, flags and numbers."""
    names = [literal(name) for name in (view.name, view.street_name) if name]
    st.title(" · ".join([*names, view.period, *([literal(view.line)] if view.line else [])]), anchor=False)
    edition = literal(say(language, "Edition: {edition} ({digest})", edition=view.edition, digest=view.digest[:12]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(edition, width="content")
        draw_share_button()
    _draw_flags(view, language)
    with st.grid(4, min_column_width=150, gap="small"):
        change = signed(view.change)
        note = say(language, "{change} on the month before", change=change) if change != NONE else view.band or NONE
        name = say(language, "Score of the line") if view.line else say(language, "Score")
        card(name, score(view.score), note, arrow(change))
        mark = say(language, "pass mark {mark}", mark=plain(view.pass_mark))
        card(say(language, "To the pass mark"), signed(view.distance), mark)
        if view.district or view.ranked > 1:
            card(say(language, "Rank"), *_rank(view, language))
        if view.street or view.district:
            _draw_means(view, language)


def _rank(view: CommunityView, language: Language) -> tuple[str, str]:
    """The place among those ranked with it, and the class."""
    if view.rank is None:
        return NONE, say(language, "left out: no score")
    return f"{view.rank} / {view.ranked}", literal(view.rank_class) or say(language, "all communities")


def _draw_means(view: CommunityView, language: Language) -> None:
    if view.street:
        district = say(language, "district {score}", score=score(view.district_score))
        card(say(language, "Mean of the street"), score(view.street_score), district)
    else:
        card(say(language, "Mean of the district"), score(view.district_score), say(language, "no street"))


def _draw_flags(view: CommunityView, language: Language) -> None:
    """What no number shows: month not reported, preconditions missed, vetoes, bonus points."""
    flags = []
    if not view.reported:
        note = say(language, "what counts rests on earlier months")
        flags.append(f":gray-badge[○ {say(language, 'Not reported')}] {note}")
    if view.gates:
        flags.append(f":orange-badge[⚑ {say(language, 'Precondition not met')}] {literal('、'.join(view.gates))}")
    if view.vetoes:
        note = literal("、".join(view.vetoes))
        flags.append(f":orange-badge[⚑ {say(language, 'Veto')}] {note}（{say(language, 'no number changes')}）")
    if abs(view.bonus) > 1e-9:
        base, bonus = score(view.base), signed(view.bonus)
        note = say(language, "{base} from the criteria, {bonus} from bonuses and penalties", base=base, bonus=bonus)
        flags.append(f":gray-badge[{say(language, 'Bonus')}] {note}")
    if flags:
        st.markdown("  \n".join(flags))

"""The chance in one sentence, its numbers, and the picture of it."""

import streamlit as st

from beicha.actions.views.rehearsal import Rehearsal
from beicha.ui.charts.chances import chances_chart
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.metrics import card
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, score, signed
from scoring.rehearsal import Outlook

_ALMOST = 0.9995
_HARDLY = 0.0005


def chance_text(chance: float) -> str:
    """A chance in percent, which is 0 or 100 only where it is so."""
    if _ALMOST < chance < 1 - 1e-12:
        return ">99.9%"
    return "<0.1%" if 1e-12 < chance < _HARDLY else f"{100 * chance:.1f}%"


def draw_outlook(view: Rehearsal, key: str, language: Language) -> None:
    """The headline, the distribution, and how it was counted."""
    outlook = view.outlook
    st.subheader(literal(_sentence(outlook, view.mark, language)), anchor=False)
    with st.grid(4, min_column_width=150, gap="small"):
        mark = say(language, "pass mark {mark}", mark=plain(view.mark))
        card(say(language, "Chance of passing"), chance_text(outlook.chance), mark)
        text = later("{distance} from the pass mark")
        distance = say(language, text, distance=signed(outlook.mean - view.mark))
        card(say(language, "Mean of all draws"), score(outlook.mean), distance)
        between = say(language, "nine draws in ten lie between")
        card(say(language, "5 % to 95 %"), f"{score(outlook.low)} – {score(outlook.high)}", between)
        unreported = int(view.streets["unreported"].sum())
        note = say(language, "{n} communities not reported", n=unreported)
        card(say(language, "Spread"), score(outlook.deviation), note)
    if outlook.way != "plain":
        texts = (
            say(language, "pass mark {mark}", mark=plain(view.mark)),
            say(language, "Missed {chance}", chance=chance_text(1 - outlook.chance)),
            say(language, "Reached {chance}", chance=chance_text(outlook.chance)),
        )
        alt = say(language, "How often which score is drawn")
        draw_chart(
            lambda: chances_chart(outlook.values, outlook.weights, view.mark, texts), "chances", alt, key, language
        )
    st.caption(literal(way_text(outlook, language)))
    if view.left_out:
        names = "、".join(view.left_out)
        st.caption(literal(say(language, "Cannot be drawn, because they have no score: {names}.", names=names)))


def _sentence(outlook: Outlook, mark: float, language: Language) -> str:
    if outlook.way == "plain":
        text = later("All are drawn, so nothing is left to chance: {score}.")
        return say(language, text, score=score(outlook.mean))
    text = later("Of 100 inspections about {n} would reach {mark} points.")
    return say(language, text, n=round(100 * outlook.chance), mark=plain(mark))


def way_text(outlook: Outlook, language: Language) -> str:
    """By which way the chance was found, and how far it may be off."""
    bounds = {"least": chance_text(outlook.least), "most": chance_text(outlook.most)}
    if outlook.way == "exact":
        text = later(
            "Exact: every possible draw is counted, with scores rounded to 0.01. Through rounding alone the chance "
            "lies between {least} and {most}. Mean and spread are not rounded."
        )
        return say(language, text, **bounds)
    if outlook.way == "trials":
        text = later(
            "By 100 000 random draws with a seed: the standard error of the chance is {error}, it lies between {least} "
            "and {most} (two standard errors)."
        )
        return say(language, text, error=f"{100 * outlook.error:.2f}%", **bounds)
    return say(language, "The plain mean of all communities.")

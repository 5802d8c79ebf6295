"""One finding opened: the standard, the rule in words, why, what to do, and the rows it looked at."""

import math
from typing import Any

import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.ui import office
from beicha.ui.person import holds
from beicha.ui.row_history import draw_rows_with_history
from beicha.ui.tasks import draw_making
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import percent, plain, score
from beicha.words.reasons import sentence
from beicha.words.rules import rule_words
from beicha.words.states import state_word
from scoring.edition import Edition

BADGES = {
    "met": "green",
    "partial": "yellow",
    "unmet": "orange",
    "missing": "orange",
    "not_reported": "gray",
    "not_inspected": "gray",
    "not_applicable": "gray",
    "not_due": "gray",
}
"""The theme's badge colours nearest to those of the states; the sign and word stand in each."""


def draw_finding(view: CommunityView, edition: Edition, code: str, language: Language) -> None:
    """Everything about one criterion of the community."""
    finding: dict[str, Any] = dict(view.criteria.loc[code])
    with st.container(border=True):
        st.subheader(literal(f"{code} {finding['title']}"), anchor=False)
        st.markdown(_numbers(finding, language))
        st.markdown(f"**{say(language, 'Why')}** {literal(sentence(finding['reason'], edition, language))}")
        _draw_rule(edition, code, finding, language)
        draw_making(view, edition, code, language)
        if holds("rows"):
            _draw_rows_behind(view, edition, code, language)


def _numbers(finding: dict[str, Any], language: Language) -> str:
    """State and numbers of the finding in one line that wraps on a phone."""
    word = state_word(finding["state"])
    badge = f":{BADGES[word.code]}-badge[{literal(word.said(language))}]"
    full, rate = plain(finding["points"]), percent(finding["fraction"])
    if finding["counts"]:
        got, lost = plain(finding["earned"]), score(finding["lost"])
        parts = [say(language, "got {got} of {full} ({rate})", got=got, full=full, rate=rate)]
        parts.append(say(language, "lost {lost}", lost=lost))
    else:
        parts = [say(language, "{full} points, not counted", full=full)]
    if finding["stake"] > 0:
        parts.append(say(language, "district +{stake} if met", stake=f"{finding['stake']:.3f}"))
    if not math.isnan(finding["street_rate"]):
        parts.append(say(language, "street mean {rate}", rate=percent(finding["street_rate"])))
    if not math.isnan(finding["self_fraction"]):
        own = percent(finding["self_fraction"])
        parts.append(say(language, "self-reported {own}, verified {rate}", own=own, rate=rate))
    return " · ".join([badge, *(literal(part) for part in parts)])


def _draw_rule(edition: Edition, code: str, finding: dict[str, Any], language: Language) -> None:
    lines = [
        (say(language, "Standard"), finding["standard"]),
        (say(language, "Rule"), " ".join(rule_words(edition, edition.criterion(code), language))),
        (say(language, "What to do"), finding["remedy"]),
        (say(language, "Lead"), finding["line"]),
        (say(language, "Supporting"), "、".join(finding["supporting"])),
        (say(language, "Method"), finding["method"]),
    ]
    st.markdown("\n".join(f"- **{name}** {literal(text)}" for name, text in lines if text))


def _draw_rows_behind(view: CommunityView, edition: Edition, code: str, language: Language) -> None:
    rows = office.rows(view.period, view.code, code)
    if rows.empty:
        st.caption(say(language, "There is no row that this criterion looks at."))
        return
    key = f"rows-{view.period}-{view.code}-{code}"
    draw_rows_with_history(
        rows, view, edition, language, key,
        whole=lambda at: office.rows_as_they_are(view.period, view.code, code, at),
    )  # fmt: skip

"""What changed from the edition before: criteria added, dropped, worth something else, and otherwise changed."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.views.checklist import Changed, Changes
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain
from scoring.edition import Criterion

WHAT = {
    "title": later("title"),
    "standard": later("standard"),
    "rule": later("rule"),
    "lines": later("lines"),
    "section": later("section"),
}


def draw_changes(changes: Changes | None, language: Language) -> None:
    """The differences, or that there is no edition before."""
    st.subheader(say(language, "Changes from the edition before"), anchor=False)
    if changes is None:
        st.caption(say(language, "This is the first edition here."))
        return
    st.caption(literal(say(language, "Compared with {edition}.", edition=changes.before)))
    if changes.none:
        st.caption(say(language, "No criterion changed."))
    _draw_list(say(language, "Added"), [_worth(item, language) for item in changes.added])
    _draw_list(say(language, "Dropped"), [_worth(item, language) for item in changes.dropped])
    repointed = [f"{item.code} {item.title}：{plain(item.before)} → {plain(item.after)}" for item in changes.repointed]
    _draw_list(say(language, "Worth something else"), repointed)
    _draw_list(say(language, "Otherwise changed"), [_changed(item, language) for item in changes.changed])


def _draw_list(name: str, items: Sequence[str]) -> None:
    if items:
        with st.expander(f"{name}（{len(items)}）", key=f"changes-{name}"):
            st.markdown("\n".join(f"- {literal(item)}" for item in items))


def _worth(criterion: Criterion, language: Language) -> str:
    points = say(language, "{points} points", points=plain(criterion.points))
    return f"{criterion.code} {criterion.title}（{points}）"


def _changed(item: Changed, language: Language) -> str:
    words = [say(language, WHAT[what]) for what in item.what]
    if item.former_code:
        words.insert(0, say(language, "formerly {code}", code=item.former_code))
    return f"{item.code} {item.title}：{'、'.join(words)}"

"""What changed from one edition to the next: criteria added, dropped, worth something else, and otherwise changed."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.views.checklist import RULE, Changed, Changes
from beicha.ui.checklist.criteria import source_words
from beicha.ui.checklist.settings import setting_lines
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain
from beicha.words.rules import rule_words
from scoring.edition import Criterion, Edition

WHAT = {
    "title": later("title"),
    "standard": later("standard"),
    "rule": later("rule"),
    "ledger": later("ledger looked at"),
    "where": later("conditions"),
    "window": later("window"),
    "due": later("months looked at"),
    "verified_by": later("verification"),
    "optional": later("whether it may be declared not applicable"),
    "lines": later("lines"),
    "section": later("section"),
    "method": later("method"),
    "remedy": later("remedy"),
    "source": later("source"),
    "examples": later("examples"),
}


def draw_changes(changes: Changes | None, language: Language) -> None:
    """The differences from the edition before, or that there is none."""
    st.subheader(say(language, "Changes from the edition before"), anchor=False)
    if changes is None:
        st.caption(say(language, "This is the first edition here."))
        return
    draw_differences(changes, language)


def draw_differences(changes: Changes, language: Language) -> None:
    """The differences of two editions, list by list."""
    st.caption(literal(say(language, "Compared with {edition}.", edition=changes.before)))
    if changes.none:
        st.caption(say(language, "Nothing changed."))
    _draw_list(say(language, "Added"), [[_worth(item, language)] for item in changes.added])
    _draw_list(say(language, "Dropped"), [[_worth(item, language)] for item in changes.dropped])
    repointed = [
        [f"{item.code} {item.title}：{plain(item.before)} → {plain(item.after)}"] for item in changes.repointed
    ]
    _draw_list(say(language, "Worth something else"), repointed)
    _draw_list(say(language, "Otherwise changed"), [_changed(item, changes, language) for item in changes.changed])
    settings = [setting_lines(item, changes, language) for item in changes.settings]
    _draw_list(say(language, "Besides the criteria"), settings)


def _draw_list(name: str, items: Sequence[Sequence[str]]) -> None:
    """A list to be opened; an item is a line and those below it."""
    if items:
        with st.expander(f"{name}（{len(items)}）", key=f"changes-{name}"):
            st.markdown("\n".join(_bullets(item) for item in items))


def _bullets(item: Sequence[str]) -> str:
    head, *rest = map(literal, item)
    return "\n".join([f"- {head}", *(f"    - {line}" for line in rest)])


def _worth(criterion: Criterion, language: Language) -> str:
    points = say(language, "{points} points", points=plain(criterion.points))
    return f"{criterion.code} {criterion.title}（{points}）"


def _changed(item: Changed, changes: Changes, language: Language) -> list[str]:
    words = [say(language, WHAT[what]) for what in item.what]
    if item.former_code:
        words.insert(0, say(language, "formerly {code}", code=item.former_code))
    lines = [f"{item.code} {item.title}：{'、'.join(words)}"]
    for what in dict.fromkeys("rule" if what in RULE else what for what in item.what):
        was = _words(changes.old, item.was, what, language)
        now = _words(changes.new, item.now, what, language)
        if was != now:
            lines.append(say(language, "was: {text}", text=was or say(language, "nothing")))
            lines.append(say(language, "now: {text}", text=now or say(language, "nothing")))
    return lines


def _words(edition: Edition, criterion: Criterion, what: str, language: Language) -> str:
    """What the edition says of one side of a criterion; '' for what has no words of its own."""
    match what:
        case "rule":
            return " ".join(rule_words(edition, criterion, language))
        case "lines":
            return "、".join(edition.line_title(line) for line in (criterion.lead, *criterion.supporting))
        case "section":
            return edition.section(criterion.section).title
        case "source":
            return source_words(criterion.source, language)
        case "title" | "standard" | "method" | "remedy":
            return str(getattr(criterion, what))
    return ""

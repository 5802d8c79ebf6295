"""The criteria of a section in words, each opened on its own; then bonuses and vetoes."""

from collections.abc import Iterable

import streamlit as st

from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain, signed
from beicha.words.rules import condition_words, rule_words, window_words
from beicha.words.states import state_word
from scoring.edition import Bonus, Criterion, Edition, Example, Source, Veto

GRADES = {
    "A": later("A: government page or original data"),
    "B": later("B: reprint of an official document"),
    "C": later("C: content page"),
    "I": later("I: inferred"),
    "K": later("K: common knowledge"),
}
"""How well a source is evidenced."""

POINTS = {"public": later("points as published"), "assigned": later("points assigned by this edition")}


def draw_criteria(edition: Edition, section: str, line: str, language: Language) -> None:
    """The section's criteria, of a line ('' for all), closed until they are read."""
    chosen = [
        criterion
        for criterion in edition.criteria
        if criterion.section == section and line in ("", criterion.lead, *criterion.supporting)
    ]
    if not chosen:
        st.caption(say(language, "This line has no criterion in this section."))
    for criterion in chosen:
        points = say(language, "{points} points", points=plain(criterion.points))
        label = literal(f"{criterion.code} {criterion.title}")
        with st.expander(f"{label} · {points}", key=f"read-{criterion.code}"):
            st.markdown(_criterion_words(edition, criterion, language))


def _criterion_words(edition: Edition, criterion: Criterion, language: Language) -> str:
    rules = rule_words(edition, criterion, language)
    supporting = "、".join(edition.line_title(line) for line in criterion.supporting)
    lines = [
        (say(language, "Standard"), criterion.standard),
        *((say(language, "Rule"), rule) for rule in rules),
        (say(language, "Window"), window_words(criterion.window, language)),
        (say(language, "Method"), criterion.method),
        (say(language, "Lead"), edition.line_title(criterion.lead)),
        (say(language, "Supporting"), supporting),
        (say(language, "What to do"), criterion.remedy),
        (say(language, "Source"), source_words(criterion.source, language)),
        *((say(language, "Example"), _example(example, language)) for example in criterion.examples),
    ]
    return "\n".join(f"- **{name}** {literal(text)}" for name, text in lines if text)


def _example(example: Example, language: Language) -> str:
    """An example's title and the state it leads to."""
    return f"{example.title} → {state_word(example.state).said(language)}"


def source_words(source: Source, language: Language) -> str:
    """The document, how well it is evidenced, and whether the points are public."""
    return f"{source.document}（{say(language, GRADES[source.grade])}；{say(language, POINTS[source.points])}）"


def draw_extras(edition: Edition, language: Language) -> None:
    """What stands outside the points: bonuses and penalties, vetoes."""
    if edition.bonuses:
        st.subheader(say(language, "Bonuses and penalties"), anchor=False)
        st.markdown("\n".join(f"- {bonus_words(edition, bonus, language)}" for bonus in edition.bonuses))
    if edition.vetoes:
        st.subheader(say(language, "Vetoes"), anchor=False)
        st.markdown("\n".join(f"- {veto_words(edition, veto, language)}" for veto in edition.vetoes))


def bonus_words(edition: Edition, bonus: Bonus, language: Language) -> str:
    """A bonus or penalty in one line of Markdown: what it is for, which records, how much, within which bounds."""
    return _joined([f"**{literal(bonus.title)}**", *map(literal, _bonus_parts(edition, bonus, language))])


def bonus_text(edition: Edition, bonus: Bonus, language: Language) -> str:
    """The same as plain text."""
    return _joined([bonus.title, *_bonus_parts(edition, bonus, language)])


def _bonus_parts(edition: Edition, bonus: Bonus, language: Language) -> list[str]:
    ledger = edition.ledger(bonus.ledger)
    if bonus.field is not None:
        each = say(language, "as “{field}” says", field=ledger.field(bonus.field).title)
    else:
        each = say(language, "{points} for each record", points=signed(bonus.points))
    parts = [bonus.standard, _where(edition, bonus, language), each]
    if bonus.group is not None:
        text = later("a group of {n} or more counts times {factor}")
        parts.append(say(language, text, n=bonus.group.at_least, factor=plain(bonus.group.factor)))
    if bonus.cap is not None:
        parts.append(say(language, "at most {points}", points=signed(bonus.cap)))
    if bonus.floor is not None:
        parts.append(say(language, "at least {points}", points=signed(bonus.floor)))
    return parts


def veto_words(edition: Edition, veto: Veto, language: Language) -> str:
    """A veto in one line of Markdown: what it is for and which records raise it."""
    return _joined([f"**{literal(veto.title)}**", literal(veto.standard), literal(_where(edition, veto, language))])


def veto_text(edition: Edition, veto: Veto, language: Language) -> str:
    """The same as plain text."""
    return _joined([veto.title, veto.standard, _where(edition, veto, language)])


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _where(edition: Edition, item: Bonus | Veto, language: Language) -> str:
    """The ledger, the window and the conditions of the records that are looked at."""
    ledger = edition.ledger(item.ledger)
    conditions = [condition_words(condition, ledger, language) for condition in item.where]
    return "、".join([f"《{ledger.title}》", window_words(item.window, language), *conditions])

"""Which edition is read, and its sections at a glance."""

import math
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from beicha.actions.views.editions import EditionEntry
from beicha.ui.tables import draw_table, number_columns
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import plain
from scoring.edition import Edition


def pick_edition(entries: Sequence[EditionEntry], language: Language) -> EditionEntry:
    """The edition chosen; the one in force last unless another is asked for."""
    labels = {entry.label: entry for entry in entries}
    label = say(language, "Edition")
    chosen = st.selectbox(label, list(labels), key="edition", bind="query-params", width=330)
    return labels.get(str(chosen), entries[0])


def pick_scope(edition: Edition, language: Language) -> tuple[str, str]:
    """The section's and the line's code to read; '' for all lines. The first section unless asked otherwise."""
    sections = {section.title: section.code for section in edition.sections}
    lines = {line.title: line.code for line in edition.lines}
    everything = say(language, "All lines")
    section = st.selectbox(say(language, "Section"), list(sections), key="part", bind="query-params", width=220)
    line = st.selectbox(say(language, "Line"), [everything, *lines], key="line", bind="query-params", width=170)
    return sections[str(section)], lines.get(str(line), "")


def draw_summary(edition: Edition, entry: EditionEntry, language: Language) -> None:
    """Title, description, what is in force from when, and a row for each section."""
    st.title(literal(f"{edition.title} {edition.version}"), anchor=False)
    if entry.in_force_from:
        months = "、".join(entry.in_force_from)
        st.caption(say(language, "In force from {months}. Digest {digest}.", months=months, digest=entry.digest[:12]))
    else:
        st.caption(say(language, "Not in force in any month. Digest {digest}.", digest=entry.digest[:12]))
    if edition.description:
        st.markdown(literal(edition.description))
    total, mark = plain(edition.total_points), plain(edition.pass_mark)
    text = say(
        language, "{n} criteria, {total} points, pass mark {mark}.", n=len(edition.criteria), total=total, mark=mark
    )
    st.markdown(literal(" ".join([text, *_policies(edition, language)])))
    _draw_sections(edition, language)


def _policies(edition: Edition, language: Language) -> list[str]:
    """What the edition does with findings that are not applicable or not inspected."""
    if edition.not_applicable == "mean_of_others":
        absent = say(language, "Not applicable takes the mean of the others.")
    else:
        absent = say(language, "Not applicable is left out.")
    if edition.not_inspected == "zero":
        return [absent, say(language, "Not inspected counts as nothing got.")]
    return [absent, say(language, "Not inspected is left out.")]


def _draw_sections(edition: Edition, language: Language) -> None:
    members = {section.code: [c for c in edition.criteria if c.section == section.code] for section in edition.sections}
    shares = any(section.share for section in edition.sections)
    table = pd.DataFrame(
        {
            "title": [section.title for section in edition.sections],
            "criteria": [len(members[section.code]) for section in edition.sections],
            "points": [sum(c.points for c in members[section.code]) for section in edition.sections],
            "share": [_number(section.share) for section in edition.sections],
            "gate": [_number(section.gate) for section in edition.sections],
        }
    )
    columns = {"title": say(language, "Section"), "criteria": say(language, "Criteria")}
    numbers = {"points": say(language, "Points"), "share": say(language, "Share"), "gate": say(language, "Gate")}
    order = ["title", "criteria", "points", *(["share"] if shares else []), "gate"]
    alt = say(language, "Sections and their points")
    draw_table(table, columns | number_columns(numbers, "%g"), "edition_sections", alt, order=order)


def _number(value: float | None) -> float:
    return math.nan if value is None else value

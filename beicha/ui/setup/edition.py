"""Putting a checklist edition in force from a month on."""

import pandas as pd
import streamlit as st

from beicha.actions import editions
from beicha.actions.edition_files import EditionRefusedError
from beicha.actions.editions import ListedEdition
from beicha.actions.opening import the_store
from beicha.ui.clock import now, today
from beicha.ui.person import grant
from beicha.ui.scoring_bar import scoring_bar
from beicha.ui.tables import draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, say
from beicha.words.numbers import NONE


def draw_edition(language: Language) -> None:
    """The editions there are, and the form to put one in force."""
    st.subheader(say(language, "Checklist edition"), anchor=False)
    listed = editions.listed(grant(), the_store())
    _draw_list(listed, language)
    labels = {
        f"{item.title} {item.version}" + (f" · {item.digest[:8]}" if item.digest else ""): item for item in listed
    }
    with st.form("activate"):
        label = st.selectbox(say(language, "Edition"), list(labels))
        month = st.text_input(
            say(language, "In force from month"), value=f"{today():%Y-%m}", max_chars=7, placeholder="2026-01"
        )
        sent = st.form_submit_button(say(language, "Put in force"), type="primary")
    if sent and label:
        _activate(labels[label], month.strip(), language)


def _draw_list(listed: tuple[ListedEdition, ...], language: Language) -> None:
    table = pd.DataFrame(
        {
            "title": [item.title for item in listed],
            "version": [item.version for item in listed],
            "from": ["、".join(item.in_force_from) or NONE for item in listed],
        }
    )
    columns = {
        "title": say(language, "Checklist"),
        "version": say(language, "Version"),
        "from": say(language, "In force from"),
    }
    draw_table(table, columns, "editions", say(language, "Editions"))


def _activate(item: ListedEdition, month: str, language: Language) -> None:
    try:
        with scoring_bar(language) as told:
            editions.activate(grant(), the_store(), item.digest or item.name, month, now(), told=told)
    except EditionRefusedError as refused:
        st.error("  \n".join(literal(str(problem)) for problem in refused.problems))
        return
    except ValueError:
        st.error(say(language, "A month is written like 2026-01."))
        return
    st.toast(say(language, "In force from {month}.", month=month))
    st.rerun()

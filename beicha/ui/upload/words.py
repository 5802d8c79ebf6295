"""Words that were confirmed in earlier files, and how to have one asked again."""

import streamlit as st

from beicha.actions import remembering
from beicha.actions.opening import the_store
from beicha.actions.remembering import EVERYWHERE, Remembered
from beicha.ui import clock, office
from beicha.ui.person import grant
from beicha.ui.upload.choosing import recent_months
from beicha.words.language import Language, later, say
from beicha.words.times import shown

_MOST = 50


def draw_words(language: Language) -> None:
    """The remembered words, closed; nothing where there are none."""
    known: tuple[Remembered, ...] = office.keep(lambda: remembering.listed(grant(), the_store()), "words")
    if not known:
        return
    with st.expander(say(language, "Remembered words ({n})", n=len(known)), key="words"):
        st.caption(say(language, "These are read as confirmed. Forget one to be asked again."))
        names = office.community_names(recent_months()[0])
        for at, found in enumerate(known[:_MOST]):
            _draw_word(at, found, names, language)
        if len(known) > _MOST:
            st.caption(say(language, "and {n} more", n=len(known) - _MOST))


def _draw_word(at: int, found: Remembered, names: dict[str, str], language: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(_line(found, names, language), width="stretch")
        if st.button(say(language, "Forget"), key=f"forget-{at}"):
            remembering.forget(grant(), the_store(), found.word, now=clock.now())
            st.rerun()


def _line(found: Remembered, names: dict[str, str], language: Language) -> str:
    word = found.word
    of = say(language, "all files") if word.unit == EVERYWHERE else names.get(word.unit, word.unit)
    meant = _meant(found, names, language)
    return say(
        language,
        later("{of}: {said} → {meant} · {time}"),
        of=of,
        said=word.said,
        meant=meant,
        time=shown(found.made_at),
    )


def _meant(found: Remembered, names: dict[str, str], language: Language) -> str:
    word = found.word
    if word.kind == "community":
        return names.get(word.meant, word.meant)
    if not word.meant:
        return say(language, "not read")
    edition = office.edition_in_force(recent_months()[0])
    ledgers = {ledger.code: ledger for ledger in edition.ledgers} if edition else {}
    fields = ledgers[word.ledger].fields if word.ledger in ledgers else ()
    return next((field.title for field in fields if field.code == word.meant), word.meant)

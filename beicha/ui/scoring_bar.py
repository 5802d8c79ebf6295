"""How far scoring many communities is, while it lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from beicha.actions.assessing import Told
from beicha.words.language import Language, say


@contextmanager
def scoring_bar(language: Language) -> Iterator[Told]:
    """A bar that is told how many communities of how many are scored, and is gone when the block ends."""
    place = st.empty()

    def tell(done: int, total: int) -> None:
        text = say(language, "Scoring {done} of {total} communities", done=done, total=total)
        place.progress(done / max(total, 1), text=text)

    try:
        yield tell
    finally:
        place.empty()

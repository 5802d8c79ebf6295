"""How far scoring many communities is, while it lasts."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from beicha.actions.assessing import Told
from beicha.words.language import Language, later, say

_TRIAL = later("Scoring {done} of {total} communities")
_SCORING = later("{done} of {total} communities are scored by it")


@contextmanager
def scoring_bar(language: Language, *, trial: bool = False) -> Iterator[Told]:
    """A bar that is told how many communities of how many are scored, and is gone when the block ends."""
    place, said = st.empty(), _TRIAL if trial else _SCORING

    def tell(done: int, total: int) -> None:
        place.progress(done / max(total, 1), text=say(language, said, done=done, total=total))

    try:
        yield tell
    finally:
        place.empty()

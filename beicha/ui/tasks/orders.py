"""The papers of tasks: an order for each, and a letter to each community."""

from collections.abc import Sequence

import streamlit as st

from beicha.actions.documents.orders import MOST
from beicha.ui.downloads import draw_link
from beicha.words.language import Language, say


def draw_orders(numbers: Sequence[int], language: Language) -> None:
    """Links to both, for at most so many tasks as go into one file."""
    if len(numbers) > MOST:
        st.caption(say(language, "At most {n} go into one file: choose fewer for their orders.", n=MOST))
        return
    values = {"tasks": ",".join(str(number) for number in numbers), "lang": language}
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Orders (.docx)"), "/download/orders.docx", values)
        draw_link(say(language, "Notice to rectify (.docx)"), "/download/rectification-notice.docx", values)

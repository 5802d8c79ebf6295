"""A fault of the program on a page: a plain sentence for the reader, the trace for the log alone."""

import logging

import streamlit as st

from beicha.words.language import DEFAULT, Language, later, say

_log = logging.getLogger(__name__)

SENTENCE = later(
    "Something went wrong in the program. What was stored is unharmed. Load the page again; its log says more."
)


def tell(fault: Exception) -> bool:
    """Notes the fault in the log and says so on the page; True: nothing else is to be shown."""
    _log.error("a page failed", exc_info=fault)
    language: Language = "en" if st.query_params.get("lang") == "en" else DEFAULT
    st.error(say(language, SENTENCE))
    return True

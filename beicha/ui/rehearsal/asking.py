"""What is rehearsed: how many are drawn of each street, and the mark; both in the URL."""

from collections.abc import Mapping

import streamlit as st

from beicha.actions.views.rehearsal import Wish
from beicha.words.language import Language, say

DRAWS = 3
MOST_DRAWS = 100
MOST_SEED = 999_999
WAYS = ("automatic", "trials")


def pick_wish(streets: Mapping[str, str], pass_mark: float, language: Language) -> Wish:
    """The wish; streets that are drawn otherwise than the rest stand behind a fold."""
    number = st.number_input
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        name = say(language, "Drawn of each street")
        draws = number(name, 0, MOST_DRAWS, DRAWS, key="draws", bind="query-params", width=170)
        name = say(language, "Pass mark")
        mark = number(name, 0.0, 150.0, pass_mark, 0.5, format="%.2f", key="mark", bind="query-params", width=150)
    with st.expander(say(language, "Some streets otherwise, and the way of counting"), key="rehearsal_more"):
        apart = []
        with st.grid(4, min_column_width=130, gap="small"):
            for code, street in streets.items():
                own = number(street, 0, MOST_DRAWS, None, key=f"draws-{code}", placeholder=str(int(draws)))
                if own is not None:
                    apart.append((code, int(own)))
        tried = st.toggle(say(language, "By 100 000 trials instead of the exact count"), key="tried")
        seed = number(say(language, "Seed"), 1, MOST_SEED, 1, key="seed", width=150, disabled=not tried)
    return Wish(int(draws), float(mark), tuple(apart), int(seed), bool(tried))

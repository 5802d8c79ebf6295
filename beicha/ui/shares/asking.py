"""What the page of share links asks of the actions: read anew at every run, as a link may end at any moment."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from beicha.actions.grants import Refused
from beicha.actions.share_texts import REASONS
from beicha.actions.shares import ShareError
from beicha.words.language import Language, say

_WHY = "share_why"


def now() -> datetime:
    """The moment by which links live: the real one, also in the demo."""
    return datetime.now(UTC)


def do(act: Callable[[], object], language: Language) -> None:
    """Does it and draws the page anew; where it was refused, the page says why, once."""
    try:
        act()
    except ShareError as refused:
        st.session_state[_WHY] = say(language, REASONS[refused.reason])
    except Refused:
        st.session_state[_WHY] = say(language, "You may share only what lies in your charge. Choose less.")
    except LookupError:
        st.session_state[_WHY] = say(language, "This changed in the meantime. Look again.")
    st.rerun()


def draw_why() -> None:
    """Why the last thing was not done, if it was not."""
    why = st.session_state.pop(_WHY, "")
    if why:
        st.error(why)

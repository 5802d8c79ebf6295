"""What the page of accounts asks of the actions: read anew at every run, as accounts are no data that is kept."""

from collections.abc import Callable
from datetime import UTC, datetime

import streamlit as st

from beicha.actions import accounts
from beicha.actions.account_texts import REASONS
from beicha.actions.accounts import AccountError, ListedAccount
from beicha.actions.grants import Refused
from beicha.actions.opening import the_store
from beicha.actions.views.accounts import Giving, giving
from beicha.ui import clock
from beicha.ui.person import grant
from beicha.words.language import Language, later, say

_WHY = "account_why"
BEYOND = later("This reaches beyond your own posts. Ask an administrator.")


def now() -> datetime:
    """The moment by which codes and sessions live: the real one, also in the demo."""
    return datetime.now(UTC)


def all_accounts() -> tuple[ListedAccount, ...]:
    """The accounts that the reader may see."""
    return accounts.listed(grant(), the_store())


def what_to_give() -> Giving:
    """What the reader may give this month."""
    return giving(grant(), the_store(), f"{clock.today():%Y-%m}")


def do(act: Callable[[], object], language: Language) -> None:
    """Does it and draws the page anew; where it was refused, the page says why, once."""
    try:
        act()
    except AccountError as refused:
        st.session_state[_WHY] = say(language, REASONS[refused.reason])
    except Refused:
        st.session_state[_WHY] = say(language, BEYOND)
    except LookupError:
        st.session_state[_WHY] = say(language, "This changed in the meantime. Look again.")
    st.rerun()


def draw_why() -> None:
    """Why the last thing was not done, if it was not."""
    why = st.session_state.pop(_WHY, "")
    if why:
        st.error(why)

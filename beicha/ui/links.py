"""From a number to what lies behind it: opening a community, a criterion, a street."""

import streamlit as st

from beicha.ui import office
from beicha.ui.frame import Frame, label_of
from beicha.words.language import Language, say


def open_community(code: str, criterion: str = "", section: str = "") -> None:
    """Goes to the community's page, with a criterion or a section opened where one is named. For callbacks."""
    frame: Frame = st.session_state["frame"]
    label = label_of(office.choices(frame.period).communities(frame.street), code)
    opened = {"community": label, "criterion": criterion, "section": section}
    st.switch_page(
        st.session_state["pages"]["community"], query_params={key: value for key, value in opened.items() if value}
    )


def open_street(code: str) -> None:
    """Filters the overview by a street. For callbacks."""
    frame: Frame = st.session_state["frame"]
    st.session_state["street"] = label_of(office.choices(frame.period).streets, code)


def open_community_in(code: str, period: str) -> None:
    """Goes to the community's page in a month, whatever the filters were. For callbacks."""
    label = label_of(office.choices(period).communities(""), code)
    st.switch_page(st.session_state["pages"]["community"], query_params={"community": label, "period": period})


def open_finding(code: str, period: str, criterion: str) -> None:
    """Goes to a criterion of a community in a month, whatever the filters were; of no community ('') to the overview
    of the month. For callbacks."""
    if not code:
        _open_overview(period)
        return
    _set(period, label_of(office.choices(period).communities(""), code))
    st.switch_page(st.session_state["pages"]["community"], query_params={"criterion": criterion} if criterion else {})


def open_verified(code: str, period: str) -> None:
    """Goes to the self-report of a community beside its verification, over its months. For callbacks."""
    _set(period, label_of(office.choices(period).communities(""), code))
    st.session_state["compare_way"] = "verified"
    st.switch_page(st.session_state["pages"]["compare"])


def open_tasks(line: str) -> None:
    """Goes to the tasks of a line. For callbacks."""
    frame: Frame = st.session_state["frame"]
    label = label_of(office.choices(frame.period).lines, line)
    st.session_state["line"] = label or say(frame.language, "All lines")
    st.switch_page(st.session_state["pages"]["tasks"])


def _open_overview(period: str) -> None:
    """For whom it is offered."""
    if "overview" in st.session_state["pages"]:
        _set(period, "")
        st.switch_page(st.session_state["pages"]["overview"])


def _set(period: str, community: str) -> None:
    """Sets the pickers, of all streets: a value in the address is refused where the page that is left has them too."""
    st.session_state["period"] = period
    if community:
        frame: Frame = st.session_state["frame"]
        st.session_state["street"] = say(frame.language, "All streets")
        st.session_state["community"] = community


def problem_help(code: str, language: Language) -> str:
    """A link in Markdown to what a problem is about."""
    return f"[{say(language, 'explained')}](/help/problems?lang={language}#{code})"


def draw_problem_help(language: Language) -> None:
    """The way to the page that tells every problem a file can have."""
    st.link_button(
        say(language, "Problems in a file"),
        f"/help/problems?lang={language}",
        type="tertiary",
        icon=":material/help:",
    )

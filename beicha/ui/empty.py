"""What stands where there is nothing to show: what is missing, and what to do next."""

import streamlit as st

from beicha.words.language import Language, say


def draw_no_months(language: Language) -> None:
    """There is no month to look at yet: the set-up list says what comes first."""
    st.subheader(say(language, "There is nothing to show yet"), anchor=False)
    st.markdown(
        say(language, "First the areas and a checklist edition, then the first upload. The set-up list leads there.")
    )
    _draw_way_to_setup(language)


def draw_no_community(language: Language) -> None:
    """The filters leave no community."""
    st.subheader(say(language, "No community is in view"), anchor=False)
    st.markdown(say(language, "Choose another street, or reset the filters above."))


def draw_no_editions(language: Language) -> None:
    """There is no checklist yet."""
    st.subheader(say(language, "There is no checklist yet"), anchor=False)
    st.markdown(say(language, "Add an edition in the set-up list: ready ones come with Beicha."))
    _draw_way_to_setup(language)


def _draw_way_to_setup(language: Language) -> None:
    """For whom the set-up page is offered."""
    if "setup" in st.session_state["pages"]:
        st.page_link(
            st.session_state["pages"]["setup"], label=say(language, "Open the set-up list"), icon=":material/tune:"
        )

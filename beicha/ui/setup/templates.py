"""Empty workbooks to hand out, made from the edition in force."""

import streamlit as st

from beicha.ui import office
from beicha.ui.downloads import draw_link
from beicha.ui.frame import unique_labels
from beicha.ui.person import holds, holds_everywhere
from beicha.ui.upload.choosing import recent_months
from beicha.words.language import Language, say


def draw_templates(language: Language) -> None:
    """The month and the community, then the two workbooks for them."""
    st.subheader(say(language, "Workbooks to fill in"), anchor=False)
    with st.container(horizontal=True, gap="small"):
        period = str(st.selectbox(say(language, "Month"), recent_months(), key="template_month", width=150))
        names = unique_labels(office.community_names(period))
        any_ = say(language, "Any community")
        name = str(st.selectbox(say(language, "Community"), [any_, *names], key="template_community", width=200))
    if office.edition_in_force(period) is None:
        st.caption(say(language, "No edition is in force in this month, so there is nothing to fill in yet."))
        return
    values = {"period": period, "lang": language}
    with st.container(horizontal=True, gap="small"):
        own = values | {"community": names.get(name, "")}
        draw_link(say(language, "Community workbook"), "/download/community-template.xlsx", own, key="template_own")
        if own["community"] and holds("personal"):
            draw_link(
                say(language, "With last month's standing rows"), "/download/community-filled.xlsx", own,
                key="template_filled",
            )  # fmt: skip
        if holds_everywhere("set_up"):
            draw_link(say(language, "Office workbook"), "/download/office-template.xlsx", values, key="template_office")

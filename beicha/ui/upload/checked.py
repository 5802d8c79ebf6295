"""The way from a list of problems to the workbook in which they are marked."""

import streamlit as st

from beicha.actions.drafts import Draft
from beicha.ui.downloads import draw_link
from beicha.ui.texts import literal
from beicha.words.language import Language, say


def draw_checked(number: int, draft: Draft, language: Language) -> None:
    """A link for each file that has something to be mended: the file itself, marked."""
    faulty = [file for file in draft.files if file.can_be_marked]
    if not faulty:
        return
    st.caption(
        say(
            language,
            "Or mend them in Excel or WPS: the workbook you sent, faulty cells tinted, with comments and a column "
            "校验结果. Send it again when it is mended.",
        )
    )
    with st.container(horizontal=True, gap="small"):
        for file in faulty:
            name = say(language, "Download with problems marked")
            label = name if len(draft.files) == 1 else f"{name}: {literal(file.name)}"
            values = {"job": str(number), "sha256": file.sha256, "lang": language}
            draw_link(label, "/download/checked", values, key=f"checked-{file.sha256[:12]}")

"""A link just made or renewed, shown once: its address and password on lines of their own, to copy and as a code."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

import segno
import streamlit as st

from beicha.ui.texts import literal
from beicha.words.colours import ACCENT, INK, PAPER
from beicha.words.language import Language, say

_KEY = "share_made"
_FIELD = "width: 100%; box-sizing: border-box; font: inherit; padding: 8px; border: 1px solid #8A94A0; resize: vertical"
_BUTTON = (
    f"font: inherit; min-height: 44px; padding: 6px 20px; margin-top: 4px; cursor: pointer; color: {ACCENT}; "
    f"background: {PAPER}; border: 1px solid {ACCENT}; border-radius: 4px"
)
LOCAL = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class NewLink:
    """A link that nobody has passed on yet; ``password`` is '' where there is none, None where it is the old one."""

    title: str
    path: str
    password: str | None


def keep_made(link: NewLink) -> None:
    """Keeps the link for the page to show, until its maker has passed it on."""
    st.session_state[_KEY] = link


def draw_made(language: Language) -> None:
    """The link with what belongs to it; nothing where none was made."""
    link: NewLink | None = st.session_state.get(_KEY)
    if link is None:
        return
    here = opened_at()
    with st.container(border=True):
        st.markdown(f"**{say(language, 'Link to “{title}”', title=literal(link.title))}**")
        st.caption(say(language, "It is shown only now: the address is kept nowhere. Copy it and pass it on."))
        left, right = st.columns([3, 1])
        with left:
            _draw_text(text_of(link, here, language), language)
            if link.password is None:
                st.caption(say(language, "Its password is the same as before."))
        with right:
            st.html(
                f'<img src="{code_of(here + link.path)}" width="168" alt="{escape(say(language, "Scan to open"))}">'
            )
            st.caption(say(language, "Scan to open"))
        if is_local(here):
            st.warning(say(language, "You opened Beicha at an address of this computer alone: others cannot open this link. Open Beicha at the address that others use, then make a new link."))  # fmt: skip # noqa: E501
        else:
            st.caption(say(language, "It begins with {address}, where you opened Beicha.", address=literal(here)))
        st.button(say(language, "I have passed it on"), key="share_done", on_click=_forget)


def opened_at() -> str:
    """Scheme, host and port at which the browser shows this page: whoever reaches it there can open links there."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def is_local(address: str) -> bool:
    """Whether only this computer opens the address."""
    return (urlsplit(address).hostname or LOCAL[0]) in LOCAL


def text_of(link: NewLink, here: str, language: Language) -> str:
    """What is passed on: title, link and password, a line each, so that the link alone can be tapped."""
    lines = [link.title, say(language, "Link: {address}", address=here + link.path)]
    if link.password:
        lines.append(say(language, "Password: {password}", password=link.password))
    return "\n".join(lines)


def code_of(address: str) -> str:
    """The address as a QR code, drawn here, as a data: address of a picture."""
    code: str = segno.make(address, error="m", micro=False).svg_data_uri(scale=4, dark=INK, light=PAPER)
    return code


def _draw_text(text: str, language: Language) -> None:
    """The text in a field where it can be chosen by hand too, with a button that copies it (web/static/copy.js)."""
    rows, name, done = text.count("\n") + 3, say(language, "Copy all of it"), say(language, "Copied")
    st.html(
        f'<textarea readonly rows="{rows}" style="{_FIELD}">{escape(text)}</textarea>'
        f'<button type="button" class="copy" style="{_BUTTON}" data-done="{escape(done)}">{escape(name)}</button>'
    )


def _forget() -> None:
    st.session_state.pop(_KEY, None)

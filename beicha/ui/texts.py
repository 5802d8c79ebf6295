"""Text from people and files as text: Streamlit reads Markdown nearly everywhere, so it is escaped."""

import re

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()#+\-.!<>|~$:^=&\"'@/])")
_TURNED_LATER = re.compile(r"([:<>~=@-]|www)(?=\S)", re.IGNORECASE)
_JOINER = "\u2060"


def literal(text: str) -> str:
    """The text for any place that reads Markdown, shown there to the letter.

    A backslash goes before punctuation. What Markdown turns only after reading (emoji codes, arrows, bare addresses)
    is broken by a word joiner, which nobody sees. Line breaks become spaces.
    """
    joined = _TURNED_LATER.sub(rf"\1{_JOINER}", " ".join(text.split()))
    return _PUNCTUATION.sub(r"\\\1", joined)

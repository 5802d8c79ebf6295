"""How texts are compared: one normal form for keys, conditions and choices (scoring.md §2)."""

import unicodedata


def normal(text: str) -> str:
    """The text after NFKC, trimmed, with inner white space collapsed to single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).split())

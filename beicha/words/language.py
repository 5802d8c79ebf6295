"""Sentences in the reader's language: English stands in the code, Chinese in data/locales/zh_CN/*.po."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from babel.messages.pofile import read_po

Language = Literal["zh_CN", "en"]
LANGUAGES: tuple[Language, ...] = ("zh_CN", "en")
DEFAULT: Language = "zh_CN"

_LOCALES = Path(__file__).resolve().parents[2] / "data" / "locales"


def say(language: Language, text: str, /, **values: Any) -> str:
    """The English text in the language, with ``{name}`` places filled in; itself where no translation is known."""
    return (catalogue(language).get(text) or text).format(**values) if values else catalogue(language).get(text) or text


def later(text: str) -> str:
    """Marks a text for the catalogues where it is written, to be said elsewhere."""
    return text


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All translations of a language by English text, from every .po file in its folder; empty for English."""
    messages: dict[str, str] = {}
    for path in sorted((_LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            messages |= {str(message.id): str(message.string) for message in read_po(file) if message.id}
    return messages

"""Choices and grades: one of a list, several of a list, A to C#; a near miss is named, never taken."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from beicha.intake.cells import Cell, narrow, shown
from beicha.intake.ticks import ticked_words
from scoring.ledgers import LedgerField

_OUTSIDE = r"(?![^()]*\))"
_SEPARATORS = re.compile(rf"[、,;/|\n\r]+{_OUTSIDE}")
_LOOSE_SEPARATORS = re.compile(rf"(?:[、,;/|\s+&·→—–~-]+|以及|和|与|及){_OUTSIDE}")
_CIRCLED = re.compile("[①-⑳]")
_NUMBERS = re.compile(r"(?:^|(?<=[\s、,;]))\d{1,2}[.、)]|\(\d{1,2}\)")
_NUMBER = re.compile(r"(?:\(\d{1,2}\)|\d{1,2}(?:[.、)]|(?=[\u4e00-\u9fff])))\s*")
_REMARK = re.compile(r"(.+?)(?:[(\[【](.*)[)\]】]|:(.*))", re.S)
_AROUND = " 。.\"'“”‘’《》「」"
_GRADE_ENDINGS = "级等档类"
_LONGEST = 1000
"""A longer text lists no choices, and taking it apart would take its time."""
_NEAR_ENOUGH = 60
_OTHER = ("其他", "其它")


class ChoiceReader:
    """Reads the cells of a column that holds one of a list of choices."""

    def __init__(self, field: LedgerField) -> None:
        self._known = _Known(field.choices)

    def __call__(self, value: Any) -> Cell:
        """The choice as the edition writes it, a warning where a remark stands beside; an error for all else."""
        text = _even(shown(value))
        found = self._known.exactly(text)
        if found is not None:
            return Cell(found)
        if len(text) > _LONGEST:
            return self._known.unknown(text)
        ticked = ticked_words(text)
        if ticked is not None and len(ticked) == 1:
            found = self._known.exactly(ticked[0])
            return self._known.unknown(text) if found is None else Cell(found)
        found = self._known.nearly(text)
        return self._known.unknown(text) if found is None else _told([found], found)


class ChoicesReader:
    """Reads the cells of a column that holds several of a list of choices."""

    def __init__(self, field: LedgerField) -> None:
        self._known = _Known(field.choices)
        plain = (_even(choice) for choice in field.choices)
        divided = sorted((choice for choice in plain if _LOOSE_SEPARATORS.search(choice)), key=len, reverse=True)
        self._divided = re.compile(f"({'|'.join(map(re.escape, divided))})") if divided else None

    def __call__(self, value: Any) -> Cell:
        """The choices in the order they stand in the cell, each once; an error where one is not known."""
        text = _even(shown(value))
        if len(text) > _LONGEST:
            return self._known.unknown(text)
        ticked = ticked_words(text)
        pieces = ticked if ticked is not None else list(self._pieces(text, _SEPARATORS))
        if any(self._known.nearly(piece) is None for piece in pieces) and ticked is None:
            loose = list(self._pieces(text, _LOOSE_SEPARATORS))
            pieces = loose if all(self._known.nearly(piece) for piece in loose) else pieces
        return self._of_pieces(pieces, text)

    def _of_pieces(self, pieces: Sequence[str], text: str) -> Cell:
        exact = [self._known.exactly(piece) for piece in pieces]
        found = [whole or self._known.nearly(piece) for whole, piece in zip(exact, pieces, strict=True)]
        unknown = [piece for piece, choice in zip(pieces, found, strict=True) if choice is None]
        if unknown or not pieces:
            code = "choice_unknown" if len(pieces) < 2 else "choices_unknown"
            return self._known.unknown(unknown[0] if unknown else text, code)
        choices = list(dict.fromkeys(choice for choice in found if choice))
        return Cell(choices) if all(exact) else _told(choices, choices)

    def _pieces(self, text: str, separators: re.Pattern[str]) -> Iterator[str]:
        """The text taken apart, but for such choices as hold a separator themselves."""
        if self._known.exactly(text) is not None:
            yield text
            return
        # A pattern in brackets leaves what it finds between the parts.
        for at, part in enumerate(self._divided.split(text) if self._divided else [text]):
            pieces = [part] if at % 2 else separators.split(_without_numbers(part))
            yield from (piece.strip(_AROUND) for piece in pieces if piece.strip(_AROUND))


class GradeReader:
    """Reads the cells of a column of grades."""

    def __init__(self, field: LedgerField) -> None:
        self._known = _Known(field.scale)

    def __call__(self, value: Any) -> Cell:
        """The grade as the edition writes it, also from C＃, B级 or ☑A□B; an error that lists them for all else."""
        text = _even(shown(value))
        if len(text) > _LONGEST:
            return self._known.unknown(text, "grade_unknown")
        ticked = ticked_words(text)
        text = ticked[0] if ticked is not None and len(ticked) == 1 else text
        found = self._known.exactly(text) or self._known.exactly(text.strip(_AROUND).rstrip(_GRADE_ENDINGS))
        if found is not None:
            return Cell(found)
        found = self._known.nearly(text)
        if found is None:
            pieces = [piece for piece in _SEPARATORS.split(text) if piece]
            is_several = len(pieces) > 1 and all(self._known.exactly(piece) for piece in pieces)
            return self._known.unknown(text, "grade_several" if is_several else "grade_unknown")
        return _told([found], found)


class _Known:
    """The choices of a field, and how a text is held against them."""

    def __init__(self, choices: tuple[str, ...]) -> None:
        self._choices = choices
        self._by_key = {_key(choice): choice for choice in choices}
        other = next((choice for choice in choices if choice in _OTHER), None)
        if other is not None:
            self._by_key |= dict.fromkeys(_OTHER, other)

    def exactly(self, text: str) -> str | None:
        """The choice that the text is but for width, white space, case and quotation marks."""
        key = _key(text)
        return self._by_key.get(key) or self._by_key.get(key.strip(_AROUND))

    def nearly(self, text: str) -> str | None:
        """The choice that the text is but for a number before it, or a remark or 等 behind it."""
        bare = _NUMBER.sub("", text.strip(_AROUND), count=1) if _NUMBER.match(text) else text
        remark = _REMARK.fullmatch(bare.strip(_AROUND))
        return (
            self.exactly(text)
            or self.exactly(bare)
            or (self.exactly(remark[1]) if remark and not self.exactly(remark[2] or remark[3] or "") else None)
            or (self.exactly(bare.strip(_AROUND).removesuffix("等")))
        )

    def unknown(self, text: str, code: str = "choice_unknown") -> Cell:
        """The error for a text that is none of them, with the one that is near, if one is."""
        like = process.extractOne(
            _key(text), self._choices, scorer=fuzz.ratio, processor=_key, score_cutoff=_NEAR_ENOUGH
        )
        first = () if like is None else (like[0],)
        values: dict[str, Any] = {"choices": first + tuple(choice for choice in self._choices if choice not in first)}
        if first and code == "choice_unknown":
            return Cell(None, "choice_nearly", values | {"near": first[0]})
        return Cell(None, code, values | ({"piece": text} if code == "choices_unknown" else {}))


def _told(read: Sequence[str], value: Any) -> Cell:
    return Cell(value, "choice_worded", {"read": tuple(read)})


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", _CIRCLED.sub("(1)", text))


def _without_numbers(text: str) -> str:
    """The text with a separator for the numbers of a list: 1.志愿 2.宣讲, (1)志愿(2)宣讲."""
    return _NUMBERS.sub("、", text)


def _key(text: str) -> str:
    return narrow(text).casefold()

"""What an official letter consists of: texts that are ready to be read, nothing that is still to be counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["text", "one", "two", "three"]
"""Of a line: the body, or a heading 一、, （一） or 1."""
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Line:
    """A paragraph."""

    text: str
    level: Level = "text"


@dataclass(frozen=True)
class GridColumn:
    """A column of a table: its heading, its share of the width, and where its texts stand."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True)
class Grid:
    """A table of texts; its heading is repeated on every page. Without column titles it has no heading."""

    columns: Sequence[GridColumn]
    rows: Sequence[Sequence[str]]
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture (JPEG or PNG) with a caption below it."""

    content: bytes
    caption: str = ""
    width_mm: float = 140.0


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True)
class AnnexHead:
    """The top of an annex, on a new page: its mark and its title."""

    mark: str
    title: str


Block = Line | Grid | Picture | PageBreak | AnnexHead


@dataclass(frozen=True)
class Annex:
    """What is attached, on a page of its own."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Letter:
    """A paper that goes out.

    ``title`` may be broken into lines. ``organ`` is the red heading ('' for none) and ``number`` what stands below it;
    ``to`` whom it is sent to. ``stamps`` tell what its numbers rest on: edition, filters, time, reviewed or not.
    """

    title: str
    blocks: Sequence[Block]
    organ: str = ""
    number: str = ""
    to: str = ""
    annexes: Sequence[Annex] = ()
    signature: str = ""
    day: date | None = None
    stamps: Sequence[str] = ()

    @property
    def name(self) -> str:
        """The title in one line."""
        return self.title.replace("\n", "")

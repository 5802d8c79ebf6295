"""The page of an official letter: A4, 22 lines of 28 characters on 156 × 225 mm, numbers at the foot."""

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from beicha.papers.letter_fonts import set_font

LINES = 22
TWIPS_OF_POINT = 20
LINE_TWIPS = round(225 / 25.4 * 72 * TWIPS_OF_POINT / LINES)
"""The pitch of a line, in twentieths of a point: 225 mm for 22 lines."""


def set_page(paper: Document) -> None:
    """Sets size, margins, the grid of lines and characters, and the page numbers: "— 1 —" on the outer side."""
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _set_grid(section._sectPr)
    paper.settings.odd_and_even_pages_header_footer = True
    _number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _set_grid(properties: Any) -> None:
    grid = properties.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        properties.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_TWIPS))


def _number(footer: _Footer, side: WD_ALIGN_PARAGRAPH) -> None:
    """The number of the page in 四号 between dashes, one character from the edge."""
    footer.is_linked_to_previous = False
    place: Paragraph = footer.paragraphs[0]
    place.alignment = side
    place.paragraph_format.left_indent = place.paragraph_format.right_indent = Pt(14)
    for text in ("— ", None, " —"):
        run = place.add_run(text or "")
        set_font(run.font, "宋体", 14)
        if text is None:
            _add_field(run._r)


def _add_field(run: Any) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        part = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            part.text = text
        else:
            part.set(qn("w:fldCharType"), str(kind))
        run.append(part)

"""The lines of an official letter: headings, body, heads and ends, each in its type and place."""

from collections.abc import Sequence
from datetime import date

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from beicha.papers.letter_fonts import BODY, FIVE, GREY, HEADING, RED, SUBHEADING, THREE, TITLE, TWO, set_font
from beicha.papers.letter_page import LINE_TWIPS, TWIPS_OF_POINT

PITCH = Pt(LINE_TWIPS / TWIPS_OF_POINT)
_FACES = {"text": (BODY, False), "one": (HEADING, False), "two": (SUBHEADING, False), "three": (BODY, True)}
_INDENT = Pt(2 * THREE)


def set_styles(paper: Document) -> None:
    """Makes 三号仿宋 at the pitch of the page what everything is unless it says otherwise."""
    normal = paper.styles["Normal"]
    set_font(normal.font, BODY, THREE)
    form = normal.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
    form.widow_control = False


def free_of_grid(place: Paragraph) -> None:
    """Lets a paragraph of smaller type keep its own pitch."""
    mark = OxmlElement("w:snapToGrid")
    mark.set(qn("w:val"), "0")
    place._p.get_or_add_pPr().append(mark)


def clean(text: str) -> str:
    """The text without what no Word file may hold."""
    return "".join(sign for sign in text if sign in "\t\n" or sign >= " ").replace("\ufffe", "").replace("\uffff", "")


def line(paper: Document, text: str, level: str = "text") -> Paragraph:
    """A paragraph of the body or a heading, indented by two characters."""
    face, bold = _FACES[level]
    place = _write(paper, text, face, THREE, bold=bold)
    place.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    place.paragraph_format.first_line_indent = _INDENT
    place.paragraph_format.keep_with_next = level != "text"
    return place


def plain(paper: Document, text: str) -> Paragraph:
    """A paragraph that begins at the margin."""
    return _write(paper, text, BODY, THREE)


def centred(paper: Document) -> Paragraph:
    """An empty paragraph in the middle, as high as what comes into it."""
    place = paper.add_paragraph()
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    return place


def caption(paper: Document, text: str) -> None:
    """What stands over a table or below a picture."""
    place = _write(paper, text, HEADING, 12)
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.keep_with_next = True


def organ(paper: Document, text: str) -> None:
    """The red name of who sends it."""
    size = min(36.0, 442 / max(len(text), 1))
    place = _write(paper, text, TITLE, size, colour=RED)
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    place.paragraph_format.space_after = Pt(16)


def number(paper: Document, text: str) -> None:
    """The number under which it is sent."""
    _write(paper, text, BODY, THREE).alignment = WD_ALIGN_PARAGRAPH.CENTER


def red_line(paper: Document) -> None:
    """The line between head and body."""
    place = paper.add_paragraph()
    place.paragraph_format.line_spacing = Pt(8)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "1"), ("color", "E60012")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    place._p.get_or_add_pPr().append(borders)


def title(paper: Document, text: str) -> None:
    """二号小标宋 in the middle, an empty line before and after it."""
    paper.add_paragraph()
    place = _write(paper, text, TITLE, TWO)
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing = Pt(36)
    paper.add_paragraph()


def annex_list(paper: Document, names: Sequence[str]) -> None:
    """附件：1. …, below an empty line."""
    paper.add_paragraph()
    numbered = names if len(names) == 1 else [f"{number}. {name}" for number, name in enumerate(names, 1)]
    for number, name in enumerate(numbered):
        place = plain(paper, f"附件：{name}" if number == 0 else name)
        place.paragraph_format.left_indent = _INDENT if number == 0 else Pt(5 * THREE)


def annex_head(paper: Document, mark: str, name: str) -> None:
    """The mark of an annex at the top left of a new page, and its title in the middle."""
    place = _write(paper, mark, HEADING, THREE)
    place.paragraph_format.page_break_before = True
    named = _write(paper, name, TITLE, TWO)
    named.alignment = WD_ALIGN_PARAGRAPH.CENTER
    named.paragraph_format.line_spacing = Pt(36)
    named.paragraph_format.space_before = named.paragraph_format.space_after = Pt(10)


def signature(paper: Document, name: str, day: date | None) -> None:
    """Who signs, over the date four characters from the right."""
    paper.add_paragraph()
    dated = "" if day is None else f"{day.year}年{day.month}月{day.day}日"
    shift = max(len(dated) * 0.75 - len(name), 0) / 2
    for text, right in ((name, 4 + shift), (dated, 4.0)):
        if text:
            place = _write(paper, text, BODY, THREE)
            place.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            place.paragraph_format.right_indent = Pt(right * THREE)
            place.paragraph_format.keep_with_next = text == name and bool(dated)


def stamp(paper: Document, text: str) -> None:
    """What the numbers rest on, small and grey."""
    place = _write(paper, text, BODY, FIVE, colour=GREY)
    place.paragraph_format.line_spacing = Pt(16)
    free_of_grid(place)


def _write(
    paper: Document, text: str, face: str, points: float, *, bold: bool = False, colour: RGBColor | None = None
) -> Paragraph:
    place = paper.add_paragraph()
    set_font(place.add_run(clean(text)).font, face, points, bold=bold, colour=colour)
    return place

"""An official letter as a Word file, laid out as GB/T 9704-2012 has it.

Page, type and places of the parts: ``letter_page`` and ``letter_text``; tables: ``letter_tables``.
"""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt

from beicha.papers import letter_page, letter_tables, letter_text
from beicha.papers.letter import AnnexHead, Block, Grid, Letter, Line, PageBreak, Picture


def letter_docx(letter: Letter, *, made: datetime) -> bytes:
    """The letter as the bytes of a .docx file, which names its organ and ``made`` and nothing else about its making."""
    paper = docx.Document()
    letter_page.set_page(paper)
    letter_text.set_styles(paper)
    _name(paper, letter, made)
    _draw_head(paper, letter)
    draw_blocks(paper, letter.blocks)
    _draw_end(paper, letter)
    draw_blocks(paper, annex_blocks(letter))
    for stamp in letter.stamps:
        letter_text.stamp(paper, stamp)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def annex_blocks(letter: Letter) -> list[Block]:
    """All annexes, each with its mark and its title at the top of a new page."""
    found: list[Block] = []
    for number, annex in enumerate(letter.annexes, 1):
        mark = "附件" if len(letter.annexes) == 1 else f"附件{number}"
        found += [AnnexHead(mark, annex.title), *annex.blocks]
    return found


def draw_blocks(paper: Document, blocks: Sequence[Block]) -> None:
    """Draws blocks at the end of what is there."""
    for block in blocks:
        match block:
            case Line(text, level):
                letter_text.line(paper, text, level)
            case Grid():
                letter_tables.table(paper, block)
            case Picture():
                _draw_picture(paper, block)
            case AnnexHead(mark, title):
                letter_text.annex_head(paper, mark, title)
            case PageBreak():
                paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _name(paper: Document, letter: Letter, made: datetime) -> None:
    about = paper.core_properties
    about.title, about.author, about.last_modified_by = letter.name, letter.signature, letter.signature
    about.created = about.modified = made.replace(tzinfo=None)
    about.comments, about.revision, about.language = "", 1, "zh-CN"


def _draw_head(paper: Document, letter: Letter) -> None:
    if letter.organ:
        letter_text.organ(paper, letter.organ)
    if letter.number:
        letter_text.number(paper, letter.number)
    if letter.organ:
        letter_text.red_line(paper)
    letter_text.title(paper, letter.title)
    if letter.to:
        letter_text.plain(paper, f"{letter.to}：")


def _draw_end(paper: Document, letter: Letter) -> None:
    names = [annex.title for annex in letter.annexes]
    if names:
        letter_text.annex_list(paper, names)
    if letter.signature:
        letter_text.signature(paper, letter.signature, letter.day)


def _draw_picture(paper: Document, picture: Picture) -> None:
    place = letter_text.centred(paper)
    place.paragraph_format.space_before = Pt(6)
    place.add_run().add_picture(BytesIO(picture.content), width=Mm(picture.width_mm))
    if picture.caption:
        letter_text.caption(paper, picture.caption)

"""Tables of official letters: thin lines, 五号 type, the heading on every page, no row broken over two."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from beicha.papers.letter import Grid
from beicha.papers.letter_fonts import BODY, FIVE, HEADING, set_font
from beicha.papers.letter_text import caption, clean, free_of_grid

WIDTH_MM = 156.0
MARGIN_TWIPS = 50
_SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}


def table(paper: Document, grid: Grid) -> None:
    """The table, as wide as the text."""
    if grid.caption:
        caption(paper, grid.caption)
    titles, width = [column.title for column in grid.columns], len(grid.columns)
    heads = [titles] if any(titles) else []
    drawn = paper.add_table(len(heads) + len(grid.rows), width)
    _set_widths(drawn, [column.share for column in grid.columns])
    cells = drawn._cells
    for place, text in enumerate(text for row in (*heads, *grid.rows) for text in row):
        head = place < width * len(heads)
        _fill(cells[place], text, "center" if head else grid.columns[place % width].align, head=head)
    for number, row in enumerate(drawn.rows):
        _keep_whole(row, repeated=number < len(heads))
    _end(paper)


def _end(paper: Document) -> None:
    """The paragraph that a table must not do without, so low that it never begins a page."""
    place = paper.add_paragraph()
    place.paragraph_format.line_spacing = Pt(1)
    free_of_grid(place)


def _set_widths(drawn: Table, shares: Sequence[float]) -> None:
    drawn.autofit, drawn.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _set_lines(drawn)
    for column, share in zip(drawn.columns, shares, strict=True):
        column.width = Mm(WIDTH_MM * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _set_lines(drawn: Table) -> None:
    """Draws thin lines, and leaves little room beside the texts: many columns share a narrow page."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    drawn._tbl.tblPr.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(MARGIN_TWIPS))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    drawn._tbl.tblPr.append(margins)


def _fill(cell: _Cell, text: str, side: str, *, head: bool) -> None:
    place = cell.paragraphs[0]
    place.alignment = _SIDES[side]
    place.paragraph_format.line_spacing_rule, place.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(16)
    free_of_grid(place)
    set_font(place.add_run(clean(text)).font, HEADING if head else BODY, FIVE)


def _keep_whole(row: _Row, *, repeated: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", *(["w:tblHeader"] if repeated else [])):
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        properties.append(mark)

"""An official letter is laid out as GB/T 9704 has it, and holds what it was given."""

from datetime import date, datetime
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from beicha.papers.letter import Annex, Grid, GridColumn, Letter, Line, Picture
from beicha.papers.letter_docx import letter_docx

MADE = datetime(2026, 7, 6, 9, 30)


def picture() -> bytes:
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").save(content, "JPEG")
    return content.getvalue()


LETTER = Letter(
    title="关于5月测评情况的通报",
    organ="东湖区文明办",
    number="东文明办〔2026〕5号",
    to="各街道",
    blocks=[
        Line("一、总体情况", "one"),
        Line("得分86.31分。\x00\x0b\x1f"),
        Line("（一）A类", "two"),
        Line("1. 靠前", "three"),
        Grid([GridColumn("名次", 1, "center"), GridColumn("社区", 3)], [["1", "红旗社区"]] * 60, "得分一览"),
        Picture(picture(), "整改前", 60),
    ],
    annexes=[Annex("得分及排名", [Line("甲")]), Annex("逾期任务", [Line("乙")])],
    signature="东湖区文明办",
    day=date(2026, 6, 5),
    stamps=["只含定版。"],
)


@pytest.fixture(scope="module")
def paper():
    return docx.Document(BytesIO(letter_docx(LETTER, made=MADE)))


def found(paper, text):
    return next(place for place in paper.paragraphs if text in place.text)


def face(place):
    fonts = place.runs[0].font
    return fonts.element.rPr.rFonts.get(qn("w:eastAsia")), fonts.size, bool(fonts.bold)


def test_the_page_is_that_of_the_standard(paper):
    section = paper.sections[0]
    margins = section.top_margin, section.left_margin, section.right_margin, section.bottom_margin
    assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    pitch = int(section._sectPr.find(qn("w:docGrid")).get(qn("w:linePitch"))) / 20
    assert Mm(225).pt / pitch == pytest.approx(22, abs=0.05)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("关于5月", ("方正小标宋简体", Pt(22), False)),
        ("一、总体", ("黑体", Pt(16), False)),
        ("得分86.31", ("仿宋", Pt(16), False)),
        ("（一）A类", ("楷体", Pt(16), False)),
        ("1. 靠前", ("仿宋", Pt(16), True)),
        ("附件1", ("黑体", Pt(16), False)),
    ],
)
def test_each_line_is_in_its_type(paper, text, form):
    places = [place for place in paper.paragraphs if place.text.startswith(text)]
    assert face(places[-1]) == form


def test_a_body_line_begins_two_characters_in(paper):
    assert found(paper, "得分86.31").paragraph_format.first_line_indent == Pt(32)


def test_what_no_file_may_hold_is_left_out(paper):
    assert found(paper, "得分86.31").text == "得分86.31分。"


def test_a_table_repeats_its_heading_and_breaks_no_row(paper):
    rows = paper.tables[0].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    assert [cell.text for cell in rows[60].cells] == ["1", "红旗社区"]


def test_annexes_begin_on_pages_of_their_own_and_are_listed_before_the_signature(paper):
    texts = [place.text for place in paper.paragraphs]
    assert texts.index("附件：1. 得分及排名") < texts.index("2. 逾期任务") < texts.index("2026年6月5日")
    assert [found(paper, mark).paragraph_format.page_break_before for mark in ("附件1", "附件2")] == [True, True]


def test_pages_are_numbered_on_the_outer_side(paper):
    section = paper.sections[0]
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        assert footer.paragraphs[0].alignment == side
        assert "PAGE" in footer._element.xml


def test_one_annex_has_no_number():
    alone = Letter("通报", [], annexes=[Annex("名单", [])])
    texts = [place.text for place in docx.Document(BytesIO(letter_docx(alone, made=MADE))).paragraphs]
    assert "附件" in texts
    assert "附件：名单" in texts


def test_the_file_tells_of_nobody_but_who_signs(paper):
    about = paper.core_properties
    assert (about.author, about.last_modified_by) == ("东湖区文明办", "东湖区文明办")
    assert about.created.replace(tzinfo=None) == MADE
    assert about.comments == ""

"""The type of official letters: which face for what, and how large."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.font import Font

BODY, HEADING, SUBHEADING, TITLE = "仿宋", "黑体", "楷体", "方正小标宋简体"
"""Faces that Word and WPS have in China; where one is missing they put another one in its place."""
LATIN = "Times New Roman"
TWO, THREE, SMALL_FOUR, FIVE = 22.0, 16.0, 12.0, 10.5
"""二号, 三号, 小四 and 五号 in points."""
RED, GREY = RGBColor(0xE6, 0x00, 0x12), RGBColor(0x5F, 0x6B, 0x77)


def set_font(font: Font, face: str, points: float, *, bold: bool = False, colour: RGBColor | None = None) -> None:
    """Sets the face of Chinese text, beside which figures and letters stand in a Latin one."""
    font.name, font.size, font.bold = LATIN, Pt(points), bold
    if colour is not None:
        font.color.rgb = colour
    about = font.element.get_or_add_rPr()
    _speak_chinese(about)
    faces = about.get_or_add_rFonts()
    faces.set(qn("w:eastAsia"), face)
    faces.set(qn("w:hint"), "eastAsia")


def _speak_chinese(about: Any) -> None:
    """Marks the text as simplified Chinese, or a program may set its signs the way of another country."""
    language = about.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        about.append(language)
    language.set(qn("w:eastAsia"), "zh-CN")

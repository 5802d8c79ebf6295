"""Comments (批注) of one sheet: ours added beside those that are there, those of an earlier round taken away first.

A comment stands in two parts: its text in one, its box in an old drawing (VML) that is often no sound XML, so boxes
are put in and taken out as texts.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from beicha.intake.book import letter
from beicha.intake.checked.grid import Grid, corners
from beicha.intake.checked.marks import CellMark
from beicha.intake.checked.package import Package, inert
from beicha.words.workbook import CHECK_RESULT

AUTHOR = "备查"
_HEAD = f"【{CHECK_RESULT}】"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_THREADED = "tc="
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_KIND_OF_BOX = (
    f'<v:shapetype {_SPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_BOX = (
    '<v:shape {spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:210pt;height:{height}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
    "<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_A_BOX = re.compile(rb"<(\w{1,9}):shape\b.*?</\1:shape>", re.S)
_PLACE = re.compile(rb"<\w{1,9}:(Row|Column)>\s*(\d+)\s*</")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_LINE_HEIGHT, _LETTERS_A_LINE, _HIGHEST = 15, 17, 400


class Remarks:
    """The comments of one sheet and their boxes."""

    def __init__(self, package: Package, part: str, grid: Grid, *, strict: bool) -> None:
        self._package, self._part, self._grid, self._strict = package, part, grid, strict
        self._texts = next(iter(package.related(part, "comments").values()), "")
        self._boxes = next(iter(package.related(part, "vmlDrawing").values()), "")
        if not package.has(self._texts):
            self._texts = ""
        if not package.has(self._boxes):
            self._boxes = ""

    def forget(self) -> None:
        """Takes away what an earlier round wrote."""
        if not self._texts:
            return
        root = self._package.tree(self._texts)
        authors = [author.text or "" for author in root.iter(self._grid.tag("author"))]
        gone = set()
        for comment in list(root.iter(self._grid.tag("comment"))):
            if _author(comment, authors) == AUTHOR:
                comment.getparent().remove(comment)
                gone.add(comment.get("ref"))
            else:
                self._cut(comment)
        if gone and self._boxes:
            self._package.put(self._boxes, _without_boxes(self._package.content(self._boxes), gone))

    def add(self, marks: Iterable[CellMark]) -> None:
        """Adds the comments; a cell that has one already gets ours below it."""
        marks = list(marks)
        if not marks:
            return
        root = self._root()
        own = self._own_author(root)
        authors = [author.text or "" for author in root.iter(self._grid.tag("author"))]
        there = {comment.get("ref"): comment for comment in root.iter(self._grid.tag("comment"))}
        held = next(root.iter(self._grid.tag("commentList")), None)
        if held is None:
            held = etree.SubElement(root, self._grid.tag("commentList"))
        boxed = []
        for mark in marks:
            place = f"{letter(mark.column - 1)}{mark.row}"
            if place not in there:
                made = etree.SubElement(held, self._grid.tag("comment"), ref=place, authorId=str(own))
                self._say(etree.SubElement(made, self._grid.tag("text")), f"{_HEAD}\n{mark.text}")
                boxed.append(mark)
            elif not _author(there[place], authors).startswith(_THREADED):
                self._append(there[place], f"\n{_HEAD}\n{mark.text}")
        self._add_boxes(boxed)

    def _root(self) -> Any:
        if not self._texts:
            self._texts = self._package.new_name("xl/comments{}.xml")
            root = etree.Element(self._grid.tag("comments"), nsmap={None: self._grid.space})
            etree.SubElement(root, self._grid.tag("authors"))
            self._package.put(self._texts, etree.tostring(root))
            self._package.set_type(self._texts, _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", self._texts, strict=self._strict)
        return self._package.tree(self._texts)

    def _own_author(self, root: Any) -> int:
        held = next(root.iter(self._grid.tag("authors")), None)
        if held is None:
            held = etree.Element(self._grid.tag("authors"))
            root.insert(0, held)
        names = [author.text for author in held]
        if AUTHOR not in names:
            etree.SubElement(held, self._grid.tag("author")).text = AUTHOR
            names.append(AUTHOR)
        return names.index(AUTHOR)

    def _append(self, comment: Any, text: str) -> None:
        held = comment.find(self._grid.tag("text"))
        self._say(etree.SubElement(comment, self._grid.tag("text")) if held is None else held, text)

    def _say(self, held: Any, text: str) -> None:
        run = etree.Element(self._grid.tag("r"))
        said = etree.SubElement(run, self._grid.tag("t"))
        said.text = inert(text)
        said.set(_SPACE, "preserve")
        before = [child for child in held if child.tag in (self._grid.tag("t"), self._grid.tag("r"))]
        if before:
            before[-1].addnext(run)
        else:
            held.insert(0, run)

    def _cut(self, comment: Any) -> None:
        """Cuts off what we had put below somebody's comment."""
        is_ours = False
        for said in list(comment.iter(self._grid.tag("t"))):
            text = said.text or ""
            if is_ours:
                said.text = ""
            elif _HEAD in text:
                said.text, is_ours = text.partition(_HEAD)[0].removesuffix("\n"), True

    def _add_boxes(self, marks: list[CellMark]) -> None:
        if not marks:
            return
        if not self._boxes:
            self._boxes = self._package.new_name("xl/drawings/vmlDrawing{}.vml")
            self._package.put(self._boxes, f"<xml {_SPACES}></xml>".encode())
            self._package.set_default_type("vml", _DRAWING_TYPE)
            name = self._package.relate(self._part, "vmlDrawing", self._boxes, strict=self._strict)
            self._grid.lead_to_drawing(name, strict=self._strict)
        content = self._package.content(self._boxes)
        at = content.rfind(b"</")
        first = max([1024, *map(int, _NUMBER.findall(content))]) + 1
        boxes = [] if b'"_x0000_t202"' in content else [_KIND_OF_BOX]
        boxes += [_box(mark, number) for number, mark in enumerate(marks, first)]
        self._package.put(self._boxes, content[:at] + "".join(boxes).encode() + content[at:])


def _author(comment: Any, authors: list[str]) -> str:
    number = int(comment.get("authorId", 0))
    return authors[number] if 0 <= number < len(authors) else ""


def _box(mark: CellMark, number: int) -> str:
    lines = 2 + sum(1 + len(line) // _LETTERS_A_LINE for line in mark.text.splitlines())
    height = min(lines * _LINE_HEIGHT, _HIGHEST)
    return _BOX.format(spaces=_SPACES, number=number, height=height, row=mark.row - 1, column=mark.column - 1)


def _without_boxes(content: bytes, places: set[str]) -> bytes:
    gone = {(place[0] - 1, place[1] - 1) for text in places if (place := corners(text)) is not None}

    def kept(box: re.Match[bytes]) -> bytes:
        found = {name: int(number) for name, number in _PLACE.findall(box[0])}
        return b"" if (found.get(b"Row", -1), found.get(b"Column", -1)) in gone else box[0]

    return _A_BOX.sub(kept, content)

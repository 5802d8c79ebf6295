"""Tints laid over the styles of a workbook: a new style for each old one that needs it, and the way back.

A solid fill shows its first colour alone, so ours keep in the second what was there before: a workbook that comes
back and is marked again gets its own colours again first.
"""

import copy
from typing import Any

from lxml import etree

from beicha.intake.catalogue import Level
from beicha.intake.checked.package import Package, UnfitError

TINTS: dict[Level, str] = {"error": "FFF2A980", "warning": "FFFFE699"}
_NONE = {"indexed": "64"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_EMPTY = f"""<styleSheet xmlns="{_MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>"""
_TEXT_FORMAT = "49"


class Fills:
    """The styles of one workbook, to which tinted ones are added as they are asked for.

    ``came_tinted`` tells whether some of them are left from an earlier round.
    """

    def __init__(self, package: Package, workbook: str, *, strict: bool) -> None:
        part = next(iter(package.related(workbook, "styles").values()), "")
        if not package.has(part):
            part = package.new_name("xl/styles{}.xml")
            package.put(part, _EMPTY.encode())
            package.set_type(part, _STYLES_TYPE)
            package.relate(workbook, "styles", part, strict=strict)
        self._root = package.tree(part)
        self._space = etree.QName(self._root).namespace
        self._styles, self._fills, self._fonts = (self._list(name) for name in ("cellXfs", "fills", "fonts"))
        colours = self._fills.iter(self._tag("fgColor"))
        self.came_tinted = any(colour.get("rgb") in TINTS.values() for colour in colours)
        self._made: dict[tuple[Any, ...], int] = {}

    def _list(self, name: str) -> Any:
        found = self._root.find(self._tag(name))
        if found is None or not len(found):
            raise UnfitError(f"the styles have no {name}")
        return found

    def _tag(self, name: str) -> str:
        return f"{{{self._space}}}{name}"

    def tinted(self, style: int, level: Level) -> int:
        """The style of a faulty cell that had this one."""
        return self._once(("tint", style, level), lambda: self._tint(self.own(style), level))

    def own(self, style: int) -> int:
        """The style that a cell had before one of our tints was laid over it; the same where none was."""
        return self._once(("own", style), lambda: self._untint(style))

    def text(self, style: int, level: Level | None) -> int:
        """A style like this one for our own texts: wrapped, kept as text, tinted where a level is given."""
        return self._once(("text", style, level), lambda: self._text(style, level))

    def lettered(self, *, bold: bool = False, size: int = 11, colour: str = "000000", fill: str = "") -> int:
        """A style for a sheet of ours, in the workbook's first font."""
        return self._once(("font", bold, size, colour, fill), lambda: self._letter(bold, size, colour, fill))

    def _once(self, key: tuple[Any, ...], make: Any) -> int:
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def _style(self, number: int) -> Any:
        return self._styles[number if 0 <= number < len(self._styles) else 0]

    def _fill_of(self, style: Any) -> Any:
        number = int(style.get("fillId", 0))
        found = self._fills[number if 0 <= number < len(self._fills) else 0]
        return found.find(self._tag("patternFill"))

    def _tint(self, number: int, level: Level) -> int:
        style = self._style(number)
        fill = self._fill_of(style)
        is_solid = fill is not None and fill.get("patternType") == "solid"
        colour = fill.find(self._tag("fgColor")) if is_solid else None
        beneath = _NONE if colour is None else dict(colour.attrib)
        return self._with_fill(style, {"rgb": TINTS[level]}, beneath)

    def _untint(self, number: int) -> int:
        style = self._style(number)
        fill = self._fill_of(style)
        colour = None if fill is None else fill.find(self._tag("fgColor"))
        if colour is None or colour.get("rgb") not in TINTS.values():
            return number
        beneath = fill.find(self._tag("bgColor"))
        kept = _NONE if beneath is None else dict(beneath.attrib)
        if kept == _NONE:
            made = copy.deepcopy(style)
            made.set("fillId", "0")
            return self._add(self._styles, made)
        return self._with_fill(style, kept, _NONE)

    def _with_fill(self, style: Any, colour: dict[str, str], beneath: dict[str, str]) -> int:
        key = ("fill", tuple(sorted(colour.items())), tuple(sorted(beneath.items())))
        fill = self._once(key, lambda: self._add_fill(colour, beneath))
        made = copy.deepcopy(style)
        made.set("fillId", str(fill))
        made.set("applyFill", "1")
        return self._add(self._styles, made)

    def _add_fill(self, colour: dict[str, str], beneath: dict[str, str]) -> int:
        made = etree.Element(self._tag("fill"))
        pattern = etree.SubElement(made, self._tag("patternFill"), patternType="solid")
        etree.SubElement(pattern, self._tag("fgColor"), colour)
        etree.SubElement(pattern, self._tag("bgColor"), beneath)
        return self._add(self._fills, made)

    def _text(self, number: int, level: Level | None) -> int:
        made = copy.deepcopy(self._style(self.own(number)))
        made.set("numFmtId", _TEXT_FORMAT)
        made.set("applyNumberFormat", "1")
        made.set("applyAlignment", "1")
        for old in made.iterfind(self._tag("alignment")):
            made.remove(old)
        made.insert(0, etree.Element(self._tag("alignment"), vertical="center", wrapText="1"))
        added = self._add(self._styles, made)
        return added if level is None else self._tint(added, level)

    def _letter(self, bold: bool, size: int, colour: str, fill: str) -> int:
        font = etree.Element(self._tag("font"))
        if bold:
            etree.SubElement(font, self._tag("b"))
        etree.SubElement(font, self._tag("sz"), val=str(size))
        etree.SubElement(font, self._tag("color"), rgb=f"FF{colour}")
        for name in ("name", "family", "charset"):
            font.extend(copy.deepcopy(found) for found in self._fonts[0].iterfind(self._tag(name)))
        made = copy.deepcopy(self._style(self.text(0, None)))
        made.set("fontId", str(self._add(self._fonts, font)))
        made.set("applyFont", "1")
        return self._with_fill(made, {"rgb": f"FF{fill}"}, _NONE) if fill else self._add(self._styles, made)

    @staticmethod
    def _add(held: Any, made: Any) -> int:
        held.append(made)
        held.set("count", str(len(held)))
        return len(held) - 1

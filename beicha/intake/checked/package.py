"""A workbook as the package of parts that it is: parts are read, changed or added, all others stay byte for byte.

The parts are foreign: their XML is parsed without entities, document types, network or unbounded depth.
"""

import posixpath
import re
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile
from zlib import compress

from lxml import etree

from beicha.intake.guard import RATIO_FROM

LARGEST_PART = 32 * 2**20
"""XML parts over this size are not taken apart: their tree would take more memory than the process has."""

_LARGEST_OWN_RATIO = 50
TYPES = "[Content_Types].xml"
_TYPES_SPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
STRICT = "http://purl.oclc.org/ooxml/"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_KINDS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")


def relation_space(*, strict: bool) -> str:
    """The namespace of relations, which is another in strict workbooks."""
    return _STRICT_KINDS if strict else _KINDS


class UnfitError(Exception):
    """The package is not one in which marks can be set: it is no workbook of XML parts, or odd beyond repair."""


def parsed(content: bytes) -> Any:
    """The root of a part's tree; raises UnfitError for what is no plain XML."""
    if len(content) > LARGEST_PART:
        raise UnfitError("a part is too large")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise UnfitError("a part is no XML") from error
    if root.getroottree().docinfo.doctype:
        raise UnfitError("a part has a document type")
    return root


def inert(text: str) -> str:
    """A text as it may stand in a part: without characters that XML forbids, and never taken for an escape."""
    return _ESCAPE.sub("_x005F_", _FORBIDDEN.sub("", text))


class Package:
    """The parts of one workbook. Names are compared without regard to case, as the format has it."""

    def __init__(self, content: bytes) -> None:
        self._archive = ZipFile(BytesIO(content))
        self._names = {name.lower(): name for name in self._archive.namelist()}
        self._trees: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._changed: dict[str, bytes] = {}

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._names

    def content(self, name: str) -> bytes:
        """The bytes of a part; raises UnfitError where there is none."""
        kept = self._names.get(name.lower())
        if kept is None:
            raise UnfitError(f"there is no part {name}")
        return self._changed[kept] if kept in self._changed else self._archive.read(kept)

    def look(self, name: str) -> Any:
        """The root of a part that is only looked at."""
        kept = self._names.get(name.lower(), name)
        if kept not in self._trees:
            self._trees[kept] = parsed(self.content(name))
        return self._trees[kept]

    def tree(self, name: str) -> Any:
        """The root of a part that is going to be changed in place."""
        self._touched.add(self._names.get(name.lower(), name))
        return self.look(name)

    def put(self, name: str, content: bytes) -> None:
        """Adds a part, or replaces one."""
        kept = self._names.setdefault(name.lower(), name)
        self._trees.pop(kept, None)
        self._changed[kept] = content

    def new_name(self, pattern: str) -> str:
        """A name that no part has, made from a pattern such as ``xl/comments{}.xml``."""
        return next(name for number in range(1, 10_000) if not self.has(name := pattern.format(number)))

    def set_type(self, name: str, content_type: str) -> None:
        """Says what kind of content a part has."""
        types = self.tree(TYPES)
        tag = f"{{{_TYPES_SPACE}}}Override"
        for entry in types.iterfind(tag):
            if entry.get("PartName", "").lower() == f"/{name}".lower():
                entry.set("ContentType", content_type)
                return
        etree.SubElement(types, tag, PartName=f"/{name}", ContentType=content_type)

    def set_default_type(self, suffix: str, content_type: str) -> None:
        """Says what kind of content the parts with a suffix have, unless that is said already."""
        types = self.tree(TYPES)
        tag = f"{{{_TYPES_SPACE}}}Default"
        if not any(entry.get("Extension", "").lower() == suffix for entry in types.iterfind(tag)):
            types.insert(0, etree.Element(tag, Extension=suffix, ContentType=content_type))

    def type_of(self, name: str) -> str:
        """The kind of content that is said of a part by its name; "" where only its suffix says it."""
        for entry in self.look(TYPES).iterfind(f"{{{_TYPES_SPACE}}}Override"):
            if entry.get("PartName", "").lower() == f"/{name}".lower():
                return str(entry.get("ContentType", ""))
        return ""

    def related(self, part: str, kind: str) -> dict[str, str]:
        """The parts that one leads to by a kind of relation: names by the relation's id."""
        where = _relations_of(part)
        if not self.has(where):
            return {}
        return {
            relation.get("Id", ""): _resolved(part, relation.get("Target", ""))
            for relation in self.look(where).iterfind(f"{{{_RELATIONS_SPACE}}}Relationship")
            if relation.get("Type", "").endswith(f"/{kind}") and relation.get("TargetMode") != "External"
        }

    def relate(self, part: str, kind: str, target: str, *, strict: bool) -> str:
        """Leads from one part to another; the id of the new relation."""
        where = _relations_of(part)
        if not self.has(where):
            self.put(
                where,
                etree.tostring(etree.Element(f"{{{_RELATIONS_SPACE}}}Relationships", nsmap={None: _RELATIONS_SPACE})),
            )
            self.set_default_type("rels", _RELATIONS_TYPE)
        relations = self.tree(where)
        taken = {relation.get("Id") for relation in relations}
        name = next(name for number in range(1, 100_000) if (name := f"rId{number}") not in taken)
        kinds = relation_space(strict=strict)
        tag = f"{{{_RELATIONS_SPACE}}}Relationship"
        etree.SubElement(relations, tag, Id=name, Type=f"{kinds}/{kind}", Target=f"/{target}")
        return name

    def saved(self) -> bytes:
        """The bytes of the package with its changes."""
        changed = dict(self._changed)
        for name in self._touched & self._trees.keys():
            tree = self._trees[name].getroottree()
            changed[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for member in self._archive.infolist():
                content = changed.pop(member.filename, None)
                if content is None:
                    archive.writestr(member, self._archive.read(member))
                else:
                    archive.writestr(member.filename, content, _packing(content))
            for name, content in changed.items():
                archive.writestr(name, content, _packing(content))
        return target.getvalue()


def _packing(content: bytes) -> int:
    """Parts in which much repeats itself are not packed, lest the guard take them for a bomb when they come back."""
    is_tight = len(content) > RATIO_FROM and len(content) > _LARGEST_OWN_RATIO * len(compress(content))
    return ZIP_STORED if is_tight else ZIP_DEFLATED


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _resolved(part: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")

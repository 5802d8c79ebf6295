"""An office's own form: a .docx file with places such as {{ title }} that a letter is put into.

The file is somebody's program. Nothing is run but places: whatever else Jinja knows (loops, sums, attributes) is
refused before it is compiled, and what is left runs in Jinja's sandbox.
"""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from beicha.papers.letter import Block, Letter
from beicha.papers.letter_docx import annex_blocks, draw_blocks
from beicha.papers.letter_text import set_styles

TEXTS = ("title", "number", "organ", "to", "signature", "day", "stamps")
PARTS = ("body", "annexes")
"""What a form may name; ``body`` and ``annexes`` take the whole paragraph in which they stand."""
MOST_BYTES = 2 * 1024 * 1024
MOST_INFLATED = 20 * 1024 * 1024
MOST_PARTS = 500
SAMPLE = tuple(
    f"{{{{ {name} }}}}" for name in ("organ", "number", "title", "to", "body", "signature", "day", "annexes", "stamps")
)
MARK = "\u2063{}\u2063"
"""Stands for a part until its blocks are put there."""


class FormError(ValueError):
    """The form cannot be used: ``kind`` is "not_word", "large", "macros", "place", "body" or "broken".

    ``found`` is the place that is not known, or what else it was.
    """

    def __init__(self, kind: str, found: str = "") -> None:
        super().__init__(f"{kind}: {found}".rstrip(": "))
        self.kind, self.found = kind, found


class _Places(ImmutableSandboxedEnvironment):
    """Jinja that knows places and nothing else."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(nodes.Node):
            if isinstance(node, nodes.Name) and node.name not in (*TEXTS, *PARTS):
                raise FormError("place", node.name)
            if not isinstance(node, nodes.Template | nodes.Output | nodes.TemplateData | nodes.Name):
                raise FormError("place", type(node).__name__)
        return tree


def fill(form: bytes, letter: Letter, *, made: datetime) -> bytes:
    """The form with the letter put in; raises FormError where it cannot be used."""
    check_package(form)
    template = DocxTemplate(BytesIO(form))
    try:
        template.render(_values(letter), jinja_env=_Places(undefined=StrictUndefined, autoescape=True), autoescape=True)
    except FormError:
        raise
    except (TemplateError, ValueError, TypeError, AttributeError, LookupError, SyntaxError) as error:
        raise FormError("broken", str(error)[:200]) from error
    paper: Document = template.docx
    _put(paper, "body", letter.blocks, needed=True)
    _put(paper, "annexes", annex_blocks(letter))
    about = paper.core_properties
    about.title, about.created, about.modified = letter.name, made.replace(tzinfo=None), made.replace(tzinfo=None)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()


def check_package(form: bytes) -> None:
    """Raises FormError for what is no Word file, is too large or holds macros."""
    if len(form) > MOST_BYTES:
        raise FormError("large")
    try:
        with zipfile.ZipFile(BytesIO(form)) as package:
            _check_parts(package)
    except (zipfile.BadZipFile, LookupError, NotImplementedError, OSError, RuntimeError) as error:
        raise FormError("not_word") from error


def _check_parts(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_INFLATED:
        raise FormError("large")
    names = [part.filename.lower() for part in parts]
    if len(set(names)) < len(names) or "word/document.xml" not in names:
        raise FormError("not_word")
    if any("vbaproject" in name for name in names):
        raise FormError("macros")
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in package.read(part):
            raise FormError("not_word")


def _values(letter: Letter) -> dict[str, Any]:
    day = "" if letter.day is None else f"{letter.day.year}年{letter.day.month}月{letter.day.day}日"
    texts = {"title": letter.name, "number": letter.number, "organ": letter.organ, "to": letter.to, "day": day}
    texts |= {"signature": letter.signature, "stamps": "".join(letter.stamps)}
    return texts | {part: MARK.format(part) for part in PARTS}


def _put(paper: Document, part: str, blocks: Sequence[Block], *, needed: bool = False) -> None:
    """Puts blocks in the place of the paragraph with the part's mark; FormError where it is needed and missing."""
    places = [place for place in paper.paragraphs if MARK.format(part) in place.text]
    if not places:
        if needed:
            raise FormError("body")
        return
    body = places[0]._p.getparent()
    before = len(body)
    set_styles(paper)
    draw_blocks(paper, blocks)
    at = body.index(places[0]._p)
    new = [element for element in list(body)[before - 1 :] if not element.tag.endswith("}sectPr")]
    for shift, element in enumerate(new):
        body.insert(at + shift, element)
    body.remove(places[0]._p)


def sample_form() -> bytes:
    """A form to begin with: every place, each in a paragraph of its own."""
    paper = docx.Document()
    set_styles(paper)
    for text in SAMPLE:
        paper.add_paragraph(text)
    content = BytesIO()
    paper.save(content)
    return content.getvalue()

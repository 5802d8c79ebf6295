"""The numbers that a Word paper says, to be held against those of the screens."""

import re
from collections import Counter
from io import BytesIO

import docx

_NUMBER = re.compile(r"[+\-−]?\d+(?:\.\d+)?%?")


def texts_of(content: bytes) -> list[str]:
    """All texts of a .docx file, those of its tables too, in no order."""
    paper = docx.Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return [place.text for place in paper.paragraphs] + cells


def numbers_of(content: bytes, *without: str) -> Counter[str]:
    """How often each number stands in a .docx file; texts that begin with one of ``without`` are left out."""
    told = [text for text in texts_of(content) if not text.startswith(without)] if without else texts_of(content)
    return Counter(number for text in told for number in numbers_in(text))


def numbers_in(text: str) -> list[str]:
    """The numbers of a text as they stand there; those of codes, months and days are none."""
    plain = re.sub(r"[A-Z]+\d*-\d+|\d{4}-\d\d(-\d\d)?|\d+ ?年|\d+月|\d+日|第\d+期|附件\d+|^\d+\. ", " ", text)
    return _NUMBER.findall(plain)

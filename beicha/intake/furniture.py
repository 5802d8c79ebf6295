"""Rows that are no archive items: totals, signatures, examples, bands and headings that stand once more."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from beicha.intake.book import Sheet

_TOTAL = re.compile(
    r"(?:.{0,6}(?:合计|小计|总计|共计|累计)|总[分数]|.{0,4}(?:平均[分值数]?|均分|均值))(?:[:(\d].*)?|(?:本?[页月季年])合计.*",
    re.S,
)
_FOOTER = re.compile(
    r"(?:填表|填报|制表|经办|审核|复核|单位负责)人"
    r"|[(*※]?(?:填表|填报|制表|填写|经办|审核|复核|审批|单位负责|负责|联系|报送|上报)人?(?:签[字名]|时间|日期|单位|电话|说明)?\)?"
    r"(?:\([^)]*\))?:.*"
    r"|[(*※]?(?:分管领导|主要领导|签[字名]|盖章|公章|注意事项|备?注\d*|说明)\)?(?:\([^)]*\))?:.*"
    r"|.{0,12}\((?:单位)?(?:盖章|公章|签[字名]|印章)\).{0,12}"
    r"|(?:20\d\d)?年\d{0,2}月\d{0,2}日",
    re.S,
)
_EXAMPLE = re.compile(
    r"[(【\[]?(?:填写|填表)?(?:示例|样例|范例|例如|例)[)】\]]?(?:[:\d].*)?|[(【\[](?:填写)?(?:示例|样例|范例|例)[)】\]].*",
    re.S,
)
_ATTACHMENT = re.compile(r"附[件表]\d{0,2}:?.*", re.S)
_BAND = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)).*", re.S)
_NUMBER = re.compile(r"[(]?\d{1,5}[).、]?|[一二三四五六七八九十]{1,3}")
_HINT = re.compile("[计分均人员导章注字例附明:：(（【]|说明|时间|单位")
"""A cheap first look: every text that the patterns above accept in a row with other cells holds one of these."""
_LONGEST = 200


def ordinary(text: str) -> str:
    """The text after NFKC without white space: the form in which rows are judged."""
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())


class Furniture:
    """Tells the rows of one table that are no items; ``columns`` are those that hold fields."""

    def __init__(self, sheet: Sheet, headings: range, columns: Sequence[int], date_column: int | None) -> None:
        self._columns = columns
        self._date_column = date_column
        self._headings = {column: {cell for row in headings if (cell := sheet.rows[row][column])} for column in columns}
        self._texts = {cell for row in headings for cell in sheet.rows[row] if cell}
        self._wide = {top for top, left, _, right in sheet.merged if right - left >= max(1, len(columns) // 2)}

    def why(self, at: int, row: Sequence[Any], is_before_headings: bool) -> str:
        """Why the row (at this place in the sheet) is no item, as a code of the catalogue; "" where it is one."""
        first = next((cell for cell in row if cell != "" and cell is not None), None)
        if first is None:
            return "blank"
        if first.__class__ is not str:
            return ""
        if first in self._texts and self._repeats_headings(row):
            return "heading_again"
        is_alone = len(row) - row.count("") - row.count(None) == 1
        if not is_alone and not _HINT.search(first):
            return ""
        text = ordinary(first)
        if _TOTAL.fullmatch(text):
            return "total"
        if _EXAMPLE.fullmatch(text):
            return "example"
        if is_alone:
            return self._why_alone(at, row.index(first), text, is_before_headings)
        return "footer" if _FOOTER.fullmatch(text) and not _is_plain_date(text) else ""

    def _why_alone(self, at: int, column: int, text: str, is_before_headings: bool) -> str:
        if _is_plain_date(text) and column == self._date_column:
            return ""
        if _FOOTER.fullmatch(text):
            return "footer"
        if is_before_headings or _ATTACHMENT.fullmatch(text):
            return "title"
        if at in self._wide or _BAND.fullmatch(text):
            return "band"
        if column in self._columns:
            return ""
        return "number_only" if _NUMBER.fullmatch(text) else "band"

    def _repeats_headings(self, row: Sequence[Any]) -> bool:
        found = [(column, cell) for column in self._columns if (cell := row[column]) not in ("", None)]
        return len(found) > 1 and all(cell in self._headings[column] for column, cell in found)


def _is_plain_date(text: str) -> bool:
    return text.startswith(("年", "20")) and text.endswith("日")


def why_without_fields(row: Sequence[Any], ordinal: int | None) -> str:
    """Why a row with nothing in any known column is no item."""
    others = [cell for at, cell in enumerate(row) if at != ordinal and str(cell).strip()]
    if others:
        return "no_field"
    return "number_only" if ordinal is not None and str(row[ordinal]).strip() else "blank"

"""The layouts in which clerks send ledgers without the template: titles, two levels, totals, footers, text files."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from typing import Any

from beicha.demo.hands import CHINESE, LOOSE, NEAT, OLD, Hand
from beicha.demo.scene import Row
from beicha.demo.sheets import Sheet, Style, Value
from scoring.ledgers import Ledger, LedgerField

Titles = tuple[str, ...]
"""The lines above the headings."""

_SUMMED = ("people", "quantity", "hours", "valid")
_EVIDENCE = "佐证材料情况"
_TAIL = ("photos", "media", "note")


def titled(ledger: Ledger, rows: Sequence[Row], titles: Titles) -> Sheet:
    """Title rows, one row of headings with 序号, Chinese dates and ticks, a footer for signatures."""
    fields = ledger.fields
    head = [["序号", *(CHINESE.heading(field) for field in fields)]]
    body = _numbered(CHINESE, fields, rows)
    return _under_titles(ledger.title, titles, head, [*body, *_signatures()], ())


def loose(ledger: Ledger, rows: Sequence[Row], titles: Titles) -> Sheet:
    """Other headings with spaces and units, words behind numbers, dates in several forms, a total in the last row."""
    head = [["序 号", *(LOOSE.heading(field) for field in ledger.fields)]]
    body = _numbered(LOOSE, ledger.fields, rows)
    return _under_titles(f"{ledger.title}（新）", titles, head, [*body, _total(ledger.fields, rows)], ())


def two_levels(ledger: Ledger, rows: Sequence[Row], titles: Titles) -> Sheet:
    """Headings on two levels: ticks and photographs stand side by side under one parent."""
    fields = _evidence_last(ledger.fields)
    first = len(fields) - sum(map(_is_evidence, fields))
    if first > len(fields) - 2:
        return _under_titles(ledger.title, titles, [[*map(NEAT.heading, fields)]], _neat(fields, rows), ())
    upper: list[Value] = [NEAT.heading(field) for field in fields[:first]]
    upper.append(_EVIDENCE)
    upper.extend([None] * (len(fields) - first - 1))
    lower: list[Value] = [*[None] * first, *[NEAT.heading(field) for field in fields[first:]]]
    top = len(titles)
    merged = [*((top, column, top + 1, column) for column in range(first)), (top, first, top, len(fields) - 1)]
    return _under_titles(ledger.title, titles, [upper, lower], _neat(fields, rows), merged)


def reordered(ledger: Ledger, rows: Sequence[Row], titles: Titles) -> Sheet:
    """The columns from another year's form: date behind the name, dates as one number, a total and a note below."""
    fields = [*ledger.fields[1:3], ledger.fields[0], *ledger.fields[3:]]
    head = [["No.", *(OLD.heading(field) for field in fields)]]
    body = _numbered(OLD, fields, rows)
    note: list[Value] = ["注：本表于每月25日前报送，照片另存。"]
    return _under_titles(ledger.title, titles, head, [*body, _total(fields, rows), note], ())


def separated(ledger: Ledger, rows: Sequence[Row], titles: Titles) -> bytes:
    """A text file with commas as an older program saves it, in GB18030."""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows([title] for title in titles)
    writer.writerow(["序号", *(CHINESE.heading(field) for field in ledger.fields)])
    writer.writerows(_numbered(CHINESE, ledger.fields, rows))
    return target.getvalue().encode("gb18030")


def declarations(reasons: Mapping[str, str]) -> Sheet:
    """The sheet of what is not applicable, as clerks copy it."""
    rows: list[list[Value]] = [["序号", "标准代码", "原因"]]
    rows += [[number, code, reason] for number, (code, reason) in enumerate(reasons.items(), 1)]
    return Sheet("不适用申报", rows, looks={0: "heading"})


def instructions() -> Sheet:
    """A first sheet that holds no ledger."""
    return Sheet(
        "填表说明", [["填表说明"], ["一、各表按实际情况填写。"], ["二、没有的填“无”，不要留空行。"]], looks={0: "title"}
    )


def _is_evidence(field: LedgerField) -> bool:
    return field.type == "yes_no" or field.code in _TAIL[:2]


def _evidence_last(fields: Sequence[LedgerField]) -> list[LedgerField]:
    note = [field for field in fields if field.code == "note"]
    plain = [field for field in fields if not _is_evidence(field) and field not in note]
    return plain + note + [field for field in fields if _is_evidence(field)]


def _neat(fields: Sequence[LedgerField], rows: Sequence[Row]) -> list[list[Value]]:
    return [NEAT.row(fields, row, number) for number, row in enumerate(rows)]


def _numbered(hand: Hand, fields: Sequence[LedgerField], rows: Sequence[Row]) -> list[list[Value]]:
    return [[number, *hand.row(fields, row, number)] for number, row in enumerate(rows, 1)]


def _total(fields: Sequence[LedgerField], rows: Sequence[dict[str, Any]]) -> list[Value]:
    """合计, and below the first column of counts its sum."""
    summed = next((at for at, field in enumerate(fields, 1) if field.code in _SUMMED), None)
    total: list[Value] = ["合计", *[None] * len(fields)]
    if summed:
        total[summed] = sum(row.get(fields[summed - 1].code) or 0 for row in rows)
    return total


def _signatures() -> list[list[Value]]:
    return [[None], ["填表人：文书", None, None, "审核人：主任", None, None, "（盖章）"]]


def _under_titles(
    name: str,
    titles: Titles,
    head: Sequence[Sequence[Value]],
    body: Sequence[Sequence[Value]],
    merged: Sequence[tuple[int, int, int, int]],
) -> Sheet:
    width = max(map(len, head))
    looks: dict[int, Style] = dict.fromkeys(range(len(titles)), "title")
    looks |= dict.fromkeys(range(len(titles), len(titles) + len(head)), "heading")
    across = [(row, 0, row, width - 1) for row in range(len(titles))]
    return Sheet(name, [*([title] for title in titles), *head, *body], [*across, *merged], looks)

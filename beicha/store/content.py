"""What a submission says, as one compressed blob: every ledger column by column, and where each row stood."""

import hashlib
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from scoring.facts import Report, Rows
from scoring.texts import normal

FAST = 1
"""zlib's quickest level: the blob is a fifth of the text, in a third of the time of the usual level."""


@dataclass(frozen=True)
class Source:
    """The file that a ledger's rows came from."""

    file: str
    sha256: str


@dataclass(frozen=True)
class Correction:
    """A cell of a file that a person put right on the page before it was stored.

    ``row`` as Excel shows it, ``column`` its letter, ``found`` what stood there, ``text`` what counts instead;
    ``ledger`` and ``field`` are codes, "" where the cell lies outside of the ledgers.
    """

    file: str
    sheet: str
    row: int
    column: str
    found: str
    text: str
    heading: str = ""
    ledger: str = ""
    field: str = ""


@dataclass(frozen=True)
class Content:
    """One submission's facts.

    ``originals`` holds the texts as they stood, by ledger and field, where cleaning changed them;
    ``sources`` the file of each ledger, which differs from the submission's own where a ledger was carried over;
    ``corrections`` what a person put right in the files, which does not count for ``content_hash``.
    """

    ledgers: Mapping[str, Rows]
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    originals: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @property
    def row_count(self) -> int:
        """The rows of all ledgers together."""
        return sum(len(rows) for rows in self.ledgers.values())

    def report(self, community: str, month: int, kept_by: Any) -> Report:
        """The same as scoring sees it."""
        return Report(community, month, self.ledgers, self.not_applicable, kept_by)


def pack(content: Content) -> bytes:
    """The content as a blob."""
    return compress(pack_plain(content))


def unpack(blob: bytes) -> Content:
    """The content that ``pack`` made a blob of."""
    return unpack_plain(expand(blob))


def pack_plain(content: Content) -> dict[str, Any]:
    """The content as JSON values."""
    ledgers = {code: _ledger(content, code, rows) for code, rows in content.ledgers.items()}
    corrections = [asdict(correction) for correction in content.corrections]
    return {"ledgers": ledgers, "not_applicable": dict(content.not_applicable), "corrections": corrections}


def unpack_plain(found: Mapping[str, Any]) -> Content:
    """The content that ``pack_plain`` wrote; it takes over the lists of ``found``."""
    ledgers = found["ledgers"]
    return Content(
        {code: _rows(ledger) for code, ledger in ledgers.items()},
        found["not_applicable"],
        {code: ledger["originals"] for code, ledger in ledgers.items() if ledger["originals"]},
        {code: Source(*ledger["source"]) for code, ledger in ledgers.items() if ledger["source"]},
        tuple(Correction(**correction) for correction in found.get("corrections", ())),
    )


def compress(value: Any, default: Callable[[Any], Any] | None = None) -> bytes:
    """A JSON value as a blob; ``default`` says what other values stand for."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=default).encode(), FAST)


def expand(blob: bytes) -> Any:
    """The JSON value of a blob."""
    return json.loads(zlib.decompress(blob))


def content_hash(content: Content) -> str:
    """A SHA-256 over what was said, however it was written: not over sheets, row numbers, spaces or widths of letters.

    A column without any value counts like a column that is not there.
    """
    plain = {
        "ledgers": {code: [len(rows), _normal_columns(rows)] for code, rows in content.ledgers.items()},
        "not_applicable": {code: normal(reason) for code, reason in content.not_applicable.items()},
    }
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _ledger(content: Content, code: str, rows: Rows) -> dict[str, Any]:
    sheets = list(dict.fromkeys(rows.sheet))
    number = {sheet: position for position, sheet in enumerate(sheets)}
    dated = [name for name, values in rows.values.items() if date in _kinds(values)]
    source = content.sources.get(code)
    return {
        "sheets": sheets,
        "sheet": [number[sheet] for sheet in rows.sheet],
        "row": rows.row,
        "dated": dated,
        "values": {name: _days(values) if name in dated else values for name, values in rows.values.items()},
        "originals": dict(content.originals.get(code, {})),
        "source": [source.file, source.sha256] if source else None,
    }


def _days(values: list[Any]) -> list[int | None]:
    return [None if value is None else value.toordinal() for value in values]


def _rows(ledger: dict[str, Any]) -> Rows:
    values = ledger["values"]
    for name in ledger["dated"]:
        values[name] = [None if day is None else date.fromordinal(day) for day in values[name]]
    sheets = ledger["sheets"]
    return Rows([sheets[number] for number in ledger["sheet"]], ledger["row"], values)


def _normal_columns(rows: Rows) -> dict[str, list[Any]]:
    known = _Normal()
    columns = {name: _normal_column(values, known) for name, values in rows.values.items()}
    return {name: values for name, values in columns.items() if any(value is not None for value in values)}


def _normal_column(values: list[Any], known: "_Normal") -> list[Any]:
    """A column as it is compared. What kinds of value it holds is asked once, for rows are many."""
    kinds = _kinds(values)
    if str in kinds:
        return [known[value] if value.__class__ is str else value for value in values]
    if list in kinds:
        return [None if value is None else [normal(part) for part in value] for value in values]
    if float in kinds:
        return [int(value) if value.__class__ is float and value.is_integer() else value for value in values]
    return _days(values) if date in kinds else values


class _Normal(dict[str, str | None]):
    """Texts as they are compared, worked out once each; a blank is None."""

    def __missing__(self, text: str) -> str | None:
        found = self[text] = normal(text) or None
        return found


def _kinds(values: list[Any]) -> set[type]:
    return set(map(type, values))

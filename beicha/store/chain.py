"""The chain of the audit: each row holds a digest over itself and over the digest of the row before it.

Whoever changes, adds or removes a row has to work out all later digests anew. docs/audit.md says how a row is written
for its digest, so that others can check it without this program, and what the chain cannot show by itself.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

START = "0" * 64
"""What stands in place of a digest before the first row."""

What = Literal["start", "gap", "previous", "digest"]
"""What does not fit: the beginning, the number, the digest of the row before, the row's own."""


@dataclass(frozen=True)
class Said:
    """What a row says, the particulars as they stand in the table: JSON text."""

    seq: int
    at: datetime
    actor: str
    address: str
    action: str
    object: str
    details: str


@dataclass(frozen=True)
class Link:
    """A row with its place in the chain."""

    said: Said
    previous: str
    digest: str


def written(said: Said) -> bytes:
    """The row as its digest is worked out over it: a JSON list without blanks, in UTF-8, the moment in UTC."""
    moment = said.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    values = [said.seq, moment, said.actor, said.address, said.action, said.object, said.details]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def digest_of(previous: str, said: Said) -> str:
    """SHA-256 over the digest of the row before, a line feed, and the row as it is written."""
    return hashlib.sha256(previous.encode("ascii") + b"\n" + written(said)).hexdigest()


def fault(link: Link, seq: int, previous: str) -> What | None:
    """What does not fit where a row of this number is due after this digest; None where all does."""
    if link.said.seq != seq:
        return "gap"
    if link.previous != previous:
        return "previous"
    return None if link.digest == digest_of(previous, link.said) else "digest"

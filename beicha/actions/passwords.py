"""Passwords and one-time codes: how they are kept, compared and refused. None of them is ever shown or logged again."""

import hashlib
import secrets
import unicodedata
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

Fault = Literal["short", "long", "login", "common", "wrong", "tries", "same", "demo", "elsewhere"]
"""What speaks against a new password; the last five only where a person changes their own."""

LEAST, MOST = 10, 200
COMMON = frozenset((Path(__file__).resolve().parents[2] / "data" / "common-passwords.txt").read_text("utf-8").split())
"""The commonest passwords of at least that length, and what somebody here would think of first."""

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without the letters and digits that are taken for each other on paper."""
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = BoundedSemaphore(2)
"""So many hashes are worked out at once, 19 MiB each, however many people come at the same time."""
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))


def fault_of(password: str, login: str) -> Fault | None:
    """What speaks against a new password, None where nothing does."""
    meant = _meant(password)
    if len(meant) < LEAST:
        return "short"
    if len(meant) > MOST:
        return "long"
    if _meant(login).casefold() in (meant.casefold(), meant[::-1].casefold()):
        return "login"
    return "common" if meant.casefold() in COMMON or len(set(meant)) < 3 else None


def hashed(password: str) -> str:
    """The password as it is kept: argon2id with a salt of its own."""
    with _AT_ONCE:
        return _HASHER.hash(_meant(password))


def matches(kept: str | None, password: str) -> bool:
    """Whether it is the password that was kept; where none was, it takes as long to say no."""
    try:
        with _AT_ONCE:
            right = _HASHER.verify(kept or _NOBODY, _meant(password)[: MOST + 1])
    except VerificationError:
        return False
    return right and kept is not None


def new_code() -> str:
    """A one-time code for one person, in groups that can be read out: 79 bits of chance."""
    return _in_groups(4)


def new_link_password() -> str:
    """A password for a share link that can be read out over the telephone: 39 bits of chance."""
    return _in_groups(2)


def _in_groups(count: int) -> str:
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(count))


def code_digest(code: str) -> str:
    """The digest by which a one-time code is known, however its letters and hyphens were typed."""
    return digest("".join(letter for letter in _meant(code).casefold() if letter.isalnum()))


def new_token() -> str:
    """A token of 256 bits for a session."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """The digest by which a token is known here."""
    return hashlib.sha256(token.encode("utf-8", errors="surrogateescape")).hexdigest()


def _meant(password: str) -> str:
    """Full-width letters of a Chinese keyboard are the same as plain ones."""
    return unicodedata.normalize("NFKC", password)

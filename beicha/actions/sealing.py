"""What is kept sealed, by keys in a file beside the database and never in it: a copy of the database opens nothing.

The file ``sealing.keys`` in the home folder holds a key a line. The first one seals; the others open what was sealed
before, until everything is sealed anew.
"""

import os
import secrets
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from beicha.store.opening import home

FILE = "sealing.keys"


def seal(text: str, purpose: str) -> str:
    """The text, sealed with the newest key and the time, for one purpose alone."""
    return _keys().encrypt(f"{purpose}\n{text}".encode()).decode()


def unsealed(sealed: str, purpose: str, within: timedelta | None = None) -> str | None:
    """What was sealed for this purpose, not longer ago than ``within``.

    None where no key opens it, it was changed, is older, or stood elsewhere: one account's for another's.
    """
    try:
        text = _keys().decrypt(sealed.encode(), int(within.total_seconds()) if within else None).decode()
    except (InvalidToken, UnicodeEncodeError):
        return None
    meant, _, found = text.partition("\n")
    return found if meant == purpose else None


def add_key() -> None:
    """Put a new key before the others; what they sealed still opens."""
    _keys()
    _write([Fernet.generate_key().decode(), *_lines()])


def drop_old_keys() -> None:
    """Forget all keys but the newest."""
    _write(_lines()[:1])


def _keys() -> MultiFernet:
    """The keys in the file, which is made where there is none."""
    if not _path().exists():
        _make()
    return MultiFernet([Fernet(line) for line in _lines()])


def _lines() -> list[str]:
    return _path().read_text("ascii").split()


def _path() -> Path:
    return home() / FILE


def _make() -> None:
    """Write the file with one new key, whole or not at all; where another process was faster, its key stands."""
    draft = _draft([Fernet.generate_key().decode()])
    with suppress(FileExistsError):
        os.link(draft, _path())
    draft.unlink()


def _write(keys: list[str]) -> None:
    _draft(keys).replace(_path())


def _draft(keys: list[str]) -> Path:
    """The keys in a file of another name, on the disk and for this user alone."""
    home().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = home() / f"{FILE}.{secrets.token_hex(8)}"
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return path

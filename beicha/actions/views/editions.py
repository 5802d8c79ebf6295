"""The editions there are, and which of them is in force from when."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EditionEntry:
    """An edition in the list: its digest, names, and the months from which it is in force."""

    digest: str
    name: str
    title: str
    version: str
    in_force_from: tuple[str, ...]

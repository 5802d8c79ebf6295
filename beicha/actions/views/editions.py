"""The editions there are, which of them is in force from when, and what each changed."""

from dataclasses import dataclass

from beicha.actions.grants import Grant, require
from beicha.actions.views.checklist import Changes, changes
from beicha.store import Store
from beicha.store import editions as stored
from scoring.edition import Edition


@dataclass(frozen=True)
class EditionEntry:
    """An edition in the list: its digest, names, and the months from which it is in force."""

    digest: str
    name: str
    title: str
    version: str
    in_force_from: tuple[str, ...]

    @property
    def label(self) -> str:
        """What tells it from others in a list to choose from."""
        return f"{self.title} {self.version} · {self.digest[:8]}"


def all_editions(grant: Grant, store: Store) -> tuple[EditionEntry, ...]:
    """Every edition there is: those in force, the newest first, then the others, the newest first."""
    require(grant, "see")
    with store.read() as view:
        timeline = stored.timeline(view)
        months: dict[int, list[str]] = {}
        for activation in timeline.activations:
            if timeline.at(activation.from_period) == activation.edition:
                months.setdefault(activation.edition, []).append(activation.from_period)
        found = [
            EditionEntry(item.digest, item.name, item.title, item.version, tuple(sorted(set(months.get(item.seq, [])))))
            for item in reversed(stored.all_editions(view))
        ]
    return tuple(sorted(found, key=lambda entry: max(entry.in_force_from, default=""), reverse=True))


def load_edition(grant: Grant, store: Store, digest: str) -> Edition:
    """The edition with this digest; raises KeyError where there is none."""
    require(grant, "see")
    with store.read() as view:
        for item in stored.all_editions(view):
            if item.digest == digest:
                return stored.load(view, item.seq).edition
    raise KeyError(digest)


def changes_of(grant: Grant, store: Store, digest: str) -> Changes | None:
    """What changed from the edition before; None for a first one.

    Before comes the one that the edition says it follows, else the one added before it here.
    """
    require(grant, "see")
    with store.read() as view:
        listed = stored.all_editions(view)
        place = next(number for number, item in enumerate(listed) if item.digest == digest)
        edition = stored.load(view, listed[place].seq).edition
        named = [item for item in listed[:place] if item.name == edition.follows]
        former = [*listed[:place], *named][-1:]
        return changes(stored.load(view, former[0].seq).edition, edition) if former else None

"""A checklist edition to read, and what changed in it from the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scoring.edition import Criterion, Edition


@dataclass(frozen=True)
class Repointed:
    """A criterion that is worth something else than before; ``code`` is the new one."""

    code: str
    title: str
    before: float
    after: float


@dataclass(frozen=True)
class Changed:
    """A criterion whose code, title, standard, rule or lines changed; ``what`` names the keys."""

    code: str
    title: str
    former_code: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What changed from one edition to the next, criterion by criterion, in the order of the editions."""

    before: str
    added: tuple[Criterion, ...]
    dropped: tuple[Criterion, ...]
    repointed: tuple[Repointed, ...]
    changed: tuple[Changed, ...]

    @property
    def none(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.added or self.dropped or self.repointed or self.changed)


LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "standard": ("standard",),
    "rule": ("rule", "ledger", "where", "window", "dated", "due", "verified_by", "optional"),
    "lines": ("lead", "supporting"),
    "section": ("section",),
}
"""What is told apart as changed, and the keys of a criterion that make it up."""


def changes(before: Edition, after: Edition) -> Changes:
    """The differences between two editions, following the newer one's map of renamed criteria."""
    former = {new: old for old, new in after.renames.criteria.items()}
    old = {criterion.code: criterion for criterion in before.criteria}
    pairs = [(old.get(former.get(new.code, new.code)), new) for new in after.criteria]
    kept = [(was, now) for was, now in pairs if was is not None]
    known = {was.code for was, _ in kept}
    return Changes(
        before=f"{before.title} {before.version}",
        added=tuple(now for was, now in pairs if was is None),
        dropped=tuple(criterion for criterion in before.criteria if criterion.code not in known),
        repointed=tuple(
            Repointed(now.code, now.title, was.points, now.points) for was, now in kept if was.points != now.points
        ),
        changed=tuple(_changed(kept)),
    )


def _changed(kept: Iterable[tuple[Criterion, Criterion]]) -> Iterable[Changed]:
    for was, now in kept:
        what = tuple(word for word, keys in LOOKED_AT.items() if _differ(was, now, keys))
        if was.code != now.code or what:
            yield Changed(now.code, now.title, was.code if was.code != now.code else "", what)


def _differ(was: Criterion, now: Criterion, keys: Iterable[str]) -> bool:
    return any(getattr(was, key) != getattr(now, key) for key in keys)

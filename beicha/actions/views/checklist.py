"""A checklist edition to read, and what changed in it from the one before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.edition import Bonus, Criterion, Edition, Veto
from scoring.edition_pairs import fresh, paired, pairs


@dataclass(frozen=True)
class Repointed:
    """A criterion that is worth something else than before; ``code`` is the new one."""

    code: str
    title: str
    before: float
    after: float


@dataclass(frozen=True)
class Changed:
    """A criterion that changed in something else than its points; ``what`` names it by the keys of LOOKED_AT.

    ``was`` is the criterion in the edition before, ``now`` in the newer one.
    """

    code: str
    title: str
    former_code: str
    what: tuple[str, ...]
    was: Criterion
    now: Criterion


@dataclass(frozen=True)
class Setting:
    """Something besides the criteria that changed: what, of which item ('' for the edition itself), and its values.

    ``what`` is a key of the edition, the word for an item that was added or dropped (or, of bonuses and vetoes,
    changed), or such a word with the key that changed behind a point. None stands for what is not there.
    """

    what: str
    of: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Changes:
    """What changed from one edition to the next, criterion by criterion, in the order of the editions."""

    old: Edition
    new: Edition
    added: tuple[Criterion, ...]
    dropped: tuple[Criterion, ...]
    repointed: tuple[Repointed, ...]
    changed: tuple[Changed, ...]
    settings: tuple[Setting, ...]

    @property
    def before(self) -> str:
        """What the edition before is called."""
        return f"{self.old.title} {self.old.version}"

    @property
    def none(self) -> bool:
        """Whether nothing changed at all."""
        return not (self.added or self.dropped or self.repointed or self.changed or self.settings)


LOOKED_AT: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "standard": ("standard",),
    "rule": ("rule",),
    "ledger": ("ledger",),
    "where": ("where",),
    "window": ("window", "dated"),
    "due": ("due",),
    "verified_by": ("verified_by",),
    "optional": ("optional",),
    "lines": ("lead", "supporting"),
    "section": ("section", "indicator"),
    "method": ("method",),
    "remedy": ("remedy",),
    "source": ("source",),
    "examples": ("examples",),
}
"""What is told apart as changed, and the keys of a criterion that make it up."""
RULE = ("rule", "ledger", "where", "window", "due", "verified_by", "optional")
"""Those that the words of a rule say."""
SETTINGS = (
    "name", "title", "version", "follows", "renames", "description",
    "pass_mark", "bands", "lowest_band", "not_applicable", "not_inspected",
    "weighted_by", "cycle_weights", "bonus_floor", "bonus_cap",
)  # fmt: skip
"""What an edition says of itself, and is listed where it changed."""


def changes(before: Edition, after: Edition) -> Changes:
    """The differences between two editions, following the newer one's map of renamed criteria."""
    both = pairs(before, after)
    kept = [(was, now) for was, now in both if was is not None and now is not None]
    return Changes(
        before,
        after,
        added=tuple(now for was, now in both if was is None and now is not None),
        dropped=tuple(was for was, now in both if was is not None and now is None),
        repointed=tuple(
            Repointed(now.code, now.title, was.points, now.points) for was, now in kept if was.points != now.points
        ),
        changed=tuple(_changed(kept)),
        settings=tuple(_settings(before, after)),
    )


def _changed(kept: Iterable[tuple[Criterion, Criterion]]) -> Iterable[Changed]:
    for was, now in kept:
        what = tuple(word for word, keys in LOOKED_AT.items() if _differ(was, now, keys))
        if was.code != now.code or what:
            yield Changed(now.code, now.title, was.code if was.code != now.code else "", what, was, now)


def _differ(was: Criterion, now: Criterion, keys: Iterable[str]) -> bool:
    return any(getattr(was, key) != getattr(now, key) for key in keys)


def _settings(before: Edition, after: Edition) -> Iterable[Setting]:
    for key in SETTINGS:
        was, now = getattr(before, key), getattr(after, key)
        if was != now:
            yield Setting(key, "", was, now)
    yield from _order(before, after)
    renamed = fresh(before.renames.ledgers, after.renames.ledgers)
    yield from _items("line", (before.lines, after.lines), ("title",))
    yield from _items("section", (before.sections, after.sections), ("title", "share", "gate", "indicators"))
    yield from _items("ledger", (before.ledgers, after.ledgers), _parts, renamed)
    yield from _extras("bonus", before.bonuses, after.bonuses)
    yield from _extras("veto", before.vetoes, after.vetoes)


def _order(before: Edition, after: Edition) -> Iterable[Setting]:
    """The codes before and after, where criteria that stay stand in another order."""
    kept = [(was.code, now.code) for was, now in pairs(before, after) if was is not None and now is not None]
    places = {criterion.code: place for place, criterion in enumerate(before.criteria)}
    if kept != sorted(kept, key=lambda codes: places[codes[0]]):
        yield Setting("order", "", tuple(places), tuple(criterion.code for criterion in after.criteria))


def _extras(what: str, before: Sequence[Bonus | Veto], after: Sequence[Bonus | Veto]) -> Iterable[Setting]:
    """Bonuses or vetoes that were added, dropped, or changed in anything."""
    was, now = ({item.code: item for item in items} for items in (before, after))
    for code in dict.fromkeys((*now, *was)):
        if was.get(code) != now.get(code):
            yield Setting(what, (now.get(code) or was[code]).title, was.get(code), now.get(code))


Keys = Sequence[str] | Callable[[Any], Sequence[str]]


def _parts(item: Any) -> Sequence[str]:
    """All that an item says besides its code."""
    return [key for key in type(item).model_fields if key != "code"]


def _items(
    what: str, lists: tuple[Sequence[Any], Sequence[Any]], keys: Keys, renames: Mapping[str, str] | None = None
) -> Iterable[Setting]:
    """The items of a list that were added, dropped, or changed in one of the keys."""
    for was, now in paired(*lists, renames or {}):
        if was is None or now is None:
            yield Setting(what, (now or was).title, was, now)
            continue
        for key in keys if not callable(keys) else keys(now):
            if getattr(was, key) != getattr(now, key):
                yield Setting(f"{what}.{key}", now.title, getattr(was, key), getattr(now, key))

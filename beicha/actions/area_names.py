"""Areas by what people call them: a code, a name with or without its ending, a street's name before it."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from beicha.intake.communities import bare_name
from scoring.facts import Area
from scoring.texts import normal

_BETWEEN = re.compile(r"[\s·/\\>—–-]+")
EVERYWHERE = frozenset(("全区", "全市", "全县", "全部", "所有", "不限"))


def descending(tree: Sequence[Area]) -> list[Area]:
    """The areas of a tree, each followed by those below it, in the office's order."""
    known = {area.code for area in tree}
    below: dict[str | None, list[Area]] = {}
    for area in tree:
        below.setdefault(area.parent if area.parent in known else None, []).append(area)
    return _below(below, None)


def _below(below: Mapping[str | None, Sequence[Area]], code: str | None) -> list[Area]:
    found: list[Area] = []
    for area in below.get(code, ()):
        found += [area, *_below(below, area.code)]
    return found


class AreaNames:
    """The areas of an office, to be found by what somebody wrote."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = areas
        self._above = {area.code: area for area in areas}
        self._by_key: dict[str, dict[str, Area]] = {}
        for area in areas:
            for key in self._keys(area):
                self._by_key.setdefault(key, {})[area.code] = area

    def find(self, text: str, kinds: Sequence[str] = ()) -> tuple[Area, ...]:
        """The areas that a text may mean: the one of that code, else those of the name, of these kinds if any is."""
        by_code = self._above.get(normal(text))
        if by_code is not None:
            return (by_code,)
        found = tuple(self._by_key.get(_key(text), {}).values()) or tuple(
            self._by_key.get(bare_name(text), {}).values()
        )
        return tuple(area for area in found if area.kind in kinds) or found

    def near(self, text: str) -> list[str]:
        """Names that are written nearly so."""
        names = {_key(area.name): area.name for area in self._areas}
        return [names[key] for key in get_close_matches(_key(text), names, n=3, cutoff=0.6)]

    def told(self, area: Area) -> str:
        """The area so that it cannot be taken for another: its street, name and code."""
        above = self._above.get(area.parent or "")
        return f"{above.name if above else ''}{area.name}（{area.code}）"

    def _keys(self, area: Area) -> set[str]:
        above = self._above.get(area.parent or "")
        bare = bare_name(area.name)
        keys = {_key(area.name), _key(above.name + area.name) if above else ""}
        if area.kind == "community":
            keys |= {bare, _key(above.name) + bare if above and bare else ""}
        return keys - {""}


def _key(text: str) -> str:
    return _BETWEEN.sub("", normal(text)).casefold()

"""Which community a name means: 桂花社区, 桂花社居委 and 桂花 are one."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from beicha.intake.synonyms import whole_key
from scoring.facts import Area

_ENDING = re.compile(r"(?:社区)?(?:居民委员会|村民委员会|居委会|村委会|社居委|社区|村)$")
_BLANKS = re.compile(r"^[_\s]+|[_\s]+$")
_IN_TEXT = re.compile(r"([\u4e00-\u9fffA-Za-z0-9]{1,16}?)社区")
_GAPS = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_AREAS_ABOVE = re.compile(r"街道|办事处|管区|[镇乡区县市]")
_NO_NAMES = ("各", "本", "我", "该", "全", "文明", "示范", "和谐", "智慧", "城市", "所有", "每个")
_SHORTEST = 2
_NEAR = 3


def bare_name(text: str) -> str:
    """A community's name as names are compared: NFKC, no white space, no underlines, no ending 社区 or the like."""
    key = whole_key(_BLANKS.sub("", text))
    return _ENDING.sub("", key) or ""


@dataclass(frozen=True)
class Named:
    """What a name came to: the community's code and name; or, without a code, names it may mean or that are near."""

    code: str | None
    name: str
    near: tuple[str, ...] = ()
    is_ambiguous: bool = False


class Communities:
    """The communities that may be named; where there are none, every name is taken as it is written."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._areas = [area for area in areas if area.kind == "community"]
        self._by_code = {area.code: area for area in self._areas}
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        self._by_bare: dict[str, list[Area]] = defaultdict(list)
        for area in self._areas:
            self._by_name[whole_key(area.name)].append(area)
            self._by_bare[bare_name(area.name) or whole_key(area.name)].append(area)

    def find(self, text: str) -> Named:
        """The community that the text (a name or a code) means."""
        name = _BLANKS.sub("", text).strip()
        if not self._areas:
            written = _GAPS.sub("", name)
            return Named(written, written)
        exact = self._by_code.get(name)
        found = [exact] if exact else self._by_name.get(whole_key(name)) or self._by_bare.get(bare_name(name)) or []
        if len(found) == 1:
            return Named(found[0].code, found[0].name)
        if found:
            return Named(None, name, tuple(f"{area.name} ({area.code})" for area in found), is_ambiguous=True)
        within = self.mentioned(name)
        return self.find(within) if within and within != name else Named(None, name, self._near(name))

    def _near(self, name: str) -> tuple[str, ...]:
        bare = bare_name(name)
        near = get_close_matches(bare, list(self._by_bare), n=_NEAR, cutoff=0.4)
        return tuple(area.name for key in near for area in self._by_bare[key])

    def mentioned(self, text: str) -> str:
        """The community named somewhere in a file's name, as it stands there; "" where there is none."""
        key = whole_key(text)
        written = self._known_in(key) or _written(key)
        if written:
            return written
        bare = [name for name in self._by_bare if len(name) >= _SHORTEST and name in key]
        return self._by_bare[bare[0]][0].name if len(bare) == 1 else ""

    def titled(self, text: str) -> str:
        """The community that a title speaks of: a known one; where none are, the one it starts with; else ""."""
        key = whole_key(text)
        if self._areas:
            return self._known_in(key)
        written = _written(key)
        return written if written and key.startswith(written) else ""

    def _known_in(self, key: str) -> str:
        known = [name for name in self._by_name if name in key]
        return self._by_name[max(known, key=len)][0].name if known else ""


def _written(key: str) -> str:
    """A name before the word 社区, without the areas above it."""
    for match in _IN_TEXT.finditer(key):
        parts = [part for part in _AREAS_ABOVE.split(match[1]) if part]
        name = parts[-1] if parts else ""
        if len(name) >= _SHORTEST and not name.endswith(_NO_NAMES) and not name.isdigit():
            return f"{name}社区"
    return ""

"""Which community a name means: 桂花社区, 桂花社居委 and 桂花 are one."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from beicha.intake.synonyms import heading_key, names, whole_key
from scoring.facts import Area

_ENDING = re.compile(r"(?:社区)?(?:居民委员会|村民委员会|居委会|村委会|社居委|社区|村)$")
_BLANKS = re.compile(r"^[_\s]+|[_\s]+$")
_IN_TEXT = re.compile(r"([\u4e00-\u9fffA-Za-z0-9]{1,16}?)社区")
_GAPS = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
_AREAS_ABOVE = re.compile(r"街道|办事处|管区|[镇乡区县市]")
_NO_PLACE_BEHIND = r"(?!道|街|路|镇|乡|办事处|管区)"
_NUMBERED = re.compile(r"^(?:第?[一二三四五六七八九十]{1,3}[、.:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,3}[、.])")
_BEHIND = re.compile(r"(?:管?辖区(?:范围)?|\([^()]*\)|[:;、。])+$")
_CALLED_SO = re.compile(r"\w{2,10}(?:社区居?(?:民委员会|委会)|社区|居委会|社居委|村委会|村民委员会)")
_STREET = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:街道(?:办事处)?|镇(?:人民政府)?|乡(?:人民政府)?|管区|片区)")
_STREET_ENDING = re.compile(r"(?:街道办事处|街道|办事处|镇人民政府|镇|乡人民政府|乡|管区|片区)$")
_OFFICE = re.compile(r"(?:街道|办事处|镇|乡|[区县市])(?:文明办|人民政府|办事处|党工委)?$(?<!社区)")
_NO_NAMES = ("各", "本", "我", "该", "全", "文明", "示范", "和谐", "智慧", "城市", "所有", "每个", "创建", "平安")
_SHORTEST = 2
_NEAR = 3
_NEAR_ENOUGH = 40


def bare_name(text: str) -> str:
    """A community's name as names are compared: NFKC, no white space, no underlines, no ending 社区 or the like."""
    key = whole_key(_BLANKS.sub("", text))
    return _ENDING.sub("", key) or ""


@dataclass(frozen=True)
class Named:
    """What a name came to: the community's code and name; or, without a code, those it may mean or that are near.

    ``near`` holds names to be shown, ``codes`` the code of each.
    """

    code: str | None
    name: str
    near: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    is_ambiguous: bool = False


class Communities:
    """The communities that may be named; where there are none, every name is taken as it is written.

    Among the areas may be those above them: a street tells two communities of one name apart.
    ``meant`` says for names (as ``whole_key`` gives them) which community a person confirmed that they mean, by code;
    ``confirmed`` holds those of them that were met.
    """

    def __init__(self, areas: Sequence[Area], meant: Mapping[str, str] = MappingProxyType({})) -> None:
        self._meant = meant
        self.confirmed: dict[str, Named] = {}
        self._areas = [area for area in areas if area.kind == "community"]
        self._by_code = {area.code: area for area in self._areas}
        self._above = {area.code: area for area in areas if area.kind != "community"}
        self._streets = {_street_key(area.name) for area in self._above.values() if area.kind != "district"}
        self._by_name: dict[str, list[Area]] = defaultdict(list)
        self._by_bare: dict[str, list[Area]] = defaultdict(list)
        for area in self._areas:
            self._by_name[whole_key(area.name)].append(area)
            self._by_bare[bare_name(area.name) or whole_key(area.name)].append(area)

    @property
    def are_known(self) -> bool:
        """Whether it is known at all which communities there are."""
        return bool(self._areas)

    def find(self, text: str, street: str = "") -> Named:
        """The community that the text (a name or a code) means, in the ``street`` where several are called so."""
        name = _BLANKS.sub("", text).strip()
        if not self._areas:
            written = _GAPS.sub("", name)
            return Named(written, written)
        said = self._by_code.get(self._meant.get(whole_key(name), ""))
        if said:
            return self.confirmed.setdefault(name, Named(said.code, said.name))
        found = self._candidates(name)
        if len(found) > 1:
            found = [area for area in found if self._lies_in(area, street or name)] or found
        if len(found) == 1:
            return Named(found[0].code, found[0].name)
        if found:
            return _not_found(name, found, is_ambiguous=True)
        within = self.mentioned(name)
        if within and within != name:
            return self.find(within, street or name)
        return _not_found(name, self._near(name))

    def named_by(self, line: str) -> str:
        """The community that a line of its own (a band, a sheet's name) names, known or not; "" where there is none."""
        name = _core(line)
        if self._candidates(name):
            return name
        known = self._known_in(whole_key(line))
        if known or self.street_of(line):
            return known
        is_a_name = _CALLED_SO.fullmatch(name) and not (bare_name(name) or "各").endswith(_NO_NAMES)
        return name if is_a_name else ""

    def street_against(self, named: Named, street: str) -> str:
        """The name of the street in which the community lies, where ``street`` names another known one; else ""."""
        area = self._by_code.get(named.code or "")
        key = _street_key(street)
        if area is None or not key or key not in self._streets or self._lies_in(area, street):
            return ""
        return next((above.name for above in self._areas_above(area)), "")

    def street_of(self, line: str) -> str:
        """The street or the like that a line of its own names; "" where it names none."""
        name = _core(line)
        if not _STREET.fullmatch(name) or self._candidates(name):
            return ""
        return name if not self._streets or _street_key(name) in self._streets else ""

    def street_in(self, text: str) -> str:
        """The street that a title or a line speaks of; "" where it speaks of none."""
        key = whole_key(text)
        known = [area.name for area in self._above.values() if area.kind != "district" and whole_key(area.name) in key]
        return max(known, key=len) if known else self.street_of(text)

    def is_above(self, text: str) -> bool:
        """Whether a name is that of an area above communities, such as a street that sends for all of its own."""
        if self._areas and (self._candidates(text) or self.mentioned(text)):
            return False
        key = whole_key(text)
        return any(whole_key(area.name) in key for area in self._above.values()) or bool(_OFFICE.search(key))

    def is_place(self, line: str) -> bool:
        """Whether a line holds nothing but the name of a community or of a street, as one calls it in full."""
        name = _core(line)
        if self.street_of(line):
            return True
        if self._areas:
            return bool(self._candidates(name)) and (name in self._by_name or bare_name(name) != name)
        return bool(self.named_by(line))

    def identity(self, named: Named) -> str:
        """What tells the community from every other one: its code, or where none are known the bare name."""
        code = named.code if self._areas else None
        return code or bare_name(named.name) or named.name

    def mentioned(self, text: str) -> str:
        """The one community named somewhere in a file's name, as it stands there; "" where there is none."""
        key = whole_key(text)
        known = [name for name in self._by_name if name in key]
        if known or (written := _written(key)):
            return self._known_in(key) if known else written
        bare = [name for name in self._by_bare if len(name) >= _SHORTEST and name in key]
        bare = [name for name in bare if re.search(re.escape(name) + _NO_PLACE_BEHIND, key)]
        return self._by_bare[bare[0]][0].name if len(bare) == 1 else ""

    def titled(self, text: str) -> str:
        """The community that a title speaks of: a known one; where none are, the one it starts with; else ""."""
        key = whole_key(text)
        if self._areas:
            return self._known_in(key)
        written = _written(key)
        return written if written and key.startswith(written) else ""

    def _candidates(self, name: str) -> list[Area]:
        exact = self._by_code.get(name) or self._by_code.get(self._meant.get(whole_key(name), ""))
        return [exact] if exact else self._by_name.get(whole_key(name)) or self._by_bare.get(bare_name(name)) or []

    def _near(self, name: str) -> list[Area]:
        bare = bare_name(name)
        near = process.extract(bare, list(self._by_bare), scorer=fuzz.ratio, limit=_NEAR, score_cutoff=_NEAR_ENOUGH)
        return [area for key, _, _ in near for area in self._by_bare[key]]

    def _known_in(self, key: str) -> str:
        """The one known full name in the text: of names within names the longest, of several beside each other none."""
        known = sorted((name for name in self._by_name if name in key), key=len, reverse=True)
        if not known or any(name not in known[0] for name in known):
            return ""
        return self._by_name[known[0]][0].name

    def _lies_in(self, area: Area, street: str) -> bool:
        """Whether the text names an area above this one."""
        key = whole_key(street)
        return any(_same_street(key, above.name) for above in self._areas_above(area))

    def _areas_above(self, area: Area) -> Iterator[Area]:
        above = self._above.get(area.parent or "")
        while above is not None:
            yield above
            above = self._above.get(above.parent or "")


def _not_found(name: str, near: Sequence[Area], *, is_ambiguous: bool = False) -> Named:
    shown = tuple(f"{area.name} ({area.code})" if is_ambiguous else area.name for area in near)
    return Named(None, name, shown, tuple(area.code for area in near), is_ambiguous)


def _core(line: str) -> str:
    """A line without the number before it, a label such as 社区: before a name, and what stands behind one."""
    key = _NUMBERED.sub("", whole_key(line))
    label, colon, name = key.partition(":")
    if colon and name and heading_key(label) in names("community") | names("street_column"):
        key = name
    return _BEHIND.sub("", key)


def _street_key(name: str) -> str:
    key = whole_key(name)
    return _STREET_ENDING.sub("", key) or key


def _same_street(text: str, name: str) -> bool:
    key = whole_key(name)
    return key in text or _street_key(text) == _street_key(name) or (len(text) >= _SHORTEST and key.startswith(text))


def _written(key: str) -> str:
    """A name before the word 社区, without the areas above it."""
    for match in _IN_TEXT.finditer(key):
        parts = [part for part in _AREAS_ABOVE.split(match[1]) if part]
        name = parts[-1] if parts else ""
        if len(name) >= _SHORTEST and not name.endswith(_NO_NAMES) and not name.isdigit():
            return f"{name}社区"
    return ""

"""The areas above a community, for lists that go by streets and are narrowed to one, or to one of several districts."""

from collections.abc import Iterable, Mapping

from scoring.facts import Area


def street_of(known: Mapping[str, Area], code: str) -> Area | None:
    """The street above a community, None where there is none."""
    here = known.get(code)
    while here is not None and here.kind != "street":
        here = known.get(here.parent or "")
    return here


def above(known: Mapping[str, Area], code: str) -> frozenset[str]:
    """The codes of all areas above one."""
    found: set[str] = set()
    here = known.get(code)
    while here is not None and here.parent is not None and here.parent not in found:
        found.add(here.parent)
        here = known.get(here.parent)
    return frozenset(found)


def is_within(known: Mapping[str, Area], code: str, area: str) -> bool:
    """Whether a community is in an area, that is ``area`` itself or below it; '' holds all."""
    return area in ("", code) or area in above(known, code)


def districts_of(known: Mapping[str, Area], codes: Iterable[str]) -> tuple[str, ...]:
    """The districts that these communities are in, where there are several: with one there is nothing to choose."""
    found = {area for code in codes for area in above(known, code) if area in known and known[area].kind == "district"}
    return tuple(code for code in known if code in found) if len(found) > 1 else ()

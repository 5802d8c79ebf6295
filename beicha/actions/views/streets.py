"""The street above a community, for lists that go by streets."""

from collections.abc import Mapping

from scoring.facts import Area


def street_of(known: Mapping[str, Area], code: str) -> Area | None:
    """The street above a community, None where there is none."""
    here = known.get(code)
    while here is not None and here.kind != "street":
        here = known.get(here.parent or "")
    return here

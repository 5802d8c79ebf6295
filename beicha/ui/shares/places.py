"""What the page of links calls what is shared: areas, communities with their street before them, and months."""

from collections.abc import Mapping, Sequence

from beicha.actions.grants import may_everywhere
from beicha.actions.share_scope import Scope
from beicha.ui import office
from beicha.ui.frame import unique_labels
from beicha.ui.person import grant
from beicha.words.language import Language, say


def places() -> dict[str, str]:
    """From code to name, of all areas that the reader sees in the newest month, each street before its communities."""
    found: dict[str, str] = {}
    months = office.periods()
    known = office.choices(months[0] if months else "")
    for street, name in known.streets.items():
        found[street] = name
        found |= {code: f"{name} · {own}" for code, own in known.communities(street).items()}
    return found | {code: own for code, own in known.communities("").items() if code not in found}


def labels(names: Mapping[str, str]) -> dict[str, str]:
    """From what is shown to the code."""
    return unique_labels(names)


def may_share_all() -> bool:
    """Whether the reader may share the whole district."""
    return may_everywhere(grant(), "share")


def in_words(codes: Sequence[str] | None, names: Mapping[str, str], everything: str, language: Language) -> str:
    """Areas or lines in words; many are counted."""
    if codes is None:
        return everything
    shown = [names.get(code, code) for code in codes]
    if len(shown) <= 3:
        return "、".join(shown)
    return say(language, "{first} and others, {n} in all", first=shown[0], n=len(shown))


def months_in_words(scope: Scope, language: Language) -> str:
    """The months of a link."""
    if not scope.first:
        return say(language, "newest month")
    if scope.first == scope.last:
        return scope.first
    return say(language, "{first} to {last}", first=scope.first, last=scope.last)

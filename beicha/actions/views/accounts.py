"""Accounts as their page shows them: posts in words, and what there is to give away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beicha.actions.account_texts import ROLE_TITLES
from beicha.actions.accounts import ListedAccount
from beicha.actions.area_names import descending
from beicha.actions.granting import Giver, giver_of
from beicha.actions.grants import ROLES, Grant, Post, Role
from beicha.store import Store, areas, lines
from beicha.words.language import Language, later, say
from scoring.facts import Area


@dataclass(frozen=True)
class Giving:
    """What the reader may give in a month: the areas in the office's order, the lines, and how far they reach."""

    giver: Giver
    tree: Sequence[Area]
    area_names: Mapping[str, str]
    lines: Mapping[str, str]

    def roles(self) -> list[Role]:
        """The roles that they may give somewhere."""
        places = {None, *(post.area for post in self.giver.grant.posts)}
        return [role for role in ROLES if any(self.giver.may_give(Post(role, place)) for place in places)]

    def places(self, role: Role, language: Language) -> dict[str, str | None]:
        """From what is shown to the area (None: everywhere) for which they may give the role."""
        labels: dict[str, str | None] = {say(language, EVERYWHERE): None, **self._labels()}
        return {label: code for label, code in labels.items() if self.giver.may_give(Post(role, code))}

    def _labels(self) -> dict[str, str]:
        """Areas by what is shown: a street before its communities, each named with the street above it."""
        names = {area.code: _named(area, self.tree) for area in descending(self.tree)}
        shown = list(names.values())
        return {name if shown.count(name) == 1 else f"{name}（{code}）": code for code, name in names.items()}


EVERYWHERE = later("everywhere")
EVERY_STATE = (later("in use"), later("waits for the first sign-in"), later("disabled"))


def giving(grant: Grant, store: Store, period: str) -> Giving:
    """What the reader may give, in the tree of a month; raises Refused where that is nothing."""
    with store.read() as view:
        giver = giver_of(grant, view)
        names = {version.area.code: version.area.name for version in areas.versions(view)}
        titles = {line.code: line.title for line in lines.all_lines(view)}
        return Giving(giver, areas.tree(view, period), names, titles)


def post_in_words(post: Post, known: Giving, language: Language) -> str:
    """A post as role, area and lines, such as 社区报送员 · 桂花社区."""
    place = say(language, EVERYWHERE) if post.area is None else known.area_names.get(post.area, post.area)
    titles = "、".join(known.lines.get(line, line) for line in post.lines or ())
    return " · ".join(part for part in (say(language, ROLE_TITLES[post.role]), place, titles) if part)


def state_of(account: ListedAccount) -> str:
    """How an account stands, in a word to be said."""
    if account.disabled:
        return EVERY_STATE[2]
    return EVERY_STATE[0] if account.ready or account.demo else EVERY_STATE[1]


def _named(area: Area, tree: Sequence[Area]) -> str:
    """The area's name, after that of its street where it has one."""
    streets = {one.code: one for one in tree if one.kind in ("street", "zone")}
    street = streets.get(area.parent or "")
    return f"{street.name} · {area.name}" if street else area.name

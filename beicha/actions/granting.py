"""Who may give a post, and take it: nobody grants what they lack.

A post may be given by whoever holds the right ``grant``, and every right that the post's role has, over the post's
area and for its lines. It is asked of rights and of where they hold, never of the names of roles, so that a new right
is bound by the same rule. Administrators, who keep the accounts, may give any post, although they see no score
themselves: somebody has to let the first office in, and what an administrator gives to others is in the audit.
Nobody gives a post to themselves or takes one of their own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from beicha.actions.grants import RIGHTS, Grant, Post, Refused, Right, may, may_everywhere, posts_over
from beicha.store import Transaction, areas

Parents = Mapping[str, str | None]
"""From every area of a month to the one above it."""


@dataclass(frozen=True)
class Giver:
    """Somebody who may give posts, and the trees of areas in which it is asked how far they reach."""

    grant: Grant
    trees: tuple[Parents, ...]

    @property
    def administers(self) -> bool:
        """Whether they keep all accounts."""
        return may_everywhere(self.grant, "accounts")

    def may_give(self, post: Post) -> bool:
        """Whether they may give the post to somebody else, or take it from them."""
        return self.administers or all(self._holds(right, post) for right in ("grant", *RIGHTS[post.role]))

    def sees(self, posts: Iterable[Post]) -> bool:
        """Whether an account with these posts is shown to them: they may take at least one, or it holds none."""
        held = tuple(posts)
        return any(self.may_give(post) for post in held) or (not held and self._holds_everywhere())

    def looks_after(self, posts: Iterable[Post]) -> bool:
        """Whether they may give a code to an account with these posts, disable it and end its sessions.

        Whoever gives a code could sign in with it, so they must be able to give every post that the account holds.
        """
        held = tuple(posts)
        return all(self.may_give(post) for post in held) and (bool(held) or self._holds_everywhere())

    def _holds_everywhere(self) -> bool:
        return self.administers or may_everywhere(self.grant, "grant")

    def _holds(self, right: Right, post: Post) -> bool:
        """Whether they hold the right over the post's area in every month that knows it: a post holds in all."""
        if post.area is None:
            return self._holds_in({}, right, post)
        known = [parents for parents in self.trees if post.area in parents]
        return bool(known) and all(self._holds_in(parents, right, post) for parents in known)

    def _holds_in(self, parents: Parents, right: Right, post: Post) -> bool:
        own = posts_over(self.grant, right, post.area, parents)
        if any(one.lines is None for one in own):
            return True
        return post.lines is not None and {line for one in own for line in one.lines or ()} >= set(post.lines)


def giver_of(grant: Grant, view: Transaction) -> Giver:
    """The person as one who gives posts; raises Refused where they may give none at all."""
    if not (may(grant, "grant") or may_everywhere(grant, "accounts")):
        raise Refused(grant, "grant")
    versions = areas.versions(view)
    starts = sorted({month for one in versions for month in (one.valid_from, one.valid_to) if month is not None})
    trees = ({one.area.code: one.area.parent for one in versions if one.valid_in(month)} for month in starts)
    return Giver(grant, tuple(trees))

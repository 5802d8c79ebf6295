"""What a share link shows: areas, lines, months and a view, fixed at its making, never wider than its maker sees."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, get_args

from beicha.actions.grants import Grant, Post
from beicha.store import Transaction, areas, assessments
from beicha.store.shares import Share

View = Literal["overview", "community"]
VIEWS: tuple[View, ...] = get_args(View)
Span = tuple[str, str]
"""The first and the last of some months."""
NOTHING: Span = ("", "")
"""Months that no month lies in."""
DEEPEST = 20
"""So many levels an area tree has at most; a circle in it leads nowhere."""


@dataclass(frozen=True)
class Scope:
    """Areas and lines by code (None: all), the months from ``first`` to ``last`` ('': the newest there is), the view.

    The view of a community has that community alone as its area.
    """

    areas: tuple[str, ...] | None = None
    lines: tuple[str, ...] | None = None
    first: str = ""
    last: str = ""
    view: View = "overview"


def scope_of(share: Share) -> Scope:
    """What a stored link shows."""
    view: View = share.view  # type: ignore[assignment]  # as this module wrote it
    return Scope(share.areas, share.lines, share.first, share.last, view)


def visitor(view: Transaction, public_id: str, scope: Scope) -> Grant:
    """What whoever opened the link may do: see its scope, and nothing else."""
    posts = tuple(Post("visitor", area, scope.lines) for area in (scope.areas or (None,)))
    return Grant(f"share:{public_id}", posts, months=months_of(view, scope))


def months_of(view: Transaction, scope: Scope) -> Span:
    """The months of a scope as they are now."""
    if scope.first:
        return scope.first, scope.last
    newest = assessments.periods(view)[-1:]
    return (newest[0], newest[0]) if newest else NOTHING


def covers_scope(view: Transaction, grant: Grant, scope: Scope) -> bool:
    """Whether the grant may share all of the scope, in each of its months."""
    span = months_of(view, scope)
    return all(_covers(view, grant, area, scope.lines, span) for area in scope.areas or (None,))


def _covers(view: Transaction, grant: Grant, area: str | None, lines: Collection[str] | None, span: Span) -> bool:
    giving = [post for post in grant.posts if post.gives("share")]
    posts = [post for post in giving if post.area is None or (area and _is_below(view, area, post.area, span))]
    if any(post.lines is None for post in posts):
        return True
    return lines is not None and set(lines) <= {line for post in posts for line in post.lines or ()}


def _is_below(view: Transaction, area: str, above: str, span: Span, deepest: int = DEEPEST) -> bool:
    """Whether an area is the other, or lies below it in every one of the months in which it stands."""
    if area == above:
        return True
    standing = [
        version.area.parent
        for version in areas.versions(view, [area])
        if version.valid_from <= span[1] and (version.valid_to is None or version.valid_to > span[0])
    ]
    return bool(standing) and all(
        parent is not None and deepest > 0 and _is_below(view, parent, above, span, deepest - 1) for parent in standing
    )

"""Whether a share link lives: asked anew at every opening and every page run, cheaply, from the database alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from beicha.actions.accounts import listed_posts
from beicha.actions.grants import OFFICE, Grant
from beicha.actions.share_policy import policy_in
from beicha.actions.share_scope import covers_scope, scope_of
from beicha.store import Transaction, accounts, areas, settings
from beicha.store.shares import Share

State = Literal["alive", "not_yet", "expired", "revoked", "forbidden", "orphaned"]
"""``orphaned``: its maker's account is disabled, or sees no longer what the link shows."""


@dataclass(frozen=True)
class Maker:
    """Whom to ask about a link: the name of who made it, and the unit they work for ('' where nobody has said)."""

    name: str
    unit: str


def state_of(view: Transaction, share: Share, now: datetime) -> State:
    """Whether the link may be opened now, or why not."""
    if share.revoked_at is not None:
        return "revoked"
    if not policy_in(view).allowed:
        return "forbidden"
    if share.ends_at is not None and now >= share.ends_at:
        return "expired"
    if share.not_before is not None and now < share.not_before:
        return "not_yet"
    grant = _grant_of(view, share.maker)
    return "alive" if grant is not None and covers_scope(view, grant, scope_of(share)) else "orphaned"


def maker_of(view: Transaction, login: str) -> Maker:
    """Whom to ask about the links of a maker."""
    district: str = settings.get(view, "district_name") or ""
    account = accounts.by_login(view, login)
    if account is None:
        return Maker("", district)
    sharing = [listed.post.area for listed in listed_posts(view, account.id) if listed.post.gives("share")]
    codes = [code for code in sharing if code is not None]
    names = [version.area.name for version in areas.versions(view, codes[:1]) if version.valid_to is None]
    return Maker(account.name, next(iter(names), district))


def _grant_of(view: Transaction, login: str) -> Grant | None:
    """What the maker may do now, None where their account is no more used."""
    if login == OFFICE.actor:
        return OFFICE
    account = accounts.by_login(view, login)
    if account is None or account.disabled:
        return None
    return Grant(login, tuple(listed.post for listed in listed_posts(view, account.id)))

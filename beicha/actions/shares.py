"""Share links (分享链接): make, list, revoke, give a new token. Opening one is in ``visiting``.

Whoever holds the right ``share`` makes links to what they see themselves. The token is given once and kept nowhere.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from beicha.actions import passwords
from beicha.actions.grants import Grant, Refused, may, may_everywhere, require
from beicha.actions.share_policy import DEFAULT_DAYS, Policy, policy_in
from beicha.actions.share_scope import VIEWS, Scope, covers_scope, scope_of
from beicha.actions.share_state import State, maker_of, state_of
from beicha.actions.views.shared import frozen_page
from beicha.store import Store, Transaction, areas, audit, lines, shares
from beicha.store.shares import NewShare, Share
from scoring.periods import month_number

LEAST_PASSWORD, MOST_PASSWORD = 6, 100
MOST_TITLE = 100
MOST_AREAS = 300


class ShareError(ValueError):
    """A link cannot be made so; ``reason`` says why, in one word (``share_texts.REASONS``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Terms:
    """How long a link lives, in days (None: without end), from when on, and behind which password ('': none).

    ``frozen``: it keeps the page as it is at making, whatever is scored later.
    """

    days: int | None = DEFAULT_DAYS
    not_before: datetime | None = None
    password: str = ""
    frozen: bool = False


@dataclass(frozen=True)
class Made:
    """A link just made: its public id, and its token, which nobody sees again; ``path`` is what is passed on."""

    public_id: str
    token: str

    @property
    def path(self) -> str:
        """The address on this server that opens it."""
        return f"/s/{self.token}"


@dataclass(frozen=True)
class ListedShare:
    """A link as a list shows it. ``maker`` is a login, ``maker_name`` '' where there is no such account any more."""

    public_id: str
    title: str
    maker: str
    maker_name: str
    own: bool
    scope: Scope
    state: State
    frozen: bool
    password: bool
    made_at: datetime
    not_before: datetime | None
    ends_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str | None
    uses: int
    last_used_at: datetime | None


def make(grant: Grant, store: Store, title: str, scope: Scope, terms: Terms, *, now: datetime) -> Made:
    """Make a link to a scope; the token is told here and never again.

    Raises Refused where the scope is wider than what the grant may share; ShareError where it cannot be made so.
    """
    require(grant, "share")
    title = title.strip()
    if not title or len(title) > MOST_TITLE or not title.isprintable():
        raise ShareError("title")
    password = _hashed(terms.password)
    made = Made(secrets.token_hex(6), passwords.new_token())
    with store.read() as view:
        _check(view, grant, scope)
    page = _frozen(grant, store, scope, now) if terms.frozen else None
    with store.write() as change:
        _check(change, grant, scope)
        ends_at = _end(policy_in(change), terms, now)
        new = NewShare(
            made.public_id, passwords.digest(made.token), title, grant.actor, scope.areas, scope.lines, scope.first,
            scope.last, scope.view, now, terms.not_before, ends_at, password, page,
        )  # fmt: skip
        shares.add(change, new)
        audit.add(change, now, grant, "share.make", made.public_id, **_said(new))
    return made


def listed(grant: Grant, store: Store, *, now: datetime) -> tuple[ListedShare, ...]:
    """The links that the grant may know of, the newest first: one's own, or all for the office and for auditors."""
    everything = may_everywhere(grant, "set_up") or may(grant, "audit")
    if not everything:
        require(grant, "share")
    with store.read() as view:
        found = shares.everyone(view) if everything else shares.made_by(view, grant.actor)
        return tuple(_listed(view, share, grant, now) for share in found)


def revoke(grant: Grant, store: Store, public_id: str, *, now: datetime) -> bool:
    """End a link at once and for good; False where it had been ended. LookupError where the grant knows none such."""
    with store.write() as change:
        share = _own(change, grant, public_id)
        ended = shares.revoke(change, share.id, now, grant.actor)
        if ended:
            audit.add(change, now, grant, "share.revoke", public_id, title=share.title)
    return ended


def rotate(grant: Grant, store: Store, public_id: str, *, now: datetime) -> Made:
    """Give a link another token; whoever opened it with the old one is out at once.

    LookupError where the grant knows no such link; ShareError ``revoked`` where it was ended.
    """
    made = Made(public_id, passwords.new_token())
    with store.write() as change:
        share = _own(change, grant, public_id)
        if not shares.set_digest(change, share.id, passwords.digest(made.token)):
            raise ShareError("revoked")
        audit.add(change, now, grant, "share.rotate", public_id, title=share.title)
    return made


def _own(change: Transaction, grant: Grant, public_id: str) -> Share:
    """The link, where it is the grant's own or the grant is the office's."""
    require(grant, "share")
    share = shares.by_public_id(change, public_id)
    if share is None or not (share.maker == grant.actor or may_everywhere(grant, "set_up")):
        raise LookupError(public_id)
    return share


def _check(view: Transaction, grant: Grant, scope: Scope) -> None:
    """Raises ShareError where the scope names what there is not, Refused where it is wider than the grant's own."""
    _check_scope(view, scope)
    if not covers_scope(view, grant, scope):
        raise Refused(grant, "share", ", ".join(scope.areas or ()))


def _frozen(grant: Grant, store: Store, scope: Scope, now: datetime) -> bytes:
    """The page as it is now; ShareError where there is nothing on it."""
    page = frozen_page(grant, store, scope, now=now)
    if page is None:
        raise ShareError("nothing")
    return page


def _hashed(password: str) -> str | None:
    if not password:
        return None
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD or len(set(password)) < 2:
        raise ShareError("password")
    return passwords.hashed(password)


def _check_scope(view: Transaction, scope: Scope) -> None:
    """Raises ShareError where the scope names what there is not."""
    _check_months(scope.first, scope.last)
    known = {version.area.code: version.area.kind for version in areas.versions(view, scope.areas or ())}
    if scope.areas is not None and not (0 < len(scope.areas) <= MOST_AREAS and set(scope.areas) <= set(known)):
        raise ShareError("area")
    if scope.view not in VIEWS or (scope.view == "community" and list(known.values()) != ["community"]):
        raise ShareError("view")
    if scope.lines is not None and not _are_lines(view, scope.lines):
        raise ShareError("line")


def _are_lines(view: Transaction, codes: Sequence[str]) -> bool:
    return bool(codes) and set(codes) <= {line.code for line in lines.all_lines(view)}


def _check_months(first: str, last: str) -> None:
    """Raises ShareError where there is a month that is none, or the last comes before the first."""
    if not first and not last:
        return
    try:
        right = month_number(first) <= month_number(last)
    except ValueError as error:
        raise ShareError("month") from error
    if not right:
        raise ShareError("month")


def _end(allowed: Policy, terms: Terms, now: datetime) -> datetime | None:
    """When the link ends; raises ShareError where the office does not allow such a link."""
    if not allowed.allowed:
        raise ShareError("forbidden")
    if allowed.must_have_password and not terms.password:
        raise ShareError("password_missing")
    if terms.days is None and allowed.must_end:
        raise ShareError("end_missing")
    if terms.days is not None and not 1 <= terms.days <= allowed.most_days:
        raise ShareError("days")
    ends_at = None if terms.days is None else now + timedelta(days=terms.days)
    if terms.not_before is not None and ends_at is not None and terms.not_before >= ends_at:
        raise ShareError("not_before")
    return ends_at


def _said(new: NewShare) -> dict[str, object]:
    """What the audit notes of a link."""
    scope = {"areas": new.areas, "lines": new.lines, "first": new.first, "last": new.last, "view": new.view}
    ends = None if new.ends_at is None else new.ends_at.isoformat()
    return {"title": new.title, **scope, "frozen": new.frozen is not None, "password": bool(new.password), "ends": ends}


def _listed(view: Transaction, share: Share, grant: Grant, now: datetime) -> ListedShare:
    return ListedShare(
        public_id=share.public_id,
        title=share.title,
        maker=share.maker,
        maker_name=maker_of(view, share.maker).name,
        own=share.maker == grant.actor,
        scope=scope_of(share),
        state=state_of(view, share, now),
        frozen=share.is_frozen,
        password=share.password is not None,
        made_at=share.made_at,
        not_before=share.not_before,
        ends_at=share.ends_at,
        revoked_at=share.revoked_at,
        revoked_by=share.revoked_by,
        uses=share.uses,
        last_used_at=share.last_used_at,
    )

"""Opening a share link: by its token, then by a cookie that proves the token, and the password where one is asked for.

The cookie of a link holds the token and, behind a password, a proof that only who gave it can have. A new token or a
new password of the link makes both worthless. Who guesses tokens is told nothing, and soon no more than to wait; who
guesses a password has twenty tries in a quarter of an hour, wherever they come from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import compare_digest
from threading import BoundedSemaphore
from typing import Literal

from beicha.actions import passwords
from beicha.actions.grants import Grant
from beicha.actions.share_scope import Scope, scope_of, visitor
from beicha.actions.share_state import Maker, State, maker_of, state_of
from beicha.store import Store, Transaction, audit, shares, tries
from beicha.store.locks import hold_door
from beicha.store.shares import Share
from beicha.store.tries import Tries

Answer = Literal[State, "unknown", "password", "wrong", "wait"]
"""How a link answers: its state; that there is none such; that its password is wanted, wrong, or tried too often."""

WINDOW = timedelta(minutes=15)
MOST_TRIES = 20
SEEN_EVERY = timedelta(minutes=1)
"""A link that is looked at again is written down as used no more often than this."""
MOST_SHOWN = 20
"""So many links of one browser are looked at; a cookie beyond is none of ours."""
LONGEST = 200
"""No token or cookie of ours is as long."""
_UNKNOWN, _PASSWORD = "share", "sharepass"
_COMPARING = BoundedSemaphore(2)
"""Comparing a password takes memory and time: two at once are enough, and no more than that slip past the limit."""


@dataclass(frozen=True)
class Shared:
    """A link as whoever opens it sees it. ``grant`` is what it lets them see; a new token gives it another ``seal``.

    ``number`` is its number in the store, ``has_password`` whether one is asked for.
    """

    number: int
    public_id: str
    title: str
    scope: Scope
    grant: Grant
    maker: Maker
    made_at: datetime
    ends_at: datetime | None
    frozen: bool
    has_password: bool
    seal: str


@dataclass(frozen=True)
class Visit:
    """How a link answered; what there is to see, whom to ask, and the cookie to keep; ``wait`` until when to wait."""

    answer: Answer
    shared: Shared | None = None
    cookie: str = ""
    wait: datetime | None = None


NOBODY = Visit("unknown")


def open_by_token(store: Store, token: str, address: str, *, now: datetime) -> Visit:
    """Open a link by its token. Counted as a use, unless a password has to be given first."""
    token = token[:LONGEST]
    with store.read() as view:
        share = shares.by_digest(view, passwords.digest(token))
        found = NOBODY if share is None else _visit(view, share, token, now)
    if share is None:
        return _count_unknown(store, address, now)
    if found.answer == "alive":
        _count_use(store, share, address, now)
    return found


def open_by_password(store: Store, public_id: str, cookie: str, password: str, address: str, *, now: datetime) -> Visit:
    """Open a link, whose token the cookie proves, by its password; counted as a use."""
    with store.read() as view:
        share = _proved_share(view, public_id, cookie)
        found = NOBODY if share is None else _visit(view, share, cookie, now)
    if share is None or share.password is None or found.answer != "password":
        return found
    with _COMPARING:
        wait = _blocked(store, _PASSWORD, public_id, now)
        if wait is not None:
            return Visit("wait", found.shared, wait=wait)
        if not passwords.matches(share.password, password[:LONGEST]):
            wait = _count(store, _PASSWORD, public_id, address, now)
            return Visit("wrong" if wait is None else "wait", found.shared, wait=wait)
    _count_use(store, share, address, now)
    token = cookie.partition(".")[0]
    return Visit("alive", found.shared, f"{token}.{_proof(token, share.password)}")


def look(store: Store, public_id: str, cookie: str, *, now: datetime) -> Visit:
    """The link again, by the cookie that opening it gave."""
    with store.read() as view:
        share = _proved_share(view, public_id, cookie)
        if share is None:
            return NOBODY
        found = _visit(view, share, cookie, now)
    if found.answer == "alive" and (share.last_used_at is None or now - share.last_used_at >= SEEN_EVERY):
        with store.write() as change:
            shares.see(change, share.id, now)
    return found


def look_by_seal(store: Store, public_id: str, seal: str, *, now: datetime) -> Visit:
    """The link again, as the gate has found it proved when a page opened; unknown where its token is another now.

    A frozen link has no interactive pages: it shows what was, and nothing that came later.
    """
    with store.read() as view:
        share = shares.by_public_id(view, public_id)
        if share is None or share.is_frozen or not compare_digest(_seal(share), seal):
            return NOBODY
        state = state_of(view, share, now)
        return Visit(state, _shared(view, share))


def proved(store: Store, cookies: Mapping[str, str], now: datetime) -> dict[str, str]:
    """The links with interactive pages that a browser's cookies, by public id, have open now, and their seals."""
    wanted = dict(list(cookies.items())[:MOST_SHOWN])
    with store.read() as view:
        found = shares.by_public_ids(view, wanted) if wanted else ()
        return {
            share.public_id: _seal(share)
            for share in found
            if not share.is_frozen
            and _proves(share, wanted[share.public_id]) == "all"
            and state_of(view, share, now) == "alive"
        }


def frozen_page(store: Store, shared: Shared) -> bytes | None:
    """The page as it was when the link was made, None where it lives."""
    with store.read() as view:
        return shares.frozen_page(view, shared.number)


def _visit(view: Transaction, share: Share, cookie: str, now: datetime) -> Visit:
    """How the link answers whoever has its token; what it shows is told to who gave its password too."""
    state = state_of(view, share, now)
    shown = _shared(view, share)
    if state != "alive":
        return Visit(state, shown)
    return Visit("alive" if _proves(share, cookie) == "all" else "password", shown, cookie)


def _shared(view: Transaction, share: Share) -> Shared:
    scope = scope_of(share)
    return Shared(
        share.id, share.public_id, share.title, scope, visitor(view, share.public_id, scope),
        maker_of(view, share.maker), share.made_at, share.ends_at, share.is_frozen, share.password is not None,
        _seal(share),
    )  # fmt: skip


def _proved_share(view: Transaction, public_id: str, cookie: str) -> Share | None:
    share = shares.by_public_id(view, public_id) if len(cookie) <= LONGEST else None
    return share if share is not None and _proves(share, cookie) != "nothing" else None


def _proves(share: Share, cookie: str) -> Literal["nothing", "token", "all"]:
    token, _, proof = cookie[:LONGEST].partition(".")
    if not compare_digest(passwords.digest(token), share.digest):
        return "nothing"
    if share.password is None or compare_digest(proof.encode(), _proof(token, share.password).encode()):
        return "all"
    return "token"


def _proof(token: str, password: str) -> str:
    """What nobody can make who has only the token, or only the database."""
    return passwords.digest(f"{token}|{password}")


def _seal(share: Share) -> str:
    return passwords.digest(f"{share.digest}|{share.password or ''}")[:16]


def _visitor_at(public_id: str, address: str) -> Grant:
    return Grant(f"share:{public_id}", address=address[:64])


def _count_use(store: Store, share: Share, address: str, now: datetime) -> None:
    with store.write() as change:
        shares.count_use(change, share.id, now)
        audit.add(change, now, _visitor_at(share.public_id, address), "share.open", share.public_id)


def _count_unknown(store: Store, address: str, now: datetime) -> Visit:
    """Nothing is there; after some tries the address is told to wait, and nothing of it is written down any more.

    A link that there is opens all the same: an office may share its address with whoever guesses.
    """
    wait = _blocked(store, _UNKNOWN, address[:64], now) or _count(store, _UNKNOWN, address[:64], address, now)
    return NOBODY if wait is None else Visit("wait", wait=wait)


def _blocked(store: Store, kind: str, key: str, now: datetime) -> datetime | None:
    with store.read() as view:
        known = tries.get(view, kind, key)
    return known.blocked_until if known is not None and known.blocked(now) else None


def _count(store: Store, kind: str, key: str, address: str, now: datetime) -> datetime | None:
    """Count a try that failed; gives until when to wait where it was one beyond the limit."""
    with store.write() as change:
        hold_door(change)
        known = tries.get(change, kind, key)
        if known is None or now - known.since >= WINDOW:
            known = Tries(0, now)
        number = known.number + 1
        until = now + WINDOW if number >= MOST_TRIES else None
        tries.put(change, kind, key, Tries(number, known.since, until))
        if number == MOST_TRIES:
            subject = key if kind == _PASSWORD else "-"
            audit.add(change, now, Grant("-", address=address[:64]), "share.blocked", subject)
    return until if number > MOST_TRIES else None

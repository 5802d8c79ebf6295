"""Submitting drafts: each is stored wholly or not at all, with what it scores, and durable on return."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from beicha.actions.assessing import complete
from beicha.actions.drafts import Draft
from beicha.actions.grants import Grant, Refused
from beicha.actions.receipts import Confirmed, Receipt
from beicha.actions.storing import Kept, Sender, keep, score
from beicha.store import ConflictError, Store, StoreError, Transaction, part_of
from beicha.store.files import NamedFile
from beicha.store.locks import hold_communities
from beicha.store.submissions import Key

ATTEMPTS = 3

Answer = TypeVar("Answer")

_log = logging.getLogger(__name__)


def submit(
    grant: Grant,
    store: Store,
    draft: Draft,
    files: Sequence[NamedFile],
    *,
    now: datetime,
    drop: Collection[str] = (),
    confirmed: Confirmed | None = None,
    upon: Mapping[Key, int | None] = MappingProxyType({}),
) -> Receipt:
    """Store the draft's reports with the bytes they came from, and score what they change: durable on return.

    ``drop`` names ledgers of the replaced submissions that are not carried over. A report that says what is stored
    already is not stored again. ``confirmed`` binds the receipt to the job whose draft this is; one that is bound
    already is given back. Raises KeyError where ``files`` lack one of those to be stored, and Moved where another
    version than the one ``upon`` which the draft was made is the newest of its key.
    """
    parcel = Parcel(draft, {file.sha256: file for file in files})
    kept = tried(lambda: _submit(store, Sender(grant, now, drop, upon), parcel, confirmed))
    if kept.opened:
        complete(store)
    return kept.receipt


@dataclass(frozen=True)
class Parcel:
    """A draft with the bytes that it came from, by their SHA-256."""

    draft: Draft
    bytes_of: Mapping[str, NamedFile]

    @property
    def communities(self) -> set[str]:
        """Whose reports it holds."""
        return {report.key.community for report in self.draft.reports}


def submit_together(
    grant: Grant, store: Store, parcels: Sequence[Parcel], *, now: datetime
) -> list[Receipt | Exception]:
    """Store several drafts, each wholly or not at all, and score them together: durable on return.

    One that is refused or fails leaves the others as they are; its exception stands in place of its receipt. Much
    quicker than one after the other: what is scored at once costs little more than a single community.
    """
    try:
        found = tried(lambda: _submit_together(store, Sender(grant, now, ()), parcels))
    except Exception as error:
        if _is_no_answer(error):
            raise
        _log.exception("files could not be stored together; each is tried by itself")
        return [_alone(grant, store, parcel, now) for parcel in parcels]
    if any(isinstance(one, Kept) and one.opened for one in found):
        complete(store)
    return [one.receipt if isinstance(one, Kept) else one for one in found]


def tried(attempt: Callable[[], Answer]) -> Answer:
    """The answer of an attempt that may meet another one: two uploads of one month become two versions, in order."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt()
        except ConflictError:
            continue
    return attempt()


def _submit(store: Store, sender: Sender, parcel: Parcel, confirmed: Confirmed | None) -> Kept:
    with store.write() as change:
        hold_communities(change, parcel.communities)
        earlier = confirmed.receipt(change) if confirmed else None
        if earlier is not None:
            return Kept(earlier)
        kept = keep(change, sender, parcel.draft, parcel.bytes_of)
        score(change, sender, kept.receipt.stored)
        return Kept(confirmed.bind(change, kept.receipt, sender.now), kept.opened) if confirmed else kept


def _submit_together(store: Store, sender: Sender, parcels: Sequence[Parcel]) -> list[Kept | Exception]:
    with store.write() as change:
        hold_communities(change, {community for parcel in parcels for community in parcel.communities})
        found = [_kept(change, sender, parcel) for parcel in parcels]
        score(change, sender, [version for one in found if isinstance(one, Kept) for version in one.receipt.stored])
    return found


def _kept(change: Transaction, sender: Sender, parcel: Parcel) -> Kept | Exception:
    """One of several: what it wrote is taken back where it fails, and nothing of the others."""
    try:
        with part_of(change):
            return keep(change, sender, parcel.draft, parcel.bytes_of)
    except Refused as refused:
        return refused
    except StoreError:
        raise
    except Exception as error:
        _log.exception("a file of an import could not be stored")
        return error


def _alone(grant: Grant, store: Store, parcel: Parcel, now: datetime) -> Receipt | Exception:
    try:
        return submit(grant, store, parcel.draft, list(parcel.bytes_of.values()), now=now)
    except Exception as error:
        if _is_no_answer(error):
            raise
        _log.exception("a file of an import could not be stored")
        return error


def _is_no_answer(error: Exception) -> bool:
    """Whether the database did not answer, which is no fault of any file."""
    return isinstance(error, StoreError) and not isinstance(error, ConflictError)

"""What the office allows of share links: whether there are any, how long they live, whether a password is asked for."""

from dataclasses import asdict, dataclass
from datetime import datetime

from beicha.actions.grants import Grant, require_everywhere
from beicha.store import Store, Transaction, audit, settings

POLICY = "share_policy"
DEFAULT_DAYS = 7
LONGEST_DAYS = 366


@dataclass(frozen=True)
class Policy:
    """Whether links may be made and opened at all, live at most so many days, have to end, and need a password."""

    allowed: bool = True
    most_days: int = 30
    must_end: bool = True
    must_have_password: bool = False


def policy(store: Store) -> Policy:
    """What the office allows."""
    with store.read() as view:
        return policy_in(view)


def policy_in(view: Transaction) -> Policy:
    """The same within a transaction."""
    return Policy(**settings.get(view, POLICY) or {})


def set_policy(grant: Grant, store: Store, new: Policy, *, now: datetime) -> None:
    """Set what the office allows; it counts for links that were made before too where it forbids all of them.

    Raises ValueError where the most days are not 1 to 366.
    """
    require_everywhere(grant, "set_up")
    if not 1 <= new.most_days <= LONGEST_DAYS:
        raise ValueError(f"a share link lives 1 to {LONGEST_DAYS} days")
    with store.write() as change:
        before = policy_in(change)
        settings.put(change, POLICY, asdict(new))
        audit.add(change, now, grant, "share.policy", POLICY, before=asdict(before), after=asdict(new))

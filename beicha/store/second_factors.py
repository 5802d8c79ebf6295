"""Second factors: a secret for each account that has one, its recovery codes, and the sign-ins that wait for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from beicha.store.conflicts import insert_or_replace
from beicha.store.schema import half_sessions, recovery_codes, second_factors


@dataclass(frozen=True)
class Factor:
    """The second factor of an account: its sealed secret, and the last half minute whose code was taken."""

    account: int
    secret: str
    last_step: int
    made_at: datetime


@dataclass(frozen=True)
class HalfSession:
    """A sign-in that waits for the second factor. ``code``: the digest of the one-time code it began with."""

    digest: str
    account: int
    known_by: str
    code: str | None
    ends_at: datetime


def of_account(view: Connection, account: int) -> Factor | None:
    """The second factor of an account, None where it has none."""
    row = view.execute(select(second_factors).where(second_factors.c.account == account)).one_or_none()
    return None if row is None else Factor(*row)


def everyone(view: Connection) -> tuple[Factor, ...]:
    """All second factors."""
    return tuple(Factor(*row) for row in view.execute(select(second_factors).order_by(second_factors.c.account)))


def put(change: Connection, factor: Factor) -> None:
    """Give an account a second factor in place of any other."""
    values = {"account": factor.account, "secret": factor.secret, "last_step": factor.last_step}
    insert_or_replace(change, second_factors, [{**values, "made_at": factor.made_at}])


def use_step(change: Connection, account: int, step: int) -> bool:
    """Take the code of a half minute; False where it, or a later one, was taken before."""
    chosen = (second_factors.c.account == account) & (second_factors.c.last_step < step)
    return change.execute(update(second_factors).where(chosen).values(last_step=step)).rowcount == 1


def drop(change: Connection, account: int) -> bool:
    """Take the second factor and the recovery codes from an account; False where it had none."""
    change.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
    return change.execute(delete(second_factors).where(second_factors.c.account == account)).rowcount == 1


def put_codes(change: Connection, account: int, digests: Collection[str]) -> None:
    """Give an account these recovery codes in place of all others."""
    change.execute(delete(recovery_codes).where(recovery_codes.c.account == account))
    change.execute(insert(recovery_codes), [{"account": account, "digest": digest} for digest in digests])


def use_code(change: Connection, account: int, digest: str) -> bool:
    """Spend a recovery code; False where the account has none such, or no longer."""
    chosen = (recovery_codes.c.account == account) & (recovery_codes.c.digest == digest)
    return change.execute(delete(recovery_codes).where(chosen)).rowcount == 1


def codes_left(view: Connection, account: int) -> int:
    """How many recovery codes an account has left."""
    counted = select(func.count()).select_from(recovery_codes).where(recovery_codes.c.account == account)
    return view.execute(counted).scalar_one()


def begin_half(change: Connection, half: HalfSession) -> None:
    """Let a sign-in wait for the second factor."""
    values = {"digest": half.digest, "account": half.account, "known_by": half.known_by}
    change.execute(insert(half_sessions).values(**values, code=half.code, ends_at=half.ends_at))


def half(view: Connection, digest: str) -> HalfSession | None:
    """The sign-in whose token has this digest, None where none waits."""
    row = view.execute(select(half_sessions).where(half_sessions.c.digest == digest)).one_or_none()
    return None if row is None else HalfSession(*row)


def end_half(change: Connection, digest: str) -> bool:
    """End a waiting sign-in; False where somebody else ended it."""
    return change.execute(delete(half_sessions).where(half_sessions.c.digest == digest)).rowcount == 1

"""The second factor: a code of six digits that an app on the phone makes anew every half minute (TOTP, RFC 6238).

Whoever keeps accounts must have one, unless the office has switched that off; anybody may. A code is taken once. Ten
recovery codes stand in for a lost phone, each once. The secret is kept sealed, the recovery codes as digests.
"""

import hmac
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp

from beicha.actions import passwords, sealing
from beicha.actions.grants import Grant, Post, require_everywhere
from beicha.store import Store, Transaction, audit, second_factors, settings
from beicha.store.accounts import Account
from beicha.store.second_factors import Factor

SETTING = "second_factor"
STEP_SECONDS = 30
RECOVERY_CODES = 10
OFFER_LIVES = timedelta(minutes=30)
ISSUER = "备查"


@dataclass(frozen=True)
class Offer:
    """A new secret for an app: as letters, as the address in a QR code, and sealed, to come back with a code."""

    secret: str
    address: str
    sealed: str

    @property
    def grouped(self) -> str:
        """The secret in groups of four, to be typed."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


def is_demanded(view: Transaction, posts: Iterable[Post]) -> bool:
    """Whether whoever holds these posts must have a second factor: who keeps accounts, but never in a demo."""
    if not any(post.gives("accounts") for post in posts):
        return False
    return settings.get(view, "demo_today") is None and settings.get(view, SETTING) != "off"


def demand(grant: Grant, store: Store, demanded: bool, *, now: datetime) -> None:
    """Demand a second factor of whoever keeps accounts, or no longer; it takes effect on open pages too."""
    require_everywhere(grant, "accounts")
    with store.write() as change:
        settings.put(change, SETTING, "on" if demanded else "off")
        audit.add(change, now, grant, "account.factor.demand", "on" if demanded else "off")


def offer(account: int, login: str) -> Offer:
    """A new secret for an account, which counts once a code made with it has come back."""
    return _offer(login, pyotp.random_base32(), account)


def offered(sealed: str, account: int, login: str) -> Offer | None:
    """The secret that was offered to this account; None where it was to another, changed, or too long ago."""
    secret = sealing.unsealed(sealed, f"offer {account}", OFFER_LIVES)
    return Offer(secret, _address(login, secret), sealed) if secret else None


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is: the present one, the one before or after; None where it is of none."""
    digits, current = plain(code), int(now.timestamp()) // STEP_SECONDS
    made = pyotp.TOTP(secret, interval=STEP_SECONDS)
    found = [step for step in (current, current - 1, current + 1) if _same(made.generate_otp(step), digits)]
    return max(found, default=None)


def put(change: Transaction, grant: Grant, account: Account, secret: str, step: int, *, now: datetime) -> list[str]:
    """Give an account this secret in place of any other, its code of that half minute spent; gives recovery codes."""
    second_factors.put(change, Factor(account.id, sealing.seal(secret, _for(account.id)), step, now))
    codes = _new_codes(change, account.id)
    audit.add(change, now, grant, "account.factor.set", account.login)
    return codes


def renew_codes(change: Transaction, grant: Grant, account: Account, *, now: datetime) -> list[str]:
    """New recovery codes in place of all others."""
    codes = _new_codes(change, account.id)
    audit.add(change, now, grant, "account.factor.codes", account.login)
    return codes


def accepts(change: Transaction, account: int, code: str, now: datetime) -> bool:
    """Whether it is a code of the account's app, or one of its recovery codes; either is spent then."""
    factor = second_factors.of_account(change, account)
    secret = sealing.unsealed(factor.secret, _for(account)) if factor else None
    step = step_of(secret, code, now) if secret else None
    if step is not None:
        return second_factors.use_step(change, account, step)
    return second_factors.use_code(change, account, passwords.code_digest(code))


def seal_anew(grant: Grant, store: Store, *, now: datetime) -> int:
    """Seal all secrets with a new key and forget the old ones; gives how many there were.

    One that no key opens stays as it is: its person needs a recovery code, or an administrator.
    """
    require_everywhere(grant, "accounts")
    sealing.add_key()
    with store.write() as change:
        opened = [
            (factor, sealing.unsealed(factor.secret, _for(factor.account)))
            for factor in second_factors.everyone(change)
        ]
        for factor, secret in opened:
            if secret is not None:
                second_factors.put(change, replace(factor, secret=sealing.seal(secret, _for(factor.account))))
        audit.add(change, now, grant, "account.factor.key", str(len(opened)))
    sealing.drop_old_keys()
    return len(opened)


def plain(code: str) -> str:
    """A code as it is meant: full-width digits are plain ones, and spaces are none."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", code) if not letter.isspace())


def _offer(login: str, secret: str, account: int) -> Offer:
    return Offer(secret, _address(login, secret), sealing.seal(secret, f"offer {account}"))


def _for(account: int) -> str:
    """What a secret is sealed for: put into another account's row it opens nothing."""
    return f"factor {account}"


def _address(login: str, secret: str) -> str:
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=login, issuer_name=ISSUER)


def _same(made: str, given: str) -> bool:
    return hmac.compare_digest(made.encode(), given.encode("utf-8", "replace"))


def _new_codes(change: Transaction, account: int) -> list[str]:
    codes = [passwords.new_code() for _ in range(RECOVERY_CODES)]
    second_factors.put_codes(change, account, [passwords.code_digest(code) for code in codes])
    return codes

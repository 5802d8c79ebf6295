"""The second factor: codes by the standard's own vectors, each taken once; recovery codes; who must have one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from beicha.actions import accounts, own_factor, passwords, sealing, second_factor, second_step, sessions, settings
from beicha.actions.accounts import AccountError
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.guesses import MOST, WAIT
from beicha.actions.second_factor import RECOVERY_CODES, step_of
from beicha.actions.second_step import HALF_LIVES, From
from beicha.actions.signing_in import Attempt, sign_in
from beicha.store import second_factors
from tests.actions.test_accounts import GOOD, NOW, told
from tests.actions.test_sessions import attempt
from tests.ui.district import settle

pytestmark = pytest.mark.usefixtures("quick_passwords")
SECOND, STEP = timedelta(seconds=1), timedelta(seconds=30)
ADMIN = (Post("admin"),)
WHERE = From("10.0.0.9")
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture(autouse=True)
def _home(tmp_path, monkeypatch):
    monkeypatch.setenv("BEICHA_HOME", str(tmp_path))


def code_of(secret, now=NOW):
    return pyotp.TOTP(secret).at(now)


def half_of(store, password=GOOD, now=NOW, login="wang"):
    """The second step after the first."""
    answer = attempt(store, login, password, now)
    assert answer.opened is None
    return second_step.known(store, answer.half, now)


def finish(store, code, now=NOW, password=GOOD, address="10.0.0.9"):
    return second_step.finish(store, half_of(store, password, now), code, From(address), now=now)


def administrator(store, login="wang"):
    """An administrator with password and second factor: the person, the secret, the recovery codes."""
    code = accounts.add(OFFICE, store, login, "王芳", ADMIN, now=NOW - timedelta(hours=1))
    half = half_of(store, code, NOW - timedelta(hours=1), login)
    offer = second_factor.offer(half.account, login)
    then = NOW - timedelta(hours=1)
    answer = second_step.set_up(store, half, offer, code_of(offer.secret, then), WHERE, now=then)
    person = answer.opened.person
    assert sessions.change_password(store, person, "", GOOD, now=then) is None
    return person, offer.secret, answer.codes


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_codes_are_those_of_rfc_6238(moment, code):
    now = datetime.fromtimestamp(moment, UTC)
    assert step_of(RFC_SECRET, code, now) == moment // 30
    assert step_of(RFC_SECRET, str((int(code) + 1) % 1_000_000).zfill(6), now) is None


@pytest.mark.parametrize(("late", "taken"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_clock_may_be_half_a_minute_off(late, taken):
    begin = datetime.fromtimestamp(1_700_000_010, UTC)
    assert begin.timestamp() % 30 == 0
    assert (step_of(RFC_SECRET, code_of(RFC_SECRET, begin), begin + timedelta(seconds=late)) is not None) == taken


@pytest.mark.parametrize("typed", ["２８７ ０８２", " 287082\n", "287 082"])
def test_a_code_is_typed_as_people_type(typed):
    assert step_of(RFC_SECRET, typed, datetime.fromtimestamp(59, UTC)) == 1


@pytest.mark.parametrize("typed", ["", "28708", "2870820", "٢٨٧٠٨٢x", "\udcff", "x" * 100_000, "000000 or 1=1"])
def test_what_is_no_code_is_none(typed):
    assert step_of(RFC_SECRET, typed, datetime.fromtimestamp(59, UTC)) is None


def test_an_administrator_sets_it_up_before_anything_else(store):
    code = accounts.add(OFFICE, store, "wang", "王芳", ADMIN, now=NOW)
    half = half_of(store, code)
    assert half.sets_up
    assert sessions.by_token(store, half.token, NOW) is None
    offer = second_factor.offer(half.account, "wang")
    wrong = second_step.set_up(store, half, offer, "000000", WHERE, now=NOW)
    assert (wrong.opened, wrong.codes) == (None, ())
    assert half_of(store, code).sets_up
    answer = second_step.set_up(store, half, offer, code_of(offer.secret), WHERE, now=NOW)
    assert len(set(answer.codes)) == RECOVERY_CODES
    assert answer.opened.person.must_change
    assert second_step.known(store, half.token, NOW) is None
    assert attempt(store, "wang", code).half == ""


def test_everybody_else_signs_in_as_before(store):
    code = accounts.add(OFFICE, store, "li", "李强", [Post("office"), Post("auditor")], now=NOW)
    assert attempt(store, "li", code).opened


def test_a_code_is_taken_once_and_none_before_it_either(store):
    _, secret, _ = administrator(store)
    assert finish(store, code_of(secret)).opened
    assert finish(store, code_of(secret)).opened is None
    assert finish(store, code_of(secret, NOW - STEP)).opened is None
    assert finish(store, code_of(secret, NOW + STEP)).opened
    assert finish(store, code_of(secret, NOW + STEP), NOW + 3 * STEP).opened is None


def test_the_code_that_set_it_up_is_spent(store):
    _, secret, _ = administrator(store)
    then = NOW - timedelta(hours=1)
    assert finish(store, code_of(secret, then), then).opened is None


def test_one_code_opens_one_session_however_many_try_at_once(store, open_another):
    _, secret, _ = administrator(store)
    others = [store, open_another()]
    halves = [half_of(store) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        tries = [
            pool.submit(second_step.finish, others[n % 2], half, code_of(secret), From(f"10.0.1.{n}"), now=NOW)
            for n, half in enumerate(halves)
        ]
    assert sum(one.result().opened is not None for one in tries) == 1


def test_a_recovery_code_stands_in_once(store):
    person, _, codes = administrator(store)
    assert finish(store, codes[3].upper().replace("-", "")).opened
    assert finish(store, codes[3]).opened is None
    assert own_factor.state(store, person).codes_left == RECOVERY_CODES - 1


def test_guesses_are_counted_and_locked_like_passwords(store):
    _, secret, codes = administrator(store)
    for number in range(MOST):
        assert finish(store, f"guess {number}", address=f"10.0.1.{number}").wait is None
    for right in (code_of(secret), codes[0]):
        locked = finish(store, right, address="10.0.2.1")
        assert (locked.opened, locked.wait) == (None, NOW + WAIT)
    after = NOW + WAIT
    assert finish(store, code_of(secret, after), after).opened


def test_the_second_step_lives_ten_minutes_and_ends_with_the_account(store):
    _, secret, _ = administrator(store)
    half = half_of(store)
    assert second_step.known(store, half.token, NOW + HALF_LIVES - SECOND) == half
    assert second_step.known(store, half.token, NOW + HALF_LIVES) is None
    late = NOW + HALF_LIVES
    assert second_step.finish(store, half, code_of(secret, late), WHERE, now=late).opened is None
    for end in (accounts.disable, accounts.new_code):
        half = half_of(store)
        end(OFFICE, store, "wang", now=NOW)
        assert second_step.known(store, half.token, NOW) is None
        assert second_step.finish(store, half, code_of(secret), WHERE, now=NOW).opened is None
        accounts.enable(OFFICE, store, "wang", now=NOW)
    for other in ("", "x", passwords.digest(half.token)):
        assert second_step.known(store, other, NOW) is None


def test_a_password_alone_gives_no_session_over_a_factor_that_is_there(store):
    _, secret, _ = administrator(store)
    half = half_of(store)
    offer = second_factor.offer(half.account, "wang")
    assert second_step.set_up(store, half, offer, code_of(offer.secret), WHERE, now=NOW).opened is None
    assert finish(store, code_of(secret)).opened


def test_an_offer_is_for_one_account_and_half_an_hour(store):
    offer = second_factor.offer(7, "wang")
    assert second_factor.offered(offer.sealed, 7, "wang") == offer
    assert second_factor.offered(offer.sealed, 8, "li") is None
    assert second_factor.offered(offer.sealed[:-2], 7, "wang") is None
    assert offer.address.startswith("otpauth://totp/%E5%A4%87%E6%9F%A5:wang?secret=" + offer.secret)


def test_who_comes_to_keep_accounts_shows_it_before_the_next_page(store):
    code = accounts.add(OFFICE, store, "wang", "王芳", [Post("office")], now=NOW)
    person = attempt(store, "wang", code).opened.person
    accounts.give_post(OFFICE, store, "wang", Post("admin"), now=NOW)
    assert sessions.by_number(store, person.session, NOW) is None
    second_factor.demand(OFFICE, store, False, now=NOW)
    assert sessions.by_number(store, person.session, NOW) is not None
    second_factor.demand(OFFICE, store, True, now=NOW)
    assert sessions.by_number(store, person.session, NOW) is None


def test_it_is_demanded_by_who_keeps_accounts_and_never_in_a_demo(store):
    with pytest.raises(Refused):
        second_factor.demand(Grant("li", (Post("office"),)), store, False, now=NOW)
    settings.mark_demo(OFFICE, store, "2026-05-04", NOW)
    code = accounts.add(OFFICE, store, "wang", "王芳", ADMIN, now=NOW)
    assert attempt(store, "wang", code).opened


def test_a_lost_factor_is_taken_away_by_another_and_set_up_anew(store):
    person, secret, codes = administrator(store)
    with pytest.raises(AccountError, match="self"):
        accounts.drop_second_factor(person.grant, store, "wang", now=NOW)
    assert accounts.listed(OFFICE, store)[0].factor
    assert accounts.drop_second_factor(OFFICE, store, "wang", now=NOW)
    assert not accounts.listed(OFFICE, store)[0].factor
    assert sessions.by_number(store, person.session, NOW) is None
    half = half_of(store)
    assert half.sets_up
    for old in (code_of(secret), codes[0]):
        assert second_step.finish(store, half, old, WHERE, now=NOW).opened is None
    assert not accounts.drop_second_factor(OFFICE, store, "wang", now=NOW)


def test_who_may_not_keep_an_account_takes_no_factor_from_it(store):
    settle(store)
    administrator(store)
    with pytest.raises((Refused, AccountError)):
        accounts.drop_second_factor(Grant("zhao", (Post("office"),)), store, "wang", now=NOW)
    assert half_of(store).sets_up is False


def office_clerk(store):
    code = accounts.add(OFFICE, store, "li", "李强", [Post("office")], now=NOW)
    person = attempt(store, "li", code).opened.person
    assert sessions.change_password(store, person, "", GOOD, now=NOW) is None
    return person


def test_anybody_may_set_one_up_with_the_password_and_end_it_with_a_code(store):
    person = office_clerk(store)
    other = attempt(store, "li", GOOD).opened.person
    offer = second_factor.offer(person.account, "li")
    take = own_factor.set_up
    assert take(store, person, offer, "000000", GOOD, now=NOW).fault == "code"
    assert take(store, person, offer, code_of(offer.secret), "wrong", now=NOW).fault == "proof"
    assert sessions.by_number(store, other.session, NOW)
    done = take(store, person, offer, code_of(offer.secret), GOOD, now=NOW)
    assert (done.fault, len(done.codes)) == (None, RECOVERY_CODES)
    assert sessions.by_number(store, other.session, NOW) is None
    assert sessions.by_number(store, person.session, NOW)
    assert half_of(store, login="li").sets_up is False
    assert own_factor.end(store, person, GOOD, now=NOW).fault == "proof"
    assert own_factor.end(store, person, code_of(offer.secret), now=NOW).fault == "proof"
    assert own_factor.end(store, person, done.codes[0], now=NOW).fault is None
    assert attempt(store, "li", GOOD).opened


def test_a_factor_is_exchanged_with_the_present_one_and_not_ended_where_it_is_demanded(store):
    person, secret, codes = administrator(store)
    offer = second_factor.offer(person.account, "wang")
    assert own_factor.set_up(store, person, offer, code_of(offer.secret), GOOD, now=NOW).fault == "proof"
    assert own_factor.end(store, person, codes[0], now=NOW).fault == "demanded"
    done = own_factor.set_up(store, person, offer, code_of(offer.secret), code_of(secret), now=NOW)
    assert done.fault is None
    assert finish(store, code_of(secret, NOW + STEP)).opened is None
    assert finish(store, codes[1]).opened is None
    assert finish(store, code_of(offer.secret, NOW + STEP)).opened


def test_new_recovery_codes_end_the_old_ones(store):
    person, secret, codes = administrator(store)
    done = own_factor.renew_codes(store, person, code_of(secret), now=NOW)
    assert finish(store, codes[0]).opened is None
    assert finish(store, done.codes[0]).opened


def test_the_proof_is_guessed_at_five_times(store):
    person, _, codes = administrator(store)
    faults = [own_factor.renew_codes(store, person, f"guess {number}", now=NOW).fault for number in range(MOST + 1)]
    assert faults == ["proof"] * MOST + ["tries"]
    assert own_factor.renew_codes(store, person, codes[0], now=NOW).fault == "tries"


def test_a_copy_of_the_database_holds_neither_secret_nor_recovery_code(store, tmp_path):
    person, secret, codes = administrator(store)
    with store.read() as view:
        factor = second_factors.of_account(view, person.account)
    assert secret not in factor.secret
    assert sealing.unsealed(factor.secret, f"factor {person.account}") == secret
    for path in tmp_path.glob("beicha.db*"):
        assert [one for one in (secret, *codes) if one.encode() in path.read_bytes()] == []
    assert (tmp_path / sealing.FILE).stat().st_mode & 0o777 == 0o600


def test_a_secret_copied_into_the_row_of_another_account_opens_nothing(store):
    thief, secret, _ = administrator(store, "zhao")
    victim, own, _ = administrator(store)
    with store.write() as change:
        copied = second_factors.of_account(change, thief.account)
        second_factors.put(change, replace(copied, account=victim.account))
    assert finish(store, code_of(secret)).opened is None
    assert finish(store, code_of(own)).opened is None


def test_without_the_key_no_code_fits_but_a_recovery_code_does(store, tmp_path):
    _, secret, codes = administrator(store)
    (tmp_path / sealing.FILE).unlink()
    assert finish(store, code_of(secret)).opened is None
    assert finish(store, codes[0]).opened


def test_a_new_key_opens_what_the_old_one_sealed_and_the_old_one_is_forgotten(store, tmp_path):
    _, secret, _ = administrator(store)
    before = (tmp_path / sealing.FILE).read_text()
    assert second_factor.seal_anew(OFFICE, store, now=NOW) == 1
    after = (tmp_path / sealing.FILE).read_text()
    assert (len(after.split()), after == before) == (1, False)
    assert finish(store, code_of(secret)).opened


def test_many_that_need_the_key_first_make_one(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda number: sealing.seal(str(number), "test"), range(16)))
    assert [sealing.unsealed(one, "test") for one in sealed] == [str(number) for number in range(16)]
    assert [path.name for path in tmp_path.iterdir()] == [sealing.FILE]


def test_every_step_leaves_one_audit_row_without_a_secret(store):
    person, secret, codes = administrator(store)
    finish(store, "guess")
    own_factor.renew_codes(store, person, code_of(secret), now=NOW)
    accounts.drop_second_factor(OFFICE, store, "wang", now=NOW)
    rows = told(store)
    actions = [row.action for row in rows if "factor" in row.action or row.action.startswith("session.re")]
    assert actions == ["account.factor.set", "session.refused", "account.factor.codes", "account.factor.drop"]
    assert not [row for row in rows for hidden in (secret, *codes) if hidden in f"{row.object} {row.details}"]


def test_the_second_step_of_one_account_opens_no_other(store):
    _, secret, _ = administrator(store)
    _, other, _ = administrator(store, "zhao")
    assert finish(store, code_of(other)).opened is None
    assert finish(store, code_of(secret)).opened.person.login == "wang"
    assert sign_in(store, Attempt("wang", code_of(secret), "10.0.0.9"), now=NOW).half == ""

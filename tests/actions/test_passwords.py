"""How passwords are kept: the costs that make guessing slow, the same for logins that nobody has."""

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from beicha.actions import passwords


def test_a_password_is_hashed_by_argon2id_at_its_full_cost():
    assert passwords.hashed("correct horse").startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert passwords.hashed("correct horse") != passwords.hashed("correct horse")


def test_nobodys_hash_costs_as_much_as_anybodys():
    assert passwords._NOBODY.split("$")[:4] == passwords.hashed("correct horse").split("$")[:4]


def test_a_full_width_password_is_the_same_as_a_plain_one():
    kept = passwords.hashed("ａｂｃ１２３４５６７x")
    assert passwords.matches(kept, "abc1234567x")
    assert not passwords.matches(kept, "abc1234567y")
    assert not passwords.matches(None, "abc1234567x")


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("123456789", "short"),
        ("１２３４５６７８９", "short"),
        ("x7" * 4 + "k", "short"),
        ("x7" * 4 + "kq", None),
        ("x7k" * 67, "long"),
        ("wang-fang-1", "login"),
        ("WANG-FANG-1", "login"),
        ("1-gnaf-gnaw", "login"),
        ("Password123", "common"),
        ("woaini1314", "common"),
        ("１２３４５６７８９０", "common"),
        ("ababababab", "common"),
        ("文明办的好密码一二三", None),
    ],
)
def test_passwords_are_refused_for_plain_reasons(password, fault):
    assert passwords.fault_of(password, "wang-fang-1") == fault


def test_codes_differ_and_are_read_however_they_are_typed():
    one, other = passwords.new_code(), passwords.new_code()
    assert one != other
    assert passwords.code_digest(one) == passwords.code_digest(f" {one.upper().replace('-', '')} ")
    assert passwords.code_digest(one) != passwords.code_digest(other)


def test_no_more_than_two_hashes_are_worked_out_at_once(monkeypatch):
    at_once, most = 0, 0
    lock = Lock()
    real = passwords._HASHER

    class Watched:
        def verify(self, kept: str, given: str) -> bool:
            nonlocal at_once, most
            with lock:
                at_once += 1
                most = max(most, at_once)
            try:
                return real.verify(kept, given)
            finally:
                with lock:
                    at_once -= 1

    monkeypatch.setattr(passwords, "_HASHER", Watched())
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda number: passwords.matches(None, str(number)), range(32))) == [False] * 32
    assert most == 2

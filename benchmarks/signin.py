"""Signing in: what one hash costs, how many sign-ins at once the service holds as it is started, what a thief gets.

No ratio: milliseconds of this machine, errors, memory, and guesses counted with a clock that is moved by hand.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier
from urllib.error import URLError
from urllib.request import urlopen

from beicha.actions import accounts, guesses, passwords
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.signing_in import Attempt
from beicha.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
GOOD = "correct horse battery"
AT_ONCE = {1: 20, 8: 6, 32: 3, 100: 1}
"""How many people come at once, and how many times."""
LIMIT_SECONDS = 60


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'beicha.db'}"
        people(url, max(AT_ONCE))
        lines = ["(i) signing in", *hash_cost(5 if quick else 20), *stolen(f"sqlite:///{Path(name) / 'thief.db'}")]
        with served(url, Path(name)) as (port, process):
            for number, times in AT_ONCE.items():
                lines.append(at_once(port, process, number, 1 if quick else times))
    return lines


def people(url: str, number: int) -> None:
    """So many accounts whose people have set a password."""
    store, now = open_store(url), datetime.now(UTC)
    kept = passwords.hashed(GOOD)
    for one in range(number):
        accounts.add(OFFICE, store, f"user{one}", "李强", [Post("office")], now=now)
        with store.write() as change:
            accounts.accounts.set_password(change, one + 1, kept, must_change=False)
    store.close()


def hash_cost(rounds: int) -> list[str]:
    """Milliseconds of one password compared, right, wrong, or of nobody."""
    kept = passwords.hashed(GOOD)
    contenders: dict[str, Callable[[], bool]] = {
        "right": lambda: passwords.matches(kept, GOOD),
        "wrong": lambda: passwords.matches(kept, "a wrong guess"),
        "nobody": lambda: passwords.matches(None, GOOD),
    }
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, compare in contenders.items():
            begun = time.perf_counter()
            compare()
            taken[name].append(time.perf_counter() - begun)
    said = ", ".join(f"{name} {median(seconds) * 1e3:.0f} ms" for name, seconds in taken.items())
    return [f"    one argon2id hash (19 MiB, two at once at most): {said}"]


def stolen(url: str) -> list[str]:
    """Guesses in an hour that are compared at all: at one login from everywhere, from one address at every login."""
    store = open_store(url)
    lines = [
        f"    guesses an hour at one account: {guessed(store, lambda n: Attempt('wang', 'x', f'10.{n // 250}.0.{n}'))}",
        f"    guesses an hour from one address: {guessed(store, lambda n: Attempt(f'user{n}', 'x', '10.9.9.9'))}",
    ]
    store.close()
    return lines


def guessed(store: Store, attempt: Callable[[int], Attempt]) -> int:
    """How many of a try a second for an hour are counted as guesses, and so compared."""
    begin, taken = datetime(2026, 5, 4, 8, tzinfo=UTC), 0
    for second in range(3600):
        one = attempt(second)
        limits = (guesses.at_login(one.login), guesses.from_address(one.address))
        taken += guesses.count(store, limits, Grant("-"), one.login, begin + timedelta(seconds=second)) is None
    return taken


@contextmanager
def served(url: str, home: Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The service as it is started, once it answers: its port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = os.environ | {"BEICHA_DATABASE_URL": url, "BEICHA_HOME": str(home)}
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield port, process
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    """Returns once the address answers."""
    until = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(address)


def at_once(port: int, process: "subprocess.Popen[bytes]", number: int, times: int) -> str:
    """The row of so many people who sign in at the same moment, each from an address of their own."""
    before, seconds, errors = peak(process), [], 0
    page: list[float] = []
    for _ in range(times):
        barrier = Barrier(number)
        with ThreadPoolExecutor(number + 1) as pool:
            signing = [pool.submit(sign_in, port, one, barrier) for one in range(number)]
            page.append(pool.submit(page_time, port).result())
            found = [one.result() for one in signing]
        seconds += [one for one in found if one is not None]
        errors += sum(one is None for one in found)
    middle, most = median(seconds), quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    grown = (peak(process) - before) / 1024
    return (
        f"    {number:>3} at once: p50 {middle * 1e3:.0f} ms, p95 {most * 1e3:.0f} ms, {errors} errors, "
        f"{grown:+.0f} MB; sign-in page meanwhile {max(page) * 1e3:.0f} ms"
    )


def sign_in(port: int, one: int, barrier: Barrier) -> float | None:
    """Seconds from sending the form to the session's cookie; None where there was none."""
    client = HTTPConnection("127.0.0.1", port, timeout=LIMIT_SECONDS, source_address=(f"127.0.1.{one + 1}", 0))
    client.request("GET", "/login")
    answer = client.getresponse()
    token = re.search(r'name="token" value="([^"]+)"', answer.read().decode())
    cookie = (answer.getheader("set-cookie") or "").split(";")[0]
    assert token is not None
    fields = {"token": token[1], "login": f"user{one}", "password": GOOD, "next": "/"}
    body = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()
    )
    barrier.wait(LIMIT_SECONDS)
    begun = time.perf_counter()
    client.request(
        "POST", "/login", f"{body}--b--\r\n", {"Cookie": cookie, "Content-Type": "multipart/form-data; boundary=b"}
    )
    answer = client.getresponse()
    answer.read()
    taken = time.perf_counter() - begun
    client.close()
    return taken if "beicha_session" in (answer.getheader("set-cookie") or "") else None


def page_time(port: int) -> float:
    """Seconds of the sign-in page while the others sign in."""
    time.sleep(0.05)
    begun = time.perf_counter()
    with urlopen(f"http://127.0.0.1:{port}/login", timeout=LIMIT_SECONDS) as answer:
        answer.read()
    return time.perf_counter() - begun


def peak(process: "subprocess.Popen[bytes]") -> int:
    """The most memory that the service has had, in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
    assert found is not None
    return int(found[1])

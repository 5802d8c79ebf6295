"""(h) A share link: many who open it within a minute, and its page beside the overview as a browser first sees them.

A viewer is a new connection that opens the link by its token and then reads the page, as a tap in a message does; the
viewers run on the same two cores as the server. A look is a browser with an empty cache; what it costs is everything
that came over the wire, and the time until something, and until the heading, is painted.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from beicha.actions import shares
from beicha.actions.grants import OFFICE
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Made, Terms
from beicha.store import open_store
from beicha.web.people import COOKIE
from benchmarks.overview_time import fill_database, served, tab
from benchmarks.timing import Timing, line

VIEWERS, WITHIN = 500, 60.0
SLOWEST = 1.0
"""Seconds within which 95 of 100 viewers shall have the page."""
CHROMIUM = "/usr/bin/chromium"
COMMUNITIES, MONTHS, CRITERIA = 24, 14, 70
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@dataclass(frozen=True)
class Look:
    """What one look cost: bytes over the wire, seconds until something was painted, and until the heading was."""

    size: float
    painted: float
    heading: float


@contextmanager
def shared() -> Iterator[tuple[int, str, Made]]:
    """A server of a district with a link to all of it: its port, a session of the office, the link."""
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name) / 'ours.db'}"
        token = fill_database(url, COMMUNITIES, MONTHS, CRITERIA)
        store = open_store(url)
        link = shares.make(OFFICE, store, "测速", Scope(), Terms(), now=datetime.now(UTC))
        store.close()
        with served("overview", url, Path(name)) as port:
            tab(port, token).close()
            yield port, token, link


def view(port: int, link: Made, at: float) -> tuple[float, bool]:
    """One viewer, who comes at a moment of the clock: how long it took them, and whether they got the page."""
    time.sleep(max(0.0, at - time.monotonic()))
    begun = time.perf_counter()
    try:
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        line.request("GET", link.path)
        first = line.getresponse()
        first.read()
        cookie = str(first.headers["set-cookie"]).partition(";")[0]
        line.request("GET", str(first.headers["location"]), headers={"Cookie": cookie})
        second = line.getresponse()
        good = (first.status, second.status) == (303, 200) and b"</html>" in second.read()
        line.close()
    except OSError:
        good = False
    return time.perf_counter() - begun, good


def crowd(port: int, link: Made, viewers: int, within: float) -> tuple[list[float], int]:
    """So many viewers, evenly within some seconds: how long each took, and how many did not get the page."""
    begin = time.monotonic()
    with ThreadPoolExecutor(64) as pool:
        moments = [begin + within * number / viewers for number in range(viewers)]
        seen = list(pool.map(lambda at: view(port, link, at), moments))
    return [seconds for seconds, _ in seen], sum(not good for _, good in seen)


def look(browser: Browser, address: str, cookie: tuple[str, str], host: str) -> Look:
    """A browser that was never here, with a cookie alone."""
    context = browser.new_context()
    context.add_cookies([{"name": cookie[0], "value": cookie[1], "url": host}])
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.on("Network.webSocketFrameReceived", lambda event: sizes.append(_length(event)))
    wire.send("Network.enable")
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector("h1:visible", timeout=60_000)
    heading = time.perf_counter() - begun
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)
    painted = float(page.evaluate(PAINTED) or 0.0) / 1000
    context.close()
    return Look(sum(sizes), painted, heading)


def _length(event: dict[str, Any]) -> float:
    """The bytes of a frame; binary ones are told as base64."""
    payload: str = event["response"]["payloadData"]
    return len(payload) * 3 / 4 if event["response"]["opcode"] == 2 else len(payload)


def looks(port: int, token: str, link: Made, rounds: int) -> dict[str, list[Look]]:
    """The page of the link and the overview, in turn."""
    host = f"http://127.0.0.1:{port}"
    answer = HTTPConnection("127.0.0.1", port, timeout=30)
    answer.request("GET", link.path)
    name, _, value = str(answer.getresponse().headers["set-cookie"]).partition(";")[0].partition("=")
    places = {
        "page": (f"{host}/shared/{link.public_id}", (name, value)),
        "overview": (f"{host}/", (COOKIE, token)),
    }
    found: dict[str, list[Look]] = {kind: [] for kind in places}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for number in range(rounds + 1):
            for kind, (address, cookie) in places.items():
                seen = look(browser, address, cookie, host)
                found[kind] += [seen] if number else []
        browser.close()
    return found


def _beside(found: dict[str, list[Look]], of: Callable[[Look], float]) -> tuple[float, float, float]:
    """How many times more the overview costs than the page: lowest, median, highest."""
    costs = {kind: Timing(tuple(of(look) for look in seen)) for kind, seen in found.items()}
    return costs["overview"].over(costs["page"])


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    with shared() as (port, token, link):
        found = looks(port, token, link, 3 if quick else 7)
        viewers, within = (100, 12.0) if quick else (VIEWERS, WITHIN)
        taken, failed = crowd(port, link, viewers, within)
    middle, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
    size, painted, heading = (
        _beside(found, of) for of in (lambda seen: seen.size, lambda seen: seen.painted, lambda seen: seen.heading)
    )
    page, overview = (
        ", ".join(
            f"{statistics.median(getattr(seen, name) for seen in found[kind]) * scale:.0f} {unit}"
            for name, scale, unit in (("size", 1 / 1024, "KB"), ("painted", 1e3, "ms"), ("heading", 1e3, "ms"))
        )
        for kind in ("page", "overview")
    )
    verdict = "met" if failed == 0 and slow <= SLOWEST else "NOT MET"
    return [
        line("(h) share link: bytes of the overview / of its page", size, ">= 5x", size[1] >= 5),
        line("    first paint of the overview / of its page", painted, ">= 2x", painted[1] >= 2),
        line("    heading of the overview / of its page", heading, ">= 2x", heading[1] >= 2),
        f"    page {page}; overview {overview} (bytes, first paint, heading)",
        f"    {viewers} viewers in {within:.0f} s: p50 {middle * 1e3:.0f} ms, p95 {slow * 1e3:.0f} ms, "
        f"slowest {max(taken) * 1e3:.0f} ms, {failed} without the page; goal p95 <= {SLOWEST:.0f} s, 0  {verdict}",
    ]

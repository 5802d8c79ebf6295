"""A real Chromium on the real service: the command that people start, a database of its own, a port nobody uses."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from beicha.actions import accounts
from beicha.store import open_store, settings
from tests.databases import free_port
from tests.ui.district import DEMO_PEOPLE, NOW, settle

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60
AT_REST = """() => new Promise(rest => {
  let looks = 0
  const look = () => {
    const idle = document.querySelector("[data-test-script-state='notRunning']")
    looks = idle && !document.querySelector("[data-testid=stSkeleton]") ? looks + 1 : 0
    looks < 6 ? setTimeout(look, 50) : rest(true)
  }
  look()
})"""
"""Six looks in a row at a page that is idle; they are the page's own, so a slow machine spaces them out."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; missing it is a failure, not a reason to skip.

    It ends with the module: while it is open, an event loop counts as running in every test of the process.
    """
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def service(sqlite_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of a service of the test's own over the small district, to hand in to."""
    yield from serve_district(sqlite_url, tmp_path)


@pytest.fixture(scope="session")
def shown_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the small district, shared by tests that only look."""
    folder = tmp_path_factory.mktemp("shown")
    yield from serve_district(f"sqlite:///{folder / 'beicha.db'}", folder)


def serve_district(url: str, folder: Path) -> Iterator[str]:
    """Fills a database with the small district and serves it."""
    store = open_store(url)
    settle(store, demo="2026-05-04")
    store.close()
    yield from serve(url, folder)


@pytest.fixture
def empty_service(sqlite_url: str, tmp_path: Path) -> Iterator[str]:
    """The address of the service over a demo that holds nothing yet, open to its office without a password."""
    store = open_store(sqlite_url)
    with store.write() as change:
        settings.put(change, "demo_today", "2026-05-04")
    for login, name, post in DEMO_PEOPLE:
        accounts.add_demo(store, login, name, post, now=NOW)
    store.close()
    yield from serve(sqlite_url, tmp_path)


def serve(url: str, folder: Path, before: str = "") -> Iterator[str]:
    """Starts the service, waits until it answers, and ends it; its log is shown where it does not start.

    ``before`` is what its program does first, for a fault that is to be found.
    """
    port = free_port()
    environment = os.environ | {"BEICHA_DATABASE_URL": url, "BEICHA_HOME": str(folder)}
    start = f"import manage; manage.main(['serve', '--port', '{port}'])"
    door = ["-c", f"{before}\n{start}"] if before else ["manage.py", "serve", "--port", str(port)]
    command = [sys.executable, *door]
    with (folder / "service.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        (folder / "service.pid").write_text(str(process.pid))
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process, folder / "service.log")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(30)


def wait_until_it_answers(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Returns once the address answers; raises AssertionError with the log where it does not in time."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8", errors="replace"))


class Screen:
    """A page in a browser, waited for without sleeping longer than needed."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.outside: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str = "/") -> "Screen":
        """Goes to an address and waits until the page is drawn."""
        self.page.goto(self.base + path)
        self.page.wait_for_selector("[data-testid=stAppViewContainer]", timeout=60_000)
        return self.settled()

    def settled(self) -> "Screen":
        """Waits until the script has run, and run again where a run asked for it, and nothing is half drawn."""
        self.page.wait_for_timeout(150)
        self.page.wait_for_function(AT_REST, timeout=60_000)
        return self

    def press(self, name: str) -> "Screen":
        """Presses a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self.settled()

    def choose(self, picker: str, option: str) -> "Screen":
        """Chooses an option of a picker."""
        box = self.page.get_by_role("combobox", name=picker).first
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # the list closes where the page still scrolls
        box.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()
        return self.settled()

    def press_text(self, text: str) -> "Screen":
        """Presses what says so."""
        self.page.get_by_text(text, exact=True).first.click()
        return self.settled()

    def click_bar(self, chart: str, number: int) -> "Screen":
        """Clicks on a bar of a chart, counted from 0 at the top."""
        bars = self.page.locator(f".st-key-{chart} .barlayer .trace:last-child .point path")
        box = bars.nth(number).bounding_box()
        assert box is not None
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        return self.settled()

    @property
    def title(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        """All text that is to be seen."""
        return self.page.locator("[data-testid=stMain]").inner_text()

    def _note(self, url: str) -> None:
        if not url.startswith((self.base, self.base.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(url)

    def _hear(self, kind: str, text: str) -> None:
        """Errors of the console, but for what Streamlit says of addresses below a page's, and of unknown ones."""
        if kind == "error" and "404" not in text and "does not seem to exist" not in text:
            self.errors.append(text)


@pytest.fixture
def open_screen(browser: Browser) -> Iterator[Callable[..., Screen]]:
    """Opens a screen of a width on a service, and holds afterwards that it asked nobody outside and broke nothing."""
    opened: list[tuple[Any, Screen]] = []

    def screen(base: str, width: int = 1280, height: int = 900) -> Screen:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        context.set_default_timeout(30_000)
        opened.append((context, Screen(context.new_page(), base)))
        return opened[-1][1]

    yield screen
    for context, seen in opened:
        context.close()
        assert seen.outside == []
        assert seen.errors == []

"""Renews the README's picture: starts the demo on a free loopback port and photographs its first screen."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.databases import free_port

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "overview.png"
SIZE = ViewportSize(width=1280, height=960)
PATIENCE = 60.0
"""Seconds that the server and the page may each take."""


def main() -> None:
    """Writes docs/overview.png."""
    with tempfile.TemporaryDirectory() as home, demo(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport=SIZE, locale="zh-CN")
        page.goto(address)
        wait_until_drawn(page)
        page.screenshot(path=PICTURE)
        browser.close()


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """The address of a freshly made demo, served until the block ends; its data lie in ``home``."""
    environment = os.environ | {"BEICHA_HOME": str(home)}
    environment.pop("BEICHA_DATABASE_URL", None)
    manage = [sys.executable, "manage.py"]
    subprocess.run([*manage, "demo"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    server = subprocess.Popen(
        [*manage, "serve", "--demo", "--port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        yield wait_until_served(f"http://127.0.0.1:{port}/")
    finally:
        server.terminate()
        server.wait(PATIENCE)


def wait_until_served(address: str) -> str:
    """The address, as soon as it answers; URLError when it does not in time."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"{address}_stcore/health", timeout=5).close()  # our own loopback address
            return address
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def wait_until_drawn(page: Page) -> None:
    """Returns when the script has run to its end and the charts have stopped moving."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached", timeout=PATIENCE * 1000)
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PATIENCE * 1000)
    page.wait_for_function("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    main()

"""(e) A rerun of the overview beside one of a blank page, each from a server of its own, over its websocket."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from beicha.store import areas, open_store
from beicha.web.people import COOKIE
from benchmarks.dashboard_read import edition_of, fill
from benchmarks.entering import entered
from benchmarks.timing import Timing, alternate, line
from benchmarks.workbooks import district

ROOT = Path(__file__).resolve().parents[1]
KINDS = ("overview", "framed", "blank")
SIZES = {(24, 14, 70): 3, (150, 24, 150): 5}
"""Communities, months and criteria, and how many blank pages the overview may cost."""


def fill_database(url: str, communities: int, months: int, criteria: int) -> str:
    """Puts an invented district with its findings into a new database; gives the token of a session of its office."""
    store, tree = open_store(url), district(communities)
    with store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in tree])
    fill(store, edition_of(criteria), tuple(area.code for area in tree if area.kind == "community"), months)
    token = entered(store)
    store.close()
    return token


@contextmanager
def served(kind: str, url: str, home: Path) -> Iterator[int]:
    """A server of one kind of page on the database; its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = os.environ | {"BEICHA_DATABASE_URL": url, "BEICHA_HOME": str(home)}
    command = [sys.executable, "-m", "benchmarks.served", kind, str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield port
    finally:
        process.terminate()
        process.wait()


def browser_of(port: int, token: str) -> dict[str, Any]:
    """What a browser tab of a signed-in person says when it opens its websocket."""
    return {
        "uri": f"ws://127.0.0.1:{port}/_stcore/stream",
        "subprotocols": [Subprotocol("streamlit")],
        "origin": Origin(f"http://127.0.0.1:{port}"),
        "additional_headers": {"Cookie": f"{COOKIE}={token}"},
        "max_size": None,
        "proxy": None,
    }


def tab(port: int, token: str) -> ClientConnection:
    """A browser tab's connection, once the server answers."""
    for _ in range(1200):
        try:
            return connect(**browser_of(port, token))
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"no server at port {port}")


def answers(connection: ClientConnection) -> Iterator[ForwardMsg]:
    """Asks for a rerun; everything that is sent up to its end."""
    request = BackMsg()
    request.rerun_script.query_string = ""
    connection.send(request.SerializeToString())
    while True:
        answer = ForwardMsg.FromString(connection.recv(timeout=60, decode=False))
        yield answer
        if answer.WhichOneof("type") == "script_finished":
            assert answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, answer
            return


def rerun(connection: ClientConnection) -> int:
    """One rerun; how many elements or references to elements came back."""
    return sum(answer.WhichOneof("type") in ("delta", "ref_hash") for answer in answers(connection))


def check_drawn(tabs: dict[str, ClientConnection]) -> None:
    """Stops where a page shows an error, or where the one with more on it does not draw more."""
    drawn = {}
    for kind, connection in tabs.items():
        elements = [answer.delta.new_element.WhichOneof("type") for answer in answers(connection)]
        assert "exception" not in elements, kind
        drawn[kind] = rerun(connection)
    assert drawn["overview"] > drawn["framed"] > drawn["blank"] > 0, drawn


def measure(communities: int, months: int, criteria: int, rounds: int) -> dict[str, Timing]:
    """The timings of the three kinds of pages."""
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        url = f"sqlite:///{Path(name) / 'ours.db'}"
        token = fill_database(url, communities, months, criteria)
        ports = {kind: stack.enter_context(served(kind, url, Path(name))) for kind in KINDS}
        tabs = {kind: stack.enter_context(tab(port, token)) for kind, port in ports.items()}
        check_drawn(tabs)
        return alternate({kind: partial(rerun, connection) for kind, connection in tabs.items()}, rounds)


def run(*, quick: bool = False) -> list[str]:
    """The rows of the table."""
    lines = []
    for (communities, months, criteria), most in SIZES.items():
        timings = measure(communities, months, criteria, 7 if quick else 25)
        over = timings["overview"].over(timings["blank"])
        name = f"(e) overview {communities} x {months}"
        lines += [
            line(f"{name}: rerun / a blank page's", over, f"<= {most}x", over[1] <= most),
            line(
                f"    {communities} x {months}: rerun / an empty page's in the same frame",
                timings["overview"].over(timings["framed"]),
                "-",
                True,
            ),
            "    " + ", ".join(f"{kind} {timing.median * 1e3:.1f} ms" for kind, timing in timings.items()),
        ]
    return lines

"""The command ``cluster``: several processes behind nginx, with one PostgreSQL, on this machine."""

import argparse
import os
import signal
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from beicha.actions import accounts
from beicha.actions.opening import home, the_store, url_from_environment
from beicha.commands.cluster_files import Shape, cookie_secret, nginx, write_nginx, write_units
from beicha.commands.listening import NO_ACCOUNTS, PORT, PORT_TAKEN, add_place
from beicha.commands.watched import Keeper, Watched
from beicha.web.serving import HOST, is_free
from beicha.words.language import Language, later, say

DEFAULT_PROCESSES = 2
MOST_PROCESSES = 64
START_SECONDS = 120.0

NEEDS_POSTGRESQL = later(
    "Several processes need PostgreSQL: set BEICHA_DATABASE_URL to postgresql://…, and move what there is with "
    "manage.py move-store."
)
NEEDS_NGINX = later("nginx is missing on this machine. As root: apt-get install nginx-light")
FELL = later("{name} ended with {status}; it is started again in {seconds} s.")
SLOW = later("Not all processes answer after {seconds} s; nginx passes over those that do not.")
UNITS_WRITTEN = later(
    "Written to {folder}. As root: copy beicha*.service, beicha.target and beicha-backup.timer to where systemd looks "
    "for units, then systemctl daemon-reload, and systemctl enable --now beicha.target"
)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    cluster = commands.add_parser("cluster", help="start several processes behind nginx; needs PostgreSQL")
    cluster.add_argument("--processes", type=_number, default=DEFAULT_PROCESSES, metavar="N", help="2 unless given")
    add_place(cluster, f"nginx's port, {PORT}; the processes take those after it")
    cluster.add_argument(
        "--units", type=Path, metavar="FOLDER", help="start nothing: write units for systemd into this folder"
    )
    cluster.set_defaults(run=_cluster)


def _number(text: str) -> int:
    number = int(text)
    if not 1 <= number <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"from 1 to {MOST_PROCESSES}")
    return number


def _cluster(given: argparse.Namespace) -> int:
    folder = given.units or home() / "cluster"
    shape = Shape(given.processes, given.host, given.port, folder.resolve())
    wrong = _missing(given, shape)
    if wrong:
        print(wrong, file=sys.stderr)
        return 1
    if given.units:
        write_units(shape, url_from_environment())
        print(say(given.language, UNITS_WRITTEN, folder=shape.folder))
        return 0
    return _run(given.language, shape)


def _missing(given: argparse.Namespace, shape: Shape) -> str | None:
    """What keeps the cluster from starting; None where nothing does."""
    language: Language = given.language
    if not the_store().is_postgresql:
        return say(language, NEEDS_POSTGRESQL)
    if nginx() is None:
        return say(language, NEEDS_NGINX)
    if given.host != HOST and not accounts.any_account(the_store()):
        return say(language, NO_ACCOUNTS)
    places = [(shape.host, shape.port), *((HOST, port) for port in shape.ports)]
    taken = [] if given.units else [port for host, port in places if not is_free(port, host)]
    return say(language, PORT_TAKEN, port=taken[0]) if taken else None


def _run(language: Language, shape: Shape) -> int:
    the_store().close()  # the processes open it, this one only watches
    environment = os.environ | {"STREAMLIT_SERVER_COOKIE_SECRET": cookie_secret(shape.folder)}
    if shape.host != HOST:
        environment["BEICHA_HOST"] = shape.host
    program = str(Path(sys.argv[0]).resolve())
    processes = [
        Watched(f"beicha:{port}", (sys.executable, program, "serve", "--port", str(port)), environment)
        for port in shape.ports
    ]
    front = Watched("nginx", (str(nginx()), "-c", str(write_nginx(shape))), os.environ)

    def tell(name: str, status: int, seconds: float) -> None:
        print(say(language, FELL, name=name, status=status, seconds=f"{seconds:.0f}"), file=sys.stderr, flush=True)

    keeper = Keeper([*processes, front], tell)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: keeper.leaving.set())
    try:
        keeper.start()
        if _all_answer(shape, keeper):
            address = say(
                language, "Beicha is at http://{host}:{port}", host=shape.listen.rpartition(":")[0], port=shape.port
            )
            print(address, flush=True)
        elif not keeper.leaving.is_set():
            print(say(language, SLOW, seconds=f"{START_SECONDS:.0f}"), file=sys.stderr, flush=True)
        keeper.keep()
    finally:
        keeper.stop()
    return 0


def _all_answer(shape: Shape, keeper: Keeper) -> bool:
    """Waits until every process answers, a while at most; whether all do."""
    until = time.monotonic() + START_SECONDS
    waiting = list(shape.ports)
    while waiting and time.monotonic() < until and not keeper.leaving.wait(0.2):
        waiting = [port for port in waiting if not _answers(port)]
    return not waiting


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False

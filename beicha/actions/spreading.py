"""Scoring lots: here, or by the workers of a Dask cluster where ``BEICHA_DASK`` names its scheduler.

Which of the two does not show in a score: a worker runs the same program, or is not believed.
"""

import logging
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import scoring
from beicha.actions import lots
from beicha.actions.lots import Lot, Scores, score_lot
from beicha.store import assessments, cells, content

ADDRESS = "BEICHA_DASK"
AHEAD = 8
"""Lots that are read and given out before the first of them is back."""
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 300.0
_log = logging.getLogger(__name__)


class OtherProgramError(Exception):
    """A worker runs other rules of scoring than whoever asks it."""


def scored(waiting: Iterable[Lot]) -> Iterator[tuple[Lot, Scores]]:
    """The lots with their scores, in their order. What the cluster does not do, for whatever reason, is done here."""
    with elsewhere() as workers:
        if workers is None:
            yield from ((lot, score_lot(lot)) for lot in waiting)
        else:
            yield from _spread(waiting, workers)


@contextmanager
def elsewhere() -> Iterator[Executor | None]:
    """The workers of the cluster that is set up; None where none is, or where it does not answer, which is logged."""
    address = os.environ.get(ADDRESS, "")
    if not address:
        yield None
        return
    if not is_closed(address):
        _log.error("%s is not used: give tls://, or tcp:// to this machine, as facts go over that line", ADDRESS)
        yield None
        return
    client = _client(address)
    try:
        yield client.get_executor(retries=1) if client else None
    finally:
        if client:
            client.close()


def is_closed(address: str) -> bool:
    """Whether nobody else can listen on the way to a scheduler: encrypted, or within this machine."""
    parts = urlsplit(address)
    return parts.scheme == "tls" or (parts.scheme == "tcp" and parts.hostname in ("127.0.0.1", "localhost", "::1"))


def score_as(mark: str, lot: Lot) -> Scores:
    """What a worker does; raises OtherProgramError where its rules of scoring are not those of whoever asks."""
    if mark != rules_mark():
        raise OtherProgramError("update the worker's program")
    return score_lot(lot)


@cache
def rules_mark() -> str:
    """A digest of all that decides a score's bytes: the program's text, and the packages that count with it."""
    rules = sorted(Path(str(scoring.__file__)).parent.glob("*.py"))
    packing = [Path(str(module.__file__)) for module in (lots, assessments, cells, content)]
    packages = ",".join(version(name) for name in ("numpy", "pandas"))
    return sha256(b"\0".join([*(path.read_bytes() for path in [*rules, *packing]), packages.encode()])).hexdigest()


def _client(address: str) -> Any:
    """A ``distributed.Client``, None where there is none to be had."""
    try:
        from distributed import Client  # which need not be installed

        return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (ImportError, OSError, ValueError) as error:
        _log.warning("the cluster does not answer, so scores are made here: %s", type(error).__name__)
        return None


def _spread(waiting: Iterable[Lot], workers: Executor) -> Iterator[tuple[Lot, Scores]]:
    given: deque[tuple[Lot, Future[Scores]]] = deque()
    patience = _Patience()
    for lot in waiting:
        given.append((lot, workers.submit(score_as, rules_mark(), lot)))
        if len(given) >= AHEAD:
            yield _answer(*given.popleft(), patience)
    while given:
        yield _answer(*given.popleft(), patience)


class _Patience:
    """How long an answer is waited for: at first long, and not at all once one has failed to come."""

    def __init__(self) -> None:
        self.seconds = ANSWER_SECONDS


def _answer(lot: Lot, future: "Future[Scores]", patience: _Patience) -> tuple[Lot, Scores]:
    try:
        return lot, future.result(patience.seconds)
    except Exception as error:  # a fault of scoring itself shows itself here again, and is not hidden
        if isinstance(error, TimeoutError):
            patience.seconds = 0.0
        _log.warning("a worker of the cluster failed, so its lot is scored here: %s", type(error).__name__)
        return lot, score_lot(lot)

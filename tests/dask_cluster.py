"""A Dask cluster on this machine alone: a scheduler and workers, each a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from distributed import Client

from tests.databases import free_port

START_SECONDS = 60


@contextmanager
def dask_cluster(workers: int = 1) -> Iterator[tuple[str, "list[subprocess.Popen[bytes]]"]]:
    """The scheduler's address, and the processes: the scheduler and its workers, of one thread each."""
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    here = ["--host", "127.0.0.1", "--no-dashboard"]
    worker = ["worker", address, "--nworkers", "1", "--nthreads", "1", "--no-nanny", *here]
    started = [["scheduler", "--port", str(port), *here], *([worker] * workers)]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    commands = [[sys.executable, "-m", "distributed.cli.dask_" + name, *rest] for name, *rest in started]
    processes = [subprocess.Popen(command, **quiet) for command in commands]
    try:
        with Client(address, timeout=START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(workers, timeout=START_SECONDS)  # type: ignore[no-untyped-call]
        yield address, processes
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()

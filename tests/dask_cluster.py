"""A Dask cluster on this machine alone: a scheduler and workers, each a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import dask
from distributed import Client, Security

from tests.databases import free_port

START_SECONDS = 60


def certificates(folder: Path) -> dict[str, str]:
    """Dask's settings for an encrypted line, its certificates made for now and laid into a folder."""
    made = Security.temporary()  # type: ignore[no-untyped-call]
    places = {"ca-file": made.tls_ca_file}
    for role in ("scheduler", "worker", "client"):
        places |= {f"{role}.{what}": getattr(made, f"tls_{role}_{what}") for what in ("cert", "key")}
    found = {}
    for name, text in places.items():
        path = folder / f"{name}.pem"
        path.write_text(text)
        found[f"distributed.comm.tls.{name}"] = str(path)
    return found


@contextmanager
def dask_cluster(
    workers: int = 1, tls: Mapping[str, str] = MappingProxyType({})
) -> Iterator[tuple[str, "list[subprocess.Popen[bytes]]"]]:
    """The scheduler's address, and the processes: the scheduler and its workers, of one thread each.

    With the settings of ``certificates`` the lines between them are encrypted.
    """
    port = free_port()
    protocol = "tls" if tls else "tcp"
    address = f"{protocol}://127.0.0.1:{port}"
    here = ["--host", f"{protocol}://127.0.0.1", "--no-dashboard"]
    worker = ["worker", address, "--nworkers", "1", "--nthreads", "1", "--no-nanny", *here]
    started = [["scheduler", "--port", str(port), *here], *([worker] * workers)]
    named = {f"DASK_{name.upper().replace('.', '__').replace('-', '_')}": path for name, path in tls.items()}
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": os.environ | named}
    commands = [[sys.executable, "-m", "distributed.cli.dask_" + name, *rest] for name, *rest in started]
    processes = [subprocess.Popen(command, **quiet) for command in commands]
    try:
        with dask.config.set(dict(tls)), Client(address, timeout=START_SECONDS, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(workers, timeout=START_SECONDS)  # type: ignore[no-untyped-call]
        yield address, processes
    finally:
        for process in reversed(processes):
            process.kill()
            process.wait()

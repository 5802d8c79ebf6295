"""Serving the app from one process: on this machine only, or at one address of it that others reach."""

import os
import socket
from collections.abc import Callable

import uvicorn

from beicha.web.gate import HOST_VARIABLE

HOST = "127.0.0.1"


class _Server(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def is_free(port: int, host: str = HOST) -> bool:
    """Whether this machine lets a server listen on the port of that address now."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name == "posix":  # elsewhere the option would let two servers share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True


def serve(port: int, ready: Callable[[], None], host: str = HOST) -> None:
    """Serves until it is interrupted, and calls ``ready`` once it listens.

    uvicorn binds the socket itself, which keeps answers from waiting 40 ms each. The gate lets other machines in at the
    ``host`` alone, and none where it is this machine's own.
    """
    if host != HOST:
        os.environ[HOST_VARIABLE] = host
    config = uvicorn.Config(
        "app:app",
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=4 << 20,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        access_log=False,
        log_config=None,
    )
    _Server(config, ready).run()

"""Serving the app from one process on this machine only."""

import uvicorn


def serve(port: int) -> None:
    """Serves until it is interrupted. uvicorn binds the socket itself, which keeps answers from waiting 40 ms each."""
    uvicorn.run(
        "app:app",
        host="127.0.0.1",
        port=port,
        ws="websockets-sansio",
        ws_max_size=4 << 20,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        access_log=False,
        log_config=None,
    )

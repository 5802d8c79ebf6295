"""Watching over open pages: a session that ends anywhere, by whatever way, ends on the screen too."""

import asyncio
import logging

from starlette.concurrency import run_in_threadpool

from beicha.actions import sessions
from beicha.actions.opening import StoreError, the_store
from beicha.web.people import now
from beicha.web.sockets import SOCKETS, Sockets

LOOK_SECONDS = 2.0
TIDY_LOOKS = 150
"""So many looks lie between two clearings of what ended long ago."""

_log = logging.getLogger(__name__)


async def watch_sessions(sockets: Sockets = SOCKETS) -> None:
    """Cuts the websockets of ended sessions, for ever: another process, an administrator or time may end them."""
    looks = 0
    while True:
        try:
            await run_in_threadpool(_look, sockets)
            if looks % TIDY_LOOKS == 0:
                await run_in_threadpool(sessions.tidy, the_store(), now())
        except StoreError:
            _log.exception("sessions could not be looked at")
        looks += 1
        await asyncio.sleep(LOOK_SECONDS)


def _look(sockets: Sockets) -> None:
    open_ones = sockets.sessions
    if open_ones:
        sockets.cut(set(open_ones) - sessions.living(the_store(), open_ones, now()))

"""What surrounds the pages in this process: routes, middleware, and what starts and stops with it."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from beicha.actions.opening import Store, the_store
from beicha.web import (
    downloads,
    entrance,
    health,
    help_pages,
    logs,
    metrics,
    oidc,
    own_account,
    own_factor,
    page_shell,
    plain_upload,
    second_step,
    shares,
)
from beicha.web.gate import Gate
from beicha.web.page_shell import PageShell
from beicha.web.provider import the_provider
from beicha.web.socket_door import SocketDoor
from beicha.web.upload_door import Tabs, UploadDoor
from beicha.web.watching import watch_sessions

ROUTES: tuple[BaseRoute, ...] = (
    *page_shell.ROUTES,
    *entrance.ROUTES,
    *second_step.ROUTES,
    *oidc.ROUTES,
    *own_account.ROUTES,
    *own_factor.ROUTES,
    *downloads.ROUTES,
    *help_pages.ROUTES,
    *health.ROUTES,
    *metrics.ROUTES,
    *plain_upload.ROUTES,
    *shares.ROUTES,
)


def middleware_with(
    farewell: bytes, tabs: Tabs, useful: Callable[[bytes], bool], discreet: Callable[[bytes], bytes]
) -> tuple[Middleware, ...]:
    """What every request passes, with what Streamlit alone knows.

    ``farewell`` is the message that leads an open page to the sign-in page, ``tabs`` knows whose a tab is, ``useful``
    whether a message of a browser is one that pages send, ``discreet`` takes from an answer what is nobody's business.
    """
    return (
        Middleware(metrics.Counted),
        Middleware(Gate, farewell=farewell),
        Middleware(SocketDoor, useful=useful, discreet=discreet),
        Middleware(UploadDoor, tabs=tabs),
        Middleware(PageShell),
    )


class Starts(Protocol):
    """What runs beside the pages, such as the worker."""

    def start(self) -> None:
        """Begins and returns at once."""

    def stop(self) -> None:
        """Ends, and returns once it has."""


def lifespan_with(
    worker_of: Callable[[Store], Starts], load: Callable[[], None]
) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """What happens once per process: the store is opened and migrated, a worker runs beside it, pages are loaded.

    What is loaded then is kept out of every later collection of garbage, which would else cost more than a page.
    """

    @asynccontextmanager
    async def lifespan(_: Any) -> AsyncIterator[None]:
        logs.start()
        the_provider()
        worker = worker_of(the_store())
        load()
        gc.collect()
        gc.freeze()
        worker.start()
        watch = asyncio.create_task(watch_sessions())
        yield
        watch.cancel()
        worker.stop()

    return lifespan

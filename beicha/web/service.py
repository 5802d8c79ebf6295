"""What surrounds the pages in this process: routes, middleware, and what starts and stops with it."""

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from beicha.web import downloads, page_shell
from beicha.web.gate import Gate
from beicha.web.page_shell import PageShell

ROUTES: tuple[BaseRoute, ...] = (*page_shell.ROUTES, *downloads.ROUTES)
MIDDLEWARE = (Middleware(Gate), Middleware(PageShell))


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[None]:
    """Once per process: what was loaded at start is kept out of every later collection of garbage."""
    gc.collect()
    gc.freeze()
    yield

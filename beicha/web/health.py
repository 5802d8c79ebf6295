"""Two addresses for whoever watches over the service: it lives, and it is ready. Open to all, as they say no more."""

import asyncio

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from beicha.actions import health
from beicha.actions.opening import the_store
from beicha.web.headers import NO_STORE

WAIT_SECONDS = 5.0
"""A database that takes longer to answer serves nobody."""


async def alive(_: Request) -> Response:
    """That the process answers; it asks nothing of the database."""
    return PlainTextResponse("ok", headers=NO_STORE)


async def ready(_: Request) -> Response:
    """Each check by name; status 503 where one is not passed."""
    try:
        found = await asyncio.wait_for(run_in_threadpool(health.checks, the_store()), WAIT_SECONDS)
    except TimeoutError:
        found = {"database": False}
    status = 200 if all(found.values()) else 503
    return JSONResponse({"ready": status == 200, "checks": found}, status, headers=NO_STORE)


ROUTES: tuple[BaseRoute, ...] = (
    Route("/healthz", alive, methods=["GET"]),
    Route("/readyz", ready, methods=["GET"]),
)

"""Figures for whoever runs the service, in the form that Prometheus reads: how much, how quick, how many faults.

Nothing in them is about people or their data: addresses are told by their kind alone. They are given to whoever has
the token in ``BEICHA_METRICS_TOKEN``; where none is set they do not exist.
"""

import hmac
import logging
import os
import time
from collections.abc import Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beicha.actions import health
from beicha.actions.opening import StoreError, the_store
from beicha.web.headers import NO_STORE
from beicha.web.people import now

TOKEN_VARIABLE = "BEICHA_METRICS_TOKEN"  # noqa: S105 - the name of a variable
LEAST_TOKEN = 16
"""A shorter token could be guessed: it counts as none."""
KINDS = {
    "/download/": "download",
    "/plain/": "plain upload",
    "/shared/": "share",
    "/s/": "share",
    "/login": "sign-in",
    "/account/": "account",
    "/_stcore/upload_file": "upload",
    "/_stcore/": "page machinery",
    "/static/": "static",
    "/ui/": "static",
    "/healthz": "watch",
    "/readyz": "watch",
    "/metrics": "watch",
}
"""What an address is for, by its beginning; any other is a page."""
SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
REQUESTS = Counter("beicha_requests", "Answers by kind of address and status", ["kind", "status"], registry=REGISTRY)
TAKEN = Histogram("beicha_request_seconds", "Seconds to an answer's end", ["kind"], buckets=SECONDS, registry=REGISTRY)
OPEN_PAGES = Gauge("beicha_open_pages", "Websockets of open pages", registry=REGISTRY)
LOGGED = Counter("beicha_log_entries", "Entries in the log from warnings on", ["level"], registry=REGISTRY)


class _Queue(Collector):
    """The jobs, asked of the database whenever the figures are."""

    def collect(self) -> Iterator[Metric]:
        try:
            found = health.queue(the_store(), now())
        except StoreError:
            yield GaugeMetricFamily("beicha_database_up", "Whether the database answers", 0)
            return
        yield GaugeMetricFamily("beicha_database_up", "Whether the database answers", 1)
        jobs = GaugeMetricFamily("beicha_jobs", "Jobs of all processes by state", labels=["state"])
        for state in ("queued", "running", "done", "failed", "cancelled"):
            jobs.add_metric([state], found.by_state.get(state, 0))
        yield jobs
        yield GaugeMetricFamily("beicha_job_waited_seconds", "How long the first job in the queue waits", found.waited)

    def describe(self) -> Iterator[Metric]:
        """Nothing is asked of the database before somebody asks for figures."""
        return iter(())


REGISTRY.register(_Queue())


class Ear(logging.Handler):
    """Counts what is logged from warnings on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        """Counts an entry by its level."""
        LOGGED.labels(record.levelname.lower()).inc()


def kind_of(path: str) -> str:
    """What an address is for; it says nothing of whose it is."""
    return next((kind for start, kind in KINDS.items() if path.startswith(start)), "page")


class Counted:
    """ASGI middleware that counts answers and open pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on as it is."""
        if scope["type"] == "websocket":
            with OPEN_PAGES.track_inprogress():
                await self.app(scope, receive, send)
        elif scope["type"] == "http":
            await self._count(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _count(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind, begun, status = kind_of(scope["path"]), time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            REQUESTS.labels(kind, str(status)).inc()
            TAKEN.labels(kind).observe(time.perf_counter() - begun)


async def figures(request: Request) -> Response:
    """All figures of this process, and the queue of all; 404 without the token."""
    token = os.environ.get(TOKEN_VARIABLE, "")
    given = request.headers.get("authorization", "").encode()
    if len(token) < LEAST_TOKEN or not hmac.compare_digest(given, f"Bearer {token}".encode()):
        return PlainTextResponse("Not found", 404, headers=NO_STORE)
    told = await run_in_threadpool(generate_latest, REGISTRY)
    return Response(told, media_type=CONTENT_TYPE_PLAIN_0_0_4, headers=NO_STORE)


ROUTES: tuple[BaseRoute, ...] = (Route("/metrics", figures, methods=["GET"]),)

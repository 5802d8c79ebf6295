"""Clients of our routes behind the real gate: as somebody with posts, or as nobody."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.web.gate import Gate
from beicha.web.people import COOKIE
from tests.ui.district import signed_in

HERE = "127.0.0.1:8501"
FAREWELL = b"to the sign-in page"


def stranger(
    routes: Sequence[BaseRoute], host: str = HERE, client: str = "127.0.0.1", scheme: str = "http"
) -> TestClient:
    """A client that nobody has signed in with."""
    app = Starlette(routes=list(routes), middleware=[Middleware(Gate, farewell=FAREWELL)])
    return TestClient(app, base_url=f"{scheme}://{host}", client=(client, 50000), follow_redirects=False)


def client_as(
    routes: Sequence[BaseRoute], posts: Sequence[Post] = OFFICE.posts, login: str = "wang", host: str = HERE
) -> TestClient:
    """A client of somebody who holds these posts and is signed in."""
    client = stranger(routes, host)
    client.cookies.set(COOKIE, signed_in(the_store(), *posts, login=login))
    return client

"""The cookies of share links: one for each link that a browser opened, which shows that link's scope and no more."""

import re
from datetime import datetime, timedelta

from starlette.requests import HTTPConnection
from starlette.responses import Response

from beicha.actions import visiting
from beicha.actions.opening import the_store
from beicha.actions.visiting import Visit
from beicha.web.people import now

PREFIX = "share_"
LONGEST = timedelta(days=30)
_NAME = re.compile(PREFIX + r"([0-9a-f]{12})")
_BOARD = re.compile(r"/board-([0-9a-f]{12})(?:-community)?")


def cookie_of(request: HTTPConnection, public_id: str) -> str:
    """What the browser keeps of a link, '' where it never opened it."""
    return request.cookies.get(PREFIX + public_id, "")


def with_cookie(request: HTTPConnection, response: Response, visit: Visit, at: datetime) -> Response:
    """The answer, with the link's cookie given to the browser, until the link ends at the latest.

    It is Lax, not Strict: whoever taps a link in a message comes from another site, and is sent on from here.
    """
    assert visit.shared is not None, "what was opened is there"
    left = LONGEST if visit.shared.ends_at is None else min(LONGEST, visit.shared.ends_at - at)
    response.set_cookie(
        PREFIX + visit.shared.public_id, visit.cookie, max_age=int(left.total_seconds()), httponly=True,
        samesite="lax", secure=request.url.scheme == "https",
    )  # fmt: skip
    return response


def proved_by(request: HTTPConnection) -> dict[str, str]:
    """The links that the browser has open now, by public id, with their seals."""
    found = ((_NAME.fullmatch(name), value) for name, value in request.cookies.items())
    cookies = {match[1]: value for match, value in found if match}
    return visiting.proved(the_store(), cookies, now()) if cookies else {}


def link_of_board(path: str) -> str:
    """The link whose interactive pages lie at the path, '' where it is another page's."""
    found = _BOARD.fullmatch(path)
    return found[1] if found else ""

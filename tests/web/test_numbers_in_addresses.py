"""A number in an address that no database can look for is "not there", wherever an address takes one."""

from collections.abc import Iterator

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from beicha.actions.opening import the_store
from beicha.web.service import ROUTES
from tests.actions.office import set_up
from tests.web.clients import client_as
from tests.web.test_plain_upload import token_in

IMPOSSIBLE = [
    "2147483648",
    "9223372036854775808",
    "9" * 12,
    "9" * 13,
    "9" * 5000,
    "-1",
    "1_0",
    "²",
    "٣",
    "1.0",
    "x",
    "%00",
]
IN_PATHS = [route for route in ROUTES if isinstance(route, Route) and "{number" in route.path]
IN_QUERIES = {
    "/download/import.xlsx": "job",
    "/download/import.csv": "job",
    "/download/checked": "job",
    "/download/original": "version",
    "/download/spot-form.xlsx": "number",
    "/download/issued.docx": "paper",
    "/download/photo.jpg": "photo",
    "/download/annual.docx": "year",
    "/download/annual.xlsx": "year",
    "/download/orders.docx": "tasks",
    "/download/rectification-notice.docx": "tasks",
}
WITHOUT_WORD = ("paper", "paper-form", "daily")
OTHERS = {
    f"/download/{name}"
    for name in ("overview.zip", "tasks.zip", "gaps.png", "trend.png", "sections.png", "calendar.ics")
}

WITHOUT = (
    "community", "community-template", "office-template", "areas", "lines", "reporting", "accounts-template",
    "handed-out", "audit", "community-filled", "daily", "overview", "tasks", "review", "calendar", "verified",
    "compare", "edition",
)  # fmt: skip
"""Downloads that take no number."""


@pytest.fixture
def client(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("BEICHA_DATABASE_URL", database_url)
    set_up(the_store())
    yield client_as(ROUTES)
    the_store().close()


def test_every_route_that_takes_a_number_is_tried_here() -> None:
    downloads = {route.path for route in ROUTES if isinstance(route, Route) and route.path.startswith("/download/")}
    assert downloads - {f"/download/{name}.xlsx" for name in WITHOUT} - {
        f"/download/{name}.docx" for name in WITHOUT_WORD
    } - OTHERS == set(IN_QUERIES)
    assert len(IN_PATHS) == 4


def test_what_has_an_impossible_number_is_not_there(client: TestClient) -> None:
    token = token_in(client.get("/plain/upload").text)
    for number in IMPOSSIBLE:
        for path, name in IN_QUERIES.items():
            answer = client.get(path, params={name: number, "sha256": "0" * 64})
            assert (answer.status_code, path, number) == (404, path, number)
        for route in IN_PATHS:
            path = route.path.replace("{number}", number)
            form = {"data": {"token": token}, "files": [("files", ("", b""))]}
            answer = client.post(path, **form) if "POST" in (route.methods or ()) else client.get(path)
            assert (answer.status_code, route.path, number) == (404, route.path, number)

"""Page addresses get our shell; everything else is left to its own route."""

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from beicha.web.page_shell import ROUTES, STATIC, PageShell, is_page, shell
from beicha.web.service import ROUTES as ALL_ROUTES


async def other(_: Request) -> PlainTextResponse:
    return PlainTextResponse("other")


@pytest.fixture
def client() -> TestClient:
    routes = [*ROUTES, Route("/{path:path}", other, methods=["GET", "POST"])]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(PageShell)]))


def test_the_shell_says_it_is_chinese_and_brings_the_script(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html lang="zh-CN">' in page
    assert "<title>备查</title>" in page
    assert '<script src="/ui/zh.js"></script>' in page


def test_what_older_browsers_lack_is_filled_before_the_bundle_runs(client: TestClient) -> None:
    page = client.get("/").text
    assert 0 < page.index('src="/ui/polyfills.js"') < page.index('src="./static/js/index.')


def test_an_english_reader_gets_an_english_shell(client: TestClient) -> None:
    page = client.get("/community?lang=en&community=a").text
    assert '<html lang="en">' in page
    assert "<title>Beicha</title>" in page


def test_an_unknown_language_falls_back_to_chinese(client: TestClient) -> None:
    assert '<html lang="zh-CN">' in client.get("/?lang=xx").text


def test_the_shell_has_no_inline_script_and_points_nowhere_else(client: TestClient) -> None:
    page = client.get("/").text
    assert "<script>" not in page
    assert "agent" not in page
    assert "http://" not in page
    assert "https://" not in page.replace("https://www.apache.org", "")


@pytest.mark.parametrize("path", ["/", "/community", "/nosuch"])
def test_pages_known_or_not_get_the_shell(path: str) -> None:
    assert is_page(path)


NOT_PAGES = (
    "/_stcore/health /x/_stcore/agent/mcp /static/js/index.js /media/abc /favicon.png /ui/zh.js "
    "/download/community.xlsx //evil.example /community/ /component/x"
)


@pytest.mark.parametrize("path", NOT_PAGES.split())
def test_what_is_not_a_page_is_passed_on(path: str) -> None:
    assert not is_page(path)


def test_a_form_sent_to_a_page_address_is_not_answered_by_the_shell(client: TestClient) -> None:
    assert client.post("/community").text == "other"


OWN_FILES = [
    ("/ui/polyfills.js", "text/javascript"),
    ("/ui/old-browser.js", "text/javascript"),
    ("/ui/zh.js", "text/javascript"),
    ("/ui/icon.svg", "image/svg+xml"),
]


@pytest.mark.parametrize(("path", "kind"), OWN_FILES)
def test_the_shells_own_files_are_served(client: TestClient, path: str, kind: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


def test_the_shell_loads_streamlits_own_bundle() -> None:
    assert "./static/js/index." in shell("zh_CN")


YOUNGER = re.compile(
    r"\b(?:Promise\.(?:withResolvers|try)|AbortSignal\.(?:timeout|any)|(?:Object|Map)\.groupBy|Array\.fromAsync"
    r"|URL\.(?:canParse|parse)|Iterator\.from|RegExp\.escape|Error\.isError)\b"
    r"|\.(?:toSorted|toReversed|toSpliced|findLast|findLastIndex|isSubsetOf|isSupersetOf|isDisjointFrom"
    r"|symmetricDifference|isWellFormed|toWellFormed|throwIfAborted)\("
)
"""Calls that the oldest browser named in polyfills.js does not know."""


def test_whatever_the_bundle_calls_and_old_browsers_lack_is_filled() -> None:
    """Tells after an update of Streamlit that polyfills.js lacks something: the chunks of every page, and tables."""
    folder = Path(str(distribution("streamlit").locate_file("streamlit/static")))
    chunks = [folder / name for name in re.findall(r"\./(static/js/[^\"]+\.js)", shell("en"))]
    tables = list((folder / "static" / "js").glob("DataFrame.*.js"))
    assert len(chunks) > 20
    assert len(tables) == 1
    called = {found for path in [*chunks, *tables] for found in YOUNGER.findall(path.read_text("utf-8"))}
    filled = (STATIC / "polyfills.js").read_text("utf-8")
    assert "Promise.withResolvers" in called
    assert [name for name in called if f'"{name.rpartition(".")[2].rstrip("(")}"' not in filled] == []


@pytest.mark.parametrize("path", sorted(re.sub(r"{[^}]*}", "1", route.path) for route in ALL_ROUTES))
def test_no_route_of_ours_is_hidden_behind_the_pages(path):
    assert not is_page(path)

"""The help page tells every problem of the catalogue, in both languages, and finds them by words."""

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from beicha.intake.catalogue import CATALOGUE
from beicha.web.help_pages import ROUTES


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=list(ROUTES)))


def codes(page: str) -> list[str]:
    return re.findall(r'<tr id="(\w+)">', page)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_problem_has_its_place(client: TestClient, language: str) -> None:
    page = client.get("/help/problems", params={"lang": language}).text
    assert sorted(codes(page)) == sorted(CATALOGUE)
    assert "{" not in page


def test_a_problem_is_told_with_its_advice_in_the_readers_language(client: TestClient) -> None:
    assert "“…”不是日期。" in client.get("/help/problems").text
    assert "“…” is not a date." in client.get("/help/problems?lang=en").text


def test_problems_are_found_by_all_words_in_whatever_case(client: TestClient) -> None:
    found = codes(client.get("/help/problems", params={"q": "NOT date", "lang": "en"}).text)
    assert "date_unreadable" in found
    assert "encrypted" not in found
    assert "encrypted" in codes(client.get("/help/problems", params={"q": "密码"}).text)


def test_words_that_nothing_holds_are_shown_as_text(client: TestClient) -> None:
    page = client.get("/help/problems", params={"q": "<script>"}).text
    assert codes(page) == []
    assert "没有找到与“&lt;script&gt;”有关的问题" in page
    assert "<script" not in page

"""Nothing of an upload stays in the folder for temporary files: taken, refused, cut off, or its reader killed."""

import os
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from beicha.actions import imports, submissions
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.intake import child
from beicha.intake.book import Refusal
from beicha.jobs.worker import Worker
from beicha.web import downloads, plain_upload, posted
from tests.actions import children
from tests.actions.children import CARE_ROW
from tests.actions.office import MARCH, NOW
from tests.web.clients import client_as
from tests.web.test_plain_upload import token_in

LARGE = b"PK" + bytes(range(256)) * 8000
"""Two megabytes: more than a form keeps in memory."""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, empty before and after; readers are started anew in it."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(child, "_PASSED_ON", (*child._PASSED_ON, "TMPDIR"))
    monkeypatch.setenv("BEICHA_DATABASE_URL", sqlite_url)
    child._reader.close()
    children.settle(the_store())
    yield folder
    the_store().close()
    child._reader.close()
    assert list(folder.rglob("*")) == []


@pytest.fixture
def client() -> TestClient:
    return client_as((*plain_upload.ROUTES, *downloads.ROUTES))


def send(client: TestClient, name: str, content: bytes) -> int:
    token = token_in(client.get("/plain/upload").text)
    answer = client.post("/plain/upload", data={"token": token}, files=[("files", (name, content))])
    Worker(the_store(), lambda: NOW).run_waiting()
    return answer.status_code


def test_a_file_that_is_taken_marked_and_stored_leaves_none(client: TestClient) -> None:
    wrong = children.care_file([*CARE_ROW[:2], "某日", *CARE_ROW[3:]])
    assert send(client, wrong.name, wrong.content) == 303
    assert client.get(f"/download/checked?job=1&sha256={wrong.sha256}").status_code == 200
    assert submissions.history(OFFICE, the_store(), MARCH) != ()


def test_a_file_that_is_refused_leaves_none(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert send(client, "大.xlsx", LARGE) == 303
    monkeypatch.setattr(posted, "MOST_FILE_BYTES", len(LARGE) - 1)
    assert send(client, "大.xlsx", LARGE) == 413


def test_a_form_that_is_cut_off_leaves_none(client: TestClient) -> None:
    token = token_in(client.get("/plain/upload").text)
    head = b'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n' + token.encode() + b"\r\n--x\r\n"
    file = b'Content-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n' + LARGE
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/plain/upload", content=head + file, headers=kind).status_code in (400, 403)


def test_a_reader_that_is_killed_leaves_none(temporary: Path) -> None:
    child.read_book(children.full_file().content)
    os.kill(child._reader._idle[-1]._process.pid, signal.SIGKILL)
    assert not isinstance(child.read_book(children.full_file().content), Refusal)
    assert list(temporary.rglob("*")) == []


def test_a_job_whose_worker_dies_leaves_none_and_is_done_by_the_next() -> None:
    store = the_store()
    number = imports.start(OFFICE, store, [children.full_file()], now=NOW, kind="preview")
    with store.write() as change:
        change.exec_driver_sql("UPDATE jobs SET state = 'running', worker = 'gone', heartbeat = '2026-01-01 00:00:00'")
    Worker(store, lambda: NOW)._tidy(("preview", "import"))
    Worker(store, lambda: NOW).run_waiting()
    assert imports.draft(OFFICE, store, number) is not None

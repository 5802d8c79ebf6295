"""The service as a whole: what it is made of, and the settings that its speed and safety rest on."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from streamlit import config

from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.jobs.worker import Worker
from beicha.ui.loading import load
from beicha.ui.tabs import Tabs, discreet, is_useful
from beicha.web.people import COOKIE
from beicha.web.service import ROUTES, lifespan_with, middleware_with
from tests.ui.district import signed_in

ROOT = Path(__file__).resolve().parents[2]
SETTINGS: dict[str, Any] = {
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 200,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "browser.gatherUsageStats": False,
    "runner.postScriptGC": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "type",
}


@pytest.mark.parametrize(("name", "value"), SETTINGS.items())
def test_the_settings_are_made_and_streamlit_still_knows_them(name: str, value: Any) -> None:
    section, key = name.split(".")
    made = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert made[section][key] == value
    assert name in config._config_options_template


def test_the_theme_is_made_of_options_that_there_are() -> None:
    made = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    assert [key for key in made if f"theme.{key}" not in config._config_options_template] == []


def test_the_front_door_is_found_without_being_run() -> None:
    module = ast.parse((ROOT / "app.py").read_text("utf-8"))
    (found,) = [node for node in module.body if isinstance(node, ast.Assign)]
    assert ast.unparse(found.targets[0]) == "app"
    assert ast.unparse(found.value).startswith("st.App('beicha/ui/shell.py'")


@pytest.mark.usefixtures("office")
def test_the_pages_routes_and_worker_start_and_stop_together(monkeypatch: pytest.MonkeyPatch) -> None:
    from starlette.applications import Starlette

    started: list[Worker] = []

    def worker_of(store: Any) -> Worker:
        started.append(Worker(store))
        return started[-1]

    app = Starlette(
        routes=list(ROUTES),
        middleware=list(middleware_with(b"bye", Tabs(), is_useful, discreet)),
        lifespan=lifespan_with(worker_of, load),
    )
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 1)) as client:
        client.cookies.set(COOKIE, signed_in(the_store(), *OFFICE.posts))
        assert client.get("/ui/zh.js").status_code == 200
        assert client.get("/download/areas.xlsx").headers["cache-control"] == "no-store"
        assert client.get("/").headers["content-security-policy"].startswith("default-src 'self'")
    assert len(started) == 1
    assert the_store().place

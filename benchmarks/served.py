"""Serves one of the pages that are compared, as the product is served: ``python -m benchmarks.served KIND PORT``.

``overview`` is the application as it is; ``framed`` the same with an empty page in its frame; ``blank`` a script with
a title alone.
"""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn

from beicha.ui.sitemap import ROOT, PageEntry

BLANK = Path(__file__).with_name("blank_page.py")


@asynccontextmanager
async def _frozen(_: Any) -> AsyncIterator[None]:
    gc.collect()
    gc.freeze()
    yield


def _path(entry: PageEntry) -> Path:
    return BLANK if entry.name == "overview" else ROOT / "pages" / f"{entry.name}.py"


def application(kind: str) -> Any:
    """The app to be served."""
    if kind == "blank":
        return st.App(str(BLANK), lifespan=_frozen)
    if kind == "framed":
        PageEntry.path = property(_path)  # type: ignore[method-assign, assignment]
    from app import app

    return app


if __name__ == "__main__":
    uvicorn.run(
        application(sys.argv[1]),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        ws="websockets-sansio",
        ws_max_size=4 << 20,
        access_log=False,
        log_config=None,
    )

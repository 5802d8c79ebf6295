"""The front door: the pages and the plain HTTP around them, as one ASGI app.

Started by ``manage.py serve``; ``streamlit run app.py`` works too.
"""

import streamlit as st

from beicha.jobs.worker import Worker
from beicha.ui import faults
from beicha.ui.leaving import farewell
from beicha.ui.loading import load
from beicha.ui.tabs import Tabs, discreet, is_useful
from beicha.web.service import ROUTES, lifespan_with, middleware_with

app = st.App(
    "beicha/ui/shell.py",
    routes=ROUTES,
    middleware=middleware_with(farewell(), Tabs(), is_useful, discreet),
    lifespan=lifespan_with(Worker, load),
    on_script_error=faults.tell,
)

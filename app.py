"""The front door: the pages and the plain HTTP around them, as one ASGI app.

Started by ``manage.py serve``; ``streamlit run app.py`` works too.
"""

import streamlit as st

from beicha.jobs.worker import Worker
from beicha.ui import faults
from beicha.ui.loading import load
from beicha.web.service import MIDDLEWARE, ROUTES, lifespan_with

app = st.App(
    "beicha/ui/shell.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan_with(Worker, load),
    on_script_error=faults.tell,
)

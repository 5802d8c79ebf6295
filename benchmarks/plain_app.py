"""The same pages as plain Streamlit serves them, for ``streamlit run``: no worker, nothing kept from the collector."""

import streamlit as st

from beicha.ui import faults
from beicha.ui.leaving import farewell
from beicha.ui.tabs import Tabs, discreet, is_useful
from beicha.web.service import ROUTES, middleware_with

app = st.App(
    "../beicha/ui/shell.py",
    routes=ROUTES,
    middleware=middleware_with(farewell(), Tabs(), is_useful, discreet),
    on_script_error=faults.tell,
)

"""The front door: the pages and the plain HTTP around them, as one ASGI app.

Started by ``manage.py serve``; ``streamlit run app.py`` works too.
"""

import streamlit as st

from beicha.web.service import MIDDLEWARE, ROUTES, lifespan

app = st.App("beicha/ui/shell.py", routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)

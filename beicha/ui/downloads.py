"""Links to files: they go out through plain HTTP, by what they are, never from the page's memory."""

from urllib.parse import urlencode

import streamlit as st

from beicha.actions.views.community import CommunityView
from beicha.actions.views.reporting import Reporting
from beicha.ui import office
from beicha.words.language import Language, say


def address(place: str, values: dict[str, str]) -> str:
    """An address of this server with what it is asked for."""
    return f"{place}?{urlencode(values)}"


def draw_link(name: str, place: str, values: dict[str, str], key: str | None = None) -> None:
    """A button that downloads from an address of this server."""
    st.link_button(name, address(place, values), icon=":material/download:", key=key)


def draw_community_download(view: CommunityView, language: Language) -> None:
    """The community's page as a workbook."""
    values = {"period": view.period, "community": view.code, "lang": language}
    with st.container(horizontal=True, gap="small"):
        draw_link(say(language, "Download this page (.xlsx)"), "/download/community.xlsx", values)
        draw_link(say(language, "Picture of the sections (.png)"), "/download/sections.png", values)
        if office.may_ask(view.period, view.code):
            st.link_button(
                say(language, "Download with nothing hidden"),
                address("/download/community.xlsx", {**values, "whole": "1"}),
                type="tertiary",
                help=say(language, "Who takes what is a person's own is written down."),
            )


def draw_overview_downloads(period: str, street: str, line: str, language: Language) -> None:
    """The overview as a workbook, CSV and pictures, under the filters of the page."""
    values = {"period": period, "street": street, "line": line, "lang": language}
    places = {
        say(language, "Excel (.xlsx)"): "/download/overview.xlsx",
        say(language, "CSV (.zip)"): "/download/overview.zip",
        say(language, "Picture of the gaps (.png)"): "/download/gaps.png",
        say(language, "Picture of the trend (.png)"): "/download/trend.png",
    }
    _draw_all(places, values, "overview_downloads", language)


def draw_task_downloads(street: str, line: str, language: Language) -> None:
    """The tasks as a workbook and CSV."""
    places = {
        say(language, "Excel (.xlsx)"): "/download/tasks.xlsx",
        say(language, "CSV (.zip)"): "/download/tasks.zip",
    }
    _draw_all(places, {"street": street, "line": line, "lang": language}, "task_downloads", language)


def _draw_all(places: dict[str, str], values: dict[str, str], key: str, language: Language) -> None:
    with st.popover(say(language, "Download"), icon=":material/download:", key=key):
        for name, place in places.items():
            draw_link(name, place, values)


def draw_review_download(period: str, street: str, language: Language) -> None:
    """The review of the month as a workbook."""
    values = {"period": period, "street": street, "lang": language}
    draw_link(say(language, "Download this page (.xlsx)"), "/download/review.xlsx", values)


def draw_reporting_download(view: Reporting, street: str, language: Language) -> None:
    """The reporting of the month as a workbook."""
    values = {"period": view.period, "street": street, "lang": language}
    draw_link(say(language, "Download this page (.xlsx)"), "/download/reporting.xlsx", values)

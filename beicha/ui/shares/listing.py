"""The links there are: how each stands, how often it was opened, and what can be done with it."""

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from beicha.actions import shares
from beicha.actions.opening import the_store
from beicha.actions.share_texts import STATES
from beicha.actions.shares import ListedShare
from beicha.ui import office
from beicha.ui.person import grant, holds
from beicha.ui.shares.asking import do, now
from beicha.ui.shares.made import NewLink, keep_made
from beicha.ui.shares.making import KINDS
from beicha.ui.shares.places import in_words, months_in_words, places
from beicha.ui.tables import choosing, chosen_row, draw_table
from beicha.ui.texts import literal
from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE
from beicha.words.times import shown


def draw_list(language: Language) -> None:
    """The links that the reader may know of, the newest first; a chosen one with what it shows and can be done."""
    st.subheader(say(language, "Links"), anchor=False)
    found = shares.listed(grant(), the_store(), now=now())
    if not found:
        st.caption(say(language, "No link was made yet."))
        return
    st.caption(say(language, "Choose a row to revoke a link or to give it a new address."))
    draw_table(
        _table(found, language),
        _columns(language),
        "share_list",
        say(language, "Links"),
        on_select=choosing("share_list"),
    )
    place = chosen_row("share_list", len(found))
    if place is not None:
        _draw_chosen(found[place], language)


def _table(found: Sequence[ListedShare], language: Language) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "title": [share.title for share in found],
            "state": [say(language, STATES[share.state]) for share in found],
            "kind": [say(language, KINDS["frozen" if share.frozen else "live"]) for share in found],
            "ends": [shown(share.ends_at) if share.ends_at else say(language, "until revoked") for share in found],
            "uses": [share.uses for share in found],
            "last": [shown(share.last_used_at) if share.last_used_at else NONE for share in found],
            "password": [say(language, "yes") if share.password else "" for share in found],
            "maker": [share.maker_name or share.maker for share in found],
        }
    )


def _columns(language: Language) -> dict[str, object]:
    text = st.column_config.TextColumn
    return {
        "title": text(say(language, "Title of the link"), width=240),
        "state": text(say(language, "State"), width=100),
        "kind": text(say(language, "Numbers"), width=64),
        "ends": text(say(language, "Open until"), width=136),
        "uses": st.column_config.NumberColumn(say(language, "Opened"), width=64),
        "last": text(say(language, "Last opened"), width=136),
        "password": text(say(language, "Password of the link"), width=84),
        "maker": text(say(language, "Made by"), width=110),
    }


def _draw_chosen(share: ListedShare, language: Language) -> None:
    """What one link shows, and what the reader can do with it."""
    with st.container(border=True):
        st.markdown(f"**{literal(share.title)}**")
        st.markdown(_about(share, language))
        if share.state == "revoked" or not holds("share"):
            return
        with st.container(horizontal=True, gap="small"):
            _draw_rotate(share, language)
            _draw_revoke(share, language)


def _about(share: ListedShare, language: Language) -> str:
    scope, lines = share.scope, office.choices(share.scope.first or _newest()).lines
    told = {
        later("What it shows"): in_words(scope.areas, places(), say(language, "The whole district"), language),
        later("Lines"): in_words(scope.lines, lines, say(language, "All lines"), language),
        later("Month"): months_in_words(scope, language),
        later("Made at"): shown(share.made_at),
    }
    if share.revoked_at is not None:
        told[later("Revoked at")] = f"{shown(share.revoked_at)} {share.revoked_by}"
    lines_said = [say(language, "{name}: {text}", name=say(language, name), text=text) for name, text in told.items()]
    return "\n".join(f"- {literal(line)}" for line in lines_said)


def _newest() -> str:
    return next(iter(office.periods()), "")


def _draw_rotate(share: ListedShare, language: Language) -> None:
    with st.popover(say(language, "New address"), key="share_rotating"):
        st.markdown(say(language, "The old address stops working at once, also for those who have it open. Scope, end and password stay."))  # fmt: skip # noqa: E501
        pressed = st.button(say(language, "Give a new address"), key="share_rotate", type="primary")
    if pressed:
        do(partial(_rotate, share), language)


def _draw_revoke(share: ListedShare, language: Language) -> None:
    with st.popover(say(language, "Revoke"), key="share_revoking"):
        st.markdown(say(language, "Nobody can open the link any more, and this cannot be undone."))
        pressed = st.button(say(language, "Revoke the link"), key="share_revoke", type="primary")
    if pressed:
        do(partial(shares.revoke, grant(), the_store(), share.public_id, now=now()), language)


def _rotate(share: ListedShare) -> None:
    made = shares.rotate(grant(), the_store(), share.public_id, now=now())
    keep_made(NewLink(share.title, made.path, None if share.password else ""))

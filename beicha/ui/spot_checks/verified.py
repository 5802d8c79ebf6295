"""Self-report beside verification: per community how far it runs ahead, per criterion both sides, and their rows."""

import pandas as pd
import streamlit as st

from beicha.actions.views.verified import FEW, Verified
from beicha.ui import office
from beicha.ui.charts.drawing import draw_chart
from beicha.ui.charts.sides import sides_chart
from beicha.ui.downloads import draw_link
from beicha.ui.frame import Frame, unique_labels
from beicha.ui.person import holds
from beicha.ui.tables import arrow, draw_rows, draw_table, number_columns
from beicha.words.language import Language, later, say
from beicha.words.numbers import signed

SHOWN = 20


def draw_verified(frame: Frame) -> None:
    """The communities, ranked by how far self-report runs ahead, and one of them criterion by criterion."""
    language = frame.language
    found = office.verified(frame.period, frame.street, frame.line)
    if found is None or found.communities.empty:
        st.caption(say(language, "No criterion was both reported by a community and verified on site in this month."))
        return
    text = later(
        "Only criteria count that a community reported itself and an observation verified; with fewer than {n} of them "
        "the lead says little."
    )
    st.caption(say(language, text, n=FEW))
    _draw_communities(found, language)
    values = {"period": frame.period, "street": frame.street, "line": frame.line, "lang": language}
    draw_link(say(language, "Download this page (.xlsx)"), "/download/verified.xlsx", values)
    _draw_community(found, frame)


def _draw_communities(found: Verified, language: Language) -> None:
    top = found.communities.head(SHOWN)
    names = [
        say(language, "{name} ({n})", name=name, n=n) for name, n in zip(top["name"], top["verified"], strict=True)
    ]
    drawn = pd.DataFrame({"name": names, "own": top["self_points"], "seen": top["found_points"]})
    titles = (say(language, "Self-reported points"), say(language, "Verified points"))
    key = tuple(map(tuple, drawn.to_numpy().tolist()))
    draw_chart(lambda: sides_chart(drawn, titles), "spot_sides", " / ".join(titles), key, titles)
    remarks = [say(language, "few") if few else None for few in found.communities["few"]]
    table = found.communities.assign(few=pd.Series(remarks, dtype=object))
    columns = {
        "name": say(language, "Community"),
        "street_name": say(language, "Street"),
        "verified": say(language, "Verified criteria"),
        "few": say(language, "Remark"),
        **_numbers(language),
        **number_columns({"mean": say(language, "Mean difference (percentage points)")}),
    }
    draw_table(arrow(table[list(columns)]), columns, "spot_communities", say(language, "Self-report and verification"))


def _numbers(language: Language) -> dict[str, object]:
    return number_columns(
        {
            "self_points": say(language, "Self-reported points"),
            "found_points": say(language, "Verified points"),
            "lead": say(language, "Ahead by"),
        }
    )


def _draw_community(found: Verified, frame: Frame) -> None:
    """One community's verified criteria, and the rows on both sides of one of them."""
    language = frame.language
    labels = unique_labels(dict(zip(found.communities["code"], found.communities["name"], strict=True)))
    code = labels[str(st.selectbox(say(language, "Community"), list(labels), key=f"spot_side_{len(labels)}"))]
    criteria = found.criteria[found.criteria["code"] == code]
    columns = {
        "criterion": say(language, "Criterion"),
        "title": say(language, "Title"),
        **number_columns({"points": say(language, "Points")}),
        **_numbers(language),
    }
    draw_table(arrow(criteria[list(columns)]), columns, f"spot_criteria_{code}", say(language, "By criterion"))
    edition = office.edition_in_force(frame.period)
    if not holds("rows") or edition is None:
        return
    leads = dict(zip(criteria["criterion"], criteria["lead"], strict=True))
    chosen = st.selectbox(
        say(language, "Rows of both sides"), list(leads), key=f"spot_rows_{code}",
        format_func=lambda one: f"{one}（{signed(leads[one])}）",
    )  # fmt: skip
    draw_rows(office.rows(frame.period, code, str(chosen)), edition, language, f"spot-{code}-{chosen}")

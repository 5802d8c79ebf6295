"""The review of a month as a sheet: every community with how it stands, its score and the newest step."""

from datetime import datetime

from beicha.actions.grants import Grant
from beicha.actions.views.review import read_review
from beicha.papers.sheets import Column, Sheet
from beicha.store import Store
from beicha.words.language import Language, later, say
from beicha.words.numbers import rounded
from beicha.words.review import DECIDED, review_text
from beicha.words.times import shown


def review_sheets(
    grant: Grant, store: Store, period: str, street: str, *, language: Language, now: datetime
) -> tuple[str, list[Sheet]]:
    """What the file is called and its one sheet; raises Refused, KeyError where nobody is in view."""
    view = read_review(grant, store, period, street)
    if not view.units:
        raise KeyError(period)
    heads = (
        (later("Street"), 16), (later("Community"), 16), (later("State"), 14), (later("Score"), 10),
        (later("Last step"), 16), (later("By whom"), 14), (later("Time"), 18), (later("Reason"), 40),
    )  # fmt: skip
    rows = [
        [
            unit.street_name, unit.name, review_text(unit.state, language),
            None if unit.score is None else float(rounded(unit.score)),
            say(language, DECIDED[unit.last.step.verb]) if unit.last else None,
            unit.last.made_by if unit.last else None, shown(unit.last.made_at) if unit.last else None,
            (unit.last.step.reason or None) if unit.last else None,
        ]
        for unit in view.units
    ]  # fmt: skip
    title = say(language, "Review {period}", period=period)
    columns = [Column(say(language, head), width) for head, width in heads]
    return title, [
        Sheet(title, columns, rows, [say(language, "{n} communities. Made {time}.", n=len(rows), time=shown(now))])
    ]

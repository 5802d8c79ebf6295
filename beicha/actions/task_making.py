"""Making tasks of many lost points at once: what is wrong and what to do are taken from the findings themselves."""

from collections.abc import Sequence
from datetime import date, datetime

from beicha.actions.grants import Grant
from beicha.actions.tasks import LONGEST, MOST_AT_ONCE, NewTask, make
from beicha.actions.views.reading import edition_in_force, read_reasons_by_code
from beicha.store import Store
from beicha.words.language import Language
from beicha.words.reasons import sentence


def make_of_lost(
    grant: Grant,
    store: Store,
    period: str,
    lost: Sequence[tuple[str, str]],
    due: date,
    *,
    language: Language,
    now: datetime,
) -> tuple[int, ...]:
    """Make a task of each (community, criterion) of a month; gives the numbers of those that are new.

    Raises what ``tasks.make`` raises, and LookupError where the month has no such criterion or finding.
    """
    if len(lost) > MOST_AT_ONCE:
        raise ValueError(f"at most {MOST_AT_ONCE} tasks are made at once")
    edition = edition_in_force(grant, store, period)
    if edition is None:
        raise LookupError(period)
    reasons = {code: read_reasons_by_code(grant, store, period, code) for code in {code for code, _ in lost}}
    new = []
    for community, code in lost:
        criterion = edition.criterion(code)
        problem = sentence(reasons[community][code], edition, language)[:LONGEST]
        lines = criterion.lead, tuple(criterion.supporting)
        new.append(NewTask(community, period, code, criterion.title, problem, criterion.remedy, *lines, due, {}))
    return make(grant, store, new, now=now)

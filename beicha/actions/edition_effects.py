"""What an edition would do to a month before it is in force: the same facts under both, and nothing stored."""

from collections.abc import Callable

from beicha.actions.assessing import AT_ONCE, reports_of
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_everywhere, require_month
from beicha.store import Store, areas
from scoring.assess import assess
from scoring.cells import Cells, together
from scoring.edition import Edition
from scoring.edition_effect import EditionEffect, effect
from scoring.periods import month_number
from scoring.rollup import roll_up

Told = Callable[[int, int], None]
"""Told how many communities of how many are done."""


def effect_of(
    grant: Grant, store: Store, draft: Edition, period: str, progress: Told = lambda done, total: None  # noqa: ARG005
) -> EditionEffect | None:  # fmt: skip
    """The month under the edition in force in it and under the draft; None without an edition or communities.

    It is what putting the draft in force from that month on would make of it.
    """
    require_everywhere(grant, "set_up")
    require_month(grant, "see", period)
    month = month_number(period)
    with store.read() as view:
        kept, tree = kept_in_force(view, period), areas.tree(view, period)
        there = sorted(area.code for area in tree if area.kind == "community")
        if kept is None or not there:
            return None
        found: tuple[list[Cells], list[Cells]] = ([], [])
        for start in range(0, len(there), AT_ONCE):
            progress(start, len(there))
            block = there[start : start + AT_ONCE]
            reports = reports_of(view, block, period)
            for edition, cells in zip((kept.edition, draft), found, strict=True):
                cells.append(assess(edition, month, block, reports).cells())
    progress(len(there), len(there))
    return effect(roll_up(kept.edition, together(found[0]), tree), roll_up(draft, together(found[1]), tree))

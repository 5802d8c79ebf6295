"""What an edition would do to a month before it is in force: the same facts under both, and nothing stored."""

from beicha.actions.assessing import Told, reports_by_block, untold
from beicha.actions.editions import kept_in_force
from beicha.actions.grants import Grant, require_everywhere, require_month
from beicha.store import Store, areas
from scoring.assess import assess
from scoring.cells import Cells, together
from scoring.edition import Edition
from scoring.edition_effect import EditionEffect, effect
from scoring.periods import month_number
from scoring.rollup import roll_up


def effect_of(grant: Grant, store: Store, draft: Edition, period: str, progress: Told = untold) -> EditionEffect | None:
    """The month under the edition in force in it and under the draft; None without an edition or communities.

    It is what putting the draft in force from that month on would make of it.
    """
    require_everywhere(grant, "set_up")
    require_month(grant, "see", period)
    month = month_number(period)
    found: tuple[list[Cells], list[Cells]] = ([], [])
    with store.read() as view:
        kept, tree = kept_in_force(view, period), areas.tree(view, period)
        if kept is None:
            return None
        for block, reports in reports_by_block(view, period, progress):
            for edition, cells in zip((kept.edition, draft), found, strict=True):
                cells.append(assess(edition, month, block, reports).cells())
    if not found[0]:
        return None
    return effect(roll_up(kept.edition, together(found[0]), tree), roll_up(draft, together(found[1]), tree))

"""What of a month a grant sees: some communities, and of some lines alone the criteria that these lead.

A month is always rolled up as a whole first, so that means of others, points and stakes are the true ones, and then
cut. An area stays in the tree only where all of its communities are seen: no mean of a part goes by a street's name.
"""

from collections.abc import Collection, Sequence

import numpy as np

from beicha.actions.grants import Grant, lines_by_community, may_everywhere
from beicha.actions.views.months import Month
from scoring.cells import Cells
from scoring.edition import Edition
from scoring.facts import Area
from scoring.rollup import Standing
from scoring.scores import Scores, Weighing, score
from scoring.tree import Tree

Lines = frozenset[str] | None
"""Codes of lines; None: all of them."""


def seen_of(month: Month, grant: Grant, tree: Sequence[Area], community: str = "") -> Month | None:
    """The month as the grant sees it, None where it sees nothing of it.

    Where posts differ in their lines, it is the part in which the most communities are seen alike; or all that is
    seen of one community, where it is named, beside those of which as much is seen.
    """
    if may_everywhere(grant, "see"):
        return month
    seen = lines_by_community(grant, tree)
    here = [code for code in month.standing.cells.communities if code in seen]
    if community:
        here = [community] if community in here else []
    if not here:
        return None
    chosen = max((seen[code] for code in here), key=lambda lines: (len(_as_much(seen, lines)), lines is None))
    return part_of(month, _as_much(seen, chosen), chosen)


def _as_much(seen: dict[str, Lines], lines: Lines) -> list[str]:
    """The communities of which at least these lines are seen."""
    return [code for code, own in seen.items() if own is None or (lines is not None and lines <= own)]


def part_of(month: Month, communities: Collection[str], lines: Lines) -> Month:
    """The month cut to some communities and lines."""
    whole, wanted = month.standing, set(communities)
    rows = np.array([n for n, code in enumerate(whole.cells.communities) if code in wanted], np.int64)
    leads = [criterion.lead for criterion in whole.edition.criteria]
    columns = np.array([n for n, lead in enumerate(leads) if lines is None or lead in lines], np.int64)
    edition = whole.edition if lines is None else _edition_of(whole.edition, lines)
    weighing = Weighing(
        whole.weighing.fraction[np.ix_(rows, columns)], whole.weighing.in_denominator[np.ix_(rows, columns)]
    )
    scores = _rows_of(whole.scores, rows) if lines is None else score(edition, weighing)
    standing = Standing(
        edition, _cells_of(whole.cells, rows, columns, lines), _tree_of(whole.tree, rows), weighing, scores
    )
    only = "" if lines is None else "、".join(line.title for line in edition.lines)
    return Month(month.period, standing, lambda: month.stakes[np.ix_(rows, columns)], only)


def _edition_of(edition: Edition, lines: frozenset[str]) -> Edition:
    """The edition's criteria of these lines. It keeps the digest: it is the same edition, seen in part.

    Preconditions of sections, bonuses and vetoes rest on more than these lines, and are left out.
    """
    criteria = [criterion for criterion in edition.criteria if criterion.lead in lines]
    used = {criterion.section for criterion in criteria}
    sections = [section.model_copy(update={"gate": None}) for section in edition.sections if section.code in used]
    values = {name: getattr(edition, name) for name in Edition.model_fields}
    known = [line for line in edition.lines if line.code in lines]
    part = Edition.model_construct(
        **values | {"criteria": criteria, "sections": sections, "lines": known, "bonuses": [], "vetoes": []}
    )
    part.__dict__["digest"] = edition.digest
    return part


def _cells_of(cells: Cells, rows: np.ndarray, columns: np.ndarray, lines: Lines) -> Cells:
    extras = slice(None) if lines is None else slice(0, 0)
    cut = np.ix_(rows, columns)
    return Cells(
        tuple(cells.communities[number] for number in rows),
        cells.state[cut],
        cells.fraction[cut],
        cells.self_fraction[cut],
        cells.bonus[rows][:, extras],
        cells.veto[rows][:, extras],
        cells.reported[rows],
    )


def _rows_of(scores: Scores, rows: np.ndarray) -> Scores:
    return Scores(scores.earned[rows], scores.full[rows], scores.rate[rows], scores.weight[rows], scores.base[rows])


def _tree_of(tree: Tree, rows: np.ndarray) -> Tree:
    """The communities in view, and the areas that hold no others."""
    here = {tree.communities[number] for number in rows}
    kept = set(rows.tolist())
    areas = {
        code: area
        for code, area in tree.areas.items()
        if code in here
        or (area.kind != "community" and len(below := tree.below(code)) > 0 and kept >= set(below.tolist()))
    }
    return Tree(areas, tuple(tree.communities[number] for number in rows))

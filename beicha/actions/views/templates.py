"""Workbooks to fill in, empty or with what persists: under the edition in force in their month."""

from collections.abc import Sequence
from typing import Any

from beicha.actions.assessing import reports_of
from beicha.actions.grants import Grant, require, require_for
from beicha.actions.views.reading import edition_in_force
from beicha.papers.template import community_template, office_template
from beicha.store import Store, areas
from beicha.words.language import Language, say
from scoring.coding import rows_of, values_of
from scoring.edition import Edition
from scoring.facts import Area, Report, Rows
from scoring.ledgers import Ledger
from scoring.periods import month_number, period_text

JUDGED = ("yes_no", "grade")
"""Types of fields that are judged anew each month."""


def community_workbook_to_fill(
    grant: Grant, store: Store, period: str, community: str, *, language: Language
) -> tuple[str, bytes]:
    """A name and the bytes of a community's empty workbook for a month; community '' leaves it open.

    Raises KeyError where no edition is in force or the community is not in the month's tree.
    """
    edition = edition_in_force(grant, store, period)
    if edition is None:
        raise KeyError(period)
    with store.read() as view:
        tree = {area.code: area for area in areas.tree(view, period)}
    area = tree[community] if community else None
    name = area.name if area else say(language, "Community workbook")
    return f"{name}-{period}.xlsx", community_template(edition, area, month_number(period), language=language)


def community_workbook_filled(
    grant: Grant, store: Store, period: str, community: str, *, language: Language
) -> tuple[str, bytes]:
    """The same for one community, with what persists from its earlier months written in already.

    Ledgers of a present state are filled from the newest report before the month that holds them; what is judged anew
    each month, a yes or no and a grade, is left blank, and so are ledgers of events. Raises KeyError as
    ``community_workbook_to_fill``, Refused where the grant may not open what is a person's own there.
    """
    edition = edition_in_force(grant, store, period)
    if edition is None:
        raise KeyError(period)
    with store.read() as view:
        tree = areas.tree(view, period)
        require_for(grant, "submit", [community], tree)
        require_for(grant, "personal", [community], tree)
        earlier = reports_of(view, [community], period_text(month_number(period) - 1))
    area = {area.code: area for area in tree}[community]
    filled = _persisting(edition, earlier)
    name = say(language, "{community} {period} filled in before", community=area.name, period=period)
    content = community_template(edition, area, month_number(period), filled=filled, language=language)
    return f"{name}.xlsx", content


def _persisting(edition: Edition, earlier: Sequence[Report]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each ledger of a state, out of the newest of these reports that holds it."""
    found: dict[str, list[dict[str, Any]]] = {}
    newest = sorted(earlier, key=lambda report: report.month)
    for ledger in edition.ledgers:
        if ledger.keeps == "state" and ledger.kept_by == "community":
            held = [rows for report in newest if (rows := rows_of(edition, report, ledger)) is not None]
            if held:
                found[ledger.code] = _rows(edition, ledger, held[-1])
    return found


def _rows(edition: Edition, ledger: Ledger, rows: Rows) -> list[dict[str, Any]]:
    kept = [field.code for field in ledger.fields if field.type not in JUDGED]
    columns = [values_of(edition, ledger, rows, code) for code in kept]
    return [dict(zip(kept, row, strict=True)) for row in zip(*columns, strict=True)]


def template_file(
    edition: Edition, community: str | None, month: int | None, office: bool, language: Language
) -> bytes:
    """An edition's empty workbook without any store: the office's, or a community's with its name on the cover."""
    if office:
        return office_template(edition, (), month, language=language)
    area = Area(community, community, "community") if community else None
    return community_template(edition, area, month, language=language)


def office_workbook_to_fill(grant: Grant, store: Store, period: str, *, language: Language) -> tuple[str, bytes]:
    """A name and the bytes of the office's empty workbook for a month, its communities to choose from.

    Raises KeyError where no edition is in force.
    """
    require(grant, "see")
    edition = edition_in_force(grant, store, period)
    if edition is None:
        raise KeyError(period)
    with store.read() as view:
        tree = areas.tree(view, period)
    name = say(language, "Office workbook")
    return f"{name}-{period}.xlsx", office_template(edition, tree, month_number(period), language=language)

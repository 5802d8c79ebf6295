"""Empty workbooks to fill in: for a community or the office, under the edition in force in their month."""

from beicha.actions.grants import Grant, require
from beicha.actions.views.reading import edition_in_force
from beicha.papers.template import community_template, office_template
from beicha.store import Store, areas
from beicha.words.language import Language, say
from scoring.edition import Edition
from scoring.facts import Area
from scoring.periods import month_number


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

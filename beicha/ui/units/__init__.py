"""Who answers for a unit: named on a page of its own, shown where somebody looks for whom to call."""

from beicha.ui.units.naming import draw_naming
from beicha.ui.units.showing import contact_columns, contacts, draw_people

__all__ = ["contact_columns", "contacts", "draw_naming", "draw_people"]

"""Share links in words: why one cannot be made so, and how each stands."""

from collections.abc import Mapping

from beicha.actions.share_state import State
from beicha.words.language import later

REASONS: Mapping[str, str] = {
    "title": later("A link needs a title of at most 100 characters: whoever opens it reads it."),
    "area": later("There is no area of this code."),
    "line": later("There is no line of this code."),
    "view": later("The page of a community shows exactly one community."),
    "month": later("A month is written YYYY-MM, and the first one does not come after the last."),
    "forbidden": later("The office does not allow share links at present."),
    "password": later("The password of a link has 6 to 100 characters, not all of them the same."),
    "password_missing": later("The office asks for a password on every link."),
    "end_missing": later("The office lets no link live without end. Please choose for how many days."),
    "days": later("The office does not let a link live as long. Please choose fewer days."),
    "not_before": later("The link would end before it begins."),
    "nothing": later("There is nothing to see in these months and areas yet, so nothing can be frozen."),
    "revoked": later("This link was revoked. Please make a new one."),
}
"""By the reason of a ShareError."""

STATES: Mapping[State, str] = {
    "alive": later("open"),
    "not_yet": later("not open yet"),
    "expired": later("expired"),
    "revoked": later("revoked"),
    "forbidden": later("sharing is forbidden"),
    "orphaned": later("its maker has no right to it any more"),
}

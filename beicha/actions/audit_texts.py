"""What is wrong with the audit's chain, and why old rows stay, in words."""

from collections.abc import Mapping

from beicha.store.chain import What
from beicha.words.language import later

WRONG: Mapping[What, str] = {
    "start": later("the rows before it are gone, and no purge noted that they were removed."),
    "gap": later("a row before it is missing, or was put in."),
    "previous": later("it does not follow the row before it, which was changed or exchanged."),
    "digest": later("it was changed after it was written."),
}
"""By what does not fit of a row."""

REFUSED: Mapping[str, str] = {
    "young": later("Rows of the last 180 days are kept: give an earlier day."),
    "broken": later("The chain does not fit, so nothing is removed. See manage.py audit verify."),
}
"""By the reason of a PurgeRefusedError."""

"""What an export says about how far its month is reviewed."""

from collections.abc import Sequence

from beicha.actions.reviews import states
from beicha.store import Store
from beicha.words.language import Language, later, say


def reviewed_text(store: Store, period: str, communities: Sequence[str], language: Language) -> str:
    """How many of these communities' months are final."""
    with store.read() as view:
        found = states(view, period, list(communities))
    final = sum(state == "final" for state in found.values())
    text = later("{final} of {all} communities are final.")
    return say(language, text, final=final, all=len(communities))

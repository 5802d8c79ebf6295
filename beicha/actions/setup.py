"""The set-up list: what an empty database still needs before the first chart."""

from dataclasses import astuple, dataclass

from beicha.actions.grants import Grant, require
from beicha.actions.settings import DUE_DAY
from beicha.store import Store, areas, editions, lines, settings, submissions


@dataclass(frozen=True)
class SetUp:
    """Which steps are done, in their order."""

    areas: bool
    lines: bool
    edition: bool
    due_day: bool
    first_upload: bool

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return all(astuple(self))


def status(grant: Grant, store: Store) -> SetUp:
    """What of the set-up is done."""
    require(grant, "see")
    with store.read() as view:
        return SetUp(
            areas=any(version.area.kind == "community" for version in areas.versions(view)),
            lines=bool(lines.all_lines(view)),
            edition=bool(editions.timeline(view).activations),
            due_day=settings.get(view, DUE_DAY) is not None,
            first_upload=bool(submissions.periods(view)),
        )

"""The pages: where each lies, what it is called, and which pickers stand above it."""

from dataclasses import dataclass
from pathlib import Path

from beicha.words.language import later

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class PageEntry:
    """One page of the navigation; ``pickers`` are keys of the frame.

    It has no icon: the browser would fetch a page's icon from outside for the tab.
    """

    name: str
    title: str
    help: str
    pickers: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The page's file."""
        return ROOT / "pages" / f"{self.name}.py"


PAGES = (
    PageEntry(
        "overview",
        later("Overview"),
        later("How the district stands this month: who reported, who lags, and what there is to win."),
        ("period", "street", "line"),
    ),
    PageEntry(
        "community",
        later("Community"),
        later("One community: what it got and lost, why, and the rows behind each number."),
        ("period", "street", "community", "line"),
    ),
    PageEntry(
        "upload",
        later("Upload"),
        later("Hand in workbooks, see what changes before anything is stored, and go back to earlier ones."),
        (),
    ),
    PageEntry(
        "checklist",
        later("Checklist"),
        later("The checklist in words: sections, criteria, points, rules and sources."),
        (),
    ),
    PageEntry(
        "setup",
        later("Set-up"),
        later("What the office enters once: areas, lines, edition, due day. Templates to download."),
        (),
    ),
)

"""The pages: where each lies, what it is called, and which pickers stand above it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from beicha.actions.grants import RIGHTS, ROLES, Grant, Role
from beicha.words.language import later

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class PageEntry:
    """One page of the navigation; ``pickers`` are keys of the frame, ``roles`` those to whom it is offered.

    ``months`` tells which can be chosen: those with a score, or all that are expected to be reported. ``group`` is
    the heading that it stands under where there are too many pages for one row; without one it stands in the row.

    Whether somebody may do what a page does is decided in the actions; here it is only about what they look for.

    It has no icon: the browser would fetch a page's icon from outside for the tab.
    """

    name: str
    title: str
    help: str
    pickers: tuple[str, ...]
    roles: frozenset[Role]
    months: Literal["scored", "expected"] = "scored"
    group: str = ""

    @property
    def path(self) -> Path:
        """The page's file."""
        return ROOT / "pages" / f"{self.name}.py"


_READERS: frozenset[Role] = frozenset({"office", "street", "line", "leader", "auditor"})
_CHASERS: frozenset[Role] = frozenset({"office", "street", "leader", "auditor"})
_REVIEWERS: frozenset[Role] = frozenset({"office", "street", "auditor"})
_WRITERS: frozenset[Role] = frozenset(role for role in ROLES if "papers" in RIGHTS[role])
_DAILY: frozenset[Role] = frozenset(role for role in ROLES if "read_daily" in RIGHTS[role])
_SENDERS: frozenset[Role] = frozenset({"office", "street", "clerk"})
_OFFICE: frozenset[Role] = frozenset({"office"})
_GIVERS: frozenset[Role] = frozenset(role for role in ROLES if RIGHTS[role] & {"grant", "accounts"})
_NAMERS: frozenset[Role] = frozenset(role for role in ROLES if "own_contact" in RIGHTS[role])
_AUDITORS: frozenset[Role] = frozenset(role for role in ROLES if "audit" in RIGHTS[role])
_SHARERS: frozenset[Role] = frozenset(role for role in ROLES if RIGHTS[role] & {"share", "audit"})

_WORK, _AHEAD = later("Daily work"), later("Before the inspection")
_PAPERS, _SETUP = later("Papers and links"), later("Administration")

PAGES = (
    PageEntry(
        "overview",
        later("Overview"),
        later("How the district stands this month: who reported, who lags, and what there is to win."),
        ("period", "street", "line"),
        _READERS,
    ),
    PageEntry(
        "community",
        later("Community"),
        later("One community: what it got and lost, why, and the rows behind each number."),
        ("period", "street", "community", "line"),
        _READERS | _SENDERS,
    ),
    PageEntry(
        "reporting",
        later("Reporting"),
        later("Who has reported the month, who late and who not, with a reminder to send."),
        ("period", "street"),
        _CHASERS,
        "expected",
    ),
    PageEntry(
        "due",
        later("Calendar"),
        later("What falls due by itself this month, who has it already, and the dates of the work."),
        ("street", "line"),
        _READERS | _SENDERS,
        group=_WORK,
    ),
    PageEntry(
        "review",
        later("Review"),
        later("Pass or return the month's reports, make the month final, open it again."),
        ("period", "street"),
        _REVIEWERS,
        "expected",
        group=_WORK,
    ),
    PageEntry(
        "spot_checks",
        later("Spot checks"),
        later("Points drawn, visits written down, what was seen, and how far self-report runs ahead of it."),
        ("period", "street", "line"),
        _READERS | _SENDERS,
        "expected",
        group=_WORK,
    ),
    PageEntry(
        "tasks",
        later("Tasks"),
        later("What is to be put right by when, who answers for it, and its closing."),
        ("street", "line"),
        _READERS | _SENDERS,
        group=_WORK,
    ),
    PageEntry(
        "alerts",
        later("Alerts"),
        later("What is going wrong and will cost points: few, ranked, each with what lies behind it."),
        ("street", "line"),
        _READERS | _SENDERS,
        group=_WORK,
    ),
    PageEntry(
        "daily",
        later("Daily reports"),
        later("What each zone or street did today, what is wrong, and who has not reported by the hour."),
        (),
        _DAILY,
        group=_WORK,
    ),
    PageEntry(
        "stakes",
        later("Points to win"),
        later("Where the next point comes from: what each remedy would win, the most first."),
        ("period", "street", "line"),
        _READERS | _SENDERS,
        group=_AHEAD,
    ),
    PageEntry(
        "rehearsal",
        later("Rehearsal"),
        later("What the inspectors' random draw would come to, the chance of passing, and what would raise it."),
        ("period",),
        _CHASERS,
        group=_AHEAD,
    ),
    PageEntry(
        "compare",
        later("Compare"),
        later("Two months or two communities beside each other, and what each criterion adds to the difference."),
        ("period", "street", "community", "line"),
        _READERS | _SENDERS,
        group=_AHEAD,
    ),
    PageEntry(
        "papers",
        later("Papers"),
        later("The month's notice, briefing, lists and meeting pack as Word files, under numbers."),
        ("period", "street"),
        _WRITERS,
        group=_PAPERS,
    ),
    PageEntry(
        "annual",
        later("Results of the year"),
        later("Year and cycle per community and line, with their months, bands and awards."),
        (),
        _REVIEWERS,
        group=_PAPERS,
    ),
    PageEntry(
        "shares",
        later("Share links"),
        later("Links that open one view without an account: made, listed and revoked."),
        (),
        _SHARERS,
        group=_PAPERS,
    ),
    PageEntry(
        "upload",
        later("Upload"),
        later("Hand in workbooks, see what changes before anything is stored, and go back to earlier ones."),
        (),
        _SENDERS,
    ),
    PageEntry(
        "checklist",
        later("Checklist"),
        later("The checklist in words: sections, criteria, points, rules and sources."),
        (),
        _READERS | _SENDERS,
        group=_SETUP,
    ),
    PageEntry(
        "editions",
        later("New edition"),
        later("A changed checklist read from a workbook, compared, tried on a month, and put in force."),
        ("period",),
        _OFFICE,
        group=_SETUP,
    ),
    PageEntry(
        "setup",
        later("Set-up"),
        later("What the office enters once: areas, lines, edition, due day. Templates to download."),
        (),
        _OFFICE,
        group=_SETUP,
    ),
    PageEntry(
        "units",
        later("Responsible persons"),
        later("Who answers for each area and line, and how to reach them."),
        (),
        _NAMERS,
        group=_SETUP,
    ),
    PageEntry(
        "accounts",
        later("Accounts"),
        later("Who may sign in, what each may do, and where they are signed in."),
        (),
        _GIVERS,
        group=_SETUP,
    ),
    PageEntry(
        "audit",
        later("Audit"),
        later("Who did what, when and from where, with what stood before and after."),
        (),
        _AUDITORS,
        group=_SETUP,
    ),
)


def offered(grant: Grant) -> tuple[PageEntry, ...]:
    """The pages that are offered to whoever holds these posts, in their order."""
    roles = {post.role for post in grant.posts}
    return tuple(entry for entry in PAGES if entry.roles & roles)

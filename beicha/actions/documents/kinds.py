"""The kinds of papers of a month, in the order in which they are offered: one table for page, routes and files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from beicha.actions.documents.accountability import accountability
from beicha.actions.documents.briefing import briefing
from beicha.actions.documents.meeting import meeting
from beicha.actions.documents.notice import notice
from beicha.actions.documents.rectification import rectification
from beicha.actions.documents.red_black import red_black
from beicha.actions.documents.scope import Basis
from beicha.papers.letter import Letter
from beicha.words.language import later


@dataclass(frozen=True)
class Kind:
    """A kind of paper: its title, what stands in it, what it is called in names of files, and how it is made."""

    title: str
    help: str
    chinese: str
    make: Callable[[Basis], Letter]


KINDS: Mapping[str, Kind] = {
    "notice": Kind(
        later("Monthly notice"),
        later("Places by class, what lost points, demands and tables. The best are named, the weak are not."),
        "通报",
        notice,
    ),
    "rectification": Kind(
        later("Rectification lists"),
        later("For every community each lost point with its reason, what is to be done, and its task."),
        "整改清单",
        rectification,
    ),
    "briefing": Kind(
        later("Briefing"),
        later("What communities did in the month, who rose, what was put right; with paragraphs of your own."),
        "创建工作简报",
        briefing,
    ),
    "meeting": Kind(
        later("Meeting pack"),
        later("Reporting, scores, weak criteria, tasks, and a table for decisions."),
        "例会材料",
        meeting,
    ),
    "red_black": Kind(
        later("Red and black lists"),
        later("The first and the last of every class, each with one line of why. Red is praise."),
        "红黑榜",
        red_black,
    ),
    "accountability": Kind(
        later("Accountability list"),
        later("What is overdue, by community and by line, with who answered for it when it was given."),
        "问责清单",
        accountability,
    ),
}
"""By the code that stands in addresses and in the store."""

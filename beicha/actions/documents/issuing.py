"""Papers as files: a draft to look at, and what goes out under a number, kept as it went out.

A number is taken once: a paper that is withdrawn keeps it, and the next one takes the next.
"""

from dataclasses import replace
from datetime import datetime

from beicha.actions.documents.forms import form_of, in_form
from beicha.actions.documents.kinds import KINDS
from beicha.actions.documents.scope import Basis, PaperAsk, basis_of
from beicha.actions.grants import Grant, require, require_everywhere
from beicha.store import Store, audit, files, papers
from beicha.store.files import NamedFile
from beicha.store.locks import hold_papers
from beicha.store.papers import NewPaper
from beicha.store.papers import Paper as Paper

DRAFT = "草稿"
LONGEST_REASON = 500
MOST_ADDED = 800
"""So many characters fit into an address, too, by which a draft is fetched."""


class GoneError(ValueError):
    """The paper is withdrawn already."""


def draft(grant: Grant, store: Store, kind: str, ask: PaperAsk, *, now: datetime) -> tuple[str, bytes]:
    """A paper to look at, without a number: the file's name and its bytes.

    Raises KeyError for an unknown kind, and what ``basis_of`` and ``forms.in_form`` raise.
    """
    made = KINDS[kind].make(basis_of(grant, store, replace(_fair(ask), number=DRAFT), now=now))
    return f"{made.name}（{DRAFT}）.docx", in_form(made, form_of(store, kind), now=now)


def issue(grant: Grant, store: Store, kind: str, ask: PaperAsk, *, now: datetime) -> Paper:
    """Give a paper the next number of its kind and year, and keep it as it went out.

    Raises as ``draft``, and Refused where the grant publishes nothing.
    """
    require_everywhere(grant, "publish")
    basis, form = basis_of(grant, store, _fair(ask), now=now), form_of(store, kind)
    with store.write() as change:
        hold_papers(change)
        number = papers.next_number(change, kind, basis.today.year)
        made = KINDS[kind].make(_numbered(basis, number))
        content = in_form(made, form, now=now)
        name = f"{KINDS[kind].chinese}{basis.today.year}年第{number}期.docx"
        new = NewPaper(kind, basis.today.year, ask.period, made.name, tuple(made.stamps))
        papers.add(change, new, number, NamedFile(name, content), by=grant.actor, at=now)
        audit.add(change, now, grant, "paper.issue", name, period=ask.period, stamps=list(made.stamps))
        return papers.everything(change)[0]


def withdraw(grant: Grant, store: Store, paper: int, reason: str, *, now: datetime) -> None:
    """Say that a paper does not count any more, and why; it stays to be read, and its number stays taken.

    Raises Refused, LookupError for no such paper, GoneError where it is withdrawn already, ValueError without a reason.
    """
    require_everywhere(grant, "publish")
    if not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise ValueError(f"a reason has 1 to {LONGEST_REASON} characters")
    with store.write() as change:
        hold_papers(change)
        found = next((known for known in papers.everything(change) if known.id == paper), None)
        if found is None:
            raise LookupError(paper)
        if found.withdrawn:
            raise GoneError(paper)
        papers.withdraw(change, paper, reason.strip(), by=grant.actor, at=now)
        audit.add(change, now, grant, "paper.withdraw", found.name, reason=reason.strip())


def issued(grant: Grant, store: Store) -> tuple[Paper, ...]:
    """All papers that went out, the newest first; raises Refused where the grant writes no papers."""
    require(grant, "papers")
    with store.read() as view:
        return papers.everything(view)


def issued_file(grant: Grant, store: Store, paper: int) -> tuple[str, bytes]:
    """A paper as it went out; raises Refused, or LookupError where there is none."""
    require(grant, "papers")
    with store.read() as view:
        found = next((known for known in papers.everything(view) if known.id == paper), None)
        content = None if found is None else files.content(view, found.sha256)
    if found is None or content is None:
        raise LookupError(paper)
    return found.name, content


def _fair(ask: PaperAsk) -> PaperAsk:
    if len(ask.added) > MOST_ADDED:
        raise ValueError(f"own paragraphs have at most {MOST_ADDED} characters")
    return ask


def _numbered(basis: Basis, number: int) -> Basis:
    return replace(basis, ask=replace(basis.ask, number=f"{basis.today.year}年第{number}期"))

"""The audit as it is read: rows in words, the newest first, fifty at a time, and what can be looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from beicha.actions.audit_chain import VERIFY
from beicha.actions.grants import Grant, require_everywhere
from beicha.store import Store, Transaction, accounts, audit, audit_search
from beicha.store.audit import Entry
from beicha.store.audit_search import Wanted as Wanted
from beicha.words.deeds import DEEDS, sentence_of, title_of
from beicha.words.language import Language, later, say
from beicha.words.particulars import Particular, one_line, particulars, text_of
from beicha.words.times import day_begins, shown_exactly

PAGE = 50
MOST_COUNTED = 100_000

NOBODY = "-"
WHO: Mapping[str, str] = {
    NOBODY: later("nobody signed in"),
    "local": later("command line"),
}
SHARE = "share:"


@dataclass(frozen=True)
class Row:
    """One action in words. ``parts`` are its particulars; ``digest`` stands for it and all before it."""

    seq: int
    at: str
    who: str
    where: str
    title: str
    sentence: str
    parts: Sequence[Particular]
    digest: str


@dataclass(frozen=True)
class Checked:
    """Up to where somebody has checked the chain on the page last; ``wrong`` is the first row that did not fit."""

    last: int
    wrong: int | None
    at: str
    who: str


@dataclass(frozen=True)
class AuditPage:
    """Fifty rows of those that were looked for; ``older`` and ``newer`` name the pages beside it, by the number that
    their rows are below (0: the newest). ``count`` is exact below ``MOST_COUNTED``."""

    rows: Sequence[Row]
    count: int
    older: int | None
    newer: int | None
    checked: Checked | None


def wanted_of(
    since: date | None = None, until: date | None = None, actor: str = "", action: str = "", object_: str = ""
) -> Wanted:
    """What to look for: days of the office's time zone, the last one whole."""
    return Wanted(
        since=day_begins(since) if since else None,
        until=day_begins(until + timedelta(days=1)) if until else None,
        actor=actor,
        action=action,
        object=object_,
    )


def read_audit(grant: Grant, store: Store, wanted: Wanted, below: int | None, *, language: Language) -> AuditPage:
    """A page of the rows; with ``below``, of those with a number below it."""
    require_everywhere(grant, "audit")
    with store.read() as view:
        found = audit_search.newest(view, wanted, below, PAGE + 1)
        names = names_of(view)
        rows = tuple(row_of(entry, names, language) for entry in found[:PAGE])
        count = audit_search.count(view, wanted, MOST_COUNTED)
        older = found[PAGE - 1].seq if len(found) > PAGE else None
        newer = None if below is None else _newer(view, wanted, below)
        return AuditPage(rows, count, older, newer, _checked(view, names, language))


def people(grant: Grant, store: Store, language: Language) -> dict[str, str]:
    """Everybody in the audit, by what the rows call them, in words."""
    require_everywhere(grant, "audit")
    with store.read() as view:
        names = names_of(view)
        found = {actor: who(actor, names, language) for actor in audit_search.actors(view)}
    return dict(sorted(found.items(), key=lambda item: (item[0].startswith(SHARE), item[1])))


def kinds(language: Language) -> dict[str, str]:
    """Every kind of action by its name, in words."""
    return {action: title_of(action, language) for action in DEEDS}


def names_of(view: Transaction) -> dict[str, str]:
    """The people's names by login."""
    return {account.login: account.name for account in accounts.everyone(view)}


def row_of(entry: Entry, names: Mapping[str, str], language: Language) -> Row:
    """An entry in words."""
    return Row(
        entry.seq,
        shown_exactly(entry.at),
        who(entry.actor, names, language),
        text_of(entry.address, language),
        title_of(entry.action, language),
        sentence_of(entry.action, entry.object, entry.details, language),
        particulars(entry.details, language),
        entry.digest,
    )


def who(actor: str, names: Mapping[str, str], language: Language) -> str:
    """Who acted, by name and login; a visitor of a share link by the link."""
    if actor in WHO:
        return say(language, WHO[actor])
    if actor.startswith(SHARE):
        return say(language, "share link {link}", link=one_line(actor.removeprefix(SHARE)))
    return one_line(f"{names[actor]}（{actor}）" if actor in names else actor)


def _newer(view: Transaction, wanted: Wanted, below: int) -> int:
    following = audit_search.following(view, wanted, below - 1, PAGE + 1)
    return following[PAGE] if len(following) > PAGE else 0


def _checked(view: Transaction, names: Mapping[str, str], language: Language) -> Checked | None:
    entry = audit.newest_entry(view, VERIFY)
    if entry is None:
        return None
    last, wrong = entry.details.get("last", 0), entry.details.get("wrong")
    return Checked(last, wrong, shown_exactly(entry.at), who(entry.actor, names, language))

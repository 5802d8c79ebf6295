"""What becomes of a draft's report beside the submission it replaces: ledgers that the files lack are carried over."""

from collections.abc import Collection
from dataclasses import dataclass

from beicha.actions.drafts import DraftReport
from beicha.store.content import Content
from scoring.edition import Edition

DECLARATIONS = "not_applicable"
"""Stands beside the ledgers' codes for the sheet 不适用申报, which is carried over like a ledger."""


@dataclass(frozen=True)
class Carried:
    """A whole submission: what the files hold, and the codes of what was carried over or removed instead."""

    content: Content
    kept: tuple[str, ...]
    removed: tuple[str, ...]


def carry_over(edition: Edition, report: DraftReport, before: Content | None, drop: Collection[str]) -> Carried:
    """The submission that the report makes on top of the one before; ``drop`` names what is not carried over."""
    if before is None:
        return Carried(report.content, (), ())
    new = report.content
    lacking = [code for code in before.ledgers if edition.renames.ledgers.get(code, code) not in new.ledgers]
    kept = [code for code in lacking if code not in drop and code not in new.ledgers]
    removed = [code for code in lacking if code in drop]
    declares = report.declares or not before.not_applicable
    if not declares:
        (removed if DECLARATIONS in drop else kept).append(DECLARATIONS)
    content = Content(
        {**{code: before.ledgers[code] for code in before.ledgers if code in kept}, **new.ledgers},
        before.not_applicable if DECLARATIONS in kept else new.not_applicable,
        {**{code: texts for code, texts in before.originals.items() if code in kept}, **new.originals},
        {**{code: source for code, source in before.sources.items() if code in kept}, **new.sources},
        (*(known for known in before.corrections if known.ledger in kept), *new.corrections),
    )
    return Carried(content, tuple(kept), tuple(removed))

"""Words that people confirmed once are taken in later files too: a unit's own in its files, the office's in all."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from beicha.actions.grants import Grant, Refused, may_everywhere, require, require_for
from beicha.intake.answers import Answers
from beicha.intake.reading import Reading
from beicha.store import Store, Transaction, areas, audit, remembered
from beicha.store.remembered import EVERYWHERE, Remembered, Word
from beicha.words.personal import found_in

__all__ = ["EVERYWHERE", "Remembered", "Word", "forget", "keep_words", "listed", "taking", "unit_of", "words_of"]


def words_of(view: Transaction, units: Iterable[str]) -> tuple[Word, ...]:
    """The words remembered for these units, those that hold everywhere first."""
    return tuple(known.word for known in remembered.of_units(view, units))


def taking(answers: Answers, words: Sequence[Word]) -> Answers:
    """The answers with what is remembered below them: what a person says now goes before it."""
    headings = {(word.ledger, word.said): word.meant for word in words if word.kind == "heading"}
    communities = {word.said: word.meant for word in words if word.kind == "community"}
    return Answers(headings=headings, communities=communities).joined(answers)


def unit_of(reading: Reading) -> str:
    """The community whose own file it is; that of the office, or of several communities, holds for everywhere."""
    found = {report.community for report in reading.reports if report.kept_by == "community"}
    return found.pop() if len(found) == 1 else EVERYWHERE


def keep_words(change: Transaction, grant: Grant, answers: Answers, unit: str, *, now: datetime) -> int:
    """Remember what a person said about words, for the unit's files; how many words there were.

    A name of a community is remembered for all files where the office says it: it is misspelt by others as well.
    Anybody else's word holds only in the files of the own unit, so that no name can be taken from another community.
    """
    names_for = EVERYWHERE if may_everywhere(grant, "set_up") else unit
    words = [Word(unit, "heading", ledger, said, meant) for (ledger, said), meant in answers.headings.items()]
    words += [Word(names_for, "community", "", said, meant) for said, meant in answers.communities.items()]
    words = [word for word in words if word.unit != EVERYWHERE or may_everywhere(grant, "set_up")]
    words = [word for word in words if not found_in(word.said)]  # nobody's number is remembered
    remembered.keep(change, words, by=grant.actor, at=now)
    if words:
        audit.add(change, now, grant, "words.remember", unit, words=[vars(word) for word in words])
    return len(words)


def listed(grant: Grant, store: Store) -> tuple[Remembered, ...]:
    """The remembered words that the grant may see, those that hold everywhere first."""
    require(grant, "submit")
    with store.read() as view:
        known = remembered.everything(view)
        return tuple(found for found in known if _may_touch(grant, view, found.word))


def forget(grant: Grant, store: Store, word: Word, *, now: datetime) -> bool:
    """Forget a word, so that it is asked again; False where it was not remembered. Raises Refused as ``listed``."""
    with store.write() as change:
        if not _may_touch(grant, change, word):
            raise Refused(grant, "submit", word.unit)
        gone = remembered.forget(change, word)
        if gone:
            audit.add(change, now, grant, "words.forget", word.unit, word=vars(word))
    return gone


def _may_touch(grant: Grant, view: Transaction, word: Word) -> bool:
    if word.unit == EVERYWHERE or may_everywhere(grant, "set_up"):
        return may_everywhere(grant, "set_up")
    try:
        require_for(grant, "submit", [word.unit], areas.tree(view, "9999-12"))
    except Refused:
        return False
    return True

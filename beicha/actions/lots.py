"""Lots: some communities with all that they reported, to be scored at some months.

Reading a lot and storing its scores need the database; scoring it needs the lot alone, so that another process or
machine may do it (``spreading``). Nobody waits meanwhile: that the facts are still the same is seen when it is stored.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from beicha.store import Store, Transaction, areas, assessments, editions, submissions
from beicha.store.assessments import Packed
from beicha.store.content import unpack
from beicha.store.submissions import Version
from scoring.assess import CodedFacts, assess_coded, code_facts
from scoring.edition import Edition
from scoring.periods import month_number

Wanted = Mapping[str, Collection[str]]
"""Communities by the month that they are to be scored at."""
Scores = tuple[tuple[int, list[Packed]], ...]
"""The scores of a lot by the number of the edition that they are under."""
AT_ONCE = 20
"""Communities of a lot: 36 months of them are read, scored and stored in some seconds, and take some MB."""


@dataclass(frozen=True)
class Stretch:
    """Months under one edition, and who is scored at each."""

    number: int
    edition: Edition
    months: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Lot:
    """Communities, what they are scored at and under, the newest versions of their reports, packed, and all of what the
    scores rest on."""

    communities: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    reports: tuple[tuple[Version, bytes], ...]
    rests_on: Hashable

    @property
    def wanted(self) -> Wanted:
        """Who was to be scored at which month."""
        return {period: there for stretch in self.stretches for period, there in stretch.months.items()}


def lots(store: Store, wanted: Wanted) -> Iterator[Lot]:
    """The lots of what is wanted, in the order of the communities' codes; each is read when it is asked for."""
    everybody = sorted({code for there in wanted.values() for code in there})
    for start in range(0, len(everybody), AT_ONCE):
        block = set(everybody[start : start + AT_ONCE])
        with store.read() as view:
            lot = read_lot(view, {period: block.intersection(there) for period, there in wanted.items()})
        yield lot


def read_lot(view: Transaction, wanted: Wanted) -> Lot:
    """The communities as they stand now; a month without an edition, and who is not there in it, is left out."""
    communities = sorted({code for there in wanted.values() for code in there})
    last = max(wanted, default="")
    reports = submissions.current_packed(view, communities, last)
    return Lot(
        tuple(communities),
        _stretches(view, wanted, communities),
        tuple(reports),
        _rests_on(view, communities, [version for version, _ in reports]),
    )


def _stretches(view: Transaction, wanted: Wanted, communities: Sequence[str]) -> tuple[Stretch, ...]:
    timeline, versions = editions.timeline(view), areas.versions(view, communities)
    months: dict[int, dict[str, tuple[str, ...]]] = {}
    for period in sorted(wanted):
        seq = timeline.at(period)
        valid = {entry.area.code for entry in versions if entry.valid_in(period) and entry.area.kind == "community"}
        if seq is not None and (there := tuple(sorted(valid.intersection(wanted[period])))):
            months.setdefault(seq, {})[period] = there
    return tuple(Stretch(seq, editions.load(view, seq).edition, found) for seq, found in months.items())


def _rests_on(view: Transaction, communities: Sequence[str], reports: Sequence[Version]) -> Hashable:
    """What the scores rest on: versions, which an erasure may rewrite, the editions in force and the tree."""
    said = tuple((version.seq, version.content_hash) for version in reports)
    return said, editions.timeline(view).activations, areas.versions(view, communities)


def score_lot(lot: Lot) -> Scores:
    """The scores of a lot, from nothing but the lot."""
    reports = [
        unpack(blob).report(version.community, month_number(version.period), version.kept_by)
        for version, blob in lot.reports
    ]
    found = []
    for stretch in lot.stretches:
        coded: dict[tuple[str, ...], CodedFacts] = {}
        for period, there in stretch.months.items():
            if there not in coded:
                coded[there] = code_facts(stretch.edition, there, reports)
            assessment = assess_coded(stretch.edition, month_number(period), coded[there])
            found.append((stretch.number, assessments.pack(assessment)))
    return tuple(found)


def store_lot(change: Transaction, lot: Lot, scores: Scores) -> None:
    """Store the scores as they are by now (``newest_scores``)."""
    keep_scores(change, newest_scores(change, lot, scores))


def keep_scores(change: Transaction, scores: Scores) -> None:
    """Store scores in place of what their communities had for these months."""
    for edition, packed in scores:
        assessments.keep(change, edition, packed)


def newest_scores(view: Transaction, lot: Lot, scores: Scores) -> Scores:
    """The scores; made anew where what they rest on has changed since the lot was read."""
    said = submissions.current_versions(view, lot.communities, max(lot.wanted, default=""))
    if _rests_on(view, lot.communities, said) == lot.rests_on:
        return scores
    return score_lot(read_lot(view, lot.wanted))

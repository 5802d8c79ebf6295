"""From facts to findings: every criterion of an edition, for all communities at once (scoring.md §2–§4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.assessment import Assessment
from scoring.coding import LedgerCodes, code_ledger, sort_reports, surviving
from scoring.deciding import Hearing
from scoring.edition import Edition
from scoring.extras import ask_bonus, ask_veto
from scoring.facts import Report
from scoring.plan import plan_of
from scoring.presence import Arrivals, arrivals, presence
from scoring.tally import Tally


@dataclass(frozen=True)
class CodedFacts:
    """The facts of some communities, coded once for an edition, from which any month can be assessed.

    ``arrivals`` tell who reported when; ``ledgers`` hold the rows of all reports.
    """

    communities: tuple[str, ...]
    arrivals: Arrivals
    ledgers: Mapping[str, LedgerCodes]


def assess(
    edition: Edition,
    month: int,
    communities: Sequence[str],
    reports: Sequence[Report],
    *,
    begins: int | None = None,
) -> Assessment:
    """The assessment of the communities at a month.

    ``reports`` are the newest of each community, month and keeper, in any order; those of other communities
    and of later months are left aside. With ``begins``, a later month, rows that leave their window by then no longer
    count (scoring.md §6).
    """
    return assess_coded(edition, month, code_facts(edition, communities, reports), begins)


def code_facts(edition: Edition, communities: Sequence[str], reports: Sequence[Report]) -> CodedFacts:
    """The reports of the communities as coded columns, for ``assess_coded`` at as many months as wanted."""
    ordered = sort_reports(communities, reports)
    needed = plan_of(edition).fields
    ledgers = {
        ledger.code: code_ledger(edition, ledger, needed[ledger.code], len(communities), ordered)
        for ledger in edition.ledgers
    }
    return CodedFacts(tuple(communities), arrivals(len(communities), ordered), ledgers)


def assess_coded(edition: Edition, month: int, facts: CodedFacts, begins: int | None = None) -> Assessment:
    """The assessment at a month from coded facts: events reported again give way first."""
    alive = {code: surviving(ledger, month) for code, ledger in facts.ledgers.items()}
    return assess_surviving(edition, month, CodedFacts(facts.communities, facts.arrivals, alive), begins)


def assess_surviving(edition: Edition, month: int, facts: CodedFacts, begins: int | None = None) -> Assessment:
    """The same where ``facts.ledgers`` hold only the rows that count at the month."""
    count = len(facts.communities)
    community = presence(month, facts.arrivals, "community", begins)
    office = presence(month, facts.arrivals, "office", begins)
    keepers = {"community": community, "office": office}
    tallies = {
        code: Tally(ledger, month, keepers[ledger.ledger.kept_by].newest, begins)
        for code, ledger in facts.ledgers.items()
    }
    hearing = Hearing(edition, tallies, community, office)
    bonuses = [ask_bonus(bonus, tallies[bonus.ledger]) for bonus in edition.bonuses]
    vetoes = [ask_veto(veto, tallies[veto.ledger]) for veto in edition.vetoes]
    findings = hearing.decide()
    return Assessment(
        edition,
        month,
        facts.communities,
        findings.state.T.copy(),
        findings.fraction.T.copy(),
        findings.self_fraction.T.copy(),
        np.array([bonus() for bonus in bonuses], np.float64).reshape(len(bonuses), count).T.copy(),
        np.array([veto() for veto in vetoes], bool).reshape(len(vetoes), count).T.copy(),
        hearing.reported,
        findings.describe,
    )

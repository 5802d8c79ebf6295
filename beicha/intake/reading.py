"""The door of the intake: a file's bytes in, reports and problems out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from beicha.intake.answers import NO_ANSWERS, Answers, Belonging, put_right
from beicha.intake.assembly import Office, check_communities, community_report, office_reports, say_duplicates
from beicha.intake.book import Refusal, Sheet
from beicha.intake.checked.ignoring import without_marks
from beicha.intake.child import read_book
from beicha.intake.claims import Claim, add_name
from beicha.intake.clean import CleanTable, clean_table
from beicha.intake.communities import Communities
from beicha.intake.declarations import read_declarations
from beicha.intake.failing import Layout, failing_tables, layout_of_list, layout_of_table, placed
from beicha.intake.identity import check_edition, settle_community, settle_month
from beicha.intake.problems import Problems
from beicha.intake.reports import FoundReport, Reading, SheetRead
from beicha.intake.sorting import Sorted, sort_sheets, unread
from beicha.intake.tables import Table
from beicha.intake.visits import Visit, read_visits
from beicha.intake.vocabulary import Vocabulary, vocabulary_of
from scoring.edition import Edition
from scoring.facts import Area
from scoring.periods import month_number, period_text

__all__ = ["FoundReport", "Reading", "SheetRead", "read_workbook"]

_SAID_ALREADY = frozenset(("ledger_unclear", "ledger_without_heading", "ledger_not_kept", "community_column_missing"))


def read_workbook(
    name: str,
    content: bytes,
    edition: Edition,
    communities: Sequence[Area] = (),
    *,
    month: int | None = None,
    community: str | None = None,
    answers: Answers = NO_ANSWERS,
) -> Reading:
    """Reads one file under an edition: whatever is wrong with it comes back as problems, never as an exception.

    ``communities`` are the areas that may be named, with those above them, which tell two of one name apart;
    without any community, names are taken as written. ``month`` (a count of months) and ``community`` (a code or
    a name) are the user's choice; where the file says otherwise, that is an error.
    ``answers`` holds what people said about it when they saw its problems, which goes before all else; raises
    LookupError where they speak of a cell that is not there.
    """
    file = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = PurePosixPath(file).stem
    problems = Problems(file)
    digest = hashlib.sha256(content).hexdigest()
    book = read_book(content)
    if isinstance(book, Refusal):
        problems.add(book.code, **book.values)
        return Reading(file, digest, problems=tuple(problems.all))
    typed = put_right(book, answers, digest)
    known = Communities(communities, answers.communities)
    vocabulary = vocabulary_of(edition).confirming(answers.headings)
    book = without_marks(book, vocabulary)
    found = sort_sheets(book, stem, vocabulary, known, problems)
    add_name(found.claims, stem, known)
    work = _Work(edition, vocabulary, known, problems, found, answers.belonging(digest))
    reports = work.reports(month, community, is_text=book.kind == "text")
    for name, named in known.confirmed.items():
        problems.add("community_confirmed", found=name, name=named.name)
    order = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    sheets = sorted(work.accounts, key=lambda account: (order.get(account.sheet, 0), account.heading_row or 0))
    failing, corrections = failing_tables(work.layouts, problems.all), placed(typed, work.layouts)
    return Reading(file, digest, tuple(reports), tuple(problems.all), tuple(sheets), failing, corrections)


@dataclass
class _Work:
    """The reading of one file whose sheets are sorted."""

    edition: Edition
    vocabulary: Vocabulary
    known: Communities
    problems: Problems
    found: Sorted
    settled: Belonging
    layouts: list[Layout] = field(default_factory=list)
    own: list[CleanTable] = field(default_factory=list)
    office: list[CleanTable] = field(default_factory=list)
    accounts: list[SheetRead] = field(default_factory=list)

    def reports(self, month: int | None, community: str | None, *, is_text: bool) -> list[FoundReport]:
        """The reports in the file, the community's own first."""
        self.accounts += self.found.accounts
        if self.found.is_nothing:
            if not any(problem.code in _SAID_ALREADY for problem in self.problems.all):
                self.problems.add("csv_without_heading" if is_text else "nothing_recognised")
            return []
        check_edition(self.found.claims, self.edition, self.problems)
        by_hand = self.settled.period is not None
        given = month_number(self.settled.period) if self.settled.period else month
        visits = self._visits(given)
        agreed = settle_month(self.found.claims, given, self.problems, settled=by_hand)
        for sheet, table in self.found.tables:
            self._take(sheet, table, agreed)
        reports = self._own_report(agreed, community) + self._office_reports(agreed, visits)
        for report in reports:
            say_duplicates(report, self.edition.ledgers, self.problems)
        return reports

    def _visits(self, given: int | None) -> list[tuple[str, Visit]]:
        """The visits of all sheets; where all are of one month and nothing else names it, that is the file's month."""
        said = [claim.value for claim in self.found.claims.months if claim.value is not None]
        month = given if given is not None else said[0] if said else None
        visits: list[tuple[str, Visit]] = []
        for sheet in self.found.visits:
            read, account = read_visits(sheet, month, self.problems)
            visits += [(sheet.name, visit) for visit in read]
            self._add_list(sheet, account)
        months = {visit.month for _, visit in visits if visit.month is not None}
        if month is None and len(months) == 1:
            only = months.pop()
            self.found.claims.months.append(Claim(only, period_text(only), "visits"))
        return visits

    def _add_list(self, sheet: Sheet, account: SheetRead) -> None:
        self.accounts.append(account)
        if account.ledger is not None:
            self.layouts.append(layout_of_list(sheet, account))

    def _take(self, sheet: Sheet, table: Table, month: int | None) -> None:
        """Cleans a table, or says why not."""
        ledger = table.ledger
        if table.rivals:
            titles = tuple(match.ledger.title for match in (table.match, *table.rivals))
            self.problems.add("ledger_unclear", sheet.name, table.first, ledgers=titles)
        elif ledger.kept_by == "office" and table.community is None:
            code = "ledger_not_kept" if self._has_own else "community_column_missing"
            self.problems.add(code, sheet.name, table.first, ledger=ledger.title)
        else:
            clean = clean_table(sheet, table, self.vocabulary, month, self.problems)
            (self.office if ledger.kept_by == "office" else self.own).append(clean)
            self.accounts.append(_account(clean, hidden=sheet.hidden))
            self.layouts.append(layout_of_table(sheet, table))
            return
        self.accounts.append(unread(sheet, table.top, table.end))

    @property
    def _has_own(self) -> bool:
        kept_by = [table.ledger.kept_by for _, table in self.found.tables] + [led.kept_by for led in self.found.empty]
        return "community" in kept_by or bool(self.found.declarations)

    def _own_report(self, month: int | None, community: str | None) -> list[FoundReport]:
        if not self._has_own:
            return []
        if not self.found.claims.communities:
            self._claim_from_columns()
        given, by_hand = self.settled.community or community, self.settled.community is not None
        named = settle_community(self.found.claims, given, self.known, self.problems, settled=by_hand)
        if named is not None:
            check_communities(self.own, named, self.known, self.problems)
        declared: dict[str, str] = {}
        for sheet in self.found.declarations:
            reasons, account = read_declarations(sheet, self.edition, self.problems)
            declared |= reasons
            self._add_list(sheet, account)
        there = [*(table.ledger for table in self.own), *self.found.empty]
        ledgers = {ledger.code: ledger for ledger in there if ledger.kept_by == "community"}
        return [community_report(self.own, ledgers.values(), declared, named, month)]

    def _claim_from_columns(self) -> None:
        """Where nothing else names the community, a column that names but one does."""
        names = {name for table in self.own for name in table.communities or () if name}
        if len(names) == 1:
            name = names.pop()
            self.found.claims.communities.append(Claim(name, name, "column"))

    def _office_reports(self, month: int | None, visits: list[tuple[str, Visit]]) -> list[FoundReport]:
        there = [*(table.ledger for table in self.office), *self.found.empty]
        ledgers = {ledger.code: ledger for ledger in there if ledger.kept_by == "office"}
        if not (ledgers or visits):
            return []
        return office_reports(Office(self.office, tuple(ledgers.values()), visits, month), self.known, self.problems)


def _account(table: CleanTable, *, hidden: bool) -> SheetRead:
    return SheetRead(
        table.sheet, table.ledger.code, table.heading_row, len(table.rows), table.ignored, table.extra, hidden
    )

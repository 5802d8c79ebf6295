"""The door of the intake: a file's bytes in, reports and problems out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from beicha.intake.answers import NO_ANSWERS, Answers, Belonging, put_right
from beicha.intake.assembly import Kept, office_reports, reports_of_one, reports_of_several, say_duplicates
from beicha.intake.attribution import Attribution, Saying, attribute, communities_named
from beicha.intake.book import Book, Refusal, Sheet
from beicha.intake.checked.ignoring import without_marks
from beicha.intake.child import read_book
from beicha.intake.claims import Claim, add_name
from beicha.intake.clean import CleanTable, Words, clean_table
from beicha.intake.communities import Communities, Named
from beicha.intake.declarations import Declarations, read_declarations
from beicha.intake.failing import Layout, failing_tables, layout_of_list, layout_of_table, placed
from beicha.intake.identity import check_edition, names_one, settle_community
from beicha.intake.monthly import Left, Said, settle_months
from beicha.intake.personal import personal_columns, say_personal
from beicha.intake.problems import Problems
from beicha.intake.reports import FoundReport, Reading, SheetRead, unread
from beicha.intake.sorting import Placed, Sorted, sort_sheets
from beicha.intake.tick_columns import fold_ticks
from beicha.intake.visits import Visit, read_visits
from beicha.intake.vocabulary import vocabulary_of
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger
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
    source = _Source(file, hashlib.sha256(content).hexdigest(), Problems(file))
    book = read_book(content)
    if isinstance(book, Refusal):
        source.problems.add(book.code, **book.values)
        return Reading(file, source.digest, problems=tuple(source.problems.all))
    known = Communities(communities, answers.communities)
    words = Words(vocabulary_of(edition).confirming(answers.headings), known)
    reading = _read_sheets(source, book, _Terms(edition, words, answers, month, community))
    for written, named in known.confirmed.items():
        source.problems.add("community_confirmed", found=written, name=named.name)
    return replace(reading, problems=tuple(source.problems.all))


@dataclass(frozen=True)
class _Source:
    """A file: its name, the SHA-256 of its bytes, and the problems met in it so far."""

    file: str
    digest: str
    problems: Problems

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return PurePosixPath(self.file).stem


@dataclass(frozen=True)
class _Terms:
    """What a file is read under: the edition, what words mean, and what people said about the file."""

    edition: Edition
    words: Words
    answers: Answers
    month: int | None
    community: str | None


def _read_sheets(source: _Source, book: Book, terms: _Terms) -> Reading:
    """What the sheets hold, once the cells that a person put right are typed into them."""
    problems, typed = source.problems, put_right(book, terms.answers, source.digest)
    for code in book.notes:
        problems.add(code)
    words, book = terms.words, without_marks(book, terms.words.vocabulary)
    personal = personal_columns(book)
    found = sort_sheets(book, source.stem, words.vocabulary, words.communities, problems)
    add_name(found.claims, source.stem, words.communities)
    work = _Work(terms.edition, words, problems, found, source.stem, terms.answers.belonging(source.digest))
    reports = work.reports(terms.month, terms.community, is_text=book.kind == "text")
    say_personal(personal, work.layouts, problems)
    order = {sheet.name: at for at, sheet in enumerate(book.sheets)}
    return Reading(
        source.file,
        source.digest,
        tuple(reports),
        (),
        tuple(sorted(work.accounts, key=lambda account: (order.get(account.sheet, 0), account.heading_row or 0))),
        failing_tables(work.layouts, problems.all),
        placed(typed, work.layouts),
        work.rests_on_name,
    )


@dataclass
class _Work:
    """The reading of one file whose sheets are sorted."""

    edition: Edition
    words: Words
    problems: Problems
    found: Sorted
    stem: str
    settled: Belonging
    layouts: list[Layout] = field(default_factory=list)
    own: list[Attribution] = field(default_factory=list)
    office: list[Attribution] = field(default_factory=list)
    accounts: list[SheetRead] = field(default_factory=list)

    @property
    def known(self) -> Communities:
        """The communities that may be named."""
        return self.words.communities

    def reports(self, month: int | None, community: str | None, *, is_text: bool) -> list[FoundReport]:
        """The reports in the file, the communities' own first."""
        self.accounts += self.found.accounts
        if self.found.is_nothing:
            if not any(problem.code in _SAID_ALREADY for problem in self.problems.all):
                self.problems.add("csv_without_heading" if is_text else "nothing_recognised")
            return []
        check_edition(self.found.claims, self.edition, self.problems)
        by_hand = self.settled.period is not None
        given = month_number(self.settled.period) if self.settled.period else month
        visits = self._visits(given)
        said = Said(self.found.claims, self.stem, given, by_hand)
        months = settle_months(self.found.tables, said, self.problems)
        for found, its_month in zip(self.found.tables, months.of_tables, strict=True):
            self._take(found, its_month)
        reports = self._own_reports(months.of_file, community) + self._office_reports(months.of_file, visits)
        for report in reports:
            say_duplicates(report, self.edition.ledgers, self.problems)
        return reports

    @property
    def rests_on_name(self) -> bool:
        """Whether nothing but the file's name could say whose report it is, or of which month."""
        claims = self.found.claims
        said = (claims.months, claims.communities if self._has_own else claims.months)
        return not self.found.is_nothing and any(all(claim.source == "name" for claim in one) for one in said)

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

    def _take(self, placed: Placed, month: int | Left | None) -> None:
        """Cleans a table, or says why not."""
        sheet, table, ledger = placed.sheet, placed.table, placed.table.ledger
        if isinstance(month, Left):
            self.accounts.append(unread(sheet, month.why, table.start, table.end))
            return
        if table.rivals:
            titles = tuple(match.ledger.title for match in (table.match, *table.rivals))
            self.problems.add("ledger_unclear", sheet.name, table.first, ledgers=titles)
        elif ledger.kept_by == "office" and table.community is None and self._has_own:
            self.problems.add("ledger_not_kept", sheet.name, table.first, ledger=ledger.title)
        else:
            table = fold_ticks(sheet, table)
            clean = clean_table(sheet, table, self.words, month, self.problems)
            found = attribute(clean, placed.said, self.known)
            if ledger.kept_by == "office" and table.community is None and not any(found.all):
                self.problems.add("community_column_missing", sheet.name, table.first, ledger=ledger.title)
            else:
                (self.office if ledger.kept_by == "office" else self.own).append(found)
            self.accounts.append(_account(clean, hidden=sheet.hidden))
            self.layouts.append(layout_of_table(sheet, table))
            return
        self.accounts.append(unread(sheet, "unread", table.start, table.end))

    @property
    def _has_own(self) -> bool:
        kept_by = [placed.table.ledger.kept_by for placed in self.found.tables]
        return "community" in (*kept_by, *(ledger.kept_by for ledger in self.found.empty)) or bool(
            self.found.declarations
        )

    def _own_reports(self, month: int | None, community: str | None) -> list[FoundReport]:
        if not self._has_own:
            return []
        declared: list[Declarations] = []
        for sheet in self.found.declarations:
            read, account = read_declarations(sheet, self.edition, self.problems)
            declared.append(read)
            self._add_list(sheet, account)
        kept = Kept(self.own, self._empty("community"), month)
        given = self.settled.community or community
        if not given and self._is_of_several(declared):
            return reports_of_several(kept, declared, self.known, self.problems)
        named = self._only_community(given)
        return reports_of_one(kept, declared, named, self.known, self.problems)

    def _is_of_several(self, declared: list[Declarations]) -> bool:
        """Whether the rows name several communities, and neither cover nor name says that the file is of one."""
        if names_one(self.found.claims, self.known):
            return False
        said = [row.community for sheet in declared for row in sheet.rows if row.community]
        named = communities_named(self.own, self.known) | {self.known.identity(self.known.find(name)) for name in said}
        return len(named) > 1

    def _only_community(self, given: str | None) -> Named | None:
        """The community of the file: where nothing else names it, the one that its rows name."""
        claims = self.found.claims.communities
        said = [_claim(found, saying) for found in self.own for saying in found.all]
        for claim in said:
            is_new = claim.source == "sheet" and all(claim.value != other.value for other in claims)
            if is_new and self.known.find(claim.value).code is not None:
                claims.append(claim)
        if not claims:
            claims += said[:1]
        by_hand = self.settled.community is not None
        return settle_community(self.found.claims, given, self.known, self.problems, settled=by_hand)

    def _office_reports(self, month: int | None, visits: list[tuple[str, Visit]]) -> list[FoundReport]:
        kept = Kept(self.office, self._empty("office"), month)
        if not (kept.tables or kept.empty or visits):
            return []
        return office_reports(kept, visits, self.known, self.problems)

    def _empty(self, kept_by: str) -> list[Ledger]:
        return [ledger for ledger in self.found.empty if ledger.kept_by == kept_by]


def _claim(found: Attribution, saying: Saying) -> Claim:
    return Claim(saying.name, saying.name, saying.source, found.table.sheet, saying.row, saying.column)


def _account(table: CleanTable, *, hidden: bool) -> SheetRead:
    return SheetRead(
        table.sheet, table.ledger.code, table.heading_row, len(table.rows), table.ignored, table.extra, hidden
    )

"""From files to a draft: each read under the edition and the tree of the month it reports, then put together."""

from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass, replace

from beicha.actions.clashes import Repeats, settled
from beicha.actions.drafts import Draft, DraftFile, DraftReport
from beicha.actions.remembering import EVERYWHERE, Word, taking, unit_of, words_of
from beicha.intake.answers import NO_ANSWERS, Answers
from beicha.intake.communities import Communities
from beicha.intake.problems import Problem
from beicha.intake.reading import FoundReport, Reading, read_workbook
from beicha.store import Store, areas, editions
from beicha.store.content import Content, Correction, Source
from beicha.store.files import NamedFile
from beicha.store.submissions import Key, SentFile
from scoring.facts import Area, Rows
from scoring.periods import month_number, period_text


@dataclass(frozen=True)
class Said:
    """What a person said about some files: a community (code or name), a month "YYYY-MM", and answers to problems."""

    community: str | None = None
    period: str | None = None
    answers: Answers = NO_ANSWERS


Setting = tuple[int | None, tuple[Area, ...]]
"""What a file is read under: the number of the edition in force, None where none is, and the tree of areas."""


def read_draft(store: Store, files: Sequence[NamedFile], said: Said) -> Draft:
    """Read files under the edition and the tree of the months they report.

    What a person chose goes before what a file says, which is then in error. A ledger of one community and month in
    two files is an error of both, so that the order of files never matters.
    """
    return draft_of(read_files(store, files, said))


def read_files(store: Store, files: Sequence[NamedFile], said: Said) -> list[Reading]:
    """The readings of these files, without those of repeated bytes that say nothing new."""
    office, repeats = Office(store), Repeats()
    read = (office.read(file, said) for file in files if not repeats.is_known(file.sha256))
    return [reading for reading in read if repeats.is_new(reading)]


def draft_of(readings: Sequence[Reading]) -> Draft:
    """The draft that these readings make together; a file with an error gives it no report."""
    judged = with_clashes(readings)
    return Draft(_merge([reading for reading in judged if not reading.errors]), tuple(map(_file, judged)))


def _file(r: Reading) -> DraftFile:
    return DraftFile(r.file, r.sha256, not r.errors, r.readable, r.problems, r.sheets, r.failing, r.corrections)


def with_clashes(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with what other sound ones mean for them: a ledger of two is an error, a blank one steps back."""
    return settled(readings, lambda reading: not reading.errors)


class Office:
    """What reading needs to know of the office: which edition and which communities a month has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.read() as view:
            self._timeline = editions.timeline(view)
            self._versions = areas.versions(view)
        self._known_words: dict[str, tuple[Word, ...]] = {}

    def read(self, file: NamedFile, said: Said) -> Reading:
        """The reading with what is remembered for the file's own unit, which is known only after a first reading."""
        known = self._words({EVERYWHERE})
        reading = self._in_its_month(file, _taking(said, known))
        own = self._words({unit_of(reading), said.community or EVERYWHERE} - {EVERYWHERE})
        return self._in_its_month(file, _taking(said, (*known, *own))) if own else reading

    def _words(self, units: Set[str]) -> tuple[Word, ...]:
        """What is remembered for the units, each asked for once: what is confirmed later holds for the next draft."""
        new = units - self._known_words.keys()
        if new:
            with self._store.read() as view:
                found = words_of(view, new)
            self._known_words |= {unit: tuple(word for word in found if word.unit == unit) for unit in new}
        return tuple(word for unit in sorted(units) for word in self._known_words[unit])

    def _in_its_month(self, file: NamedFile, said: Said) -> Reading:
        """The reading under what is in force in the file's own month, which is known only after a first reading."""
        period = said.answers.belonging(file.sha256).period or said.period
        setting = self._setting(period or "9999-12")
        reading = self._read(file, setting, said)
        months = {report.month for report in reading.reports if report.month is not None}
        if period is not None or not months:
            return reading
        own, *others = dict.fromkeys(self._setting(period_text(month)) for month in sorted(months))
        if others:
            return _with_months_apart(reading, months)
        return reading if own == setting else self._read(file, own, said)

    def read_in_folder(self, file: NamedFile, said: Said) -> Reading:
        """The reading of a file whose name is a path: where nothing else names its community, a folder may."""
        reading = self.read(file, said)
        if said.community or not any(problem.code == "community_missing" for problem in reading.problems):
            return reading
        known = Communities(self._setting(said.period or "9999-12")[1])
        for folder in file.name.split("/")[-2::-1]:
            named = known.find(folder)
            if named.code is not None:
                return _told(self.read(file, replace(said, community=named.code)), folder, named.name)
        return reading

    def _setting(self, period: str) -> Setting:
        there = tuple(entry.area for entry in self._versions if entry.valid_in(period))
        return self._timeline.at(period), there

    def _read(self, file: NamedFile, setting: Setting, said: Said) -> Reading:
        seq, tree = setting
        if seq is None or not any(area.kind == "community" for area in tree):
            code = "no_edition" if seq is None else "no_areas"
            problem = Problem(code, "error", file.name, found=said.period or "")
            return Reading(file.name, file.sha256, (), (problem,))
        with self._store.read() as view:
            edition = editions.load(view, seq).edition
        month = None if said.period is None else month_number(said.period)
        return read_workbook(
            file.name,
            file.content,
            edition,
            tree,
            month=month,
            community=said.community,
            answers=said.answers,
        )


def _with_months_apart(reading: Reading, months: Set[int]) -> Reading:
    """The reading in error: its months cannot be read under one setting."""
    values = {"months": [period_text(month) for month in sorted(months)]}
    return replace(reading, problems=(*reading.problems, Problem("months_apart", "error", reading.file, values=values)))


def _taking(said: Said, words: Sequence[Word]) -> Said:
    return replace(said, answers=taking(said.answers, words))


def _told(reading: Reading, folder: str, name: str) -> Reading:
    """The reading with the warning that only the folder named the community."""
    problem = Problem("community_from_folder", "warning", reading.file, found=folder, values={"name": name})
    return replace(reading, problems=(*reading.problems, problem), rests_on_name=True)


def _merge(readings: Sequence[Reading]) -> tuple[DraftReport, ...]:
    groups: dict[Key, list[tuple[Reading, FoundReport]]] = {}
    for reading in readings:
        for report in reading.reports:
            assert report.month is not None, "a report without a month is an error of its file"
            key = Key(report.community, period_text(report.month), report.kept_by)
            groups.setdefault(key, []).append((reading, report))
    return tuple(_merged(key, groups[key]) for key in sorted(groups, key=lambda k: (k.community, k.period, k.kept_by)))


def _merged(key: Key, group: list[tuple[Reading, FoundReport]]) -> DraftReport:
    group = sorted(group, key=lambda item: item[0].sha256)
    content = Content(
        {code: rows for _, report in group for code, rows in report.ledgers.items()},
        {code: reason for _, report in group for code, reason in report.not_applicable.items()},
        {code: texts for _, report in group for code, texts in report.originals.items()},
        {code: Source(reading.file, reading.sha256) for reading, report in group for code in report.ledgers},
        tuple(correction for reading, report in group for correction in _corrections(reading, report)),
    )
    files = tuple(SentFile(reading.sha256, reading.file) for reading, _ in group)
    declares = any(report.declares for _, report in group)
    return DraftReport(key, group[0][1].community_name, content, files, declares)


def _corrections(reading: Reading, report: FoundReport) -> list[Correction]:
    """The cells put right in the report; of a file with several reports only those in rows of this one."""
    alone = len(reading.reports) == 1
    return [
        Correction(reading.file, **asdict(found))
        for found in reading.corrections
        if alone or _is_row_of(report.ledgers.get(found.ledger), found.sheet, found.row)
    ]


def _is_row_of(rows: Rows | None, sheet: str, row: int) -> bool:
    return rows is not None and (sheet, row) in zip(rows.sheet, rows.row, strict=True)

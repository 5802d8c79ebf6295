"""The files that arrive at the office: each community's for each month, and the office's own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from beicha.demo import forms
from beicha.demo.arrivals import Arrival
from beicha.demo.characters import CHARACTERS
from beicha.demo.district import COMMUNITIES, DISTRICT, LAST_DAY, street_of
from beicha.demo.hands import NEAT
from beicha.demo.inspections import Visit, visits
from beicha.demo.scene import Row
from beicha.demo.sheets import Sheet, Value, workbook
from beicha.demo.template import Template
from beicha.words.workbook import CODE, COMMUNITY, COVER, DATE, MONTH, NOT_APPLICABLE, REASON, VISITS, sheet_name
from scoring.edition import Edition
from scoring.facts import Area
from scoring.ledgers import Ledger
from scoring.periods import period_text

_LAYOUTS: dict[str, Callable[[Ledger, Sequence[Row], forms.Titles], Sheet]] = {
    "titled": forms.titled,
    "loose": forms.loose,
    "two_levels": forms.two_levels,
    "reordered": forms.reordered,
    "separated": forms.titled,
}
_AS_TEXT = "online"
"""The ledger that one community keeps in an older program."""

Ledgers = Mapping[str, Sequence[Row]]
NamedFile = tuple[str, bytes]


@dataclass(frozen=True)
class Desk:
    """Where workbooks are written under an edition, with its two templates, of the communities and of the office.

    ``renamed`` maps today's field codes of a ledger to those of the edition, where they differ.
    """

    edition: Edition
    community_template: Template
    office_template: Template
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def files(self, arrival: Arrival, communities: Sequence[Area] = COMMUNITIES) -> tuple[NamedFile, ...]:
        """The files that arrive; of the office's own, the rows about ``communities``."""
        if arrival.community is None:
            visited = [visit for visit in visits(arrival.month) if visit.community in communities]
            return (self._office_file(arrival.month, visited),)
        return self.written(arrival.community, arrival.month, arrival.ledgers)

    def written(self, community: Area, month: int, rows: Ledgers) -> tuple[NamedFile, ...]:
        """The files that the community's clerk makes of the rows of a month."""
        form = CHARACTERS[community.code].form
        if form == "standard":
            return (self.standard_file(community, month, self.tables(community, rows)),)
        ledgers = self._in_terms_of_edition(rows)
        text = _AS_TEXT if form == "separated" and ledgers.get(_AS_TEXT) else ""
        kept = {code: rows for code, rows in ledgers.items() if code != text}
        book = self._free_file(community, month, kept)
        return (book, self._text_file(community, month, text, ledgers[text])) if text else (book,)

    def _in_terms_of_edition(self, rows: Ledgers) -> Ledgers:
        return {
            ledger.code: [self._in_terms_of(ledger, row) for row in rows[ledger.code]]
            for ledger in self.edition.ledgers
            if ledger.code in rows
        }

    def _in_terms_of(self, ledger: Ledger, row: Row) -> Row:
        codes = {old: new for new, old in self.renamed.get(ledger.code, {}).items()}
        return {field.code: row.get(codes.get(field.code, field.code)) for field in ledger.fields}

    def _not_applicable(self, community: Area) -> dict[str, str]:
        """What the community declares, as far as the edition lets it."""
        optional = {criterion.code for criterion in self.edition.criteria if criterion.optional}
        return {code: why for code, why in CHARACTERS[community.code].not_applicable.items() if code in optional}

    def tables(self, community: Area, rows: Ledgers) -> dict[str, list[dict[str, Value]]]:
        """What a clerk types into the template: for each sheet its rows, by heading."""
        ledgers = self._in_terms_of_edition(rows)
        declared = self._not_applicable(community).items()
        tables = {
            sheet_name(self.edition.ledger(code).title): self._by_title(code, rows) for code, rows in ledgers.items()
        }
        return tables | {NOT_APPLICABLE: [{CODE: code, REASON: reason} for code, reason in declared]}

    def standard_file(self, community: Area, month: int, tables: Mapping[str, list[dict[str, Value]]]) -> NamedFile:
        """The template with these rows, and the community and the month on its cover."""
        answers = {COVER: {COMMUNITY: community.name, MONTH: period_text(month)}}
        return f"{community.name}{period_text(month)}.xlsx", self.community_template.filled(tables, answers)

    def _by_title(self, code: str, rows: Sequence[Row]) -> list[dict[str, Value]]:
        fields = self.edition.ledger(code).fields
        return [{field.title: NEAT.cell(field, row.get(field.code), 0) for field in fields} for row in rows]

    def _free_file(self, community: Area, month: int, ledgers: Ledgers) -> NamedFile:
        form = CHARACTERS[community.code].form
        sheets = [
            _LAYOUTS[form](self.edition.ledger(code), rows, _titles(community, month, self.edition.ledger(code)))
            for code, rows in ledgers.items()
        ]
        sheets.append(forms.declarations(self._not_applicable(community)))
        if form == "reordered":
            sheets = [forms.instructions(), *reversed(sheets)]
        return f"{community.name}创建档案（{_in_words(month)}）.xlsx", workbook(sheets)

    def _text_file(self, community: Area, month: int, code: str, rows: Sequence[Row]) -> NamedFile:
        ledger = self.edition.ledger(code)
        content = forms.separated(ledger, rows, _titles(community, month, ledger))
        return f"{community.name}{period_text(month)}{ledger.title}.csv", content

    def _office_file(self, month: int, visited: Sequence[Visit]) -> NamedFile:
        ledger = next(ledger for ledger in self.edition.ledgers if ledger.kept_by == "office")
        named: list[dict[str, Any]] = [
            {COMMUNITY: visit.community.name, **row}
            for visit in visited
            for row in self._by_title(ledger.code, [self._in_terms_of(ledger, row) for row in visit.rows])
        ]
        days = [{COMMUNITY: visit.community.name, DATE: visit.day} for visit in visited]
        tables = {sheet_name(ledger.title): named, VISITS: days}
        name = f"{DISTRICT.name}督查记录{period_text(month)}.xlsx"
        return name, self.office_template.filled(tables, {COVER: {MONTH: period_text(month)}})


def _titles(community: Area, month: int, ledger: Ledger) -> forms.Titles:
    place = f"{DISTRICT.name}{street_of(community).name}{community.name}"
    return (
        f"{place}{_in_words(month)}{ledger.title}登记表",
        f"填报单位：{community.name}    填报时间：{_in_words(month)}{LAST_DAY + 1}日",
    )


def _in_words(month: int) -> str:
    return f"{month // 12}年{month % 12 + 1}月"

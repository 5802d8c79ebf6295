"""Ledgers of the editions can be told apart by their headings and sheets, and examples keep to their fields."""

import re
import unicodedata
from datetime import date

import pytest

from scoring.edition import Criterion, Edition, Example
from scoring.ledgers import Ledger, LedgerField
from tests.checklists.editions import FILES, edition_of

EDITIONS = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def folded(heading: str) -> str:
    """The heading as a reader compares it: full-width forms, spaces and what stands in brackets gone."""
    return re.sub(r"\s|\(.*?\)", "", unicodedata.normalize("NFKC", heading)).lower()


def doubled(names: list[str]) -> list[str]:
    folds = [folded(name) for name in names]
    return sorted({fold for fold in folds if folds.count(fold) > 1})


@EDITIONS
def test_a_heading_names_one_field_of_a_ledger(path):
    for ledger in edition_of(path).ledgers:
        names = [name for field in ledger.fields for name in (field.title, *field.aliases)]
        assert doubled(names) == [], ledger.code


@EDITIONS
def test_a_sheet_name_means_one_ledger(path):
    assert doubled([name for ledger in edition_of(path).ledgers for name in (ledger.title, *ledger.aliases)]) == []


@EDITIONS
def test_a_ledger_title_can_name_a_sheet(path):
    for ledger in edition_of(path).ledgers:
        assert len(ledger.title) <= 31 and not re.search(r"[\[\]:*?/\\]", ledger.title), ledger.title


@EDITIONS
def test_a_choice_stands_once(path):
    for ledger in edition_of(path).ledgers:
        for field in ledger.fields:
            assert doubled(list(field.choices)) == [], f"{ledger.code}.{field.code}"


@EDITIONS
def test_a_key_field_is_one_that_must_be_filled(path):
    for ledger in edition_of(path).ledgers:
        assert all(ledger.field(code).required for code in ledger.key_fields), ledger.code


@EDITIONS
def test_the_rows_of_an_example_hold_values_of_their_fields(path):
    edition = edition_of(path)
    for criterion in edition.criteria:
        for example in criterion.examples:
            for ledger, row in rows_of(edition, criterion, example):
                wrong = [f"{code}: {row[code]!r}" for code in row if not fits(ledger.field(code), row[code])]
                assert not wrong, f"{criterion.code} {example.title}: {wrong}"


def rows_of(edition: Edition, criterion: Criterion, example: Example) -> list[tuple[Ledger, dict]]:
    """Every row of the example beside its ledger."""
    rows = [(edition.ledger(criterion.ledger), row) for row in example.rows] if criterion.ledger else []
    return rows + [(edition.ledger(code), row) for code, more in example.ledgers.items() for row in more]


def fits(field: LedgerField, value: object) -> bool:
    """Whether an importer could have read this value from a cell of the field."""
    if value is None:
        return True
    types = {"date": date, "whole": int, "decimal": int | float, "yes_no": bool, "choices": list}
    if not isinstance(value, types.get(field.type, str)) or (isinstance(value, bool) and field.type != "yes_no"):
        return False
    known = field.choices or field.scale
    return not known or set(value if isinstance(value, list) else [value]) <= set(known)

"""What the editions that come with the product promise: points, counts, rule kinds, the calendar, sources."""

import json
import re

import pytest

from scoring.edition import Edition
from scoring.rules import RULE_KINDS, Ladder, Parts
from tests.checklists.editions import FILES, edition_of, named

ARCHIVES = ("community-archive", "community-archive-2025")


def simple_rules(edition: Edition) -> list:
    """Every rule of the edition, with the parts of rules taken apart as well."""
    rules = [criterion.rule for criterion in edition.criteria]
    return rules + [part.rule for rule in rules if isinstance(rule, Parts) for part in rule.parts]


def criteria_of(edition: Edition, section: str) -> list:
    return [criterion for criterion in edition.criteria if criterion.section == section]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_edition_is_called_like_its_file(path):
    assert edition_of(path).name == path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_edition_is_worth_a_hundred_points(path):
    assert edition_of(path).total_points == pytest.approx(100, abs=1e-9)


def test_no_two_editions_are_the_same():
    assert len({edition_of(path).digest for path in FILES}) == len(FILES)


def test_an_edition_that_marks_nothing_personal_keeps_its_digest():
    minors = named("minors-system")
    content = minors.model_dump(mode="json", by_alias=True)
    assert "personal" not in json.dumps(content)
    content["ledgers"][0]["fields"][1]["personal"] = "child"
    marked = type(minors).model_validate(content)
    assert marked.digest != minors.digest
    assert type(minors).model_validate(marked.model_dump(mode="json", by_alias=True)).digest == marked.digest
    content["ledgers"][0]["fields"][1]["personal"] = None
    assert type(minors).model_validate(content).digest == minors.digest


def test_the_archive_edition_has_sixty_criteria_or_more():
    assert len(named("community-archive").criteria) >= 60


def test_the_archive_edition_uses_every_rule_kind():
    assert {rule.kind for rule in simple_rules(named("community-archive"))} == set(RULE_KINDS)


def test_the_archive_edition_uses_every_credit_and_way_of_adding_up():
    counts = [rule for rule in simple_rules(named("community-archive")) if rule.kind == "count"]
    assert {"ladder" if isinstance(rule.credit, Ladder) else rule.credit for rule in counts} == {
        "linear",
        "strict",
        "ladder",
    }
    assert {"rows" if rule.of == "rows" else rule.of.split()[0] for rule in counts} > {"rows", "distinct"}


def test_the_archive_edition_uses_every_window():
    windows = {criterion.window.split()[0] for criterion in named("community-archive").criteria}
    assert windows == {"month", "quarter", "year", "rolling", "since"}


def test_the_archive_edition_holds_every_other_feature():
    edition = named("community-archive")
    office = {ledger.code for ledger in edition.ledgers if ledger.kept_by == "office"}
    assert any(criterion.verified_by and criterion.verified_by.grade for criterion in edition.criteria)
    assert any(criterion.verified_by and criterion.verified_by.score for criterion in edition.criteria)
    assert any(criterion.ledger in office for criterion in edition.criteria)
    assert any(criterion.optional for criterion in edition.criteria)
    assert any(criterion.dated for criterion in edition.criteria)
    assert {ledger.keeps for ledger in edition.ledgers} == {"events", "state"}
    assert edition.bonuses and edition.vetoes


@pytest.mark.parametrize("name", ARCHIVES)
def test_the_minors_section_of_an_archive_edition_has_a_gate_of_85(name):
    assert {section.code: section.gate for section in named(name).sections if section.gate} == {"WC": 85}


@pytest.mark.parametrize(
    ("title", "months"), [("学雷锋", (3,)), ("清明", (4,)), ("童心向党", (6, 7)), ("向国旗敬礼", (10,))]
)
@pytest.mark.parametrize("name", ARCHIVES)
def test_the_calendar_is_due_in_its_months(name, title, months):
    found = [criterion for criterion in criteria_of(named(name), "WC") if criterion.title.startswith(title)]
    assert [criterion.due for criterion in found] == [months]


def test_the_minors_system_has_five_projects_and_27_standards():
    edition = named("minors-system")
    assert [len(criteria_of(edition, section.code)) for section in edition.sections] == [4, 4, 8, 5, 6]


def test_the_archive_edition_follows_the_one_before_in_known_codes():
    edition, before = named("community-archive"), named("community-archive-2025")
    assert edition.follows == before.name
    for old, new in edition.renames.criteria.items():
        assert before.criterion(old).title == edition.criterion(new).title
    for ledger, fields in edition.renames.fields.items():
        for old, new in fields.items():
            assert before.ledger(ledger).field(old).title == edition.ledger(ledger).field(new).title


def test_ledgers_keep_their_codes_from_one_archive_edition_to_the_next():
    codes = [{ledger.code for ledger in named(name).ledgers} for name in ARCHIVES]
    assert codes[0] == codes[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_criterion_says_where_it_comes_from_and_what_to_do_next(path):
    for criterion in edition_of(path).criteria:
        assert criterion.source.document, criterion.code
        assert criterion.standard.endswith("。"), criterion.code
        assert criterion.remedy.endswith("。"), criterion.code
        assert criterion.remedy.count("。") == 1, criterion.code


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_criterion_shows_a_success_a_failure_and_a_near_miss(path):
    for criterion in edition_of(path).criteria:
        states = {example.state for example in criterion.examples}
        assert "met" in states, criterion.code
        assert states & {"unmet", "missing"}, criterion.code
        assert any("差一点" in example.title and example.state != "met" for example in criterion.examples), (
            criterion.code
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_names_its_month_and_every_partial_one_its_fraction(path):
    for criterion in edition_of(path).criteria:
        for example in criterion.examples:
            assert example.period, f"{criterion.code} {example.title}"
            assert (example.state == "partial") == (example.fraction is not None), f"{criterion.code} {example.title}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_bonus_and_veto_says_where_it_comes_from(path):
    edition = edition_of(path)
    for item in [*edition.bonuses, *edition.vetoes]:
        assert item.source, item.code
        assert item.standard.endswith("。"), item.code


def texts(content: object) -> list[str]:
    """Every text in the content of an edition."""
    if isinstance(content, dict):
        return [text for value in content.values() for text in texts(value)]
    if isinstance(content, list | tuple):
        return [text for value in content for text in texts(value)]
    return [content] if isinstance(content, str) else []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_chinese_texts_have_chinese_punctuation(path):
    half_width = re.compile(r"[\u4e00-\u9fff].*[,;:()?!]|[,;:()?!].*[\u4e00-\u9fff]")
    assert [text for text in texts(edition_of(path).model_dump()) if half_width.search(text)] == []

"""A changed edition: written into a workbook, read back, and what it would do before it is in force."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest
from pytest import approx

from beicha.actions import edition_drafts, editions
from beicha.actions.edition_effects import effect_of
from beicha.actions.edition_files import CHECKLISTS, edition_in
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views import reading
from beicha.papers.edition_book import edition_book
from beicha.store.files import NamedFile
from tests.ui.district import settle

MONTH = "2026-04"
NOW = datetime(2026, 5, 6, 2, tzinfo=UTC)


@pytest.fixture
def district(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def in_force(store):
    return reading.edition_in_force(OFFICE, store, MONTH)


def saved_again(book):
    """The workbook as a spreadsheet program leaves it."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(book)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("path", sorted(CHECKLISTS.glob("*.yaml")), ids=lambda path: path.stem)
@pytest.mark.parametrize("leave", [bytes, saved_again])
def test_an_edition_comes_back_from_its_workbook_as_it_was(district, path, leave):
    edition = edition_in(path)
    draft = edition_drafts.read_draft(OFFICE, district, NamedFile("测评体系.xlsx", leave(edition_book(edition))), MONTH)
    assert draft.problems == ()
    assert draft.edition.digest == edition.digest


def test_a_file_that_is_no_workbook_is_told(district):
    draft = edition_drafts.read_draft(OFFICE, district, NamedFile("a.xlsx", b"no workbook"), MONTH)
    assert draft.edition is None
    assert draft.problems


def changed(store):
    now = in_force(store)
    criteria = [now.criteria[0].model_copy(update={"points": now.criteria[0].points * 3}), *now.criteria[1:]]
    return type(now).model_validate(
        now.model_copy(update={"criteria": tuple(criteria), "version": "改"}).model_dump(by_alias=True)
    )


def test_what_it_would_do_is_what_putting_it_in_force_does(district):
    draft = changed(district)
    said = effect_of(OFFICE, district, draft, MONTH)
    edition_drafts.put_in_force(OFFICE, district, draft, MONTH, NOW)
    now = reading.read_months(OFFICE, district, MONTH, MONTH)[0].standing
    told = {one.code: one.after for one in said.communities}
    assert [told[code] for code in now.cells.communities] == approx(now.score.tolist(), nan_ok=True)
    assert in_force(district).digest == draft.digest


def test_the_same_name_and_version_with_other_content_is_refused(district):
    now = in_force(district)
    other = type(now).model_validate(now.model_copy(update={"pass_mark": 84.0}).model_dump(by_alias=True))
    assert edition_drafts.draft_of(OFFICE, district, other, MONTH).problems
    with pytest.raises(edition_drafts.NameTakenError):
        edition_drafts.take_in(OFFICE, district, other, NOW)


@pytest.mark.parametrize("post", [Post("street", "s1"), Post("clerk", "a"), Post("leader"), Post("auditor")])
def test_only_the_whole_office_changes_an_edition(district, post):
    grant, draft = Grant("wang", (post,)), changed(district)
    with pytest.raises(Refused):
        edition_drafts.draft_of(grant, district, draft, MONTH)
    with pytest.raises(Refused):
        edition_drafts.put_in_force(grant, district, draft, MONTH, NOW)
    with pytest.raises(Refused):
        effect_of(grant, district, draft, MONTH)
    assert draft.digest not in {item.digest for item in editions.listed(OFFICE, district)}

"""A draft of an edition: read without being stored, compared, tried on a month, taken in, and put in force."""

from dataclasses import astuple
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from beicha.actions import editions
from beicha.actions.edition_drafts import (
    NameTakenError,
    draft_of,
    put_in_force,
    read_draft,
    take_in,
    workbook_of_edition,
)
from beicha.actions.edition_effects import effect_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views.checklist import changes
from beicha.actions.views.reading import edition_in_force, read_months
from beicha.store import audit
from beicha.store.files import NamedFile
from scoring.assess import assess
from scoring.edition import Edition
from scoring.edition_effect import effect
from scoring.rollup import roll_up
from tests.actions.office import NOW, adverts, both, day, inspection, lecture, lectures, send, set_up
from tests.intake.workbooks import edition
from tests.scoring.strategies import cases

PERIOD = "2026-03"
OTHERS = {
    "part office": Post("office", "S1"),
    "street": Post("street", "S1"),
    "clerk": Post("clerk", "C01"),
    "line": Post("line", None, ("office",)),
    "leader": Post("leader"),
    "auditor": Post("auditor"),
    "admin": Post("admin"),
}


def revised(**changed):
    """The small edition with other points and another target, under a version of its own."""
    content = edition().model_dump(by_alias=True)
    content["criteria"] = [dict(criterion) for criterion in content["criteria"]]
    content["criteria"][0] |= {"points": content["criteria"][0]["points"] * 3, "rule": {"kind": "count", "target": 7}}
    content["criteria"] = content["criteria"][:-1]
    return Edition.model_validate(content | {"version": "2027"} | changed)


@pytest.fixture
def filled(sqlite_store):
    """Three communities of which two reported, one more than the other, and the office looked in."""
    set_up(sqlite_store)
    send(sqlite_store, lectures(lecture(day(2, 5)), month="2026-02"))
    send(sqlite_store, both([lecture(day(3, 5)), lecture(day(3, 6), "家风")], [["村口", "展板", "核心价值观", 3]]))
    send(sqlite_store, adverts(["广场", "LED", "未成年人", 1], community="荷塘社区"))
    send(sqlite_store, inspection(["桂花社区", day(3, 9), "", "广场", "B"]))
    return sqlite_store


def as_file(store, made, change=lambda book: None):
    editions.add_edition(OFFICE, store, made, NOW)
    name, content = workbook_of_edition(OFFICE, store, made.digest)
    book = load_workbook(BytesIO(content))
    change(book)
    out = BytesIO()
    book.save(out)
    return NamedFile(name, out.getvalue())


def newer(book):
    """Another version, and other points for the first criterion."""
    book["基本信息"]["B4"].value = "2027"
    book["测评标准"]["F2"].value = 9


def test_a_draft_is_read_and_compared_and_nothing_is_stored(filled):
    file = as_file(filled, edition(), newer)
    before = editions.listed(OFFICE, filled)
    draft = read_draft(OFFICE, filled, file, PERIOD)
    assert draft.problems == ()
    assert draft.edition.version == "2027"
    assert [(item.after) for item in draft.changes.repointed] == [9]
    assert [item.what for item in draft.changes.settings] == ["version"]
    assert not draft.known
    assert editions.listed(OFFICE, filled) == before


def test_a_faulty_draft_comes_back_as_problems(filled):
    def spoil(book):
        book["测评标准"]["F2"].value = "many"

    draft = read_draft(OFFICE, filled, as_file(filled, edition(), spoil), PERIOD)
    assert draft.edition is None
    assert [(p.place.sheet, p.place.row, p.place.column) for p in draft.problems] == [("测评标准", 2, "F")]


def test_other_content_under_a_used_name_and_version_is_told(filled):
    def keep_version(book):
        book["测评标准"]["F2"].value = 9

    draft = read_draft(OFFICE, filled, as_file(filled, edition(), keep_version), PERIOD)
    assert draft.edition is None
    assert "new version" in draft.problems[0].sentence("en")
    taken = revised(version=edition().version)
    with pytest.raises(NameTakenError):
        take_in(OFFICE, filled, taken, NOW)
    with pytest.raises(NameTakenError):
        put_in_force(OFFICE, filled, taken, PERIOD, NOW)
    assert edition_in_force(OFFICE, filled, PERIOD).digest == edition().digest


def test_a_draft_that_only_lies_here_leaves_its_name_and_version_free(filled):
    take_in(OFFICE, filled, revised(), NOW)
    assert take_in(OFFICE, filled, revised(pass_mark=70), NOW).version == "2027"


def test_taken_in_it_is_not_in_force_before_it_is_activated(filled):
    kept = take_in(OFFICE, filled, revised(), NOW)
    assert edition_in_force(OFFICE, filled, PERIOD).digest == edition().digest
    assert draft_of(OFFICE, filled, revised(), PERIOD).known
    assert put_in_force(OFFICE, filled, revised(), PERIOD, NOW).digest == kept.digest
    assert edition_in_force(OFFICE, filled, PERIOD).digest == kept.digest
    with filled.read() as view:
        actions = [entry.action for entry in audit.entries(view)]
    assert actions[-2:] == ["edition.add", "edition.activate"]


def test_a_month_that_is_none_takes_nothing_in(filled):
    with pytest.raises(ValueError, match="YYYY-MM"):
        put_in_force(OFFICE, filled, revised(), "2026-3", NOW)
    assert "2027" not in {item.version for item in editions.listed(OFFICE, filled)}


@pytest.mark.parametrize("post", OTHERS.values(), ids=OTHERS)
def test_only_the_whole_offices_people_may(filled, post):
    grant, file = Grant("somebody", (post,)), NamedFile("x.xlsx", b"")
    for attempt in (
        lambda: read_draft(grant, filled, file, PERIOD),
        lambda: draft_of(grant, filled, revised(), PERIOD),
        lambda: take_in(grant, filled, revised(), NOW),
        lambda: put_in_force(grant, filled, revised(), PERIOD, NOW),
        lambda: effect_of(grant, filled, revised(), PERIOD),
    ):
        with pytest.raises(Refused):
            attempt()


def test_who_sees_scores_may_fetch_an_edition_and_nobody_else(filled):
    digest = edition().digest
    assert workbook_of_edition(Grant("c", (Post("clerk", "C01"),)), filled, digest)[0].endswith(".xlsx")
    with pytest.raises(Refused):
        workbook_of_edition(Grant("a", (Post("admin"),)), filled, digest)
    with pytest.raises(KeyError):
        workbook_of_edition(OFFICE, filled, "nothing")


# What it would do ----------------------------------------------------------------------------------------------------


def standing_of(store):
    (month,) = read_months(OFFICE, store, PERIOD, PERIOD)
    return month.standing


def test_the_effect_is_what_putting_it_in_force_gives(filled):
    draft = revised(not_applicable="mean_of_others", not_inspected="zero")
    told = []
    found = effect_of(OFFICE, filled, draft, PERIOD, lambda done, total: told.append((done, total)))
    before = standing_of(filled)
    put_in_force(OFFICE, filled, draft, PERIOD, NOW)
    after = standing_of(filled)
    assert after.edition.digest == draft.digest
    for side, standing in (("before", before), ("after", after)):
        table = standing.communities
        scores = [getattr(item, side) for item in found.communities]
        assert np.array_equal(scores, table["score"], equal_nan=True)
        assert [getattr(item, f"rank_{side}") for item in found.communities] == list(table["rank"].fillna(0))
        areas = {area.code: getattr(area, side) for area in found.areas if area.code}
        assert areas == {code: pytest.approx(row["score"], abs=0) for code, row in standing.areas_table.iterrows()}
    assert [item.code for item in found.communities] == ["C01", "C02", "C03"]
    assert any(item.difference for item in found.communities if item.difference == item.difference)
    assert (told[0], told[-1]) == ((0, 3), (3, 3))
    assert {area.name for area in found.areas} == {"", "云溪区", "西街道"}


def test_nothing_is_stored_by_trying(filled):
    with filled.read() as view:
        before = len(audit.entries(view))
    effect_of(OFFICE, filled, revised(), PERIOD)
    with filled.read() as view:
        assert len(audit.entries(view)) == before
    assert standing_of(filled).edition.digest == edition().digest


def test_many_communities_are_scored_in_blocks_as_in_one(filled, monkeypatch):
    whole = effect_of(OFFICE, filled, revised(), PERIOD)
    monkeypatch.setattr("beicha.actions.assessing.AT_ONCE", 1)
    told = []
    pieces = effect_of(OFFICE, filled, revised(), PERIOD, lambda done, _: told.append(done))
    assert told == [0, 1, 2, 3]
    for one, other in zip(whole.communities, pieces.communities, strict=True):
        assert repr(astuple(one)) == repr(astuple(other))


def test_the_same_edition_does_nothing(filled):
    found = effect_of(OFFICE, filled, edition(), PERIOD)
    assert {item.what for item in found.criteria} == {"same"}
    assert all(item.moves == 0 for item in found.criteria)
    assert all(item.places == 0 and not item.gates_met and not item.gates_missed for item in found.communities)


def test_there_is_no_effect_without_an_edition_in_force(filled):
    assert effect_of(OFFICE, filled, revised(), "2025-06") is None


@given(cases(communities=4, criteria=5, rows=4), cases(communities=4, criteria=5, rows=4))
@settings(max_examples=30, deadline=None)
def test_what_the_criteria_move_adds_up_to_the_whole_difference(case, other):
    standings = [
        roll_up(made, assess(made, case.t, case.communities, case.reports).cells(), case.areas)
        for made in (case.edition, other.edition)
    ]
    if any(np.isnan(standing.score).all() for standing in standings):
        return
    found = effect(*standings)
    moved = sum(item.moves for item in found.criteria) + found.bonuses_move
    assert moved == pytest.approx(found.together.after - found.together.before, abs=1e-9)


@given(cases(communities=2, criteria=4, rows=2), cases(communities=2, criteria=4, rows=2))
@settings(max_examples=30, deadline=None)
def test_whatever_differs_is_listed(case, other):
    assert changes(case.edition, case.edition).none
    if case.edition.digest != other.edition.digest:
        assert not changes(case.edition, other.edition).none

"""The demo in a store: it came the way a person's files come, and shows what there is to be shown."""

import numpy as np
import pytest

import manage
from beicha.actions import areas, editions, review_states, settings, setup, submissions
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.submissions import Key, NamedFile
from beicha.actions.views.reading import edition_in_force, read_months
from beicha.actions.views.review import read_review
from beicha.demo import RealDataError, load
from beicha.demo.arrivals import arrivals
from beicha.demo.district import COMMUNITIES, LAST
from beicha.demo.loading import area_table, desk
from scoring.evidence import evidence, unmatched
from scoring.periods import period_text
from scoring.states import STATES
from tests.actions.office import NOW

NEWEST = period_text(LAST)
FEW = COMMUNITIES[6:9]
LAST_TWO = range(LAST - 1, LAST + 1)


@pytest.fixture(scope="session")
def months(demo_store):
    return read_months(OFFICE, demo_store)


@pytest.fixture(scope="session")
def newest(months):
    return months[-1].standing


def test_there_are_fourteen_months_under_two_editions(months):
    assert [month.period for month in months][::13] == ["2025-05", NEWEST]
    assert len(months) == 14
    versions = [month.standing.edition.version for month in months]
    assert versions == ["2025 年版"] * 8 + ["2026 年版"] * 6


def test_every_state_is_there_in_the_newest_month(newest):
    assert {STATES[state] for state in np.unique(newest.cells.state)} == set(STATES)


def test_the_newest_month_has_leaders_laggards_and_a_middle(newest):
    scores = newest.communities["score"]
    assert 83 <= newest.areas_table.loc["CX", "score"] <= 88
    assert scores.max() > 96
    assert scores.min() < 60
    assert scores.between(78, 93).sum() >= 14


def test_three_communities_are_unreported_in_the_newest_month(newest):
    assert (~newest.communities["reported"]).sum() == 3


def test_one_community_misses_the_pass_mark_and_one_a_gate_by_little(newest):
    assert newest.communities["distance"].between(-0.5, -0.01).sum() >= 1
    passing = newest.communities["distance"] > 0
    gates = newest.sections["WC"].between(0.83, 0.85, inclusive="left")
    assert (passing & gates).sum() >= 1


def test_there_is_a_veto_a_bonus_and_a_penalty(newest):
    assert [codes for codes in newest.communities["vetoes"] if codes] == [("YP-1",)]
    assert newest.communities["bonus"].max() >= 1
    assert newest.communities["bonus"].min() <= -1


def test_verified_results_lie_below_the_self_report_somewhere(newest):
    lower = newest.cells.fraction < newest.cells.self_fraction - 1e-9
    assert lower.any(axis=1).sum() >= 1


def test_one_community_gained_a_lot_and_one_lost(months):
    first, last = (months[at].standing.communities["score"] for at in (0, -1))
    change = last - first
    assert change.max() > 20
    assert change.min() < -5


def test_a_corrected_report_stands_beside_the_one_it_replaced(demo_store):
    corrected = next(arrival for arrival in arrivals(LAST) if arrival.attempt == 2)
    versions = submissions.history(OFFICE, demo_store, Key(corrected.sender, NEWEST))
    assert [entry.version.version for entry in versions] == [2, 1]
    assert versions[0].version.row_count > versions[1].version.row_count
    assert versions[0].version.made_at > versions[1].version.made_at


def test_the_set_up_is_done_and_today_is_fixed(demo_store):
    assert setup.status(OFFICE, demo_store).done
    assert settings.demo_today(demo_store) == "2026-07-06"
    assert settings.due_day(OFFICE, demo_store) == 5


def test_the_demo_is_the_same_on_every_database_and_is_loaded_once(store, newest):
    told = []
    arrived = sum(len(arrivals(month, FEW)) for month in LAST_TWO)
    assert load(store, lambda *step: told.append(step), months=LAST_TWO, communities=FEW).files == arrived
    assert told[-1] == (arrived, arrived, NEWEST)
    assert told == sorted(told)
    codes = [community.code for community in FEW]
    before = submissions.reports(OFFICE, store, codes, NEWEST)
    assert load(store, months=LAST_TWO, communities=FEW).files == 0
    assert submissions.reports(OFFICE, store, codes, NEWEST) == before


def test_a_demo_left_half_loaded_is_filled_up(sqlite_store):
    assert load(sqlite_store, months=[LAST - 1], communities=FEW).files == len(arrivals(LAST - 1, FEW))
    assert load(sqlite_store, months=LAST_TWO, communities=FEW).files == len(arrivals(LAST, FEW))


def test_a_small_demo_says_what_the_large_one_says(sqlite_store, demo_store):
    load(sqlite_store, months=[LAST], communities=FEW[:1])
    code = FEW[0].code
    small = submissions.reports(OFFICE, sqlite_store, [code], NEWEST)
    large = [report for report in submissions.reports(OFFICE, demo_store, [code], NEWEST) if report.month == LAST]
    assert small == large


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("BEICHA_DATABASE_URL", raising=False)
    monkeypatch.setenv("BEICHA_HOME", str(tmp_path))
    yield tmp_path
    the_store().close()


def areas_of_an_office(store):
    areas.import_areas(OFFICE, store, NamedFile("区划表.xlsx", area_table()), now=NOW)
    editions.activate(OFFICE, store, "community-archive", "2026-01", NOW)


def test_the_demo_refuses_an_office_s_areas(sqlite_store):
    areas_of_an_office(sqlite_store)
    with pytest.raises(RealDataError):
        load(sqlite_store)
    assert settings.demo_today(sqlite_store) is None


def test_the_command_refuses_real_submissions_and_changes_nothing(home, capsys):
    store = the_store()
    areas_of_an_office(store)
    here = desk("community-archive")
    files = [NamedFile(*file) for file in here.files(arrivals(LAST, FEW)[0], FEW)]
    draft = submissions.read(OFFICE, store, files)
    submissions.submit(OFFICE, store, draft, files, now=NOW)
    for command in (["demo"], ["serve", "--demo"]):
        assert manage.main(["--language", "en", *command]) == 1
        assert "holds real data" in capsys.readouterr().err
    assert settings.demo_today(store) is None


def test_the_command_says_in_one_line_that_the_demo_is_there(home, capsys, demo_database):
    (home / "beicha.db").write_bytes(demo_database.read_bytes())
    assert manage.main(["--language", "en", "demo"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "The demo district is ready: 24 communities, 14 months, 0 new files.\n"
    assert printed.err == ""


def marks_of(store, code):
    edition = edition_in_force(OFFICE, store, NEWEST)
    return set(unmatched(edition, LAST, submissions.reports(OFFICE, store, [code], NEWEST))["mark"])


def test_some_rows_are_too_old_to_count_and_some_were_reported_twice(demo_store):
    assert "out_of_window" in marks_of(demo_store, "LT02")
    edition = edition_in_force(OFFICE, demo_store, NEWEST)
    rows = evidence(edition, LAST, submissions.reports(OFFICE, demo_store, ["QH02"], NEWEST), "ZY-2")
    assert "replaced" in set(rows["mark"])


def test_a_blank_that_a_rule_looks_at_is_found(demo_store):
    edition = edition_in_force(OFFICE, demo_store, NEWEST)
    rows = evidence(edition, LAST, submissions.reports(OFFICE, demo_store, ["QH06"], NEWEST), "JT-6")
    assert "blank_field" in set(rows["mark"])


def test_every_month_but_the_newest_is_final(demo_store):
    for month in (period_text(LAST - 1), "2025-05"):
        assert {unit.state for unit in read_review(OFFICE, demo_store, month).units} == {"final"}


def test_the_newest_month_stands_in_every_way(demo_store):
    assert {unit.state for unit in read_review(OFFICE, demo_store, NEWEST).units} == set(review_states.STATES)

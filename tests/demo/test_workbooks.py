"""The workbooks of the demo: whatever form a clerk uses, what is read is what happened."""

from functools import cache

import pytest

from beicha.demo.arrivals import Arrival, arrivals
from beicha.demo.characters import CHARACTERS
from beicha.demo.district import AREAS, COMMUNITIES, FIRST, LAST
from beicha.demo.inspections import visits
from beicha.demo.life import reported
from beicha.demo.loading import EDITIONS, area_table, desk
from beicha.demo.samples import FOLDER, MONTH, samples
from beicha.demo.workbooks import Desk
from beicha.intake.area_tables import read_area_table
from beicha.intake.reading import Reading, read_workbook
from scoring.facts import Area
from scoring.periods import month_number, period_text

OLDER, NEWER = (name for name, _ in EDITIONS)
ONE_OF_EACH_FORM = {CHARACTERS[community.code].form: community for community in reversed(COMMUNITIES)}
NOISE = {"duplicate_event", "number_about", "date_range", "required_blank"}


@cache
def fresh_samples() -> dict[str, bytes]:
    return samples()


def read_all(here: Desk, files: tuple[tuple[str, bytes], ...]) -> list[Reading]:
    return [read_workbook(name, content, here.edition, AREAS) for name, content in files]


def assert_read_as_happened(here: Desk, community: Area, month: int) -> None:
    readings = read_all(here, here.written(community, month, reported(community, month)))
    reports = [report for reading in readings for report in reading.reports]
    assert {(report.community, report.month, report.kept_by) for report in reports} == {
        (community.code, month, "community")
    }
    assert {problem.code for reading in readings for problem in reading.problems} <= NOISE
    read = {code: rows for report in reports for code, rows in report.ledgers.items() if len(rows)}
    former = {code: {old: new for new, old in codes.items()} for code, codes in here.renamed.items()}
    for code, rows in reported(community, month).items():
        for field in here.edition.ledger(code).fields if rows else ():
            today = former.get(code, {}).get(field.code, field.code)
            assert read[code].values[field.code] == [row[today] for row in rows], (code, field.code)


@pytest.mark.parametrize("form", sorted(ONE_OF_EACH_FORM))
def test_each_form_is_read_as_it_happened(form):
    assert_read_as_happened(desk(NEWER), ONE_OF_EACH_FORM[form], LAST - 1)


def test_the_first_reports_are_written_in_the_terms_of_the_older_edition():
    older = desk(OLDER)
    assert older.renamed == {"volunteering": {"hours": "duration"}}
    assert_read_as_happened(older, ONE_OF_EACH_FORM["standard"], FIRST)


def test_there_is_a_clerk_for_every_form():
    assert set(ONE_OF_EACH_FORM) == {"standard", "titled", "two_levels", "loose", "reordered", "separated"}


def test_what_is_declared_not_applicable_is_read():
    here, community = desk(NEWER), COMMUNITIES[0]
    (reading,) = read_all(here, here.written(community, LAST, reported(community, LAST)))
    assert reading.reports[0].not_applicable == CHARACTERS[community.code].not_applicable


def test_the_office_writes_of_every_community_it_visited():
    here = desk(NEWER)
    (reading,) = read_all(here, here.files(Arrival(LAST, None)))
    assert reading.problems == ()
    read = {report.community: len(report.ledgers["inspections"]) for report in reading.reports}
    assert read == {visit.community.code: len(visit.rows) for visit in visits(LAST)}
    assert {report.kept_by for report in reading.reports} == {"office"}


def test_the_same_files_are_written_again_to_the_byte():
    known, fresh = desk(NEWER), desk.__wrapped__(NEWER)
    for arrival in arrivals(LAST, COMMUNITIES[:3]):
        assert known.files(arrival, COMMUNITIES[:3]) == fresh.files(arrival, COMMUNITIES[:3])


def test_what_arrives_for_a_month_comes_in_order_and_the_office_comes_too():
    found = arrivals(LAST)
    moments = [arrival.at for arrival in found]
    assert moments == sorted(moments)
    assert len([arrival for arrival in found if arrival.community is None]) == 1
    again = [arrival.attempt for arrival in found if arrival.of_attempts == 2]
    assert again == [1, 2]
    assert len(found) == 21 + 1 + 1


def test_some_reports_come_after_the_due_day_but_none_after_today():
    assert {arrival.at.day for month in range(FIRST, LAST) for arrival in arrivals(month)} >= {9}
    assert max(arrival.at.date().isoformat() for arrival in arrivals(LAST)) < "2026-07-06"


def test_the_table_of_areas_is_one_that_an_office_imports():
    _, rows, problems = read_area_table("区划表.xlsx", area_table())
    assert problems == ()
    assert len(rows) == len(AREAS)


SAMPLES = sorted(path.name for path in FOLDER.iterdir() if path.suffix != ".md")


def test_the_samples_are_a_later_month_and_few_and_small():
    assert period_text(MONTH) == "2026-07"
    assert month_number("2026-07") == LAST + 1
    assert 5 <= len(SAMPLES) <= 10
    assert sum((FOLDER / name).stat().st_size for name in SAMPLES) < 1_000_000


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_holds_what_it_would_hold_if_written_today(name):
    here = desk(NEWER)
    kept, fresh = read_all(here, ((name, (FOLDER / name).read_bytes()), (name, fresh_samples()[name])))
    assert (kept.reports, kept.problems) == (fresh.reports, fresh.problems)
    assert {report.month for report in kept.reports} == {MONTH}
    faulty = "有错误" in name
    assert bool(kept.errors) == faulty
    assert faulty or {problem.code for problem in kept.problems} <= NOISE


def test_the_faulty_sample_shows_the_common_mistakes():
    name = next(name for name in SAMPLES if "有错误" in name)
    (reading,) = read_all(desk(NEWER), ((name, (FOLDER / name).read_bytes()),))
    assert sorted(problem.code for problem in reading.problems) == [
        *("choice_unknown", "criterion_unknown", "date_unreadable", "key_blank", "not_applicable_refused"),
        *("number_no_amount", "required_blank", "yes_no_unreadable"),
    ]


def test_the_readme_of_the_samples_speaks_of_each_and_of_no_other():
    lines = (FOLDER / "README.md").read_text("utf-8").splitlines()
    listed = [line.split("|")[1].strip() for line in lines if line.startswith("| ") and "." in line.split("|")[1]]
    assert sorted(listed) == SAMPLES

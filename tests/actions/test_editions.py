"""Editions of an office: taken in by digest, put in force from a month, never changing an earlier score."""

import pytest

from beicha.actions import editions, lines, lots, settings
from beicha.actions.assessing import complete
from beicha.actions.edition_files import EditionRefusedError
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views.reading import edition_in_force
from beicha.store import assessments, audit
from scoring.edition import Edition
from tests.actions.office import NOW, day, lecture, lectures, send, set_up
from tests.intake.workbooks import edition


def revised(target=2, name="small"):
    """The small edition with another target for lectures."""
    content = edition().model_dump(by_alias=True)
    content["criteria"][0]["rule"]["target"] = target
    return Edition.model_validate(content | {"name": name, "version": "2026b"})


def fraction(store, period):
    with store.read() as view:
        kept = editions.kept_in_force(view, period)
        return assessments.read(view, kept, [period], ["C01"])[period].fraction[0, 0]


def test_the_same_content_is_one_edition(store):
    first = editions.add_edition(OFFICE, store, edition(), NOW)
    assert editions.add_edition(OFFICE, store, edition(), NOW) == first
    assert editions.add_edition(OFFICE, store, revised(), NOW).seq > first.seq
    with store.read() as view:
        assert [entry.action for entry in audit.entries(view)] == ["edition.add", "edition.add"]


def test_an_edition_comes_back_as_it_was_dates_included(store):
    content = edition().model_dump(by_alias=True)
    content["criteria"][0]["where"] = [{"field": "date", "equals": day(3, 5)}]
    content["criteria"][1]["where"] = [{"field": "since", "at_least": day(1, 1)}]
    dated = Edition.model_validate(content)
    kept = editions.add_edition(OFFICE, store, dated, NOW)
    from beicha.store import editions as stored

    stored._PARSED.clear()
    with store.read() as view:
        found = stored.load(view, kept.seq).edition
    assert found == dated
    assert found.criteria[0].where[0].equals == day(3, 5)


def test_a_shipped_edition_is_activated_by_name(store):
    found = editions.activate(OFFICE, store, "community-archive", "2026-01", NOW)
    assert edition_in_force(OFFICE, store, "2026-01").digest == found.digest
    assert edition_in_force(OFFICE, store, "2025-12") is None
    assert {line.code for line in lines.all_lines(OFFICE, store)} >= {
        line.code for line in edition_in_force(OFFICE, store, "2026-01").lines
    }


def test_an_unknown_edition_is_refused(store):
    with pytest.raises(EditionRefusedError):
        editions.activate(OFFICE, store, "nowhere", "2026-01", NOW)
    with pytest.raises(ValueError, match="YYYY-MM"):
        editions.activate(OFFICE, store, "community-archive", "2026-1", NOW)
    with store.read() as view:
        assert audit.entries(view) == ()


def test_a_new_edition_changes_no_score_of_an_earlier_period(store):
    set_up(store)
    for month in (1, 2, 3):
        send(store, lectures(lecture(day(month, 5)), month=f"2026-0{month}"))
    before = [fraction(store, f"2026-0{month}") for month in (1, 2)]
    kept = editions.add_edition(OFFICE, store, revised(target=6), NOW)
    editions.activate(OFFICE, store, kept.digest, "2026-03", NOW)
    assert [fraction(store, f"2026-0{month}") for month in (1, 2)] == before
    assert fraction(store, "2026-03") == pytest.approx(0.5)


def test_what_an_edition_has_scored_anew_is_told_as_it_goes_on(store, monkeypatch):
    monkeypatch.setattr(lots, "AT_ONCE", 2)
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    kept, told = editions.add_edition(OFFICE, store, revised(target=6), NOW), []
    editions.activate(OFFICE, store, kept.digest, "2026-02", NOW, told=lambda *seen: told.append(seen))
    assert told == [(0, 3), (2, 3), (3, 3)]


def test_scoring_that_is_broken_off_is_gone_on_with_under_the_edition_that_is_in_force(store, monkeypatch):
    """As where somebody leaves the page while the bar moves."""
    monkeypatch.setattr(lots, "AT_ONCE", 1)
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    kept = editions.add_edition(OFFICE, store, revised(target=6), NOW)

    def leaves(done, _of):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        editions.activate(OFFICE, store, kept.digest, "2026-02", NOW, told=leaves)
    assert edition_in_force(OFFICE, store, "2026-03").digest == kept.digest
    assert complete(store) == 4  # two communities in two months
    assert fraction(store, "2026-03") == pytest.approx(1 / 6)
    assert complete(store) == 0


def test_the_newest_word_on_a_month_counts(store):
    set_up(store)
    first = edition_in_force(OFFICE, store, "2026-03").digest
    second = editions.add_edition(OFFICE, store, revised(), NOW).digest
    editions.activate(OFFICE, store, second, "2026-01", NOW)
    assert edition_in_force(OFFICE, store, "2026-03").digest == second
    editions.activate(OFFICE, store, first, "2026-01", NOW)
    assert edition_in_force(OFFICE, store, "2026-03").digest == first
    months = {item.digest: item.in_force_from for item in editions.listed(OFFICE, store)}
    assert (months[first], months[second]) == (("2026-01",), ())


def test_an_edition_put_in_force_before_a_later_one_leaves_that_in_force(store):
    set_up(store, from_period="2026-03")
    earlier = editions.add_edition(OFFICE, store, revised(), NOW).digest
    editions.activate(OFFICE, store, earlier, "2026-01", NOW)
    assert edition_in_force(OFFICE, store, "2026-02").digest == earlier
    assert edition_in_force(OFFICE, store, "2026-03").digest == edition().digest


def test_the_list_holds_shipped_editions_that_are_not_taken_in(sqlite_store):
    found = {item.name: item.digest for item in editions.listed(OFFICE, sqlite_store)}
    assert found["community-archive"] is None
    editions.add(OFFICE, sqlite_store, "community-archive", NOW)
    found = [item for item in editions.listed(OFFICE, sqlite_store) if item.name == "community-archive"]
    assert [item.digest is not None for item in found] == [True]


def test_only_the_office_activates(sqlite_store):
    with pytest.raises(Refused):
        editions.activate(Grant("clerk-1", (Post("clerk"),)), sqlite_store, "community-archive", "2026-01", NOW)


def test_settings_are_kept_and_audited(store):
    assert settings.due_day(OFFICE, store) is None
    settings.set_due_day(OFFICE, store, 5, NOW)
    settings.set_district_name(OFFICE, store, "云溪区文明办", NOW)
    assert (settings.due_day(OFFICE, store), settings.district_name(OFFICE, store)) == (5, "云溪区文明办")
    with store.read() as view:
        assert [(entry.action, entry.object) for entry in audit.entries(view)] == [
            ("settings.set", "due_day"),
            ("settings.set", "district_name"),
        ]


@pytest.mark.parametrize("number", [0, 29])
def test_a_due_day_that_not_every_month_has_is_refused(sqlite_store, number):
    with pytest.raises(ValueError, match="1 to 28"):
        settings.set_due_day(OFFICE, sqlite_store, number, NOW)


def test_a_database_with_real_submissions_cannot_become_a_demo(sqlite_store):
    set_up(sqlite_store)
    send(sqlite_store, lectures(lecture(day(3, 5))))
    assert settings.holds_real_data(sqlite_store)
    with pytest.raises(ValueError, match="real"):
        settings.mark_demo(OFFICE, sqlite_store, "2026-04-01", NOW)
    assert settings.demo_today(sqlite_store) is None


def test_a_demo_holds_no_real_data_however_much_is_submitted(sqlite_store):
    settings.mark_demo(OFFICE, sqlite_store, "2026-04-01", NOW)
    set_up(sqlite_store)
    send(sqlite_store, lectures(lecture(day(3, 5))))
    assert not settings.holds_real_data(sqlite_store)
    assert settings.demo_today(sqlite_store) == "2026-04-01"

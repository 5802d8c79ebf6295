"""Warnings: each sign on both sides of its threshold, ranked, folded, and cut to what the reader sees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from beicha.actions.deadlines import day_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.tasks import Decision, NewTask, decide, make
from beicha.actions.views import alerts_reading
from beicha.actions.views.alert_signs import (
    CLOSED_DAYS,
    DRIFT_LEAST,
    OVERDUE_LEAST,
    RISE_DAYS,
    Tracked,
    VerifiedMonth,
    drift,
    fallen,
    pile,
)
from beicha.actions.views.alerts import (
    FEWEST_POINTS,
    FOLDED,
    MOST,
    Alert,
    alerts_in_view,
    drifting,
    falling,
    of_kind,
    values_of_points,
)
from beicha.actions.views.alerts_reading import read_alerts
from beicha.actions.views.verified import verified_of
from beicha.store import submissions
from beicha.words.alerts import KINDS, alert_text
from scoring.edition import Edition
from tests.actions.test_views import month
from tests.ui.district import NOW, edition, settle

NAN = float("nan")
TODAY = date(2026, 5, 20)
NOON = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)
CLERK = Grant("li", (Post("clerk", "a"),))
STREET = Grant("wang", (Post("street", "s1"),))
LINE = Grant("zhao", (Post("line", None, ("urban",)),))
LEADER = Grant("sun", (Post("leader", "d"),))


@pytest.mark.parametrize(
    ("fractions", "found"),
    [
        ([1, 0.8, 0.6, 0.4], (1, 0.8, 0.6, 0.4)),
        ([0, 1, 0.8, 0.6, 0.4], (1, 0.8, 0.6, 0.4)),
        ([1, 0.8, 0.6], ()),
        ([1, 0.8, 0.6, 0.6], ()),
        ([1, 0.8, 0.6, 0.6 - 1e-12], ()),
        ([1, 0.8, NAN, 0.4], ()),
        ([], ()),
    ],
)
def test_what_falls_three_months_in_a_row_is_told(fractions, found):
    assert fallen(fractions) == found


def verified(*leads, points=10.0):
    return [VerifiedMonth(f"2026-{number:02d}", points, lead) for number, lead in enumerate(leads, 1)]


@pytest.mark.parametrize(
    ("months", "mean"),
    [
        (verified(1, 2), 0.15),
        (verified(9, 9, 0, 1, 3), 4 / 30),
        (verified(3), None),
        (verified(2, 2), None),
        (verified(3, 2), None),
        (verified(0, 2 * 10 * DRIFT_LEAST), None),
        (verified(0, 2 * 10 * DRIFT_LEAST + 0.01), pytest.approx(DRIFT_LEAST + 0.0005)),
    ],
)
def test_a_self_report_that_runs_further_and_further_ahead_is_told(months, mean):
    assert drift(months) == (mean if mean is None else pytest.approx(mean))


def opened(days_ago, closed_ago=None, late=False):
    changes = [(TODAY - timedelta(days=days_ago), True)]
    if closed_ago is not None:
        changes.append((TODAY - timedelta(days=closed_ago), False))
    return Tracked(tuple(changes), late)


def test_open_tasks_that_rise_at_every_look_are_told():
    rising = [opened(3 * RISE_DAYS), opened(2 * RISE_DAYS), opened(RISE_DAYS), opened(0)]
    assert pile(rising, TODAY).open == (1, 2, 3, 4)
    assert pile(rising, TODAY).rises
    assert not pile([*rising[:3], opened(RISE_DAYS)], TODAY).rises
    assert not pile([*rising, opened(40, closed_ago=0), opened(200, closed_ago=0)], TODAY).rises


@pytest.mark.parametrize(
    ("late", "closed", "stuck"),
    [
        (OVERDUE_LEAST, 0, True),
        (OVERDUE_LEAST - 1, 0, False),
        (OVERDUE_LEAST, OVERDUE_LEAST - 1, True),
        (OVERDUE_LEAST, OVERDUE_LEAST, False),
    ],
)
def test_more_overdue_than_closed_lately_is_told(late, closed, stuck):
    tasks = [opened(200, late=True)] * late + [opened(200, closed_ago=CLOSED_DAYS - 1)] * closed
    assert pile(tasks, TODAY).stuck == stuck
    assert pile([*tasks, *[opened(200, closed_ago=CLOSED_DAYS)] * 9], TODAY).stuck == stuck


def test_a_task_opened_again_is_open():
    task = Tracked(((date(2026, 1, 1), True), (date(2026, 2, 1), False), (date(2026, 3, 1), True)), False)
    assert [task.is_open(date(2026, number, 15)) for number in (1, 2, 3)] == [True, False, True]
    assert not task.is_open(date(2025, 12, 31))


def alert(points, kind="closing", code="a", criterion="K", street="s1", line="edu", **values):
    values = {"every": "month", "times": 1, "lacking": 1, "due": TODAY} | values
    return Alert(
        kind, points, ((code, code),), frozenset({street}), criterion, criterion, line, line, "2026-04", values
    )


def in_view(*found, street="", line=""):
    return alerts_in_view(found, (), None, (street, line), NOON)


def test_the_most_points_come_first_and_few_are_shown():
    found = in_view(*(alert(number, criterion=f"K{number}") for number in range(MOST + 1)))
    assert [one.points for one in found.shown] == list(range(MOST, 0, -1))
    assert (found.all, found.counts["closing"]) == (MOST + 1, MOST + 1)
    assert of_kind(found, "lost") == ()


@pytest.mark.parametrize("kind", ["closing", "lost"])
def test_many_communities_with_the_same_are_one_warning(kind):
    same = [alert(number + 1, kind, code=f"c{number}") for number in range(FOLDED)]
    assert len(in_view(*same[:-1]).shown) == FOLDED - 1
    (one,) = in_view(*same).shown
    assert one.points == sum(range(1, FOLDED + 1))
    assert [code for code, _ in one.communities] == [f"c{number}" for number in reversed(range(FOLDED))]
    assert one.values["lacking"] == FOLDED
    assert len(in_view(*same[:-1], alert(9, kind, times=2)).shown) == FOLDED
    falls = [replace(one, kind="falling") for one in same]
    assert len(in_view(*falls).shown) == FOLDED


def test_a_street_and_a_line_narrow_them():
    found = [alert(1), alert(2, street="s2"), alert(3, line="city", criterion="L")]
    assert [one.points for one in in_view(*found, street="s2").shown] == [2]
    assert [one.points for one in in_view(*found, line="city").shown] == [3]


def test_a_criterion_falls_only_under_one_edition():
    periods = ["2026-01", "2026-02", "2026-03", "2026-04"]
    lectures = [4, 3, 2, 1]
    months = [month(period, {"a": count}) for period, count in zip(periods, lectures, strict=True)]
    (found,) = [one for one in falling(months) if one.communities[0][0] == "a"]
    assert (found.criterion, found.values["rates"]) == ("A-1", (1, 0.75, 0.5, 0.25))
    assert found.points == pytest.approx(60 * 0.75)
    other = [month("2026-01", {"a": 4}, version="0"), *months[1:]]
    assert list(falling(other)) == []
    assert list(falling(months[1:])) == []
    assert list(falling(months[:1])) == []


def test_points_are_those_of_the_score():
    april = month("2026-04", {"a": 4, "c": 2})
    assert values_of_points(april).tolist() == [[60, 40]] * 3
    lost = (values_of_points(april) * (1 - april.standing.weighing.fraction)).sum(axis=1)
    assert lost == pytest.approx(100 - april.standing.score)


def looked(own, seen):
    """A month in which what a says of the lectures was verified."""
    found = month("2026-04", {"a": 4})
    cells = found.standing.cells
    own_, fraction = cells.self_fraction.copy(), cells.fraction.copy()
    own_[0, 0], fraction[0, 0] = own, seen
    return replace(found, standing=replace(found.standing, cells=replace(cells, self_fraction=own_, fraction=fraction)))


def test_a_community_that_drifts_is_told_with_what_it_costs():
    months = [replace(looked(1, 0.9), period="2026-03"), looked(1, 0.7)]
    (found,) = drifting(months)
    assert (found.communities, found.criterion, found.period) == ((("a", "红旗社区"),), "", "2026-04")
    assert found.points == pytest.approx(60 * 0.3)
    assert found.values["mean"] == pytest.approx(0.2)
    assert list(drifting(months[::-1])) == []
    rows = verified_of(months[-1]).criteria
    assert found.points == pytest.approx(rows["lead"].sum())
    assert found.values["newest"] == pytest.approx(rows["lead"].sum() / rows["points"].sum())


def monthly(due=()) -> Edition:
    """The small edition with two lectures every month of the year."""
    plain = edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    rule = {"kind": "frequency", "times": 3, "every": "month"}
    plain["criteria"][0] |= {"window": "year", "rule": rule, "due": list(due)}
    return Edition.model_validate(plain)


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store, of=monthly())
    return sqlite_store


def told(found):
    return {(one.kind, *(code for code, _ in one.communities)): one for one in found.shown if one.criterion == "A-1"}


def test_frequencies_tell_what_is_lost_and_what_closes(office):
    found = told(read_alerts(OFFICE, office, now=NOON))
    # a held 2 of 3 in March and 4 in April, c none and 2; b reported March alone, so that its April is not over.
    assert ("lost", "a") in found
    assert (found["lost", "b"].values["short"], found["lost", "b"].values["closed"]) == (2, 3)
    one = found["lost", "a"]
    assert (one.values["short"], one.values["closed"]) == (3, 4)
    assert one.points == pytest.approx(60 * (1 + 1 + 1 / 3) / 12)
    assert found["lost", "c"].points == pytest.approx(60 * (1 + 1 + 1 + 1 / 3) / 12)
    assert found["closing", "a"].values["lacking"] == 3
    assert found["closing", "a"].values["due"] == date(2026, 5, 31)
    early = read_alerts(OFFICE, office, now=NOON - timedelta(days=10))
    assert early.counts["closing"] == 0


def test_a_criterion_out_of_season_warns_of_nothing(sqlite_store):
    settle(sqlite_store, of=monthly(due=[4]))
    assert told(read_alerts(OFFICE, sqlite_store, now=NOON)) == {}


def test_each_sees_the_warnings_of_the_own_communities_and_lines(office):
    def codes(grant):
        return {
            code for one in read_alerts(grant, office, now=NOON).shown for code, _ in one.communities if one.criterion
        }

    assert codes(CLERK) == {"a"}
    assert codes(STREET) == {"a", "b"}
    assert codes(LEADER) == {"a", "b", "c"}
    assert {one.criterion for one in read_alerts(LINE, office, now=NOON).shown} <= {"B-1", ""}
    culture = Grant("zhao", (Post("line", None, ("culture",)),))
    assert set(told(read_alerts(culture, office, now=NOON))) == set(told(read_alerts(OFFICE, office, now=NOON)))
    for nobody in (Grant("nobody"), Grant("x", (Post("admin"),)), Grant("y", (Post("visitor"),))):
        with pytest.raises(Refused):
            read_alerts(nobody, office, now=NOON)


def test_the_points_of_a_street_are_those_of_the_whole(office):
    whole, street = (told(read_alerts(grant, office, now=NOON)) for grant in (OFFICE, STREET))
    assert street["lost", "a"].points == pytest.approx(whole["lost", "a"].points)
    assert read_alerts(OFFICE, office, "s2", now=NOON).shown[0].communities == (("c", "和平社区"),)


def test_nobodys_rows_are_read_again_but_of_who_sent_something(office, monkeypatch):
    asked = []
    current = submissions.current

    def noting(view, communities=None, *more):
        asked.append(communities)
        return current(view, communities, *more)

    read_alerts(OFFICE, office, now=NOON)
    monkeypatch.setattr(alerts_reading.submissions, "current", noting)
    read_alerts(OFFICE, office, now=NOON)
    read_alerts(STREET, office, now=NOON)
    assert asked == []


def test_tasks_that_pile_up_are_told_of_their_line(office):
    late = [NewTask(code, "2026-04", "A-1", "讲堂", "错", "改", "culture", (), date(2026, 5, 10), {}) for code in "abc"]
    numbers = make(OFFICE, office, late, now=NOW)
    (found,) = of_kind(read_alerts(OFFICE, office, now=NOON), "piling")
    assert (found.line, found.line_title, found.communities) == ("culture", "文化站", ())
    assert (found.values["late"], found.values["closed"]) == (OVERDUE_LEAST, 0)
    assert found.points == pytest.approx(60 * ((1 - 5 / 12) + (1 - 1 / 4) + (1 - 1 / 6)))
    assert of_kind(read_alerts(CLERK, office, now=NOON), "piling") == ()
    assert of_kind(read_alerts(OFFICE, office, line="urban", now=NOON), "piling") == ()
    decide(OFFICE, office, Decision("close", numbers[:1], "已改", None), now=NOON)
    assert of_kind(read_alerts(OFFICE, office, now=NOON), "piling") == ()


def test_without_a_score_there_is_nothing_to_warn_of(sqlite_store):
    assert read_alerts(OFFICE, sqlite_store, now=NOON).all == 0


def test_little_points_are_no_warning(office):
    assert all(one.points >= FEWEST_POINTS for one in read_alerts(OFFICE, office, now=NOON).shown)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("several", [1, 5])
def test_every_kind_has_its_sentence(language, several):
    values = {
        "every": "month", "times": 2, "due": TODAY, "lacking": 3, "short": 1, "closed": 4, "rates": (1.0, 0.5),
        "mean": 0.2, "newest": 0.3, "open": (1, 2, 3, 4), "late": 5, "rises": True,
    }  # fmt: skip
    texts = [alert_text(kind, values, "1.50", several, language) for kind in KINDS]
    assert len(set(texts)) == len(KINDS)
    assert all("{" not in text for text in texts)
    assert day_of(NOON) == TODAY
    assert np.isfinite(FEWEST_POINTS)

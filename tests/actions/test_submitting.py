"""From files to stored, scored submissions: previews, versions, carrying over, later months, and nothing by halves."""

import threading
from itertools import pairwise

import pytest

from beicha.actions import areas, assessing, editions, lots, recomputing, storing, submissions
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.store import assessments, audit, settings
from beicha.store import editions as stored_editions
from beicha.store import files as stored_files
from beicha.store import submissions as stored
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from scoring.assess import assess
from scoring.edition import Edition
from scoring.periods import month_number
from tests.actions.office import (
    AREAS,
    MARCH,
    NOW,
    adverts,
    area_file,
    both,
    broken,
    day,
    inspection,
    later,
    lecture,
    lectures,
    send,
    set_up,
)
from tests.intake.workbooks import HALL, edition, workbook

AD = ["东门", "宣传栏", "核心价值观", 6]


def cells(store, period, community="C01"):
    with store.read() as view:
        kept = editions.kept_in_force(view, period)
        found = assessments.read(view, kept, [period], [community])
    return found[period]


def actions_of(store):
    with store.read() as view:
        return [entry.action for entry in audit.entries(view)]


def assert_scores_are_true(store):
    """Every stored score is what scoring everything anew from the stored facts gives."""
    with store.read() as view:
        periods = assessing.live_periods(view)
        reports = assessing.reports_of(view, ["C01", "C02", "C03"], "9999-12")
        for period in periods:
            kept = editions.kept_in_force(view, period)
            found = assessments.read(view, kept, [period])[period]
            anew = assess(kept.edition, month_number(period), found.communities, reports)
            assert found.communities == ("C01", "C02", "C03")
            assert found.state.tolist() == anew.state.tolist()
            assert found.fraction.tobytes() == anew.fraction.tobytes()
            assert found.reported.tolist() == anew.reported.tolist()
            for number, code in enumerate(found.communities):
                reasons = assessments.read_reasons(view, period, code)
                assert [r.code for r in reasons] == [anew.reason(number, k).code for k in range(len(reasons))]


def test_a_report_is_stored_with_its_bytes_its_rows_and_its_scores(store):
    set_up(store)
    file = both([lecture(day(3, 5))], [AD])
    receipt = send(store, file)
    assert receipt.text == "000001"
    with store.read() as view:
        version = stored.newest(view, MARCH)
        assert (version.version, version.row_count, version.made_at, version.made_by) == (1, 2, NOW, "local")
        assert stored.sent_files(view, [version.seq])[version.seq][0].name == file.name
        assert stored_files.content(view, file.sha256) == file.content
        content = stored.content(view, version.seq)
    assert content.ledgers["hall"].values["date"] == [day(3, 5)]
    assert content.ledgers["hall"].row == [2]
    assert content.sources["adverts"].file == file.name
    assert cells(store, "2026-03").fraction[0].tolist()[:2] == pytest.approx([1 / 3, 0.6])
    assert_scores_are_true(store)


def test_everybody_is_scored_once_somebody_has_reported_the_month(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    with store.read() as view:
        assert {(period, code) for period, code, _ in assessments.assessed(view, "", "9999-12")} == {
            (period, code) for period in ("2026-01", "2026-02", "2026-03") for code in ("C01", "C02", "C03")
        }
    assert cells(store, "2026-03", "C02").reported.tolist() == [False]


def test_nothing_is_stored_by_reading_and_previewing(store):
    set_up(store)
    before = actions_of(store)
    draft = submissions.read(OFFICE, store, [lectures(lecture(day(3, 5)))])
    preview = submissions.preview(OFFICE, store, draft)
    assert preview.ready
    assert actions_of(store) == before
    with store.read() as view:
        assert stored.periods(view) == ()
        assert assessments.periods(view) == ()


def test_a_preview_tells_new_changed_unchanged_and_missing_events_and_the_scores(store):
    set_up(store)
    first = [lecture(day(3, 5)), lecture(day(3, 6)), lecture(day(3, 7))]
    send(store, lectures(*first))
    second = [lecture(day(3, 5)), lecture(day(3, 6), people=50), lecture(day(3, 8)), lecture(day(3, 9))]
    draft = submissions.read(OFFICE, store, [lectures(*second)])
    report = submissions.preview(OFFICE, store, draft).reports[0]
    ledger = report.ledgers[0]
    assert (ledger.ledger, ledger.new, ledger.changed, ledger.unchanged, ledger.missing) == (
        "hall", (2, 3), ((1, 1),), 1, (2,)
    )  # fmt: skip
    assert (report.replaces.version, report.no_change) == (1, False)
    assert report.score_before == pytest.approx(100 / 3)
    assert report.score_after == pytest.approx(100 / 3)
    send(store, lectures(*second))
    with store.read() as view:
        assert stored.newest(view, MARCH).version == 2


def test_a_preview_compares_state_by_content(store):
    set_up(store)
    send(store, adverts(AD, AD, ["西门", "展板", "", 2]))
    draft = submissions.read(OFFICE, store, [adverts(AD, ["西门", "展板", "", 3])])
    ledger = submissions.preview(OFFICE, store, draft).reports[0].ledgers[0]
    assert (ledger.new, ledger.changed, ledger.unchanged, ledger.missing) == ((1,), (), 1, (1, 2))


def test_the_score_of_a_preview_is_the_score_after_storing(store):
    set_up(store)
    file = both([lecture(day(3, n)) for n in (1, 2, 3)], [AD])
    draft = submissions.read(OFFICE, store, [file])
    report = submissions.preview(OFFICE, store, draft).reports[0]
    assert report.score_before == pytest.approx(0)
    submissions.submit(OFFICE, store, draft, [file], now=NOW)
    again = submissions.preview(OFFICE, store, draft).reports[0]
    assert again.no_change
    assert again.score_before == again.score_after == report.score_after


def test_the_same_file_again_is_no_change(store):
    set_up(store)
    file = lectures(lecture(day(3, 5)))
    send(store, file)
    before = actions_of(store)
    receipt = send(store, file, now=later())
    assert (receipt.number, receipt.stored, receipt.unchanged[0].version) == (None, (), 1)
    assert actions_of(store) == before


def test_the_same_content_written_otherwise_is_no_change(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5), "孝老爱亲")))
    other = lectures(lecture("2026年3月5日", " 孝老爱亲　"), name="另存.xlsx")
    assert send(store, other, now=later()).stored == ()


def test_ledgers_that_the_new_file_lacks_are_carried_over(store):
    set_up(store)
    send(store, both([lecture(day(3, 5))], [AD]))
    new = lectures(lecture(day(3, 6)), name="只有讲堂.xlsx")
    draft = submissions.read(OFFICE, store, [new])
    report = submissions.preview(OFFICE, store, draft).reports[0]
    assert report.carried_over == ("adverts",)
    assert {change.ledger: change.carried_over for change in report.ledgers} == {"hall": False, "adverts": True}
    send(store, new)
    with store.read() as view:
        content = stored.content(view, stored.newest(view, MARCH).seq)
    assert content.ledgers["adverts"].values["quantity"] == [6]
    assert content.sources["adverts"].file == "桂花社区2026-03.xlsx"
    assert content.sources["hall"].file == "只有讲堂.xlsx"


def test_a_ledger_removed_in_the_preview_is_not_carried_over(store):
    set_up(store)
    send(store, both([lecture(day(3, 5))], [AD]))
    new = lectures(lecture(day(3, 6)))
    draft = submissions.read(OFFICE, store, [new])
    report = submissions.preview(OFFICE, store, draft, drop={"adverts"}).reports[0]
    assert (report.carried_over, report.removed) == ((), ("adverts",))
    assert report.ledgers[1].missing == (0,)
    send(store, new, drop={"adverts"})
    with store.read() as view:
        assert set(stored.content(view, stored.newest(view, MARCH).seq).ledgers) == {"hall"}


def test_a_sheet_that_is_there_but_empty_is_an_empty_ledger(store):
    set_up(store)
    send(store, both([lecture(day(3, 5))], [AD]))
    send(store, both([lecture(day(3, 5))], []))
    with store.read() as view:
        assert len(stored.content(view, stored.newest(view, MARCH).seq).ledgers["adverts"]) == 0
    assert_scores_are_true(store)


def test_a_late_report_changes_the_months_after_it(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5)), month="2026-03"))
    assert cells(store, "2026-03").fraction[0, 0] == pytest.approx(1 / 3)
    send(store, lectures(lecture(day(1, 5)), month="2026-01"), now=later())
    assert cells(store, "2026-01").fraction[0, 0] == pytest.approx(1 / 3)
    assert cells(store, "2026-02").fraction[0, 0] == pytest.approx(1 / 3)
    assert cells(store, "2026-03").fraction[0, 0] == pytest.approx(2 / 3)
    assert_scores_are_true(store)


def test_the_order_in_which_months_arrive_changes_no_score(store):
    set_up(store)
    for month in (3, 1, 5, 2):
        send(store, lectures(lecture(day(month, 5)), month=f"2026-0{month}"))
    send(store, lectures(lecture(day(2, 9)), community="荷塘社区", month="2026-02"))
    assert_scores_are_true(store)
    assert cells(store, "2026-04").fraction[0, 0] == pytest.approx(1.0)


def test_a_restored_version_is_a_new_one_that_says_the_same(store):
    set_up(store)
    first = send(store, lectures(lecture(day(3, 5)))).stored[0]
    send(store, lectures(lecture(day(3, 5)), lecture(day(3, 6))))
    made = submissions.restore(OFFICE, store, first.seq, now=later()).stored[0]
    assert (made.version, made.restored_from, made.content_hash) == (3, first.seq, first.content_hash)
    assert cells(store, "2026-03").fraction[0, 0] == pytest.approx(1 / 3)
    entries = submissions.history(OFFICE, store, MARCH)
    assert [entry.version.version for entry in entries] == [3, 2, 1]
    assert [entry.current for entry in entries] == [True, False, False]
    assert entries[0].files == entries[2].files
    assert actions_of(store)[-1] == "restore"


def test_restoring_the_current_version_stores_nothing(store):
    set_up(store)
    first = send(store, lectures(lecture(day(3, 5)))).stored[0]
    assert submissions.restore(OFFICE, store, first.seq, now=later()).stored == ()


def test_restoring_what_never_was_is_refused(store):
    set_up(store)
    with pytest.raises(LookupError):
        submissions.restore(OFFICE, store, 99, now=NOW)


def test_a_file_with_an_error_is_not_stored_and_the_others_are(store):
    set_up(store)
    files = [broken(), lectures(lecture(day(3, 5)), community="荷塘社区")]
    draft = submissions.read(OFFICE, store, files)
    assert [file.accepted for file in draft.files] == [False, True]
    assert [problem.code for problem in draft.errors] == ["date_unreadable"]
    receipt = submissions.submit(OFFICE, store, draft, files, now=NOW)
    assert [version.community for version in receipt.stored] == ["C02"]


def test_different_ledgers_of_one_month_in_two_files_are_put_together(store):
    set_up(store)
    files = [lectures(lecture(day(3, 5))), adverts(AD)]
    forward, backward = (submissions.read(OFFICE, store, order) for order in (files, files[::-1]))
    assert forward.reports == backward.reports
    submissions.submit(OFFICE, store, forward, files, now=NOW)
    with store.read() as view:
        version = stored.newest(view, MARCH)
        assert version.row_count == 2
        assert {file.name for file in stored.sent_files(view, [version.seq])[version.seq]} == {f.name for f in files}


def test_one_ledger_in_two_files_is_an_error_of_both(store):
    set_up(store)
    files = [lectures(lecture(day(3, n)), name=f"{n}.xlsx") for n in (5, 6)]
    draft = submissions.read(OFFICE, store, files)
    assert draft.reports == ()
    assert [(p.file, p.code) for p in draft.errors] == [
        ("5.xlsx", "same_ledger_twice"),
        ("6.xlsx", "same_ledger_twice"),
    ]


def test_the_same_bytes_under_two_names_count_once(store):
    set_up(store)
    file = lectures(lecture(day(3, 5)))
    draft = submissions.read(OFFICE, store, [file, type(file)("副本.xlsx", file.content)])
    assert [found.name for found in draft.files] == [file.name]
    assert len(draft.reports) == 1


def test_the_office_reports_for_every_community_it_names(store):
    set_up(store)
    file = inspection(["桂花社区", day(3, 5), "A1", "东门", "A"], ["荷塘社区", day(3, 6), "A1", "西门", "B"])
    receipt = send(store, file)
    assert [(v.community, v.kept_by, v.receipt) for v in receipt.stored] == [("C01", "office", 1), ("C02", "office", 1)]
    assert cells(store, "2026-03").reported.tolist() == [False]
    assert_scores_are_true(store)


def test_an_exception_in_the_middle_leaves_nothing(store, monkeypatch):
    set_up(store)
    file = lectures(lecture(day(3, 5)))
    draft = submissions.read(OFFICE, store, [file])
    before = actions_of(store)

    def fail(*arguments, **options):
        raise ZeroDivisionError

    for place in ("reassess", "note"):
        with monkeypatch.context() as patch:
            patch.setattr(storing, place, fail)
            with pytest.raises(ZeroDivisionError):
                submissions.submit(OFFICE, store, draft, [file], now=NOW)
        with store.read() as view:
            assert stored.periods(view) == assessments.periods(view) == ()
            assert stored_files.content(view, file.sha256) is None
        assert actions_of(store) == before
    assert submissions.submit(OFFICE, store, draft, [file], now=NOW).stored


def test_uploads_of_one_month_at_once_become_versions_in_order(store, open_another):
    set_up(store)
    send(store, lectures(lecture(day(2, 5)), month="2026-02"))
    own = [lectures(lecture(day(3, n)), lecture(day(3, n + 10)), name=f"{n}.xlsx") for n in range(1, 5)]
    files = [file for each in own for file in (each, lectures(lecture(day(3, 20)), name="同一份.xlsx"))]
    drafts = [submissions.read(OFFICE, store, [file]) for file in files]
    failures = []

    def upload(number):
        try:
            submissions.submit(OFFICE, open_stores[number], drafts[number], [files[number]], now=NOW)
        except Exception as error:
            failures.append(error)

    open_stores = [open_another() for _ in files]
    threads = [threading.Thread(target=upload, args=(number,)) for number in range(len(files))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    versions = submissions.history(OFFICE, store, MARCH)
    assert [entry.version.version for entry in versions] == [*range(len(versions), 0, -1)]
    sent = [entry.files[0].name for entry in versions]
    assert all(newer != older for newer, older in pairwise(sent)), "the same content again is no change"
    assert sorted(name for name in sent if name != "同一份.xlsx") == [file.name for file in own]
    assert "同一份.xlsx" in sent
    assert [entry.version.replaces for entry in versions] == [*(entry.version.seq for entry in versions[1:]), None]
    assert_scores_are_true(store)
    with store.read() as view:
        entries = audit.entries(view)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


def test_a_clerk_submits_for_their_own_community_alone(store):
    set_up(store)
    clerk = Grant("clerk-1", (Post("clerk", "C02"),))
    assert send(store, lectures(lecture(day(3, 5)), community="荷塘社区"), grant=clerk).stored[0].made_by == "clerk-1"
    for file in (
        lectures(lecture(day(3, 5))),
        inspection(["荷塘社区", day(3, 6), "A1", "西门", "B"]),
    ):
        draft = submissions.read(clerk, store, [file])
        with pytest.raises(Refused):
            submissions.preview(clerk, store, draft)
        with pytest.raises(Refused):
            submissions.submit(clerk, store, draft, [file], now=NOW)
    with pytest.raises(Refused):
        submissions.history(clerk, store, MARCH)


def test_a_viewer_submits_nothing(store):
    set_up(store)
    with pytest.raises(Refused):
        submissions.read(Grant("guest", (Post("leader"),)), store, [lectures(lecture(day(3, 5)))])


def test_a_file_can_be_fetched_as_it_was_sent(store):
    set_up(store)
    file = lectures(lecture(day(3, 5)))
    seq = send(store, file).stored[0].seq
    assert submissions.sent_file(OFFICE, store, seq, file.sha256, now=NOW) == file
    assert submissions.sent_file(OFFICE, store, seq, "0" * 64, now=NOW) is None
    assert submissions.sent_file(OFFICE, store, 99, file.sha256, now=NOW) is None


def test_without_an_edition_or_areas_a_file_says_what_is_missing(store):
    draft = submissions.read(OFFICE, store, [lectures(lecture(day(3, 5)))])
    assert [problem.code for problem in draft.errors] == ["no_edition"]
    found = editions.add_edition(OFFICE, store, set_up.__defaults__[1](), NOW)
    editions.activate(OFFICE, store, found.name, "2026-01", NOW)
    draft = submissions.read(OFFICE, store, [lectures(lecture(day(3, 5)))])
    assert [problem.code for problem in draft.errors] == ["no_areas"]


def test_a_month_before_the_first_edition_is_refused(store):
    set_up(store, from_period="2026-03")
    draft = submissions.read(OFFICE, store, [lectures(lecture(day(2, 5)), month="2026-02")])
    assert [problem.code for problem in draft.errors] == ["no_edition"]
    assert draft.reports == ()


def test_reports_of_a_community_come_up_to_a_month(store):
    set_up(store)
    for month in (1, 2, 3):
        send(store, lectures(lecture(day(month, 5)), month=f"2026-0{month}"))
    found = submissions.reports(OFFICE, store, ["C01"], "2026-02")
    assert [report.month for report in found] == [month_number("2026-01"), month_number("2026-02")]


def test_recomputing_changes_nothing_where_scores_are_true(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    before = cells(store, "2026-03").fraction.tobytes()
    assert recomputing.recompute(OFFICE, store, NOW) == ("2026-01", "2026-02", "2026-03")
    assert cells(store, "2026-03").fraction.tobytes() == before
    assert actions_of(store)[-1] == "recompute"


@pytest.fixture
def one_by_one(monkeypatch):
    """A community makes a lot of its own; gives the list of those whose scores are stored from now on."""
    monkeypatch.setattr(lots, "AT_ONCE", 1)
    scored, keep = [], assessments.keep

    def seen(change, edition, packed):
        scored.extend(sorted({one.community for one in packed}))
        keep(change, edition, packed)

    monkeypatch.setattr(assessments, "keep", seen)
    return scored


def test_a_recomputation_that_was_stopped_goes_on_behind_the_lot_that_it_had_come_to(store, one_by_one):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    one_by_one.clear()
    assert recomputing.recompute(OFFICE, store, NOW, progress=lambda done, of: done < of - 1) == ()
    assert set(one_by_one) == {"C01", "C02"}
    assert recomputing.to_resume(store) == ("2026-01", "2026-02", "2026-03")
    one_by_one.clear()
    assert recomputing.resume(OFFICE, store, NOW) == ("2026-01", "2026-02", "2026-03")
    assert set(one_by_one) == {"C03"}
    assert recomputing.to_resume(store) == ()
    assert recomputing.resume(OFFICE, store, NOW) == ()
    assert_scores_are_true(store)


def test_how_far_a_recomputation_is_is_told_in_communities_from_where_it_goes_on(store, one_by_one):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    told = []
    recomputing.recompute(OFFICE, store, NOW, progress=lambda *seen: told.append(seen) or seen[0] < 1)
    recomputing.resume(OFFICE, store, NOW, progress=lambda *seen: told.append(seen) or True)
    assert told == [(0, 3), (1, 3), (1, 3), (2, 3), (3, 3)]


def test_a_recomputation_that_died_goes_on_after_the_last_lot_that_was_stored(store, one_by_one, monkeypatch):
    """A fault while the second lot is stored stands for a process that dies there."""
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    one_by_one.clear()
    with monkeypatch.context() as broken_off:
        keep = assessments.keep

        def dies_at_the_second(change, edition, packed):
            if one_by_one:
                raise KeyboardInterrupt
            keep(change, edition, packed)

        broken_off.setattr(assessments, "keep", dies_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            recomputing.recompute(OFFICE, store, NOW, ["2026-03"])
    assert one_by_one == ["C01"]
    assert recomputing.resume(OFFICE, store, NOW) == ("2026-03",)
    assert one_by_one == ["C01", "C02", "C03"]
    assert_scores_are_true(store)


def test_what_an_interrupted_recomputation_left_is_not_forgotten_by_a_smaller_one(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    recomputing.recompute(OFFICE, store, NOW, progress=lambda *_: False)
    assert recomputing.recompute(OFFICE, store, NOW, ["2026-01"]) == ("2026-01",)
    assert recomputing.to_resume(store) == ("2026-02", "2026-03")


def test_a_recomputation_that_an_older_program_left_begins_anew(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    with store.write() as change:
        settings.put(change, "recomputing", {"periods": ["2026-02", "2026-03"], "after": "C02"})
    assert recomputing.to_resume(store) == ("2026-02", "2026-03")
    assert recomputing.resume(OFFICE, store, NOW) == ("2026-02", "2026-03")
    assert recomputing.to_resume(store) == ()


def stricter():
    """The small edition under which twice as much is asked for, and a criterion less."""
    content = edition().model_dump(by_alias=True)
    first = dict(content["criteria"][0]) | {"rule": {"kind": "count", "target": 7}}
    return Edition.model_validate(content | {"version": "2027", "criteria": [first, *content["criteria"][1:-1]]})


def test_a_lot_that_nothing_changed_is_scored_once(store, monkeypatch):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    monkeypatch.setattr(lots, "score_lot", lambda lot: pytest.fail(f"scored again: {lot.communities}"))
    assert recomputing.recompute(OFFICE, store, NOW) == ("2026-01", "2026-02", "2026-03")


@pytest.mark.parametrize("what", ["file", "edition"])
def test_what_changes_while_a_lot_is_scored_counts_in_what_is_stored(store, monkeypatch, what):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    changes = {
        "file": lambda: send(store, lectures(*(lecture(day(3, number)) for number in (5, 6, 7)))),
        "edition": lambda: set_up(store, from_period="2026-02", of=stricter),
    }
    real = recomputing.scored

    def meanwhile(waiting):
        for lot, scores in real(waiting):
            changes[what]()
            yield lot, scores

    monkeypatch.setattr(recomputing, "scored", meanwhile)
    recomputing.recompute(OFFICE, store, NOW)
    assert_scores_are_true(store)


def test_recomputing_mends_what_was_damaged(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    with store.write() as change:
        assessments.forget(change, "2026-02", "2026-02")
    assert assessing.complete(store) == 3
    assert_scores_are_true(store)


def test_a_month_far_from_the_others_is_not_joined_to_them(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    send(store, lectures(month="2062-03"))
    with store.read() as view:
        assert assessing.live_periods(view) == ("2026-01", "2026-02", "2026-03", "2062-03")


def test_each_key_has_its_own_history(store):
    set_up(store)
    send(store, lectures(lecture(day(3, 5))))
    send(store, inspection(["桂花社区", day(3, 5), "A1", "东门", "A"]))
    assert len(submissions.history(OFFICE, store, MARCH)) == 1
    assert len(submissions.history(OFFICE, store, Key("C01", "2026-03", "office"))) == 1
    with store.read() as view:
        assert stored_editions.timeline(view).at("2025-12") is None


def months_in_sheets(*months):
    sheets = {f"{month}月": [HALL, lecture(day(month, 5))] for month in months}
    return NamedFile("桂花社区2026年.xlsx", workbook(sheets, cover=("桂花社区", "")))


def test_several_months_in_one_file_are_read_where_one_edition_and_tree_hold(store):
    set_up(store)
    draft = submissions.read(OFFICE, store, [months_in_sheets(2, 3)])
    assert draft.errors == ()
    assert [report.key.period for report in draft.reports] == ["2026-02", "2026-03"]


def test_several_months_under_different_trees_are_to_be_sent_apart(store):
    set_up(store)
    moved = [*AREAS[:-1], ["C03", "松柏社区", "社区", "西街道", "A"]]
    areas.import_areas(OFFICE, store, area_file(moved), now=NOW, from_period="2026-03")
    file = months_in_sheets(2, 3)
    draft = submissions.read(OFFICE, store, [file])
    assert [(p.code, p.values["months"]) for p in draft.errors] == [("months_apart", ["2026-02", "2026-03"])]
    assert draft.reports == ()
    chosen = submissions.read(OFFICE, store, [file], period="2026-02")
    assert chosen.errors == ()
    assert [report.key.period for report in chosen.reports] == ["2026-02"]
    later_months = submissions.read(OFFICE, store, [months_in_sheets(3, 4)])
    assert later_months.errors == ()

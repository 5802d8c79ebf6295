"""A draft waits for its maker, is put right in the page, and is stored once, with what was put right."""

import threading
from datetime import timedelta

import pytest

from beicha.actions import imports, submissions
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.open_drafts import open_drafts
from beicha.actions.receipts import Confirmed
from beicha.intake.answers import LONGEST, NO_ANSWERS, Belonging, Fix
from beicha.jobs.worker import Worker
from beicha.store import jobs
from tests.actions.office import MARCH, NOW, adverts, broken, day, later, lecture, lectures, send, set_up

SHEET = "道德讲堂活动"
CLERK = Grant("王五", (Post("clerk", "C02"),))


@pytest.fixture
def office(store):
    set_up(store)
    return store


def read(store, *files, grant=OFFICE, **options):
    number = imports.start(grant, store, files, now=NOW, kind="preview", **options)
    run(store)
    return number


def run(store):
    Worker(store, lambda: NOW).run_waiting()


def draft(store, number):
    return imports.draft(OFFICE, store, number)


def fix(file, text, row=2, column="B"):
    return Fix(file.sha256, SHEET, row, column, text)


def answer(store, number, *fixes):
    imports.answer(OFFICE, store, number, NO_ANSWERS.fixing(fixes), now=later())
    run(store)


def test_a_draft_shows_its_failing_rows_and_survives_as_plain_values(office):
    (file,) = draft(office, read(office, broken())).files
    (table,) = file.failing
    assert (table.rows[0].row, table.rows[0].cells[0]) == (2, "某日某时")


@pytest.mark.parametrize("column", ["A", "ZZ"])
def test_a_cell_that_the_draft_does_not_show_is_not_put_right(office, column):
    bad = broken()
    number = read(office, bad)
    with pytest.raises(LookupError):
        answer(office, number, fix(bad, "2026-03-05", column=column))
    assert len(draft(office, number).errors) == 1


def test_a_row_that_needs_no_look_is_not_put_right(office):
    bad = lectures(lecture(day(3, 5)), lecture("某日"))
    number = read(office, bad)
    with pytest.raises(LookupError):
        answer(office, number, fix(bad, "2026-03-06", row=2))


@pytest.mark.parametrize(("length", "taken"), [(LONGEST, True), (LONGEST + 1, False)])
def test_no_more_is_typed_than_a_cell_holds(office, length, taken):
    bad = broken()
    number = read(office, bad)
    if taken:
        answer(office, number, fix(bad, "a" * length))
    else:
        with pytest.raises(LookupError):
            answer(office, number, fix(bad, "a" * length))


def test_a_fix_taken_back_leaves_the_file_as_it_was(office):
    bad = broken()
    number = read(office, bad)
    answer(office, number, fix(bad, "2026-03-05"))
    assert draft(office, number).errors == ()
    imports.take_back(OFFICE, office, number, [fix(bad, "").place], now=later())
    run(office)
    assert [error.found for error in draft(office, number).errors] == ["某日某时"]
    assert draft(office, number).files[0].corrections == ()


def test_a_cell_put_right_once_is_put_right_again(office):
    bad = broken()
    number = read(office, bad)
    answer(office, number, fix(bad, "2026-03-05"))
    answer(office, number, fix(bad, "2026-03-06"))
    (typed,) = draft(office, number).files[0].corrections
    assert (typed.found, typed.text) == ("某日某时", "2026-03-06")


def test_whose_report_a_file_is_can_be_settled(office):
    march = lectures(lecture(day(3, 5)))
    number = read(office, march, period="2026-02")
    assert [error.code for error in draft(office, number).errors] == ["month_differs"]
    more = NO_ANSWERS.settling([Belonging(march.sha256, period="2026-03")])
    imports.answer(OFFICE, office, number, more, now=later())
    run(office)
    assert [report.key.period for report in draft(office, number).reports] == ["2026-03"]


def test_a_file_that_is_not_in_the_draft_is_not_settled(office):
    number = read(office, broken())
    with pytest.raises(LookupError):
        more = NO_ANSWERS.settling([Belonging("0" * 64, period="2026-03")])
        imports.answer(OFFICE, office, number, more, now=later())


def test_what_was_put_right_is_kept_beside_the_bytes_as_they_were_sent(office):
    bad = broken()
    number = read(office, bad)
    answer(office, number, fix(bad, "2026-03-05"))
    receipt = imports.confirm(OFFICE, office, number, now=later())
    (entry,) = submissions.history(OFFICE, office, MARCH)
    assert [(typed.sheet, typed.row, typed.column, typed.found, typed.text) for typed in entry.corrections] == [
        (SHEET, 2, "B", "某日某时", "2026-03-05")
    ]
    assert submissions.sent_file(OFFICE, office, receipt.stored[0].seq, bad.sha256, now=NOW).content == bad.content


def test_what_was_put_right_says_the_same_as_a_file_that_was_right(office):
    about = lectures(lecture(day(3, 5), people="约45"))
    number = read(office, about)
    answer(office, number, fix(about, "45", column="E"))
    imports.confirm(OFFICE, office, number, now=later())
    again = submissions.read(OFFICE, office, [lectures(lecture(day(3, 5), people=45))])
    assert submissions.preview(OFFICE, office, again).reports[0].no_change


def test_the_file_sent_again_without_what_was_put_right_would_change_it_back(office):
    about = lectures(lecture(day(3, 5), people="约45"))
    number = read(office, about)
    answer(office, number, fix(about, "50", column="E"))
    imports.confirm(OFFICE, office, number, now=later())
    (report,) = submissions.preview(OFFICE, office, submissions.read(OFFICE, office, [about])).reports
    assert [len(ledger.changed) for ledger in report.ledgers] == [1]


def test_what_was_put_right_goes_with_its_ledger(office):
    bad = broken()
    number = read(office, bad)
    answer(office, number, fix(bad, "2026-03-05"))
    imports.confirm(OFFICE, office, number, now=later())
    send(office, adverts(["东门", "宣传栏", "核心价值观", 6]), now=later(2))
    send(office, lectures(lecture(day(3, 9))), now=later(3))
    entries = submissions.history(OFFICE, office, MARCH)
    assert [len(entry.corrections) for entry in entries] == [0, 1, 1]


def test_two_tabs_that_confirm_at_once_store_once_and_get_one_receipt(office):
    number = read(office, lectures(lecture(day(3, 5))))
    receipts = []
    confirm = lambda: receipts.append(imports.confirm(OFFICE, office, number, now=later()))  # noqa: E731
    threads = [threading.Thread(target=confirm) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 4
    assert len({receipt.number for receipt in receipts}) == 1
    assert len(submissions.history(OFFICE, office, MARCH)) == 1


def test_a_receipt_keeps_the_scores_that_were_foretold(office):
    number = read(office, lectures(lecture(day(3, 5))))
    (report,) = submissions.preview(OFFICE, office, draft(office, number)).reports
    imports.confirm(OFFICE, office, number, now=later())
    receipt = imports.receipt(OFFICE, office, number)
    assert receipt.scores == {("C01", "2026-03"): (report.score_before, report.score_after)}


def test_a_draft_that_was_read_again_meanwhile_is_not_stored_unseen(office):
    bad = lectures(lecture(day(3, 5), people="约45"))
    number = read(office, bad)
    seen = draft(office, number)
    confirmed = Confirmed(number, NOW - timedelta(minutes=1), {})
    with pytest.raises(LookupError):
        submissions.submit(OFFICE, office, seen, [bad], now=later(), confirmed=confirmed)
    assert submissions.history(OFFICE, office, MARCH) == ()


def test_open_drafts_are_listed_newest_first_until_they_are_stored_or_discarded(office):
    first, second = read(office, lectures(lecture(day(3, 5)))), read(office, broken(community="荷塘社区"))
    listed = open_drafts(OFFICE, office)
    assert [found.number for found in listed] == [second, first]
    assert [(found.reports, found.errors) for found in listed] == [((), 1), ((("桂花社区", "2026-03"),), 0)]
    assert listed[1].files == ("桂花社区2026-03讲堂.xlsx",)
    imports.confirm(OFFICE, office, first, now=later())
    assert [found.number for found in open_drafts(OFFICE, office)] == [second]
    imports.discard(OFFICE, office, second, now=later())
    assert open_drafts(OFFICE, office) == ()
    with pytest.raises(LookupError):
        imports.status(OFFICE, office, second)


def test_nobody_sees_the_drafts_of_another(office):
    read(office, lectures(lecture(day(3, 5)), community="荷塘社区"), grant=CLERK)
    assert open_drafts(OFFICE, office) == ()
    assert len(open_drafts(CLERK, office)) == 1


def test_what_is_stored_is_not_discarded(office):
    number = read(office, lectures(lecture(day(3, 5))))
    receipt = imports.confirm(OFFICE, office, number, now=later())
    imports.discard(OFFICE, office, number, now=later())
    assert imports.receipt(OFFICE, office, number) == receipt


def test_reading_that_was_cancelled_is_taken_up_again(office):
    file = lectures(lecture(day(3, 5)))
    number = imports.start(OFFICE, office, [file], now=NOW, kind="preview")
    imports.cancel(OFFICE, office, number, now=NOW)
    imports.again(OFFICE, office, number, now=later())
    run(office)
    assert len(draft(office, number).reports) == 1


def test_an_import_is_no_draft_to_be_read_again(office):
    number = imports.start(OFFICE, office, [broken()], now=NOW)
    with office.write() as change:
        jobs.cancel(change, number, NOW)
    with pytest.raises(LookupError):
        imports.again(OFFICE, office, number, now=later())


def test_a_preview_names_the_criteria_that_move_the_score(office):
    (report,) = submissions.preview(
        OFFICE, office, submissions.read(OFFICE, office, [lectures(lecture(day(3, 5)))])
    ).reports
    gained = sum(move.change for move in report.moves)
    assert report.moves
    assert [move.change for move in report.moves] == sorted((m.change for m in report.moves), key=lambda c: -abs(c))
    assert all(move.reason is not None for move in report.moves)
    assert gained > 0


def test_files_with_errors_wait_in_a_draft_of_their_own_when_the_others_are_stored(office):
    good, bad = lectures(lecture(day(3, 5))), broken("荷塘社区")
    number = read(office, good, bad)
    receipt = imports.confirm(OFFICE, office, number, now=later())
    assert [version.community for version in receipt.stored] == ["C01"]
    run(office)
    assert [one.files for one in open_drafts(OFFICE, office)] == [(bad.name,)]
    assert imports.confirm(OFFICE, office, number, now=later()).rest == receipt.rest
    answer(office, receipt.rest, fix(bad, "2026-03-07"))
    second = imports.confirm(OFFICE, office, receipt.rest, now=later())
    assert [version.community for version in second.stored] == ["C02"]
    assert second.rest is None
    assert open_drafts(OFFICE, office) == ()


def test_what_was_put_right_in_a_file_goes_with_it_into_its_own_draft(office):
    good, bad = lectures(lecture(day(3, 5))), lectures(lecture("某日"), lecture("另日", "敬业"), community="荷塘社区")
    number = read(office, good, bad)
    answer(office, number, fix(bad, "2026-03-07"))
    rest = imports.confirm(OFFICE, office, number, now=later()).rest
    run(office)
    assert [(p.code, p.row) for p in draft(office, rest).errors] == [("date_unreadable", 3)]

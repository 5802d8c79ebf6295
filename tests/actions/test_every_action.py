"""Each action, done once, leaves the row that the table says, with what stood before and after, and none another."""

from datetime import timedelta
from io import BytesIO

import pytest

from beicha.actions import (
    accounts,
    areas,
    audit_chain,
    audit_export,
    exporting,
    imports,
    lines,
    remembering,
    sessions,
    settings,
    share_policy,
    shares,
    submissions,
    visiting,
)
from beicha.actions.grants import OFFICE, Grant, Post
from beicha.actions.guesses import MOST
from beicha.actions.recomputing import recompute
from beicha.actions.share_policy import Policy
from beicha.actions.share_scope import Scope
from beicha.actions.shares import Terms
from beicha.actions.signing_in import Attempt, sign_in
from beicha.actions.views.audit_trail import read_audit, wanted_of
from beicha.jobs.worker import Worker
from beicha.store import audit
from beicha.store.files import NamedFile
from beicha.words.deeds import DEEDS
from tests.actions.office import AREAS as ROWS
from tests.actions.office import MARCH, NOW, area_file, day, later, lecture, lectures, set_up, table
from tests.actions.test_remembering import PLACE, odd

WHOLE = ("areas", "edition", "file", "import", "job", "lines", "preview", "recompute", "restore", "settings", "submit",
         "words")  # fmt: skip
"""What every action about is done here; of other nouns some are, and the rest where their own tests are."""

CHANGES = {
    "settings.set": ({"due_day": 5}, {"due_day": 8}),
    "areas.import": (
        {"C01": "桂花社区（社区，S1，A，3，1）"},
        {"C01": "桂花社区（社区，S1，A，3，1，–2026-03） → 丹桂社区（社区，S1，A，1，1，2026-03–）"},
    ),
    "lines.import": ({"x": "甲（1）"}, {"x": "乙（1）", "y": "丙（2）"}),
    "account.rename": ({"name": "王芳"}, {"name": "王方"}),
    "account.disable": ({"disabled": False}, {"disabled": True}),
    "account.enable": ({"disabled": True}, {"disabled": False}),
    "account.post.give": (
        {"posts": [{"role": "auditor"}]},
        {"posts": [{"role": "auditor"}, {"role": "clerk", "area": "C02"}]},
    ),
    "account.post.take": (
        {"posts": [{"role": "auditor"}, {"role": "clerk", "area": "C02"}]},
        {"posts": [{"role": "auditor"}]},
    ),
}
"""What stood before and after, where it is the same whenever the test runs."""

pytestmark = pytest.mark.usefixtures("quick_passwords")
GOOD = "correct horse 电池"


def the_office(store):
    settings.set_due_day(OFFICE, store, 5, NOW)
    settings.set_due_day(OFFICE, store, 8, NOW)
    lines.import_lines(OFFICE, store, line_file(["x", "甲", 1]), now=NOW)
    lines.import_lines(OFFICE, store, line_file(["x", "乙", 1], ["y", "丙", 2]), now=NOW)
    renamed = [[*ROWS[0]], ["C01", "丹桂社区", "社区", "西街道", "A"]]
    assert areas.import_areas(OFFICE, store, area_file(renamed), now=NOW, from_period="2026-03").stored
    recompute(OFFICE, store, NOW)
    exporting.note_export(OFFICE, store, "areas.xlsx", "区划表.xlsx", now=NOW)


def line_file(*rows):
    return NamedFile("条线.xlsx", table([["编码", "名称", "排序"], *rows], "条线表"))


def the_files(store):
    worker = Worker(store, lambda: NOW)
    number = imports.start(OFFICE, store, [odd()], now=NOW, kind="preview")
    worker.run_waiting()
    imports.answer(OFFICE, store, number, PLACE, now=later())
    worker.run_waiting()
    first = imports.confirm(OFFICE, store, number, now=later()).stored[0]
    (known,) = remembering.listed(OFFICE, store)
    remembering.forget(OFFICE, store, known.word, now=later())
    again = lectures(lecture(day(3, 9)))
    submissions.submit(OFFICE, store, submissions.read(OFFICE, store, [again]), [again], now=later())
    submissions.restore(OFFICE, store, first.seq, now=later())
    imports.discard(OFFICE, store, imports.start(OFFICE, store, [again], now=NOW, kind="preview"), now=NOW)
    left = imports.start(OFFICE, store, [again], now=NOW, kind="preview")
    imports.cancel(OFFICE, store, left, now=NOW)
    imports.discard(OFFICE, store, left, now=NOW)
    imports.cancel(OFFICE, store, imports.start(OFFICE, store, [again], now=NOW), now=NOW)


def the_people(store):
    code = accounts.add(OFFICE, store, "wang", "王芳", [Post("auditor")], now=NOW)
    opened = sign_in(store, Attempt("wang", code, "10.0.0.1"), now=NOW).opened
    sessions.change_password(store, opened.person, "", GOOD, now=NOW)
    sessions.end(store, opened.person, now=NOW)
    for _ in range(MOST + 1):
        sign_in(store, Attempt("wang", "wrong and wrong", "10.0.0.1"), now=NOW)
    accounts.rename(OFFICE, store, "wang", "王方", now=NOW)
    accounts.new_code(OFFICE, store, "wang", now=NOW)
    post = Post("clerk", "C02")
    accounts.give_post(OFFICE, store, "wang", post, now=NOW)
    number = next(one.id for one in accounts.listed(OFFICE, store)[0].posts if one.post == post)
    accounts.take_post(OFFICE, store, "wang", number, now=NOW)
    accounts.disable(OFFICE, store, "wang", now=NOW)
    accounts.enable(OFFICE, store, "wang", now=NOW)


def the_links(store):
    share_policy.set_policy(OFFICE, store, Policy(most_days=20), now=NOW)
    link = shares.make(OFFICE, store, "三月", Scope(first="2026-03", last="2026-03"), Terms(), now=NOW)
    assert visiting.open_by_token(store, link.token, "10.0.0.9", now=NOW).answer == "alive"
    shares.rotate(OFFICE, store, link.public_id, now=NOW)
    shares.revoke(OFFICE, store, link.public_id, now=NOW)


def test_each_action_leaves_its_row_and_nothing_else_does(sqlite_store):
    set_up(sqlite_store)
    for part in (the_files, the_office, the_people, the_links):
        part(sqlite_store)
    audit_chain.verify_recent(OFFICE, sqlite_store, now=NOW)
    audit_export.export(
        OFFICE, sqlite_store, wanted_of(), BytesIO(), "csv", name="x.csv", language="en", now=NOW + timedelta(hours=1)
    )
    with sqlite_store.read() as view:
        rows = audit.entries(view)
    done = {row.action for row in rows}
    assert done <= set(DEEDS)
    assert [action for action in DEEDS if action not in done and action.partition(".")[0] in WHOLE] == []
    assert not [row for row in rows if not row.address]
    newest = {row.action: row.details for row in rows}
    assert {action: (newest[action]["before"], newest[action]["after"]) for action in CHANGES} == CHANGES
    say_what_was_stored(newest)


def say_what_was_stored(newest):
    """Versions by number, rows and digest; nothing of what stands in them."""
    before, after = newest["restore"]["before"]["C01 2026-03"], newest["restore"]["after"]["C01 2026-03"]
    assert (before["version"], before["rows"], after["version"], after["rows"]) == (2, 1, 3, 1)
    assert (len(before["content"]), before["content"] == after["content"]) == (16, False)
    assert newest["restore"]["restored_from"] == 1
    assert "孝老爱亲" not in repr((newest["submit"], newest["restore"]))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_row_comes_out_in_words(sqlite_store, language):
    set_up(sqlite_store)
    with sqlite_store.write() as change:
        for action in (*DEEDS, "older.program"):
            audit.add(change, NOW, Grant("li"), action, "x\ny")
    found = read_audit(OFFICE, sqlite_store, wanted_of(), None, language=language).rows
    assert all("\n" not in row.sentence and "{" not in row.sentence for row in found)
    assert found[0].sentence == "older.program x?y"


def test_submissions_of_the_community_are_told_apart_from_those_of_the_office(sqlite_store):
    set_up(sqlite_store)
    file = lectures(lecture(day(3, 5)))
    submissions.submit(OFFICE, sqlite_store, submissions.read(OFFICE, sqlite_store, [file]), [file], now=NOW)
    with sqlite_store.read() as view:
        told = audit.newest_entry(view, "submit").details
    assert (told["before"], list(told["after"])) == ({}, [f"{MARCH.community} {MARCH.period}"])

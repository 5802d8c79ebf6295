"""What stays when a report is replaced in part, and under which edition and tree a file is read."""

import pytest

from beicha.actions import areas, editions, submissions
from beicha.actions.drafts import from_plain, to_plain
from beicha.actions.grants import OFFICE
from beicha.store import submissions as stored
from beicha.store.content import compress, expand
from beicha.store.files import NamedFile
from scoring.edition import Edition
from tests.actions.office import AREAS, MARCH, NOW, area_file, day, lecture, lectures, send, set_up
from tests.intake.workbooks import HALL, edition, workbook

DECLARED = ["测评标准代码", "理由"]


def declaring(*declared, rows=(), name="申报.xlsx"):
    sheets = {"道德讲堂活动": [HALL, *rows], "不适用申报": [DECLARED, *declared]}
    return NamedFile(name, workbook(sheets, cover=("桂花社区", "2026-03")))


def declarations(store):
    with store.read() as view:
        return dict(stored.content(view, stored.newest(view, MARCH).seq).not_applicable)


def test_declarations_are_carried_over_like_a_ledger(sqlite_store):
    set_up(sqlite_store)
    send(sqlite_store, declaring(["A2", "没有广告位"]))
    new = lectures(lecture(day(3, 5)))
    draft = submissions.read(OFFICE, sqlite_store, [new])
    assert submissions.preview(OFFICE, sqlite_store, draft).reports[0].carried_over == ("not_applicable",)
    send(sqlite_store, new)
    assert declarations(sqlite_store) == {"A2": "没有广告位"}


def test_a_sheet_of_declarations_that_is_there_but_empty_takes_them_back(sqlite_store):
    set_up(sqlite_store)
    send(sqlite_store, declaring(["A2", "没有广告位"]))
    send(sqlite_store, declaring())
    assert declarations(sqlite_store) == {}


def test_declarations_can_be_removed_in_the_preview(sqlite_store):
    set_up(sqlite_store)
    send(sqlite_store, declaring(["A2", "没有广告位"]))
    new = lectures(lecture(day(3, 5)))
    draft = submissions.read(OFFICE, sqlite_store, [new])
    assert submissions.preview(OFFICE, sqlite_store, draft, {"not_applicable"}).reports[0].removed == (
        "not_applicable",
    )
    send(sqlite_store, new, drop={"not_applicable"})
    assert declarations(sqlite_store) == {}


def test_a_draft_outlives_its_process(sqlite_store):
    set_up(sqlite_store)
    files = [declaring(["A2", "没有广告位"], rows=[lecture(day(3, 5), people="45人")]), NamedFile("x.xlsx", b"")]
    draft = submissions.read(OFFICE, sqlite_store, files)
    assert draft.problems
    assert from_plain(expand(compress(to_plain(draft)))) == draft


def renamed():
    """The next edition: the ledger of lectures has another code."""
    content = edition().model_dump(mode="json", by_alias=True)
    content["ledgers"][0] |= {"code": "talks", "title": "道德讲堂"}
    content["criteria"][0]["from"] = "talks"
    return Edition.model_validate(content | {"version": "2027", "renames": {"ledgers": {"hall": "talks"}}})


def test_a_file_is_read_under_the_edition_of_its_own_month(sqlite_store):
    set_up(sqlite_store)
    kept = editions.add_edition(OFFICE, sqlite_store, renamed(), NOW)
    editions.activate(OFFICE, sqlite_store, kept.digest, "2026-04", NOW)
    for month, ledger in (("2026-03", "hall"), ("2026-04", "talks")):
        file = lectures(lecture(day(3, 5)), month=month)
        draft = submissions.read(OFFICE, sqlite_store, [file])
        assert [set(report.content.ledgers) for report in draft.reports] == [{ledger}]


def test_a_ledger_renamed_since_is_compared_and_not_carried_over_beside_itself(sqlite_store):
    set_up(sqlite_store)
    send(sqlite_store, lectures(lecture(day(3, 5)), lecture(day(3, 6))))
    kept = editions.add_edition(OFFICE, sqlite_store, renamed(), NOW)
    editions.activate(OFFICE, sqlite_store, kept.digest, "2026-03", NOW)
    new = lectures(lecture(day(3, 5)), lecture(day(3, 7)))
    draft = submissions.read(OFFICE, sqlite_store, [new])
    report = submissions.preview(OFFICE, sqlite_store, draft).reports[0]
    assert report.carried_over == ()
    assert [(c.ledger, c.new, c.unchanged, c.missing) for c in report.ledgers] == [("talks", (1,), 1, (1,))]


def test_a_file_is_read_with_the_communities_of_its_own_month(sqlite_store):
    set_up(sqlite_store)
    closed = [AREAS[0], ["C01", "桂花社区", "社区", "西街道", "A", 3, 1, "", "2026-04"]]
    assert areas.import_areas(OFFICE, sqlite_store, area_file(closed), now=NOW).closed == ("桂花社区",)
    march = submissions.read(OFFICE, sqlite_store, [lectures(lecture(day(3, 5)))])
    assert [report.key for report in march.reports] == [MARCH]
    april = submissions.read(OFFICE, sqlite_store, [lectures(lecture(day(4, 5)), month="2026-04")])
    assert [problem.code for problem in april.errors] == ["community_unknown"]


def mean_of_others():
    return Edition.model_validate(edition().model_dump(by_alias=True) | {"not_applicable": "mean_of_others"})


@pytest.mark.parametrize("others_reported", [False, True])
def test_the_score_of_a_preview_takes_the_others_into_account(sqlite_store, others_reported):
    set_up(sqlite_store, of=mean_of_others)
    other = NamedFile("荷塘.xlsx", workbook({"公益广告点位": [
        ["设置位置", "载体形式", "主题类别", "数量", "发布时间"], ["东门", "宣传栏", "", 10, None]
    ]}, cover=("荷塘社区", "2026-03")))  # fmt: skip
    if others_reported:
        send(sqlite_store, other)
    file = declaring(["A2", "没有广告位"], rows=[lecture(day(3, n)) for n in (1, 2, 3)])
    draft = submissions.read(OFFICE, sqlite_store, [file])
    promised = submissions.preview(OFFICE, sqlite_store, draft).reports[0].score_after
    assert promised == pytest.approx(200 / 3 if others_reported else 50)
    send(sqlite_store, file)
    assert submissions.preview(OFFICE, sqlite_store, draft).reports[0].score_before == pytest.approx(promised)

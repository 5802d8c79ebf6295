"""Next month's workbook has what persists in it already, without what is judged anew or happened once."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from beicha.actions import submissions
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.views.templates import community_workbook_filled
from beicha.store import Store
from beicha.store.files import NamedFile
from tests.actions.office import adverts, both, day, lecture, send, set_up
from tests.intake.workbooks import workbook

ROWS = [["东门", "展板", "核心价值观", 3, day(3, 1)], ["@西门", "LED", "未成年人、讲文明/树新风", 2, day(3, 2)]]


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    set_up(sqlite_store)
    send(sqlite_store, both([lecture(day(3, 5))], ROWS))
    return sqlite_store


def filled(store: Store, grant: Grant = OFFICE, community: str = "C01", period: str = "2026-04") -> bytes:
    return community_workbook_filled(grant, store, period, community, language="zh_CN")[1]


def test_what_stands_comes_back_as_it_was_and_what_happened_once_does_not(office):
    draft = submissions.read(OFFICE, office, [NamedFile("四月.xlsx", filled(office))])
    assert not draft.errors
    (report,) = draft.reports
    assert (report.key.community, report.key.period) == ("C01", "2026-04")
    assert len(report.content.ledgers["hall"]) == 0
    assert report.content.ledgers["adverts"].values["quantity"] == [3, 2]


def test_what_is_judged_anew_each_month_is_blank(office):
    checks = workbook(
        {"环境自查表": [["自查项目", "是否达标", "自评等级"], ["楼道", "是", "A"]]}, cover=("桂花社区", "2026-03")
    )
    send(office, NamedFile("自查.xlsx", checks))
    sheet = load_workbook(BytesIO(filled(office)))["环境自查表"]
    assert [cell.value for row in sheet.iter_rows(min_row=3, max_row=3) for cell in row] == ["楼道", None, None]


def test_a_text_like_a_formula_stays_a_text(office):
    sheet = load_workbook(BytesIO(filled(office)))["公益广告点位"]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "@西门"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_the_newest_earlier_report_that_holds_the_ledger_is_taken(office):
    send(office, adverts(["西门", "展板", "核心价值观", 9, day(4, 1)], month="2026-04"))
    april = submissions.read(OFFICE, office, [NamedFile("四月.xlsx", filled(office))]).reports[0]
    may = submissions.read(OFFICE, office, [NamedFile("五月.xlsx", filled(office, period="2026-05"))]).reports[0]
    assert april.content.ledgers["adverts"].values["quantity"] == [3, 2]
    assert may.content.ledgers["adverts"].values["quantity"] == [9]


def test_without_an_earlier_report_it_is_the_empty_workbook(office):
    draft = submissions.read(OFFICE, office, [NamedFile("四月.xlsx", filled(office, community="C02"))])
    assert {code: len(rows) for code, rows in draft.reports[0].content.ledgers.items()}["adverts"] == 0


@pytest.mark.parametrize(
    "post", [Post("clerk", "C02"), Post("line", None, ("office",)), Post("leader"), Post("auditor"), Post("admin")]
)
def test_who_does_not_hand_in_there_or_may_not_see_what_is_a_persons_own_gets_none(office, post):
    with pytest.raises(Refused):
        filled(office, Grant("x", (post,)))


def test_the_clerk_gets_their_own(office):
    assert filled(office, Grant("li", (Post("clerk", "C01"),)))


@pytest.mark.parametrize(("community", "period"), [("C99", "2026-04"), ("C01", "2025-04")])
def test_where_there_is_no_such_community_or_no_edition_there_is_none(office, community, period):
    with pytest.raises(KeyError):
        filled(office, community=community, period=period)

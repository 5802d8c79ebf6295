"""Orders and notices to rectify hold what the task holds, its photos too, and are for whoever sees it."""

from datetime import UTC, date, datetime
from io import BytesIO

import docx
import pytest
from PIL import Image

from beicha.actions.documents.orders import MOST, orders, rectification_notice
from beicha.actions.evidence import add_photos, hide
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.task_making import make_of_lost
from beicha.actions.tasks import Decision, NewTask, decide, make
from beicha.actions.views.lost_points import lost_points
from beicha.actions.views.reading import read_months
from beicha.actions.views.tasks import read_tasks
from beicha.store.files import NamedFile
from tests.papers.said_numbers import texts_of
from tests.ui.district import NOW, settle

LATER = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
DUE = date(2026, 5, 15)


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def made(store, *pairs):
    return make_of_lost(OFFICE, store, "2026-04", pairs, DUE, language="zh_CN", now=NOW)


def test_lost_points_become_tasks_with_why_and_what_to_do(office):
    month = read_months(OFFICE, office, "2026-04", "2026-04")[0]
    found = lost_points(month, ())
    assert list(zip(found["community"], found["criterion"], strict=True))[:1] == [("b", "A-1")]
    made(office, ("c", "A-1"), ("b", "A-1"))
    one = read_tasks(OFFICE, office, now=LATER).rows
    assert {(row.task.new.problem, row.task.new.remedy) for row in one if row.name == "和平社区"} == {
        ("要求 4，现有 2 条，还差 2。", "补讲后重新报送。")
    }
    again = lost_points(month, one)
    assert dict(zip(again["community"] + again["criterion"], again["task"], strict=True))["cA-1"] in {1, 2}


def test_every_lost_point_of_the_screens_is_in_the_list(office):
    month = read_months(OFFICE, office, "2026-04", "2026-04")[0]
    assert lost_points(month, ())["lost"].sum() == pytest.approx(float(month.standing.lost.sum()))
    street = lost_points(month, (), "s1")["lost"].sum() + lost_points(month, (), "s2")["lost"].sum()
    assert street == pytest.approx(float(month.standing.lost.sum()))
    assert set(lost_points(month, (), line="urban")["criterion"]) == {"B-1"}


def test_an_order_holds_what_the_task_holds(office):
    made(office, ("c", "A-1"))
    decide(OFFICE, office, Decision("claim", (1,), "已补讲"), now=LATER)
    name, content = orders(OFFICE, office, [1], now=LATER)
    said = texts_of(content)
    assert name == "交办单000001.docx"
    wanted = {
        "000001",
        "河东街道和平社区",
        "A-1 每月四讲",
        "要求 4，现有 2 条，还差 2。",
        "补讲后重新报送。",
        "2026-05-15",
    }
    assert wanted <= set(said)
    assert "已补讲" in said
    assert "主责：culture；配合：urban" in said


def test_photos_stand_in_the_order_but_for_hidden_ones(office):
    made(office, ("c", "A-1"))
    for number, colour in enumerate(("red", "green", "blue")):
        content = BytesIO()
        Image.new("RGB", (40 + number, 30), colour).save(content, "JPEG")
        add_photos(OFFICE, office, 1, "after", [NamedFile("a.jpg", content.getvalue())], now=LATER)
    hide(OFFICE, office, 2, "有人脸", now=LATER)
    paper = docx.Document(BytesIO(orders(OFFICE, office, [1], now=LATER)[1]))
    assert len(paper.inline_shapes) == 2


def test_several_orders_begin_on_pages_of_their_own(office):
    made(office, ("c", "A-1"), ("b", "A-1"))
    paper = docx.Document(BytesIO(orders(OFFICE, office, [1, 2], now=LATER)[1]))
    assert [place.text for place in paper.paragraphs].count("整改任务交办单") == 2
    assert sum(place.paragraph_format.page_break_before is True for place in paper.paragraphs) == 1


def test_a_notice_lists_what_is_to_be_put_right_and_nothing_settled(office):
    made(office, ("c", "A-1"), ("c", "B-1"), ("b", "A-1"))
    numbers = {
        row.task.new.criterion: row.task.id
        for row in read_tasks(OFFICE, office, now=LATER).rows
        if row.name == "和平社区"
    }
    decide(OFFICE, office, Decision("close", (numbers["A-1"],)), now=LATER)
    said = texts_of(rectification_notice(OFFICE, office, list(numbers.values()), now=LATER)[1])
    assert any("有1项问题需要整改" in text for text in said)
    assert f"{numbers['B-1']:06d}" in said
    assert f"{numbers['A-1']:06d}" not in said


def test_whoever_does_not_see_a_task_gets_no_order_of_it(office):
    made(office, ("c", "A-1"))
    for who in (Grant("a", (Post("clerk", "a"),)), Grant("b", (Post("street", "s1"),))):
        with pytest.raises(LookupError):
            orders(who, office, [1], now=LATER)
    with pytest.raises(Refused):
        orders(Grant("c"), office, [1], now=LATER)


@pytest.mark.parametrize("numbers", [[], list(range(1, MOST + 2))])
def test_none_and_too_many_are_refused(office, numbers):
    with pytest.raises(ValueError, match="tasks go into one file"):
        orders(OFFICE, office, numbers, now=LATER)


def test_a_task_without_a_criterion_has_an_order_too(office):
    new = NewTask("c", "2026-04", "", "杂物", "楼道堆物", "清理", "", (), DUE, {}, "note/市民监督员")
    make(OFFICE, office, [new], now=NOW)
    assert "2026-04 随手记（市民监督员）" in texts_of(orders(OFFICE, office, [1], now=LATER)[1])

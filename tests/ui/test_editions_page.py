"""A new edition goes its whole way on the page: fetched, changed, handed in, compared, tried, put in force."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from beicha.actions import editions
from beicha.actions.edition_drafts import workbook_of_edition
from beicha.actions.grants import OFFICE, Post
from beicha.actions.opening import the_store
from beicha.actions.views.reading import edition_in_force, read_months
from tests.ui.district import NOW, edition


def said(at: Any) -> str:
    shown = [*at.title, *at.subheader, *at.caption, *at.markdown, *at.success, *at.error, *at.info]
    return " ".join(element.value for element in shown).replace("\\", "").replace("\u2060", "")


def changed(**cells: Any) -> bytes:
    """The workbook of the edition in force, with these cells of the sheet 测评标准 changed."""
    book = load_workbook(BytesIO(workbook_of_edition(OFFICE, the_store(), edition().digest)[1]))
    book["基本信息"]["B4"].value = "2027 年版"
    for place, value in cells.items():
        book["测评标准"][place].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(at: Any, content: bytes) -> Any:
    at.file_uploader(key="draft_file").upload("新版.xlsx", content).run()
    assert not at.exception, at.exception
    return at


def table(at: Any, column: str) -> Any:
    return next(element.value for element in at.dataframe if column in element.value.columns)


def press(at: Any, label: str) -> Any:
    next(button for button in [*at.button, *at.form_submit_button] if button.label == label).click().run()
    assert not at.exception, at.exception
    return at


@pytest.mark.usefixtures("office")
def test_the_page_begins_with_the_edition_in_force(open_page: Any) -> None:
    at = open_page("editions")
    assert at.title[0].value == "测评体系改版"
    assert "在下面收入之前，不会入库。" in said(at)
    assert at.selectbox(key="draft_base").value.startswith("样例测评体系 2026 年版")


@pytest.mark.usefixtures("office")
def test_faults_are_told_with_sheet_row_and_column(open_page: Any) -> None:
    at = hand_in(open_page("editions"), changed(F2="六十", Q3="{kind: each"))
    assert "有 2 处要改，没有任何内容入库。" in said(at)
    found = table(at, "advice")
    places = zip(found["sheet"], found["column"], found["row"], strict=True)
    assert list(places) == [("测评标准", "F", 2), ("测评标准", "Q", 3)]
    assert (found["advice"] != "").all()
    assert not [button for button in at.form_submit_button if button.label == "启用"]


@pytest.mark.usefixtures("office")
def test_a_draft_goes_its_whole_way(open_page: Any) -> None:
    at = hand_in(open_page("editions"), changed(F2=20, P2=2))
    told = said(at)
    assert "A-1 每月四讲：60 → 20" in told
    assert "原：看“道德讲堂”（当月）：记录条数达到 4。不足按比例得分。" in told
    assert "现：看“道德讲堂”（当月）：记录条数达到 2。不足按比例得分。" in told
    effect = table(at, "difference")
    press(at, "启用")
    (month,) = read_months(OFFICE, the_store(), "2026-04", "2026-04")
    assert month.edition.version == "2027 年版"
    after = dict(zip(month.standing.communities["name"], month.standing.communities["score"], strict=True))
    assert dict(zip(effect["name"], effect["after"], strict=True)) == pytest.approx(after, abs=0, nan_ok=True)
    assert edition_in_force(OFFICE, the_store(), "2026-03").digest == edition().digest
    assert "没有改动。" in said(at)


@pytest.mark.usefixtures("office")
def test_a_draft_is_taken_in_and_chosen_later(open_page: Any) -> None:
    at = press(hand_in(open_page("editions"), changed(F2=20)), "收入（暂不启用）")
    assert edition_in_force(OFFICE, the_store(), "2026-04").digest == edition().digest
    assert [item.in_force_from for item in editions.listed(OFFICE, the_store()) if item.version == "2027 年版"] == [()]
    at = open_page("editions")
    at.segmented_control(key="draft_way").select("waiting").run()
    assert not at.exception, at.exception
    assert "A-1 每月四讲：60 → 20" in said(at)
    press(at, "启用")
    assert edition_in_force(OFFICE, the_store(), "2026-04").version == "2027 年版"


@pytest.mark.usefixtures("office")
def test_a_month_that_is_none_is_told(open_page: Any) -> None:
    at = hand_in(open_page("editions"), changed(F2=20))
    at.text_input(key="draft_month_2026-04").set_value("四月")
    assert "月份请写成 2026-01 的样子。" in said(press(at, "启用"))


@pytest.mark.usefixtures("office")
def test_other_content_under_the_same_version_is_told(open_page: Any) -> None:
    book = load_workbook(BytesIO(changed(F2=20)))
    book["基本信息"]["B4"].value = "2026 年版"
    out = BytesIO()
    book.save(out)
    at = hand_in(open_page("editions"), out.getvalue())
    assert "请换一个版本" in table(at, "advice")["what"].iloc[0]


@pytest.mark.usefixtures("office")
def test_the_trend_breaks_where_the_new_edition_begins(open_page: Any) -> None:
    press(hand_in(open_page("editions"), changed(F2=20)), "启用")
    months = read_months(OFFICE, the_store())
    assert len({month.edition.digest for month in months}) == 2
    assert not open_page("overview").exception


@pytest.mark.usefixtures("office")
def test_a_part_of_the_office_is_told_that_it_may_not(open_page: Any) -> None:
    at = open_page("editions", (Post("office", "s1"),))
    assert "只由区文明办改版" in said(at)
    assert len(at.file_uploader) == 0


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_the_checklist_offers_its_workbook(open_page: Any, lang: str) -> None:
    at = open_page("checklist", lang=lang)
    links = [str(element.proto.url) for element in at.get("link_button")]
    assert any(f"/download/edition.xlsx?digest={edition().digest}" in link for link in links)


@pytest.mark.usefixtures("empty_office")
def test_an_office_without_any_edition_is_led_to_the_set_up(open_page: Any) -> None:
    assert "还没有测评体系" in said(open_page("editions"))


@pytest.mark.usefixtures("empty_office")
def test_without_a_month_there_is_nothing_to_try_it_on(open_page: Any) -> None:
    editions.add_edition(OFFICE, the_store(), edition(), NOW)
    at = hand_in(open_page("editions"), changed(F2=20))
    assert "没有执行中的版本可以比较。" in said(at)
    assert "没有已有得分的月份可以试算。" in said(at)
    at.text_input(key="draft_month_").set_value("2026-01")
    press(at, "启用")
    assert edition_in_force(OFFICE, the_store(), "2026-01").version == "2027 年版"

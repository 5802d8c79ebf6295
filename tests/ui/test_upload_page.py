"""Nothing is stored before it was seen and confirmed; a job reads the files."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.actions.submissions import history
from beicha.jobs.worker import Worker
from beicha.papers.template import community_template
from beicha.store.submissions import Key
from scoring.facts import Area
from scoring.periods import month_number
from tests.ui.district import edition

pytestmark = pytest.mark.usefixtures("office")


def workbook(days: list[str]) -> bytes:
    """The template of 和平社区 for April, filled with lectures on these days."""
    content = community_template(edition(), Area("c", "和平社区", "community"), month_number("2026-04"))
    book = load_workbook(BytesIO(content))
    page = book["道德讲堂"]
    heading = next(row[0].row for row in page.iter_rows(max_row=10) if row[0].value == "日期")
    for number, day in enumerate(days, start=heading + 1):
        page.cell(number, 1).value, page.cell(number, 2).value = day, f"第 {number - heading} 讲"
    filled = BytesIO()
    book.save(filled)
    return filled.getvalue()


def texts(at: Any) -> str:
    shown = [*at.title, *at.subheader, *at.caption, *at.markdown, *at.success, *at.info, *at.warning, *at.error]
    return " ".join(element.value for element in shown).replace("\\", "").replace("\u2060", "")


def read(at: Any, *files: tuple[str, bytes], kind: str = "preview") -> Any:
    """Hands files over, lets the job read them, and looks at the page again."""
    for name, content in files:
        at.file_uploader[0].upload(name, content)
    at.run()
    at.button(key=f"start-{kind}").click().run()
    Worker(the_store()).run_waiting()
    at.run()
    assert not at.exception, at.exception
    return at


def versions() -> int:
    return len(history(OFFICE, the_store(), Key("c", "2026-04")))


def test_a_preview_counts_what_changes_and_stores_nothing(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01", "2026-04-02", "2026-04-20"])))
    values = {metric.label: metric.value for metric in at.metric}
    assert (values["新增"], values["变化"], values["未变"], values["缺少"]) == ("1", "2", "0", "0")
    assert "和平社区 · 2026-04 · 社区填报" in texts(at)
    assert "将替换第 1 版" in texts(at)
    assert versions() == 1


def test_the_score_before_and_after_is_told(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01", "2026-04-02"])))
    (score,) = [metric for metric in at.metric if metric.label == "提交后得分"]
    assert score.delta.startswith("原 70.00")


def test_confirming_stores_and_gives_a_receipt(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at.button(key="confirm").click().run()
    assert "已入库，回执号" in texts(at)
    assert "和平社区 2026-04：第 2 版" in texts(at)
    assert versions() == 2


def test_an_error_is_told_with_its_place_and_blocks_the_file(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["不清楚"])))
    errors = at.dataframe[0].value
    assert list(errors["sheet"]) == ["道德讲堂"]
    assert errors["column"].iloc[0] == "A"
    assert errors["found"].iloc[0] == "不清楚"
    assert errors["advice"].iloc[0]
    assert at.button(key="confirm").disabled


def test_the_same_content_again_is_no_change(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at.button(key="confirm").click().run()
    at.button(key="more").click().run()
    read(at, ("四月又一份.xlsx", workbook(["2026-04-01"])))
    assert "无变化" in texts(at)
    assert at.button(key="confirm").disabled


def test_another_month_than_the_files_is_an_error(open_page: Any) -> None:
    at = open_page("upload")
    at.selectbox(key="upload_month").select(at.selectbox(key="upload_month").options[1]).run()
    read(at, ("四月.xlsx", workbook(["2026-04-01"])))
    assert at.button(key="confirm").disabled
    assert "个错误" in texts(at)


def test_many_files_tell_what_became_of_each(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    read(at, ("好.xlsx", workbook(["2026-04-01"])), ("坏.xlsx", b"no workbook"), kind="import")
    assert "共 2 个文件：入库 1，未入库 1" in texts(at)
    assert list(at.dataframe[0].value["state"]) == ["✔ 已入库", "✖ 未入库：有错误"]


def test_an_earlier_version_is_restored_as_a_new_one(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at.button(key="confirm").click().run()
    at = open_page("upload", way="历史与还原", history_month="2026-04", history_of="和平社区")
    assert "第 2 版" in texts(at)
    next(button for button in at.button if button.label == "还原").click().run()
    assert versions() == 3
    assert "由以前的版本还原" in texts(at)


def test_a_community_without_reports_says_so(open_page: Any) -> None:
    at = open_page("upload", way="历史与还原", history_month="2026-04", history_of="春风社区")
    assert "该社区本月还没有上报" in texts(at)

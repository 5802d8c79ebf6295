"""Nothing is stored before it was seen and confirmed; a job reads the files."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from beicha.actions import unpacking
from beicha.actions.grants import OFFICE
from beicha.actions.job_queue import Taker
from beicha.actions.opening import the_store
from beicha.actions.submissions import history
from beicha.jobs.worker import Worker
from beicha.papers.template import community_template
from beicha.store.submissions import Key
from scoring.facts import Area
from scoring.periods import month_number
from tests.intake.test_archive import zipped
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


def again(at: Any) -> Any:
    """The job reads the files once more, and the page is looked at again."""
    Worker(the_store()).run_waiting()
    at.run()
    assert not at.exception, at.exception
    return at


def field(at: Any, label: str) -> Any:
    return next(one for one in at.text_input if label in one.label.replace("\\", ""))


def press(at: Any, label: str) -> Any:
    return next(button for button in at.button if button.label.replace("\\", "") == label).click().run()


def put_right(at: Any, text: str) -> Any:
    field(at, "日期（A 列）").set_value(text)
    press(at, "保存更正并重新核对")
    return again(at)


def test_the_page_keeps_nothing_of_files_that_are_handed_over() -> None:
    at = AppTest.from_function(_hand_over)
    at.run()
    at.file_uploader[0].upload("甲.csv", b"1")
    at.file_uploader[0].upload("乙.csv", b"22")
    at.run()
    assert [text.value for text in at.text] == ["甲.csv 1, 乙.csv 22", "True True", ""]


def _hand_over() -> None:
    import streamlit as st

    from beicha.ui.upload import handing_over

    files = st.file_uploader("files", accept_multiple_files=True)
    handing_over.close(files)
    sent = handing_over.bytes_of(files)
    st.text(", ".join(f"{file.name} {file.content.decode()}" for file in sent))
    st.text(" ".join(str(file.closed) for file in files))
    handing_over.let_go(files)
    st.text(", ".join(file.name for file in handing_over.bytes_of(files)))


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
    (score,) = [metric for metric in at.metric if metric.label.startswith("得分")]
    assert score.label == "得分（原 70.00）"
    assert score.delta[0] in "+−"


def test_confirming_stores_and_gives_a_receipt(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at.button(key="confirm").click().run()
    assert "已入库，回执号" in texts(at)
    assert "和平社区 2026-04：第 2 版" in texts(at)
    assert versions() == 2


def test_an_error_is_told_with_its_place_and_blocks_the_file(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["某日"])))
    assert "道德讲堂 · 第 3 行 · A 列 日期" in texts(at)
    assert "“某日”不是日期" in texts(at)
    assert "日期请写成 2026-03-05" in texts(at)
    assert at.button(key="confirm").disabled


def test_a_failing_row_is_put_right_in_the_page_and_stored_without_touching_the_file(open_page: Any) -> None:
    at = put_right(read(open_page("upload"), ("四月.xlsx", workbook(["某日"]))), "2026年4月3日")
    assert "原为“某日”，更正为“2026年4月3日”" in texts(at)
    at.button(key="confirm").click().run()
    assert "已入库，回执号" in texts(at)
    at = open_page("upload", way="历史与还原", history_month="2026-04", history_of="和平社区")
    assert "原为“某日”，更正为“2026年4月3日”" in texts(at)


def test_what_was_put_right_is_seen_beside_its_row(open_page: Any) -> None:
    at = put_right(read(open_page("upload"), ("四月.xlsx", workbook(["某日"]))), "2026-04-03")
    at.button(key="confirm").click().run()
    at = open_page("community", community="和平社区", period="2026-04", criterion="A-1 每月四讲")
    tables = [frame.value for frame in at.dataframe if "页面更正" in frame.value]
    assert [list(table["页面更正"]) for table in tables] == [["日期原为“某日”"]]


def test_what_is_wrong_again_is_asked_again(open_page: Any) -> None:
    at = put_right(read(open_page("upload"), ("四月.xlsx", workbook(["某日"]))), "另日")
    assert field(at, "日期（A 列）").value == "另日"
    assert at.button(key="confirm").disabled


def test_nothing_typed_is_nothing_to_check_again(open_page: Any) -> None:
    at = press(read(open_page("upload"), ("四月.xlsx", workbook(["某日"]))), "保存更正并重新核对")
    assert "还没有改动" in texts(at)


def test_a_correction_is_taken_back(open_page: Any) -> None:
    at = put_right(read(open_page("upload"), ("四月.xlsx", workbook(["某日"]))), "2026-04-03")
    at = again(press(at, "撤回"))
    assert "“某日”不是日期" in texts(at)
    assert "更正为" not in texts(at)


def test_many_problems_of_a_kind_stand_behind_one_line(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["某日", "另日", "改日", "来日"])))
    labels = [expander.label.replace("\\", "") for expander in at.expander]
    assert "“…”不是日期。 × 4" in labels
    assert "道德讲堂 · 第 4 行" not in texts(at)


def test_a_grid_shows_the_failing_rows_alone(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01", "某日", "另日"])))
    next(group for group in at.button_group if "表格填" in group.options).set_value("表格填").run()
    frame = next(one.value for one in at.dataframe if "what" in one.value)
    assert (list(frame["row"]), list(frame["c0"])) == ([4, 5], ["某日", "另日"])


def test_the_month_is_settled_in_place_where_the_file_names_another(open_page: Any) -> None:
    at = open_page("upload")
    at.selectbox(key="upload_month").select(at.selectbox(key="upload_month").options[1]).run()
    read(at, ("四月.xlsx", workbook(["2026-04-01"])))
    asked = next(one for one in at.selectbox if one.key.startswith("matter-month"))
    assert asked.options[0] == "2026-04（封面）"
    asked.select_index(0)
    at = again(press(at, "按此确定，重新核对"))
    assert "和平社区 · 2026-04" in texts(at)
    assert not at.button(key="confirm").disabled


def test_an_unfinished_upload_is_found_again_and_can_be_discarded(open_page: Any) -> None:
    read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at = open_page("upload")
    assert "未完成的上报（1）" in texts(at)
    assert "和平社区 2026-04" in texts(at)
    press(at, "继续")
    assert "和平社区 · 2026-04 · 社区填报" in texts(at)
    press(at, "确定放弃")
    assert "未完成的上报" not in texts(at)


def test_a_receipt_is_found_again_by_its_address(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    at.button(key="confirm").click().run()
    number = at.query_params["preview"][0]
    assert "已入库，回执号" in texts(open_page("upload", preview=number))
    assert versions() == 2


def test_a_second_tab_that_confirms_shows_the_same_receipt(open_page: Any) -> None:
    first = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01"])))
    second = open_page("upload", preview=first.query_params["preview"][0])
    first.button(key="confirm").click().run()
    second.button(key="confirm").click().run()
    assert "已入库，回执号" in texts(second)
    assert versions() == 2


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
    assert "封面写的是 2026-04" in texts(at)


def test_many_files_tell_what_became_of_each(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    read(at, ("好.xlsx", workbook(["2026-04-01"])), ("坏.xlsx", b"no workbook"), kind="import")
    assert "共 2 个文件：入库 1，未入库 1" in texts(at)
    assert list(at.dataframe[0].value["state"]) == ["✔ 已入库", "✖ 未入库：有错误"]


def test_a_file_with_problems_can_be_had_with_them_marked(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    read(at, ("好.xlsx", workbook(["2026-04-01"])), ("坏.xlsx", workbook(["不清楚"])), ("烂.xlsx", b"x"), kind="import")
    links = list(at.dataframe[0].value["marked"])
    assert [isinstance(link, str) for link in links] == [False, True, False]
    assert links[1].startswith("/download/checked?job=")


def test_a_zip_is_taken_where_many_files_are(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    package = zipped([("城关/好.xlsx", workbook(["2026-04-01"])), ("~$好.xlsx", b""), ("坏.xlsx", b"no workbook")])
    read(at, ("四月.zip", package), kind="import")
    assert "共 3 个文件：入库 1，未入库 1" in texts(at)
    table = at.dataframe[0].value
    assert list(table["file"]) == ["四月.zip/城关/好.xlsx", "四月.zip/~$好.xlsx", "四月.zip/坏.xlsx"]
    assert list(table["state"]) == ["✔ 已入库", "· 未读取", "✖ 未入库：有错误"]
    assert list(table["communities"]) == ["和平社区", "", ""]
    assert table["problem"].iloc[1] == "未读取：压缩时表格正打开所留下的临时文件。"


def test_only_what_was_not_stored_is_shown_where_asked(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    read(at, ("好.xlsx", workbook(["2026-04-01"])), ("坏.xlsx", b"no workbook"), kind="import")
    at.checkbox(key="only-left").check().run()
    assert list(at.dataframe[0].value["file"]) == ["坏.xlsx"]


def test_the_results_survive_a_reload_and_are_found_among_earlier_imports(open_page: Any) -> None:
    at = read(open_page("upload", way="多个文件一起上报"), ("好.xlsx", workbook(["2026-04-01"])), kind="import")
    number = at.query_params["import"][0]
    again = open_page("upload", **{"way": "多个文件一起上报", "import": number})
    assert "共 1 个文件：入库 1" in texts(again)
    other = open_page("upload", way="多个文件一起上报")
    other.button(key=f"job-{number}").click().run()
    assert "共 1 个文件：入库 1" in texts(other)


def test_a_running_import_tells_the_file_at_hand_and_can_be_cancelled(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    at.file_uploader[0].upload("好.xlsx", workbook(["2026-04-01"])).run()
    at.button(key="start-import").click().run()
    number = int(at.query_params["import"][0])
    held = Taker(the_store(), "worker", lambda: datetime.now(UTC)).claim()
    assert held is not None
    held.step(0)
    at.run()
    assert "好.xlsx" in texts(at)
    at.button(key=f"cancel-{number}").click().run()
    assert at.button(key=f"cancel-{number}").disabled
    assert at.button(key=f"cancel-{number}").label == "处理完当前文件后停止……"


def test_a_cancelled_import_lists_what_it_left(open_page: Any) -> None:
    at = open_page("upload", way="多个文件一起上报")
    at.file_uploader[0].upload("好.xlsx", workbook(["2026-04-01"])).run()
    at.button(key="start-import").click().run()
    at.button(key=f"cancel-{at.query_params['import'][0]}").click().run()
    at.run()
    assert list(at.dataframe[0].value["state"]) == ["– 已取消，未处理"]
    assert "本次上报已取消" in texts(at)


def test_more_than_one_upload_takes_is_refused_before_it_is_sent(
    open_page: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unpacking, "MOST_FILES", 1)
    at = open_page("upload", way="多个文件一起上报")
    at.file_uploader[0].upload("好.xlsx", b"1")
    at.file_uploader[0].upload("再.xlsx", b"2").run()
    assert "共 2 个文件，一次最多上报 1 个" in texts(at)
    assert at.button(key="start-import").disabled


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


@pytest.mark.parametrize("number", ["2147483648", "9" * 5000, "²", "-1", "x"])
def test_an_address_with_an_impossible_number_opens_the_form(open_page: Any, number: str) -> None:
    assert open_page("upload", preview=number).file_uploader
    assert open_page("upload", way="多个文件一起上报", **{"import": number}).file_uploader


def test_a_row_can_be_left_out_in_the_page(open_page: Any) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(["2026-04-01", "某日"])))
    (box,) = [box for box in at.checkbox if "不报这一行" in box.label]
    box.check()
    at = again(press(at, "保存更正并重新核对"))
    assert at.button(key="confirm").disabled is False
    at.button(key="confirm").click().run()
    assert versions() == 2

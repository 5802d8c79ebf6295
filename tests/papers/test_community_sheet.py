"""The workbook of a community says what the page says, and none of its texts can become a formula."""

import math
from io import BytesIO
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from beicha.papers.community_sheet import CommunityPaper, community_sheet
from beicha.papers.sheets import Column, Sheet, workbook_of
from scoring.edition import Edition
from scoring.outcomes import Reason

EDITION = Edition.model_validate(
    {
        "name": "paper",
        "title": "样例",
        "version": "1",
        "lines": [{"code": "office", "title": "创建办"}],
        "ledgers": [
            {"code": "events", "title": "活动", "keeps": "state", "fields": [{"code": "name", "title": "名称"}]}
        ],
        "sections": [{"code": "A", "title": "甲"}],
        "criteria": [],
    }
)


def paper() -> Any:
    sections = pd.DataFrame(
        [["讲堂", 3.0, 5.0, 2.0, 60.0, 70.0, math.nan]],
        columns=["title", "earned", "full", "lost", "rate", "street_rate", "gate"],
    )
    finding = {
        "section": "讲堂", "title": "每月一讲", "state": "partial", "fraction": 0.6, "points": 5.0,
        "earned": 3.0, "lost": 2.0, "counts": True, "stake": 0.08, "line": "创建办", "remedy": "补讲",
        "reason": Reason("no_rows", {"ledgers": []}),
    }  # fmt: skip
    rows = pd.DataFrame(
        [["A-1", "每月一讲", "活动", "2026-03", "讲堂", 7, "✔ 计入", "名称：=1+1"]],
        columns=["code", "title", "ledger", "period", "sheet", "row", "mark", "content"],
    )
    facts = [("社区", '=HYPERLINK("http://x")'), ("得分", 87.305)]
    return CommunityPaper(
        "红旗社区 2026-03", ["版本 abc"], facts, sections, pd.DataFrame([finding], index=["A-1"]), rows, EDITION
    )


def book() -> Any:
    return load_workbook(BytesIO(community_sheet(paper(), "zh_CN")))


def test_each_block_of_the_page_has_its_sheet() -> None:
    assert book().sheetnames == ["红旗社区 2026-03", "测评项目", "逐条结果", "依据的记录"]


def test_numbers_are_numbers_and_a_missing_one_is_blank() -> None:
    page = book()["测评项目"]
    assert [cell.value for cell in page[5]] == ["讲堂", 3, 5, 2, 60, 70, None]
    assert page["B5"].number_format == "0.00"


def test_a_finding_carries_state_reason_and_remedy() -> None:
    page = book()["逐条结果"]
    values = [cell.value for cell in page[5]]
    assert values[0] == "A-1"
    assert values[3] == "▲ 部分达标"
    assert values[9:] == ["没有填报符合本标准的记录。", "补讲"]
    assert page["D5"].fill.fgColor.rgb.endswith("FBEBCB")


def test_every_sheet_is_stamped() -> None:
    assert {page["A2"].value for page in book()} == {"版本 abc"}


def test_no_text_from_a_file_becomes_a_formula() -> None:
    formulas = [cell.coordinate for page in book() for row in page for cell in row if cell.data_type == "f"]
    assert formulas == []
    assert book()["红旗社区 2026-03"]["B5"].value == '=HYPERLINK("http://x")'


def test_characters_that_excel_refuses_are_dropped_and_long_texts_cut() -> None:
    sheet = Sheet("表", [Column("甲")], [["a\x00b"], ["长" * 40_000]])
    page = load_workbook(BytesIO(workbook_of([sheet])))["表"]
    assert page["A4"].value == "ab"
    assert len(page["A5"].value) == 32_767

"""Nothing is dropped in silence: every filled row of every sheet is read or listed once, and no sheet is left out."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.workbooks import HALL, HALL_ROW, read, workbook

ADVERTS = ["设置位置", "载体形式", "数量"]
INSPECTION = ["社区", "督查日期", "测评标准", "点位", "等级"]

CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        [
            *(
                "合计",
                "小计",
                "填表人：某某",
                "注：无",
                "一、上半年",
                "桂花社区",
                "无名社区",
                "西街道",
                "附件2",
                "√",
                "A1",
                "展板",
            ),
            *(
                "2026年3月5日",
                "2026年2月",
                "社区：荷塘社区",
                "序号",
                "活动时间",
                "社区",
                " ",
                "例：某",
                "孝老爱亲",
                "C#",
                "N/A",
            ),
        ]
    ),
    st.integers(0, 300),
    st.floats(0, 1000, allow_nan=False, width=16),
    st.dates(date(2026, 1, 1), date(2026, 4, 1)),
)
LINES = st.one_of(
    st.lists(CELLS, max_size=8),
    st.lists(CELLS, min_size=1, max_size=1),
    st.sampled_from(
        [
            *(HALL, HALL_ROW, ADVERTS, ["门口", "展板", 2], ["社区", *HALL[1:]], ["桂花社区", *HALL_ROW[1:]]),
            *(
                [],
                ["道德讲堂活动"],
                ["荷塘社区公益广告"],
                [None, None, "合计", 3],
                ["社区", "日期"],
                ["荷塘", "2026-03-05"],
            ),
            *(INSPECTION, ["桂花", date(2026, 3, 5), "A1", "大门", "B"], ["测评标准代码", "理由"], ["A2", "无"]),
        ]
    ),
)
NAMES = st.lists(
    st.sampled_from(
        [
            *(
                "道德讲堂活动",
                "公益广告",
                "Sheet1",
                "桂花社区",
                "荷塘",
                "西街道",
                "1月",
                "2月",
                "督查走访",
                "不适用申报",
            ),
            *("封面2", "填表说明", "选项", "督查记录", "首页", "台账"),
        ]
    ),
    min_size=1,
    max_size=3,
    unique=True,
)


@st.composite
def books(draw):
    sheets = {name: draw(st.lists(LINES, max_size=10)) for name in draw(NAMES)}
    merged = {}
    for name in sheets:
        top = draw(st.integers(1, 9))
        merged[name] = draw(st.sampled_from([[], [f"A{top}:E{top}"], [f"A{top}:A{top + 2}"], [f"B{top}:C{top + 1}"]]))
    cover = draw(st.sampled_from([None, ("桂花社区", "2026年3月"), ("西街道", "2026年3月"), ("", "")]))
    return sheets, merged, cover


def is_filled(row):
    return any(cell is not None and str(cell).strip() for cell in row)


def shown_rows(rows, merged):
    """The rows as they stand in the file, where a merge has blanked the cells that it covers."""
    from openpyxl import Workbook

    sheet = Workbook().active
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            sheet.cell(at, column, value)
    for cells in merged:
        sheet.merge_cells(cells)
    return {at for at, row in enumerate(sheet.values, 1) if is_filled(row)}


@settings(max_examples=60, deadline=None)
@given(books(), st.sampled_from(["台账.xlsx", "荷塘社区2026年3月.xlsx", "2026年.xlsx"]), st.sampled_from([None, "C01"]))
def test_filled_rows_are_those_read_and_those_listed(book, name, community):
    sheets, merged, cover = book
    reading = read(workbook(sheets, merged=merged, cover=cover), name, community=community)
    if not reading.readable:
        assert not any(shown_rows(rows, merged[sheet]) for sheet, rows in sheets.items())
        assert reading.errors
        return
    assert {account.sheet for account in reading.sheets} == {*sheets, *(["封面"] if cover else [])}
    for sheet, rows in sheets.items():
        filled = shown_rows(rows, merged[sheet])
        accounts = [account for account in reading.sheets if account.sheet == sheet]
        listed = [row for account in accounts for row, _ in account.ignored]
        assert len(listed) == len(set(listed)), "a row is listed twice"
        count = sum(account.rows_read for account in accounts)
        filled_later = {row for row in listed if row not in filled}
        assert count + len(listed) - len(filled_later) == len(filled), (sheet, rows, accounts)


@settings(max_examples=40, deadline=None)
@given(books())
def test_no_row_of_a_report_is_listed_as_ignored(book):
    sheets, merged, cover = book
    reading = read(workbook(sheets, merged=merged, cover=cover), "2026年3月.xlsx")
    listed = {(account.sheet, row) for account in reading.sheets for row, _ in account.ignored}
    kept = [
        (sheet, row)
        for report in reading.reports
        for rows in report.ledgers.values()
        for sheet, row in zip(rows.sheet, rows.row, strict=True)
    ]
    assert len(kept) == len(set(kept)), "a row counts twice"
    assert not listed & set(kept)

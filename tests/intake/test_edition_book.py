"""An edition in a workbook: written, changed as in Excel, and read back, with every fault at its cell."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from beicha.actions.edition_files import CHECKLISTS, edition_in
from beicha.actions.edition_reading import draft_problem_table, read_workbook
from beicha.intake import edition_book as reader
from beicha.intake.opening import open_book
from beicha.papers.edition_book import edition_book
from beicha.store.files import NamedFile
from beicha.words import edition_book as words
from beicha.words.flow import read_flow, write_flow
from scoring.checklist_files import edition_of
from scoring.edition import Edition
from scoring.faults import Fault
from tests.checklists.test_edition_format import COMPLETE
from tests.intake.workbooks import edition
from tests.scoring.strategies import cases

SHIPPED = sorted(CHECKLISTS.glob("*.yaml"))


def content_of(book: bytes):
    """What a workbook holds, read in this process."""
    original, reader.read_book = reader.read_book, open_book
    try:
        found = reader.read_edition_book(book)
    finally:
        reader.read_book = original
    assert isinstance(found, reader.EditionContent), found
    return found


def back(made: Edition, through=lambda content: content) -> Edition:
    """The edition after it was written and read; what was found wrong fails the test."""
    found = content_of(through(edition_book(made)))
    assert found.faults == []
    read, faults = edition_of(found.content)
    assert faults == []
    assert read is not None
    return read


def resaved(content: bytes) -> bytes:
    """The workbook as another program writes it anew."""
    out = BytesIO()
    load_workbook(BytesIO(content)).save(out)
    return out.getvalue()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
@pytest.mark.parametrize("through", [bytes, resaved], ids=["as written", "saved anew"])
def test_a_shipped_edition_comes_back_as_it_was(path: Path, through) -> None:
    made = edition_in(path)
    found = back(made, through)
    assert found == made
    assert found.digest == made.digest


@given(cases(communities=2, criteria=6, rows=2))
@settings(max_examples=40, deadline=None)
def test_any_edition_comes_back_as_it_was(case) -> None:
    assert back(case.edition).digest == case.edition.digest


NEARLY_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    [
        "=1+1",
        "@x",
        "-1",
        " a ",
        '"',
        '"a"',
        "_x0041_",
        "001",
        "2026",
        "true",
        "a\nb",
        "a\r\nb",
        "[a, b]",
        "{a: 1}",
        "、",
    ]
)


@given(NEARLY_ANY, NEARLY_ANY, st.floats(min_value=0, exclude_min=True, allow_infinity=False), NEARLY_ANY)
@settings(max_examples=60, deadline=None)
def test_points_and_texts_come_back_to_the_letter(title, standard, points, alias) -> None:
    content = edition().model_dump(by_alias=True)
    content["criteria"] = list(content["criteria"])
    content["criteria"][0] |= {"title": title, "standard": standard, "points": points, "remedy": alias, "method": alias}
    content["ledgers"][0]["aliases"] = (alias, title)
    content["criteria"][0]["examples"] = ({"title": title, "rows": ({"topic": alias, "people": 3.0},), "state": "met"},)
    content["description"] = title
    made = Edition.model_validate(content)
    assert back(made).digest == made.digest


VALUES = st.lists(
    NEARLY_ANY
    | st.integers(-(10**20), 10**20)
    | st.floats(min_value=-1e299, max_value=1e299)
    | st.booleans()
    | st.dates()
)


@given(NEARLY_ANY, VALUES)
def test_a_nested_value_comes_back_from_its_line(key, values) -> None:
    assert read_flow(write_flow({key: values})) == {key: values}
    found = read_flow(write_flow(values))
    assert [type(value) for value in found] == [type(value) for value in values]


@pytest.mark.parametrize(
    "text",
    [
        "{a: 1",
        "{a: 1, a: 2}",
        "[&a [1, 1], *a, *a]",
        "!!python/object/apply:os.system [ls]",
        "[" * 40 + "]" * 40,
        "[2026-13-45]",
        "[2026-01-01 10:00:00]",
        "{true: 1}",
        "{[a]: 1}",
        "a: [1",
        "9" * 6000,
        "9" * 400,
        "[.inf]",
        "[.nan]",
        "x" * 20_000,
        "\x00",
    ],
)
def test_a_line_that_is_no_value_is_a_fault(text) -> None:
    with pytest.raises(Fault):
        read_flow(text)


def test_texts_are_written_as_texts() -> None:
    content = edition().model_dump(by_alias=True)
    content["criteria"][0]["title"] = "=HYPERLINK(1)"
    page = load_workbook(BytesIO(edition_book(Edition.model_validate(content))))["测评标准"]
    assert (page["D2"].value, page["D2"].data_type) == ("=HYPERLINK(1)", "s")


# Changed -------------------------------------------------------------------------------------------------------------


@cache
def shipped() -> bytes:
    """The workbook of the shipped edition."""
    return edition_book(edition_in(CHECKLISTS / "community-archive.yaml"))


class Changed:
    """The workbook of the shipped edition, to be changed cell by cell."""

    def __init__(self) -> None:
        self.book: Workbook = load_workbook(BytesIO(shipped()))

    def cell(self, sheet: str, code: str, heading: str):
        page = self.book[sheet]
        column = next(cell.column for cell in page[1] if cell.value == heading)
        row = next(cells[0].row for cells in page.iter_rows(min_row=2) if cells[0].value == code)
        return page.cell(row, column)

    def basics(self, label: str, value) -> None:
        page = self.book["基本信息"]
        next(cells[1] for cells in page.iter_rows(min_row=2) if cells[0].value == label).value = value

    def read(self):
        out = BytesIO()
        self.book.save(out)
        return read_workbook(NamedFile("新版.xlsx", out.getvalue()))


def test_a_changed_workbook_is_read_with_its_changes() -> None:
    changed, before = Changed(), edition_in(CHECKLISTS / "community-archive.yaml")
    changed.basics("版本", 2027)
    changed.basics("及格线", 90)
    changed.cell("测评标准", "JT-4", "分值").value = "2.5"
    changed.cell("测评标准", "JT-4", "目标值").value = 5
    changed.cell("测评标准", "JT-4", "时段").value = "本年"
    changed.cell("测评标准", "JT-3", "计分规则").value = "{kind: frequency, every: quarter}"
    changed.cell("测评标准", "JT-3", "考核月份").value = "3、6月，9"
    page = changed.book["测评标准"]
    added = [cell.value for cell in page[changed.cell("测评标准", "JT-4", "编码").row]]
    page.append(["JT-90", *added[1:]])
    page.delete_rows(changed.cell("测评标准", "JT-5", "编码").row)
    examples = changed.book["样例"]
    for row in range(examples.max_row, 1, -1):
        if examples.cell(row, 1).value in ("JT-3", "JT-4", "JT-5"):
            examples.delete_rows(row)
    after, problems = changed.read()
    assert problems == ()
    assert (after.version, after.pass_mark) == ("2027", 90)
    fourth, third = after.criterion("JT-4"), after.criterion("JT-3")
    assert (fourth.points, fourth.rule.target, fourth.rule.of, fourth.window) == (2.5, 5, "distinct lecturer", "year")
    assert (third.rule.every, third.rule.times, third.due) == ("quarter", 1, (3, 6, 9))
    codes = {criterion.code for criterion in after.criteria}
    assert codes - {criterion.code for criterion in before.criteria} == {"JT-90"}
    assert {criterion.code for criterion in before.criteria} - codes == {"JT-5"}
    untouched = [c for c in after.criteria if c.code not in ("JT-3", "JT-4", "JT-90")]
    assert untouched == [c for c in before.criteria if c.code not in ("JT-3", "JT-4", "JT-5")]


def told(problems) -> set[tuple[str, str, str]]:
    """Sheet, column and row, and the English sentence of each."""
    table = draft_problem_table(problems, "en")
    rows = zip(table["sheet"], table["column"], table["row"].astype("string").fillna(""), table["what"], strict=True)
    assert (table["advice"] != "").all()
    return {(sheet, f"{column}{row}", what) for sheet, column, row, what in rows}


def test_every_fault_is_told_at_its_cell_all_at_once() -> None:
    changed = Changed()
    changed.cell("测评标准", "JT-1", "分值").value = "两分"
    changed.cell("测评标准", "JT-2", "计分规则").value = "{kind: counting}"
    changed.cell("测评标准", "JT-3", "计分规则").value = "{kind: frequency, every: month, times: 1}"
    changed.cell("测评标准", "JT-4", "时段").value = "上月"
    changed.cell("测评标准", "JT-5", "条件").value = "[{field: x}"
    changed.cell("测评标准", "JT-6", "名称").value = None
    changed.cell("台账字段", "lectures", "类型").value = "照片"
    changed.book["样例"]["A2"].value = "XX-1"
    changed.cell("测评标准", "JT-7", "目标值").value = "inf"
    changed.basics("未督查", "看情况")
    _, problems = changed.read()
    found = {(sheet, place): what for sheet, place, what in told(problems)}
    assert found[("测评标准", "F2")] == "this must be a number"
    assert found[("测评标准", "Q3")].startswith("there is no rule kind counting here")
    assert found[("测评标准", "P4")] == "times stands in the rule as well; leave one of the two"
    assert found[("测评标准", "L5")] == "this is no window"
    assert found[("测评标准", "K6")].startswith("brackets, commas or colons do not add up")
    assert found[("测评标准", "D7")] == "this key is needed"
    assert found[("台账字段", "D2")].startswith("this must be one of 文本")
    assert found[("样例", "A2")] == "there is no row with the code XX-1 in the sheet 测评标准"
    assert found[("基本信息", "B10")] == "this must be one of 不计入、按零分"
    assert [problem.place.sheet for problem in problems][:2] == ["基本信息", "台账字段"]


def test_names_that_lead_nowhere_are_told_at_their_cells() -> None:
    changed = Changed()
    changed.cell("测评标准", "JT-1", "主责条线").value = "nobody"
    changed.cell("测评标准", "JT-4", "计分规则").value = "{kind: count, of: distinct speaker}"
    changed.book["条线"].append(["publicity", "宣传办"])
    _, problems = changed.read()
    found = {(sheet, place): what for sheet, place, what in told(problems)}
    assert found[("测评标准", "H2")] == "there is no line nobody"
    assert found[("测评标准", "Q5")] == "ledger lectures has no field speaker"
    last = changed.book["条线"].max_row
    assert found[("条线", f"A{last}")] == "code publicity stands twice"


def test_an_example_that_does_not_hold_is_told_at_its_row() -> None:
    changed = Changed()
    changed.cell("测评标准", "JT-4", "目标值").value = 2
    after, problems = changed.read()
    assert after is None
    assert {problem.place.sheet for problem in problems} == {"样例"}
    rows = {changed.book["样例"].cell(problem.place.row, 1).value for problem in problems}
    assert rows == {"JT-4"}


@pytest.mark.parametrize(
    ("spoil", "sheet", "what"),
    [
        (lambda book: book.remove(book["一票否决"]), "一票否决", "this sheet is missing"),
        (lambda book: book["条线"].delete_cols(2), "条线", "this column is missing"),
        (lambda book: book["条线"].delete_rows(1), "条线", "the row of headings is missing, which begins with 编码"),
        (lambda book: book["条线"].insert_cols(1), "条线", ""),
        (lambda book: book["条线"].cell(1, 3, "备注").parent.cell(2, 3, "x"), "条线", "this column is not known"),
        (lambda book: book["条线"].cell(1, 3, "名称"), "条线", "this heading stands twice"),
        (lambda book: book["基本信息"].delete_rows(2), "基本信息", "the row 标识 is missing"),
        (lambda book: book["基本信息"].append(["标识", "b"]), "基本信息", "the row 标识 stands twice"),
        (lambda book: book["基本信息"].append(["颜色", "b"]), "基本信息", "this row is not known"),
        (lambda book: book["更名"].append(["字段", "", "a", "b"]), "更名", "the renamed field of a ledger"),
        (lambda book: book["更名"].append(["台账", "", "a", ""]), "更名", "this cell is needed"),
        (lambda book: book["更名"].append(["别的", "", "a", "b"]), "更名", "this must be one of"),
        (lambda book: book["测评标准"].cell(2, 6, "=1+1"), "测评标准", "the value of this formula is not in the file"),
    ],
)
def test_a_workbook_with_another_shape_is_a_fault(spoil, sheet, what) -> None:
    changed = Changed()
    spoil(changed.book)
    after, problems = changed.read()
    if what:
        assert after is None
        assert any(problem.place.sheet == sheet and problem.sentence("en").startswith(what) for problem in problems)
    else:
        assert problems == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"a,b\n1,2\n"])
def test_what_is_no_workbook_of_an_edition_is_refused_in_words(content) -> None:
    edition, problems = read_workbook(NamedFile("x.xlsx", content))
    assert edition is None
    table = draft_problem_table(problems, "zh_CN")
    assert len(table) >= 1
    assert (table["what"] != "").all()


def test_rows_of_another_kind_in_an_example_are_a_fault_and_no_crash() -> None:
    changed = Changed()
    for text in ("[{people: [1, {a: 2}]}]", "[{date: 5}]", "[{date: 2026-01-01, people: abc}]", "[{sign_in: {}}]"):
        changed.book["样例"].append(["JT-3", "怪", None, text, None, None, None, None, "达标"])
    after, problems = changed.read()
    assert after is None
    assert problems


def test_the_words_of_the_workbook_name_each_code_once() -> None:
    for table in words.TABLES:
        for column in table.columns:
            assert len(set(column.words.values())) == len(column.words)
        headings = [column.heading for column in table.columns]
        assert len(set(headings)) == len(headings)
    assert words.read_window(words.write_window("rolling 12")) == "rolling 12"
    assert words.read_window(words.write_window("since 2024-01-01")) == "since 2024-01-01"


def test_a_day_in_a_text_column_is_read_as_it_is_shown() -> None:
    changed = Changed()
    changed.basics("版本", date(2027, 1, 1))
    after, problems = changed.read()
    assert problems == ()
    assert after.version == "2027-01-01"


def test_the_sample_of_the_format_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_text(COMPLETE, "utf-8")
    made = edition_in(path)
    (tmp_path / "small.xlsx").write_bytes(edition_book(made))
    assert edition_in(tmp_path / "small.xlsx") == made


@cache
def small() -> bytes:
    """The workbook of a small shipped edition."""
    return edition_book(edition_in(CHECKLISTS / "street-monthly.yaml"))


FLOWS = st.sampled_from(
    ["[]", "{}", "[[]]", "{kind: count}", "{kind: [1]}", "{kind: parts, parts: 3}", "[{field: place}]", "[1, 2, 3]",
     "{ledger: {a: 1}}", "{by: place}", "[{place: {a: [1]}}]", "{ledgers: 1}", "null", "{1: 2}", "本年", "是"]
)  # fmt: skip


@given(
    st.lists(
        st.tuples(
            st.sampled_from([words.BASICS, words.RENAMES, *(table.sheet for table in words.TABLES)]),
            st.integers(1, 6),
            st.integers(1, 23),
            NEARLY_ANY | FLOWS | st.integers(-5, 5) | st.floats(allow_nan=False) | st.booleans() | st.datetimes(),
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_in_comes_back_as_an_edition_or_as_problems(typed) -> None:
    book = load_workbook(BytesIO(small()))
    for sheet, row, column, value in typed:
        cell = book[sheet].cell(row, column)
        cell.value = None
        try:
            cell.value = value
        except (ValueError, IllegalCharacterError):
            continue  # what no cell can hold
        if isinstance(value, str):
            cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    original, reader.read_book = reader.read_book, open_book
    try:
        made, problems = read_workbook(NamedFile("x.xlsx", out.getvalue()))
    finally:
        reader.read_book = original
    assert (made is None) == bool(problems)
    assert (draft_problem_table(problems, "zh_CN")["what"] != "").all()

"""What clerks do to a table: its headings, its columns, and the rows that are no items."""

from dataclasses import replace
from random import Random

from beicha.intake.synonyms import groups, heading_key
from scoring.ledgers import NUMBERS, Ledger, LedgerField
from tests.mess.draft import COMMUNITY, ORDINAL, Cell, Column, Draft, Line, Table
from tests.mess.facts import COMMUNITIES
from tests.mess.habits import COLUMNS, HEADINGS, LINES, habit, of_communities, of_the_office

# ---------------------------------------------------------------------------------------------------------------------
# Headings
# ---------------------------------------------------------------------------------------------------------------------


@habit(21, HEADINGS)
def headings_by_their_aliases(draft: Draft, rng: Random) -> None:
    """habit 21: the office's other names for a column, as the edition lists them."""
    for table in draft.tables:
        for column in table.columns:
            if column.field and column.field.aliases and rng.random() < 0.6:
                column.heading[-1] = rng.choice(column.field.aliases)


@habit(21, HEADINGS)
def headings_by_general_synonyms(draft: Draft, rng: Random) -> None:
    """habit 21: names of columns that offices use everywhere, where only one column can be meant."""
    for table in draft.tables:
        for column in table.columns:
            words = column.field and _synonyms(table.ledger, column.field)
            if words and rng.random() < 0.4:
                column.heading[-1] = rng.choice(words)


def _synonyms(ledger: Ledger, field: LedgerField) -> list[str]:
    others = {word for other in ledger.fields if other is not field for word in _words(other)}
    return sorted(_words(field) - others)


def _words(field: LedgerField) -> set[str]:
    own = {heading_key(text) for text in (field.title, *field.aliases)}
    found = set(own)
    for group in groups():
        if (field.code in group.codes or own & group.words) and (not group.types or field.type in group.types):
            found |= group.words
    return found


@habit(2, HEADINGS)
def headings_upright(draft: Draft, rng: Random) -> None:
    """habit 2: vertical text, one character a line."""
    _write_headings(draft, rng, "\n".join)


@habit(22, HEADINGS)
def headings_spaced_out(draft: Draft, rng: Random) -> None:
    """habit 22: spaces and line breaks inside of a heading, a colon, star or number about it."""
    forms = ("{} ", "\u3000{}", "{}：", "*{}", "★{}", "{}\u200b", "\n{}", "{}:", "{}*")
    for table in draft.tables:
        for at, column in enumerate(table.columns, 1):
            text, cut = column.heading[-1], rng.randint(0, len(column.heading[-1]))
            spaced = (" ".join(text), "　".join(text), f"{text[:cut]}\n{text[cut:]}", f"{at}.{text}", f"{at}、{text}")
            column.heading[-1] = rng.choice((*spaced, rng.choice(forms).format(text)))


@habit(22, HEADINGS)
def headings_with_brackets(draft: Draft, rng: Random) -> None:
    """habit 22: a unit or a hint in brackets of any width behind a heading."""
    forms = (
        "{}（人）",
        "{}(必填)",
        "{}\n（单位：个）",
        "{}【选填】",
        "{} （有/无）",
        "{}（年月日）",
        "{}[说明]",
        "{}﹙个﹚",
    )
    _write_headings(draft, rng, lambda text: rng.choice(forms).format(text))


def _write_headings(draft: Draft, rng: Random, written) -> None:
    for table in draft.tables:
        for column in table.columns:
            if rng.random() < 0.7:
                column.heading[-1] = written(column.heading[-1])


@habit(17, HEADINGS, harmless=False)
def headings_in_other_words(draft: Draft, rng: Random) -> None:
    """habit 17: traditional characters, typos, and headings that nobody has used before."""
    forms = ("{}情况汇总", "本月{}", "{}及说明", "各{}", "{}1")
    for table in draft.tables:
        for column in rng.sample(table.columns, min(2, len(table.columns))):
            text = column.heading[-1]
            traditional = text.replace("动", "動").replace("点", "點").replace("类", "類").replace("时", "時")
            column.heading[-1] = traditional if traditional != text else rng.choice(forms).format(text)


@habit(2, HEADINGS)
def headings_below_parents(draft: Draft, rng: Random) -> None:
    """habit 2: headings of two levels, a merged parent above several columns."""
    _put_parents(draft, rng, ("基本情况", "活动情况", "佐证材料", "其他情况", "落\n实\n情\n况"))


@habit(2, HEADINGS)
def headings_of_three_levels(draft: Draft, rng: Random) -> None:
    """habit 2: headings of three levels."""
    _put_parents(draft, rng, ("基本情况", "实施情况"))
    for table in draft.tables:
        for column in table.columns:
            if len(column.heading) == 2:
                column.heading.insert(0, "社区填报内容")


@habit(2, HEADINGS)
def parents_that_are_not_merged(draft: Draft, rng: Random) -> None:
    """habit 2: a parent heading in its first column alone, the cells beside it left blank."""
    _put_parents(draft, rng, ("基本情况", "活动情况", "佐证材料"))
    for table in draft.tables:
        table.merges_headings = False


def _put_parents(draft: Draft, rng: Random, parents: tuple[str, ...]) -> None:
    for table in draft.tables:
        if any(len(column.heading) > 1 for column in table.columns) or len(table.columns) < 3:
            continue
        start = rng.randrange(len(table.columns) - 2)
        for column in table.columns[start : start + rng.randint(2, 4)]:
            column.heading.insert(0, parents[start % len(parents)])


# ---------------------------------------------------------------------------------------------------------------------
# Columns
# ---------------------------------------------------------------------------------------------------------------------


@habit(23, COLUMNS)
def columns_in_another_order(draft: Draft, rng: Random) -> None:
    """habit 23: columns in the order in which the clerk likes them."""
    for table in draft.tables:
        if all(len(column.heading) == 1 for column in table.columns):
            rng.shuffle(table.columns)


@habit(23, COLUMNS)
def columns_that_number_the_rows(draft: Draft, rng: Random) -> None:
    """habit 23: an ordinal column, 序号 or 编号, filled or half filled."""
    for table in draft.tables:
        _number_the_rows(table, rng)


def _number_the_rows(table: Table, rng: Random) -> None:
    if table.columns[0].key == ORDINAL:
        return
    table.columns.insert(0, Column(ORDINAL, [rng.choice(("序号", "序 号", "编号", "序", "No.", "项次"))]))
    signs = rng.choice((lambda at: at, str, lambda at: f"{at}.", lambda at: f"({at})", lambda at: f"{at:03}"))
    for at, line in enumerate(table.items, 1):
        if rng.random() < 0.9:
            line.cells[ORDINAL] = Cell(signs(at))


@habit(23, COLUMNS)
def columns_of_the_clerks_own(draft: Draft, rng: Random) -> None:
    """habit 23: further columns with entries that no ledger asks for."""
    for table in draft.tables:
        for name in rng.sample(("天气", "存档位置", "星期", "录入员", "是否上报市里", "社区书记签名"), 2):
            key = f"#{name}"
            table.columns.insert(rng.randint(0, len(table.columns)), Column(key, [name]))
            for line in table.items:
                if rng.random() < 0.8:
                    line.cells[key] = Cell(rng.choice(("晴", "是", 3, "档案柜2", "√")))
        _keep_parents_together(table)


@habit(23, COLUMNS)
def columns_without_a_heading(draft: Draft, rng: Random) -> None:
    """habit 23: a blank column between others, or notes beside the table without a heading."""
    for table in draft.tables:
        place = len(table.columns) if rng.random() < 0.5 else rng.randint(1, len(table.columns))
        table.columns.insert(place, Column("#none", [""]))
        for line in table.items:
            if rng.random() < 0.3:
                line.cells["#none"] = Cell("已核")
        _keep_parents_together(table)


def _keep_parents_together(table: Table) -> None:
    """A column that came between two of one parent is headed by it too."""
    for before, column, after in zip(table.columns, table.columns[1:], table.columns[2:], strict=False):
        if len(before.heading) > 1 and before.heading[:-1] == after.heading[:-1]:
            column.heading = [*before.heading[:-1], column.heading[-1]]


@habit(23, COLUMNS)
def columns_left_out(draft: Draft, rng: Random) -> None:
    """habit 23: optional columns deleted from the form."""
    for table in draft.tables:
        copied = {column.heading[-1] for column in table.columns if column.key == "#copy"}
        optional = [
            column
            for column in table.columns
            if column.field and not column.field.required and column.heading[-1] not in copied
        ]
        for column in rng.sample(optional, min(2, len(optional))):
            if len(column.heading) == 1:
                table.columns.remove(column)
                for line in table.items:
                    line.cells[column.key] = Cell(None)


@habit(23, COLUMNS, harmless=False)
def columns_left_out_that_are_needed(draft: Draft, rng: Random) -> None:
    """habit 23: a column deleted without which a row is nothing."""
    for table in draft.tables:
        required = [column for column in table.columns if column.field and column.field.required]
        if not any(column.key == "#copy" for column in table.columns):
            table.columns.remove(rng.choice(required))


@habit(23, COLUMNS, harmless=False)
def columns_that_stand_twice(draft: Draft, rng: Random) -> None:
    """habit 23: a column copied, so that two stand for one field."""
    for table in draft.tables:
        column = rng.choice([column for column in table.columns if column.field])
        table.columns.append(Column("#copy", [column.heading[-1]]))
        for line in table.items:
            line.cells["#copy"] = replace(line.cells[column.key])


@habit(14, COLUMNS, harmless=False, fits=of_the_office)
def grades_as_ticks_in_columns(draft: Draft, rng: Random) -> None:
    """habit 14: four columns A, B, C and C# below the heading 等级, with a tick in one of them."""
    for table in draft.tables:
        column = next((column for column in table.columns if column.key == "grade"), None)
        if column is None or column.field is None or len(column.heading) > 1:
            continue
        at = table.columns.index(column)
        scale = column.field.scale
        table.columns[at : at + 1] = [Column(f"#{grade}", [column.heading[0], grade]) for grade in scale]
        for line in table.items:
            want = line.cells["grade"].want
            line.cells["grade"] = Cell(None, want, doubtful=True)
            if want:
                line.cells[f"#{want}"] = Cell("√")


@habit(10, COLUMNS, fits=of_communities)
def columns_of_the_community(draft: Draft, rng: Random) -> None:
    """habit 10: a column that names the community in each row, spelled in other ways."""
    for table in draft.tables:
        if any(column.key == COMMUNITY for column in table.columns):
            continue
        heading = rng.choice(("社区", "社区名称", "所属社区", "村居", "社区（村）"))
        table.columns.insert(rng.choice((0, 1)), Column(COMMUNITY, [heading]))
        _keep_parents_together(table)
        for line in table.items:
            line.cells[COMMUNITY] = Cell(_spelled(line, rng))


@habit(10, COLUMNS, fits=of_the_office)
def communities_spelled_otherwise(draft: Draft, rng: Random) -> None:
    """habit 10: 社区, 社居委, 居委会 or nothing behind the name, 单位名称 or 受检单位 above it."""
    for table in draft.tables:
        for column in table.columns:
            if column.key == COMMUNITY:
                column.heading = [
                    rng.choice(("社区名称", "单位名称", "受检单位", "被检查单位", "受检社区", "所属社区"))
                ]
        for line in table.items:
            line.cells[COMMUNITY] = Cell(_spelled(line, rng))


def _spelled(line: Line, rng: Random) -> str:
    assert line.community is not None
    name = line.community.name
    bare = name.removesuffix("社区")
    forms = (
        name,
        bare,
        f"{bare}居委会",
        f"{bare}社居委",
        f"{name}居委会",
        f"{name}居民委员会",
        f" {name}\n",
        f"{bare} 社区",
    )
    return rng.choice(forms)


@habit(10, COLUMNS, harmless=False)
def communities_that_nobody_knows(draft: Draft, rng: Random) -> None:
    """habit 10: a community misspelled, abbreviated or of another district in the column of communities."""
    for table in draft.tables:
        if not any(column.key == COMMUNITY for column in table.columns):
            table.columns.insert(0, Column(COMMUNITY, ["社区"]))
        for line in table.items:
            if rng.random() < 0.4:
                line.cells[COMMUNITY] = Cell(rng.choice(("桂化社区", "东湖社区", "荷塘一社区", "云溪", "社区", "街道")))


# ---------------------------------------------------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------------------------------------------------


def _put_line(table: Table, rng: Random, line: Line) -> None:
    """Puts a line in anywhere, but not between rows of a merged cell."""
    places = [at for at in range(len(table.lines) + 1) if not _is_within_span(table, at)]
    table.lines.insert(rng.choice(places), line)


def _is_within_span(table: Table, at: int) -> bool:
    before = sum(line.is_item for line in table.lines[:at])
    return any(first < before <= last for _, first, last in table.spans)


def _sums(table: Table) -> dict[str, Cell]:
    cells = {}
    for column in table.fields(*NUMBERS):
        values = [line.cells[column.key].want or 0 for line in table.items]
        cells[column.key] = Cell(round(sum(values), 2))
    return cells


@habit(4, LINES)
def rows_of_totals(draft: Draft, rng: Random) -> None:
    """habit 4: 合计, 小计, 总分 or an average anywhere in the table."""
    words = (
        "合计",
        "小计",
        "总计",
        "合 计",
        "合计：",
        "本页合计",
        "平均",
        "全区均分",
        "总分",
        "共计",
        "（一）小计",
        "累计",
    )
    for table in draft.tables:
        for _ in range(rng.randint(1, 2)):
            sums = _sums(table)
            sums.pop(table.columns[0].key, None)
            _put_line(table, rng, Line(sums, is_item=False, first=rng.choice(words)))


@habit(4, LINES)
def rows_of_totals_worked_out_by_excel(draft: Draft, rng: Random) -> None:
    """habit 4: a total as a formula."""
    for table in draft.tables:
        cells = {key: Cell("=SUM(A1:A2)") for key in _sums(table) if key != table.columns[0].key}
        table.lines.append(Line(cells, is_item=False, first="合计"))


@habit(4, LINES)
def rows_of_totals_beside_a_blank(draft: Draft, rng: Random) -> None:
    """habit 4: 合计 in the second column, the first left blank or numbered on."""
    for table in draft.tables:
        if rng.random() < 0.5:
            _number_the_rows(table, rng)
        second = table.columns[1]
        sums = _sums(table)
        sums.pop(table.columns[0].key, None)
        cells = {**sums, second.key: Cell(rng.choice(("合计", "小计", "合  计")))}
        if table.columns[0].key == ORDINAL and rng.random() < 0.5:
            cells[ORDINAL] = Cell(len(table.items) + 1)
        table.lines.append(Line(cells, is_item=False))


@habit(4, LINES)
def rows_that_divide_the_table(draft: Draft, rng: Random) -> None:
    """habit 4: bands such as 一、室内活动 or the name of a street over the whole width."""
    for table in draft.tables:
        text = rng.choice(("一、室内活动", "（二）户外", "西街道辖区", "第三季度", "7月份", "东城街道（含两个社区）"))
        _put_line(table, rng, Line({}, is_item=False, first=text, is_wide=True))


@habit(13, LINES)
def rows_for_signatures(draft: Draft, rng: Random) -> None:
    """habit 13: 填表人, 审核人, (盖章), 注: and the day of filling in at the end."""
    alone = (
        *(
            "填表人：张三    审核人：李四",
            "制表：王五",
            "（盖章）",
            "注：公共场所包括公园、广场。",
            "填报时间：2026年7月31日",
        ),
        *(
            "单位负责人（签字）：",
            "说明：1.本表一式两份。2.附照片。",
            "备注：照片另附",
            "审核签字：        年  月  日",
        ),
        *("填表人（签字）：张三  联系电话：8800-1234", "社区（盖章）", "※本表由社区填写", "审核：李四 复核：王五"),
    )
    for table in draft.tables:
        if rng.random() < 0.4:
            table.lines.append(Line({}, is_item=False))
        table.lines.append(Line({}, is_item=False, first=rng.choice(alone), is_wide=rng.random() < 0.5))


@habit(13, LINES, harmless=False)
def days_of_signing(draft: Draft, rng: Random) -> None:
    """habit 13: below the last item, in the first column, nothing but the day on which the clerk signed."""
    for table in draft.tables:
        table.lines.append(
            Line({}, is_item=False, first=rng.choice(("2027年1月5日", "2027.1.5", "二〇二七年一月五日")))
        )


@habit(13, LINES)
def signatures_in_several_cells(draft: Draft, rng: Random) -> None:
    """habit 13: 填表人： | 张三 | 审核人： | 李四 in cells beside each other."""
    for table in draft.tables:
        texts = rng.choice(
            (
                ("填表人：", "张三", "审核人：", "李四"),
                ("制表人：张三", "审核人：李四"),
                ("负责人：", "", "填报日期：", "2026年7月31日"),
            )
        )
        keys = [column.key for column in table.columns]
        table.lines.append(
            Line({key: Cell(text) for key, text in zip(keys, texts, strict=False) if text}, is_item=False)
        )


@habit(24, LINES)
def headings_once_more(draft: Draft, rng: Random) -> None:
    """habit 24: the headings again after a page break, with or without the title above."""
    for table in draft.tables:
        if len(table.items) < 2 or any(len(column.heading) > 1 for column in table.columns):
            continue
        cells = {column.key: Cell(column.heading[0]) for column in table.columns if column.heading[0]}
        at = rng.choice(
            [at for at in range(1, len(table.lines)) if not _is_within_span(table, at)] or [len(table.lines)]
        )
        table.lines.insert(at, Line(cells, is_item=False))
        if rng.random() < 0.5:
            table.lines.insert(at, Line({}, is_item=False, first=f"{table.ledger.title}（续表）", is_wide=True))


@habit(25, LINES)
def rows_left_blank(draft: Draft, rng: Random) -> None:
    """habit 25: blank rows between items, rows of spaces, and framed empty rows below."""
    for table in draft.tables:
        for _ in range(rng.randint(1, 3)):
            spaces = {column.key: Cell(" ") for column in table.columns} if rng.random() < 0.3 else {}
            _put_line(table, rng, Line(spaces, is_item=False))
        for _ in range(rng.randint(0, 30)):
            table.lines.append(Line({column.key: Cell(None, look="frame") for column in table.columns}, is_item=False))


@habit(25, LINES)
def rows_with_nothing_but_a_number(draft: Draft, rng: Random) -> None:
    """habit 25: the ordinal column filled in advance below the last item."""
    for table in draft.tables:
        _number_the_rows(table, rng)
        count = len(table.items)
        table.lines += [Line({ORDINAL: Cell(at)}, is_item=False) for at in range(count + 1, count + 8)]


@habit(25, LINES)
def rows_and_columns_hidden(draft: Draft, rng: Random) -> None:
    """habit 25: rows and columns hidden; they count all the same."""
    for table in draft.tables:
        rng.choice(table.lines).hidden = True
        rng.choice(table.columns).hidden = True


@habit(19, LINES)
def rows_that_stand_twice(draft: Draft, rng: Random) -> None:
    """habit 19: the same record twice; both are read, and it is said."""
    for table in draft.tables:
        if table.ledger.keeps == "events" and not table.spans:
            line = rng.choice(table.items)
            _put_line(table, rng, replace(line, cells=dict(line.cells)))


@habit(26, LINES)
def rows_of_an_example(draft: Draft, rng: Random) -> None:
    """habit 26: the example of the form left in its place."""
    for table in draft.tables:
        first = table.columns[0]
        cells = {key: cell for key, cell in table.items[0].cells.items() if key != first.key}
        table.lines.insert(
            0, Line(cells, is_item=False, first=rng.choice(("示例", "（示例）", "例", "填写示例", "例如：")))
        )
        table.spans = [(key, start, end) for key, start, end in table.spans]


@habit(2, LINES)
def cells_merged_over_rows(draft: Draft, rng: Random) -> None:
    """habit 2: one cell over several rows, for a day or a place that they share."""
    for table in draft.tables:
        columns = [
            column for column in table.columns if column.field and column.field.type in ("date", "text", "choice")
        ]
        items = table.items
        if len(items) < 2 or not columns or [line for line in table.lines if not line.is_item]:
            continue
        first = rng.randrange(len(items) - 1)
        last = rng.randint(first + 1, min(first + 3, len(items) - 1))
        key = rng.choice(columns).key
        if items[first].cells[key].wrote in (None, ""):
            continue
        for line in items[first + 1 : last + 1]:
            line.cells[key] = items[first].cells[key]
        table.spans.append((key, first, last))


@habit(2, LINES)
def numbers_merged_over_rows(draft: Draft, rng: Random) -> None:
    """habit 2: a number over several rows, which counts once."""
    for table in draft.tables:
        columns, items = list(table.fields(*NUMBERS)), table.items
        if len(items) < 2 or not columns or len(items) != len(table.lines) or table.spans:
            continue
        first = rng.randrange(len(items) - 1)
        key = rng.choice(columns).key
        if items[first].cells[key].want is None or items[first].cells[key].codes:
            continue
        items[first].cells[key] = replace(items[first].cells[key], codes=("merged_number",))
        items[first + 1].cells[key] = Cell(None)
        table.spans.append((key, first, first + 1))


@habit(10, LINES, harmless=False, fits=of_communities)
def rows_of_other_communities(draft: Draft, rng: Random) -> None:
    """habit 10: one workbook for several communities, told apart by a column."""
    for table in draft.tables:
        if not any(column.key == COMMUNITY for column in table.columns):
            table.columns.insert(0, Column(COMMUNITY, ["社区名称"]))
        for line in table.items:
            if rng.random() < 0.5:
                line.community = rng.choice(COMMUNITIES)
            line.cells[COMMUNITY] = Cell(line.community.name if line.community else None)

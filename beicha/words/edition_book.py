"""How an edition lies in a workbook: its sheets, their columns, and the words that stand for the edition's codes.

Written by the papers and looked for by the intake, so the words are Chinese in every language.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Form = Literal["text", "number", "word", "texts", "months", "window", "flow", "goal", "shown"]
"""Text; a number; a word of a list; texts with 、 between; months likewise; a window; a nested value on one line
(``flow``); the number that a rule asks for; or what is only to be read, and not read back."""

YES_NO = {True: "是", False: "否"}
PERSONAL: Mapping[Any, str] = {True: "是", False: "否", "child": "未成年人"}
KEEPS = {"events": "活动", "state": "现状"}
KEPT_BY = {"community": "社区", "office": "文明办"}
TYPES = {
    "text": "文本", "date": "日期", "whole": "整数", "decimal": "小数", "yes_no": "是否", "choice": "单选",
    "choices": "多选", "grade": "等级",
}  # fmt: skip
POINTS = {"public": "公开", "assigned": "自定"}
GRADES = {grade: grade for grade in "ABCIK"}
STATES = {
    "met": "达标", "partial": "部分达标", "unmet": "不达标", "missing": "未填", "not_reported": "未报",
    "not_inspected": "未督查", "not_applicable": "不适用", "not_due": "未到期",
}  # fmt: skip
NOT_APPLICABLE = {"exclude": "不计入", "mean_of_others": "取其他社区平均"}
NOT_INSPECTED = {"exclude": "不计入", "zero": "按零分"}
WEIGHTED_BY = {"weight": "按权重"}
RENAMED = {"ledgers": "台账", "fields": "字段", "criteria": "测评标准"}


@dataclass(frozen=True)
class Column:
    """A column: its heading, where its value lies in an item, and how it is written.

    ``words`` stand for codes; ``always``: what an item leaves out is written as well.
    """

    heading: str
    path: tuple[str, ...]
    form: Form = "text"
    words: Mapping[Any, str] = field(default_factory=dict)
    width: float = 14.0
    always: bool = False


@dataclass(frozen=True)
class Table:
    """A sheet with a row for each item of a list.

    ``within`` names the list whose items hold this one; the first column then gives the holder's code.
    """

    sheet: str
    key: str
    columns: tuple[Column, ...]
    within: str = ""


def _flag(heading: str, *path: str, always: bool = False) -> Column:
    return Column(heading, path, "word", YES_NO, 9, always)


CODE, TITLE = Column("编码", ("code",), width=16), Column("名称", ("title",), width=26)
STANDARD = Column("标准内容", ("standard",), width=44)
LOOKED_AT = (
    Column("台账", ("from",), width=18),
    Column("条件", ("where",), "flow", width=34),
    Column("时段", ("window",), "window", width=11, always=True),
    _flag("只看时段内", "dated"),
)
SOURCE = (
    Column("出处文件", ("source", "document"), width=24),
    Column("证据等级", ("source", "grade"), "word", GRADES, 9),
    Column("分值来源", ("source", "points"), "word", POINTS, 9),
)
HOLDER = ("",)
"""The path of the column that names the holder."""

BANDS = Table("等次", "bands", (Column("起始分", ("at_least",), "number"), Column("名称", ("name",))))
LINES = Table("条线", "lines", (CODE, TITLE))
SECTIONS = Table(
    "测评项目",
    "sections",
    (CODE, TITLE, Column("占比", ("share",), "number"), Column("前置条件", ("gate",), "number")),
)
INDICATORS = Table("测评指标", "indicators", (Column("测评项目", HOLDER, width=16), CODE, TITLE), "sections")
LEDGERS = Table(
    "台账",
    "ledgers",
    (
        CODE,
        TITLE,
        Column("记录方式", ("keeps",), "word", KEEPS, 10),
        Column("填报方", ("kept_by",), "word", KEPT_BY, 9, always=True),
        Column("别名", ("aliases",), "texts", width=30),
        Column("日期字段", ("date",)),
        Column("名称字段", ("name",)),
        Column("查重字段", ("key",), "texts", width=22),
        Column("填写说明", ("help",), width=40),
    ),
)
FIELDS = Table(
    "台账字段",
    "fields",
    (
        Column("台账", HOLDER, width=18),
        CODE,
        Column("名称", ("title",), width=18),
        Column("类型", ("type",), "word", TYPES, 9, always=True),
        _flag("必填", "required"),
        Column("别名", ("aliases",), "texts", width=30),
        Column("选项", ("choices",), "texts", width=34),
        Column("等级", ("grades",), "texts"),
        Column("常见范围", ("usual",), "flow"),
        Column("填写说明", ("help",), width=34),
        Column("个人信息", ("personal",), "word", PERSONAL, 10),
    ),
    "ledgers",
)
CRITERIA = Table(
    "测评标准",
    "criteria",
    (
        Column("编码", ("code",), width=10),
        Column("测评项目", ("section",), width=10),
        Column("测评指标", ("indicator",), width=10),
        Column("名称", ("title",), width=22),
        STANDARD,
        Column("分值", ("points",), "number", width=8),
        Column("测评方法", ("method",), width=12, always=True),
        Column("主责条线", ("lead",)),
        Column("配合条线", ("supporting",), "texts", width=18),
        *LOOKED_AT,
        Column("考核月份", ("due",), "months", width=10),
        _flag("可报不适用", "optional"),
        Column("目标值", ("rule",), "goal", width=9),
        Column("计分规则", ("rule",), "flow", width=46),
        Column("规则大意", (), "shown", width=46),
        Column("现场核验", ("verified_by",), "flow", width=30),
        Column("整改建议", ("remedy",), width=34),
        *SOURCE,
    ),
)
EXAMPLES = Table(
    "样例",
    "examples",
    (
        Column("测评标准", HOLDER, width=10),
        Column("名称", ("title",), width=30),
        Column("月份", ("period",), width=10),
        Column("行", ("rows",), "flow", width=60),
        Column("各台账的行", ("ledgers",), "flow", width=60),
        _flag("已上报", "reported", always=True),
        _flag("已督查", "visited"),
        _flag("申报不适用", "not_applicable"),
        Column("结果", ("state",), "word", STATES, 10),
        Column("得分比例", ("fraction",), "number", width=12),
    ),
    "criteria",
)
BONUSES = Table(
    "加分扣分",
    "bonuses",
    (
        CODE,
        TITLE,
        STANDARD,
        *LOOKED_AT,
        Column("每行分值", ("points",), "number", width=9),
        Column("分值字段", ("field",)),
        Column("成组", ("group",), "flow", width=36),
        Column("下限", ("floor",), "number", width=8),
        Column("上限", ("cap",), "number", width=8),
        Column("主责条线", ("lead",)),
        *SOURCE,
    ),
)
VETOES = Table("一票否决", "vetoes", (CODE, TITLE, STANDARD, *LOOKED_AT, *SOURCE))
TABLES = (BANDS, LINES, SECTIONS, INDICATORS, LEDGERS, FIELDS, CRITERIA, EXAMPLES, BONUSES, VETOES)

BASICS = "基本信息"
LABEL, CONTENT, NOTE = "项目", "内容", "说明"
BASIC_ROWS: tuple[tuple[Column, str], ...] = (
    (Column("标识", ("name",)), "小写字母、数字和连字符；改版时可不变。"),
    (Column("名称", ("title",)), ""),
    (Column("版本", ("version",)), "改过内容就要换版本，如“2027 年版”。"),
    (Column("说明", ("description",)), ""),
    (Column("承接", ("follows",)), "上一版的标识，可不填。"),
    (Column("及格线", ("pass_mark",), "number", always=True), "100 分制。"),
    (Column("最低等次", ("lowest_band",), always=True), "达不到“等次”表中任何一档的叫法。"),
    (Column("不适用", ("not_applicable",), "word", NOT_APPLICABLE, always=True), "不计入，或取其他社区平均。"),
    (Column("未督查", ("not_inspected",), "word", NOT_INSPECTED, always=True), "不计入，或按零分。"),
    (Column("加权", ("weighted_by",), "word", WEIGHTED_BY), "按权重：全区得分按区划表的权重；空着：各社区一样。"),
    (Column("周期权重", ("cycle_weights",), "flow"), "如 [1, 1, 3]，第一年在前；空着：各年一样。"),
    (Column("加扣分下限", ("bonus_floor",), "number"), "可不填。"),
    (Column("加扣分上限", ("bonus_cap",), "number"), "可不填。"),
)
RENAMES = "更名"
RENAME_COLUMNS = ("类别", "所在台账", "原编码", "新编码")
NOTES = "写法说明"
NOTE_LINES = (
    "每张表第一行是标题，请不要改动、增删列，也不要删表；内容逐行增、删、改即可。编码一经使用，尽量不变。",
    "空着的格用默认值。多个别名、选项之间用顿号（、）隔开；本身带顿号的，写成 [甲、乙, 丙]。",
    "时段：本月、本季度、本年、近12个月、自2024-01-01起。考核月份：3、6、9、12，空着为每月。",
    "目标值：计数和占比规则的目标，次数规则的次数；在这里改数即可，不必改计分规则。",
    "花括号、方括号里的内容用英文标点 { } [ ] : ,，冒号、逗号后留一个空格。",
    '　　文字照写；是纯数字的文字加英文引号，如 "2026"；“是”写 true，“否”写 false；日期写 2026-03-05。',
    "条件：[{field: 字段编码, equals: 值}]；几个条件须同时满足。",
    "　　equals 等于、one_of: [甲, 乙] 其中之一、at_least 不低于、at_most 不高于、contains 包含、",
    "　　present: true 已填、absent: true 空着。",
    "计分规则：",
    "　　{kind: count, of: rows} 计数（目标值另填）；",
    "　　　　of 可写 rows（行数，可省）、某数字字段的编码（求和）、distinct 字段编码（不同值个数）；",
    "　　{kind: frequency, every: month} 每月次数；every 可写 month、quarter、half、year；",
    "　　{kind: yes_no, field: 字段} 全部为“是”；{kind: grade, field: 字段} 等级平均；",
    "　　{kind: covers, field: 字段, values: [{value: 甲}, {value: 乙, at_least: 2, due: 6}]} 应覆盖的内容；",
    "　　{kind: each, has: [条件]} 合格行占比；{kind: share, part: [条件]} 占比（目标值另填，0 到 1）；",
    "　　{kind: defects, each: 0.25, free: 2} 每处扣分；{kind: mean_score, score: 字段, full: 100} 平均分；",
    "　　{kind: parts, parts: [{share: 0.5, rule: {…}}, {share: 0.5, from: 台账, rule: {…}}]} 几条规则按比例相加。",
    "计数、占比规则可加 credit：linear 按比例（默认）、strict 不到不得分、{ladder: {0.6: 0.5, 1: 1}} 分档。",
    "现场核验：{ledger: 台账, grade: 字段} 或 {ledger: 台账, score: 字段, full: 100}。",
    "成组：{by: [字段], at_least: 3, factor: 2}。样例的行：[{字段: 值}, {字段: 值}]。",
    "“规则大意”由系统写出，只供阅读，改了不起作用；改计分规则请改“目标值”和“计分规则”。",
)


def goal_key(rule: object) -> str:
    """Under which key a rule keeps the number that it asks for; '' where it asks for none, or is no rule."""
    kind = rule.get("kind") if isinstance(rule, Mapping) else None
    return {"count": "target", "share": "target", "frequency": "times"}.get(kind, "") if isinstance(kind, str) else ""


_SEPARATORS = re.compile(r"[、,，;；\n]")
_UNSAFE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WINDOWS = {"month": "本月", "quarter": "本季度", "year": "本年"}


def write_text(text: str) -> str:
    """A text for a cell: itself, or in quotes where a cell would not keep it or another would be read."""
    if text and text == text.strip() and text[0] != '"' and not (_UNSAFE.search(text) or _ESCAPED.search(text)):
        return text
    quoted = json.dumps(text, ensure_ascii=bool(_UNSAFE.search(text)))
    return _ESCAPED.sub(r"\\u005f", quoted)


def read_text(text: str) -> str:
    """The text that ``write_text`` wrote; quotes that are not closed are part of the text."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            found = json.loads(text)
        except ValueError:
            return text
        return found if isinstance(found, str) else text
    return text


def write_texts(texts: Sequence[str]) -> str | None:
    """Several texts with 、 between, None where they cannot be told apart that way."""
    plain = texts and all(t == write_text(t) and not _SEPARATORS.search(t) and t[0] != "[" for t in texts)
    return "、".join(texts) if plain else None


def read_texts(text: str) -> list[str]:
    """The texts between 、 or commas."""
    return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]


def write_window(window: str) -> str:
    """A window as the sheet has it, such as 近12个月."""
    kind, _, rest = window.partition(" ")
    if rest:
        return f"近{rest}个月" if kind == "rolling" else f"自{rest}起"
    return _WINDOWS.get(window, window)


def read_window(text: str) -> str:
    """The window that the text names, or the text itself."""
    known = {word: window for window, word in _WINDOWS.items()}
    joined = "".join(text.split())
    if joined in known:
        return known[joined]
    rolling, since = re.fullmatch(r"近(\d+)个月", joined), re.fullmatch(r"自(\d{4}-\d\d-\d\d)起?", joined)
    return f"rolling {rolling[1]}" if rolling else f"since {since[1]}" if since else text

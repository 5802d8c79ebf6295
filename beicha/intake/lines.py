"""What a text beside the items of a table says: a total, a signature, a remark, an example, a heading between rows."""

import re
import unicodedata

_LONGEST = 200
_SUMMED = r"(?:合计|小计|总计|共计|累计)(?:得分|分数|人[数次]|场[数次]|数量?)?"
_MEAN = r"(?:平均(?:[分值数]|得分|人[数次])?|均分|均值)"
_TOTAL = re.compile(
    rf"(?:.{{0,6}}{_SUMMED}|总(?:[分数]|得分|人[数次])|.{{0,4}}{_MEAN}|最[高低]分)(?:[:(\d].*)?|(?:本?[页月季年])合计.*",
    re.S,
)
_TOTAL_CELL = re.compile(
    rf"(?:本?[页月季年度类项]|[一二三四]季度|上半年|下半年|[全各][区市县街镇乡]道?|.{{0,8}}(?:社区|街道|镇|乡|村|辖区))?"
    rf"(?:{_SUMMED}|总分|{_MEAN}|最[高低]分):?"
)
_FOOTER = re.compile(
    r"(?:填表|填报|制表|经办|审核|复核|单位负责)人"
    r"|[(*※]?(?:填表|填报|制表|填写|经办|审核|复核|审批|单位负责|负责|联系|报送|上报)人?(?:签[字名]|时间|日期|单位|电话|说明)?\)?"
    r"(?:\([^)]*\))?:.*"
    r"|[(*※]?(?:分管领导|主要领导|签[字名]|盖章|公章|注意事项|备?注\d*|说明)\)?(?:\([^)]*\))?:.*"
    r"|.{0,12}\((?:单位)?(?:盖章|公章|签[字名]|印章)\).{0,12}"
    r"|第\d{1,3}页.{0,8}|[-—=*~]*(?:以下空白|此页无正文)[-—=*~]*"
    r"|(?:20\d\d)?年\d{0,2}月\d{0,2}日",
    re.S,
)
_EXAMPLE = re.compile(
    r"[(【\[]?(?:填写|填表)?(?:示例|样例|范例|例如|例)[)】\]]?(?:[:\d].*)?|[(【\[](?:填写)?(?:示例|样例|范例|例)[)】\]].*",
    re.S,
)
_ATTACHMENT = re.compile(r"附[件表]\d{0,2}:?.*|[(]?续[上]?[表页][)]?\d{0,2}|[(]接上页[)]", re.S)
_BAND = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)).*", re.S)
_NUMBER = re.compile(r"[(]?\d{1,5}[).、]?|[一二三四五六七八九十]{1,3}")

HINT = re.compile("[计分均人员导章注字例附明第续、:：(（【]|说明|时间|单位")
"""A cheap first look: every text that counts as such in a row with other cells holds one of these."""


def ordinary(text: str) -> str:
    """The text after NFKC without white space: the form in which lines are judged."""
    return "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())


def is_total(text: str) -> bool:
    """Whether an ordinary text that begins a row makes it a total or an average."""
    return _TOTAL.fullmatch(text) is not None


def is_total_cell(text: str) -> bool:
    """Whether a cell anywhere in a row makes it a total or an average; stricter, as items hold words too."""
    return _TOTAL_CELL.fullmatch(ordinary(text)) is not None


def is_footer(text: str) -> bool:
    """Whether an ordinary text is a line for signatures, dates or remarks."""
    return _FOOTER.fullmatch(text) is not None


def is_example(text: str) -> bool:
    """Whether an ordinary text marks an example of the template."""
    return _EXAMPLE.fullmatch(text) is not None


def is_attachment(text: str) -> bool:
    """Whether an ordinary text is the mark of an attachment or of a table that goes on."""
    return _ATTACHMENT.fullmatch(text) is not None


def is_numbered(text: str) -> bool:
    """Whether an ordinary text is numbered as headings are: 一、…, (二)…"""
    return _BAND.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether an ordinary text is nothing but the number of a row."""
    return _NUMBER.fullmatch(text) is not None


def is_plain_date(text: str) -> bool:
    """Whether an ordinary text is a date, be its day left open, as stands below a signature."""
    return text.startswith(("年", "20")) and text.endswith("日")

"""The fixed words of the standard workbook: written by the papers, looked for by the intake."""

COVER = "封面"
VISITS = "督查走访"
NOT_APPLICABLE = "不适用申报"
LISTS = "选项"
CHECK_NOTES = "校验说明"
CHECK_RESULT = "校验结果"

COMMUNITY = "社区"
MONTH = "月份"
DATE = "日期"
EDITION = "测评体系"
DIGEST = "版本标识"
CODE = "测评标准代码"
REASON = "理由"

YES = "是"
NO = "否"
PICTURES = "图片{count}张"
TABLE = "表{number}"

DIGEST_LENGTH = 12
"""How many characters of an edition's digest stand on the cover."""


def sheet_name(title: str) -> str:
    """The title as a sheet's name: at most 31 characters, without those that Excel forbids there."""
    kept = "".join(" " if character in "\\/?*[]:" else character for character in title)
    return kept.strip().strip("'")[:31] or "台账"

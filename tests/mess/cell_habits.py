"""Ways to write one value: dates, numbers, answers, choices, grades and texts as they stand in real cells."""

from datetime import date, datetime, time
from random import Random
from typing import Any

from scoring.ledgers import LedgerField
from tests.mess.draft import Cell, Draft
from tests.mess.habits import CELLS, habit, writes

NUMBERS = ("whole", "decimal")
_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789-./():ABCLED#"}
_BY_UNITS = ("number_other_unit", "number_by_unit", "number_worded")
_NUMERALS = "〇一二三四五六七八九"


# ---------------------------------------------------------------------------------------------------------------------
# Dates
# ---------------------------------------------------------------------------------------------------------------------


@writes(9, "date")
def dates_with_chinese_signs(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 2026年7月14日, with and without noughts."""
    forms = (f"{day.year}年{day.month}月{day.day}日", f"{day:%Y年%m月%d日}", f"{day.year}年{day.month}月{day.day}号")
    return Cell(rng.choice(forms), day)


@writes(9, "date")
def dates_as_text(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 2026-07-14, 2026/7/14, 2026.7.14, 2026、7、14 as text."""
    sign = rng.choice("-/.、")
    return Cell(rng.choice((f"{day.year}{sign}{day.month}{sign}{day.day}", f"{day:%Y{sign}%m{sign}%d}")), day)


@writes(9, "date")
def dates_without_signs(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 20260714 as text or as a number."""
    text = f"{day:%Y%m%d}"
    return Cell(rng.choice((text, int(text))), day)


@writes(9, "date")
def dates_as_serials(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: the serial number of a date whose cell lost its format."""
    serial = (day - date(1899, 12, 30)).days
    return Cell(rng.choice((serial, str(serial))), day, codes=_unless_later("date_from_number", day, month))


def _unless_later(code: str, day: date, month: int) -> tuple[str, ...]:
    return (code,) if day.year * 12 + day.month - 1 <= month else ()


@writes(9, "date")
def dates_in_other_formats(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: real dates shown as 2026年7月14日, 7月14日, 14-Jul, or with a time of day."""
    looks = ('yyyy"年"m"月"d"日"', 'm"月"d"日"', "d-mmm-yy", "yyyy/m/d;@", "[$-804]yyyy年m月d日 dddd", "mm-dd-yy")
    if rng.random() < 0.3:
        return Cell(datetime.combine(day, time(15, 30)), day, "yyyy-mm-dd hh:mm")
    return Cell(day, day, rng.choice(looks))


@writes(9, "date")
def dates_with_times(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: "2026-07-14 08:30:00 至 2026-07-14 11:00:00", 上午, 星期二."""
    signs = f"{day.year}年{day.month}月{day.day}日"
    forms = (
        f"{day} 08:30:00 至 {day} 11:00:00",
        f"{day} 15:00",
        f"{signs}上午",
        f"{signs}下午3点",
        f"{signs}（周二）",
        f"{signs} 星期二 上午9:00-11:00",
        f"{day:%Y%m%d}下午",
    )
    return Cell(rng.choice(forms), day)


@writes(9, "date")
def dates_in_numerals(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 二〇二六年七月十四日; 元月 for January."""
    year = "".join(_NUMERALS[int(digit)] for digit in str(day.year))
    if day.month == 1:
        return Cell(f"{day.year}年元月{day.day}日", day)
    return Cell(f"{year}年{_numeral(day.month)}月{_numeral(day.day)}日", day)


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_NUMERALS[tens]}十") + (_NUMERALS[ones] if ones else "")


@writes(16, "date")
def dates_spaced_out(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 16: spaces, line breaks and signs of full width inside of a date."""
    forms = (
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{day.year}年\n{day.month}月{day.day}日",
        f" {day}\u3000",
        f"{day}".translate(_WIDE),
        f"{day.year}\u200b-{day.month}-{day.day}\ufeff",
        f"{day.year}.{day.month}.{day.day}.",
        f"{day.year}. {day.month}. {day.day}",
    )
    return Cell(rng.choice(forms), day)


@writes(9, "date")
def dates_without_a_year(day: date, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 9: 7月14日 with no year, which is that of the report or the one before."""
    if not month - 12 < day.year * 12 + day.month - 1 <= month:
        return None
    forms = (
        f"{day.month}月{day.day}日",
        f"{day.month}月{day.day}号",
        f"{day.month}.{day.day}",
        f"{day.month}/{day.day}",
    )
    return Cell(rng.choice(forms), day, codes=("date_year_taken",))


@writes(9, "date")
def dates_over_several_days(day: date, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 9: 9月26-30日, 5月27日至5月30日, the first day of which counts."""
    if not day <= date(2026, 12, 28) or day.day > 27 or not _unless_later("late", day, month):
        return None
    forms = (
        f"{day.year}年{day.month}月{day.day}-{day.day + 1}日",
        f"{day.year}年{day.month}月{day.day}日至{day.month}月{day.day + 1}日",
        f"{day.year}.{day.month}.{day.day}-{day.month}.{day.day + 1}",
        f"{day.year}.{day.month}.{day.day}-{day.day + 1}",
        f"{day} ~ {day.replace(day=day.day + 1)}",
        f"{day.year}年{day.month}月{day.day}日、{day.day + 1}日",
    )
    text = rng.choice(forms)
    return Cell(text, day, codes=("date_several",) if "、" in text else ("date_range",))


@writes(9, "date")
def dates_without_a_day(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 2026-07, 2026年7月, 7月中下旬, read as a day that is told."""
    signs = f"{day.year}年{day.month}月"
    text, number = rng.choice(((signs, 1), (f"{day:%Y-%m}", 1), (f"{signs}份", 1), (f"{signs}中下旬", 11)))
    return Cell(text, day.replace(day=number), codes=("date_no_day",))


@writes(9, "date")
def dates_with_words(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: 第97周20180415下午, a date amid other words, a year of two digits."""
    forms = (
        f"第97周{day:%Y%m%d}下午",
        f"{day:%y}年{day.month}月{day.day}日",
        f"{day.year}年{day.month}月{day.day}日社区",
    )
    return Cell(rng.choice(forms), day, codes=("date_with_words", "date_short_year"))


@writes(9, "date", harmless=False)
def dates_with_typos(day: date, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 9: "201912月下旬", "20151110日": a sign lost, days that do not exist, 第二季度, a month alone."""
    forms = (
        f"{day:%Y%m}月{day.day}日",
        f"{day:%Y%m%d}日",
        f"{day.year}年{day.month}月{day.day}",
        f"{day.year}{day.month}{day.day}",
        f"{day.year}年{day.month}月32日",
        f"{day.year}年第二季度",
        f"{day.year}",
        f"{day:%y.%m.%d}",
        f"{day.month}{day.day}",
        float(f"{day.month}.{day.day}"),
        "未开展",
        f"{day.year}年{day.month}月{day.day}日/{day.day}日",
    )
    return Cell(rng.choice(forms), day, doubtful=True)


# ---------------------------------------------------------------------------------------------------------------------
# Numbers
# ---------------------------------------------------------------------------------------------------------------------


@writes(3, *NUMBERS)
def numbers_as_text(number: float, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 3: "45", "6.0", "（45）", "45 分", 45 in full width, 14,000."""
    forms = (
        *(f"{number}", f"{float(number)}", f"（{number}）", f"({number}分)", f"{number} 分", f"共 {number} 个"),
        *(f"{number}".translate(_WIDE), f"{number:,}", f" {number}\u3000", f"{number}\u200b", f"{number}。"),
    )
    return Cell(rng.choice(forms), number)


@writes(8, *NUMBERS)
def numbers_with_units(number: float, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 8: 块 处 幅 条 条（次） 座 版 份 场 场次 期 人 人次, each medium its own."""
    units = (
        *("块", "处", "幅", "条", "条（次）", "座", "版", "份", "场", "场次", "期", "人", "人次", "名", "张", "小时"),
        *("㎡", "平方米", "个小时", "人（次）", "篇"),
    )
    return Cell(f"{number}{rng.choice(('', ' '))}{rng.choice(units)}", number, may=_BY_UNITS)


@writes(7, *NUMBERS)
def numbers_that_are_about(number: float, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 7: 670多块, 14000余份, 近70人, 40余处, 85分以上, 约2.5小时."""
    if number < 1:
        return None
    forms = (
        "{}多块",
        "{}余份",
        "近{}人",
        "{}余处",
        "{}分以上",
        "约{}小时",
        "{}人左右",
        "不少于{}人",
        "{}+",
        "≥{}",
        "共{}余人次",
    )
    text = rng.choice(forms).format(number)
    return Cell(text, number, codes=("number_about",), may=_BY_UNITS)


@writes(7, *NUMBERS)
def numbers_in_myriads(number: float, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 7: 1.4万, 1.4万份, 六百七十, 一百二十."""
    if number == 14_000:
        return Cell(rng.choice(("1.4万", "1.4万份", "1.40万 份")), number, may=_BY_UNITS)
    numerals = {12: "十二", 45: "四十五", 70: "七十人", 100: "一百", 120: "一百二十", 670: "六百七十", 3: "三"}
    return Cell(numerals[int(number)], number, may=_BY_UNITS) if number in numerals else None


@writes(7, *NUMBERS)
def numbers_worked_out(number: float, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 7: "2.1+1=3.1小时", "20人+25人"."""
    if number < 3:
        return None
    rest = round(number - 2, 10)
    forms = (f"{rest}+2={number}小时", f"2+{rest}", f"{rest}人+2人", f"2＋{rest}＝{number}")
    return Cell(rng.choice(forms), number, codes=("number_worked_out",), may=_BY_UNITS)


@writes(7, *NUMBERS)
def numbers_as_ranges(number: float, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 7: 100-150小时, 20至30人: the lower number counts."""
    sign = rng.choice(("-", "~", "至", "—", "～", "－", "到"))
    return Cell(f"{number}{sign}{number + 20}人", number, codes=("number_range",), may=_BY_UNITS)


@writes(3, *NUMBERS, harmless=False)
def numbers_that_are_none(number: float, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 3: "L5分" for 1.5, two numbers in a cell, a date that Excel made of 3-5, a name instead of a count."""
    forms = (
        *("L5分", "若干", "待统计", "全体居民", "O", "#DIV/0!", date(2026, 3, 5), time(2, 30)),
        *(
            f"{number} 25",
            f"{number}\n25",
            f"{number}、25",
            f"{number}/50",
            f"男{number}女3",
            f"第一场{number}，第二场30",
        ),
        *(f"党员{number}人，群众20人", f"{number}.5.1", f"{number}人{number}"),
    )
    return Cell(rng.choice(forms), number, "", doubtful=True)


@writes(7, *NUMBERS, harmless=False)
def numbers_that_explain(number: float, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 7: 45人（其中党员12人）, 应到60实到45."""
    forms = (f"{number}人（其中党员12人）", f"应到60实到{number}", f"{number}（含志愿者3名）", f"{number}人，3场")
    return Cell(rng.choice(forms), number, doubtful=True)


@writes(12, *NUMBERS, "date", "text", "choice", "grade")
def signs_for_nothing(value: Any, rng: Random, field: LedgerField, month: int) -> Cell | None:
    """habit 12: / or — where there is nothing; a blank is not a nought."""
    if value is not None or (field.type in ("date", "text", "choice") and field.required):
        return None
    return Cell(rng.choice(("/", "—", "-", "——", "－", "\\")), None, codes=("sign_for_blank",))


# ---------------------------------------------------------------------------------------------------------------------
# Answers, choices, grades
# ---------------------------------------------------------------------------------------------------------------------


@writes(14, "yes_no")
def ticks_and_words(answer: bool, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 14: √ ✓ ☑ □, 达标/不达标, 是/否, 有/无."""
    yes = ("是", "有", "√", "✓", "✔", "☑", "达标", "已整改", "有 ", "√\u3000", "合格", "Y", 1, True, "V", "1")
    no = ("否", "无", "×", "✗", "□", "不达标", "未整改", "没有", " 否", "✕", "N", 0, False, "x", "0", "X")
    return Cell(rng.choice(yes if answer else no), answer, may=("yes_no_worded",))


@writes(14, "yes_no")
def boxes_of_a_form(answer: bool, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 14: "在□内打√": ☑是 □否."""
    forms = ("{}是{}否", "{}是  {}否", "{}有 {}无", "{}是/{}否", "{}达标\n{}不达标", "{}合格、{}不合格")
    ticked, open_box = rng.choice((("☑", "□"), ("√", "□"), ("■", "□"), ("☑", "☐")))
    boxes = (ticked, open_box) if answer else (open_box, ticked)
    return Cell(rng.choice(forms).format(*boxes), answer)


@writes(14, "yes_no", harmless=False)
def answers_that_are_neither(answer: bool, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 14: both boxes ticked or none, 基本达标, 整改中, a tick typed in another font (R, P), a half tick."""
    forms = (
        "☑是☑否",
        "□是□否",
        "基本达标",
        "部分",
        "整改中",
        "R",
        "P",
        "√×",
        "是/否",
        "有/无",
        "2",
        "较好",
        "是否",
        "半",
    )
    return Cell(rng.choice(forms), answer, doubtful=True)


@writes(5, "choices")
def choices_joined_in_other_ways(chosen: list[str], rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 5: several in one cell, joined by 、 ， ； / a space or a line break."""
    text = rng.choice(("，", ",", "；", ";", "/", "\n", "、\n", " 、", "｜", "、")).join(chosen)
    return Cell(text + rng.choice(("", "、", "。", " ")), chosen)


@writes(5, "choices")
def choices_joined_by_spaces(chosen: list[str], rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 5: several in one cell, with nothing but spaces between them, or in a numbered list."""
    if rng.random() < 0.5:
        return Cell("".join(f"{at}.{each} " for at, each in enumerate(chosen, 1)), chosen)
    return Cell(rng.choice((" ", "  ", "\u3000", "+", "—", "→")).join(chosen), chosen)


@writes(16, "choice")
def choices_spaced_out(choice: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 16: line breaks, spaces and signs of full width inside of a choice."""
    half = len(choice) // 2
    forms = (f" {choice}", f"{choice}\n", f"{choice[:half]} {choice[half:]}", f"{choice[:half]}\n{choice[half:]}")
    return Cell(rng.choice((*forms, choice.translate(_WIDE), choice.lower(), f"{choice}\u200b", f"{choice}。")), choice)


@writes(10, "choice", harmless=False)
def choices_by_other_names(choice: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 10: names that differ from the list, or two of it where one is asked."""
    others = [other for other in field.choices if other != choice]
    forms = (
        f"{choice}活动",
        f"其他：{choice}",
        f"{choice}、{rng.choice(others)}",
        choice[:-1],
        f"{choice}（新增）",
        "自定",
    )
    return Cell(rng.choice(forms), choice, doubtful=True)


@writes(14, "grade")
def grades_in_other_writing(grade: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 14: A级, Ａ, a, C＃, A等, with spaces."""
    forms = (f"{grade}级", grade.translate(_WIDE), grade.lower(), f" {grade} ", f"{grade}等", grade.replace("#", "＃"))
    return Cell(rng.choice(forms), grade)


@writes(14, "grade", harmless=False)
def grades_that_are_none(grade: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 14: A/B, 优, D, A-, a tick where a grade is asked."""
    return Cell(rng.choice(("A/B", "优", "D", f"{grade}-", "√", "C+", "A、C#", "合格")), grade, doubtful=True)


# ---------------------------------------------------------------------------------------------------------------------
# Texts
# ---------------------------------------------------------------------------------------------------------------------


@writes(16, "text")
def texts_spaced_out(text: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 16: 回车 and spaces around a text, invisible signs from copied web pages."""
    forms = (f" {text}", f"{text}\u3000", f"\n{text}\n", f"\u200b{text}", f"{text}\xa0", f"\ufeff{text}", f"{text}\r\n")
    return Cell(rng.choice(forms), text)


@writes(6, "text")
def several_in_one_text(text: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 6: several problems in one cell, with a slip in their numbers."""
    written = rng.choice((f"1、{text}；2、其他。", f"(1){text};(2)其他;5.又一", f"{text}\n{text}", f"①{text} ②其他"))
    return Cell(written, written)


@writes(17, "text")
def texts_as_they_were_copied(text: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 17: masked numbers, traditional characters, characters repeated by a scanner, other signs."""
    written = rng.choice(
        (f"{text}1358997****", f"{text}（社區活動）", f"{text}思思想想", f"**{text}**", f"<b>{text}</b>", f"'{text}")
    )
    return Cell(written, written)


@writes(11, "text")
def texts_that_are_numbers(text: str, rng: Random, field: LedgerField, month: int) -> Cell:
    """habit 11: a number for a place or a name: 公共服务7, room 302."""
    number = rng.choice((302, 7, 12.5))
    return Cell(number, f"{number}")


_LIKE_A_FORM = ("说明：", "备注：", "负责人：", "审核人", "附件1", "联系人：", "一、", "（一）", "注：", "平均每户")


@habit(13, CELLS)
def texts_like_lines_of_a_form(draft: Draft, rng: Random) -> None:
    """habit 13: a text of an item that begins like a signature, a remark, a total or an example."""
    for table in draft.tables:
        texts = list(table.fields("text"))
        for line in table.items if texts else []:
            key = rng.choice(texts).key
            written = f"{rng.choice(_LIKE_A_FORM)}{line.cells[key].want}"
            if line.cells[key].want is not None:
                line.cells[key] = Cell(written, written)

"""Really bad workbooks, made by hand as a clerk of a real community would send them, with what should be read.

Each joins four habits or more of docs/habits.md. The facts were written down by hand, not worked out from the file:
they check the generator as well as the intake.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Place = tuple[str, int | None, str]
"""A problem that must be told: its code, the row and the column's letter."""


@dataclass(frozen=True)
class BadFile:
    """A file and its facts: by ledger and row as Excel counts it the values that are not blank.

    ``told`` are warnings and errors that must stand at their places; ``errors`` are all codes of errors there may be.
    """

    name: str
    content: bytes
    community: str
    month: str
    rows: dict[str, dict[int, dict[str, Any]]]
    told: tuple[Place, ...] = ()
    errors: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


def _book(
    sheets: dict[str, Sequence[Sequence[Any]]],
    merged: dict[str, str] | None = None,
    *,
    hidden: Sequence[str] = (),
    hidden_rows: dict[str, Sequence[int]] | None = None,
) -> bytes:
    """A workbook of these sheets; ``merged`` are ranges by sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in (merged or {}).get(name, "").split():
            sheet.merge_cells(area)
        for number in (hidden_rows or {}).get(name, ()):
            sheet.row_dimensions[number].hidden = True
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _lecture_hall() -> BadFile:
    rows = [
        ["附件1"],
        ["桂花社区道德讲堂活动登记表"],
        ["单位名称：桂花社区            2026年7月"],
        ["序号", "活 动\n时 间", "主　题", "地点：", "主讲人", "参加\n人数（人）", "签到", "图片（张）", "备注"],
        [1, "2026年7月3日", "孝老爱亲\n", "道德讲堂", "李讲师", "45余人", "√", "3张", None],
        [2, "7月10日", " 诚信就在身边", "同乐广场", "王老师、陈老师", "共 60 人", "有", "５", "雨天"],
        ["3", "2026.7.24上午", "助人为乐", "道德讲堂", "赵某", 38, "×", "/", None],
        ["合计", None, None, None, None, 143, None, 8, None],
        ["填表人：张三", None, None, "审核人：李四", None, None, "（盖章）"],
    ]
    return BadFile(
        "道德讲堂（终稿）.xlsx",
        _book({"Sheet1": rows}, {"Sheet1": "A2:I2 A3:I3"}),
        "C01",
        "2026-07",
        {
            "lectures": {
                5: _lecture(3, "孝老爱亲", "道德讲堂", "李讲师", 45, True, 3),
                6: _lecture(10, "诚信就在身边", "同乐广场", "王老师、陈老师", 60, True, 5) | {"note": "雨天"},
                7: _lecture(24, "助人为乐", "道德讲堂", "赵某", 38, False, None),
            }
        },
        (("number_about", 5, "F"), ("date_year_taken", 6, "B"), ("sign_for_blank", 7, "H")),
    )


def _lecture(day, theme, place, lecturer, people, sign_in, photos) -> dict[str, Any]:
    found = {"date": date(2026, 7, day), "theme": theme, "place": place, "lecturer": lecturer, "people": people}
    return found | {"sign_in": sign_in} | ({} if photos is None else {"photos": photos})


def _online_as_text() -> BadFile:
    text = (
        "荷塘社区网络文明传播台账;;;;;\r\n"
        "填报单位：荷塘社区;;;填报月份：2026年3月;;\r\n"
        "序号;发布时间;标 题;类型;平台;得分\r\n"
        "1;2026/3/2;社区开展义务植树;原创信息;微信公众号;5分\r\n"
        '2;3月15日;"转发：文明养犬，从我做起";转发评论;微博;"1"\r\n'
        "3;20260328;“最美家庭”揭晓; 主题活动 ;社区微信群;0.5\r\n"
        ";;;;;\r\n"
        "合计;;;;;6.5\r\n"
        "制表：王五;;;2026年4月1日;;\r\n"
    )
    day, kind, channel = "date", "kind", "channel"
    return BadFile(
        "荷塘网络文明3月.csv",
        text.encode("gb18030"),
        "C02",
        "2026-03",
        {
            "online": {
                4: {
                    day: date(2026, 3, 2),
                    "title": "社区开展义务植树",
                    kind: "原创信息",
                    channel: "微信公众号",
                    "points": 5,
                },
                5: {
                    day: date(2026, 3, 15),
                    "title": "转发：文明养犬，从我做起",
                    kind: "转发评论",
                    channel: "微博",
                    "points": 1,
                },
                6: {
                    day: date(2026, 3, 28),
                    "title": "“最美家庭”揭晓",
                    kind: "主题活动",
                    channel: "社区微信群",
                    "points": 0.5,
                },
            }
        },
        (("date_year_taken", 5, "B"),),
    )


def _minors_below_parents() -> BadFile:
    rows = [
        ["未成年人活动台账（松柏社区）"],
        ["序\n号", "活动基本情况", None, None, "人\n数", None, "佐证材料", None, None, "天气"],
        [None, "时间", "活动名称", "类别", "应参加\n人数", "实到人数", "方案", "总结", "照片", None],
        [1, date(2026, 7, 5), "童心向党歌会", "童心向党", 30, "28人", "☑有□无", "有", 4, "晴"],
        [2, None, "暑期安全课", "法治安全教育", "30人", 30, "有☑ 无□", "无", "6张", "雨"],
        [3, "2026-07-18", "经典诵读", "中华经典\n诵读", "二十五", "25", "√", "√", 0, None],
        [4, None, None, None, None, None, None, None, None, None],
        [5, None, None, None, None, None, None, None, None, None],
        ["注：活动类型按下拉菜单选择。"],
    ]
    merged = "A1:J1 A2:A3 B2:D2 E2:F2 G2:I2 J2:J3 B4:B5 A9:J9"
    fifth = date(2026, 7, 5)
    return BadFile(
        "松柏社区2026年7月未成年人.xlsx",
        _book({"未成年人": rows}, {"未成年人": merged}),
        "C03",
        "2026-07",
        {
            "minors_activities": {
                4: _minors(fifth, "童心向党歌会", "童心向党", 30, 28, True, True, 4),
                5: _minors(fifth, "暑期安全课", "法治安全教育", 30, 30, True, False, 6),
                6: _minors(date(2026, 7, 18), "经典诵读", "中华经典诵读", 25, 25, True, True, 0),
            }
        },
    )


def _minors(day, name, kind, expected, people, plan, summary, photos) -> dict[str, Any]:
    numbers = {"expected": expected, "people": people, "photos": photos}
    return {"date": day, "name": name, "kind": kind, "plan": plan, "summary": summary} | numbers


def _adverts_with_bands() -> BadFile:
    rows = [
        [None, "公益广告统计表"],
        [
            None,
            "点位名称",
            "广告内容",
            "广告类型",
            "块数",
            "是否完好",
            "内容规范",
            "面积（㎡）",
            "更换时间",
            "安装地点",
        ],
        [None, "一、主次干道"],
        [None, "人民路东段", "讲文明树新风", "展板", "670多块", "是", "是", "约2.5", "2026年5月", "人民路12-3号"],
        [None, "公交站台2", "社会主义核心价值观", "宣传栏", "近70", "完好", "√", 12, "2026.05.20", "站台"],
        [None, "小计", None, None, 740, None, None, None, None, None],
        [None, "二、小区"],
        [None, "桂花苑东门", "中国梦", "ＬＥＤ", 1, "☐是☑否", "是", "—", None, "东门"],
        [None, None, None, None, None, None, None, None, None, None],
        [None, "总计", None, None, 741, None, None, None, None, None],
    ]
    rows[4][5] = "有"
    cover = [["创建档案"], ["填报单位：", "桂花居委会"], ["所属月份：", 202607], ["填报时间：", "2026年8月2日"]]
    return BadFile(
        "公益广告.xlsx",
        _book({"首页": cover, "公益广告统计表": rows}, {"公益广告统计表": "B1:J1 B3:J3 B7:J7"}),
        "C01",
        "2026-07",
        {
            "public_ads": {
                4: _advert("人民路东段", "讲文明树新风", "展板", 670, True, "人民路12-3号")
                | {"area": 2.5, "updated": date(2026, 5, 1)},
                5: _advert("公交站台2", "社会主义核心价值观", "宣传栏", 70, True, "站台")
                | {"area": 12, "updated": date(2026, 5, 20)},
                8: _advert("桂花苑东门", "中国梦", "LED", 1, False, "东门"),
            }
        },
        (("number_about", 4, "E"), ("number_about", 4, "H"), ("date_no_day", 4, "I"), ("sign_for_blank", 8, "H")),
    )


def _advert(point, theme, form, quantity, intact, place) -> dict[str, Any]:
    found = {"point": point, "theme": theme, "form": form, "quantity": quantity, "intact": intact}
    return found | {"wording": True, "place": place}


def _everything_on_one_sheet() -> BadFile:
    rows = [
        ["第一社区2026年7月创建台账"],
        ["附件1：道德讲堂活动"],
        ["参加人数", "宣讲人", "活动主题", "活动日期", "签到表"],
        ["52人", "欧阳老师", "敬业奉献", 46210, "是"],
        ["填表人：张三"],
        [],
        ["附件2：满意度调查"],
        ["调查时间", "调查名称", "方式", "发放问卷", "有效问卷", "满意人数"],
        ["2026年7月20日-22日", "物业满意度", "入户", "1,200", "１１００", 1050],
        ["2026-7-30", "夜市调查", "街 访", 60, 58, "41"],
        [],
        ["附件3：环境巡查记录"],
        ["时间", "地点", "问题类型", "处数", "是否整改", "整改时间"],
        ["2026.7.1", "3号楼前", "乱停乱放", "3处", "已整改", "2026.7.2"],
        ["2026.7.8", "北门（靠河）", "未发现问题", 0, None, None],
        ["说明：当场整改的填同一天。"],
    ]
    return BadFile(
        "台账.xlsx",
        _book({"Sheet1": rows}, {"Sheet1": "A1:F1"}),
        "C04",
        "2026-07",
        {
            "lectures": {
                4: {
                    "people": 52,
                    "lecturer": "欧阳老师",
                    "theme": "敬业奉献",
                    "date": date(2026, 7, 7),
                    "sign_in": True,
                }
            },
            "surveys": {
                9: _survey(date(2026, 7, 20), "物业满意度", "入户", 1200, 1100, 1050),
                10: _survey(date(2026, 7, 30), "夜市调查", "街访", 60, 58, 41),
            },
            "patrols": {
                14: _patrol(date(2026, 7, 1), "3号楼前", "乱停乱放", 3) | {"fixed": True, "fixed_on": date(2026, 7, 2)},
                15: _patrol(date(2026, 7, 8), "北门（靠河）", "未发现问题", 0),
            },
        },
        (("date_from_number", 4, "D"), ("date_range", 9, "A")),
    )


def _survey(day, name, kind, sent, valid, satisfied) -> dict[str, Any]:
    return {"date": day, "name": name, "kind": kind, "sent": sent, "valid": valid, "satisfied": satisfied}


def _patrol(day, place, kind, quantity) -> dict[str, Any]:
    return {"found": day, "place": place, "kind": kind, "quantity": quantity}


def _self_check() -> BadFile:
    rows = [
        ["阵地与制度自查表", None, None, None, None, None, None],
        ["自查项目*", "达标", "数量\n（台/人/㎡）", "其中完好", "自查日期", "责任人", "社区书记签名"],
        ["道德讲堂\n年度规划", "达标", "/", "/", date(2026, 7, 6), "刘干事", "√"],
        ["绿色上网电脑", "不达标", "3台", "2", None, None, None],
        ["志愿服务队伍", "有", "12人", None, None, None, None],
        ["消防设施完好", "□", None, None, "2026-07-08", "周主任", None],
    ]
    return BadFile(
        "自查.xlsx",
        _book(
            {"封面": [["社区", "云溪里社区"], ["月份", "2026年07月"]], "自查表": rows, "旧表": [["2019", 1]]},
            {"自查表": "A1:G1 E3:E5 F3:F5"},
            hidden=("旧表",),
        ),
        "C05",
        "2026-07",
        {
            "facilities": {
                3: _check("道德讲堂年度规划", True, date(2026, 7, 6), "刘干事"),
                4: _check("绿色上网电脑", False, date(2026, 7, 6), "刘干事") | {"quantity": 3, "working": 2},
                5: _check("志愿服务队伍", True, date(2026, 7, 6), "刘干事") | {"quantity": 12},
                6: _check("消防设施完好", False, date(2026, 7, 8), "周主任"),
            }
        },
        (("sign_for_blank", 3, "C"),),
    )


def _check(item, in_place, checked, person) -> dict[str, Any]:
    return {"item": item, "in_place": in_place, "checked": checked, "person": person}


def _patrols_that_nobody_can_read() -> BadFile:
    rows = [
        ["巡查日期", "地点", "问题类型", "问题处数", "是否整改"],
        ["20260714日", "3号楼前", "乱停乱放", "L5", "R"],
        ["第二季度", "广场", "乱涂乱画", "若干", "是"],
        ["同上", "菜场", "车辆乱停", 2, "整改中"],
        ["2026年7月32日", "河边", "垃圾死角", "3处、2处", "√"],
        ["2026-07-15", "后街", "设施破损", 1, "否"],
    ]
    return BadFile(
        "桂花社区2026年7月.xlsx",
        _book({"环境巡查记录": rows}),
        "C01",
        "2026-07",
        {
            "patrols": {
                2: {"found": date(2026, 7, 14), "place": "3号楼前", "kind": "乱停乱放"},
                3: {"place": "广场", "kind": "乱涂乱画", "fixed": True},
                4: {"place": "菜场", "quantity": 2},
                5: {"place": "河边", "kind": "垃圾死角", "fixed": True},
                6: _patrol(date(2026, 7, 15), "后街", "设施破损", 1) | {"fixed": False},
            }
        },
        (
            *(("number_letter", 2, "D"), ("yes_no_unreadable", 2, "E"), ("date_too_coarse", 3, "A")),
            *(("number_no_amount", 3, "D"), ("date_unreadable", 4, "A"), ("choice_unknown", 4, "C")),
            *(("yes_no_unreadable", 4, "E"), ("date_unreadable", 5, "A"), ("number_several", 5, "D")),
        ),
        (
            "number_letter",
            "number_no_amount",
            "number_several",
            "yes_no_unreadable",
            "date_too_coarse",
            "date_unreadable",
            "choice_unknown",
        ),
    )


def _volunteers_over_two_pages() -> BadFile:
    head = ["序号", "服务时间", "服务项目", "所属团体", "类别", "地点", "志愿者人数", "服务时长", "负责人"]
    rows = [
        ["学雷锋志愿服务活动台账"],
        head,
        [1, "9月26-30日", "文明劝导", "青松队", "文明劝导", "路口", "近20人", "2.1+1=3.1小时", "刘干事1358997****"],
        [2, "2025年9月下旬", "清洁家园", "党员队", "环境整治", "院内", "15—20人", "100-150小时", "周主任"],
        ["学雷锋志愿服务活动台账（续表）"],
        head,
        [3, "2025-10-05 08:30:00 至 2025-10-05 11:00:00", "敬老", "青松队", "关爱老人", "养老院", 8, "2.5小时", "同前"],
        [4, "2025年元月3日", "送春联", "书画队", "其他", "广场", "十二", 24, "王五"],
        ["本页合计", None, None, None, None, None, 55, 129.6, None],
        ["审核：李四                复核：王五"],
    ]
    day, team = "date", "team"
    return BadFile(
        "2025年10月荷塘社区志愿服务.xlsx",
        _book({"志愿服务": rows}, {"志愿服务": "A1:I1 A5:I5 A10:I10"}, hidden_rows={"志愿服务": (8,)}),
        "C02",
        "2025-10",
        {
            "volunteering": {
                3: {day: date(2025, 9, 26), "name": "文明劝导", team: "青松队", "kind": "文明劝导", "place": "路口"}
                | {"people": 20, "hours": 3.1, "contact": "刘干事1358997****"},
                4: {day: date(2025, 9, 21), "name": "清洁家园", team: "党员队", "kind": "环境整治", "place": "院内"}
                | {"people": 15, "hours": 100, "contact": "周主任"},
                7: {day: date(2025, 10, 5), "name": "敬老", team: "青松队", "kind": "关爱老人", "place": "养老院"}
                | {"people": 8, "hours": 2.5, "contact": "同前"},
                8: {day: date(2025, 1, 3), "name": "送春联", team: "书画队", "kind": "其他", "place": "广场"}
                | {"people": 12, "hours": 24, "contact": "王五"},
            }
        },
        (
            *(("date_range", 3, "B"), ("number_about", 3, "G"), ("number_worked_out", 3, "H"), ("date_no_day", 4, "B")),
            *(("number_range", 4, "G"), ("number_range", 4, "H")),
        ),
    )


def _inspections_of_the_office() -> BadFile:
    rows = [
        ["云溪区文明办督查汇总表（2026年7月）"],
        ["序号", "督查时间", "受检单位", "具体点位", "考察内容", "结果", "扣分", "问题描述", "当场整改"],
        [1, "2026年7月8日", "桂花社居委", "3号楼", "楼道", "Ｂ", 0.5, "1、杂物堆放；2、飞线充电", "是"],
        [2, None, None, "东门", "宣传栏", "C＃", "1分", "版面褪色", "否"],
        [3, "7月9日", "荷塘", "菜场", "六乱", "a级", 0, None, None],
        ["东城街道"],
        [4, "2026/7/9", "松 柏 社区", "网吧门口", "绿色上网场所", "B级", "0.3", "无", "/"],
        ["平均", None, None, None, None, None, 0.45, None, None],
        ["督查人（签字）：", None, None, None, "年  月  日"],
    ]
    merged = "A1:I1 B3:B4 C3:C4 A6:I6"
    day, place, subject = "date", "place", "subject"
    return BadFile(
        "督查汇总.xlsx",
        _book({"督查记录": rows}, {"督查记录": merged}),
        "C01 C02 C03",
        "2026-07",
        {
            "inspections": {
                3: {day: date(2026, 7, 8), place: "3号楼", subject: "楼道", "grade": "B", "deduction": 0.5}
                | {"problem": "1、杂物堆放；2、飞线充电", "fixed_on_spot": True},
                4: {day: date(2026, 7, 8), place: "东门", subject: "宣传栏", "grade": "C#", "deduction": 1}
                | {"problem": "版面褪色", "fixed_on_spot": False},
                5: {day: date(2026, 7, 9), place: "菜场", subject: "六乱", "grade": "A", "deduction": 0},
                7: {day: date(2026, 7, 9), place: "网吧门口", subject: "绿色上网场所", "grade": "B", "deduction": 0.3}
                | {"problem": "无"},
            }
        },
        (("date_year_taken", 5, "B"), ("sign_for_blank", 7, "I")),
    )


def _ledger_on_two_sheets() -> BadFile:
    head = ["更新日期", "期数", "类别", "创建内容", "到课人数", "天气"]
    first = [["宣传栏与居民学校（上半月）"], head, [date(2026, 7, 2), "第12期", "宣传栏更新", "√", None, "晴"]]
    second = [
        [],
        [],
        [],
        ["宣传栏与居民学校（下半月）"],
        head,
        ["2026年7月16日（周四）", "科普课", "科 普", "×", "四十", "雨"],
    ]
    notes = [["填报说明"], ["一、本表由社区填写"], ["二、一项一行"]]
    return BadFile(
        "西街道桂花社区_2026-07.xlsx",
        _book(
            {"填表说明": notes, "居民学校（一）": first, "居民学校（二）": second, "Sheet3": []},
            hidden=("居民学校（二）",),
        ),
        "C01",
        "2026-07",
        {
            "school_activities": {
                3: {"date": date(2026, 7, 2), "name": "第12期", "kind": "宣传栏更新", "creation": True},
                6: {"date": date(2026, 7, 16), "name": "科普课", "kind": "科普", "creation": False, "people": 40},
            }
        },
    )


def _copied_from_a_web_page() -> BadFile:
    rows = [
        ["\ufeff活动日期", "活动主题\u200b", "宣讲人\xa0", "流程 环节", "签到表", "备注"],
        [
            "2026\u3000年 7 月 14 日",
            "\u200b孝老爱亲\xa0",
            "李\u200b讲师",
            "唱歌曲，学模范；诵经典\n送吉祥",
            "✔",
            "<b>好</b>",
        ],
        ["２０２６－０７－２８", "诚信\r\n", "王老师", "学模范/发善心", "Ｙ", "=1+1 的故事".replace("=", "＝")],
    ]
    return BadFile(
        "荷塘社区（2026年7月） - 副本.xlsx",
        _book({"道德讲堂": rows}),
        "C02",
        "2026-07",
        {
            "lectures": {
                2: {"date": date(2026, 7, 14), "theme": "孝老爱亲", "lecturer": "李讲师", "sign_in": True}
                | {"steps": ["唱歌曲", "学模范", "诵经典", "送吉祥"], "note": "<b>好</b>"},
                3: {"date": date(2026, 7, 28), "theme": "诚信", "lecturer": "王老师", "sign_in": True}
                | {"steps": ["学模范", "发善心"], "note": "=1+1 的故事"},
            }
        },
    )


def _named_after_last_month() -> BadFile:
    cover = [["月报"], [], ["社 区：", "桂花"], ["月 份", "2026.07"]]
    rows = [["活动日期", "活动主题", "宣讲人", "签到表"], ["2026-07-14", "诚信", "李讲师", "是"]]
    return BadFile(
        "桂花社区2026年6月(1).xlsx",
        _book({"封面": cover, "道德讲堂": rows}),
        "C01",
        "2026-07",
        {"lectures": {2: {"date": date(2026, 7, 14), "theme": "诚信", "lecturer": "李讲师", "sign_in": True}}},
        (("month_differs", None, ""),),
        ("month_differs",),
    )


def _no_ledger_at_all() -> BadFile:
    rows = [["部门", "电话", "分机"], ["文明办", "8800-1234", 12], ["城管", "8800-5678", 7]]
    return BadFile(
        "通讯录.xlsx", _book({"Sheet1": rows}), "", "", {}, (("sheet_unrecognised", None, ""),), ("nothing_recognised",)
    )


def _tabs_and_utf16() -> BadFile:
    lines = (
        "调查日期\t调查名称\t发放份数\t有效份数\t满意份数\t平均分",
        "2026年7月\t小区满意度\t100份\t９６\t90多\t85分以上",
        "2026-07-20\t窗口满意度\t50\t50\t0\t",
        "注：满意含基本满意\t\t\t\t\t",
    )
    return BadFile(
        "满意度调查.txt",
        "\r\n".join(lines).encode("utf-16"),
        "C04",
        "2026-07",
        {
            "surveys": {
                2: {
                    "date": date(2026, 7, 1),
                    "name": "小区满意度",
                    "sent": 100,
                    "valid": 96,
                    "satisfied": 90,
                    "score": 85,
                },
                3: {"date": date(2026, 7, 20), "name": "窗口满意度", "sent": 50, "valid": 50, "satisfied": 0},
            }
        },
        (("date_no_day", 2, "A"), ("number_about", 2, "E"), ("number_about", 2, "F")),
        options={"month": "2026-07", "community": "第一社区"},
    )


def _twice_and_of_others() -> BadFile:
    rows = [
        ["社区", "日期", "主题", "类型", "人数"],
        ["桂花社居委", "2026-07-05", "童谣会", "童谣传唱", 20],
        ["桂花", "2026.7.5", "童谣会 ", "童谣传唱", 22],
        ["荷塘社区", "2026-07-06", "童谣会", "童谣传唱", 18],
        ["合计", None, None, None, 60],
    ]
    return BadFile(
        "汇总.xlsx",
        _book({"封面": [["社区", "桂花社区"], ["月份", "2026年7月"]], "未成年人活动": rows}),
        "C01",
        "2026-07",
        {
            "minors_activities": {
                2: {"date": date(2026, 7, 5), "name": "童谣会", "kind": "童谣传唱", "people": 20},
                3: {"date": date(2026, 7, 5), "name": "童谣会", "kind": "童谣传唱", "people": 22},
                4: {"date": date(2026, 7, 6), "name": "童谣会", "kind": "童谣传唱", "people": 18},
            }
        },
        (("duplicate_event", 3, ""), ("community_in_row_differs", 4, "A")),
        ("community_in_row_differs",),
    )


BAD_FILES = tuple(
    make()
    for make in (
        *(_lecture_hall, _online_as_text, _minors_below_parents, _adverts_with_bands, _everything_on_one_sheet),
        *(_self_check, _patrols_that_nobody_can_read, _volunteers_over_two_pages, _inspections_of_the_office),
        *(_ledger_on_two_sheets, _copied_from_a_web_page, _named_after_last_month, _no_ledger_at_all, _tabs_and_utf16),
        _twice_and_of_others,
    )
)

"""The daily reports of the demo: a week before the inspection, one late, one missing, one corrected."""

from datetime import date, datetime, time, timedelta

from beicha.actions.daily import DailyEntry, DailyProblem, Duty, set_duty, write
from beicha.actions.grants import Grant, Post
from beicha.actions.opening import Store
from beicha.actions.views.daily import read_daily
from beicha.demo.arrivals import ZONE
from beicha.demo.district import COMMUNITIES, STREETS, TODAY

OFFICE = Grant("demo-office", (Post("office"),))
FIRST = date(2026, 7, 1)
WORK = (
    "入户宣传 320 户，清理楼道杂物 14 处，更换破损公益广告 6 处。",
    "开展“周五大扫除”，清理卫生死角 9 处，规范非机动车停放 120 辆。",
    "走访沿街商户 48 家，签订门前五包责任书 48 份。",
    "整理道德讲堂、未成年人档案各一套，补拍活动照片 22 张。",
)
PROBLEMS = ("三号楼前垃圾落地，清运不及时。", "宣传栏玻璃破损。", "流动摊点占道。", "楼道飞线充电两处。")
NEEDS = ("", "请城管办协助清理占道摊点。", "请物业办督促老旧小区清运。", "")


def report_daily(store: Store) -> None:
    """Writes what was reported by the demo's day; nothing where something is there already."""
    if any(row.report for row in read_daily(OFFICE, store, FIRST, now=_at(FIRST, 18)).rows):
        return
    set_duty(OFFICE, store, Duty(FIRST, date(2026, 7, 31)), now=_at(FIRST, 8))
    for number in range((TODAY - FIRST).days):
        for place, street in enumerate(STREETS):
            if (number + place) % 11 != 7:
                _write(store, street.code, FIRST + timedelta(days=number), number + place, _hour(number, place))
    _write(store, STREETS[0].code, FIRST, 9, 17)
    _write(store, STREETS[1].code, TODAY, 2, 9)


def _hour(number: int, place: int) -> int:
    """One report a week comes after the hour."""
    return 17 if (number, place) == (3, 2) else 15


def _write(store: Store, street: str, day: date, number: int, hour: int) -> None:
    here = [community.code for community in COMMUNITIES if community.parent == street]
    kind = number % len(WORK)
    problems = (DailyProblem(PROBLEMS[kind], here[number % len(here)]),) if number % 3 else ()
    grant = Grant("demo-street", (Post("street", street),))
    write(grant, store, DailyEntry(street, day, WORK[kind], problems, NEEDS[kind]), now=_at(day, hour))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 20), ZONE)

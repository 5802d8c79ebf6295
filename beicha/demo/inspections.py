"""督查记录: which communities the office visits in a month and what it writes down there."""

from datetime import date
from typing import NamedTuple

from beicha.demo.characters import CHARACTERS
from beicha.demo.district import COMMUNITIES
from beicha.demo.scene import Row, Scene
from scoring.facts import Area
from scoring.periods import first_day, month_number, period_text

_GRADES = ("A", "B", "C", "C#")
_NOT_SINCE_MARCH = ("LT01", "LT03", "LT05", "LT06")
"""No inspector came here in the second quarter of 2026."""


def _named(place: str, problem: str, fixed: bool = False) -> Row:
    row: Row = {"subject": "六乱", "place": place, "problem": problem, "fixed_on_spot": fixed}
    return row | {"photos": 1 if fixed else 2, "responsible": "城管办"}


def _verified(criterion: str, subject: str, place: str, **result: object) -> Row:
    return {"subject": subject, "place": place, "criterion": criterion, **result}


_SPECIAL: dict[tuple[str, str], tuple[Row, ...]] = {
    ("WC04", "2026-02"): (
        {"subject": "一票否决事项", "place": "二号楼", "note": "电动自行车火灾，一人受伤，已由区安委会认定"},
    ),
    ("GL04", "2026-06"): (
        _verified(
            "JT-2", "讲堂场所", "社区道德讲堂", grade="C", problem="背景和画像已撤", fixed_on_spot=True, photos=3
        ),
        _verified("WC-9", "绿色上网场所", "绿色网吧", grade="B"),
        _verified("GY-6", "广告完好情况", "小区主入口", score=0.6),
        _verified("GY-6", "广告完好情况", "中心广场", score=0.8),
    ),
    ("GL02", "2026-06"): (
        {"subject": "其他", "place": "楼道微花园", "extra": 0.5, "note": "居民自管，值得推广"},
        _verified("GY-1", "核心价值观广告", "小区主入口", grade="A"),
    ),
    ("QH05", "2026-06"): (
        _named("停车场", "非机动车占用盲道"),
        _named("老街东段", "店外堆放纸箱"),
        _named("南门外街", "流动摊点聚集"),
    ),
    ("QH05", "2025-11"): (_named("一号楼周边", "飞线充电"),),
    ("LT02", "2026-06"): (_named("南门外街", "路牙停车", fixed=True),),
    ("WC05", "2026-06"): (
        _named("垃圾分类点", "垃圾落地"),
        _verified("HJ-2", "六乱", "全域", score=0.4),
    ),
    ("QH02", "2026-03"): (_verified("GY-2", "未成年人广告", "儿童游乐区", grade="A"),),
}
"""What was written down beyond the round, by community and month; it makes a visit of its own."""


class Visit(NamedTuple):
    """A visit of the office: to whom, when, and the rows written down."""

    community: Area
    day: date
    rows: list[Row]


def visits(month: int) -> list[Visit]:
    """The visits of a month: every community once a quarter, but for those that were passed over."""
    return [
        Visit(community, _day(scene), _records(scene))
        for number, community in enumerate(COMMUNITIES)
        if _is_visited(number, community.code, month)
        for scene in [Scene(community, month)]
    ]


def _is_visited(number: int, code: str, month: int) -> bool:
    if (code, period_text(month)) in _SPECIAL:
        return True
    passed_over = code in _NOT_SINCE_MARCH and month > month_number("2026-03")
    return (number + month) % 3 == 0 and not passed_over


def _day(scene: Scene) -> date:
    return first_day(scene.month).replace(day=5 + 2 * (scene.community.order % 6))


def _records(scene: Scene) -> list[Row]:
    rows = [
        _record(scene, "门前五包", "老街商户", grade=_grade(scene, "shops", 1.3)),
        _record(scene, "宣传栏", "小区宣传栏", grade=_grade(scene, "board", 1.2)),
        *(
            _record(scene, subject, place, deduction=_deduction(scene, place))
            for subject, place in (("小区环境", "中心广场"), ("楼道", "三号楼"), ("背街小巷", "后巷"))
            if subject != "背街小巷" or "HJ-8" not in CHARACTERS[scene.code].not_applicable
        ),
    ]
    special = _SPECIAL.get((scene.code, period_text(scene.month)), ())
    return rows + [_record(scene, **values) for values in special]


def _grade(scene: Scene, what: str, weight: float) -> str:
    return _GRADES[sum(not scene.does("HJ", what, step, weight=weight) for step in range(3))]


def _deduction(scene: Scene, place: str) -> float:
    most = min(10, round(14 * (1.08 - scene.care("HJ"))))
    return scene.between(0, most, "deduction", place) / 10


def _record(scene: Scene, subject: str, place: str, **values: object) -> Row:
    blank = (
        "criterion",
        "grade",
        "score",
        "deduction",
        "problem",
        "fixed_on_spot",
        "extra",
        "note",
        "photos",
        "responsible",
    )
    record: Row = dict.fromkeys(blank) | {"date": _day(scene), "place": place, "subject": subject}
    if values.get("grade") == "C#":
        record["note"] = "已交办社区限期整改"
    return record | {"inspector": "督查一组" if scene.month % 2 else "督查二组"} | values

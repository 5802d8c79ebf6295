"""What is there: 公益广告点位 and the self-check of 阵地与制度, as a community finds them in a month."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from beicha.demo.chance import between, draw, pick
from beicha.demo.characters import CHARACTERS
from beicha.demo.scene import Row, Scene
from scoring.periods import first_day


class _Point(NamedTuple):
    place: str
    theme: str
    form: str
    quantity: int
    prominent: bool


_POINTS = (
    _Point("小区主入口", "社会主义核心价值观", "景观造型", 1, True),
    _Point("小区主入口东侧", "关爱保护未成年人", "宣传栏", 2, True),
    _Point("中心广场", "讲文明树新风", "展板", 2, True),
    _Point("一号楼前", "图说我们的价值观", "宣传画", 2, False),
    _Point("健身角", "文明健康有你有我", "展板", 1, False),
    _Point("志愿服务站外墙", "志愿服务", "宣传栏", 1, False),
    _Point("便民超市旁", "诚信", "宣传画", 1, False),
    _Point("儿童游乐区", "关爱保护未成年人", "宣传画", 3, False),
    _Point("南门步道", "传统美德", "标语", 1, False),
    _Point("活动中心大厅", "关爱保护未成年人", "LED", 1, False),
    _Point("北门", "移风易俗", "展板", 1, False),
)
_HOARDING = _Point("施工围挡", "中国梦", "建筑围挡", 1, False)
_BANNER = _Point("西门临时横幅", "社会主义核心价值观", "横幅", 1, True)


def public_ads(scene: Scene) -> list[Row]:
    """The points of this month with their state."""
    return [_ad(scene, number, point) for number, point in enumerate(_points(scene), 1)]


def _points(scene: Scene) -> Iterator[_Point]:
    for point in _POINTS:
        if scene.has("GY", point.place, weight=0.7):
            yield point
    if "GY-10" not in CHARACTERS[scene.code].not_applicable:
        yield _HOARDING
    if scene.care("GY") < 0.75:
        yield _BANNER


def _ad(scene: Scene, number: int, point: _Point) -> Row:
    is_hoarding = point.form == "建筑围挡"
    share = 0.34 if scene.has("GY", "hoarding") else 0.22
    return {
        "point": f"{scene.community.name[:-2]}{number:02d}号点",
        "place": point.place,
        "theme": point.theme,
        "form": point.form,
        "quantity": point.quantity,
        "prominent": point.prominent,
        "own_design": draw(scene.code, "own", point.place) < scene.care("GY") - 0.25,
        "intact": scene.does("GY", "intact", point.place, weight=0.5),
        "wording": scene.has("GY", "wording", point.place, weight=0.12),
        "updated": _updated(scene, point.place),
        "area": 120.0 if is_hoarding else None,
        "public_area": round(120.0 * share, 1) if is_hoarding else None,
        "note": None,
    }


def _updated(scene: Scene, place: str) -> date | None:
    """A point is renewed every so many months, seldom where little care is taken."""
    every = 9 if scene.has("GY", "renewal", place) else 40
    age = (scene.month + between(0, every - 1, scene.code, place)) % every
    return first_day(scene.month - age).replace(day=between(2, 24, scene.code, "renewed", place))


_ITEMS = {
    "JT": (
        *("道德讲堂年度规划", "道德讲堂领导小组", "宣讲员队伍名单", "道德讲堂固定场所"),
        *("讲堂背景", "讲堂标识", "讲堂格言", "讲堂画像"),
    ),
    "WC": (
        *("未成年人工作领导小组", "未成年人工作年度计划", "三结合教育网络", "心理辅导室", "心理辅导员"),
        *("心理咨询电话", "心理辅导记录", "绿色上网电脑", "上网过滤软件", "少儿图书角", "图书借阅登记"),
        *("开放时间公示", "负责人公示", "免费开放公示"),
    ),
    "ZY": ("志愿服务站处所", "志愿服务标识", "志愿服务展板", "志愿服务队伍", "志愿者名册", "志愿服务台账"),
    "XC": ("居民学校教学计划", "居民学校教师名册", "居民学校教材", "文化服务中心面积"),
    "HJ": (
        *("物业人员着装佩牌", "物业服务公示", "物业收费公示", "消防设施完好", "疏散通道畅通", "背街小巷路灯"),
        *("市场划行归市", "市场亮证经营", "市场除四害"),
    ),
    "WL": ("网络文明志愿者",),
}
_BELONGS_TO = {"HJ-6": "物业", "HJ-8": "背街小巷", "HJ-9": "市场"}
_QUANTITIES = {
    "绿色上网电脑": (5, 3),
    "文化服务中心面积": (230, 160),
    "网络文明志愿者": (8, 4),
    "背街小巷路灯": (40, 40),
}


def facilities(scene: Scene) -> list[Row]:
    """The self-check of the month: an item that does not exist here is left out, one that is lacking says no."""
    absent = tuple(_BELONGS_TO[code] for code in CHARACTERS[scene.code].not_applicable if code in _BELONGS_TO)
    return [
        _item(scene, section, item)
        for section, items in _ITEMS.items()
        for item in items
        if not item.startswith(absent or ("-",))
    ]


def _item(scene: Scene, section: str, item: str) -> Row:
    in_place = scene.has(section, item)
    enough, few = _QUANTITIES.get(item, (None, None))
    return {
        "item": item,
        "in_place": in_place,
        "quantity": enough if in_place else few,
        "working": (39 if in_place else 36) if item == "背街小巷路灯" else None,
        "checked": scene.day("self-check", first=18, last=22),
        "person": pick(("居委会文教委员", "居委会环境委员", "网格员"), scene.code, item),
        "note": None if in_place else "正在整改",
    }

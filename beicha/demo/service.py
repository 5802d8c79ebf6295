"""志愿服务活动 and 环境巡查记录: what volunteers and patrols do in a month."""

from beicha.demo.scene import Row, Scene
from scoring.periods import first_day

_SERVICES = {
    "学雷锋": ("学雷锋便民服务日", "雷锋精神伴我行"),
    "关爱老人": ("走访独居老人", "敬老助餐"),
    "关爱未成年人": ("四点半课堂看护", "护学岗"),
    "文明劝导": ("路口文明劝导", "文明养犬劝导"),
    "环境整治": ("楼院大扫除", "清理小广告"),
    "科普普法": ("反诈宣传进楼栋", "科普大篷车"),
    "志愿者培训": ("志愿者急救培训", "志愿服务礼仪培训"),
}
_ROUND = ("关爱老人", "文明劝导", "关爱未成年人", "环境整治", "科普普法")
_TEAMS = ("红马甲服务队", "银龄服务队", "青年突击队", "巾帼服务队")


def volunteering(scene: Scene) -> list[Row]:
    """The services of the month."""
    return [_service(scene, kind, number) for number, kind in enumerate(_kinds(scene))]


def _kinds(scene: Scene) -> list[str]:
    kinds = [_ROUND[(3 * scene.month + number) % 5] for number in range(3) if scene.does("ZY", "service", number)]
    if scene.month_of_year == 3:
        kinds += ["学雷锋" for number in range(2) if scene.does("ZY", "march", number)]
    if scene.month_of_year == 4:
        kinds += ["环境整治" for number in range(2) if scene.does("ZY", "april", number)]
    if scene.month_of_year in (5, 11) and scene.does("ZY", "training"):
        kinds.append("志愿者培训")
    return kinds


def _service(scene: Scene, kind: str, number: int) -> Row:
    teams = 4 if scene.has("ZY", "teams") else 2
    people = scene.between(8, 20, "people", number)
    long = 2.5 if scene.care("ZY") > 0.7 else 1.5
    return {
        "date": scene.day("service", number, first=1 + 5 * number, last=4 + 5 * number),
        "name": scene.pick(_SERVICES[kind], number),
        "team": _TEAMS[(scene.month + number) % teams],
        "kind": kind,
        "place": scene.pick(("社区广场", "各小区", "学校门口", "老街路口"), "place", number),
        "people": people,
        "hours": people * long,
        "registered": scene.does("ZY", "registered", number, weight=0.4),
        "photos": scene.between(2, 6, "photos", number),
        "contact": scene.person("队长", number % teams),
        "note": None,
    }


_TROUBLES = ("乱停乱放", "乱堆乱占", "乱涂乱画", "乱扯乱挂", "乱摆摊点", "乱搭乱建")
_ROUTE = ("一号楼周边", "南门外街", "老街东段", "停车场", "垃圾分类点")


def patrols(scene: Scene) -> list[Row]:
    """The patrols of the month, and once more what was found and left open the month before."""
    return _open_from(Scene(scene.community, scene.month - 1)) + _rounds(scene)


def _rounds(scene: Scene) -> list[Row]:
    walks = [number for number in range(4) if scene.does("HJ", "walk", number, weight=0.6)]
    rows = [_walk(scene, number) for number in walks]
    if not scene.does("HJ", "second trouble", weight=1.6):
        rows += [_walk(scene, number, "again") for number in walks[:2]]
    return rows


def _walk(scene: Scene, number: int, again: str = "") -> Row:
    is_clean = not again and scene.does("HJ", "clean", number, weight=1.4)
    fixed = is_clean or scene.does("HJ", "fixed", number, again, weight=0.5)
    day = first_day(scene.month).replace(day=1 + 6 * number + scene.between(0, 4, "walk", number))
    kind = _TROUBLES[(scene.month + 2 * number + len(again)) % len(_TROUBLES)]
    return {
        "found": day,
        "place": _ROUTE[(number + (2 if again else 0)) % len(_ROUTE)],
        "kind": "未发现问题" if is_clean else kind,
        "quantity": 0 if is_clean else scene.between(1, 2, "quantity", number, again),
        "fixed": None if is_clean else fixed,
        "fixed_on": day if fixed and not is_clean else None,
        "patroller": scene.person("网格员", number % 3),
        "note": None,
    }


def _open_from(before: Scene) -> list[Row]:
    """What was left open and is closed by now: the same event reported again, newer."""
    return [
        row | {"fixed": True, "fixed_on": first_day(before.month + 1).replace(day=6), "note": "上月遗留，已整改"}
        for row in _rounds(before)
        if row["fixed"] is False and before.has("HJ", "closes old")
    ]

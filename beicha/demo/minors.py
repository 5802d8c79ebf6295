"""未成年人活动: what a community does for its children and their parents, by the calendar."""

from collections.abc import Iterator

from beicha.demo.scene import Row, Scene

_NAMES = {
    "学雷锋做美德少年": ("小小雷锋在行动", "争做新时代美德少年"),
    "清明祭英烈": ("清明网上祭英烈", "缅怀先烈少年行"),
    "童心向党": ("童心向党歌咏会", "红领巾讲故事"),
    "向国旗敬礼": ("向国旗敬礼签名寄语", "升旗仪式我参加"),
    "中华经典诵读": ("经典润童心诵读会", "古诗里的家风"),
    "童谣传唱": ("童谣唱响新风尚",),
    "我的中国梦": ("我的中国梦主题征文",),
    "美德少年学习宣传": ("身边的美德少年故事会",),
    "心理健康辅导": ("阳光心理小课堂", "情绪小管家团体辅导"),
    "家长学校": ("家长学校：陪孩子好好说话", "家长学校：手机怎么管"),
    "关爱帮扶": ("微心愿圆梦行动", "困境儿童结对走访"),
    "假期课堂": ("假期课堂：书法", "假期课堂：科学小实验", "假期课堂：防溺水", "假期课堂：阅读", "假期课堂：手工"),
    "法治安全教育": ("消防安全开放日",),
    "社会实践": ("垃圾分类小督导员",),
}
_EVERY_YEAR = {
    3: {"学雷锋做美德少年": 2},
    4: {"清明祭英烈": 1, "中华经典诵读": 1, "心理健康辅导": 1},
    5: {"童心向党": 1, "童谣传唱": 1, "中华经典诵读": 1},
    6: {"童心向党": 1},
    7: {"童心向党": 1, "假期课堂": 4, "法治安全教育": 1},
    8: {"假期课堂": 4},
    9: {"我的中国梦": 1, "向国旗敬礼": 1},
    10: {"向国旗敬礼": 1, "心理健康辅导": 1},
    11: {"社会实践": 1},
    12: {"美德少年学习宣传": 1, "法治安全教育": 1},
    1: {"假期课堂": 4},
    2: {"假期课堂": 4, "中华经典诵读": 1},
}
_EVERY_QUARTER = {1: ("关爱帮扶",), 2: ("家长学校",)}
"""By month of the quarter."""


def minors_activities(scene: Scene) -> list[Row]:
    """The activities of the month, as far as they were held."""
    return [
        _activity(scene, kind, number)
        for kind, number in _planned(scene.month_of_year)
        if scene.does("WC", kind, number)
    ]


def _planned(month_of_year: int) -> Iterator[tuple[str, int]]:
    for kind, count in _EVERY_YEAR[month_of_year].items():
        yield from ((kind, number) for number in range(count))
    for kind in _EVERY_QUARTER.get((month_of_year - 1) % 3, ()):
        yield kind, 0


def _activity(scene: Scene, kind: str, number: int) -> Row:
    expected = scene.between(24, 48, kind, number)
    is_school = kind == "家长学校"
    came = expected - scene.between(0, 4, "came", kind, number)
    if is_school and not scene.does("WC", "attendance"):
        came = int(expected * 0.68)
    return {
        "date": scene.day(kind, number),
        "name": _NAMES[kind][(scene.month + number) % len(_NAMES[kind])],
        "kind": kind,
        "place": scene.pick(("未成年人活动室", "社区广场", "社区会议室", "共建小学"), kind, number),
        "expected": expected if is_school else None,
        "people": came,
        "hours": 2 if is_school else None,
        "plan": scene.does("WC", "plan", kind, number),
        "summary": scene.does("WC", "summary", kind, number),
        "photos": scene.between(5, 9, "photos", kind, number) if scene.does("WC", "photos", kind, number) else 3,
        "media": int(scene.does("WC", "media", kind, number)),
        "note": None,
    }

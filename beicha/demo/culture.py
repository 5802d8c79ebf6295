"""宣传栏与居民学校, 网络文明传播 and 满意度调查: what a community posts, teaches, publishes and asks in a month."""

from beicha.demo.scene import Row, Scene

_LESSONS = {
    "宣传文化": ("节日民俗展", "社区文化墙更新会"),
    "党员教育": ("主题党日学习", "党员微党课"),
    "市民教育": ("文明礼仪课堂", "垃圾分类课堂"),
    "科普": ("智能手机课堂", "健康科普讲座"),
    "普法": ("民法典小讲堂", "反诈普法课"),
    "文体活动": ("广场舞展演", "邻里象棋赛", "社区合唱排练"),
}
_YEARLY = ("宣传文化", "党员教育", "市民教育", "科普", "普法")


def school_activities(scene: Scene) -> list[Row]:
    """The notice board, the residents' school and the culture centre in the month."""
    rows = [_board(scene)] if scene.does("XC", "board", weight=0.7) else []
    rows += [
        _lesson(scene, kind, number)
        for number, kind in enumerate(_YEARLY)
        if (scene.month + number) % 2 == 0 and scene.does("XC", kind, weight=0.6)
    ]
    rows += [_lesson(scene, "文体活动", 6 + number) for number in range(1) if scene.does("XC", "games", weight=0.8)]
    if scene.month % 4 == 0 and scene.does("XC", "more games"):
        rows.append(_lesson(scene, "文体活动", 8))
    if scene.month_of_year % 3 == 2 and scene.does("XC", "upkeep"):
        rows.append(_row(scene, "设施维护", "活动室设施检修", 9) | {"people": None})
    return rows


def _board(scene: Scene) -> Row:
    name = f"宣传栏第{scene.month_of_year}期"
    creation = scene.month_of_year % 3 != 0 and scene.does("XC", "creation", weight=1.2)
    return _row(scene, "宣传栏更新", name, 0) | {"creation": creation, "people": None, "lecturer": None}


def _lesson(scene: Scene, kind: str, number: int) -> Row:
    return _row(scene, kind, scene.pick(_LESSONS[kind], kind, number), number)


def _row(scene: Scene, kind: str, name: str, number: int) -> Row:
    return {
        "date": scene.day("school", kind, number),
        "name": name,
        "kind": kind,
        "creation": None,
        "place": scene.pick(("居民学校", "文化服务中心", "社区广场"), "place", kind, number),
        "lecturer": scene.person("教员", scene.between(1, 5, kind)),
        "people": scene.between(18, 60, "people", kind, number),
        "photos": scene.between(2, 6, "photos", kind, number),
        "note": None,
    }


_POSTS = {
    "信息报送": (("创建工作简讯", 3), ("网格里的文明故事", 3)),
    "原创信息": (("文明楼院晒一晒", 4), ("好人好事随手拍", 4), ("我家门前三分地", 4), ("社区新风尚", 4)),
    "转发评论": (("转发文明倡议", 2), ("转发防骗提醒", 2), ("转发节俭倡议", 2)),
    "主题活动": (("线上晒家风接力", 10), ("文明随手拍征集", 10)),
}


def online(scene: Scene) -> list[Row]:
    """The posts of the month."""
    wanted = {"信息报送": 1, "原创信息": 4, "转发评论": 3, "主题活动": int(scene.month % 3 == 2)}
    return [
        _post(scene, kind, number)
        for kind, count in wanted.items()
        for number in range(count)
        if scene.does("WL", kind, number, weight=1.0 if kind in ("信息报送", "主题活动") else 1.3)
    ]


def _post(scene: Scene, kind: str, number: int) -> Row:
    title, points = _POSTS[kind][(scene.month + number) % len(_POSTS[kind])]
    return {
        "date": scene.day("post", kind, number),
        "title": title,
        "kind": kind,
        "channel": scene.pick(("微信公众号", "短视频", "社区微信群", "微博"), kind, number),
        "points": points,
        "level": "街道" if kind == "信息报送" else None,
        "author": scene.person("干事", number % 2),
        "note": None,
    }


def surveys(scene: Scene) -> list[Row]:
    """The survey of the quarter, in its second month."""
    if scene.month_of_year % 3 != 2 or not scene.does("MY", "survey", weight=0.5):
        return []
    valid = scene.between(36, 64, "valid") if scene.does("MY", "enough", weight=0.5) else 16
    care = scene.care("MY")
    return [
        {
            "date": scene.day("survey"),
            "name": "社区创建满意度问卷",
            "kind": scene.pick(("入户", "线上", "街访"), "kind"),
            "sent": valid + scene.between(2, 10, "sent"),
            "valid": valid,
            "satisfied": round(valid * min(0.98, 0.30 + 0.66 * care)),
            "aware": round(valid * min(0.99, 0.40 + 0.62 * care)),
            "score": round(51 + 43 * care + scene.between(-2, 2, "score"), 1),
            "note": None,
        }
    ]

"""道德讲堂: what a community's lecture hall does in a month."""

from beicha.demo.scene import Row, Scene

_STORIES = {
    "助人为乐": ("邻里守望热心肠", "二十年义务理发", "雨夜送药人"),
    "见义勇为": ("河边的伸手一救", "楼道里的灭火器", "追回老人的钱包"),
    "诚实守信": ("一把拾来的钥匙", "小店里的良心秤", "欠条背后的承诺"),
    "敬业奉献": ("清晨四点的扫帚", "社区里的好医生", "修了三十年的水表"),
    "孝老爱亲": ("九旬婆婆的儿媳", "背着母亲看花灯", "一碗热汤面"),
}
_VIRTUES = ("社会公德", "职业道德", "家庭美德", "个人品德")
_TOPICS = {
    "社会公德": "文明礼仪伴我行",
    "职业道德": "爱岗敬业守诚信",
    "家庭美德": "好家风代代传",
    "个人品德": "友善待人做好人",
}
_STEPS = ["唱歌曲", "学模范", "诵经典", "发善心", "送吉祥"]
_PLACES = ("社区道德讲堂", "新时代文明实践站", "社区三楼会议室", "小区广场")


def lectures(scene: Scene) -> list[Row]:
    """The lectures of the month, none where it was let slip."""
    count = int(scene.does("JT", "lecture", weight=0.6)) + int(scene.does("JT", "second", weight=4.0))
    return [_lecture(scene, number) for number in range(count)]


def _lecture(scene: Scene, number: int) -> Row:
    quarter = (scene.month_of_year - 1) // 3
    virtue = _VIRTUES[quarter] if scene.does("JT", "virtue", number) else scene.pick(_VIRTUES, "virtue", number)
    kinds = list(_STORIES)[: 5 if scene.has("JT", "all kinds", weight=1.5) else 4]
    kind = kinds[(scene.month + number) % len(kinds)]
    speakers = 4 if scene.has("JT", "speakers", weight=1.5) else 2
    return {
        "date": scene.day("lecture", number, first=1 + 12 * number, last=12 + 12 * number),
        "theme": f"{_TOPICS[virtue]}（第{scene.month_of_year}{'AB'[number] if number else ''}讲）",
        "place": _PLACES[0] if number == 0 else scene.pick(_PLACES, "place"),
        "virtue": virtue,
        "story_kind": kind,
        "story": scene.pick(_STORIES[kind], "story", number) if scene.does("JT", "story", number) else None,
        "local_model": scene.month_of_year % 3 == 2 and scene.does("JT", "local", weight=1.2),
        "lecturer": scene.person("老师", scene.between(1, speakers, "speaker", number)),
        "people": scene.between(28, 76, "people", number),
        "steps": _STEPS if scene.does("JT", "steps", number) else _STEPS[: scene.between(3, 4, "steps", number)],
        "sign_in": scene.does("JT", "sign-in", number, weight=0.6),
        "script": scene.does("JT", "script", number),
        "reflections": scene.between(2, 4, "reflections") if scene.does("JT", "reflections", number) else 1,
        "photos": scene.between(3, 8, "photos", number),
        "note": None,
    }

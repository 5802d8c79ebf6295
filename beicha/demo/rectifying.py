"""The rectification of the demo: who answers for what, tasks in every state, and a few photos of before and after."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from beicha.actions import tasks, units
from beicha.actions.evidence import add_photos
from beicha.actions.grants import Grant, Post
from beicha.actions.opening import Store
from beicha.actions.submissions import NamedFile
from beicha.actions.task_making import make_of_lost
from beicha.actions.task_states import Verb
from beicha.actions.tasks import Decision, NewTask
from beicha.actions.views.lost_points import lost_points
from beicha.actions.views.reading import read_months
from beicha.actions.views.tasks import read_tasks
from beicha.demo.arrivals import ZONE
from beicha.demo.district import COMMUNITIES, LAST, STREETS, TODAY
from scoring.periods import period_text

OFFICE = Grant("demo-office", (Post("office"),))
CLERK = Grant("demo-clerk", (Post("clerk", COMMUNITIES[0].code),))
MADE = date(2026, 6, 16)
"""The day after May was made final."""
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
_GIVEN = ("敏", "立新", "海燕", "建国", "晓梅", "志强", "春生", "秀兰")


def rectify(store: Store) -> None:
    """Names people and makes tasks, where there are none yet."""
    if read_tasks(OFFICE, store, now=_moment(TODAY)).rows:
        return
    _name_people(store)
    made = _make(store)
    _go_on(store, made)
    _note(store)
    _show(store, made[0])


def _name_people(store: Store) -> None:
    at = _moment(date(2026, 5, 6))
    keys = [("area", area.code) for area in (*STREETS, *COMMUNITIES)]
    lines = read_months(OFFICE, store, period_text(LAST), period_text(LAST))[0].edition.lines
    keys += [("line", line.code) for line in lines]
    for number, key in enumerate(keys):
        named = {"first": _name(number), "direct": _name(number + 7), "contact": _name(number + 3)}
        units.set_people(OFFICE, store, key, named | {"phone": f"555-{1000 + number}"}, now=at)  # type: ignore[arg-type]


def _name(number: int) -> str:
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[number * 3 % len(_GIVEN)]


def _make(store: Store) -> tuple[int, ...]:
    """Two tasks for each of eight communities, from the points that May lost most."""
    period = period_text(LAST - 1)
    found = lost_points(read_months(OFFICE, store, period, period)[0], ())
    chosen = found.groupby("community", sort=False).head(2).head(16)
    pairs = list(zip(chosen["community"], chosen["criterion"], strict=True))
    made: list[int] = []
    for number, due in enumerate((date(2026, 6, 26), date(2026, 7, 3), date(2026, 7, 20))):
        part = pairs[number::3]
        made += make_of_lost(OFFICE, store, period, part, due, language="zh_CN", now=_moment(MADE))
    return tuple(made)


def _go_on(store: Store, made: Sequence[int]) -> None:
    _take(store, "claim", made[0:3], "已按要求补齐，附整改照片。", date(2026, 6, 24))
    _take(store, "close", made[0:1], "现场复查，已整改到位。", date(2026, 6, 25))
    _take(store, "reject", made[1:2], "照片看不清，请重拍后再报。", date(2026, 6, 25))
    _take(store, "comment", made[4:5], "物业已报价，下周进场。", date(2026, 6, 29))
    _take(store, "close", made[6:9], "现场复查，已整改到位。", date(2026, 7, 1))
    _take(store, "cancel", made[9:10], "重复下达。", date(2026, 7, 1))
    decision = Decision("extend", (made[3],), "雨天无法施工，同意延期。", date(2026, 7, 10))
    tasks.decide(OFFICE, store, decision, now=_moment(date(2026, 7, 2)))


def _take(store: Store, verb: Verb, numbers: Sequence[int], text: str, day: date) -> None:
    tasks.decide(OFFICE, store, Decision(verb, tuple(numbers), text), now=_moment(day))


def _note(store: Store) -> None:
    new = NewTask(
        COMMUNITIES[0].code, period_text(LAST), "", "楼道堆放杂物", "三号楼二单元楼道堆放旧家具，居民来电反映。",
        "三天内清理并回访。", "", (), TODAY + timedelta(days=3), {}, "note/群众来信来电",
    )  # fmt: skip
    tasks.make(OFFICE, store, [new], now=_moment(TODAY))


def _show(store: Store, task: int) -> None:
    """A picture of before and one of after; drawn, so that nobody is in them."""
    for when, ground in (("before", "#B8B0A2"), ("after", "#DCE6F1")):
        photo = NamedFile(f"{when}.jpg", _drawn(ground, tidy=when == "after"))
        add_photos(OFFICE, store, task, when, [photo], now=_moment(date(2026, 6, 24)))  # type: ignore[arg-type]


def _drawn(ground: str, *, tidy: bool) -> bytes:
    """A wall with a board on it: hanging askew among rubbish, or straight."""
    picture = Image.new("RGB", (640, 420), ground)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 330, 640, 420), fill="#8A8578")
    board = [(170, 80), (470, 80), (470, 260), (170, 260)] if tidy else [(180, 110), (470, 70), (490, 250), (200, 290)]
    pen.polygon(board, fill="#FFFFFF", outline="#1F4E79", width=6)
    for number in range(0 if tidy else 6):
        pen.ellipse((60 + 90 * number, 340 + number % 2 * 20, 110 + 90 * number, 385 + number % 2 * 20), fill="#5F5A50")
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(10), ZONE)

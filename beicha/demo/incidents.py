"""What does not follow from habits: things that happened once, so that the demo shows them."""

from collections.abc import Callable
from datetime import date

from beicha.demo.scene import Row, Scene
from beicha.demo.service import volunteering
from scoring.facts import Area
from scoring.periods import month_number, period_text

Ledgers = dict[str, list[Row]]


def with_incidents(community: Area, month: int, rows: Ledgers) -> Ledgers:
    """The rows of a report after what happened there once."""
    for happens in _INCIDENTS.get(community.code, ()):
        happens(Scene(community, month), rows)
    return rows


def _reports_again(scene: Scene, rows: Ledgers) -> None:
    """The clerk sends last month's services once more, with the attendance put right."""
    again = [row | {"people": row["people"] + 1} for row in volunteering(Scene(scene.community, scene.month - 1))]
    rows["volunteering"] = again[-2:] + rows["volunteering"]


def _finds_old_papers(scene: Scene, rows: Ledgers) -> None:
    """Old records turn up, too old to count."""
    if period_text(scene.month) != "2026-06":
        return
    old = {"kind": "普法", "creation": None, "place": "居民学校", "lecturer": "任教员", "photos": 2, "note": "补录"}
    rows["school_activities"] += [
        old | {"date": date(2025, 3, 12), "name": "三月法治讲座", "people": 33},
        old | {"date": date(2025, 4, 9), "name": "四月法治讲座", "people": 27},
    ]
    lecture = dict(rows["lectures"][0]) if rows["lectures"] else None
    if lecture:
        rows["lectures"].append(lecture | {"date": date(2025, 12, 18), "theme": "岁末补讲", "note": "补录"})


def _is_in_the_papers(scene: Scene, rows: Ledgers) -> None:
    """Media of the city and the province take up what the community wrote."""
    levels = {"2026-06": ("市级", "市级", "省级"), "2026-04": ("市级",), "2025-11": ("市级", "市级")}
    for number, level in enumerate(levels.get(period_text(scene.month), ()), 1):
        rows["online"].append(
            {
                "date": scene.day("papers", number),
                "title": f"书台社区的板凳会（{number}）",
                "kind": "原创信息",
                "channel": "网站",
                "points": 5,
                "level": level,
                "author": scene.person("干事", 0),
                "note": "媒体采用",
            }
        )


def _leaves_cells_blank(scene: Scene, rows: Ledgers) -> None:
    """A clerk who began in the spring leaves cells blank that a rule looks at."""
    if scene.month < month_number("2026-04"):
        return
    for row in rows["lectures"][-1:]:
        row["sign_in"] = None
    for row in rows["online"][-1:]:
        row["points"] = None


def _puts_up_a_wrong_board(scene: Scene, rows: Ledgers) -> None:
    """A board with a wording out of date hangs until it is replaced."""
    if scene.month >= month_number("2026-05"):
        rows["public_ads"][0]["wording"] = False
        rows["public_ads"][0]["note"] = "表述待更新"


_INCIDENTS: dict[str, tuple[Callable[[Scene, Ledgers], None], ...]] = {
    "QH02": (_reports_again,),
    "LT02": (_finds_old_papers,),
    "GL03": (_is_in_the_papers,),
    "QH06": (_leaves_cells_blank, _puts_up_a_wrong_board),
}

"""The sample workbooks of data/samples: a later month of a few communities, to be tried on the upload page.

``python -m beicha.demo.samples`` writes them anew.
"""

from pathlib import Path

from beicha.demo.arrivals import Arrival
from beicha.demo.district import COMMUNITIES, LAST
from beicha.demo.life import reported
from beicha.demo.loading import EDITIONS, desk
from beicha.demo.sheets import Value
from beicha.demo.workbooks import Desk, NamedFile
from beicha.words.workbook import CODE, NOT_APPLICABLE, REASON
from scoring.facts import Area

FOLDER = Path(__file__).resolve().parents[2] / "data" / "samples"
MONTH = LAST + 1
_TRIED = ("GL01", "GL02", "GL04", "WC05", "LT03", "QH05")
_FAULTY = "WC03"


def samples() -> dict[str, bytes]:
    """The files by name."""
    here = desk(EDITIONS[-1][0])
    files = [file for code in _TRIED for file in here.written(_area(code), MONTH, reported(_area(code), MONTH))]
    files += [_faulty_file(here, _area(_FAULTY)), *here.files(Arrival(MONTH, None))]
    return dict(files)


def _area(code: str) -> Area:
    return next(community for community in COMMUNITIES if community.code == code)


def _faulty_file(here: Desk, community: Area) -> NamedFile:
    """A template filled in with one mistake of each common kind."""
    tables = here.tables(community, reported(community, MONTH))
    for sheet, row, heading, wrong in _MISTAKES:
        tables[sheet][row][heading] = wrong
    tables[NOT_APPLICABLE] += [{CODE: "GY-99", REASON: "没有这一条"}, {CODE: "JT-1", REASON: "暂时没有"}]
    name, content = here.standard_file(community, MONTH, tables)
    return name.replace(".xlsx", "（有错误）.xlsx"), content


_MISTAKES: tuple[tuple[str, int, str, Value], ...] = (
    ("道德讲堂活动", 0, "活动日期", "2026年7月32日"),
    ("道德讲堂活动", 0, "宣讲人", None),
    ("未成年人活动", 0, "活动类型", "捐书活动"),
    ("志愿服务活动", 0, "活动名称", None),
    ("公益广告点位", 0, "数量", "若干"),
    ("公益广告点位", 1, "是否完好", "基本"),
)
"""Sheet, row, heading, and what stands there."""


def write() -> None:
    """Puts the files into data/samples, in the place of those that were there."""
    for old in (*FOLDER.glob("*.xlsx"), *FOLDER.glob("*.csv")):
        old.unlink()
    for name, content in samples().items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    write()

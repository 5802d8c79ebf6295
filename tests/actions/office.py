"""A small office for tests: a street with three communities, a small edition in force, and workbooks to send."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from openpyxl import Workbook

from beicha.actions import areas, editions, submissions
from beicha.actions.grants import OFFICE
from beicha.store.files import NamedFile
from beicha.store.submissions import Key
from tests.intake.workbooks import HALL, edition, hall, workbook

NOW = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
AREAS = [
    ["C", "编码", "名称", "类别", "上级", "分类", "排序", "权重", "启用月份", "停用月份"][1:],
    ["D1", "云溪区", "区"],
    ["S1", "西街道", "街道", "云溪区"],
    ["C01", "桂花社区", "社区", "西街道", "A"],
    ["C02", "荷塘社区", "社区", "西街道", "A"],
    ["C03", "松柏社区", "社区", "西街道", "B"],
]
ADVERTS = ["设置位置", "载体形式", "主题类别", "数量", "发布时间"]
INSPECTION = ["社区", "督查日期", "测评标准", "点位", "等级"]


def later(minutes=1):
    return NOW + timedelta(minutes=minutes)


def table(rows, sheet="区划表"):
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def area_file(rows=AREAS):
    return NamedFile("区划表.xlsx", table(rows))


def set_up(store, from_period="2026-01", of=edition):
    """Areas and the small edition, in force from a month."""
    assert areas.import_areas(OFFICE, store, area_file(), now=NOW).stored
    found = editions.add_edition(OFFICE, store, of(), NOW)
    editions.activate(OFFICE, store, found.digest, from_period, NOW)


def lecture(day, topic="孝老爱亲", people=45):
    return [1, day, topic, "道德讲堂", people, "李讲师", "有"]


def lectures(*rows, community="桂花社区", month="2026-03", name=None):
    """A workbook with the ledger of lectures."""
    return NamedFile(name or f"{community}{month}讲堂.xlsx", hall(*rows, cover=(community, month)))


def adverts(*rows, community="桂花社区", month="2026-03", name=None):
    """A workbook with the ledger of advertisements."""
    content = workbook({"公益广告点位": [ADVERTS, *rows]}, cover=(community, month))
    return NamedFile(name or f"{community}{month}广告.xlsx", content)


def both(lecture_rows, advert_rows, community="桂花社区", month="2026-03"):
    """A workbook with both ledgers."""
    sheets = {"道德讲堂活动": [HALL, *lecture_rows], "公益广告点位": [ADVERTS, *advert_rows]}
    return NamedFile(f"{community}{month}.xlsx", workbook(sheets, cover=(community, month)))


def inspection(*rows, month="2026-03"):
    """A workbook of the office: what it inspected, in whichever communities its rows name."""
    return NamedFile(f"督查{month}.xlsx", workbook({"督查记录": [INSPECTION, *rows]}, cover=("", month)))


def broken(community="桂花社区", month="2026-03"):
    """A workbook with a date that is none."""
    return lectures(lecture("某日某时"), community=community, month=month, name=f"{community}坏.xlsx")


def send(store, *files, now=NOW, drop=(), grant=OFFICE):
    """Read and store files, as a person would."""
    draft = submissions.read(grant, store, files)
    return submissions.submit(grant, store, draft, files, now=now, drop=drop)


def day(month, number):
    return date(2026, month, number)


MARCH = Key("C01", "2026-03")

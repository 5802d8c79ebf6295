"""A small invented district in a store: three communities in two streets, two months, some of it hostile."""

from datetime import UTC, date, datetime
from typing import Any

from beicha.actions import accounts
from beicha.actions.drafts import Draft, DraftReport
from beicha.actions.grants import OFFICE, Post
from beicha.actions.sessions import open_session
from beicha.actions.submissions import submit
from beicha.store import Store, areas, editions, settings
from beicha.store import accounts as stored_accounts
from beicha.store.content import Content
from beicha.store.files import NamedFile
from beicha.store.submissions import Key, SentFile
from scoring.edition import Edition
from scoring.facts import Area, Report, Rows
from scoring.periods import month_number, period_text

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SOURCE = {"document": "样例做法", "grade": "K", "points": "assigned"}
HOSTILE = "![x](http://evil.example/p.png) <script>alert(1)</script> $x^2$ :red[红] =1+1"
AREAS = (
    Area("d", "东湖区", "district"),
    Area("s1", "城关街道", "street", "d", order=1),
    Area("s2", "河东街道", "street", "d", order=2),
    Area("a", "红旗社区", "community", "s1", "A 类", 1),
    Area("b", "春风社区", "community", "s1", "A 类", 2),
    Area("c", "和平社区", "community", "s2", "B 类", 3),
)
MONTHS = {"2026-03": {"a": 2, "b": 4, "c": 0}, "2026-04": {"a": 4, "c": 2}}


DEMO_PEOPLE = (
    ("demo-office", "文明办", Post("office")),
    ("demo-street", "城关街道", Post("street", "s1")),
    ("demo-clerk", "红旗社区", Post("clerk", "a")),
    ("demo-line", "文化站", Post("line", "d", ("culture",))),
    ("demo-leader", "只读领导", Post("leader", "d")),
)


def signed_in(store: Store, *posts: Post, login: str = "wang") -> str:
    """Makes an account with these posts and signs it in; gives the session's token."""
    now = datetime.now(UTC)
    with store.write() as change:
        number = stored_accounts.add(change, login, "王芳", demo=False, by="local", at=now)
        stored_accounts.set_password(change, number, "none that fits", must_change=False)
        for post in posts:
            stored_accounts.add_post(change, number, post.role, post.area, post.lines, by="local", at=now)
        account = stored_accounts.by_id(change, number)
        assert account is not None
        return open_session(change, account, now=now, address="127.0.0.1", agent="test", by="test", factor=True).token


def visited_edition() -> Edition:
    """The small edition, with what the office sees on site in place of what was reported of the lectures."""
    small = edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    small["ledgers"].append(
        {
            "code": "inspections",
            "title": "督查记录",
            "keeps": "events",
            "kept_by": "office",
            "date": "day",
            "name": "place",
            "key": ["day", "place", "subject"],
            "fields": [
                {"code": "day", "title": "督查日期", "type": "date", "required": True},
                {"code": "place", "title": "点位", "required": True},
                {
                    "code": "subject",
                    "title": "督查内容",
                    "type": "choice",
                    "choices": ["讲堂场所", "其他"],
                    "required": True,
                },
                {"code": "criterion", "title": "测评标准代码"},
                {"code": "score", "title": "核验得分", "type": "decimal"},
                {"code": "problem", "title": "存在问题"},
                {"code": "photos", "title": "照片数", "type": "whole"},
                {"code": "responsible", "title": "责任单位"},
            ],
        }
    )
    small["criteria"][0]["verified_by"] = {"ledger": "inspections", "score": "score"}
    return Edition.model_validate(small)


def edition(points: float = 60, version: str = "2026 年版") -> Edition:
    """One ledger, two sections, two criteria."""
    ledger = {
        "code": "lectures",
        "title": "道德讲堂",
        "keeps": "events",
        "fields": [
            {"code": "day", "title": "日期", "type": "date"},
            {"code": "theme", "title": "主题"},
            {"code": "place", "title": "地点"},
        ],
    }
    lectures = {
        "code": "A-1", "section": "A", "title": "每月四讲", "standard": "每月开讲四场。", "points": points,
        "lead": "culture", "supporting": ["urban"], "from": "lectures", "window": "month",
        "rule": {"kind": "count", "target": 4},
        "remedy": "补讲后重新报送。", "source": SOURCE,
    }  # fmt: skip
    place = {
        "code": "B-1", "section": "B", "title": "写明地点", "standard": "每场写明地点。", "points": 40, "lead": "urban",
        "from": "lectures", "window": "month", "rule": {"kind": "each", "has": [{"field": "place", "present": True}]},
        "source": SOURCE,
    }  # fmt: skip
    return Edition.model_validate(
        {
            "name": "small",
            "title": "样例测评体系",
            "version": version,
            "description": "测试用。",
            "lines": [{"code": "culture", "title": "文化站"}, {"code": "urban", "title": "城管办"}],
            "ledgers": [ledger],
            "sections": [{"code": "A", "title": "道德讲堂", "gate": 85}, {"code": "B", "title": "环境"}],
            "criteria": [lectures, place],
        }
    )


def rows(period: str, lectures: int) -> Rows:
    """So many lectures in a month, the last of them said to be somewhere hostile."""
    year, month = (int(part) for part in period.split("-"))
    values: dict[str, list[Any]] = {
        "day": [date(year, month, number + 1) for number in range(lectures)],
        "theme": [f"第 {number + 1} 讲" for number in range(lectures)],
        "place": [HOSTILE if number == lectures - 1 else "活动室" for number in range(lectures)],
    }
    return Rows(["道德讲堂"] * lectures, list(range(4, 4 + lectures)), values)


def reports() -> list[Report]:
    """The reports of all months."""
    return [
        Report(community, month_number(period), {"lectures": rows(period, number)})
        for period, numbers in MONTHS.items()
        for community, number in numbers.items()
    ]


def draft() -> tuple[Draft, list[NamedFile]]:
    """All reports as a draft, each from a file of its own."""
    files, found = [], []
    for report in reports():
        period = period_text(report.month)
        file = NamedFile(f"{report.community}-{period}.xlsx", f"bytes of {report.community} {period}".encode())
        files.append(file)
        key, sent = Key(report.community, period), SentFile(file.sha256, file.name)
        found.append(DraftReport(key, report.community, Content(report.ledgers), (sent,), False))
    return Draft(tuple(found), ()), files


def settle(store: Store, demo: str = "", of: Edition | None = None) -> None:
    """Puts the district into an empty store, assessed under its edition or another."""
    with store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in AREAS])
        seq, _ = editions.add(change, of or edition(), "local", NOW)
        editions.activate(change, seq, "2026-03", "local", NOW)
        if demo:
            settings.put(change, "demo_today", demo)
    for login, name, post in DEMO_PEOPLE if demo else ():
        accounts.add_demo(store, login, name, post, now=NOW)
    said, files = draft()
    submit(OFFICE, store, said, files, now=NOW)

"""Values of share pages, invented: an area of any size, and one community in every state there is."""

from beicha.papers.shared_values import (
    Finding,
    Heading,
    Line,
    Ranked,
    Section,
    SharedArea,
    SharedCommunity,
    States,
    Street,
    TrendMonth,
    Unreported,
)
from scoring.states import STATES

HOSTILE = "</style><script>alert(1)</script> & \"'};"
SECTIONS = tuple(f"测评项目第{number}项" for number in "一二三四五六七八九十")


def heading(**changed):
    values = {
        "made": "2026-07-06T08:00:00+00:00",
        "demo": "",
        "period": "2026-06",
        "edition": "样例体系 2026 年版",
        "digest": "47b335d78c46aaaa",
        "pass_mark": 85.0,
        "name": "东湖区",
        "street": "",
        "line": "",
        "score": 83.985,
        "distance": -1.015,
        "change": -1.2,
        "year": 82.21,
        "band": "基本符合",
    }
    return Heading(**(values | changed))


def ranked(number, **changed):
    score = 40.0 + number % 60
    values = {
        "name": f"第{number}社区",
        "street": "城关街道",
        "rank_class": "A 类",
        "order": number,
        "rank": number,
        "score": score,
        "lost": 100.0 - score,
        "distance": score - 85.0,
        "change": 0.25,
        "reported": True,
        "gates": (),
        "vetoes": (),
        "rates": tuple(score + place / 10 for place in range(len(SECTIONS))),
    }
    return Ranked(**(values | changed))


def finding(number=0, **changed):
    values = {
        "community": "第1社区",
        "code": f"A-{number}",
        "title": f"第{number}条标准",
        "section": SECTIONS[0],
        "state": "unmet",
        "points": 2.0,
        "earned": 0.5,
        "lost": 1.5,
        "stake": 0.0625,
        "line": "文化站",
        "supporting": ("城管办", "物业办"),
        "why": {"zh_CN": "要求 4 条，现有 1 条，还差 3 条。", "en": "4 needed, 1 record: 3 short."},
        "remedy": "补讲后重新报送。",
    }
    return Finding(**(values | changed))


TREND = (
    TrendMonth("2025-11", "old", 80.5, 3, 3),
    TrendMonth("2025-12", "old", None, 0, 3),
    TrendMonth("2026-01", "old", 81.0, 2, 3),
    TrendMonth("2026-02", "new", 79.0, 3, 3),
    TrendMonth("2026-03", "new", 83.985, 2, 3),
)


THREE = (ranked(1), ranked(2), ranked(3, reported=False, score=None, lost=None))


def area(communities=THREE, **changed):
    missing = [one for one in communities if not one.reported]
    values = {
        "heading": heading(),
        "communities": len(communities),
        "reported": len(communities) - len(missing),
        "without_score": sum(one.score is None for one in communities),
        "ranked": tuple(communities),
        "sections": SECTIONS,
        "states": (),
        "streets": (Street("城关街道", 80.0, -5.0, 2, 1), Street("河东街道", 90.0, 5.0, 1, 0)),
        "lines": (Line("文化站", 79.5, 12.25),),
        "unreported": tuple(Unreported(one.name, one.street, "2026-05", one.score) for one in missing),
        "findings": tuple(finding(number) for number in range(15)),
        "trend": TREND,
    }
    return SharedArea(**(values | changed))


def large_area(count=150):
    """An area of so many communities, every fifth of them without a report."""
    return area(tuple(ranked(number, reported=number % 5 != 0, gates=(SECTIONS[1],)) for number in range(1, count + 1)))


def community(**changed):
    values = {
        "heading": heading(name="春风社区", street="城关街道"),
        "reported": True,
        "base": 83.0,
        "bonus": 0.985,
        "rank": 2,
        "ranked": 3,
        "rank_class": "A 类",
        "gates": (),
        "vetoes": (),
        "street_score": 81.5,
        "district_score": 82.5,
        "sections": (
            Section("道德讲堂", 12.5, 14.0, 89.2857, 90.0, True, 80.0),
            Section("环境", 0.0, 0.0, None, None, False, None),
        ),
        "findings": tuple(
            finding(number, community="", title=f"标准{number}", state=state) for number, state in enumerate(STATES)
        ),
        "trend": TREND,
    }
    return SharedCommunity(**(values | changed))


def states(count=3):
    """One criterion in as many states as there are communities."""
    return (States("A-1", "每月四讲", STATES[:count]),)

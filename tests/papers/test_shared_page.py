"""The page of a share link says what its values say, to the letter, and asks for nothing besides itself."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beicha.papers.shared_page import Around, render
from beicha.papers.shared_trend import HEIGHT, drawn
from beicha.papers.shared_values import TrendMonth, from_json
from beicha.words.language import LANGUAGES, say
from beicha.words.states import STATE_WORDS
from tests.papers.shared import HOSTILE, area, community, finding, heading, large_area, ranked, states

EXPIRES = datetime(2026, 7, 13, 8, 0, tzinfo=UTC)
VIEWS = [area(), area(states=states()), community(), community(reported=False, gates=("道德讲堂",), vetoes=("失火",))]


def page(view, language="zh_CN", frozen=False, dashboard="/shared/9/board"):
    return render(view, Around(language, frozen, EXPIRES, dashboard, (("English", "/shared/9?lang=en"),)))


def text(html):
    """What a reader sees, without styles and tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S)).split())


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_asks_for_nothing_and_runs_nothing(view, language):
    html = page(view, language)
    assert re.findall(r"<script|javascript:|\son\w+=|\ssrc=|@import|http:|https:|//", html, re.I) == []
    assert set(re.findall(r"url\(([^)]*)\)", html)) == {"#hatched"}
    assert set(re.findall(r'href="([^"]*)"', html)) == {"/shared/9/board", "/shared/9?lang=en"}


KEPT = {"area": area(states=states()), "community": community(gates=("道德讲堂",))}
NEWER = r"display: ?(?:grid|flex)|[ ;{]gap:|:(?:has|is|where)\(|\b(?:var|clamp|min|max|color-mix)\(|inset:|aspect-ratio|@layer|@container|@supports"  # noqa: E501


@pytest.mark.parametrize("kind", KEPT)
def test_what_was_kept_at_the_beginning_is_still_the_same_page(kind):
    """These bytes stand for frozen links of years ago: a new field needs a default, not new bytes here."""
    content = (Path(__file__).parent / "kept" / f"{kind}.json").read_bytes()
    assert from_json(content) == KEPT[kind]
    assert page(from_json(content), frozen=True) == page(KEPT[kind], frozen=True)


@pytest.mark.parametrize("view", VIEWS)
def test_a_page_needs_nothing_that_browsers_learnt_lately(view):
    html = page(view)
    assert re.findall(NEWER, html[html.index("<style>") : html.index("</style>")]) == []
    assert re.findall(r"<(?:dialog|template|details|picture|main|svg[^>]*href)", html) == []


@pytest.mark.parametrize(
    "style", ["a { display: flex; }", "ul { gap: 4px; }", "p:has(b) { }", "b { color: var(--x); }"]
)
def test_what_browsers_learnt_lately_is_found(style):
    assert re.search(NEWER, style)


def test_the_head_says_what_of_when_and_how_long():
    shown = text(page(area()))
    for told in (
        "东湖区 · 2026-06",
        "样例体系 2026 年版（47b335d78c46）",
        "全部条线",
        "83.99",
        "−1.02",
        "−1.20",
        "82.21",
    ):
        assert told in shown
    assert "实时，2026-07-06 16:00。" in shown
    assert "本链接有效期至 2026-07-13 16:00" in shown
    assert "2 / 3 1 个未报" in shown
    assert "1 个社区无得分" in shown


def test_it_says_whom_to_ask_and_where_a_link_has_no_end():
    around = Around("zh_CN", False, EXPIRES, title="给区领导", whom="王芳")
    shown = text(render(area(), around))
    assert "给区领导" in shown
    assert "过期后请向王芳重新索取" in shown
    assert "过期后请向文明办重新索取" in text(page(area()))
    assert "本链接长期有效，直到被撤销。" in text(render(area(), Around("zh_CN", False, None)))


def test_other_months_of_the_link_are_a_way_away():
    html = render(area(), Around("zh_CN", False, EXPIRES, months=(("2026-05", "/shared/9?period=2026-05"),)))
    assert '<a href="/shared/9?period=2026-05">2026-05</a>' in html
    assert "其他月份" not in page(area())


def test_a_frozen_page_says_since_when():
    shown = text(page(area(), frozen=True))
    assert "定格于 2026-07-06 16:00，此后不变。" in shown
    assert "实时" not in shown


def test_demo_data_are_called_so():
    assert "演示数据" not in text(page(area()))
    assert "演示数据：地名和数字均为虚构" in text(page(area(heading=heading(demo="2026-07-06"))))


def test_without_a_dashboard_there_is_no_way_to_it():
    assert "可交互查看" in text(page(area()))
    assert "可交互查看" not in text(page(area(), dashboard=""))


def test_texts_are_shown_to_the_letter():
    view = area(
        (ranked(1, name=HOSTILE, street=HOSTILE, gates=(HOSTILE,)), ranked(2)),
        heading=heading(name=HOSTILE, line=HOSTILE, edition=HOSTILE, band=HOSTILE),
        sections=(HOSTILE,) * 10,
        findings=(finding(title=HOSTILE, remedy=HOSTILE, line=HOSTILE, why={"zh_CN": HOSTILE, "en": HOSTILE}),),
    )
    html = page(view)
    assert "<script" not in html
    assert html.count("</style>") == 1
    style = html[html.index("<style>") : html.index("</style>")]
    assert set(re.findall(r'content: "([^"]*)"', style)) == {"".join(f"\\{ord(letter):06x}" for letter in HOSTILE)}


def test_every_community_has_its_bar_and_its_number():
    html = page(area((ranked(1, score=87.5), ranked(2, score=None), ranked(3, score=0.0))))
    chart = html[html.index('<table class="gap">') : html.index("</table>", html.index('<table class="gap">'))]
    assert re.findall(r'width="([\d.]+)%" height="16" class="g"', chart) == ["87.5"]
    assert re.findall(r"<td class=\"n\">([^<]*)", chart) == ["87.50", "–", "0.00"]
    assert chart.count('x1="85%"') == 3


def test_those_without_a_report_stand_apart_and_hatched():
    html = page(large_area(10))
    chart = html[html.index('<table class="gap">') : html.index("</table>", html.index('<table class="gap">'))]
    reported, missing = chart.split("本月未报；")
    assert (reported.count('class="g"'), reported.count('class="h"')) == (8, 0)
    assert (missing.count('class="g"'), missing.count('class="h"')) == (0, 2)


def test_nobody_is_left_out_of_the_list_of_those_who_did_not_report():
    html = page(large_area())
    start = html.index("<h2>本月未报</h2>")
    listed = html[start : html.index("</table>", start)]
    assert re.findall(r"○ (第\d+社区)", listed) == [f"第{number}社区" for number in range(5, 151, 5)]


def test_all_reported_is_said():
    shown = text(page(area((ranked(1),))))
    assert say("zh_CN", "All communities in view reported.") in shown
    assert say("zh_CN", "all reported") in shown


def test_a_finding_says_why_and_what_to_do():
    shown = text(page(area(findings=(finding(7),))))
    assert "丢 1.50 分" in shown
    assert "✖ 不达标 1. 第1社区 · 第7条标准 要求 4 条，现有 1 条，还差 3 条。 怎么办：补讲后重新报送。" in shown
    assert "主责：文化站 · 配合：城管办、物业办 · 达标后全区 +0.062" in shown
    assert "What to do: 补讲后重新报送。" in text(page(area(), "en"))


def test_the_states_of_a_community_keep_their_own_words():
    html = page(community())
    table = html[html.index("<h2>全部标准</h2>") :]
    rows = re.findall(r'<tr><td><b class="s s-(\w+)"><i>(.)</i> ([^<]*)</b>', table)
    assert rows == [(word.code, word.sign, say("zh_CN", word.word)) for word in STATE_WORDS.values()]


def test_what_does_not_apply_is_not_among_what_to_do():
    told = [one.state for one in community().losing]
    assert "not_applicable" not in told
    assert "not_reported" in told


def test_a_community_without_a_report_says_so_first():
    shown = text(page(community(reported=False)))
    assert shown.index("本月未报；") < shown.index("83.99")
    assert "本月未报；" not in text(page(community()))


def test_a_page_of_150_communities_stays_small():
    assert len(page(large_area()).encode()) < 150_000


@pytest.mark.parametrize(("count", "drawn_rows"), [(12, 1), (0, 0)])
def test_the_matrix_of_states_is_there_where_it_was_given(count, drawn_rows):
    html = page(area(states=states(3) if count else ()))
    assert html.count('<table class="signs">') == drawn_rows


def test_a_line_is_broken_where_the_edition_changes_and_where_a_month_is_missing():
    months = [("2025-11", "old", 80.0), ("2025-12", "old", 81.0), ("2026-01", "new", 82.0), ("2026-02", "new", 83.0)]
    trend = drawn([TrendMonth(period, edition, score, 1, 1) for period, edition, score in months], 85.0)
    assert [(x1, x2) for x1, _, x2, _ in trend.lines] == [(12.5, 37.5), (62.5, 87.5)]
    assert trend.changes == [50.0]
    missing = drawn([TrendMonth("2026-01", "a", 80.0, 1, 1), TrendMonth("2026-02", "a", None, 0, 1)], 85.0)
    assert (len(missing.points), missing.lines) == (1, [])


def test_points_stand_higher_for_more_and_within_the_drawing():
    months = [TrendMonth(f"2026-{number:02d}", "a", score, 1, 1) for number, score in ((1, 0.0), (2, 85.0), (3, 100.0))]
    trend = drawn(months, 85.0)
    low, on_mark, high = (point.y for point in trend.points)
    assert 0 < high < on_mark == trend.mark < low < HEIGHT


@pytest.mark.parametrize(("months", "labelled"), [(12, 12), (13, 7), (24, 12)])
def test_as_many_months_are_named_as_there_is_room_for(months, labelled):
    trend = drawn([TrendMonth(f"2026-{number % 12 + 1:02d}", "a", 90.0, 1, 1) for number in range(months)], 85.0)
    assert sum(bool(point.label) for point in trend.points) == labelled
    assert trend.points[-1].label


def test_no_month_at_all_is_drawn_as_nothing():
    assert drawn([], 85.0).points == []

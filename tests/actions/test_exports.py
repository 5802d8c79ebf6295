"""Whole views as files hold what the screens show, under the same filters and for the same readers."""

import csv
import zipfile
from datetime import UTC, datetime
from io import BytesIO, StringIO

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import Image

from beicha.actions.exports.overview import overview_sheets
from beicha.actions.exports.pictures import gaps_picture, sections_picture, trend_picture
from beicha.actions.exports.review import review_sheets
from beicha.actions.exports.tasks import task_sheets
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.task_making import make_of_lost
from beicha.actions.views.overview import overview_of
from beicha.actions.views.reading import read_history, read_months
from beicha.papers import fonts
from beicha.papers.fonts import NoFontError
from beicha.papers.pictures import ROW, Bar, bars_picture
from beicha.papers.separate import csv_zip
from beicha.papers.sheets import workbook_of
from beicha.words.numbers import rounded
from tests.ui.district import settle

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
APRIL = "2026-04"
STREET = Grant("zhao", (Post("street", "s1"),))
LINE = Grant("sun", (Post("line", "d", ("culture",)),))


@pytest.fixture
def office(sqlite_store):
    settle(sqlite_store)
    make_of_lost(OFFICE, sqlite_store, APRIL, [("c", "A-1")], NOW.date(), language="zh_CN", now=NOW)
    return sqlite_store


def sheets(store, grant=OFFICE, street="", line=""):
    return overview_sheets(grant, store, APRIL, street, line, language="zh_CN", now=NOW)


def screen(store):
    return overview_of(read_months(OFFICE, store, APRIL, APRIL)[0], read_history(OFFICE, store))


def numbers(rows):
    return sorted(float(value) for row in rows for value in row if isinstance(value, float))


def shown(values):
    return sorted(float(rounded(value)) for value in np.ravel(values) if not np.isnan(value))


def test_there_is_a_sheet_for_every_block_and_every_number_is_the_screens(office):
    view, (name, found) = screen(office), sheets(office)
    assert name == "东湖区总览2026-04"
    by_title = {sheet.title: sheet.rows for sheet in found}
    assert list(by_title) == ["总览", "社区", "测评项目得分率%", "街道", "条线", "可提分项", "未报", "趋势"]
    ranking = view.ranking[["score", "lost", "distance", "change"]]
    assert numbers(by_title["社区"]) == shown(ranking.to_numpy(np.float64))
    assert numbers(by_title["测评项目得分率%"]) == shown(view.sections.to_numpy(np.float64))
    assert numbers(by_title["街道"]) == shown(view.streets[["score", "distance"]].to_numpy(np.float64))
    assert numbers(by_title["条线"]) == shown(view.lines[["score", "earned", "points", "lost"]].to_numpy(np.float64))
    assert len(by_title["可提分项"]) == len(view.stakes)
    assert numbers(by_title["趋势"]) == shown(view.trend["score"].to_numpy(np.float64))
    top = {row[0]: row[1] for row in by_title["总览"]}
    assert (top["已报"], top["得分"]) == ("2 / 3", float(rounded(view.score)))


def test_each_sheet_says_what_it_rests_on(office):
    for sheet in sheets(office, street="s1", line="culture")[1]:
        assert "2026 年版" in sheet.notes[0]
        assert "月份 2026-04，城关街道，文化站。2 个社区中 0 个已定版。" in sheet.notes[1]


def test_a_street_gets_its_own_communities_and_a_line_its_own_criteria(office):
    assert {row[2] for row in sheets(office, STREET)[1][1].rows} == {"红旗社区", "春风社区"}
    assert {row[1] for row in sheets(office, LINE)[1][5].rows} == {"A-1"}


def test_where_there_is_nothing_there_is_no_file(office):
    with pytest.raises(KeyError):
        overview_sheets(OFFICE, office, "2031-01", "", "", language="zh_CN", now=NOW)
    with pytest.raises(Refused):
        sheets(office, Grant("nobody"))


def test_csv_has_a_mark_for_excel_and_no_formulas(office):
    _, found = task_sheets(OFFICE, office, "", "", language="zh_CN", now=NOW)
    found[0].rows[0][6] = "=1+1"
    with zipfile.ZipFile(BytesIO(csv_zip(found))) as package:
        first = package.read(package.namelist()[0])
        assert len(package.namelist()) == len(found) + 1
    assert first.startswith(b"\xef\xbb\xbf")
    head, row = list(csv.reader(StringIO(first.decode("utf-8-sig"))))[:2]
    assert head[:3] == ["编号", "街道", "社区"]
    assert row[:3] == ["000001", "河东街道", "和平社区"]
    assert "'=1+1" in row


def test_the_tasks_are_those_of_the_page_and_narrow_with_it(office):
    for street, line, count in (("", "", 1), ("s1", "", 0), ("s2", "urban", 1), ("s2", "none", 0)):
        assert len(task_sheets(OFFICE, office, street, line, language="zh_CN", now=NOW)[1][0].rows) == count


def test_the_review_is_that_of_the_page(office):
    title, (sheet,) = review_sheets(OFFICE, office, APRIL, "", language="zh_CN", now=NOW)
    assert [row[2] for row in sheet.rows] == ["◇ 待审核", "○ 未报", "◇ 待审核"]
    page = load_workbook(BytesIO(workbook_of([sheet]))).worksheets[0]
    assert page.cell(1, 1).value == title
    with pytest.raises(Refused):
        review_sheets(LINE, office, APRIL, "", language="zh_CN", now=NOW)


def opened(content):
    return np.asarray(Image.open(BytesIO(content)).convert("L"))


def test_the_charts_are_pictures_with_a_row_for_each_community(office):
    whole = gaps_picture(OFFICE, office, APRIL, "", "", language="zh_CN", now=NOW)[1]
    part = gaps_picture(OFFICE, office, APRIL, "s1", "", language="zh_CN", now=NOW)[1]
    assert opened(whole).shape[0] - opened(part).shape[0] == ROW
    for content in (
        trend_picture(OFFICE, office, APRIL, "", language="zh_CN", now=NOW)[1],
        sections_picture(OFFICE, office, APRIL, "a", language="zh_CN", now=NOW)[1],
    ):
        assert content.startswith(b"\x89PNG")
        assert opened(content).shape[1] == 1600


def test_chinese_names_are_really_drawn():
    """A font without the letters draws the same box for all of them."""
    drawn = [opened(bars_picture("图", [], [Bar(name, 50.0, "")], None, "")) for name in ("桂花", "荷塘", "桂花")]
    assert (drawn[0] == drawn[2]).all()
    assert (drawn[0] != drawn[1]).sum() > 50


def test_a_bar_is_as_long_as_its_score():
    def length(score):
        row = opened(bars_picture("", [], [Bar("", score, "")], None, ""))[-70]
        return int((row == opened(bars_picture("", [], [Bar("", 100.0, "")], None, ""))[-70].min()).sum())

    assert length(50.0) == pytest.approx(length(100.0) / 2, abs=3)
    assert length(0.0) < 5


def test_without_a_chinese_font_no_boxes_are_drawn(monkeypatch):
    monkeypatch.setattr(fonts, "PLACES", ("/nowhere/font.ttc",))
    fonts.font.cache_clear()
    with pytest.raises(NoFontError):
        bars_picture("图", [], [], None, "")
    fonts.font.cache_clear()


def test_a_line_gets_no_picture_of_what_it_does_not_see(office):
    with pytest.raises(Refused):
        gaps_picture(Grant("nobody"), office, APRIL, "", "", language="zh_CN", now=NOW)

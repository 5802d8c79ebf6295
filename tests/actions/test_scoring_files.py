"""Scoring workbooks without a store: what the command line prints."""

import json
from io import BytesIO

import pytest
from openpyxl import Workbook

from beicha.actions.edition_files import find_edition
from beicha.actions.scoring_files import as_json, score_files

HEADINGS = ["活动时间", "活动主题", "宣讲人", "签到表"]


@pytest.fixture(scope="module")
def edition():
    return find_edition("community-archive")


def workbook(*rows, sheet="道德讲堂活动", headings=HEADINGS):
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append(headings)
    for row in rows:
        page.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


LECTURES = workbook(["2026年1月5日", "敬业奉献", "讲师甲", "√"], ["2026.2.6", "孝老爱亲", "讲师乙", "×"])


def test_a_workbook_is_scored_for_the_community_and_month_in_its_name(edition):
    values = as_json(score_files([("桂花社区2026年3月.xlsx", LECTURES)], edition), "zh_CN")
    assert values["period"] == "2026-03"
    community = values["communities"][0]
    assert community["community"] == "桂花社区"
    assert len(community["criteria"]) == len(edition.criteria)
    earned = sum(item["earned"] for item in community["criteria"])
    assert earned == pytest.approx(sum(section["earned"] for section in community["sections"]))


def test_the_json_holds_null_and_never_nan(edition):
    values = as_json(score_files([("桂花社区2026年3月.xlsx", LECTURES)], edition), "zh_CN")
    assert json.loads(json.dumps(values, allow_nan=False)) == values


def test_the_order_of_files_changes_nothing(edition):
    files = [("桂花社区2026年2月.xlsx", LECTURES), ("望江社区2026年3月.xlsx", LECTURES)]
    forward, backward = (as_json(score_files(order, edition), "zh_CN") for order in (files, files[::-1]))
    assert forward["communities"] == backward["communities"]
    assert [community["community"] for community in forward["communities"]] == ["望江社区", "桂花社区"]


def test_the_period_may_be_given(edition):
    scores = score_files([("桂花社区2026年3月.xlsx", LECTURES)], edition, 2026 * 12 + 4)
    assert as_json(scores, "zh_CN")["period"] == "2026-05"
    assert not as_json(scores, "zh_CN")["communities"][0]["reported"]


def test_one_ledger_in_two_files_is_a_problem_and_counts_from_neither(edition):
    other = workbook(["2026年3月5日", "诚实守信", "讲师丙", "√"])
    files = [("桂花社区2026年3月a.xlsx", LECTURES), ("桂花社区2026年3月b.xlsx", other)]
    scores = score_files(files, edition)
    assert [p.code for p in scores.problems if p.code == "same_ledger_twice"] == ["same_ledger_twice"] * 2
    states = {item["code"]: item["state"] for item in as_json(scores, "zh_CN")["communities"][0]["criteria"]}
    assert states["JT-3"] == "missing"


def test_the_same_bytes_twice_change_nothing(edition):
    once = as_json(score_files([("桂花社区2026年3月.xlsx", LECTURES)], edition), "zh_CN")
    twice = as_json(
        score_files([("桂花社区2026年3月.xlsx", LECTURES), ("桂花社区2026年3月副本.xlsx", LECTURES)], edition), "zh_CN"
    )
    assert twice["communities"] == once["communities"]
    assert all(p["code"] != "same_ledger_twice" for file in twice["files"] for p in file["problems"])


def test_the_same_bytes_of_two_communities_are_two_reports(edition):
    scores = score_files([("桂花社区2026年3月.xlsx", LECTURES), ("望江社区2026年3月.xlsx", LECTURES)], edition)
    assert [community["community"] for community in as_json(scores, "zh_CN")["communities"]] == ["望江社区", "桂花社区"]


def test_a_file_that_is_no_workbook_leaves_the_others_unharmed(edition):
    files = [("坏了.xlsx", b"PK\x03\x04 nothing"), ("桂花社区2026年3月.xlsx", LECTURES)]
    scores = score_files(files, edition)
    assert not scores.readable
    values = as_json(scores, "zh_CN")
    assert [file["readable"] for file in values["files"]] == [False, True]
    assert values["files"][0]["problems"][0]["sentence"]
    assert values["communities"][0]["community"] == "桂花社区"

"""The checklist can be read in words."""

from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("office")


def plain(at: Any) -> str:
    said = " ".join(element.value for element in [*at.title, *at.caption, *at.markdown])
    return said.replace("\\", "").replace("\u2060", "")


def test_sections_points_and_gate_are_listed(open_page: Any) -> None:
    table = open_page("checklist").dataframe[0].value
    assert list(table["points"]) == [60, 40]
    assert table["gate"].iloc[0] == 85


def test_a_criterion_is_told_with_rule_lines_and_source(open_page: Any) -> None:
    said = plain(open_page("checklist"))
    assert "每月开讲四场。" in said
    assert "主责** 文化站" in said
    assert "样例做法（K：常识；分值由本版自定）" in said


def test_another_section_can_be_chosen(open_page: Any) -> None:
    at = open_page("checklist")
    at.selectbox(key="part").select("环境").run()
    assert at.expander[0].label.startswith("B")


def test_it_says_from_when_it_is_in_force_and_that_it_is_the_first(open_page: Any) -> None:
    said = plain(open_page("checklist"))
    assert "自 2026-03 起执行" in said
    assert "这是本库中的第一个版本" in said

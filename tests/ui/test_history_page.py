"""Looking back: two versions side by side, and what became of a row over all of them."""

from typing import Any

import pytest

from beicha.actions import editions, imports
from beicha.actions.grants import OFFICE
from beicha.actions.opening import the_store
from beicha.intake.answers import Answers, Fix
from beicha.jobs.worker import Worker
from beicha.store.files import NamedFile
from scoring.edition import Bonus, Edition, Veto
from tests.ui.district import NOW, SOURCE, edition
from tests.ui.test_upload_page import read, texts, workbook

pytestmark = pytest.mark.usefixtures("office")

HISTORY = {"way": "历史与还原", "history_month": "2026-04", "history_of": "和平社区"}


EXTRA = {"from": "lectures", "source": SOURCE}
BONUS = Bonus.model_validate({"code": "J-1", "title": "讲堂加分", "points": 0.5, **EXTRA})
VETO = Veto.model_validate({"code": "F-1", "title": "一票否决", "window": "month", **EXTRA})


def store(open_page: Any, days: list[str]) -> None:
    at = read(open_page("upload"), ("四月.xlsx", workbook(days)))
    at.button(key="confirm").click().run()
    assert not at.exception


def opened(open_page: Any, expander: str) -> Any:
    at = open_page("upload", **HISTORY)
    at.session_state[expander] = True
    return at.run()


def table(at: Any, column: str) -> Any:
    return next(frame.value for frame in at.dataframe if column in frame.value.columns)


def test_one_version_alone_is_compared_with_nothing(open_page: Any) -> None:
    assert "比较两个版本" not in [expander.label for expander in open_page("upload", **HISTORY).expander]


def test_two_versions_stand_side_by_side_with_their_scores(open_page: Any) -> None:
    store(open_page, ["2026-04-01", "2026-04-20"])
    at = opened(open_page, "compare")
    assert not at.exception
    assert "按第 1 版得分 70.00" in texts(at)
    found = table(at, "before")
    assert "新增" in list(found["kind"])


def test_a_version_beside_itself_asks_for_another(open_page: Any) -> None:
    store(open_page, ["2026-04-01"])
    at = opened(open_page, "compare")
    first = at.selectbox(key="compare_one")
    first.select(at.selectbox(key="compare_other").value).run()
    assert "请选择两个不同的版本" in texts(at)


def test_a_row_that_is_chosen_shows_its_history(open_page: Any) -> None:
    store(open_page, ["2026-04-01", "2026-04-20"])
    store(open_page, ["2026-04-01", "2026-04-21"])
    at = opened(open_page, "rows-back")
    assert not at.exception
    rows = table(at, "content")
    place = next(number for number, text in enumerate(rows["content"]) if "2026-04-21" in text)
    at.session_state["chosen-back-c-2026-04-lectures"] = place
    at.run()
    found = table(at, "through")
    assert list(found["what"]) == ["新出现"]
    assert list(found["version"]) == ["2026-04 第 3 版"]
    assert list(found["file"]) == ["四月.xlsx"]


def test_a_row_below_a_criterion_shows_its_history(open_page: Any) -> None:
    at = open_page("community", community="和平社区", criterion="A-1 每月四讲")
    at.session_state["chosen-rows-2026-04-c-A-1-0"] = 0
    at.run()
    assert not at.exception
    assert "此条记录的变更历史" in texts(at)
    assert list(table(at, "through")["what"]) == ["新出现"]


@pytest.mark.parametrize("item", ["J-1 讲堂加分", "F-1 一票否决"])
def test_a_row_below_a_bonus_or_a_veto_shows_its_history(open_page: Any, item: str) -> None:
    said = edition(version="另一版").model_dump(mode="json", by_alias=True, exclude_none=True)
    other = Edition.model_validate({**said, "bonuses": [BONUS], "vetoes": [VETO]})
    kept = editions.add_edition(OFFICE, the_store(), other, NOW)
    editions.activate(OFFICE, the_store(), kept.digest, "2026-04", NOW)
    at = open_page("community", community="和平社区", criterion=item)
    at.session_state[f"chosen-rows-2026-04-c-{item[:3]}-0"] = 0
    at.run()
    assert not at.exception
    assert list(table(at, "through")["what"]) == ["新出现"]


def test_a_row_that_counts_nowhere_shows_its_history(open_page: Any) -> None:
    store(open_page, ["2026-04-01", "2026-02-20"])
    at = open_page("community", community="和平社区")
    at.session_state["unmatched"] = True
    at.session_state["chosen-unmatched-2026-04-c-0"] = 0
    at.run()
    assert not at.exception
    found = table(at, "through")
    assert ["2026-02-20" in text for text in found["changes"]] == [True]


def test_a_cell_corrected_on_the_page_stands_in_the_rows_history(open_page: Any) -> None:
    file = NamedFile("四月.xlsx", workbook(["某日", "2026-04-20"]))
    job = imports.start(OFFICE, the_store(), [file], now=NOW, kind="preview")
    Worker(the_store()).run_waiting()
    draft = imports.draft(OFFICE, the_store(), job)
    assert draft is not None
    (wrong,) = draft.errors
    assert wrong.row is not None
    fix = Fix(file.sha256, wrong.sheet, wrong.row, wrong.column, "2026-04-09")
    imports.answer(OFFICE, the_store(), job, Answers((fix,)), now=NOW)
    Worker(the_store()).run_waiting()
    imports.confirm(OFFICE, the_store(), job, now=NOW)
    at = opened(open_page, "rows-back")
    for place, heard in ((0, ["日期：原为“某日”，页面上改为“2026-04-09”"]), (1, None)):
        at.session_state["chosen-back-c-2026-04-lectures"] = place
        at.run()
        found = table(at, "through")
        assert (list(found["corrected"]) if "corrected" in found else None) == heard


def test_an_old_file_after_a_correction_is_told_and_told_again_on_the_receipt(open_page: Any) -> None:
    store(open_page, ["2026-04-01"])
    store(open_page, ["2026-04-02"])
    at = read(open_page("upload"), ("旧.xlsx", workbook(["2026-04-01"])))
    assert "内容与第 2 版" in texts(at)
    at.button(key="confirm").click().run()
    assert "内容与第 2 版" in texts(at)
    assert "请确认不是误传了旧文件" in texts(at)

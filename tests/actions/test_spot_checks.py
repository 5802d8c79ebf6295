"""What is typed in at a visit becomes the office's report, read side by side with what a community said itself."""

from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from beicha.actions import spot_checks, submissions
from beicha.actions.closing import Closed
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.observation_tasks import make_tasks
from beicha.actions.reviews import Decision, decide
from beicha.actions.spot_checks import Entered, check, record
from beicha.actions.spot_draws import Wish, draw_form, draws_of, make_draw
from beicha.actions.views.observations import read_observations
from beicha.actions.views.reading import read_months
from beicha.actions.views.verified import verified_of
from beicha.actions.views.verified_paper import verified_workbook
from beicha.store import Store
from beicha.store.files import NamedFile
from scoring.checklist_files import read_edition
from scoring.draws import draw
from tests.actions.office import NOW, send, set_up
from tests.intake.workbooks import workbook

EDITION = read_edition(Path("data/checklists/community-archive.yaml").read_text("utf-8"), "community-archive.yaml")[0]
HOSTILE = "<img src=x onerror=alert(1)> =1+1"
SHOP = {"place": "老街商户", "subject": "门前五包", "grade": "C", "problem": "占道经营", "photos": 2}
DAY = date(2026, 3, 10)


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    set_up(sqlite_store, of=lambda: EDITION)
    return sqlite_store


def visit(*rows, community="C01", day=DAY):
    return Entered(community, f"{day:%Y-%m}", "inspections", day, tuple({"date": day} | row for row in rows))


def save(store, *rows, grant=OFFICE, **place):
    return record(grant, store, visit(*rows, **place), language="zh_CN", now=NOW)


def seen(store, grant=OFFICE, **narrowed):
    return read_observations(grant, store, "2026-03", **narrowed)


def test_a_visit_is_stored_with_all_that_was_typed(office):
    save(office, SHOP | {"responsible": "城管办", "fixed_on_spot": False, "criterion": "GY-1", "note": HOSTILE})
    (one,) = seen(office)
    assert (one.day, one.problem, one.values["photos"], one.values["note"]) == (DAY, "占道经营", 2, HOSTILE)
    assert (one.name, one.street_name, one.criterion, one.is_open) == ("桂花社区", "西街道", "GY-1", True)


def test_the_same_grid_twice_is_no_change(office):
    assert save(office, SHOP).stored
    again = save(office, SHOP)
    assert (again.stored, len(again.unchanged)) == ((), 1)
    assert len(seen(office)) == 1


def test_earlier_rows_stay_and_one_of_the_same_key_is_replaced(office):
    save(office, SHOP, SHOP | {"place": "后街"})
    checked = check(OFFICE, office, visit(SHOP | {"grade": "A"}, SHOP | {"place": "东门"}), language="zh_CN")
    assert checked.replaced == 1
    save(office, SHOP | {"grade": "A"}, SHOP | {"place": "东门"})
    assert [(one.values["place"], one.values["grade"]) for one in seen(office)] == [
        ("老街商户", "A"), ("后街", "C"), ("东门", "C"),
    ]  # fmt: skip
    assert len(submissions.history(OFFICE, office, visit().key)) == 2


def test_whoever_saves_in_between_loses_no_row(office, monkeypatch):
    read = spot_checks.check

    def slow(*args, **more):
        checked = read(*args, **more)
        monkeypatch.setattr(spot_checks, "check", read)
        save(office, SHOP | {"place": "后街"})
        return checked

    monkeypatch.setattr(spot_checks, "check", slow)
    save(office, SHOP)
    assert {one.values["place"] for one in seen(office)} == {"老街商户", "后街"}


def test_a_visit_that_found_nothing_counts(office):
    (version,) = save(office).stored
    assert (version.kept_by, version.row_count) == ("office", 0)
    save(office, SHOP)
    assert save(office).stored == ()
    assert len(seen(office)) == 1


def test_a_wrong_cell_is_named_by_its_row_in_the_grid_and_nothing_is_stored(office):
    save(office, SHOP)
    wrong = visit(SHOP | {"place": "东门"}, SHOP | {"place": "西门", "grade": "很好"})
    checked = check(OFFICE, office, wrong, language="zh_CN")
    rows = {checked.grid_rows.get(one.row) for one in checked.draft.problems if one.row}
    assert rows == {2}


def test_a_day_of_another_month_and_too_many_rows_are_refused(office):
    with pytest.raises(ValueError, match="outside"):
        check(OFFICE, office, Entered("C01", "2026-04", "inspections", DAY), language="zh_CN")
    with pytest.raises(ValueError, match="at most"):
        check(OFFICE, office, visit(*[SHOP] * (spot_checks.MOST_ROWS + 1)), language="zh_CN")


@pytest.mark.parametrize("role", ["street", "clerk", "line", "leader", "auditor"])
def test_only_the_office_records(office, role):
    area = {"clerk": "C01", "street": "S1"}.get(role)
    with pytest.raises(Refused):
        save(office, SHOP, grant=Grant("x", (Post(role, area),)))


def test_readers_see_their_communities_and_lines(office):
    save(office, SHOP | {"criterion": "GY-1"})
    save(office, SHOP, community="C02")
    lead = EDITION.criterion("GY-1").lead
    other = next(line.code for line in EDITION.lines if line.code not in (lead, *EDITION.criterion("GY-1").supporting))
    assert len(seen(office, Grant("x", (Post("street", "S1"),)))) == 2
    assert [one.community for one in seen(office, Grant("x", (Post("clerk", "C02"),)))] == ["C02"]
    assert [one.community for one in seen(office, Grant("x", (Post("line", "D1", (lead,)),)))] == ["C01"]
    assert seen(office, Grant("x", (Post("line", "D1", (other,)),))) == ()
    assert [one.file for one in seen(office, Grant("x", (Post("leader", "D1"),)))] == ["", ""]
    with pytest.raises(Refused):
        seen(office, Grant("x", (Post("admin"),)))


def test_a_task_is_made_once_of_an_observation_however_often_it_is_stored(office):
    save(office, SHOP | {"responsible": "城管"}, {"place": "东门", "subject": "楼道", "deduction": 0.1})
    assert len(make_tasks(OFFICE, office, seen(office), due=DAY, now=NOW)) == 1
    save(office, SHOP | {"grade": "A", "responsible": "城管"})
    assert make_tasks(OFFICE, office, seen(office), due=DAY, now=NOW) == ()
    with pytest.raises(Refused):
        make_tasks(Grant("x", (Post("clerk", "C01"),)), office, seen(office), due=DAY, now=NOW)


def test_self_report_and_verification_are_the_findings(office):
    assert send(office, adverts_of_both()).stored
    save(office, {"place": "小区主入口", "subject": "核心价值观广告", "criterion": "GY-1", "grade": "C"})
    (month,) = read_months(OFFICE, office, "2026-03", "2026-03")
    found, cells = verified_of(month), month.standing.cells
    at = [criterion.code for criterion in EDITION.criteria].index("GY-1")
    row = found.criteria.set_index("criterion").loc["GY-1"]
    number = cells.communities.index("C01")
    assert row["self"] > row["found"]
    assert row["self"] == cells.self_fraction[number, at]
    assert row["found"] == cells.fraction[number, at]
    assert found.communities["lead"].sum() == pytest.approx(found.criteria["lead"].sum())
    assert int((~np.isnan(cells.self_fraction)).sum()) == len(found.criteria)
    assert bool(found.communities["few"].all())


def adverts_of_both():
    heads = ["点位名称", "设置位置", "主题类别", "载体形式", "数量", "是否显著位置", "是否完好", "表述是否规范"]
    row = ["小区主入口", "小区", "社会主义核心价值观", "宣传栏", 2, "是", "是", "是"]
    return NamedFile("桂花社区2026-03.xlsx", workbook({"公益广告点位": [heads, row]}, cover=("桂花社区", "2026-03")))


def test_who_reported_nothing_is_no_modest_one(office):
    save(office, {"place": "小区主入口", "subject": "核心价值观广告", "criterion": "GY-1", "grade": "C"})
    (month,) = read_months(OFFICE, office, "2026-03", "2026-03")
    assert verified_of(month).communities.empty


@given(items=st.sets(st.text(max_size=6), max_size=12), count=st.integers(0, 14), seed=st.text(max_size=8))
def test_a_draw_is_without_replacement_whole_where_it_may_be_and_free_of_order(items, count, seed):
    drawn = draw(items, count, seed)
    assert len(set(drawn)) == len(drawn) == min(count, len(items))
    assert set(drawn) <= items
    assert drawn == draw(sorted(items, reverse=True), count, seed)
    assert draw(items, len(items), seed)[: len(drawn)] == drawn


def test_over_many_seeds_each_is_drawn_alike():
    counts = Counter(one for seed in range(3000) for one in draw("abcdef", 2, str(seed)))
    assert set(counts) == set("abcdef")
    assert max(abs(count - 1000) for count in counts.values()) < 120


def wish(**more):
    return Wish(**{"period": "2026-03", "seed": "3", "ledger": "inspections", "per_street": 2, "points": 4} | more)


def test_a_draw_is_kept_can_be_drawn_again_and_becomes_a_form_that_is_read(office):
    send(office, adverts_of_both())
    for _ in range(2):
        make_draw(OFFICE, office, wish(), now=NOW)
    second, first = draws_of(OFFICE, office, "2026-03")
    assert (first.result, first.seed, first.made_by) == (second.result, "3", "local")
    assert [len(one["points"]) for one in first.result] == [4, 4]
    name, content = draw_form(OFFICE, office, first.id, language="zh_CN")
    draft = submissions.read(OFFICE, office, [NamedFile(name, content)])
    assert {one.code for one in draft.errors} <= {"required_blank", "key_blank"}
    whole = make_draw(OFFICE, office, wish(per_street=0, points=50), now=NOW)
    places = {point["place"] for one in draws_of(OFFICE, office, "2026-03")[0].result for point in one["points"]}
    assert (whole, places) == (3, {"", "小区主入口"})


def test_a_draw_is_told_to_nobody_who_could_sweep_before(office):
    number = make_draw(OFFICE, office, wish(), now=NOW)
    for post in (Post("street", "S1"), Post("clerk", "C01"), Post("leader"), Post("line", "D1", ("urban",))):
        assert draws_of(Grant("x", (post,)), office, "2026-03") == ()
        with pytest.raises(Refused):
            draw_form(Grant("x", (post,)), office, number, language="zh_CN")
        with pytest.raises(Refused):
            make_draw(Grant("x", (post,)), office, wish(), now=NOW)
    assert len(draws_of(Grant("x", (Post("auditor"),)), office, "2026-03")) == 1


@pytest.mark.parametrize("wrong", [{"seed": " "}, {"seed": "x" * 81}, {"points": 51}, {"per_street": -1}])
def test_a_wish_beyond_what_is_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match=r"drawn|seed"):
        wish(**wrong)


def test_a_summary_as_clerks_send_it_is_read(office):
    heads = ["序号", "社区", "督查日期", "点位", "督查内容", "问题", "责任单位", "时限", "照片", "整改情况"]
    row = [1, "桂花社区", DAY, "老街商户", "六乱", "占道经营", "城管办", "3月20日", 2, "已整改"]
    file = NamedFile("督查汇总表2026-03.xlsx", workbook({"督查汇总表": [heads, row]}, cover=("", "2026-03")))
    assert send(office, file).stored
    (one,) = seen(office)
    assert (one.problem, one.values["photos"], one.values["responsible"]) == ("占道经营", 2, "城管办")


def test_the_workbook_of_both_sides_has_the_numbers_of_the_screen_and_only_what_is_seen(office):
    assert send(office, adverts_of_both()).stored
    save(office, {"place": "小区主入口", "subject": "核心价值观广告", "criterion": "GY-1", "grade": "C"})
    (month,) = read_months(OFFICE, office, "2026-03", "2026-03")
    (lead,) = verified_of(month).communities["lead"]
    _, content = verified_workbook(OFFICE, office, "2026-03", "", "", language="zh_CN")
    first = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in first[first.max_row]][1:6:4] == ["桂花社区", pytest.approx(lead, abs=0.005)]
    line = EDITION.criterion("GY-1").lead
    other = next(one.code for one in EDITION.lines if one.code != line)
    (part,) = read_months(Grant("x", (Post("line", "D1", (other,)),)), office, "2026-03", "2026-03")
    assert verified_of(part).communities.empty
    with pytest.raises(Refused):
        verified_workbook(Grant("x", (Post("admin"),)), office, "2026-03", "", "", language="zh_CN")


def test_a_final_month_takes_no_visit(office):
    assert send(office, adverts_of_both()).stored
    for verb in ("pass", "finalise"):
        decide(OFFICE, office, Decision(verb, "2026-03", ("C01",)), now=NOW)
    with pytest.raises(Closed):
        save(office, SHOP)

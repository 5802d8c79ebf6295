"""The tree in the store: months at once, and the part of it on which the scores of some areas rest."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from beicha.store import areas
from beicha.store.areas import AreaVersion, bound_up
from beicha.store.schema import areas as area_table
from scoring.facts import Area

TOWN = (
    Area("d1", "东湖区", "district"),
    Area("s1", "城关街道", "street", "d1"),
    Area("z1", "北片", "zone", "s1"),
    Area("a", "红旗社区", "community", "z1"),
    Area("b", "春风社区", "community", "s1"),
    Area("s2", "河东街道", "street", "d1"),
    Area("c", "和平社区", "community", "s2"),
    Area("d2", "西湖区", "district"),
    Area("s3", "湖滨街道", "street", "d2"),
    Area("e", "柳浪社区", "community", "s3"),
    Area("s4", "独立街道", "street"),
    Area("f", "云栖社区", "community", "s4"),
    Area("g", "直属社区", "community"),
)
FIRST = {area.code for area in TOWN[:7]}
SECOND, ALONE = {"d2", "s3", "e"}, {"s4", "f", "g"}


@pytest.fixture
def town(store):
    with store.write() as change:
        areas.add(change, [AreaVersion(area) for area in TOWN])
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["a"], FIRST),
        (["s2"], FIRST),
        (["d1"], FIRST),
        (["e"], SECOND),
        (["a", "e"], FIRST | SECOND),
        (["f"], ALONE),
        (["g"], ALONE),
        (["unknown"], set()),
        ([], set()),
    ],
)
def test_with_an_area_comes_all_of_its_district_and_nothing_else(town, asked, found):
    with town.read() as view:
        assert set(view.execute(bound_up(asked)).scalars()) == found


def test_an_area_that_moved_is_bound_up_with_both_districts(town):
    with town.write() as change:
        areas.close(change, "c", "", "2026-03")
        areas.add(change, [AreaVersion(Area("c", "和平社区", "community", "s3"), "2026-03")])
    with town.read() as view:
        assert set(view.execute(bound_up(["c"])).scalars()) == FIRST | SECOND
        trees = areas.trees(view, ["2026-02", "2026-03"], bound_up(["s3"]))
    assert {month: next(one.parent for one in tree if one.code == "c") for month, tree in trees.items()} == {
        "2026-02": "s2",
        "2026-03": "s3",
    }
    assert {area.code for area in trees["2026-03"]} == SECOND | {"c"}


def test_many_months_are_read_as_each_by_itself(town):
    with town.write() as change:
        areas.close(change, "b", "", "2026-02")
        areas.close(change, "s3", "", "2026-03")
        areas.add(change, [AreaVersion(Area("s3", "南湖街道", "street", "d2", order=-1), "2026-03")])
    months = ["2026-01", "2026-02", "2026-03"]
    with town.read() as view:
        assert areas.trees(view, months) == {month: areas.tree(view, month) for month in months}


KINDS = ("district", "street", "zone", "community")


@st.composite
def forests(draw: st.DrawFn) -> Sequence[AreaVersion]:
    """Areas that stand below earlier ones of a higher kind, or below none; some are moved in one month."""
    made: list[Area] = []
    versions = []
    for number in range(draw(st.integers(1, 12))):
        kind = draw(st.sampled_from(KINDS))
        higher = [area.code for area in made if KINDS.index(area.kind) < KINDS.index(kind)]
        parents = [draw(st.sampled_from([None, *higher])) for _ in range(draw(st.integers(1, 2)))]
        made.append(Area(f"x{number}", "", kind, parents[0]))
        for start, parent in zip(("", "2026-06"), parents, strict=False):
            versions.append(AreaVersion(Area(f"x{number}", "", kind, parent), start))
    return versions


@given(forests(), st.data())
def test_whoever_is_in_one_district_with_an_area_in_any_month_comes_with_it(versions, data):
    asked = data.draw(st.sampled_from(sorted({version.area.code for version in versions})))
    found = _found(versions, asked)
    for month in ("2026-01", "2026-06"):
        latest: dict[str, Area] = {}
        for version in sorted(versions, key=lambda version: version.valid_from):
            if version.valid_in(month):
                latest[version.area.code] = version.area
        assert {code for code in latest if _top(latest, code) == _top(latest, asked)} <= found


def _top(latest: dict[str, Area], code: str) -> str:
    """The district an area is in; "" for all that are in none."""
    while (parent := latest[code].parent) is not None:
        code = parent
    return code if latest[code].kind == "district" else ""


def _found(versions: Sequence[AreaVersion], code: str) -> set[str]:
    engine = create_engine("sqlite://")
    area_table.create(engine)
    with engine.begin() as change:
        areas.add(change, versions)
        found = set(change.execute(bound_up([code])).scalars())
        assert code in set(change.execute(select(area_table.c.code)).scalars())
    engine.dispose()
    return found

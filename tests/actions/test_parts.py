"""What of a month a grant sees: true numbers of its own communities and lines, and nothing of others."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import update

from beicha.actions import submissions
from beicha.actions.assessing import complete
from beicha.actions.documents.scope import PaperAsk, basis_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.tasks import NewTask, make
from beicha.actions.views import reading
from beicha.actions.views.community import community_of
from beicha.actions.views.overview import overview_of
from beicha.actions.views.paper import community_workbook
from beicha.actions.views.reporting import expected_streets, read_reporting
from beicha.actions.views.review import read_review
from beicha.actions.views.tasks import read_tasks
from beicha.store import areas
from beicha.store.schema import assessments as stored
from beicha.store.submissions import Key
from scoring.edition import Edition
from scoring.facts import Area
from tests.ui.district import NOW, edition, settle

MONTH = "2026-04"
OF_OTHERS = {"clerk": ("b", "c"), "street": ("c",), "line": (), "leader": ()}


@pytest.fixture
def district(sqlite_store):
    settle(sqlite_store)
    return sqlite_store


def held(*posts):
    return Grant("wang", posts)


def month(store, grant, community=""):
    return reading.read_months(grant, store, MONTH, MONTH, community)[0]


def overview(store, grant, street="", line=""):
    return overview_of(month(store, grant), reading.read_history(grant, store), street, line)


def community(store, grant, code):
    reasons = reading.read_reasons(grant, store, MONTH, code)
    history = reading.read_history(grant, store, code)
    return community_of(month(store, grant, code), history, code, lambda number: reasons[number])


def test_a_street_sees_its_communities_with_their_true_scores(district):
    street = overview(district, held(Post("street", "s1")))
    whole = overview(district, OFFICE, street="s1")
    assert list(street.ranking.index) == ["a", "b"]
    assert (street.name, street.score, street.year, street.change) == (
        whole.name,
        whole.score,
        whole.year,
        whole.change,
    )
    assert street.ranking["score"].tolist() == whole.ranking["score"].tolist()
    assert street.stakes["stake"].tolist() == whole.stakes["stake"].tolist()
    assert list(street.streets.index) == ["s1"]


def test_a_community_sees_itself_and_neither_means_nor_ranks(district):
    own = community(district, held(Post("clerk", "a")), "a")
    whole = community(district, OFFICE, "a")
    assert (own.score, own.base, own.year) == (whole.score, whole.base, whole.year)
    assert own.criteria["stake"].tolist() == whole.criteria["stake"].tolist()
    assert np.isnan(own.street_score)
    assert np.isnan(own.district_score)
    assert (own.street, own.district, own.ranked) == ("", "", 1)


def test_a_line_sees_its_criteria_everywhere_and_no_total(district):
    culture = held(Post("line", None, ("culture",)))
    seen, whole = overview(district, culture), overview(district, OFFICE, line="culture")
    assert list(seen.ranking.index) == ["a", "b", "c"]
    assert seen.ranking["score"].tolist() == whole.ranking["score"].tolist()
    assert (seen.line, list(seen.lines.index), list(seen.sections.columns)) == ("文化站", ["culture"], ["A"])
    own = community(district, culture, "a")
    assert list(own.criteria.index) == ["A-1"]
    assert own.digest == whole.digest
    assert own.line == "文化站"
    assert own.gates == ()
    assert own.criteria["reason"].iloc[0] == community(district, OFFICE, "a").criteria.loc["A-1", "reason"]
    assert len(reading.read_evidence(culture, district, MONTH, "a", "A-1")) > 0
    with pytest.raises(Refused):
        reading.read_evidence(culture, district, MONTH, "a", "B-1")


def test_posts_of_two_kinds_show_each_community_as_far_as_one_of_them_reaches(district):
    both = held(Post("line", None, ("culture",)), Post("clerk", "a"))
    assert list(community(district, both, "a").criteria.index) == ["A-1", "B-1"]
    assert list(community(district, both, "b").criteria.index) == ["A-1"]
    assert list(overview(district, both).ranking.index) == ["a", "b", "c"]
    assert list(overview(district, both).lines.index) == ["culture"]


@pytest.mark.parametrize(
    "post",
    [Post("clerk", "a"), Post("street", "s1"), Post("leader", "s1"), Post("auditor", "s1"), Post("office", "s1")],
)
def test_another_community_is_refused_by_every_way(district, post):
    grant = held(post)
    for ask in (
        lambda: reading.read_reasons(grant, district, MONTH, "c"),
        lambda: reading.read_evidence(grant, district, MONTH, "c", "A-1"),
        lambda: reading.read_unmatched(grant, district, MONTH, "c"),
        lambda: submissions.history(grant, district, Key("c", MONTH)),
        lambda: submissions.reports(grant, district, ["a", "c"], MONTH),
        lambda: submissions.sent_file(grant, district, 3, "x", now=NOW),
        lambda: community_workbook(grant, district, MONTH, "c", language="zh_CN", now=NOW),
    ):
        with pytest.raises((Refused, KeyError)):
            ask()
    assert reading.read_months(grant, district, MONTH, MONTH, "c") == []
    assert "c" not in reading.community_names(grant, district, MONTH)
    assert all("c" not in one.scores and "d" not in one.scores for one in reading.read_history(grant, district))


@pytest.mark.parametrize("role", ["leader", "line"])
def test_who_only_reads_opens_no_file(district, role):
    grant = held(Post(role, None, ("culture",) if role == "line" else None))
    seq = submissions.history(OFFICE, district, Key("a", MONTH))[0]
    for ask in (
        lambda: submissions.sent_file(grant, district, seq.version.seq, seq.files[0].sha256, now=NOW),
        lambda: submissions.history(grant, district, Key("a", MONTH)),
        lambda: reading.read_unmatched(grant, district, MONTH, "a"),
    ):
        with pytest.raises(Refused):
            ask()


def test_an_administrator_of_accounts_sees_no_score(district):
    with pytest.raises(Refused):
        reading.read_months(held(Post("admin")), district)
    assert reading.read_months(held(Post("clerk", "gone")), district) == []


LAKE = (
    Area("d2", "西湖区", "district", order=2),
    Area("s3", "湖滨街道", "street", "d2", order=3),
    Area("e", "柳浪社区", "community", "s3", "A 类", 4),
    Area("f", "云栖社区", "community", "s3", "B 类", 5),
)
PART_OF_TWO = [
    (Post("office", "d"),),
    (Post("office", "d2"),),
    (Post("street", "s1"),),
    (Post("clerk", "f"),),
    (Post("line", "d2", ("culture",)),),
    (Post("clerk", "a"), Post("line", "d2", ("urban",))),
    (Post("line", None, ("culture",)),),
]


@pytest.fixture(params=["exclude", "mean_of_others"])
def two_districts(sqlite_store, request):
    said = edition().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    settle(sqlite_store, of=Edition.model_validate(said | {"not_applicable": request.param}))
    with sqlite_store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in LAKE])
    complete(sqlite_store)
    return sqlite_store


@pytest.mark.parametrize("posts", PART_OF_TWO)
def test_a_part_shows_the_same_whether_the_rest_is_read_or_not(two_districts, posts, monkeypatch):
    grant = held(*posts)
    alone = reading.read_months(grant, two_districts)
    monkeypatch.setattr(reading, "_bound_up", lambda _: None)
    among = reading.read_months(grant, two_districts)
    assert [month.period for month in alone] == [month.period for month in among] != []
    for one, other in zip(alone, among, strict=True):
        assert one.standing.tree.areas == other.standing.tree.areas
        assert_frame_equal(one.standing.communities, other.standing.communities)
        assert (one.stakes == other.stakes).all()


def test_a_part_is_read_without_the_rest(two_districts):
    """What lies in the other district cannot be read at all, and nobody notices."""
    with two_districts.write() as change:
        change.execute(update(stored).where(stored.c.community.in_(["a", "b", "c"])).values(cells=b"?"))
    seen = overview(two_districts, held(Post("clerk", "f")))
    assert list(seen.ranking.index) == ["f"]
    with pytest.raises(ValueError, match="buffer"):
        overview(two_districts, OFFICE)


def test_of_several_districts_the_whole_is_all_of_them_and_each_can_be_chosen(two_districts):
    whole = overview(two_districts, OFFICE)
    assert (whole.area, whole.name, list(whole.ranking.index)) == ("", "", ["a", "b", "c", "e", "f"])
    assert whole.score == pytest.approx(whole.ranking["score"].mean())
    assert list(whole.streets.index) == ["d", "d2"]
    lake = overview(two_districts, OFFICE, street="d2")
    assert (lake.area, lake.name, list(lake.ranking.index)) == ("d2", "西湖区", ["e", "f"])
    assert lake.score == whole.streets["score"]["d2"]
    alone = overview(two_districts, held(Post("office", "d2")))
    assert (alone.area, alone.score, list(alone.streets.index)) == ("d2", lake.score, ["s3"])


def test_a_district_narrows_every_list_to_its_communities(two_districts):
    """The same way for each, so that no paper or page shows another district's numbers beside its own."""
    noted = [NewTask(code, MONTH, "", "补报", "缺", "补", "", (), NOW.date(), {}) for code in ("a", "e")]
    make(OFFICE, two_districts, noted, now=NOW)
    narrowed = {
        "reporting": [unit.code for unit in read_reporting(OFFICE, two_districts, MONTH, "d2", now=NOW).units],
        "review": [unit.code for unit in read_review(OFFICE, two_districts, MONTH, "d2").units],
        "names": list(reading.community_names(OFFICE, two_districts, MONTH, "d2")),
        "overview": list(overview(two_districts, OFFICE, street="d2").ranking.index),
    }
    assert narrowed == {what: ["e", "f"] for what in narrowed}
    found = read_tasks(OFFICE, two_districts, now=NOW)
    assert [row.task.new.community for row in found.of_street("d2").rows] == ["e"]
    assert [row.task.new.community for row in found.of_street("s1").rows] == ["a"]
    assert expected_streets(OFFICE, two_districts, MONTH) == {
        "d": "东湖区", "d2": "西湖区", "s1": "城关街道", "s2": "河东街道", "s3": "湖滨街道",
    }  # fmt: skip
    assert list(expected_streets(held(Post("street", "s1")), two_districts, MONTH)) == ["s1"]


def test_a_paper_of_one_of_several_districts_counts_its_own_reports(two_districts):
    chief = held(Post("office", "d2"))
    basis = basis_of(chief, two_districts, PaperAsk(MONTH, unreviewed=True), now=NOW)
    assert (basis.overview.name, [unit.code for unit in basis.reporting.units]) == ("西湖区", ["e", "f"])


def test_the_office_sees_the_month_itself(district):
    assert month(district, OFFICE).of_whole is None
    assert month(district, held(Post("leader"))).of_whole is None

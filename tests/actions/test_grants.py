"""Posts add up, each by itself: a role below one area lends nothing to another."""

import pytest

from beicha.actions.grants import (
    OFFICE,
    RIGHTS,
    Grant,
    Post,
    Refused,
    covered,
    covers,
    from_plain,
    lines_seen,
    may,
    may_everywhere,
    require_for,
    require_submit,
    to_plain,
)
from beicha.store import areas
from beicha.store.submissions import Key
from tests.ui.district import AREAS


def grant(*posts):
    return Grant("wang", posts)


@pytest.mark.parametrize(
    ("post", "seen"),
    [
        (Post("office"), ["a", "b", "c"]),
        (Post("street", "s1"), ["a", "b"]),
        (Post("clerk", "a"), ["a"]),
        (Post("leader", "d"), ["a", "b", "c"]),
        (Post("line", "s2", ("culture",)), ["c"]),
        (Post("admin"), []),
        (Post("clerk", "gone"), []),
    ],
)
def test_a_post_reaches_below_its_area_and_no_further(post, seen):
    assert covered(grant(post), "see", AREAS) == seen


def test_posts_add_up_without_lending_to_each_other():
    both = grant(Post("clerk", "a"), Post("leader"))
    assert covered(both, "see", AREAS) == ["a", "b", "c"]
    assert covered(both, "submit", AREAS) == ["a"]
    assert covered(both, "files", AREAS) == ["a"]
    assert not may_everywhere(both, "submit")
    assert may_everywhere(both, "see")


def test_a_post_for_some_lines_gives_no_whole_files_and_nothing_everywhere():
    culture = grant(Post("office", None, ("culture",)))
    assert may(culture, "see")
    assert not may_everywhere(culture, "see")
    for right in ("files", "submit", "set_up"):
        assert not may(culture, right)


@pytest.mark.parametrize(
    ("posts", "lines"),
    [
        ((Post("line", None, ("culture",)),), {"culture"}),
        ((Post("line", None, ("culture",)), Post("line", "s1", ("urban",))), {"culture", "urban"}),
        ((Post("line", None, ("culture",)), Post("line", "s2", ("urban",))), {"culture"}),
        ((Post("line", None, ("culture",)), Post("clerk", "a")), None),
        ((Post("clerk", "b"),), set()),
    ],
)
def test_lines_add_up_where_their_posts_reach(posts, lines):
    assert lines_seen(grant(*posts), "a", AREAS) == lines


def test_nobody_without_a_post_may_anything():
    assert not any(may(grant(), right) for rights in RIGHTS.values() for right in rights)
    with pytest.raises(Refused, match="no post"):
        require_for(grant(), "see", [], AREAS)


def test_an_area_that_is_its_own_ancestor_ends_the_search():
    from scoring.facts import Area

    ring = (Area("x", "甲", "street", "y"), Area("y", "乙", "street", "x"), Area("c", "丙", "community", "x"))
    assert covers(grant(Post("clerk", "y")), "see", "c", ring)
    assert not covers(grant(Post("clerk", "z")), "see", "c", ring)


@pytest.mark.parametrize(
    ("post", "kept_by", "allowed"),
    [
        (Post("clerk", "a"), "community", True),
        (Post("clerk", "a"), "office", False),
        (Post("clerk", "b"), "community", False),
        (Post("office"), "office", True),
        (Post("office", "s2"), "office", False),
        (Post("leader"), "community", False),
        (Post("auditor"), "community", False),
    ],
)
def test_handing_in(sqlite_store, post, kept_by, allowed):
    with sqlite_store.write() as change:
        areas.add(change, [areas.AreaVersion(area) for area in AREAS])
        if allowed:
            require_submit(grant(post), Key("a", "2026-04", kept_by), change)
        else:
            with pytest.raises(Refused):
                require_submit(grant(post), Key("a", "2026-04", kept_by), change)


def test_a_grant_comes_back_from_a_job_as_it_was():
    there = grant(Post("clerk", "a"), Post("line", None, ("culture", "urban")))
    assert from_plain(to_plain(there)) == there
    assert from_plain({"actor": "local", "role": "office", "area": None, "lines": None}) == OFFICE


def test_the_address_decides_nothing_and_goes_along_with_a_job():
    here, there = Grant("wang", (Post("office"),), "10.0.0.1"), Grant("wang", (Post("office"),), "10.0.0.2")
    assert here == there
    assert len({here, there}) == 1
    assert from_plain(to_plain(here)).address == "10.0.0.1"
    assert from_plain({"actor": "wang", "posts": []}).address == ""

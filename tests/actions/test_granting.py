"""Nobody grants what they lack: what a person gives reaches no further than what they hold themselves."""

import random
from datetime import UTC, datetime
from itertools import product

import pytest

from beicha.actions import accounts, sessions, signing_in
from beicha.actions.accounts import AccountError
from beicha.actions.granting import Giver, giver_of
from beicha.actions.grants import OFFICE, RIGHTS, ROLES, Grant, Post, Refused, covered, lines_seen
from beicha.actions.signing_in import Attempt
from beicha.store import areas, audit, lines
from beicha.store.areas import AreaVersion
from beicha.store.lines import OfficeLine
from scoring.facts import Area
from tests.ui.district import AREAS

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
PLACES = (None, "d", "s1", "s2", "a", "b", "c")
LINES = (None, ("culture",), ("urban",), ("culture", "urban"))
EVERY_POST = [Post(*parts) for parts in product(ROLES, PLACES, LINES)]
TREE = {area.code: area.parent for area in AREAS}


def giver(*posts, trees=(TREE,)):
    return Giver(Grant("wang", posts), trees)


@pytest.fixture
def district(store):
    with store.write() as change:
        areas.add(change, [AreaVersion(area) for area in AREAS])
        lines.put(change, [OfficeLine("culture", "文化站"), OfficeLine("urban", "城管办")])
    return store


def of(*posts, actor="wang"):
    return Grant(actor, posts)


OFFICE_POST, STREET, CLERK = Post("office"), Post("street", "s1"), Post("clerk", "a")
ADMIN = of(Post("admin"), actor="root")


@pytest.mark.parametrize(
    ("holder", "given", "may"),
    [
        (OFFICE_POST, Post("office"), True),
        (OFFICE_POST, Post("street", "s1"), True),
        (OFFICE_POST, Post("clerk", "c"), True),
        (OFFICE_POST, Post("line", None, ("culture",)), True),
        (OFFICE_POST, Post("leader"), True),
        (OFFICE_POST, Post("auditor"), False),
        (OFFICE_POST, Post("admin"), False),
        (OFFICE_POST, Post("admin", "a", ("culture",)), False),
        (STREET, Post("clerk", "a"), True),
        (STREET, Post("clerk", "c"), False),
        (STREET, Post("leader", "s1"), True),
        (STREET, Post("leader", "d"), False),
        (STREET, Post("leader"), False),
        (STREET, Post("street", "s1"), True),
        (STREET, Post("street", "s2"), False),
        (STREET, Post("line", "s1", ("culture",)), True),
        (STREET, Post("line", None, ("culture",)), False),
        (STREET, Post("office", "s1"), False),
        (CLERK, Post("clerk", "a"), False),
        (Post("leader"), Post("leader", "a"), False),
        (Post("line", None, ("culture",)), Post("line", "a", ("culture",)), False),
        (Post("office", None, ("culture",)), Post("line", "a", ("culture",)), False),
        (Post("auditor"), Post("auditor"), False),
        (Post("admin"), Post("admin"), True),
        (Post("admin"), Post("auditor"), True),
        (Post("admin"), Post("clerk", "a"), True),
        (Post("admin", "s1"), Post("clerk", "a"), False),
        (Post("street", "gone"), Post("clerk", "a"), False),
        (STREET, Post("clerk", "nowhere"), False),
    ],
)
def test_each_gives_what_the_table_says(holder, given, may):
    assert giver(holder).may_give(given) is may


def reach(posts):
    """All that posts open, as (right, community, line); a line more, "?", stands for those that are yet to come."""
    grant, found = Grant("x", tuple(posts)), set()
    for right in {right for rights in RIGHTS.values() for right in rights}:
        for community in covered(grant, right, AREAS):
            seen = lines_seen(grant, community, AREAS) if right == "see" else None
            found |= {(right, community, line) for line in (seen if seen is not None else ("culture", "urban", "?"))}
    return found


def test_what_is_given_reaches_no_further_than_who_gives_it():
    chance, given = random.Random(4), 0
    for _ in range(4000):
        held = chance.sample(EVERY_POST, chance.randint(1, 3))
        who, post = giver(*held), chance.choice(EVERY_POST)
        if not who.administers and who.may_give(post):
            given += 1
            assert reach([*held, post]) == reach(held)
    assert given > 50, "the rule was tried in earnest"


def test_whoever_gives_a_post_could_give_it_on_no_further():
    """What was given gives no more to a third than the first could have given."""
    for held, post in product([OFFICE_POST, STREET, Post("office", "s1")], EVERY_POST):
        first, second = giver(held), giver(post)
        if first.may_give(post):
            assert [third for third in EVERY_POST if second.may_give(third) and not first.may_give(third)] == []


def test_a_community_that_changed_its_street_is_for_the_office_to_give(store):
    """A post holds in every month, so the street has to reach the community in every month that knows it."""
    moved = Area("c", "和平社区", "community", "s1")
    with store.write() as change:
        areas.add(change, [AreaVersion(area) for area in AREAS if area.code != "c"])
        areas.add(change, [AreaVersion(AREAS[5], "", "2026-04"), AreaVersion(moved, "2026-04")])
    with store.read() as view:
        assert not giver_of(of(STREET), view).may_give(Post("clerk", "c"))
        assert giver_of(of(STREET), view).may_give(CLERK)
        assert giver_of(of(STREET, Post("street", "s2")), view).may_give(Post("clerk", "c"))
        assert giver_of(of(OFFICE_POST), view).may_give(Post("clerk", "c"))


def held_by(store, login):
    return [one.post for account in accounts.listed(OFFICE, store) if account.login == login for one in account.posts]


def test_the_office_makes_accounts_and_gives_and_takes_posts(district):
    office = of(OFFICE_POST)
    accounts.add(office, district, "li", "李强", [CLERK], now=NOW)
    accounts.give_post(office, district, "li", Post("leader", "s1"), now=NOW)
    accounts.give_post(office, district, "li", Post("leader", "s1"), now=NOW)
    assert held_by(district, "li") == [CLERK, Post("leader", "s1")]
    (listed,) = accounts.listed(office, district)
    accounts.take_post(office, district, "li", listed.posts[0].id, now=NOW)
    assert held_by(district, "li") == [Post("leader", "s1")]


@pytest.mark.parametrize("post", [Post("admin"), Post("auditor"), Post("clerk", "c"), Post("leader")])
def test_a_street_makes_no_account_beyond_its_own_reach_and_nothing_stays_of_it(district, post):
    with pytest.raises(Refused):
        accounts.add(of(STREET), district, "li", "李强", [CLERK, post], now=NOW)
    assert accounts.listed(OFFICE, district) == ()


def test_an_account_that_only_somebody_else_reaches_is_not_even_there_for_a_street(district):
    accounts.add(OFFICE, district, "zhao", "赵敏", [Post("clerk", "c")], now=NOW)
    assert accounts.listed(of(STREET), district) == ()
    for act in (
        lambda: accounts.give_post(of(STREET), district, "zhao", CLERK, now=NOW),
        lambda: accounts.new_code(of(STREET), district, "zhao", now=NOW),
        lambda: accounts.disable(of(STREET), district, "zhao", now=NOW),
        lambda: sessions.listed_of(of(STREET), district, "zhao"),
    ):
        with pytest.raises(AccountError) as refused:
            act()
        assert refused.value.reason == "account"


def test_whoever_reaches_one_post_of_an_account_takes_that_one_and_gives_no_code(district):
    """With a code one signs in, so a street gives none to an account that also holds what the street lacks."""
    accounts.add(OFFICE, district, "zhao", "赵敏", [CLERK, Post("admin")], now=NOW)
    (listed,) = accounts.listed(of(STREET), district)
    assert [one.yours for one in listed.posts] == [True, False]
    assert not listed.yours
    for act in (
        lambda: accounts.new_code(of(STREET), district, "zhao", now=NOW),
        lambda: accounts.disable(of(STREET), district, "zhao", now=NOW),
        lambda: accounts.rename(of(STREET), district, "zhao", "赵", now=NOW),
        lambda: sessions.end_of(of(STREET), district, "zhao", now=NOW),
        lambda: accounts.take_post(of(STREET), district, "zhao", listed.posts[1].id, now=NOW),
    ):
        with pytest.raises(Refused):
            act()
    accounts.take_post(of(STREET), district, "zhao", listed.posts[0].id, now=NOW)
    assert held_by(district, "zhao") == [Post("admin")]


def test_a_street_looks_after_its_clerks(district):
    accounts.add(of(STREET), district, "li", "李强", [CLERK], now=NOW)
    assert accounts.new_code(of(STREET), district, "li", now=NOW)
    accounts.rename(of(STREET), district, "li", "李壮", now=NOW)
    accounts.disable(of(STREET), district, "li", now=NOW)
    (listed,) = accounts.listed(of(STREET), district)
    assert (listed.name, listed.disabled, listed.yours, listed.ready) == ("李壮", True, True, False)
    accounts.enable(of(STREET), district, "li", now=NOW)


@pytest.mark.parametrize("who", [of(OFFICE_POST), of(STREET), of(Post("admin"))])
def test_nobody_gives_to_themselves_or_takes_from_themselves(district, who):
    accounts.add(OFFICE, district, "wang", "王芳", who.posts, now=NOW)
    for act in (
        lambda: accounts.give_post(who, district, "wang", CLERK, now=NOW),
        lambda: accounts.take_post(who, district, "wang", 1, now=NOW),
        lambda: accounts.new_code(who, district, "wang", now=NOW),
    ):
        with pytest.raises(AccountError) as refused:
            act()
        assert refused.value.reason == "self"
    (listed,) = accounts.listed(who, district)
    assert listed.own
    assert not any(one.yours for one in listed.posts)


def test_an_administrator_gives_any_post_to_others(district):
    accounts.add(ADMIN, district, "li", "李强", [], now=NOW)
    for post in (Post("office"), Post("auditor"), Post("admin")):
        accounts.give_post(ADMIN, district, "li", post, now=NOW)
    assert len(held_by(district, "li")) == 3


@pytest.mark.usefixtures("quick_passwords")
@pytest.mark.parametrize(("by", "opens"), [("wang", True), ("sun", False)])
def test_a_code_that_somebody_else_has_seen_ends_with_a_post_that_they_did_not_give(district, by, opens):
    code = accounts.add(of(STREET), district, "li", "李强", [CLERK], now=NOW)
    accounts.give_post(of(OFFICE_POST, actor=by), district, "li", Post("leader", "d"), now=NOW)
    answer = signing_in.sign_in(district, Attempt("li", code, "10.0.0.1"), now=NOW)
    assert (answer.opened is not None) == opens


def test_an_account_without_posts_is_for_whoever_gives_everywhere(district):
    accounts.add(ADMIN, district, "li", "李强", [], now=NOW)
    assert accounts.listed(of(STREET), district) == ()
    assert [one.login for one in accounts.listed(of(OFFICE_POST), district)] == ["li"]
    with pytest.raises(AccountError) as refused:
        accounts.add(of(OFFICE_POST), district, "zhao", "赵敏", [], now=NOW)
    assert refused.value.reason == "posts"


def test_what_is_given_and_taken_stands_in_the_audit_with_what_it_was(district):
    accounts.add(of(STREET), district, "li", "李强", [CLERK], now=NOW)
    accounts.give_post(of(STREET), district, "li", Post("line", "s1", ("culture",)), now=NOW)
    accounts.take_post(of(STREET), district, "li", 1, now=NOW)
    accounts.rename(of(STREET), district, "li", "李壮", now=NOW)
    with district.read() as view:
        rows = [(row.actor, row.action, dict(row.details)) for row in audit.entries(view)]
    clerk, line = {"role": "clerk", "area": "a"}, {"role": "line", "area": "s1", "lines": ["culture"]}

    def step(before, after):
        return {"before": {"posts": before}, "after": {"posts": after}}

    assert rows == [
        ("wang", "account.add", {"name": "李强", "posts": [clerk]}),
        ("wang", "account.post.give", {"post": line, **step([clerk], [clerk, line])}),
        ("wang", "account.post.take", {"post": clerk, **step([clerk, line], [line])}),
        ("wang", "account.rename", {"name": "李壮", "before": {"name": "李强"}, "after": {"name": "李壮"}}),
    ]

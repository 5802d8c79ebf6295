"""Share links: never wider than their maker, dead as soon as they should be, and worth nothing to who guesses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from beicha.actions import accounts, share_policy, shares, visiting
from beicha.actions.grants import OFFICE, ROLES, Grant, Post, Refused
from beicha.actions.share_policy import Policy
from beicha.actions.share_scope import Scope
from beicha.actions.shares import ShareError, Terms
from beicha.actions.views import reading
from beicha.actions.visiting import MOST_TRIES, WINDOW, open_by_password, open_by_token
from beicha.papers.shared_values import from_json
from beicha.store import accounts as stored_accounts
from beicha.store import assessments, audit, lines
from beicha.store import shares as stored
from beicha.store.lines import OfficeLine
from tests.ui.district import NOW, settle

pytestmark = pytest.mark.usefixtures("quick_passwords")
STREET = Post("street", "s1")
S1 = Scope(areas=("s1",), first="2026-04", last="2026-04")
SECOND = timedelta(seconds=1)
HERE = "10.0.0.9"
USUAL = Terms()


def settled(store):
    settle(store)
    with store.write() as change:
        lines.put(change, [OfficeLine("culture", "文化站"), OfficeLine("urban", "城管办")])
    return store


@pytest.fixture
def district(sqlite_store):
    return settled(sqlite_store)


@pytest.fixture
def any_district(store):
    """On either database."""
    return settled(store)


def maker(store, *posts, login="sun"):
    accounts.add(OFFICE, store, login, "孙丽", posts or (STREET,), now=NOW)
    return Grant(login, posts or (STREET,), HERE)


def made(store, grant=OFFICE, scope=S1, terms=USUAL, now=NOW):
    return shares.make(grant, store, "四月得分", scope, terms, now=now)


def opened(store, link, now=NOW, address=HERE):
    return open_by_token(store, link.token, address, now=now)


def actions(store):
    with store.read() as view:
        return [entry.action for entry in audit.entries(view) if entry.action.startswith("share.")]


def test_a_link_opens_what_it_was_made_for(district):
    link = made(district, maker(district))
    visit = opened(district, link)
    assert visit.answer == "alive"
    assert visit.shared.title == "四月得分"
    assert (visit.shared.maker.name, visit.shared.maker.unit) == ("孙丽", "城关街道")
    assert visit.shared.grant.posts == (Post("visitor", "s1"),)
    assert visit.shared.ends_at == NOW + timedelta(days=7)
    (month,) = reading.read_months(visit.shared.grant, district)
    assert month.period == "2026-04"
    assert month.standing.cells.communities == ("a", "b")


def test_the_token_is_kept_nowhere_and_never_told_again(district):
    link = made(district)
    with district.read() as view:
        kept = repr(stored.everyone(view)) + repr(audit.entries(view))
    assert len(link.token) == 43
    assert link.token not in kept + repr(shares.listed(OFFICE, district, now=NOW))


def test_newest_is_whichever_month_is_the_newest(district):
    visit = opened(district, made(district, scope=Scope()))
    assert visit.shared.grant.months == ("2026-04", "2026-04")
    assert [month.period for month in reading.read_months(visit.shared.grant, district)] == ["2026-04"]


@pytest.mark.parametrize(
    ("posts", "scope", "fits"),
    [
        ((STREET,), S1, True),
        ((STREET,), Scope(areas=("a",), view="community"), True),
        ((STREET,), Scope(areas=("a", "b")), True),
        ((STREET,), Scope(areas=("s1", "s2")), False),
        ((STREET,), Scope(areas=("c",)), False),
        ((STREET,), Scope(areas=("d",)), False),
        ((STREET,), Scope(), False),
        ((Post("office"),), Scope(), True),
        ((Post("office", "d"),), Scope(areas=("d",)), True),
        ((Post("office", "d"),), Scope(), False),
        ((Post("office", None, ("culture",)),), Scope(lines=("culture",)), True),
        ((Post("office", None, ("culture",)),), Scope(lines=("culture", "urban")), False),
        ((Post("office", None, ("culture",)),), Scope(), False),
        ((STREET, Post("leader")), Scope(areas=("s2",)), False),
        ((STREET, Post("street", "s2")), Scope(areas=("s1", "s2")), True),
    ],
)
def test_a_link_shows_no_more_than_its_maker_may_share(district, posts, scope, fits):
    grant = maker(district, *posts)
    if fits:
        assert opened(district, made(district, grant, scope)).answer == "alive"
    else:
        with pytest.raises(Refused):
            made(district, grant, scope)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("office", "street")])
def test_nobody_but_the_office_and_the_streets_makes_links(district, role):
    grant = maker(district, Post(role, None, ("culture",) if role == "line" else None))
    link = made(district)
    for act in (
        lambda: made(district, grant),
        lambda: shares.revoke(grant, district, link.public_id, now=NOW),
        lambda: shares.rotate(grant, district, link.public_id, now=NOW),
        lambda: share_policy.set_policy(grant, district, Policy(), now=NOW),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (Scope(areas=("gone",)), "area"),
        (Scope(areas=()), "area"),
        (Scope(lines=("gone",)), "line"),
        (Scope(lines=()), "line"),
        (Scope(areas=("s1",), view="community"), "view"),
        (Scope(areas=("a", "b"), view="community"), "view"),
        (Scope(view="community"), "view"),
        (Scope(first="2026-04", last="2026-03"), "month"),
        (Scope(first="2026-04"), "month"),
        (Scope(last="2026-04"), "month"),
        (Scope(first="2026-13", last="2026-13"), "month"),
    ],
)
def test_a_scope_that_names_what_there_is_not_is_refused(district, scope, reason):
    with pytest.raises(ShareError) as refused:
        made(district, scope=scope)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("terms", "policy", "reason"),
    [
        (Terms(days=30), Policy(), None),
        (Terms(days=31), Policy(), "days"),
        (Terms(days=0), Policy(), "days"),
        (Terms(days=None), Policy(), "end_missing"),
        (Terms(days=None), Policy(must_end=False), None),
        (Terms(days=8), Policy(most_days=7), "days"),
        (Terms(), Policy(must_have_password=True), "password_missing"),
        (Terms(password="abcdef"), Policy(must_have_password=True), None),
        (Terms(password="abcde"), Policy(), "password"),
        (Terms(password="aaaaaa"), Policy(), "password"),
        (Terms(days=1, not_before=NOW + timedelta(days=1)), Policy(), "not_before"),
        (Terms(), Policy(allowed=False), "forbidden"),
    ],
)
def test_terms_are_held_to_what_the_office_allows(district, terms, policy, reason):
    share_policy.set_policy(OFFICE, district, policy, now=NOW)
    if reason is None:
        assert made(district, terms=terms).token
    else:
        with pytest.raises(ShareError) as refused:
            made(district, terms=terms)
        assert refused.value.reason == reason
        assert shares.listed(OFFICE, district, now=NOW) == ()


def test_a_link_opens_from_its_beginning_to_its_end(district):
    link = made(district, terms=Terms(days=2, not_before=NOW + timedelta(days=1)))
    begin, end = NOW + timedelta(days=1), NOW + timedelta(days=2)
    answers = [opened(district, link, now).answer for now in (begin - SECOND, begin, end - SECOND, end)]
    assert answers == ["not_yet", "alive", "alive", "expired"]


def test_a_revoked_link_is_dead_for_who_opened_it_before(district):
    link = made(district)
    visit = opened(district, link)
    assert shares.revoke(OFFICE, district, link.public_id, now=NOW)
    assert not shares.revoke(OFFICE, district, link.public_id, now=NOW)
    assert opened(district, link).answer == "revoked"
    assert visiting.look(district, link.public_id, visit.cookie, now=NOW).answer == "revoked"
    assert visiting.look_by_seal(district, link.public_id, visit.shared.seal, now=NOW).answer == "revoked"
    assert visiting.proved(district, {link.public_id: visit.cookie}, NOW) == {}
    with pytest.raises(ShareError, match="revoked"):
        shares.rotate(OFFICE, district, link.public_id, now=NOW)


def test_a_new_token_puts_out_whoever_came_with_the_old_one(any_district):
    link = made(any_district)
    old = opened(any_district, link)
    new = shares.rotate(OFFICE, any_district, link.public_id, now=NOW)
    assert opened(any_district, link).answer == "unknown"
    assert visiting.look(any_district, link.public_id, old.cookie, now=NOW).answer == "unknown"
    assert visiting.look_by_seal(any_district, link.public_id, old.shared.seal, now=NOW).answer == "unknown"
    assert visiting.proved(any_district, {link.public_id: old.cookie}, NOW) == {}
    assert opened(any_district, new).answer == "alive"


def test_a_link_dies_with_its_makers_right(district):
    grant = maker(district)
    link = made(district, grant)
    with district.read() as view:
        account = stored_accounts.by_login(view, "sun")
    (post,) = accounts.listed(OFFICE, district)[0].posts
    accounts.give_post(OFFICE, district, "sun", Post("street", "s2"), now=NOW)
    accounts.take_post(OFFICE, district, "sun", post.id, now=NOW)
    assert opened(district, link).answer == "orphaned"
    accounts.give_post(OFFICE, district, "sun", Post("street", "d"), now=NOW)
    assert opened(district, link).answer == "alive"
    accounts.disable(OFFICE, district, account.login, now=NOW)
    assert opened(district, link).answer == "orphaned"


def test_forbidding_links_kills_those_that_there_are(district):
    link = made(district)
    share_policy.set_policy(OFFICE, district, Policy(allowed=False), now=NOW)
    assert opened(district, link).answer == "forbidden"
    share_policy.set_policy(OFFICE, district, Policy(), now=NOW)
    assert opened(district, link).answer == "alive"


@pytest.mark.parametrize(("days", "right"), [(0, False), (1, True), (366, True), (367, False)])
def test_a_policy_has_bounds_itself(district, days, right):
    if right:
        share_policy.set_policy(OFFICE, district, Policy(most_days=days), now=NOW)
        assert share_policy.policy(district).most_days == days
    else:
        with pytest.raises(ValueError, match="days"):
            share_policy.set_policy(OFFICE, district, Policy(most_days=days), now=NOW)


def test_a_password_is_asked_for_and_its_cookie_opens_from_then_on(district):
    link = made(district, terms=Terms(password="夏天的风abc"))
    first = opened(district, link)
    assert first.answer == "password"
    assert visiting.look(district, link.public_id, first.cookie, now=NOW).answer == "password"
    assert visiting.proved(district, {link.public_id: first.cookie}, NOW) == {}
    wrong = open_by_password(district, link.public_id, first.cookie, "夏天的风abd", HERE, now=NOW)
    assert (wrong.answer, wrong.cookie) == ("wrong", "")
    right = open_by_password(district, link.public_id, first.cookie, "夏天的风abc", HERE, now=NOW)
    assert right.answer == "alive"
    assert visiting.look(district, link.public_id, right.cookie, now=NOW).answer == "alive"
    assert set(visiting.proved(district, {link.public_id: right.cookie}, NOW)) == {link.public_id}
    for forged in (f"{link.token}.", f"{link.token}.{'0' * 64}", right.cookie[:-1], right.cookie + "0"):
        assert visiting.look(district, link.public_id, forged, now=NOW).answer in ("password", "unknown")
    assert open_by_password(district, link.public_id, "", "夏天的风abc", HERE, now=NOW).answer == "unknown"


def test_a_thief_of_a_link_gets_twenty_guesses_at_its_password_a_quarter_of_an_hour(district):
    link = made(district, terms=Terms(password="abcdef"))
    cookie = opened(district, link).cookie

    def guess(word, now=NOW, address=HERE):
        return open_by_password(district, link.public_id, cookie, word, address, now=now).answer

    assert [guess(f"guess {number}", address=f"10.0.0.{number}") for number in range(MOST_TRIES)] == ["wrong"] * 20
    assert guess("abcdef", address="10.0.1.1") == "wait"
    assert guess("abcdef", NOW + WINDOW - SECOND) == "wait"
    assert guess("abcdef", NOW + WINDOW) == "alive"


def test_many_guesses_at_once_hardly_pass_the_limit(district):
    link = made(district, terms=Terms(password="abcdef"))
    cookie = opened(district, link).cookie

    def guess(number):
        return open_by_password(district, link.public_id, cookie, f"guess {number}", HERE, now=NOW).answer

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(40)))
    assert MOST_TRIES <= answers.count("wrong") <= MOST_TRIES + 1


def test_who_guesses_tokens_soon_has_to_wait_and_who_has_one_does_not(any_district):
    link = made(any_district)
    answers = [open_by_token(any_district, f"guess {number}", HERE, now=NOW).answer for number in range(MOST_TRIES + 2)]
    assert answers == ["unknown"] * MOST_TRIES + ["wait"] * 2
    assert opened(any_district, link).answer == "alive"
    assert open_by_token(any_district, "guess", "10.0.0.10", now=NOW).answer == "unknown"
    assert open_by_token(any_district, "guess", HERE, now=NOW + WINDOW).answer == "unknown"
    assert actions(any_district).count("share.blocked") == 1


@pytest.mark.parametrize(
    "change",
    [str.swapcase, lambda t: t[:-1], lambda t: t + "x", lambda t: f"%{t}", lambda _: ":key",
     lambda _: "", lambda _: "\0", lambda t: t * 20_000, lambda _: "\udcff"],
)  # fmt: skip
def test_what_is_almost_a_token_is_none(district, change):
    link = made(district)
    assert open_by_token(district, change(link.token), HERE, now=NOW).answer == "unknown"
    assert visiting.look(district, link.public_id, change(link.token), now=NOW).answer == "unknown"


def test_uses_are_counted_and_every_act_is_noted(any_district):
    link = made(any_district)
    visit = opened(any_district, link)
    opened(any_district, link, NOW + SECOND)
    visiting.look(any_district, link.public_id, visit.cookie, now=NOW + timedelta(minutes=2))
    visiting.look(any_district, link.public_id, visit.cookie, now=NOW + timedelta(minutes=2, seconds=30))
    (listed,) = shares.listed(OFFICE, any_district, now=NOW)
    assert (listed.uses, listed.last_used_at) == (2, NOW + timedelta(minutes=2))
    shares.rotate(OFFICE, any_district, link.public_id, now=NOW)
    shares.revoke(OFFICE, any_district, link.public_id, now=NOW)
    share_policy.set_policy(OFFICE, any_district, Policy(most_days=3), now=NOW)
    noted = ["share.make", "share.open", "share.open", "share.rotate", "share.revoke", "share.policy"]
    assert actions(any_district) == noted


def test_sharing_leaves_the_data_as_they_are(district):
    before = reading.revision(district)
    opened(district, made(district))
    assert reading.revision(district) == before


def test_each_sees_their_own_links_and_office_and_auditors_all(district):
    grant = maker(district)
    own, other = made(district, grant), made(district)
    ids = {
        who: {link.public_id for link in shares.listed(grant, district, now=NOW)}
        for who, grant in {"street": grant, "office": OFFICE, "auditor": Grant("liu", (Post("auditor"),))}.items()
    }
    everything = {own.public_id, other.public_id}
    assert ids == {"street": {own.public_id}, "office": everything, "auditor": everything}
    for act in (shares.revoke, shares.rotate):
        with pytest.raises(LookupError):
            act(grant, district, other.public_id, now=NOW)
    assert shares.revoke(OFFICE, district, own.public_id, now=NOW)


def test_a_frozen_page_is_kept_as_it_was(any_district):
    frozen = Terms(frozen=True)
    link = made(any_district, terms=frozen)
    before = visiting.frozen_page(any_district, opened(any_district, link).shared)
    view = from_json(before)
    assert (view.heading.period, [one.name for one in view.in_order]) == ("2026-04", ["红旗社区", "春风社区"])
    with any_district.write() as change:
        assessments.forget(change, "2026-01")
    visit = opened(any_district, link)
    assert visit.shared.frozen
    assert visiting.proved(any_district, {link.public_id: visit.cookie}, NOW) == {}
    assert visiting.look_by_seal(any_district, link.public_id, visit.shared.seal, now=NOW).answer == "unknown"
    assert visiting.frozen_page(any_district, visit.shared) == before
    live = opened(any_district, made(any_district)).shared
    assert (live.frozen, visiting.frozen_page(any_district, live)) == (False, None)
    with pytest.raises(ShareError, match="nothing"):
        made(any_district, terms=frozen)


def test_a_visitor_sees_the_scope_and_nothing_around_it(district):
    grant = opened(district, made(district, scope=Scope(("a",), ("culture",), "2026-04", "2026-04"))).shared.grant
    assert reading.assessed_periods(grant, district) == ("2026-04",)
    assert reading.community_names(grant, district, "2026-04") == {"a": "红旗社区"}
    assert len(reading.read_reasons(grant, district, "2026-04", "a")) == 1
    assert reading.read_months(grant, district, "2026-03", "2026-03") == []
    assert not reading.opens_files(grant, district, "2026-04", "a")
    for refused in (
        lambda: reading.read_reasons(grant, district, "2026-04", "b"),
        lambda: reading.read_reasons(grant, district, "2026-03", "a"),
        lambda: reading.community_names(grant, district, "2026-03"),
        lambda: reading.edition_in_force(grant, district, "2026-03"),
        lambda: reading.read_evidence(grant, district, "2026-04", "a", "A-1"),
        lambda: reading.read_evidence(grant, district, "2026-04", "a", "B-1"),
        lambda: reading.read_reports(grant, district, "a", "2026-04"),
        lambda: reading.read_unmatched(grant, district, "2026-04", "a"),
    ):
        with pytest.raises(Refused):
            refused()

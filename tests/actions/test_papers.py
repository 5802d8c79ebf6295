"""Papers say what the screens say, quote only what is final unless told otherwise, and go out under numbers."""

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from threading import Thread

import docx
import pytest

from beicha.actions import settings
from beicha.actions.documents import forms, issuing
from beicha.actions.documents.issuing import draft, issue, issued, issued_file, withdraw
from beicha.actions.documents.kinds import KINDS
from beicha.actions.documents.scope import Nothing, PaperAsk, basis_of
from beicha.actions.grants import OFFICE, Grant, Post, Refused
from beicha.actions.reviews import Decision, decide
from beicha.actions.tasks import NewTask, make
from beicha.actions.views.overview import overview_of
from beicha.actions.views.reading import read_history, read_months, read_reasons_by_code
from beicha.actions.views.reporting import read_reporting
from beicha.actions.views.tasks import read_tasks
from beicha.papers.own_form import FormError
from beicha.store import audit
from beicha.store.files import NamedFile
from beicha.words.numbers import percent, plain, score, signed
from beicha.words.reasons import sentence
from tests.papers.said_numbers import numbers_in, numbers_of, texts_of
from tests.ui.district import settle

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
APRIL = "2026-04"
STREET = Grant("zhao", (Post("street", "s1"),))
KIND = list(KINDS)


@pytest.fixture
def office(store):
    settle(store)
    settings.set_due_day(OFFICE, store, 5, NOW)
    settings.set_district_name(OFFICE, store, "东湖区文明办", NOW)
    return store


def close(store, *codes, period=APRIL):
    reported = [code for code in codes if code != "b" or period != APRIL]
    decide(OFFICE, store, Decision("pass", period, tuple(reported)), now=NOW)
    decide(OFFICE, store, Decision("finalise", period, codes), now=NOW)


def a_task(store, community="c", late=True):
    due = date(2026, 5, 10) if late else date(2026, 6, 10)
    new = NewTask(community, APRIL, "A-1", "每月四讲", "少两讲", "补讲", "culture", ("urban",), due, {})
    return make(OFFICE, store, [new], now=NOW - timedelta(days=20))


def of_screens(store, period, codes):
    """Every number that the screens show of a month, as they show it; and how many of things there are."""
    month, history = read_months(OFFICE, store, period, period)[0], read_history(OFFICE, store)
    view, reporting = overview_of(month, history), read_reporting(OFFICE, store, period, now=NOW)
    tasks = read_tasks(OFFICE, store, now=NOW)
    ranking = view.ranking.loc[codes]
    found = {score(value) for column in ("score",) for value in ranking[column]}
    found |= {form(value) for column in ("change", "distance") for value in ranking[column] for form in (signed, score)}
    found |= {score(abs(value)) for value in ranking["change"]} | {str(value) for value in ranking["rank"]}
    found |= {score(value) for value in view.sections.loc[codes].to_numpy().ravel()}
    found |= {score(view.score), score(abs(view.change)), plain(view.pass_mark)} if len(codes) == 3 else set()
    found |= {score(float(value)) for value in month.standing.lost.ravel()}
    members = [month.standing.cells.communities.index(code) for code in codes]
    found |= {score(float(value)) for value in month.standing.lost[members].sum(axis=0)}
    found |= {plain(view.pass_mark), percent((ranking["distance"] >= 0).mean())}
    rates = [reporting.rate, tasks.total.rate, *(street.rate for street in reporting.streets)]
    found |= {percent(rate / 100) for rate in rates if rate is not None}
    found |= {f"{row.task.id:06d}" for row in tasks.rows} | {str(row.late) for row in tasks.rows}
    for code in codes:
        for reason in read_reasons_by_code(OFFICE, store, period, code).values():
            found |= set(numbers_in(sentence(reason, month.edition, "zh_CN")))
    return found


COUNTS = {str(number) for number in range(13)}
"""How many communities, places, rows: small counts, each held by a test of its own."""


@pytest.mark.parametrize("kind", KIND)
@pytest.mark.parametrize("period", ["2026-03", APRIL])
def test_every_number_of_a_paper_is_on_a_screen(sqlite_store, kind, period):
    settle(sqlite_store)
    settings.set_due_day(OFFICE, sqlite_store, 5, NOW)
    close(sqlite_store, "a", "b", "c", period=period)
    a_task(sqlite_store)
    _, content = draft(OFFICE, sqlite_store, kind, PaperAsk(period), now=NOW)
    said = numbers_of(content, "测评体系", "月份")
    assert sum(said.values()) > 3
    assert set(said) - of_screens(sqlite_store, period, ["a", "b", "c"]) - COUNTS == set()


def text(content):
    return "\n".join(texts_of(content))


def test_the_notice_counts_as_the_screens_do(office):
    close(office, "a", "b", "c")
    said = text(draft(OFFICE, office, "notice", PaperAsk(APRIL), now=NOW)[1])
    reporting = read_reporting(OFFICE, office, APRIL, now=NOW)
    counts = [reporting.count(state) for state in ("reported", "late", "not_reported")]
    assert f"应报社区3个，按时上报{counts[0]}个，迟报{counts[1]}个，未报{counts[2]}个" in said
    assert "东湖区共3个社区，其中3个列入排名" in said
    assert "第1名 红旗社区；第2名 春风社区" in said


def test_only_what_is_final_is_ranked_and_the_rest_is_named_with_the_reason(office):
    close(office, "a")
    basis = basis_of(OFFICE, office, PaperAsk(APRIL), now=NOW)
    assert list(basis.ranking.index) == ["a"]
    assert basis.left_out == {"春风社区": "未定版", "和平社区": "未定版"}
    said = text(draft(OFFICE, office, "notice", PaperAsk(APRIL), now=NOW)[1])
    assert "春风社区（未定版）、和平社区（未定版）" in said
    assert "只含已定版的社区" in said


def test_what_is_not_final_is_taken_in_where_asked_and_the_paper_says_so(office):
    basis = basis_of(OFFICE, office, PaperAsk(APRIL, unreviewed=True), now=NOW)
    assert len(basis.ranking) == 3
    assert basis.left_out == {}
    assert "含未审核的上报" in text(draft(OFFICE, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW)[1])


@pytest.mark.parametrize("ask", [PaperAsk(APRIL), PaperAsk("2026-09"), PaperAsk("2026-09", unreviewed=True)])
def test_where_there_is_nothing_to_say_there_is_no_paper(office, ask):
    with pytest.raises(Nothing):
        draft(OFFICE, office, "notice", ask, now=NOW)


def test_the_mean_of_all_is_the_overviews_and_moves_as_it_does(office):
    basis = basis_of(OFFICE, office, PaperAsk(APRIL, unreviewed=True), now=NOW)
    assert basis.score == pytest.approx(basis.overview.score, abs=1e-9)
    assert basis.change == pytest.approx(basis.overview.change, abs=1e-9)


def test_those_on_one_place_share_it_and_the_next_place_follows(office):
    basis = basis_of(OFFICE, office, PaperAsk("2026-03", unreviewed=True), now=NOW)
    for _, table in basis.ranking.groupby("rank_class"):
        assert sorted(set(table["place"])) == list(range(1, table["place"].max() + 1))


def test_the_weak_are_hinted_at_in_the_text_of_the_notice(office):
    close(office, "a", "b", "c")
    content = draft(OFFICE, office, "notice", PaperAsk(APRIL), now=NOW)[1]
    paragraphs = [place.text for place in docx.Document(BytesIO(content)).paragraphs]
    weak = paragraphs[paragraphs.index("三、存在的问题") : paragraphs.index("四、整改情况")]
    assert any("有的社区" in line for line in weak)
    assert not any(name in line for line in weak for name in ("红旗", "春风", "和平"))


def test_an_overdue_task_stands_in_the_accountability_list_with_its_days(office):
    close(office, "a", "b", "c")
    a_task(office)
    said = texts_of(draft(OFFICE, office, "accountability", PaperAsk(APRIL), now=NOW)[1])
    assert {"000001", "和平社区", "少两讲", "2026-05-10", "10"} <= set(said)


def test_a_task_that_is_in_time_does_not(office):
    close(office, "a", "b", "c")
    a_task(office, late=False)
    assert "没有逾期" in text(draft(OFFICE, office, "accountability", PaperAsk(APRIL), now=NOW)[1])


def test_a_street_writes_about_its_own_communities_alone(office):
    said = text(draft(STREET, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW)[1])
    assert "红旗社区" in said
    assert "和平社区" not in said
    assert "关于2026年4月城关街道文明城市创建" in said
    assert "不是全区名次" in said
    other = text(draft(STREET, office, "notice", PaperAsk(APRIL, "s2", unreviewed=True), now=NOW)[1])
    assert "和平社区" not in other


@pytest.mark.parametrize("role", ["clerk", "line", "leader", "auditor"])
def test_others_write_no_papers(office, role):
    who = Grant("wang", (Post(role, "a" if role == "clerk" else "d", ("culture",) if role == "line" else None),))
    with pytest.raises(Refused):
        draft(who, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW)
    with pytest.raises(Refused):
        issued(who, office)


def test_a_paper_goes_out_under_the_next_number_of_its_kind_and_year(office):
    ask = PaperAsk(APRIL, unreviewed=True)
    made = [issue(OFFICE, office, kind, ask, now=NOW) for kind in ("notice", "notice", "briefing")]
    next_year = issue(OFFICE, office, "notice", ask, now=NOW.replace(year=2027))
    assert [(paper.new.year, paper.number) for paper in [*made, next_year]] == [
        (2026, 1),
        (2026, 2),
        (2026, 1),
        (2027, 1),
    ]
    assert "2026年第2期" in text(issued_file(OFFICE, office, made[1].id)[1])
    with office.read() as view:
        assert audit.entries(view)[-1].action == "paper.issue"


def test_two_who_issue_at_once_take_two_numbers(office):
    ask = PaperAsk(APRIL, unreviewed=True)
    threads = [Thread(target=issue, args=(OFFICE, office, "meeting", ask), kwargs={"now": NOW}) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(paper.number for paper in issued(OFFICE, office)) == [1, 2, 3]


def test_what_went_out_stays_as_it_was_when_scores_move(office):
    paper = issue(OFFICE, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW)
    before = issued_file(OFFICE, office, paper.id)
    settings.set_district_name(OFFICE, office, "别的名字", NOW)
    assert issued_file(OFFICE, office, paper.id) == before


def test_a_withdrawn_paper_says_why_and_its_number_is_never_given_again(office):
    ask = PaperAsk(APRIL, unreviewed=True)
    paper = issue(OFFICE, office, "notice", ask, now=NOW)
    withdraw(OFFICE, office, paper.id, "数据有误", now=NOW)
    with pytest.raises(issuing.GoneError):
        withdraw(OFFICE, office, paper.id, "再来", now=NOW)
    assert issue(OFFICE, office, "notice", ask, now=NOW).number == 2
    gone = issued(OFFICE, office)[1].withdrawn
    assert (gone.reason, gone.made_by) == ("数据有误", "local")


def test_a_street_issues_and_withdraws_nothing(office):
    paper = issue(OFFICE, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW)
    for act in (
        lambda: issue(STREET, office, "notice", PaperAsk(APRIL, unreviewed=True), now=NOW),
        lambda: withdraw(STREET, office, paper.id, "错", now=NOW),
        lambda: forms.set_form(STREET, office, "notice", NamedFile("x.docx", forms.sample_form()), now=NOW),
        lambda: forms.drop_form(STREET, office, "notice", now=NOW),
    ):
        with pytest.raises(Refused):
            act()


def form(*lines):
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    content = BytesIO()
    paper.save(content)
    return NamedFile("模板.docx", content.getvalue())


def test_a_form_of_the_office_is_used_until_it_is_given_up(office):
    forms.set_form(OFFICE, office, "notice", form("本办抬头 {{ number }}", "{{ body }}", "{{ annexes }}"), now=NOW)
    assert forms.form_names(office) == {"notice": "模板.docx"}
    ask = PaperAsk(APRIL, unreviewed=True)
    said = text(draft(OFFICE, office, "notice", ask, now=NOW)[1])
    assert "本办抬头 草稿" in said
    assert "一、总体情况" in said
    assert "社区得分及排名" in said
    forms.drop_form(OFFICE, office, "notice", now=NOW)
    assert "本办抬头" not in text(draft(OFFICE, office, "notice", ask, now=NOW)[1])


def test_the_sample_is_a_form_that_can_be_used(office):
    forms.set_form(OFFICE, office, "briefing", NamedFile("样例.docx", forms.sample_form()), now=NOW)
    assert "简报" in text(draft(OFFICE, office, "briefing", PaperAsk(APRIL, unreviewed=True), now=NOW)[1])


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("{{ ''.__class__.__mro__ }}", "Getattr"),
        ("{{ 'a' * 10 ** 9 }}", "Mul"),
        ("{% for x in range(10 ** 9) %}x{% endfor %}", "For"),
        ("{{ title|upper }}", "Filter"),
        ("{{ lipsum() }}", "Call"),
        ("{{ titel }}", "titel"),
    ],
)
def test_a_form_that_says_more_than_places_is_refused(office, place, found):
    with pytest.raises(FormError) as refused:
        forms.set_form(OFFICE, office, "notice", form(place, "{{ body }}"), now=NOW)
    assert refused.value.kind == "place"
    assert re.search(found, refused.value.found)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"MZ", "not_word"),
        (b"x" * (2 * 1024 * 1024 + 1), "large"),
        (form("{{ title }}").content, "body"),
        (form("{{ title", "{{ body }}").content, "broken"),
    ],
)
def test_what_is_no_form_is_told(office, content, kind):
    with pytest.raises(FormError) as refused:
        forms.set_form(OFFICE, office, "notice", NamedFile("x.docx", content), now=NOW)
    assert refused.value.kind == kind
    assert forms.form_names(office) == {}

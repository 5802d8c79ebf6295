"""The briefing (创建工作简报): what was done in the month, counted from the archives, and what moved."""

from collections import Counter
from collections.abc import Sequence

from beicha.actions.documents.scope import Basis
from beicha.actions.documents.wording import heading, month_text, names
from beicha.papers.letter import Block, Letter, Line
from beicha.words.numbers import percent, score
from scoring.facts import Report
from scoring.ledgers import Ledger
from scoring.periods import month_number

MOST_ACTIVE, RISING = 3, 3


def briefing(basis: Basis) -> Letter:
    """Activities by ledger with the most active communities, the best rises, what was put right."""
    own: list[Block] = [Line(text.strip()) for text in basis.ask.added.splitlines() if text.strip()]
    parts = [("活动开展情况", _activities(basis)), ("进步情况", _rises(basis)), ("整改情况", _mended(basis))]
    if own:
        parts.insert(0, ("工作动态", own))
    blocks: list[Block] = []
    for number, (title, lines) in enumerate(parts, 1):
        blocks += [Line(heading(number, title), "one"), *lines]
    return Letter(
        f"创建工作简报\n（{basis.area}{month_text(basis.ask.period)}）",
        blocks,
        basis.office,
        basis.ask.number,
        signature=basis.office,
        day=basis.today,
        stamps=basis.stamps,
    )


def _activities(basis: Basis) -> list[Block]:
    """For each ledger of events how many there were in the month, and where most."""
    found = {str(code): basis.reports(str(code)) for code in basis.ranking.index}
    lines: list[Block] = []
    for ledger in basis.month.edition.ledgers:
        if ledger.keeps == "events" and ledger.kept_by == "community":
            counts = Counter({code: _events(reports, ledger, basis.ask.period) for code, reports in found.items()})
            total = counts.total()
            if total:
                most = [(str(basis.ranking.loc[code, "name"]), n) for code, n in counts.most_common(MOST_ACTIVE) if n]
                told = names(f"{name}（{n}条）" for name, n in most)
                active = sum(n > 0 for n in counts.values())
                lines.append(Line(f"{ledger.title}：{active}个社区共报送{total}条，较多的有{told}。"))
    return lines or [Line("本月没有报送活动。")]


def _events(reports: Sequence[Report], ledger: Ledger, period: str) -> int:
    """How many rows of the ledger the month's own report holds."""
    own = [report.ledgers for report in reports if report.month == month_number(period)]
    return sum(len(ledgers[ledger.code]) for ledgers in own if ledger.code in ledgers)


def _rises(basis: Basis) -> list[Block]:
    table = basis.ranking[basis.ranking["change"] > 0].sort_values("change", ascending=False, kind="stable")
    if table.empty:
        return [Line("本月没有得分提高的社区。")]
    told = (
        f"{row['name']}（提高{score(row['change'])}分，得{score(row['score'])}分）"
        for _, row in table.head(RISING).iterrows()
    )
    return [Line(f"得分较上月提高的社区{len(table)}个，提高较多的有{names(told)}。")]


def _mended(basis: Basis) -> list[Block]:
    total = basis.tasks.total
    if not total.all:
        return [Line("目前没有下达的整改任务。")]
    rate = "" if total.rate is None else f"，整改率{percent(total.rate / 100)}"
    return [Line(f"累计下达整改任务{total.all}项，已销号{total.closed}项{rate}。")]

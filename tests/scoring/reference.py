"""The text on what a score means (scoring.md §1–§5), read line by line into plain Python.

It exists to disagree with the product where one of the two has a bug. So it shares nothing with the product's
arithmetic: loops over dictionaries, one community and one criterion at a time, no numpy and no pandas. It uses the
product's editions and facts only as data. A row is a dictionary from field code to value; None means blank there.
"""

import calendar
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date

TOLERANCE = 1e-9

HAS_FRACTION = ("met", "partial", "unmet", "missing", "not_reported")
COMPARED = ("met", "partial", "unmet", "missing")


# ---------------------------------------------------------------------------------------------------------------------
# §2 Which rows count
# ---------------------------------------------------------------------------------------------------------------------


def plain(text):
    """Text as it is compared: NFKC, trimmed, inner white space collapsed (§2)."""
    return " ".join(unicodedata.normalize("NFKC", text).strip().split())


def held(value):
    """What a field holds: nothing when blank, each of several choices, else the one value; text in its plain form."""
    if value is None:
        return []
    values = value if isinstance(value, list | tuple) else [value]
    texts_plain = [plain(one) if isinstance(one, str) else one for one in values]
    return [one for one in texts_plain if one != ""]


def same(value):
    """A value as it is compared in keys and groups; several choices are equal when they are the same choices."""
    return tuple(sorted(held(value))) if isinstance(value, list | tuple) else tuple(held(value))


def year_of(month):
    return month // 12


def month_in_year(month):
    return month % 12 + 1


def first_day(month):
    return date(year_of(month), month_in_year(month), 1)


def last_day(month):
    year, in_year = year_of(month), month_in_year(month)
    return date(year, in_year, calendar.monthrange(year, in_year)[1])


def window_of(text, t):
    """The first and the last day of a window when period t is scored (§2)."""
    if text == "month":
        first = first_day(t)
    elif text == "quarter":
        first = date(year_of(t), {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 4, 7: 7, 8: 7, 9: 7}.get(month_in_year(t), 10), 1)
    elif text == "year":
        first = date(year_of(t), 1, 1)
    elif text.startswith("rolling "):
        first = first_day(t - int(text.removeprefix("rolling ")) + 1)
    else:
        first = date.fromisoformat(text.removeprefix("since "))
    return first, last_day(t)


def within(day, window):
    return day is not None and window[0] <= day <= window[1]


def period_within(month, window):
    """A period lies in the window if its month overlaps it (§2)."""
    return window[0] <= window[1] and first_day(month) <= window[1] and last_day(month) >= window[0]


@dataclass
class Facts:
    """The submissions of one community up to period t, oldest first: its own, and the office's visits."""

    edition: object
    t: int
    own: list
    visits: list

    def kept_by(self, keeper):
        return self.own if keeper == "community" else self.visits


def facts_of(edition, community, t, reports):
    mine = [report for report in reports if report.community == community and report.month <= t]
    mine.sort(key=lambda report: report.month)
    return Facts(
        edition,
        t,
        own=[report for report in mine if report.kept_by == "community"],
        visits=[report for report in mine if report.kept_by == "office"],
    )


def rows_in(report, ledger):
    """The rows of one ledger in one submission, in order."""
    if ledger.code not in report.ledgers:
        return []
    rows = report.ledgers[ledger.code]
    return [
        {f.code: rows.values[f.code][i] if f.code in rows.values else None for f in ledger.fields}
        for i in range(len(rows.row))
    ]


def unique_events(ledger, reports):
    """Rows equal in the key fields once: the newest report wins, within one submission the last row (§2)."""
    surviving = {}
    for report in reports:
        for row in rows_in(report, ledger):
            surviving[tuple(same(row[code]) for code in ledger.key_fields)] = row
    return list(surviving.values())


def newest_in(reports, window):
    """The newest submission whose period lies in the window, or None."""
    inside = [report for report in reports if period_within(report.month, window)]
    return inside[-1] if inside else None


def rows_in_window(facts, ledger, window, dated):
    """The rows of a ledger that count in a window, before any condition (§2)."""
    reports = facts.kept_by(ledger.kept_by)
    if ledger.keeps == "events":
        return [row for row in unique_events(ledger, reports) if within(row[ledger.date_field], window)]
    newest = newest_in(reports, window)
    rows = rows_in(newest, ledger) if newest is not None else []
    if dated:
        rows = [row for row in rows if within(row[ledger.date_field], window)]
    return rows


def meets(row, condition):
    """Whether a row meets one condition. Several choices: one of them does. Blank meets only ``absent`` (§3)."""
    values = held(row[condition.field])
    if condition.absent:
        return not values
    if condition.present:
        return bool(values)
    return any(value_meets(value, condition) for value in values)


def value_meets(value, condition):
    if condition.equals is not None:
        return [value] == held(condition.equals)
    if condition.one_of is not None:
        return any([value] == held(operand) for operand in condition.one_of)
    if condition.at_least is not None:
        return value >= condition.at_least
    if condition.at_most is not None:
        return value <= condition.at_most
    return plain(condition.contains) in value


def meets_all(row, conditions):
    return all(meets(row, condition) for condition in conditions)


def selected(facts, item, where):
    """The rows that a criterion, part, bonus or veto looks at: of its ledger, in its window, meeting ``where``."""
    ledger = facts.edition.ledger(item.ledger)
    rows = rows_in_window(facts, ledger, window_of(item.window, facts.t), item.dated)
    return [row for row in rows if meets_all(row, where)]


# ---------------------------------------------------------------------------------------------------------------------
# §3 Rules
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """What a rule says of its rows: whether anything is due, whether a row counts, and the fraction a."""

    a: float = 0.0
    due: bool = True
    row_counts: bool = True
    missing: bool = False


NOT_DUE = Outcome(due=False, row_counts=False)
MISSING = Outcome(a=0.0, row_counts=False, missing=True)
NO_DEFECTS = Outcome(a=1.0, row_counts=False)


def clamp(x):
    return min(1.0, max(0.0, x))


def number(value):
    """A number field in a sum or a mean: blank counts as 0."""
    return 0 if value is None else value


def added_up(of, rows):
    """``of``: rows, a number field (its sum), or distinct FIELD (distinct non-blank values, each of several)."""
    if of == "rows":
        return len(rows)
    if of.startswith("distinct "):
        return len({value for row in rows for value in held(row[of.removeprefix("distinct ")])})
    return sum(number(row[of]) for row in rows)


def credit_for(x, credit):
    if credit == "linear":
        return clamp(x)
    if credit == "strict":
        return 1.0 if x >= 1 - TOLERANCE else 0.0
    reached = [threshold for threshold in credit.ladder if threshold <= x + TOLERANCE]
    return clamp(credit.ladder[max(reached)]) if reached else 0.0


def coefficient(grade, ladder):
    """The coefficient of a grade; a blank counts as 0."""
    if grade is None:
        return 0.0
    return {plain(step): value for step, value in ladder.items()}[plain(grade)]


def mean(values):
    values = list(values)
    return sum(values) / len(values)


def yes_no(rule, rows, task):
    return Outcome(1.0 if all(row[rule.field] is True for row in rows) else 0.0)


def grade(rule, rows, task):
    return Outcome(mean(coefficient(row[rule.field], rule.ladder) for row in rows))


def count(rule, rows, task):
    return Outcome(credit_for(added_up(rule.of, rows) / rule.target, rule.credit))


def each(rule, rows, task):
    return Outcome(sum(meets_all(row, rule.has) for row in rows) / len(rows))


def share(rule, rows, task):
    whole = added_up(rule.of, rows)
    if whole == 0:
        return MISSING
    if rule.part_field is not None:
        part = sum(number(row[rule.part_field]) for row in rows)
    else:
        part = added_up(rule.of, [row for row in rows if meets_all(row, rule.part)])
    return Outcome(credit_for(part / whole / rule.target, rule.credit))


def defects(rule, rows, task):
    over = max(0, added_up(rule.of, rows) - rule.free)
    return Outcome(clamp(1 - rule.each * over / task.points))


def mean_score(rule, rows, task):
    """A blank score or deduction counts as 0.

    For a deduction the text leaves two readings: 0 is deducted (the row counts 1), or the row counts 0 in the mean.
    The first is the one in force here, as in the product; the comparison cannot tell which of them was meant.
    """
    if rule.score is not None:
        return Outcome(mean(clamp(number(row[rule.score]) / rule.full) for row in rows))
    return Outcome(mean(clamp(1 - number(row[rule.deduction]) / rule.full) for row in rows))


def unit_of(day, every):
    """The month, quarter, half-year or year a day lies in, as (year, number of the unit in the year)."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    return day.year, (day.month - 1) // months


def last_month_of(unit, every):
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    return unit[0] * 12 + (unit[1] + 1) * months - 1


def frequency(rule, rows, task):
    units = {}
    for month in range(task.window[0].year * 12, task.t + 1):
        if period_within(month, task.window):
            units[unit_of(first_day(month), rule.every)] = 0
    for row in rows:
        if within(row[task.ledger.date_field], task.window):
            units[unit_of(row[task.ledger.date_field], rule.every)] += 1
    due = [n for unit, n in units.items() if last_month_of(unit, rule.every) <= task.t or n >= rule.times]
    if not due:
        return NOT_DUE
    return Outcome(mean(min(1.0, n / rule.times) for n in due))


def covers(rule, rows, task):
    due, satisfied = 0, 0
    for wanted in rule.values:
        found = sum(1 for row in rows if plain(wanted.value) in held(row[rule.field]))
        enough = found >= wanted.at_least
        if enough or wanted.due is None or wanted.due <= month_in_year(task.t):
            due += 1
            satisfied += enough
    return Outcome(satisfied / due) if due else NOT_DUE


RULES = {
    "yes_no": yes_no,
    "grade": grade,
    "count": count,
    "frequency": frequency,
    "covers": covers,
    "each": each,
    "share": share,
    "defects": defects,
    "mean_score": mean_score,
}


@dataclass(frozen=True)
class Task:
    """What a simple rule must know besides its rows."""

    t: int
    window: tuple
    ledger: object
    points: float


def apply_rule(facts, criterion, rule, ledger_code, where):
    """A simple rule put to the rows of a ledger; without a row it is missing, ``defects`` met, if anything is due."""
    ledger = facts.edition.ledger(ledger_code)
    window = window_of(criterion.window, facts.t)
    rows = [row for row in rows_in_window(facts, ledger, window, criterion.dated) if meets_all(row, where)]
    task = Task(facts.t, window, ledger, criterion.points)
    if rows:
        return RULES[rule.kind](rule, rows, task)
    if rule.kind in ("frequency", "covers") and not RULES[rule.kind](rule, rows, task).due:
        return NOT_DUE
    return NO_DEFECTS if rule.kind == "defects" else MISSING


def self_reported(facts, criterion):
    """What the criterion's rule says, parts and all (§3)."""
    if criterion.rule.kind != "parts":
        return apply_rule(facts, criterion, criterion.rule, criterion.ledger, criterion.where)
    outcomes = []
    for part in criterion.rule.parts:
        where = part.where if part.ledger is not None else criterion.where + part.where
        outcome = apply_rule(facts, criterion, part.rule, part.ledger or criterion.ledger, where)
        outcomes.append((part.share, outcome))
    due = [(share_, outcome) for share_, outcome in outcomes if outcome.due]
    if not due:
        return NOT_DUE
    return Outcome(
        a=sum(share_ * outcome.a for share_, outcome in due) / sum(share_ for share_, _ in due),
        row_counts=any(outcome.row_counts for _, outcome in due),
        missing=all(outcome.missing for _, outcome in due),
    )


VERIFIED_LADDER = {"A": 1.0, "B": 0.66, "C": 0.33, "C#": 0.0}


def verified(facts, criterion):
    """The mean of the observations of this criterion in its window, or None where there are none (end of §3)."""
    by = criterion.verified_by
    if by is None:
        return None
    ledger = facts.edition.ledger(by.ledger)
    rows = [
        row
        for row in rows_in_window(facts, ledger, window_of(criterion.window, facts.t), criterion.dated)
        if plain(criterion.code) in held(row[by.criterion])
    ]
    if not rows:
        return None
    if by.grade is not None:
        return mean(coefficient(row[by.grade], VERIFIED_LADDER) for row in rows)
    return mean(clamp(number(row[by.score]) / by.full) for row in rows)


def bonus_of(facts, bonus):
    """What one bonus item adds: rows, doubled or halved by group, within its floor and cap (end of §3)."""
    rows = selected(facts, bonus, bonus.where)
    total = 0.0
    for row in rows:
        worth = bonus.points if bonus.field is None else number(row[bonus.field])
        total += worth * factor_of(row, rows, bonus.group)
    return bounded(total, bonus.floor, bonus.cap)


def factor_of(row, rows, group):
    if group is None:
        return 1
    key = [same(row[code]) for code in group.by]
    if () in key:
        return 1
    alike = [other for other in rows if [same(other[code]) for code in group.by] == key]
    return group.factor if len(alike) >= group.at_least else 1


def bounded(x, floor, cap):
    if floor is not None:
        x = max(floor, x)
    if cap is not None:
        x = min(cap, x)
    return x


def vetoed(facts, veto):
    return bool(selected(facts, veto, veto.where))


# ---------------------------------------------------------------------------------------------------------------------
# §4 States
# ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Finding:
    """One community's state in one criterion; ``a`` is None where the state has no fraction."""

    state: str
    a: float | None = None
    self_a: float | None = None
    unreported_mark: bool = False


def by_fraction(a):
    """Met, partial or unmet; 0 and 1 are compared with the tolerance."""
    if a >= 1 - TOLERANCE:
        return Finding("met", 1.0)
    if a <= TOLERANCE:
        return Finding("unmet", 0.0)
    return Finding("partial", a)


def ledgers_of(edition, criterion):
    """The ledgers that the criterion's own rule looks at."""
    if criterion.rule.kind != "parts":
        return [edition.ledger(criterion.ledger)]
    return [edition.ledger(part.ledger or criterion.ledger) for part in criterion.rule.parts]


def find(facts, criterion):
    """The state of a criterion, in the order of decision of §4."""
    t = facts.t
    window = window_of(criterion.window, t)
    office_only = all(ledger.kept_by == "office" for ledger in ledgers_of(facts.edition, criterion))
    reported = any(report.month == t for report in facts.own)
    if criterion.due and month_in_year(t) not in criterion.due:
        return Finding("not_due")
    observed = verified(facts, criterion)
    if observed is not None:
        own = self_reported(facts, criterion)
        return replace(by_fraction(observed), self_a=own.a if own.due else None)
    if office_only and newest_in(facts.visits, window) is None:
        return Finding("not_inspected")
    newest = newest_in(facts.own, window)
    if criterion.optional and newest is not None and criterion.code in newest.not_applicable:
        return Finding("not_applicable")
    outcome = self_reported(facts, criterion)
    if not outcome.due:
        return Finding("not_due")
    if outcome.row_counts:
        return replace(by_fraction(outcome.a), unreported_mark=not reported and not office_only)
    if not reported and not office_only:
        return Finding("not_reported", 0.0)
    return Finding("missing", 0.0) if outcome.missing else by_fraction(outcome.a)


@dataclass
class Assessed:
    """Everything about one period: findings by community and criterion, bonus and veto items, who reported."""

    edition: object
    communities: list
    findings: dict = field(default_factory=dict)
    bonus: dict = field(default_factory=dict)
    veto: dict = field(default_factory=dict)
    reported: dict = field(default_factory=dict)


def assess(edition, t, communities, reports):
    """The findings of every community for period t."""
    result = Assessed(edition, list(communities))
    for community in communities:
        facts = facts_of(edition, community, t, reports)
        result.reported[community] = any(report.month == t for report in facts.own)
        for criterion in edition.criteria:
            result.findings[community, criterion.code] = find(facts, criterion)
        for bonus in edition.bonuses:
            result.bonus[community, bonus.code] = bonus_of(facts, bonus)
        for veto in edition.vetoes:
            result.veto[community, veto.code] = vetoed(facts, veto)
    return result


# ---------------------------------------------------------------------------------------------------------------------
# §5 From fractions to scores
# ---------------------------------------------------------------------------------------------------------------------


@dataclass
class Scores:
    """Scores as §5 makes them; None where there is none."""

    fraction: dict = field(default_factory=dict)
    rates: dict = field(default_factory=dict)
    base: dict = field(default_factory=dict)
    bonus: dict = field(default_factory=dict)
    score: dict = field(default_factory=dict)
    gates_missed: dict = field(default_factory=dict)
    band: dict = field(default_factory=dict)
    rank: dict = field(default_factory=dict)
    areas: dict = field(default_factory=dict)
    lines: dict = field(default_factory=dict)


def district_of(code, areas):
    """The district above a community; None for one that is not in the tree."""
    area = next((area for area in areas if area.code == code), None)
    while area is not None and area.kind != "district":
        area = next((above for above in areas if above.code == area.parent), None)
    return area


def counted_fractions(assessed, areas):
    """The fraction of every (community, criterion) in the denominator; the others are not in the result (§4)."""
    edition, fractions = assessed.edition, {}
    for criterion in edition.criteria:
        for community in assessed.communities:
            finding = assessed.findings[community, criterion.code]
            if finding.state in HAS_FRACTION:
                fractions[community, criterion.code] = finding.a
            elif finding.state == "not_inspected" and edition.not_inspected == "zero":
                fractions[community, criterion.code] = 0.0
            elif finding.state == "not_applicable" and edition.not_applicable == "mean_of_others":
                compared = fractions_of_others(assessed, areas, community, criterion)
                if compared:
                    fractions[community, criterion.code] = mean(compared)
    return fractions


def fractions_of_others(assessed, areas, community, criterion):
    """The fractions in the community's district that are met, partial, unmet or missing (§4)."""
    found = {c: assessed.findings[c, criterion.code] for c in assessed.communities}
    home = district_of(community, areas)
    return [f.a for c, f in found.items() if f.state in COMPARED and district_of(c, areas) == home]


def section_rate(edition, section, community, fractions):
    """Σ earned ÷ Σ points over the criteria in the denominator and that Σ points, or (None, 0)."""
    earned, points = 0.0, 0.0
    for criterion in edition.criteria:
        if criterion.section == section.code and (community, criterion.code) in fractions:
            earned += criterion.points * fractions[community, criterion.code]
            points += criterion.points
    return (earned / points, points) if points > 0 else (None, 0.0)


def community_score(edition, community, fractions):
    """The score before bonus, and the rate of each section."""
    rates, above, below = {}, 0.0, 0.0
    for section in edition.sections:
        rate, points = section_rate(edition, section, community, fractions)
        rates[section.code] = rate
        if rate is not None:
            weight = section.share if section.share is not None else points
            above += weight * rate
            below += weight
    return (100 * above / below if below > 0 else None), rates


def gates_missed(edition, rates):
    return tuple(
        section.code
        for section in edition.sections
        if section.gate is not None
        and rates[section.code] is not None
        and 100 * rates[section.code] < section.gate - TOLERANCE
    )


def band_of(edition, score):
    for band in edition.bands:
        if score >= band.at_least - TOLERANCE:
            return band.name
    return edition.lowest_band


def below_area(area, areas):
    """The communities at or below an area of the tree."""
    if area.kind == "community":
        return [area]
    return [leaf for child in areas if child.parent == area.code for leaf in below_area(child, areas)]


def area_mean(edition, area, areas, score):
    """The mean of the scores of the communities below, weighted where the edition says so; None without any."""
    leaves = [leaf for leaf in below_area(area, areas) if score.get(leaf.code) is not None]
    weights = [leaf.weight if edition.weighted_by else 1.0 for leaf in leaves]
    if sum(weights) == 0:
        return None
    return sum(w * score[leaf.code] for w, leaf in zip(weights, leaves, strict=True)) / sum(weights)


def line_score(edition, line, communities, fractions):
    earned, points = 0.0, 0.0
    for criterion in edition.criteria:
        for community in communities:
            if criterion.lead == line.code and (community, criterion.code) in fractions:
                earned += criterion.points * fractions[community, criterion.code]
                points += criterion.points
    return 100 * earned / points if points > 0 else None


def dense_ranks(scores):
    """Dense ranks, descending; scores that differ by less than the tolerance share one."""
    ranks, rank, before = {}, 0, None
    for code in sorted(scores, key=lambda code: -scores[code]):
        if before is None or before - scores[code] >= TOLERANCE:
            rank += 1
        before = scores[code]
        ranks[code] = rank
    return ranks


def ranks_in_classes(areas, score):
    ranks = {}
    for rank_class in {area.rank_class for area in areas if area.kind == "community"}:
        ranks |= dense_ranks(
            {
                area.code: score[area.code]
                for area in areas
                if area.kind == "community" and area.rank_class == rank_class and score[area.code] is not None
            }
        )
    return ranks


def total_bonus(edition, assessed, community):
    total = sum(assessed.bonus[community, bonus.code] for bonus in edition.bonuses)
    return bounded(total, edition.bonus_floor, edition.bonus_cap)


def vetoes_of(assessed, community):
    return tuple(veto.code for veto in assessed.edition.vetoes if assessed.veto[community, veto.code])


def roll_up(assessed, areas):
    """All scores of one period: communities, sections, streets, zones, the district, lines, ranks, bands."""
    edition, result = assessed.edition, Scores()
    result.fraction = counted_fractions(assessed, areas)
    for community in assessed.communities:
        base, rates = community_score(edition, community, result.fraction)
        bonus = total_bonus(edition, assessed, community)
        result.rates[community], result.base[community], result.bonus[community] = rates, base, bonus
        result.score[community] = None if base is None else base + bonus
        result.gates_missed[community] = gates_missed(edition, rates)
        result.band[community] = None if base is None else band_of(edition, base + bonus)
    for area in areas:
        if area.kind != "community":
            result.areas[area.code] = area_mean(edition, area, areas, result.score)
    for line in edition.lines:
        result.lines[line.code] = line_score(edition, line, assessed.communities, result.fraction)
    result.rank = ranks_in_classes(areas, result.score)
    return result


def stake(assessed, areas, community, code):
    """How much the district's score rises if that one became met, all else equal: computed twice in full."""
    if assessed.findings[community, code].state in ("not_due", "not_applicable", "not_inspected"):
        return 0.0
    district = district_of(community, areas).code
    done = replace(assessed, findings={**assessed.findings, (community, code): Finding("met", 1.0)})
    before, after = (roll_up(one, areas).areas[district] for one in (assessed, done))
    return after - (before or 0.0)


def year_result(scores):
    """The mean of the period scores of the year so far; months without a score are left out."""
    known = [score for score in scores if score is not None]
    return mean(known) if known else None


def cycle_result(years, weights=None):
    """The mean of the years, weighted if the edition says so."""
    pairs = [(y, w) for y, w in zip(years, weights or [1.0] * len(years), strict=True) if y is not None]
    return sum(y * w for y, w in pairs) / sum(w for _, w in pairs) if pairs else None

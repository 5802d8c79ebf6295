"""A criterion's rule in words: which records are looked at, and what they must come to."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.numbers import percent, plain
from beicha.words.reasons import EVERY, joined, listed
from scoring.conditions import Condition
from scoring.edition import Criterion, Edition
from scoring.ledgers import Ledger
from scoring.rules import (
    Count,
    Covers,
    Credit,
    Defects,
    Each,
    Frequency,
    Grade,
    Ladder,
    MeanScore,
    Parts,
    Share,
    SimpleRule,
    YesNo,
)
from scoring.selection import Selection, tasks_of

WINDOWS = {
    "month": later("this month"),
    "quarter": later("this quarter so far"),
    "year": later("this year so far"),
}


def rule_words(edition: Edition, criterion: Criterion, language: Language) -> list[str]:
    """The criterion's rule as plain sentences: one, or one for each part, then verification and months, if any."""
    tasks = tasks_of(criterion)
    sentences = []
    for number, task in enumerate(tasks, start=1):
        ledger = edition.ledger(task.selection.ledger)
        said = _looked_at(language, task.selection, ledger) + _needed(language, task.rule, ledger)
        if isinstance(criterion.rule, Parts):
            name = task.title or say(language, "part {n}", n=number)
            said = say(language, "{name}, counting {share}: ", name=name, share=percent(task.share)) + said
        sentences.append(said)
    if criterion.verified_by is not None:
        ledger = edition.ledger(criterion.verified_by.ledger)
        sentences.append(say(language, "Observations in “{ledger}” outweigh what is reported.", ledger=ledger.title))
    if criterion.due:
        months = listed(language, [str(month) for month in criterion.due])
        sentences.append(say(language, "Looked at in months {months} only.", months=months))
    if criterion.optional:
        sentences.append(say(language, "A community may declare it not applicable."))
    return sentences


def window_words(window: str, language: Language) -> str:
    """The window in words, such as “the last 12 months”."""
    if window.startswith("rolling "):
        return say(language, "the last {n} months", n=window[8:])
    if window.startswith("since "):
        return say(language, "since {date}", date=window[6:])
    return say(language, WINDOWS[window])


def condition_words(condition: Condition, ledger: Ledger, language: Language) -> str:
    """One condition in words, with the field's title."""
    field, test, operand = ledger.field(condition.field).title, condition.test, condition.operand
    if test == "one_of":
        values = listed(language, [_value(language, value) for value in condition.one_of or ()])
        return say(language, "“{field}” is one of {values}", field=field, values=values)
    return say(language, _TESTS[test], field=field, value=_value(language, operand))


_TESTS = {
    "equals": later("“{field}” is {value}"),
    "at_least": later("“{field}” is at least {value}"),
    "at_most": later("“{field}” is at most {value}"),
    "contains": later("“{field}” contains {value}"),
    "present": later("“{field}” is filled in"),
    "absent": later("“{field}” is blank"),
}


def _value(language: Language, value: Any) -> str:
    if isinstance(value, bool):
        return say(language, "yes") if value else say(language, "no")
    if isinstance(value, int | float):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _all_of(language: Language, conditions: Sequence[Condition], ledger: Ledger) -> str:
    said = [condition_words(condition, ledger, language) for condition in conditions]
    return ("、" if language == "zh_CN" else " and ").join(said)


def _looked_at(language: Language, selection: Selection, ledger: Ledger) -> str:
    """The ledger, the window and the conditions, as the beginning of a sentence."""
    window = window_words(selection.window, language)
    if not selection.where:
        return say(language, "“{ledger}”, {window}: ", ledger=ledger.title, window=window)
    where = _all_of(language, selection.where, ledger)
    return say(language, "“{ledger}”, {window}, where {where}: ", ledger=ledger.title, window=window, where=where)


def _needed(language: Language, rule: SimpleRule, ledger: Ledger) -> str:
    return _KINDS[type(rule)](language, rule, ledger)


def _added(language: Language, of: str, ledger: Ledger) -> str:
    if of == "rows":
        return say(language, "the number of records")
    if of.startswith("distinct "):
        title = ledger.field(of.removeprefix("distinct ")).title
        return say(language, "the number of different “{field}”", field=title)
    return say(language, "the sum of “{field}”", field=ledger.field(of).title)


def _credit(language: Language, credit: Credit) -> str:
    """What falling short gives: in proportion, nothing, or a step of a ladder."""
    if isinstance(credit, Ladder):
        steps = [
            say(
                language,
                "{threshold} gives {coefficient}",
                threshold=percent(threshold),
                coefficient=plain(coefficient),
            )
            for threshold, coefficient in sorted(credit.ladder.items(), reverse=True)
        ]
        return say(language, "By steps of the target: {steps}.", steps=listed(language, steps))
    if credit == "strict":
        return say(language, "Short of it there are no points.")
    return say(language, "Short of it the points are in proportion.")


def _yes_no(language: Language, rule: YesNo, ledger: Ledger) -> str:
    field = ledger.field(rule.field).title
    return say(language, "every record must say yes in “{field}”, else there are no points.", field=field)


def _grade(language: Language, rule: Grade, ledger: Ledger) -> str:
    steps = [f"{grade} {plain(coefficient)}" for grade, coefficient in rule.ladder.items()]
    field = ledger.field(rule.field).title
    return say(language, "the mean of the grades in “{field}” ({steps}).", field=field, steps=listed(language, steps))


def _count(language: Language, rule: Count, ledger: Ledger) -> str:
    what, target = _added(language, rule.of, ledger), plain(rule.target)
    said = say(language, "{what} must reach {target}.", what=what, target=target)
    return joined(language, [said, _credit(language, rule.credit)])


def _frequency(language: Language, rule: Frequency, _: Ledger) -> str:
    every = say(language, EVERY[rule.every][0])
    return say(language, "at least {times} {every}; the mean over all that are due.", times=rule.times, every=every)


def _covers(language: Language, rule: Covers, ledger: Ledger) -> str:
    values = []
    for value in rule.values:
        notes = []
        if value.at_least > 1:
            notes.append(say(language, "{n} times", n=value.at_least))
        if value.due is not None:
            notes.append(say(language, "from month {month}", month=value.due))
        values.append(f"{value.value}（{listed(language, notes)}）" if notes else value.value)
    field = ledger.field(rule.field).title
    text = later("“{field}” must cover {values}; points in proportion.")
    return say(language, text, field=field, values=listed(language, values))


def _each(language: Language, rule: Each, ledger: Ledger) -> str:
    return say(language, "the share of records in which {has}.", has=_all_of(language, rule.has, ledger))


def _share(language: Language, rule: Share, ledger: Ledger) -> str:
    whole = _added(language, rule.of, ledger)
    if rule.part_field is not None:
        part = _added(language, rule.part_field, ledger)
    else:
        part = say(language, "that where {where}", where=_all_of(language, rule.part, ledger))
    text = later("{part} must be {target} of {whole}.")
    said = say(language, text, part=part, target=percent(rule.target), whole=whole)
    return joined(language, [said, _credit(language, rule.credit)])


def _defects(language: Language, rule: Defects, ledger: Ledger) -> str:
    what, each, free = _added(language, rule.of, ledger), plain(rule.each), plain(rule.free)
    if rule.free:
        text = later("{each} points off for each of {what} beyond {free}, until none are left.")
        return say(language, text, each=each, what=what, free=free)
    return say(language, "{each} points off for each of {what}, until none are left.", each=each, what=what)


def _mean_score(language: Language, rule: MeanScore, ledger: Ledger) -> str:
    field, full = ledger.field(rule.field).title, plain(rule.full)
    if rule.score:
        return say(language, "the mean of “{field}” out of {full}.", field=field, full=full)
    return say(language, "the mean of what “{field}” leaves of {full}.", field=field, full=full)


_KINDS: dict[type, Callable[..., str]] = {
    YesNo: _yes_no,
    Grade: _grade,
    Count: _count,
    Frequency: _frequency,
    Covers: _covers,
    Each: _each,
    Share: _share,
    Defects: _defects,
    MeanScore: _mean_score,
}

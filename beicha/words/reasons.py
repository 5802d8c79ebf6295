"""The sentence for each reason code of the scoring: why a finding is what it is, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.masking import masked_text
from beicha.words.numbers import percent, plain
from scoring.edition import Edition
from scoring.outcomes import Reason

Values = Mapping[str, Any]
Title = Callable[[str], str]
"""From a field's code to its title."""

EVERY = {
    "month": (later("every month"), later("{n} months")),
    "quarter": (later("every quarter"), later("{n} quarters")),
    "half": (later("every half-year"), later("{n} half-years")),
    "year": (later("every year"), later("{n} years")),
}
"""How a frequency's unit is said, and so many of them."""


def sentence(reason: Reason, edition: Edition, language: Language) -> str:
    """The reason as one or more sentences of plain text, with titles of fields from the edition.

    Raises KeyError for a code that scoring does not know.
    """
    title = _titles(edition, reason.values.get("ledgers", ()))
    return joined(
        language, [SENTENCES[reason.code](language, reason.values, title), *_remarks(language, reason.values)]
    )


def joined(language: Language, sentences: Sequence[str]) -> str:
    """Sentences one after the other, as the language spaces them."""
    return ("" if language == "zh_CN" else " ").join(sentences)


def listed(language: Language, items: Sequence[str]) -> str:
    """Words in a row, as the language separates them."""
    return ("、" if language == "zh_CN" else ", ").join(items)


def _titles(edition: Edition, ledgers: Sequence[str]) -> Title:
    def title(code: str) -> str:
        known = [edition.ledger(ledger) for ledger in ledgers]
        return next((ledger.field(code).title for ledger in known if ledger.has_field(code)), code)

    return title


def _remarks(language: Language, values: Values) -> list[str]:
    """What stands beside any reason: blanks that counted as nothing, and a month without a report."""
    remarks = []
    if values.get("blank"):
        remarks.append(say(language, "{n} of them blank: counted as nothing.", n=values["blank"]))
    if values.get("month_unreported"):
        remarks.append(say(language, "This month is not reported; records of earlier months count."))
    return remarks


def _amount(language: Language, of: str, number: float, title: Title) -> str:
    """So many rows, different values, or so much of a number field."""
    n = plain(number)
    if of == "rows":
        return say(language, "{n} records", n=n)
    if of.startswith("distinct "):
        return say(language, "{n} different “{field}”", n=n, field=title(of.removeprefix("distinct ")))
    return say(language, "“{field}” {n} in all", n=n, field=title(of))


def _count_reached(language: Language, values: Values, title: Title) -> str:
    found = _amount(language, values["of"], values["found"], title)
    return say(language, "{found}; the {target} needed are reached.", found=found, target=plain(values["target"]))


def _count_short(language: Language, values: Values, title: Title) -> str:
    found, target = _amount(language, values["of"], values["found"], title), plain(values["target"])
    lacking = plain(values["target"] - values["found"])
    return say(language, "{target} needed, {found}: {lacking} short.", target=target, found=found, lacking=lacking)


def _all_yes(language: Language, values: Values, title: Title) -> str:
    return say(language, "All {n} records say yes in “{field}”.", n=values["rows"], field=title(values["field"]))


def _answered_no(language: Language, values: Values, title: Title) -> str:
    no, n, field = values["no"], values["rows"], title(values["field"])
    return say(language, "{no} of {n} records do not say yes in “{field}”.", no=no, n=n, field=field)


def _full(language: Language, values: Values, title: Title) -> str:
    return say(language, "All {n} records are full in “{field}”.", n=values["rows"], field=title(values["field"]))


def _mean(language: Language, values: Values, title: Title) -> str:
    n, field, mean = values["rows"], title(values["field"]), percent(values["mean"])
    return say(language, "{n} records come to {mean} of full in “{field}” on average.", n=n, mean=mean, field=field)


def _frequency_reached(language: Language, values: Values, _: Title) -> str:
    every, units = EVERY[values["every"]]
    every, due = say(language, every), say(language, units, n=values["due"])
    return say(language, "{times} needed {every}: reached in all {due}.", times=values["times"], every=every, due=due)


def _frequency_short(language: Language, values: Values, _: Title) -> str:
    every, units = EVERY[values["every"]]
    reached, due = say(language, units, n=values["reached"]), say(language, units, n=values["due"])
    text = later("{times} needed {every}: reached in {reached} of {due}.")
    return say(language, text, times=values["times"], every=say(language, every), reached=reached, due=due)


def _covers_all(language: Language, values: Values, _: Title) -> str:
    return say(language, "All {due} due are there.", due=values["due"])


def _covers_short(language: Language, values: Values, _: Title) -> str:
    absent = listed(language, values["absent"])
    text = later("{satisfied} of the {due} due are there; lacking: {absent}.")
    return say(language, text, satisfied=values["satisfied"], due=values["due"], absent=absent)


def _each_all(language: Language, values: Values, _: Title) -> str:
    return say(language, "All {n} records are as required.", n=values["rows"])


def _each_short(language: Language, values: Values, title: Title) -> str:
    failing, fields = values["rows"] - values["meeting"], listed(language, [title(code) for code in values["fields"]])
    text = later("{failing} of {n} records are not as required (looked at: {fields}).")
    return say(language, text, failing=failing, n=values["rows"], fields=fields)


def _share_reached(language: Language, values: Values, _: Title) -> str:
    share, target = percent(values["share"]), percent(values["target"])
    return say(language, "A share of {share}; the {target} needed are reached.", share=share, target=target)


def _share_short(language: Language, values: Values, _: Title) -> str:
    share, target = percent(values["share"]), percent(values["target"])
    part, whole = plain(values["part"]), plain(values["whole"])
    text = later("{part} of {whole}: a share of {share}, {target} needed.")
    return say(language, text, part=part, whole=whole, share=share, target=target)


def _whole_zero(language: Language, *_: Any) -> str:
    return say(language, "The whole is 0, so there is no share.")


def _no_defects(language: Language, values: Values, _: Title) -> str:
    found, free = plain(values["found"]), plain(values["free"])
    if not values["found"]:
        return say(language, "No problem was found.")
    return say(language, "{found} problems found; up to {free} cost nothing.", found=found, free=free)


def _defects_found(language: Language, values: Values, _: Title) -> str:
    found, free, each = plain(values["found"]), plain(values["free"]), plain(values["each"])
    if not values["free"]:
        return say(language, "{found} problems found, {each} points off for each.", found=found, each=each)
    text = later("{found} problems found, {each} points off for each beyond {free}.")
    return say(language, text, found=found, each=each, free=free)


def _parts_met(language: Language, values: Values, _: Title) -> str:
    return say(language, "All {n} parts are met.", n=len([part for part in values["parts"] if part["due"]]))


def _parts_short(language: Language, values: Values, title: Title) -> str:
    """The parts that are short, each with its own reason."""
    said = []
    for number, part in enumerate(values["parts"], start=1):
        if part["due"] and part["fraction"] < 1 - 1e-9:
            name = part["title"] or say(language, "part {n}", n=number)
            share, fraction = percent(part["share"]), percent(part["fraction"])
            why = SENTENCES[part["reason"]["code"]](language, part["reason"]["values"], title)
            text = later("{name} (counts {share}, reached {fraction}): {why}")
            said.append(say(language, text, name=name, share=share, fraction=fraction, why=why))
    return joined(language, said)


def _no_rows(language: Language, *_: Any) -> str:
    return say(language, "Nothing is filled in that counts here.")


def _not_reported(language: Language, *_: Any) -> str:
    return say(language, "This month is not reported, and no earlier record counts.")


def _no_visit(language: Language, *_: Any) -> str:
    return say(language, "No inspection visit in the time looked at.")


def _declared(language: Language, values: Values, _: Title) -> str:
    if not values["reason"]:
        return say(language, "Declared not applicable.")
    return say(language, "Declared not applicable: {reason}", reason=masked_text(values["reason"]))


def _not_due_month(language: Language, values: Values, _: Title) -> str:
    months = listed(language, [str(month) for month in values["months"]])
    return say(language, "Looked at in months {months} only.", months=months)


def _not_due_yet(language: Language, *_: Any) -> str:
    return say(language, "Nothing is due yet.")


def _verified(language: Language, values: Values, _: Title) -> str:
    n, mean, own = values["rows"], percent(values["mean"]), values["self"]
    if own is None:
        return say(language, "Verified on site: {mean} over {n} observations.", mean=mean, n=n)
    text = later("Verified on site: {mean} over {n} observations; self-reported: {own}.")
    return say(language, text, mean=mean, n=n, own=percent(own))


SENTENCES: dict[str, Callable[[Language, Values, Title], str]] = {
    "count_reached": _count_reached,
    "count_short": _count_short,
    "all_yes": _all_yes,
    "answered_no": _answered_no,
    "grade_full": _full,
    "grade_mean": _mean,
    "frequency_reached": _frequency_reached,
    "frequency_short": _frequency_short,
    "covers_all": _covers_all,
    "covers_short": _covers_short,
    "each_all": _each_all,
    "each_short": _each_short,
    "share_reached": _share_reached,
    "share_short": _share_short,
    "whole_zero": _whole_zero,
    "no_defects": _no_defects,
    "defects_found": _defects_found,
    "score_full": _full,
    "score_mean": _mean,
    "parts_met": _parts_met,
    "parts_short": _parts_short,
    "no_rows": _no_rows,
    "not_reported": _not_reported,
    "no_visit": _no_visit,
    "declared": _declared,
    "not_due_month": _not_due_month,
    "not_due_yet": _not_due_yet,
    "verified": _verified,
}

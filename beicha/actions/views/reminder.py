"""The reminder (催报): a text to copy into a chat group, naming everybody who has not reported, street by street."""

from datetime import datetime

from beicha.actions.views.reporting import Reporting, StreetReporting, Unit
from beicha.words.language import Language, later, say
from beicha.words.times import shown

_HEAD = later("Reports of {period}: reminder")
_DUE = later("The archives of {period} were due by {due}.")
_COUNTS = later("By {time}, {reported} of {expected} have reported. Missing are these {missing}:")
_ASK = later("Please hand in through Beicha soon, and tell us where that is difficult.")


def reminder(view: Reporting, sender: str, language: Language, *, now: datetime) -> str:
    """The text; '' where nobody is missing. ``sender`` is the name under which the office writes."""
    missing, expected = view.count("not_reported"), len(view.units)
    if not missing:
        return ""
    counts = {"time": shown(now), "reported": expected - missing, "expected": expected, "missing": missing}
    lines = [say(language, _HEAD, period=view.period)]
    if view.due is not None:
        lines.append(say(language, _DUE, period=view.period, due=view.due.isoformat()))
    lines.append(say(language, _COUNTS, **counts))
    lines += [_names(view, street, language) for street in view.streets if street.counts["not_reported"]]
    lines.append(say(language, _ASK))
    return "\n".join([*lines, sender] if sender else lines)


def _name(unit: Unit) -> str:
    """The community, with whom to call where somebody is named."""
    whom = " ".join(text for text in (unit.contact, unit.phone) if text)
    return f"{unit.name}（{whom}）" if whom else unit.name


def _names(view: Reporting, street: StreetReporting, language: Language) -> str:
    names = [_name(unit) for unit in view.of_state("not_reported") if unit.street == street.code]
    text, place = later("{street} ({n}): {names}"), street.name or say(language, "No street")
    return say(language, text, street=place, n=len(names), names="、".join(names))

"""What changed in an edition besides its criteria, in words."""

from collections.abc import Callable, Sequence
from typing import Any

from beicha.actions.views.checklist import Changes, Setting
from beicha.ui.checklist.criteria import bonus_text, veto_text
from beicha.words.language import Language, later, say
from beicha.words.numbers import plain
from scoring.edition import Bonus, Edition, Indicator, Veto
from scoring.ledgers import LedgerField

NAMES = {
    "name": later("name for the machine"),
    "follows": later("edition that it follows"),
    "renames": later("renamed codes"),
    "order": later("order of the criteria"),
    "title": later("title of the edition"),
    "version": later("version"),
    "description": later("description"),
    "pass_mark": later("pass mark"),
    "bands": later("bands"),
    "lowest_band": later("lowest band"),
    "not_applicable": later("not applicable"),
    "not_inspected": later("not inspected"),
    "weighted_by": later("weights of communities"),
    "cycle_weights": later("weights of the years"),
    "bonus_floor": later("bonuses together at least"),
    "bonus_cap": later("bonuses together at most"),
}
ITEMS = {
    "line": later("Line “{title}”"),
    "section": later("Section “{title}”"),
    "ledger": later("Ledger “{title}”"),
    "bonus": later("Bonus or penalty “{title}”"),
    "veto": later("Veto “{title}”"),
}
PARTS = {
    "title": later("title"),
    "share": later("share"),
    "gate": later("gate"),
    "indicators": later("indicators"),
    "keeps": later("what it keeps"),
    "kept_by": later("who keeps it"),
    "aliases": later("other names"),
    "fields": later("fields"),
    "date": later("field of the day"),
    "name": later("field of the name"),
    "key": later("fields that tell rows apart"),
    "help": later("help"),
}
VALUES = {
    "exclude": later("not counted in"),
    "mean_of_others": later("the mean of the others"),
    "zero": later("nothing got"),
    "weight": later("by the weights of the areas"),
    "events": later("events"),
    "state": later("the present state"),
    "community": later("the communities"),
    "office": later("the office"),
}
CODED = ("not_applicable", "not_inspected", "weighted_by", "keeps", "kept_by")


def setting_lines(item: Setting, changes: Changes, language: Language) -> list[str]:
    """A line that says what changed, and lines below it where that takes more."""
    kind, _, key = item.what.partition(".")
    if kind in ("renames", "order"):
        return [f"{say(language, NAMES[kind])}：{say(language, 'changed')}"]
    if kind not in ITEMS:
        return [f"{say(language, NAMES[item.what])}：{_both(item, item.what, language)}"]
    named = say(language, ITEMS[kind], title=item.of)
    if item.before is None and not key:
        return [f"{named}：{say(language, 'added')}"]
    if item.after is None and not key:
        return [f"{named}：{say(language, 'dropped')}"]
    if kind in ("bonus", "veto"):
        return [f"{named}：{say(language, 'changed')}", *_extra_lines(item, changes, language)]
    told = _list_words(item, language) if key in ("fields", "indicators") else _both(item, key, language)
    return [f"{named} {say(language, PARTS[key])}：{told}"]


def _both(item: Setting, key: str, language: Language) -> str:
    return f"{_value(item.before, key, language)} → {_value(item.after, key, language)}"


def _value(value: Any, key: str, language: Language) -> str:
    if value is None or value in ((), ""):
        return say(language, "none")
    if isinstance(value, int | float):
        return plain(value)
    if key == "bands":
        return "、".join(f"{band.name} ≥ {plain(band.at_least)}" for band in value)
    if isinstance(value, tuple):
        return "、".join(plain(part) if isinstance(part, float) else str(part) for part in value)
    return say(language, VALUES[value]) if key in CODED else str(value)


def _list_words(item: Setting, language: Language) -> str:
    """Which fields or indicators were added, dropped or changed."""
    was: dict[str, LedgerField | Indicator] = {part.code: part for part in item.before}
    now: dict[str, LedgerField | Indicator] = {part.code: part for part in item.after}
    groups = {
        later("added"): [part.title for code, part in now.items() if code not in was],
        later("dropped"): [part.title for code, part in was.items() if code not in now],
        later("changed"): [part.title for code, part in now.items() if code in was and was[code] != part],
    }
    told = [f"{say(language, word)} {'、'.join(titles)}" for word, titles in groups.items() if titles]
    return "；".join(told) or say(language, "in another order")


def _extra_lines(item: Setting, changes: Changes, language: Language) -> Sequence[str]:
    say_of: Callable[[Edition, Any, Language], str] = bonus_text if isinstance(item.after, Bonus) else veto_text
    assert isinstance(item.before, Bonus | Veto), "only what is there on both sides is changed"
    was, now = say_of(changes.old, item.before, language), say_of(changes.new, item.after, language)
    if was == now:
        return ()
    return say(language, "was: {text}", text=was), say(language, "now: {text}", text=now)

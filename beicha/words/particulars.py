"""The particulars of an action in words: each by its name, and what stood before where something was changed.

Whatever was in a name or a file comes out in one line: what cannot be printed is shown as a blank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beicha.words.language import Language, later, say
from beicha.words.numbers import NONE

MOST_LETTERS = 2000
MOST_NAMED = 200
"""So many entries of a list are shown; how many there are besides is said."""

LABELS: Mapping[str, str] = {
    "account": later("Account"),
    "added": later("Added"),
    "after": later("Afterwards"),
    "answers": later("Answers"),
    "areas": later("Areas"),
    "asked": later("Asked by"),
    "before": later("Before"),
    "by": later("Way in"),
    "changed": later("Changed"),
    "changed_count": later("Number of changed ones"),
    "closed": later("Closed"),
    "community": later("Community"),
    "contact": later("Contact"),
    "content": later("Digest of the content"),
    "demo": later("Demo"),
    "demo_today": later("today of the demo"),
    "digest": later("Digest"),
    "direct": later("Directly responsible"),
    "district_name": later("name of the office"),
    "due_day": later("due day"),
    "edition": later("Edition"),
    "disabled": later("Disabled"),
    "file": later("File"),
    "files": later("Files"),
    "first": later("From"),
    "first_person": later("First responsible"),
    "from": later("In force from"),
    "area": later("Area"),
    "from_period": later("In force from"),
    "job": later("Upload"),
    "kept_by": later("Kept by"),
    "kind": later("Kind"),
    "last": later("Up to"),
    "lines": later("Lines"),
    "made": later("Versions made"),
    "name": later("Name"),
    "new": later("New"),
    "new_count": later("Number of new ones"),
    "people": later("Responsible persons"),
    "period": later("Month"),
    "phone": later("Telephone"),
    "post": later("Post"),
    "posts": later("Posts"),
    "restored_from": later("Restored from"),
    "role": later("Role"),
    "rows": later("Rows"),
    "seq": later("No."),
    "sha256": later("Digest of the file"),
    "street": later("Street"),
    "title": later("Title"),
    "to": later("Goes on as"),
    "value": later("Value"),
    "version": later("Version"),
    "what": later("What"),
    "word": later("Word"),
    "words": later("Words"),
    "wrong": later("First that does not fit"),
}
"""What the names of particulars are called; one that is not here is shown as it is."""

VALUES: Mapping[str, str] = {
    "password": later("by password"),
    "code": later("by one-time code"),
    "demo": later("demo"),
    "due_day": later("due day"),
    "district_name": later("name of the office"),
    "demo_today": later("today of the demo"),
    "office": later("civilization office"),
    "street": later("street"),
    "clerk": later("community clerk"),
    "line": later("line department"),
    "leader": later("leader (reads only)"),
    "auditor": later("auditor"),
    "admin": later("system administrator"),
    "community.xlsx": later("a community's page"),
    "areas.xlsx": later("the table of areas"),
    "lines.xlsx": later("the table of lines"),
    "reporting.xlsx": later("the list of who has reported"),
    "import.xlsx": later("the results of an import"),
    "import.csv": later("the results of an import"),
    "handed-out.xlsx": later("one-time codes"),
    "checked": later("a file with its problems marked"),
    "original": later("a file as it was sent"),
    "local": later("command line"),
    "console": later("command line of the server"),
}
"""What stands for something in the particulars and objects of actions."""


@dataclass(frozen=True)
class Particular:
    """One particular: its name and its value; where something was changed, also what stood before."""

    label: str
    value: str
    before: str | None = None


def particulars(details: Mapping[str, Any], language: Language) -> list[Particular]:
    """All that is told about an action besides its sentence, what was changed first."""
    before, after = details.get("before"), details.get("after")
    found = _changes(before, after, language) if before is not None or after is not None else []
    told = ("before", "after", "made") if found else ("before", "after")
    rest = {name: value for name, value in details.items() if name not in told}
    return found + [Particular(label(name, language), text_of(value, language)) for name, value in rest.items()]


def label(name: str, language: Language) -> str:
    """What a particular is called."""
    return say(language, LABELS[name]) if name in LABELS else one_line(name)


def text_of(value: Any, language: Language) -> str:
    """A value in one line, whatever it is made of."""
    return _cut(_text(value, language))


def one_line(text: str) -> str:
    """The text without what breaks a line, moves the cursor or turns the direction of writing."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _changes(before: Any, after: Any, language: Language) -> list[Particular]:
    if not (isinstance(before, Mapping | None) and isinstance(after, Mapping | None)):
        return [Particular(say(language, "Value"), text_of(after, language), text_of(before, language))]
    old, new = before or {}, after or {}
    names = dict.fromkeys([*old, *new])
    return [
        Particular(label(name, language), text_of(new.get(name), language), text_of(old.get(name), language))
        for name in names
        if old.get(name) != new.get(name)
    ]


def _text(value: Any, language: Language) -> str:
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return say(language, "yes") if value else say(language, "no")
    if isinstance(value, str):
        return say(language, VALUES[value]) if value in VALUES else one_line(value)
    if isinstance(value, Mapping):
        return "，".join(f"{label(str(name), language)} {_text(part, language)}" for name, part in value.items())
    if isinstance(value, Sequence):
        return _list(value, language)
    return str(value)


def _list(values: Sequence[Any], language: Language) -> str:
    between = "；" if any(isinstance(value, Mapping | list) for value in values) else "、"
    shown = between.join(_text(value, language) for value in values[:MOST_NAMED])
    rest = len(values) - MOST_NAMED
    return f"{shown} {say(language, '… and {n} more', n=rest)}" if rest > 0 else shown or NONE


def _cut(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1]}…"

"""The office's own forms of papers: one .docx for a kind, tried before it is taken, in place of the built-in layout."""

from datetime import UTC, datetime

from beicha.actions.grants import Grant, require_everywhere
from beicha.papers.letter import Annex, Letter, Line
from beicha.papers.letter_docx import letter_docx
from beicha.papers.own_form import FormError as FormError
from beicha.papers.own_form import fill
from beicha.papers.own_form import sample_form as sample_form
from beicha.store import Store, audit, files, settings
from beicha.store.files import NamedFile

FORMS = "paper_forms"
"""The setting: by kind the digest and the name of its form."""
_TRIED = Letter("标题", [Line("正文")], "机关", "2026年第1期", "各单位", [Annex("附件", [Line("附件")])], "落款")


def set_form(grant: Grant, store: Store, kind: str, file: NamedFile, *, now: datetime) -> None:
    """Take a form for a kind of paper; raises Refused, FormError where it cannot be used."""
    require_everywhere(grant, "publish")
    fill(file.content, _TRIED, made=now)
    with store.write() as change:
        files.keep(change, file)
        known = settings.get(change, FORMS) or {}
        settings.put(change, FORMS, known | {kind: {"sha256": file.sha256, "name": file.name}})
        audit.add(change, now, grant, "paper.form", kind, file=file.name, sha256=file.sha256)


def drop_form(grant: Grant, store: Store, kind: str, *, now: datetime) -> None:
    """Go back to the built-in layout."""
    require_everywhere(grant, "publish")
    with store.write() as change:
        known = settings.get(change, FORMS) or {}
        settings.put(change, FORMS, {other: form for other, form in known.items() if other != kind})
        audit.add(change, now, grant, "paper.form", kind, file="")


def form_names(store: Store) -> dict[str, str]:
    """From a kind to the name of its form; those with the built-in layout are absent."""
    with store.read() as view:
        return {kind: form["name"] for kind, form in (settings.get(view, FORMS) or {}).items()}


def form_of(store: Store, kind: str) -> bytes | None:
    """The bytes of a kind's form, None for the built-in layout."""
    with store.read() as view:
        known = (settings.get(view, FORMS) or {}).get(kind)
        return files.content(view, known["sha256"]) if known else None


def in_form(letter: Letter, form: bytes | None, *, now: datetime) -> bytes:
    """The letter as a .docx file, in a form of the office's own or in the built-in layout."""
    return letter_docx(letter, made=now.astimezone(UTC)) if form is None else fill(form, letter, made=now)

"""An office whose ledger of minors names children, and an upload full of what is a person's own: invented canaries."""

from datetime import date
from functools import cache

from beicha.actions import submissions
from beicha.actions.grants import OFFICE
from beicha.store.files import NamedFile
from scoring.edition import Edition
from tests.actions.office import NOW, send, set_up
from tests.intake.workbooks import edition, workbook

CHILD, FULL_ID, CUT_ID = "欧阳金丝雀", "33010219900307102X", 330102199003071216
PHONE, GUARDIAN, TYPED = "13711112222", "13733334444", "13755556666"
CANARIES = (CHILD, FULL_ID, "330102199003071", PHONE, "137 1111 2222", GUARDIAN, TYPED)
"""None of these may stand in anything that leaves, but for who holds the right and asks."""

CARE = ["走访日期", "儿童姓名", "出生日期", "家长电话", "情况"]
CARE_ROW = [date(2026, 3, 5), CHILD, date(2015, 5, 1), PHONE, f"家长 137 1111 2222，证件 {FULL_ID}"]


def with_children() -> Edition:
    """The small edition with a ledger of children in need, and a criterion that looks at it."""
    content = edition().model_dump(mode="json", by_alias=True)
    fields = [
        {"code": "day", "title": "走访日期", "type": "date", "required": True},
        {"code": "child", "title": "儿童姓名", "required": True, "personal": "child"},
        {"code": "born", "title": "出生日期", "type": "date"},
        {"code": "phone", "title": "家长电话"},
        {"code": "note", "title": "情况"},
    ]
    care = {"code": "care", "title": "困境儿童走访", "keeps": "events", "fields": fields, "key": ["day", "child"]}
    content["ledgers"].append(care)
    looked_at = {
        "code": "care_1", "section": content["sections"][0]["code"], "title": "走访困境儿童", "standard": "每月走访。",
        "points": 1, "lead": content["lines"][0]["code"], "from": "care", "window": "month",
        "rule": {"kind": "count", "target": 3},
        "source": content["criteria"][0]["source"],
    }  # fmt: skip
    content["criteria"].append(looked_at)
    return Edition.model_validate(content)


def care_file(*rows, name="桂花社区2026-03走访.xlsx", headings=CARE, community="桂花社区") -> NamedFile:
    """A workbook with the ledger of children."""
    return NamedFile(name, workbook({"困境儿童走访": [headings, *(rows or [CARE_ROW])]}, cover=(community, "2026-03")))


@cache
def full_file() -> NamedFile:
    """The same, once and for all, with columns that nobody reads."""
    return care_file([*CARE_ROW, CUT_ID, GUARDIAN], headings=[*CARE, "身份证号", "监护人电话"])


def settle(store) -> None:
    """The office with that edition in force, and the full file handed in."""
    set_up(store, of=with_children)
    send(store, full_file(), now=NOW)


def stored(store):
    """The versions of the community's March, newest first."""
    return submissions.history(OFFICE, store, submissions.Key("C01", "2026-03"))

"""Identity numbers and phones told from other numbers, and hidden: both sides of every line."""

import string
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from beicha.words.masking import (
    keeps_children,
    masked_all,
    masked_name,
    masked_rows,
    masked_text,
    masked_values,
)
from beicha.words.personal import found_in, kind_of
from scoring.facts import Rows
from scoring.ledgers import Ledger

ID = "33010219900307102X"
ID_OF_DIGITS = "330102199003071214"
OLD_ID = "330102900307123"
PHONE = "13812345678"


def kinds(text):
    return [one.kind for one in found_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        ID,
        ID.lower(),
        ID_OF_DIGITS,
        OLD_ID,
        "330102 19900307 102X",
        "330102-19900307-102x",
        "3 3 0 1 0 2 1 9 9 0 0 3 0 7 1 0 2 X",
        "３３０１０２１９９００３０７１０２Ｘ",
        f"王芳（身份证{ID}）",
        f"1 {ID_OF_DIGITS}",
        "810000199408230021",
        "911124198108030024",
        "110101188001011233",
    ],
)
def test_identity_numbers_are_found_however_they_are_written(text):
    assert kinds(text) == ["identity"]


@pytest.mark.parametrize(
    "text",
    [
        "330102199003071211",  # the last digit does not check
        "33010219900307121",  # one digit short
        "3301021990030712141",  # one too many
        "33010219900230121X",  # the 30th of February
        "990102199003071235",  # no such province
        "330102901307123",  # the old form with month 13
        "110101187912311232",  # born too long ago
        "6222021208123456789",  # a bank card
        "91330100MA27XYZ12K",  # a company's code
        "20240305",
        "2024-03-05 至 2024-03-08",
        "15 20 25 30 35 40 45 50 55",
        "45、50、60、70、80、90",
        "0571-88888888",
        "330102",
    ],
)
def test_what_only_resembles_them_is_left_alone(text):
    assert kinds(text) == []
    assert masked_text(text) == text


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("3.30102E+17", "cut"),
        ("3.30102199003071E17", "cut"),
        ("330102199003071000", "cut"),
        (3.30102199003071e17, "cut"),
        (330102199003071232, "cut"),
        ("9.9E+17", None),
        ("3.3E+16", None),
        (3.3e16, None),
        (int(OLD_ID), "identity"),
        (float(PHONE), "phone"),
        (13812345678.5, None),
        (-13812345678, None),
        (138123456789, None),
        (45357, None),
        (True, None),
        (None, None),
        (date(2026, 3, 5), None),
        (f"{PHONE} {ID}", "identity"),
    ],
)
def test_numbers_in_cells_are_known_too(value, kind):
    assert kind_of(value) == kind


@pytest.mark.parametrize(
    "text",
    [
        PHONE,
        "138 1234 5678",
        "138-1234-5678",
        "138 123 45678",
        "1 3 8 1 2 3 4 5 6 7 8",
        "+86 13812345678",
        "+8613812345678",
        "0086-138-1234-5678",
        "１３８１２３４５６７８",
        f"联系人王芳{PHONE}",
        f"tel.{PHONE}。",
    ],
)
def test_phones_are_found_however_they_are_written(text):
    assert kinds(text) == ["phone"]
    assert "138****5678" in masked_text(text)
    assert "1234" not in masked_text(text).translate(str.maketrans("１２３４", "1234")).replace(" ", "")


@pytest.mark.parametrize("text", ["12812345678", "1381234567", "138123456789", "0.13812345678", "2138123456 78"])
def test_other_numbers_are_no_phones(text):
    assert kinds(text) == []


def test_what_is_hidden_shows_only_its_ends():
    assert masked_text(f"王芳 {ID}，{PHONE}") == "王芳 330*************2X，138****5678"
    assert masked_text("3.30102E+17") == "3.3*******"
    assert masked_all({"a": [PHONE, {"b": PHONE}], "c": 3}) == {"a": ["138****5678", {"b": "138****5678"}], "c": 3}


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("张小明", "张**"),
        ("张 三", "张**"),
        ("张小明、李红", "张**、李**"),
        ("张**", "张**"),
        ("", ""),
        ("张\n李", "张**\n李**"),
    ],
)
def test_a_name_keeps_its_first_sign(name, hidden):
    assert masked_name(name) == hidden


def check_digit(first):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights, strict=True)) % 11]


BIRTHS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
AREAS = st.sampled_from(["110101", "330102", "510107", "659001", "820000"])


@settings(max_examples=300, deadline=None)
@given(AREAS, BIRTHS, st.integers(0, 999), st.integers(1, 10))
def test_only_the_right_last_sign_makes_an_identity_number(area, born, serial, wrong):
    first = f"{area}{born:%Y%m%d}{serial:03}"
    right = check_digit(first)
    assert kinds(first + right) == ["identity"]
    other = "0123456789X"[("0123456789X".index(right) + wrong) % 11]
    number = first + other
    assume(other == "X" or not (number.endswith("000") or int(float(number)) == int(number)))
    assert kinds(number) == []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=string.digits + "Xx +-.E年月日人、" + "张", max_size=60))
def test_masking_again_changes_nothing_and_leaves_nothing_to_find(text):
    hidden = masked_text(text)
    assert masked_text(hidden) == hidden
    assert found_in(hidden) == []


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.integers(0, 10**10), st.dates().map(lambda day: f"{day:%Y%m%d}"), st.floats(0, 1e9).map(str)))
def test_counts_dates_and_amounts_are_never_taken_for_personal(value):
    assert kind_of(value) is None


def ledger(title="困境儿童台账", code="care", **marks):
    fields = [
        {"code": "date", "title": "日期", "type": "date"},
        {"code": "who", "title": "姓名"},
        {"code": "born", "title": "出生日期", "type": "date"},
        {"code": "contact", "title": "联系人"},
        {"code": "case", "title": "案号"},
        {"code": "tags", "title": "标签", "type": "choices", "choices": ["甲"]},
    ]
    for field in fields:
        if field["code"] in marks:
            field["personal"] = marks[field["code"]]
    return Ledger.model_validate({"code": code, "title": title, "keeps": "state", "fields": fields})


ROW = {
    "who": "张小明",
    "born": date(2015, 3, 5),
    "contact": f"王芳 {PHONE}",
    "case": PHONE,
    "tags": [PHONE],
    "new": PHONE,
}


def test_a_ledger_of_children_hides_their_names_and_birthdays_without_being_told():
    assert keeps_children(ledger())
    hidden = masked_values(ledger(), ROW)
    assert (hidden["who"], hidden["born"], hidden["contact"]) == ("张**", "**", "王芳 138****5678")
    assert (hidden["tags"], hidden["new"]) == (["138****5678"], "138****5678")


def test_other_ledgers_hide_what_their_cells_hold_and_what_is_marked():
    plain = ledger("志愿服务")
    assert not keeps_children(plain)
    assert masked_values(plain, ROW)["who"] == "张小明"
    marked = ledger("志愿服务", who=True, contact=True, case=False)
    hidden = masked_values(marked, ROW)
    assert (hidden["who"], hidden["contact"], hidden["case"]) == ("张**", "王**", PHONE)
    assert masked_values(marked, hidden) == hidden
    assert keeps_children(ledger("志愿服务", who="child"))


def test_rows_are_hidden_column_by_column_and_keep_their_places():
    rows = Rows(["表"], [4], {code: [value] for code, value in ROW.items()})
    hidden = masked_rows(ledger(), rows)
    assert (hidden.sheet, hidden.row) == (rows.sheet, rows.row)
    assert {code: column[0] for code, column in hidden.values.items()} == masked_values(ledger(), ROW)
    assert masked_values(ledger(), {"who": None, "born": None}) == {"who": None, "born": None}

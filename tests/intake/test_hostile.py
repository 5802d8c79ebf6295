"""Files made to harm: the application lives, answers in time, and says why; nothing of what they hold raises."""

import os
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from beicha.intake.book import Book, Refusal
from beicha.intake.catalogue import CATALOGUE
from beicha.intake.child import SECONDS, Reader, read_book
from tests.intake.hostile import CASES, mutated, mutated_inside, truncated
from tests.intake.old_formats import xls, xlsb, xml_2003
from tests.intake.packages import with_floating
from tests.intake.workbooks import HALL, HALL_ROW, hall, read

MUTATED = 1500
"""Files tried in every run of the tests."""
FILES = Path(__file__).with_name("files")
ROWS = {"道德讲堂活动": [HALL, [1, *HALL_ROW[1:]], ["", "=A1", "#N/A", None, 2.5]]}
SEEDS = {
    "xlsx": lambda: hall(HALL_ROW, [2, "=A1", "#N/A", None, 2.5], merged={"道德讲堂活动": ["A2:A3"]}),
    "xlsx with pictures": lambda: with_floating(hall(HALL_ROW), (1, 6), sheet=2),
    "xls of Excel 95": lambda: xls(ROWS, 5),
    "xls of Excel 97": lambda: xls(ROWS, 8),
    "xls with errors and pictures": lambda: (FILES / "errors.xls").read_bytes(),
    "ods with errors and pictures": lambda: (FILES / "errors.ods").read_bytes(),
    "xls of LibreOffice": lambda: (FILES / "libreoffice.xls").read_bytes(),
    "xlsb": lambda: xlsb(ROWS),
    "ods": lambda: (FILES / "libreoffice.ods").read_bytes(),
    "fods": lambda: (FILES / "libreoffice.fods").read_bytes(),
    "page": lambda: (FILES / "libreoffice.html").read_bytes(),
    "XML of Excel 2003": lambda: xml_2003(ROWS),
    "text": lambda: '活动时间,活动主题\r\n2026-03-05,"孝\n老"\r\n'.encode("gb18030") * 3,
}


def outcome(answer: Book | Refusal) -> str:
    return answer.code if isinstance(answer, Refusal) else "read"


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file_is_refused_with_a_sentence_or_read(name):
    content, expected = CASES[name]()
    started = time.monotonic()
    answer = read_book(content)
    assert outcome(answer) in expected
    assert time.monotonic() - started < SECONDS + 5
    if isinstance(answer, Refusal):
        assert answer.code in CATALOGUE
    assert read_book(hall(HALL_ROW)).kind == "workbook"


@pytest.mark.parametrize("name", SEEDS)
def test_a_file_cut_off_anywhere_is_refused_or_read(name):
    for content in truncated(SEEDS[name]()):
        answer = read_book(content)
        assert isinstance(answer, Book) or answer.code in CATALOGUE


def test_every_seed_of_the_fuzzing_is_read_whole():
    assert {name: outcome(read_book(seed())) for name, seed in SEEDS.items()} == dict.fromkeys(SEEDS, "read")


def try_mutated(reader: Reader, number: int, seeds: dict[str, bytes]) -> str:
    """Makes one file from the number, has it read, and tells what came of it."""
    chance = random.Random(number)
    name = chance.choice([*seeds])
    is_package = seeds[name].startswith(b"PK") and chance.random() < 0.7
    content = (mutated_inside if is_package else mutated)(seeds[name], chance)
    started = time.monotonic()
    answer = reader.read(content)
    assert isinstance(answer, Book) or answer.code in CATALOGUE, (name, number)
    assert outcome(answer) != "took_too_long", (name, number)
    assert time.monotonic() - started < SECONDS, (name, number)
    if number % 4 == 0:
        read(content)  # what comes after the cells meets the same files
    return outcome(answer)


def test_mutated_files_neither_raise_nor_hang():
    seeds = {name: seed() for name, seed in SEEDS.items()}
    reader = Reader()
    try:
        seen = Counter(try_mutated(reader, number, seeds) for number in range(MUTATED))
    finally:
        reader.close()
    assert seen["read"] > MUTATED / 10
    assert seen["damaged"] > MUTATED / 10


@pytest.mark.fuzz
def test_mutated_files_by_the_thousand(capsys):
    """Other files at every run; the number in a failure makes its file again."""
    seeds = {name: seed() for name, seed in SEEDS.items()}
    number = random.SystemRandom().randrange(10**9)
    until = time.monotonic() + float(os.environ.get("BEICHA_FUZZ_SECONDS", "30"))
    seen: Counter[str] = Counter()
    reader = Reader()
    try:
        while time.monotonic() < until:
            number += 1
            seen[try_mutated(reader, number, seeds)] += 1
    finally:
        reader.close()
    with capsys.disabled():
        print(f"\n{seen.total()} mutated files:", ", ".join(f"{code} {count}" for code, count in seen.most_common()))
    assert seen["read"]

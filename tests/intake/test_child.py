"""The reading process: whatever the bytes are, the application gets sheets or a reason, and lives on."""

import os
import pickle
import resource
import signal
import subprocess
import sys
import time as time_module
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from beicha.intake.book import Book, Refusal, letter
from beicha.intake.child import Reader, read_book, unpacked
from beicha.intake.limits import CPU_SECONDS, MEMORY, ended_by_time
from tests.house.sources import ROOT
from tests.intake.packages import replaced, zipped
from tests.intake.workbooks import HALL_ROW, hall, saved, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def changed(content: bytes, name: str, part: bytes, *, twice: bool = False) -> bytes:
    """A workbook in which one part has other bytes, or stands twice."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, part if member == name and not twice else old.read(member))
        if twice:
            new.writestr(name.upper(), part)
    return target.getvalue()


def refusal(content: bytes) -> str:
    answer = read_book(content)
    assert isinstance(answer, Refusal), answer
    return answer.code


def waiting(reader: Reader) -> int:
    """The id of the process that the next file will go to."""
    return reader._idle[-1]._process.pid


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\0", "empty_file"),
        (b"\0\1\2\3", "not_a_workbook"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "Workbook".encode("utf-16-le"), "damaged"),
        (b"PK\x03\x04 cut off", "damaged"),
        (zipped(xl__workbook="<w/>"), "damaged"),
        (b"x" * (20 * 2**20 + 1), "too_large"),
    ],
)
def test_a_file_that_is_no_workbook_has_its_own_reason(content, code):
    assert refusal(content) == code


def test_a_workbook_cut_in_half_is_damaged():
    content = hall(HALL_ROW)
    assert refusal(content[: len(content) // 2]) == "damaged"


def test_twenty_megabytes_are_still_looked_at():
    assert refusal(b"\1" * (20 * 2**20 - 1) + b"\0") == "not_a_workbook"


def test_a_part_that_stands_twice_is_refused():
    assert refusal(changed(hall(HALL_ROW), "xl/workbook.xml", b"<x/>", twice=True)) == "unsafe_workbook"


def test_a_document_type_is_refused():
    bad = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x/>'
    assert refusal(changed(hall(HALL_ROW), "xl/styles.xml", bad)) == "unsafe_workbook"


def test_a_part_packed_far_too_tightly_is_refused():
    assert refusal(changed(hall(HALL_ROW), "xl/styles.xml", b" " * 3_000_000)) == "unsafe_workbook"


def test_more_than_can_be_inflated_is_refused():
    parts = {f"xl__part{number}": bytes(2**20) for number in range(101)}
    assert read_book(zipped(xl__workbook="<w/>", **parts)) == Refusal("too_much_inside", {"what": "sizes"})


def test_too_many_parts_are_refused():
    parts = {f"xl__part{number}": b"" for number in range(2001)}
    assert read_book(zipped(xl__workbook="<w/>", **parts)) == Refusal("too_much_inside", {"what": "parts"})


@pytest.mark.parametrize(("cell", "is_refused"), [("KN1", False), ("KO1", True), ("A50000", False), ("A50001", True)])
def test_content_may_reach_300_columns_and_50000_rows(cell, is_refused):
    book = Workbook()
    book.active[cell] = "x"
    answer = read_book(saved(book))
    assert (answer == Refusal("too_much_inside", {"what": "cells"})) == is_refused


@pytest.mark.parametrize(("sheets", "is_refused"), [(60, False), (61, True)])
def test_a_workbook_may_have_60_sheets(sheets, is_refused):
    book = Workbook()
    book.active["A1"] = "x"
    for _ in range(sheets - 1):
        book.create_sheet()
    assert isinstance(read_book(saved(book)), Refusal) == is_refused


def hidden_corner() -> bytes:
    """A workbook with a cell in the last column that neither its size nor its last cell tells of."""
    book = Workbook()
    book.active["A1"], book.active["XFD1"], book.active["A50000"] = 1, 1, 1
    part = "xl/worksheets/sheet1.xml"
    return replaced(saved(book), part, '<dimension ref="A1:XFD50000"', '<dimension ref="A1:A50000"')


LARGE = ((("x" * 30 + ",") * 10 + "x" * 30 + "\n") * 20_000).encode()
"""A text file that takes some memory to read, but leaves its process fit for another."""


class Started(subprocess.Popen):
    """A process that is counted."""

    count = 0

    def __init__(self, *arguments, **options):
        Started.count += 1
        super().__init__(*arguments, **options)


def test_a_file_that_needs_all_memory_ends_only_the_reading_process():
    assert refusal(hidden_corner()) == "reader_stopped"
    assert isinstance(read_book(hall(HALL_ROW)), Book)


@pytest.mark.parametrize(("before", "tries"), [(hall(HALL_ROW), 1), (LARGE, 2)])
def test_a_file_is_tried_again_only_if_its_process_had_less_room_than_a_fresh_one(monkeypatch, before, tries):
    monkeypatch.setattr(subprocess, "Popen", Started)
    reader = Reader()
    try:
        assert isinstance(reader.read(before), Book)
        count = Started.count
        assert reader.read(hidden_corner()) == Refusal("reader_stopped")
        assert Started.count - count + 1 == tries
    finally:
        reader.close()


def test_a_file_whose_process_another_ended_is_tried_again():
    reader = Reader()
    try:
        reader.read(hall(HALL_ROW))
        pid = waiting(reader)
        os.kill(pid, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as pool:
            reading = pool.submit(reader.read, hall(HALL_ROW))
            while reader._idle:
                time_module.sleep(0.01)
            os.kill(pid, signal.SIGKILL)
            assert isinstance(reading.result(), Book)
    finally:
        reader.close()


def test_a_file_that_takes_too_long_is_given_up():
    reader = Reader(seconds=0.001)
    try:
        assert reader.read(hall(HALL_ROW)) == Refusal("took_too_long", {"seconds": "0.001"})
    finally:
        reader.close()


def test_a_process_that_died_in_between_is_started_anew():
    reader = Reader()
    try:
        assert isinstance(reader.read(hall(HALL_ROW)), Book)
        os.kill(waiting(reader), signal.SIGKILL)
        assert isinstance(reader.read(hall(HALL_ROW)), Book)
    finally:
        reader.close()


def test_a_file_that_hangs_leaves_the_others_their_turn():
    reader = Reader(seconds=2)
    try:
        reader.read(hall(HALL_ROW))
        os.kill(waiting(reader), signal.SIGSTOP)
        with ThreadPoolExecutor(2) as pool:
            hanging = pool.submit(reader.read, hall(HALL_ROW))
            while reader._idle:
                time_module.sleep(0.01)
            assert isinstance(reader.read(hall(HALL_ROW)), Book)
            assert not hanging.done()
            assert hanging.result() == Refusal("took_too_long", {"seconds": "2"})
    finally:
        reader.close()


def test_a_process_is_ended_that_computes_beyond_its_time():
    spin = "from beicha.intake.limits import grant_time\ngrant_time(1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", spin], cwd=ROOT, timeout=20, check=False)
    assert ended_by_time(ended.returncode)
    assert not ended_by_time(0)


def test_what_a_process_has_held_does_not_count_what_held_the_process_that_started_it():
    ask = "from beicha.intake.limits import memory_held; print(memory_held())"
    start = f"import subprocess, sys; held = bytes(200 * 2**20); subprocess.run([sys.executable, '-c', {ask!r}])"
    told = subprocess.run([sys.executable, "-c", start], cwd=ROOT, capture_output=True, timeout=20, check=True)
    assert 2**20 < int(told.stdout) < 100 * 2**20


def test_a_process_stands_behind_the_application_and_has_its_limits():
    reader = Reader()
    try:
        reader.read(hall(HALL_ROW))
        pid = waiting(reader)
        assert os.getpriority(os.PRIO_PROCESS, pid) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
        assert resource.prlimit(pid, resource.RLIMIT_AS)[0] == MEMORY
        assert 0 < resource.prlimit(pid, resource.RLIMIT_CPU)[0] <= CPU_SECONDS + 5
    finally:
        reader.close()


def test_several_threads_get_what_one_gets():
    contents = [hall([number, *HALL_ROW[1:]]) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(read_book, contents))
    assert together == [read_book(content) for content in contents]


def test_values_come_back_as_they_are():
    book = Workbook()
    sheet = book.active
    sheet.append(["文", 3, 2.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), time(8, 30)])
    answer = read_book(saved(book))
    assert answer.sheets[0].rows == [["文", 3.0, 2.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), time(8, 30)]]


def test_an_answer_may_hold_nothing_that_can_be_called():
    assert unpacked(pickle.dumps(("workbook", [(os.system, [])]))) == Refusal("damaged")


def test_the_first_cell_is_a1_wherever_the_content_begins():
    sheet = read_book(workbook({"表": [["x"]]}, start=(4, 3))).sheets[1]
    assert sheet.rows == [["", "", ""], ["", "", ""], ["", "", ""], ["", "", "x"]]


def test_hidden_sheets_rows_and_columns_are_told():
    content = workbook(
        {"甲": [["x", "y"]], "乙": [["x", "y"], ["1", "2"], ["3", "4"]]},
        hidden=["甲"],
        hidden_rows={"乙": [2, 3]},
        hidden_columns={"乙": ["B"]},
    )
    cover, first, second = read_book(content).sheets
    assert [cover.hidden, first.hidden, second.hidden] == [False, True, False]
    assert (second.hidden_rows, second.hidden_columns) == ((2, 3), (2,))
    assert (first.hidden_rows, first.hidden_columns) == ((), ())


def test_merged_ranges_are_told_from_zero():
    sheet = read_book(workbook({"表": [["x", "", ""], ["1", "2", "3"]]}, merged={"表": ["A1:C1"]})).sheets[1]
    assert sheet.merged == ((0, 0, 0, 2),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_text_file_is_read_in_every_usual_encoding(encoding, separator):
    text = f"活动时间{separator}活动主题\r\n2026-03-05{separator}“孝”\n一{separator}\n"
    sheet = read_book(text.encode(encoding)).sheets[0]
    assert sheet.rows == [["活动时间", "活动主题"], ["2026-03-05", "“孝”"], ["一", ""]]


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [("a\n" * 50_000, False), ("a\n" * 50_001, True), ("a," * 299 + "a\n", False), ("a," * 300 + "a\n", True)],
)
def test_a_text_file_may_reach_as_far_as_a_sheet(text, is_refused):
    assert (read_book(text.encode()) == Refusal("too_much_inside", {"what": "cells"})) == is_refused


def test_the_reading_process_knows_nothing_of_the_environment(monkeypatch):
    monkeypatch.setenv("BEICHA_DATABASE_URL", "postgresql://secret")
    reader = Reader()
    try:
        reader.read(hall(HALL_ROW))
        environment = Path(f"/proc/{waiting(reader)}/environ")
        assert not environment.exists() or b"secret" not in environment.read_bytes()
    finally:
        reader.close()


def test_an_open_document_sheet_is_read():
    content = """<?xml version="1.0"?><office:document-content
      xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
      xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
      xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
      <table:table table:name="表"><table:table-row><table:table-cell office:value-type="string"><text:p>文</text:p>
      </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f"""<?xml version="1.0"?><manifest:manifest
      xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry
      manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>"""
    parts = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    sheet = read_book(zipped(**parts)).sheets[0]
    assert (sheet.name, sheet.rows[0][0].strip()) == ("表", "文")


def test_rows_of_a_text_file_are_made_equally_long():
    assert read_book(b"a,b,c\nd\n").sheets[0].rows == [["a", "b", "c"], ["d", "", ""]]


@pytest.mark.parametrize(
    ("column", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_the_letters_of_excel(column, text):
    assert letter(column) == text

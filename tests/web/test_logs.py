"""The log: a line an entry, read by a machine, and silent about what stands in somebody's workbook."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from beicha.web.logs import JsonLines

ROOT = Path(__file__).resolve().parents[2]
LOGS = """
import logging
from beicha.web import logs
logs.start()
logs.start()
log = logging.getLogger("beicha.tried")
log.info("too little")
try:
    raise ValueError("张三 13800000000")
except ValueError:
    log.exception("job %s failed", 7)
"""


def entry(message: str, *values: object, fault: Exception | None = None) -> logging.LogRecord:
    info = (type(fault), fault, fault.__traceback__) if fault else None
    return logging.LogRecord("beicha.tried", logging.ERROR, __file__, 1, message, values, info)


def test_an_entry_is_one_line_that_a_machine_reads() -> None:
    told = JsonLines().format(entry("job %s\nfailed", 7))
    assert "\n" not in told
    read = json.loads(told)
    assert (read["level"], read["logger"], read["message"]) == ("error", "beicha.tried", "job 7\nfailed")
    assert read["at"].endswith("+00:00")


def test_of_a_fault_the_kind_and_the_way_are_told_and_not_its_words() -> None:
    try:
        int("张三")
    except ValueError as fault:
        told = JsonLines().format(entry("a fault", fault=fault))
    assert "张三" not in told
    read = json.loads(told)
    assert read["error"] == "ValueError"
    assert read["trace"][0].startswith("test_logs.py:")


@pytest.mark.parametrize(("asked", "lines", "silent"), [("json", 1, True), ("", 6, False)])
def test_the_service_writes_each_entry_once_in_the_form_that_is_asked_for(asked: str, lines: int, silent: bool) -> None:
    environment = {"PYTHONPATH": str(ROOT), "BEICHA_LOG": asked, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", LOGS], env=environment, capture_output=True, check=True)
    told = done.stderr.decode()
    assert "job 7 failed" in told
    assert "too little" not in told
    assert len(told.splitlines()) <= lines
    assert ("13800000000" not in told) is silent

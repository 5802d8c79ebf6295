"""A process killed while it stores: everything it had acknowledged is there, whole, and nothing else is half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from beicha.actions import audit_chain, settings, submissions
from beicha.actions.grants import OFFICE
from beicha.store import accounts, assessments, audit, files, open_store
from beicha.store import submissions as stored
from tests.actions.office import MARCH, set_up

ROOT = Path(__file__).resolve().parents[2]
SENDS_FOR_EVER = """
import sys
from beicha.store import open_store
from tests.actions.office import day, lecture, lectures, send
store = open_store(sys.argv[1])
number = 0
while True:
    number += 1
    receipt = send(store, lectures(lecture(day(3, 5), f"主题{number}"), name=f"{number}.xlsx"))
    print(receipt.text, flush=True)
"""
ACKNOWLEDGED = 12


def test_a_kill_loses_nothing_that_was_acknowledged_and_leaves_nothing_half_done(store, database_url):
    set_up(store)
    command = [sys.executable, "-c", SENDS_FOR_EVER, database_url]
    acknowledged = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        for line in process.stdout:
            acknowledged.append(int(line))
            if len(acknowledged) == ACKNOWLEDGED:
                os.kill(process.pid, signal.SIGKILL)
        process.wait()
    reopened = open_store(database_url)
    with reopened.read() as view:
        versions = stored.versions(view, MARCH)
        assert {version.receipt for version in versions} >= set(acknowledged)
        assert [version.version for version in versions] == list(range(len(versions), 0, -1))
        for version in versions:
            assert stored.content(view, version.seq).row_count == version.row_count == 1
            for sent in stored.sent_files(view, [version.seq])[version.seq]:
                assert files.content(view, sent.sha256) is not None
        noted = [entry.details["made"][0]["seq"] for entry in audit.entries(view) if entry.action == "submit"]
        assert noted == sorted(version.seq for version in versions), (
            "no row without its action, no action without a row"
        )
        assert assessments.periods(view)
        noted_last = audit.revision(view)
    checked = audit_chain.verify(OFFICE, reopened)
    assert (checked.wrong, checked.last) == (None, noted_last)
    assert submissions.history(OFFICE, reopened, MARCH)[0].current
    reopened.close()


WRITES_FOR_EVER = r"""
import os
import sys
from threading import Thread
from datetime import timedelta
from beicha.actions import accounts, settings
from beicha.actions.grants import OFFICE, Post
from beicha.store import open_store
from tests.actions.office import NOW
def write(number):
    store = open_store(sys.argv[1])
    for n in range(10**6):
        accounts.add(OFFICE, store, f"w{number}-{n}", "某人", [Post("auditor")], now=NOW)
        settings.set_due_day(OFFICE, store, n % 28 + 1, NOW)
        os.write(1, f"w{number}-{n}\n".encode())  # at once: what threads print is mixed up
for number in range(3):
    Thread(target=write, args=(number,), daemon=True).start()
import time
time.sleep(60)
"""


@pytest.mark.parametrize("acknowledged", [3, 20])
def test_a_kill_in_the_middle_of_several_writers_leaves_no_action_without_a_row_and_no_row_without(
    store, database_url, acknowledged
):
    command = [sys.executable, "-c", WRITES_FOR_EVER, database_url]
    told = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        for line in process.stdout:
            told.append(line.strip())
            if len(told) == acknowledged:
                os.kill(process.pid, signal.SIGKILL)
        process.wait()
    reopened = open_store(database_url)
    with reopened.read() as view:
        rows = audit.entries(view)
        made = {account.login for account in accounts.everyone(view)}
    assert {row.object for row in rows if row.action == "account.add"} == made >= set(told)
    newest = next(row for row in reversed(rows) if row.action == "settings.set")
    assert settings.due_day(OFFICE, reopened) == newest.details["after"]["due_day"]
    checked = audit_chain.verify(OFFICE, reopened)
    assert (checked.wrong, checked.last) == (None, len(rows))
    reopened.close()

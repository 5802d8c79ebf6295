"""A process killed while it stores: everything it had acknowledged is there, whole, and nothing else is half there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from beicha.actions import submissions
from beicha.actions.grants import OFFICE
from beicha.store import assessments, audit, files, open_store
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
        assert noted == sorted(version.seq for version in versions)
        assert assessments.periods(view)
    assert submissions.history(OFFICE, reopened, MARCH)[0].current
    reopened.close()

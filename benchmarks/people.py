"""People at their open pages, over websockets: each changes the month again and again and waits for the page."""

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from benchmarks.overview_time import browser_of

LONGEST = 120.0
"""Seconds after which an answer counts as an error."""
OPENED_WITHIN = 5.0


@dataclass
class Felt:
    """What people felt: the seconds of every change, and how many were not answered rightly."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0

    def at(self, share: float) -> float:
        """The seconds within which so many of hundred were answered."""
        return statistics.quantiles(self.seconds, n=100)[int(share) - 1] if len(self.seconds) > 1 else sum(self.seconds)


async def _changed(line: ClientConnection, query: str) -> bool:
    """One change of the page; whether it was drawn to its end without an error."""
    request = BackMsg()
    request.rerun_script.query_string = query
    await line.send(request.SerializeToString())
    good = True
    while True:
        answer = ForwardMsg.FromString(await asyncio.wait_for(line.recv(decode=False), LONGEST))
        kind = answer.WhichOneof("type")
        if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
            good = False
        if kind == "script_finished":
            return good and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass(frozen=True)
class Habit:
    """What people do: the addresses that they change between, the mean pause after each (0: none), and how long."""

    queries: Sequence[str]
    pause: float
    seconds: float


class Meeting:
    """Where people wait for each other once their page is open, so that opening is not counted as changing."""

    def __init__(self, expected: int) -> None:
        self._expected, self._all_there = expected, asyncio.Event()

    def come(self) -> None:
        """Counts one more, also who could not open the page."""
        self._expected -= 1
        if self._expected == 0:
            self._all_there.set()

    async def begin(self) -> float:
        """The moment at which all are there."""
        await self._all_there.wait()
        return time.monotonic()


async def _person(port: int, token: str, habit: Habit, meeting: Meeting, felt: Felt) -> None:
    """Somebody who opens the page, and then changes it until it is time to go."""
    turn, came = cycle(habit.queries), False
    await asyncio.sleep(random.uniform(0, OPENED_WITHIN))
    try:
        async with connect(**browser_of(port, token), open_timeout=LONGEST, ping_interval=None) as line:
            felt.errors += not await _changed(line, next(turn))
            came = True
            meeting.come()
            until = await meeting.begin() + habit.seconds
            await asyncio.sleep(random.uniform(0, habit.pause))
            while (start := time.monotonic()) < until:
                felt.errors += not await _changed(line, next(turn))
                felt.seconds.append(time.monotonic() - start)
                await asyncio.sleep(random.uniform(0.5 * habit.pause, 1.5 * habit.pause))
    except (OSError, TimeoutError, WebSocketException):
        felt.errors += 1
        if not came:
            meeting.come()


async def _crowd(port: int, tokens: Sequence[str], habit: Habit) -> Felt:
    felt, meeting = Felt(), Meeting(len(tokens))
    await asyncio.gather(*(_person(port, token, habit, meeting, felt) for token in tokens))
    return felt


def crowd(port: int, tokens: Sequence[str], habit: Habit) -> Felt:
    """So many people as there are tokens, until their time is over."""
    return asyncio.run(_crowd(port, tokens, habit))

"""Processes that are kept running: one that ends is started again, and all end together."""

import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

LOOK_SECONDS = 0.5
PAUSE_SECONDS, LONGEST_PAUSE = 1.0, 30.0
"""A process that fell is started again after a pause, which doubles while it falls again and again."""
STEADY_SECONDS = 60.0
STOP_SECONDS = 45.0


@dataclass
class Watched:
    """A process: how it is started, and how it has been doing."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    pause: float = PAUSE_SECONDS
    due: float = 0.0

    def start(self) -> None:
        """Starts it; in a group of its own, so that Ctrl-C at the terminal reaches whoever watches, and only it."""
        self.process = subprocess.Popen(  # noqa: S603 - its own programs with its own arguments
            self.command, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started = time.monotonic()

    @property
    def status(self) -> int | None:
        """The exit status; None while it runs."""
        return self.process.poll() if self.process else None


@dataclass
class Keeper:
    """Keeps processes running until it is told to leave; ``told`` hears of each that fell."""

    watched: Sequence[Watched]
    told: Callable[[str, int, float], None]
    leaving: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Starts all of them."""
        for one in self.watched:
            one.start()

    def keep(self) -> None:
        """Looks after them until it is told to leave."""
        while not self.leaving.wait(LOOK_SECONDS):
            for one in self.watched:
                self._look(one, time.monotonic())

    def _look(self, one: Watched, now: float) -> None:
        if one.process is not None and one.status is not None:
            one.pause = PAUSE_SECONDS if now - one.started > STEADY_SECONDS else one.pause
            one.due = now + one.pause
            self.told(one.name, one.status, one.pause)
            one.process, one.pause = None, min(2 * one.pause, LONGEST_PAUSE)
        elif one.process is None and now >= one.due:
            one.start()

    def stop(self) -> None:
        """Asks all of them to end, the last started first, and waits for that; kills who does not."""
        running = [one.process for one in reversed(self.watched) if one.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

"""One thread that ends whatever takes too long; a thread of its own for each file would take longer than most files."""

import threading
from collections.abc import Callable
from math import inf
from time import monotonic


class Watch:
    """Gives up what is not over in time. Safe to use from several threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._running: dict[object, tuple[float, Callable[[], None]]] = {}
        self._thread: threading.Thread | None = None
        self._next_look = inf

    def begin(self, seconds: float, give_up: Callable[[], None]) -> object:
        """Calls ``give_up`` after so many seconds, unless what this hands out is over before."""
        mark, until = object(), monotonic() + seconds
        with self._changed:
            self._running[mark] = until, give_up
            if self._thread is None or not self._thread.is_alive():
                self._next_look = inf
                self._thread = threading.Thread(target=self._look, name="intake-watch", daemon=True)
                self._thread.start()
            if until < self._next_look:
                self._changed.notify()
        return mark

    def is_late(self, mark: object) -> bool:
        """Ends what was begun; whether it had been given up before."""
        with self._changed:
            return self._running.pop(mark, None) is None

    def _look(self) -> None:
        with self._changed:
            while True:
                now = monotonic()
                for mark, (until, give_up) in [*self._running.items()]:
                    if until <= now:
                        del self._running[mark]
                        give_up()
                self._next_look = min((until for until, _ in self._running.values()), default=inf)
                self._changed.wait(None if self._next_look == inf else max(0.0, self._next_look - monotonic()))

"""A bell that wakes every thread that listens, and that nobody misses who was busy when it rang."""

from threading import Condition


class Bell:
    """Counts its rings: whoever has heard fewer need not wait."""

    def __init__(self) -> None:
        self._rings = 0
        self._rung = Condition()

    @property
    def rings(self) -> int:
        """How often it has rung."""
        return self._rings

    def ring(self) -> None:
        """Wakes all who wait."""
        with self._rung:
            self._rings += 1
            self._rung.notify_all()

    def wait(self, heard: int, seconds: float) -> None:
        """Returns once it has rung more than ``heard`` times, or after so many seconds."""
        with self._rung:
            self._rung.wait_for(lambda: self._rings > heard, seconds)

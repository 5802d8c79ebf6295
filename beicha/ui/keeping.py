"""What was made once and is shared by all readers: a bounded store of values by key, the longest unused going first.

Streamlit's own cache hashes its arguments and looks up signatures at every call, which costs as much as drawing a
table; the keys here are plain values already.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Keeping:
    """Values by key, at most so many. Two readers that ask at once may both make a value; one of the two is kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()
        self._version: Hashable = None

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of the key, made where there is none. Nobody may change it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def renew(self, version: Hashable) -> None:
        """Forgets what was made under any other version, which its key begins with: an erased row stays nowhere."""
        with self._lock:
            if version != self._version:
                self._version = version
                old = [key for key in self._values if isinstance(key, tuple) and key[:1] != (version,)]
                for key in old:
                    del self._values[key]

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._values.clear()

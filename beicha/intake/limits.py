"""What the reading process may take of the machine: one place for what platforms do differently.

Where the ``resource`` module is missing (Windows, where nothing of this has been tried) only the time that the
application waits is limited.
"""

import math
import os
import re
import sys
from pathlib import Path

MEMORY = 1024 * 2**20
"""Of address space, so that a workbook that asks for more ends the process and nothing else."""

CPU_SECONDS = 15
"""For one file; a process whose application is gone ends by this as well."""

_NICENESS = 10
_MOST_HELD = re.compile(rb"VmHWM:\s+(\d+) kB")
_UNCAUGHT = 1
"""The exit status of a Python that an exception ended, such as that memory is out."""


def limit_process() -> None:
    """Bounds this process's memory, lets it leave no dump of it, and puts it behind those that draw pages."""
    if sys.platform != "win32":
        import resource

        _lower(resource.RLIMIT_AS, MEMORY)
        _lower(resource.RLIMIT_CORE, 0)
        os.nice(_NICENESS)


def grant_time(seconds: int = CPU_SECONDS) -> None:
    """From here on this process may compute for so long before the system ends it."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, math.ceil(usage.ru_utime + usage.ru_stime) + seconds)


def memory_held() -> int:
    """The most bytes this process has ever held; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0
    try:
        # What getrusage tells on Linux begins with the memory of the application that started this process.
        held = _MOST_HELD.search(Path("/proc/self/status").read_bytes())
    except OSError:
        held = None
    if held:
        return int(held[1]) * 1024
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def ended_by_time(status: int | None) -> bool:
    """Whether a process with this exit status was ended because it had computed for too long."""
    if sys.platform == "win32":
        return False
    import signal

    return status == -signal.SIGXCPU


def ended_by_itself(status: int | None) -> bool:
    """Whether a process with this exit status ended of what it was doing, and not because another ended it."""
    if sys.platform == "win32":
        return False
    import signal

    return status in (-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, _UNCAUGHT)


def _lower(limit: int, most: int) -> None:
    """Sets the soft limit, which the same process may move again, to ``most`` or to the hard one below it."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

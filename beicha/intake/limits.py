"""What the reading process may take of the machine: one place for what platforms do differently.

Where the ``resource`` module is missing (Windows, where nothing of this has been tried) only the time that the
application waits is limited.
"""

import math
import os
import sys

MEMORY = 1024 * 2**20
"""Of address space, so that a workbook that asks for more ends the process and nothing else."""

CPU_SECONDS = 15
"""For one file; a process whose application is gone ends by this as well."""

_NICENESS = 10


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
    import resource

    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held if sys.platform == "darwin" else held * 1024


def ended_by_time(status: int | None) -> bool:
    """Whether a process with this exit status was ended because it had computed for too long."""
    if sys.platform == "win32":
        return False
    import signal

    return status == -signal.SIGXCPU


def _lower(limit: int, most: int) -> None:
    """Sets the soft limit, which the same process may move again, to ``most`` or to the hard one below it."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

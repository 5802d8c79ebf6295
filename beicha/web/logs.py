"""The log of the service, on its standard error: for a person to read, or a line of JSON for each entry.

``BEICHA_LOG=json`` asks for the latter. It tells of a fault its kind and where it came from, and leaves out the words
of the exception: those may hold what stands in somebody's workbook.
"""

import json
import logging
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from beicha.web.metrics import Ear

VARIABLE = "BEICHA_LOG"
_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class JsonLines(logging.Formatter):
    """An entry as one line: at, level, logger, message, and of an exception its kind and the way to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        said: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "process": record.process,
            "message": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            said["error"] = record.exc_info[0].__qualname__
            said["trace"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(said, ensure_ascii=False)


def start() -> None:
    """Sets the log up; what was set up before, as by whoever embeds the service, stays as it is."""
    root = logging.getLogger()
    if any(isinstance(handler, Ear) for handler in root.handlers):
        return
    root.addHandler(Ear())
    if all(isinstance(handler, Ear) for handler in root.handlers):
        written = logging.StreamHandler(sys.stderr)
        written.setLevel(logging.WARNING)
        written.setFormatter(JsonLines() if os.environ.get(VARIABLE) == "json" else logging.Formatter(_TEXT))
        root.addHandler(written)

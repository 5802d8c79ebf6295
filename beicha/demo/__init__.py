"""The demo district (演示区): an invented office whose workbooks go through the front door.

Everything is made from a fixed seed and without a clock: ``district`` says who there is, ``characters`` how
each community works, ``life`` what they did in a month, ``workbooks`` what their clerks send, ``loading`` sends it.
"""

from beicha.demo.loading import Loaded, RealDataError, load

__all__ = ["Loaded", "RealDataError", "load"]

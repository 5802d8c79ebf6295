"""Browsers in words: what a person recognises their own sign-in by, from what a browser says of itself."""

from beicha.words.language import Language, later, say

_BROWSERS = (
    ("MicroMessenger", later("WeChat")),
    ("DingTalk", later("DingTalk")),
    ("QQBrowser", later("QQ browser")),
    ("360SE", later("360 browser")),
    ("360EE", later("360 browser")),
    ("QIHU", later("360 browser")),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chromium/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("Trident/", "Internet Explorer"),
    ("MSIE", "Internet Explorer"),
)
"""The first mark that is found names it: most also call themselves what they are like."""
_SYSTEMS = (
    ("HarmonyOS", later("HarmonyOS")),
    ("OpenHarmony", later("HarmonyOS")),
    ("Android", later("Android")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def browser_in_words(agent: str, language: Language) -> str:
    """Such as Chrome · Windows; "unknown browser" where it says nothing that is known."""
    found = [_first(agent, marks, language) for marks in (_BROWSERS, _SYSTEMS)]
    return " · ".join(part for part in found if part) or say(language, later("unknown browser"))


def _first(agent: str, marks: tuple[tuple[str, str], ...], language: Language) -> str:
    return next((say(language, name) for mark, name in marks if mark in agent), "")

"""Browsers are named as people know them, whatever else they call themselves."""

import pytest

from beicha.words.browsers import browser_in_words

LIKE_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (LIKE_CHROME, "Chrome · Windows"),
        (f"{LIKE_CHROME} Edg/120.0", "Edge · Windows"),
        (f"{LIKE_CHROME} QIHU 360SE", "360 浏览器 · Windows"),
        ("Mozilla/5.0 (Linux; Android 10) Chrome/86.0 Mobile Safari/537.36 MicroMessenger/8.0", "微信 · 安卓"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox · Linux"),
        ("Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)", "Internet Explorer · Windows"),
        ("curl/8.0", "不知名的浏览器"),
        ("", "不知名的浏览器"),
    ],
)
def test_a_browser_in_words(agent, said):
    assert browser_in_words(agent, "zh_CN") == said

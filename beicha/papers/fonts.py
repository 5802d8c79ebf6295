"""A font with Chinese letters on this machine, for pictures that are drawn without a browser."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/msyh.ttc",
    "C:/Windows/Fonts/simhei.ttf",
    "/System/Library/Fonts/PingFang.ttc",
)
SIMPLIFIED = 2
"""The face for simplified Chinese in Noto's collection; the others hold one that fits."""


class NoFontError(LookupError):
    """No font with Chinese letters is installed here."""


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    """The font in a size of pixels; raises NoFontError."""
    for place in PLACES:
        if Path(place).is_file():
            return ImageFont.truetype(place, size, index=SIMPLIFIED if "NotoSansCJK" in place else 0)
    raise NoFontError

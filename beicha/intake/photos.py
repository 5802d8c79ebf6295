"""Photos that people send as evidence: looked at by content, made smaller, and written anew without what a camera adds.

A camera writes place, time and its own number into a photo. Only the picture is kept: what is sent is decoded and
encoded again, so nothing else in the file, harmless or not, outlives it.
"""

import struct
import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 85

_BROKEN = (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, TypeError)
"""What Pillow raises for files that are broken somewhere; ``struct.error`` comes from broken camera data."""

Fault = Literal["large", "no_photo", "pixels"]


class PhotoError(ValueError):
    """The file cannot be taken as a photo: too many bytes, none that is known, or too many pixels."""

    def __init__(self, kind: Fault) -> None:
        super().__init__(kind)
        self.kind: Fault = kind


@dataclass(frozen=True)
class Photo:
    """A photo as it is kept: the bytes of a JPEG, and its size in pixels."""

    content: bytes
    width: int
    height: int


def read_photo(content: bytes) -> Photo:
    """The picture of a file, upright, at most 1600 pixels long; raises PhotoError."""
    if len(content) > MOST_BYTES:
        raise PhotoError("large")
    try:
        with warnings.catch_warnings():  # broken camera data are warned of, and dropped with the rest
            warnings.simplefilter("ignore")
            return _read(content)
    except PhotoError:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoError("pixels") from error
    except (*_BROKEN, struct.error) as error:
        raise PhotoError("no_photo") from error


def _read(content: bytes) -> Photo:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoError("pixels")
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = _upright(opened)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _written(_on_white(upright))


def _upright(picture: Image.Image) -> Image.Image:
    """The picture as the camera was held; as it lies in the file where the camera's data are broken."""
    try:
        return ImageOps.exif_transpose(picture)
    except (*_BROKEN, struct.error):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency."""
    if picture.mode in ("RGB", "L"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGB", layered.size, "white")
    ground.paste(layered, mask=layered.getchannel("A"))
    return ground


def _written(picture: Image.Image) -> Photo:
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    content = BytesIO()
    plain.save(content, "JPEG", quality=QUALITY)
    return Photo(content.getvalue(), *plain.size)

"""A typeface for drawn pages: one that Debian or macOS has, or none."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

FACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
)
MAX_SIZE = 400


@lru_cache(maxsize=64)
def face(size_px: int) -> ImageFont.FreeTypeFont | None:
    """A typeface with Chinese letters, ``size_px`` high; None on a machine without one."""
    for path in FACES:
        if Path(path).is_file():
            return ImageFont.truetype(path, max(1, min(MAX_SIZE, size_px)))
    return None


def write(
    draw: ImageDraw.ImageDraw,
    text: str,
    x: float,
    top: float,
    size_px: float,
    ink: tuple[int, int, int] = (0, 0, 0),
) -> None:
    """Letters with their box's top left at (x, top); grey patches where there is no typeface."""
    chosen = face(round(size_px))
    if chosen is None:
        wide = sum(1.0 if ord(c) > 0x2E7F else 0.5 for c in text) * size_px
        draw.rectangle((x, top + 0.2 * size_px, x + wide, top + 0.85 * size_px), fill=(205,) * 3)
        return
    draw.text((x, top + 0.88 * size_px), text, fill=ink, font=chosen, anchor="ls")

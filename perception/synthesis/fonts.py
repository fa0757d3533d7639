"""Debian's Chinese fonts by the role that they play on a paper or a sign."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from perception.synthesis.errors import FontMissing

_ROOT = Path("/usr/share/fonts")


class Face(StrEnum):
    """A role that a typeface plays."""

    SONG = "song"
    SONG_BOLD = "song_bold"
    HEI = "hei"
    HEI_BOLD = "hei_bold"
    KAI = "kai"
    MING = "ming"
    ZEN = "zen"


_FILES: dict[Face, tuple[str, int, str]] = {
    Face.SONG: ("opentype/noto/NotoSerifCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    Face.SONG_BOLD: ("opentype/noto/NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    Face.HEI: ("opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk"),
    Face.HEI_BOLD: ("opentype/noto/NotoSansCJK-Bold.ttc", 2, "fonts-noto-cjk"),
    Face.KAI: ("truetype/arphic/ukai.ttc", 0, "fonts-arphic-ukai"),
    Face.MING: ("truetype/arphic/uming.ttc", 0, "fonts-arphic-uming"),
    Face.ZEN: ("truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei"),
}


@lru_cache(maxsize=256)
def font(face: Face, size_px: int) -> ImageFont.FreeTypeFont:
    """The typeface at that size.

    Args:
        face: The role.
        size_px: Height of the em square in pixels, at least 1.

    Raises:
        FontMissing: The font's Debian package is not installed.
    """
    file, index, package = _FILES[face]
    path = _ROOT / file
    if not path.is_file():
        raise FontMissing(f"{face} needs the Debian package {package}")
    return ImageFont.truetype(str(path), max(1, size_px), index=index)


def missing_packages() -> list[str]:
    """The Debian packages of fonts that are not installed, sorted; empty when all are there."""
    return sorted({package for file, _, package in _FILES.values() if not (_ROOT / file).is_file()})

"""Pictures of every mode, depth and turn that phones, scanners and chats make; all generated."""

from __future__ import annotations

import io

import numpy as np
import pillow_heif
from PIL import Image

MARKED = (300, 200)
"""Width and height of the marked picture, upright."""


def marked() -> Image.Image:
    """White with a black patch at its top left, a red one at its bottom right."""
    image = Image.new("RGB", MARKED, "white")
    image.paste("black", (0, 0, 90, 60))
    image.paste("red", (240, 160, 300, 200))
    return image


TURNS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""By EXIF orientation, how a sensor holds what is to be shown upright."""


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file."""
    pillow_heif.register_heif_opener()
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def turned(orientation: int, kind: str) -> bytes:
    """The marked picture as a camera saves it that was held so."""
    turn = TURNS[orientation]
    image = marked() if turn is None else marked().transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(image, kind, exif=exif.tobytes())


def deep() -> bytes:
    """The marked picture in 16 bits of grey."""
    grey = np.asarray(marked().convert("L"), dtype=np.uint16)
    return saved(Image.fromarray(grey * 257), "PNG")


def modes() -> dict[str, bytes]:
    """The marked picture in every mode."""
    image = marked()
    alpha = image.convert("RGBA")
    return {
        "grey": saved(image.convert("L"), "PNG"),
        "grey jpeg": saved(image.convert("L"), "JPEG"),
        "bilevel": saved(image.convert("1"), "PNG"),
        "palette": saved(image.convert("P", palette=Image.Palette.ADAPTIVE), "PNG"),
        "alpha": saved(alpha, "PNG"),
        "grey alpha": saved(image.convert("LA"), "PNG"),
        "webp alpha": saved(alpha, "WEBP", lossless=True),
        "cmyk": saved(image.convert("CMYK"), "JPEG", quality=95),
        "16 bit": deep(),
        "heic": saved(image, "HEIF"),
    }


def animated(kind: str) -> bytes:
    """A picture that moves: the marked one first, then black."""
    others = [Image.new("RGB", MARKED, "black") for _ in range(3)]
    return saved(marked(), kind, save_all=True, append_images=others, duration=100, loop=0)


def varied() -> list[bytes]:
    """One small file of each sort."""
    moving = [animated("WEBP"), animated("PNG")]
    return [*modes().values(), *moving, turned(6, "JPEG"), turned(7, "PNG"), turned(5, "WEBP")]

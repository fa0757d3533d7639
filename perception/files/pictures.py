"""A photo, scan or screenshot as RGB: upright by its camera, no larger than it is looked at."""

from __future__ import annotations

import io
import math
import struct
import warnings

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from perception.errors import BrokenFile, PictureTooLarge
from perception.files.sniff import bounded

MAX_SIDE = 3_000
"""Larger pictures are reduced to this before anything else."""
LONG = 3.0
"""So many times as long as wide, a picture is a long screenshot: its width decides how far it is
reduced, for it is read in strips (see ``page.strips``)."""
LONG_SIDE, LONG_WIDTH = 30_000, 1_440
"""A long screenshot is reduced to these; phones' are 720 to 1,440 pixels wide."""
MIN_SIDE = 32
SLENDER = 40
"""Longer than so many times their width, pictures are padded: no paper and no screenshot is."""
DIRECT_MODES = {"L", "RGB", "RGBA"}
"""What is reduced as it is; anything else is turned into one of these first."""
HEIC = "image/heic"
UNDECODABLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    struct.error,
)
"""What decoders raise on bytes that are not what they claim."""


def picture(content: bytes, mime: str) -> tuple[NDArray[np.uint8], float]:
    """The picture, uint8 (height, width, 3), and the original's pixels for one of its own.

    Of an animated picture, the first.

    Raises:
        BrokenFile: It cannot be decoded.
        PictureTooLarge: Over 120 megapixels.
    """
    if mime == HEIC:
        from pillow_heif import register_heif_opener

        register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content))
            width, height = image.size
            bounded(width, height)
            wanted = _wanted(width, height)
            if image.format in ("JPEG", "MPO"):
                image.draft("RGB", wanted)
            upright = _on_white(ImageOps.exif_transpose(_reduced(image, wanted)))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(str(error)) from error
    except (UnidentifiedImageError, *UNDECODABLE) as error:
        raise BrokenFile(f"{mime}: {error}") from error
    scale = max(width, height) / max(upright.size)
    return padded(np.array(upright, dtype=np.uint8)), scale


def padded(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture with white to its right or beneath: 32 pixels at least, 40 times as long at most.

    Every place in it stays where it was.
    """
    height, width = image.shape[:2]
    down = max(0, MIN_SIDE - height, math.ceil(width / SLENDER) - height)
    right = max(0, MIN_SIDE - width, math.ceil(height / SLENDER) - width)
    if not down and not right:
        return image
    return np.pad(image, ((0, down), (0, right), (0, 0)), constant_values=255)


def _wanted(width: int, height: int) -> tuple[int, int]:
    """The size, in pixels, that a picture is reduced to where it is larger."""
    short, long = sorted((width, height))
    if long <= LONG * short:
        most = MAX_SIDE / long
    else:
        most = max(MAX_SIDE / long, min(LONG_WIDTH / short, LONG_SIDE / long))
    factor = min(1.0, most)
    return max(1, math.ceil(width * factor)), max(1, math.ceil(height * factor))


def _reduced(image: Image.Image, wanted: tuple[int, int]) -> Image.Image:
    """The picture no larger than it is looked at, before any copy of it is made."""
    image.load()
    if image.mode.startswith("I"):
        image = _eight_bits(image)
    if image.mode not in DIRECT_MODES:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail(wanted)
    return image


def _eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits in 8; Pillow itself would cut off what is over 255."""
    exif = image.getexif()
    deep = np.asarray(image)
    grey = Image.fromarray((np.clip(deep, 0, 65_535) >> 8).astype(np.uint8))
    grey.info["exif"] = exif.tobytes()
    return grey


def _on_white(image: Image.Image) -> Image.Image:
    """RGB, with what is transparent made white, as it would be printed."""
    if image.has_transparency_data:
        layered = image.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        return Image.alpha_composite(white, layered).convert("RGB")
    return image.convert("RGB")

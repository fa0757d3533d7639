"""A page as it was looked at: upright, in the frame in which its boxes lie."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from perception.errors import BrokenFile
from perception.files.decode import decode
from perception.inspection import Box

MAX_SIDE = 2_000
"""Enough to read small print on a screen."""
LONG, MAX_WIDTH, LONGEST = 3.0, 800, 20_000
"""So many times as long as wide, a picture is a long screenshot: shown this wide, this long."""
COARSE_SIDE = 128
"""A masked picture: the layout of a page and what a photo shows, but no line of its print."""
QUALITY = 85


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A JPEG without metadata; ``width`` and ``height`` are the frame of the page's boxes."""

    jpeg: bytes
    width: int
    height: int


def page_picture(
    content: bytes,
    page: int = 0,
    *,
    turned: int = 0,
    masked: bool = False,
    hide: Iterable[Box] = (),
) -> PagePicture:
    """One page of a file, put upright as the inspection did.

    Args:
        content: The file.
        page: Which page, from 0.
        turned: Quarter turns to the left that the inspection found.
        masked: Only so fine that nobody can read it.
        hide: Boxes in the page's frame that a masked picture shows as flat patches.

    Raises:
        PerceptionError: The file cannot be decoded, is out of bounds, or has no such page.
    """
    pages, _ = decode(content, only=page)
    if not 0 <= page < len(pages) or not pages[page].opened:
        raise BrokenFile(f"no page {page}")
    upright = np.rot90(pages[page].image_rgb, turned % 4)
    scale = pages[page].scale
    height, width = upright.shape[:2]
    image = Image.fromarray(np.ascontiguousarray(upright))
    image = _masked(image, hide, scale) if masked else image
    image.thumbnail(_shown(image.width, image.height))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY)
    return PagePicture(out.getvalue(), round(width * scale), round(height * scale))


def _shown(width: int, height: int) -> tuple[int, int]:
    """The most that a picture is shown at: of a long screenshot the width must stay legible."""
    short, long = sorted((width, height))
    most = MAX_SIDE if long <= LONG * short else min(LONGEST, round(MAX_WIDTH * long / short))
    return (most, most)


def _masked(image: Image.Image, hide: Iterable[Box], scale: float) -> Image.Image:
    draw = ImageDraw.Draw(image)
    for box in hide:
        x0, y0, x1, y1 = (round(v / scale) for v in box)
        x0, y0 = max(0, x0), max(0, y0)
        x1, y1 = min(image.width, x1), min(image.height, y1)
        if x0 < x1 and y0 < y1:
            patch = image.crop((x0, y0, x1, y1)).resize((1, 1), Image.Resampling.BOX)
            draw.rectangle((x0, y0, x1, y1), fill=patch.getpixel((0, 0)))
    image.thumbnail((COARSE_SIDE, COARSE_SIDE), Image.Resampling.BOX)
    return image

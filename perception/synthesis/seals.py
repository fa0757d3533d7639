"""Seals in red ink, and QR codes: marks that papers bear."""

from __future__ import annotations

import math

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.textures import fbm

_INK = (206, 36, 40)


def _arc_text(
    seal: Image.Image,
    words: str,
    radii: tuple[float, float],
    face: Face,
    size_px: int,
    sweep_deg: float,
    *,
    inwards: bool = False,
) -> None:
    """Sets words along an ellipse about the middle, from left to right over its top."""
    middle = (seal.width / 2, seal.height / 2)
    for place, letter in enumerate(words):
        share = place / max(len(words) - 1, 1) - 0.5
        angle = math.radians(share * sweep_deg)
        flip = -1 if inwards else 1
        x = middle[0] + radii[0] * math.sin(angle)
        y = middle[1] - flip * radii[1] * math.cos(angle)
        cell = Image.new("L", (size_px * 2, size_px * 2), 0)
        ImageDraw.Draw(cell).text((size_px, size_px), letter, 255, font(face, size_px), anchor="mm")
        slope = math.degrees(math.atan2(radii[1] * math.sin(angle), radii[0] * math.cos(angle)))
        turned = cell.rotate(-flip * slope, Image.Resampling.BICUBIC)
        seal.paste(
            Image.new("RGBA", cell.size, (*_INK, 255)),
            (round(x - size_px), round(y - size_px)),
            turned,
        )


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, r: float) -> None:
    points = []
    for k in range(10):
        reach = r if k % 2 == 0 else r * 0.382
        angle = math.pi * k / 5
        points.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    draw.polygon(points, fill=(*_INK, 255))


def _inked(seal: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Uneven pressure: thin and missing ink, a slight turn."""
    pixels = np.array(seal)
    high, wide = pixels.shape[:2]
    side = max(high, wide)
    press = fbm(side, side, rng, 6, 3)[:high, :wide]
    grain = cv2.GaussianBlur(rng.random((high, wide), np.float32), (0, 0), 1.0)
    cover = np.clip(0.62 + 0.5 * press, 0, 1) * np.clip((grain - 0.28) * 6, 0.25, 1)
    pixels[..., 3] = (pixels[..., 3] * np.clip(cover, 0, 0.92)).astype(np.uint8)
    angle = float(rng.normal(0, 5))
    return Image.fromarray(pixels).rotate(angle, Image.Resampling.BICUBIC, expand=True)


def round_seal(
    words: str, size_px: int, rng: np.random.Generator, *, below: str = ""
) -> Image.Image:
    """A round seal with a star, RGBA; ``words`` run over the top, ``below`` along the bottom."""
    seal = Image.new("RGBA", (size_px, size_px), (*_INK, 0))
    draw = ImageDraw.Draw(seal)
    draw.ellipse(
        (3, 3, size_px - 4, size_px - 4), outline=(*_INK, 255), width=max(3, size_px // 40)
    )
    _star(draw, size_px / 2, size_px / 2, size_px * 0.15)
    type_size = int(min(size_px * 0.135, size_px * 2.1 / max(len(words), 1)))
    _arc_text(
        seal, words, (size_px * 0.385,) * 2, Face.SONG_BOLD, type_size, min(250, 21 * len(words))
    )
    if below:
        small = int(size_px * 0.075)
        _arc_text(
            seal,
            below,
            (size_px * 0.41,) * 2,
            Face.HEI,
            small,
            min(110, 9 * len(below)),
            inwards=True,
        )
    return _inked(seal, rng)


def oval_seal(
    words: str, number: str, below: str, width_px: int, rng: np.random.Generator
) -> Image.Image:
    """An invoice seal: an oval with the firm above, its tax number across, a word below; RGBA."""
    high = int(width_px * 0.75)
    seal = Image.new("RGBA", (width_px, high), (*_INK, 0))
    draw = ImageDraw.Draw(seal)
    draw.ellipse((3, 3, width_px - 4, high - 4), outline=(*_INK, 255), width=max(3, width_px // 50))
    size = int(min(width_px * 0.1, width_px * 1.5 / max(len(words), 1)))
    _arc_text(
        seal, words, (width_px * 0.41, high * 0.39), Face.SONG_BOLD, size, min(230, 17 * len(words))
    )
    draw.text(
        (width_px / 2, high * 0.52),
        number,
        _INK,
        font(Face.HEI, int(width_px * 0.062)),
        anchor="mm",
    )
    draw.text(
        (width_px / 2, high * 0.74),
        below,
        _INK,
        font(Face.SONG_BOLD, int(width_px * 0.085)),
        anchor="mm",
    )
    return _inked(seal, rng)


def qr_code(content: str, size_px: int) -> NDArray[np.uint8]:
    """A QR code with its quiet zone, grey, square."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
    modules = np.array(code.to_image())
    return np.asarray(
        cv2.resize(modules, (size_px, size_px), interpolation=cv2.INTER_NEAREST), np.uint8
    )

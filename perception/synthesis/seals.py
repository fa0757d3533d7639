"""Seals in red ink, and QR codes: marks that papers bear."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.textures import fbm

Rgb = tuple[int, int, int]
_INKS: tuple[Rgb, ...] = ((206, 36, 40), (222, 30, 34), (190, 34, 52), (230, 62, 54), (176, 30, 36))


@dataclass(frozen=True, slots=True)
class Cut:
    """How a seal's letters are cut.

    Attributes:
        face: Their typeface.
        ink: Colour of the ink.
        narrow: Their width as a share of the typeface's; real seals have tall, narrow ones.
    """

    face: Face = Face.SONG_BOLD
    ink: Rgb = _INKS[0]
    narrow: float = 0.8


def any_cut(rng: np.random.Generator, face: Face = Face.SONG_BOLD) -> Cut:
    """A cut by chance, but for its typeface."""
    return Cut(face, _INKS[rng.integers(len(_INKS))], float(rng.uniform(0.68, 0.95)))


def _arc_text(
    seal: Image.Image,
    words: str,
    radii: tuple[float, float],
    cut: Cut,
    size_px: int,
    sweep_deg: float,
    *,
    inwards: bool = False,
) -> None:
    """Sets words along an ellipse about the middle, from left to right over its top."""
    middle = (seal.width / 2, seal.height / 2)
    flip = -1 if inwards else 1
    for place, letter in enumerate(words):
        share = place / max(len(words) - 1, 1) - 0.5
        angle = math.radians(share * sweep_deg)
        x = middle[0] + radii[0] * math.sin(angle)
        y = middle[1] - flip * radii[1] * math.cos(angle)
        slope = math.degrees(math.atan2(radii[1] * math.sin(angle), radii[0] * math.cos(angle)))
        turned = _letter(letter, size_px, cut).rotate(-flip * slope, Image.Resampling.BICUBIC)
        at = (round(x - size_px), round(y - size_px))
        seal.paste(Image.new("RGBA", turned.size, (*cut.ink, 255)), at, turned)


def _letter(letter: str, size_px: int, cut: Cut) -> Image.Image:
    """A letter's cover in the middle of a square of twice its size."""
    side = size_px * 2
    cell = Image.new("L", (side, side), 0)
    ImageDraw.Draw(cell).text(
        (size_px, size_px), letter, 255, font(cut.face, size_px), "mm", stroke_width=size_px // 45
    )
    wide = max(2, round(side * cut.narrow))
    out = Image.new("L", (side, side), 0)
    out.paste(cell.resize((wide, side), Image.Resampling.BICUBIC), ((side - wide) // 2, 0))
    return out


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, ink: Rgb) -> None:
    points = []
    for k in range(10):
        reach = r if k % 2 == 0 else r * 0.382
        angle = math.pi * k / 5
        points.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    draw.polygon(points, fill=(*ink, 255))


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
    words: str,
    size_px: int,
    rng: np.random.Generator,
    *,
    below: str = "",
    face: Face = Face.SONG_BOLD,
) -> Image.Image:
    """A round seal with a star, RGBA; ``words`` run over the top, ``below`` under the star."""
    cut = any_cut(rng, face)
    seal = Image.new("RGBA", (size_px, size_px), (*cut.ink, 0))
    draw = ImageDraw.Draw(seal)
    rim = (3, 3, size_px - 4, size_px - 4)
    draw.ellipse(
        rim, outline=(*cut.ink, 255), width=max(3, round(size_px * rng.uniform(0.02, 0.034)))
    )
    _star(draw, size_px / 2, size_px / 2, size_px * float(rng.uniform(0.13, 0.165)), cut.ink)
    size = int(min(size_px * 0.15, size_px * 2.3 / max(len(words), 1) / max(cut.narrow, 0.75)))
    _arc_text(
        seal, words, (size_px * 0.38,) * 2, cut, size, min(232 if below else 262, 22 * len(words))
    )
    if below:
        small = font(cut.face, int(size_px * 0.085))
        draw.text((size_px / 2, size_px * 0.77), below, (*cut.ink, 255), small, "mm")
    return _inked(seal, rng)


def oval_seal(
    words: str,
    number: str,
    below: str,
    width_px: int,
    rng: np.random.Generator,
    *,
    face: Face = Face.SONG_BOLD,
) -> Image.Image:
    """An invoice seal: an oval with the firm above, its tax number across, a word below; RGBA."""
    cut = any_cut(rng, face)
    high = int(width_px * 0.75)
    seal = Image.new("RGBA", (width_px, high), (*cut.ink, 0))
    draw = ImageDraw.Draw(seal)
    rim = (3, 3, width_px - 4, high - 4)
    draw.ellipse(rim, outline=(*cut.ink, 255), width=max(3, width_px // 50))
    size = int(min(width_px * 0.105, width_px * 1.7 / max(len(words), 1)))
    _arc_text(seal, words, (width_px * 0.41, high * 0.38), cut, size, min(236, 17 * len(words)))
    for text, y, kind in (
        (number, 0.52, font(Face.HEI, int(width_px * 0.062))),
        (below, 0.74, font(cut.face, int(width_px * 0.085))),
    ):
        draw.text((width_px / 2, high * y), text, (*cut.ink, 255), kind, "mm")
    return _inked(seal, rng)


def qr_code(content: str, size_px: int) -> NDArray[np.uint8]:
    """A QR code with its quiet zone, grey, square."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
    modules = np.array(code.to_image())
    return np.asarray(
        cv2.resize(modules, (size_px, size_px), interpolation=cv2.INTER_NEAREST), np.uint8
    )

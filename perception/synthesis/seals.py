"""Seals in ink, and QR codes: marks that papers bear."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.textures import Rgb, fbm

RED: Rgb = (206, 36, 40)
INKS: tuple[Rgb, ...] = (RED, (222, 30, 34), (190, 34, 52), (230, 62, 54), (176, 30, 36))


@dataclass(frozen=True, slots=True)
class Cut:
    """How a seal is cut and pressed.

    Attributes:
        ink: Colour of the ink.
        face: Typeface of the words along the rim.
        tall: Height of the rim's letters over their width, 1 to 2: long names are cut narrow.
        star: Whether a round seal has a star in its middle.
        inner: Whether a second, thin line follows the rim.
        turn_deg: Spread of the angle at which it is pressed.
        wear: How much ink is missing: 0 none, 1 as usual, 2 much.
    """

    ink: Rgb = RED
    face: Face = Face.SONG_BOLD
    tall: float = 1.0
    star: bool = True
    inner: bool = False
    turn_deg: float = 5.0
    wear: float = 1.0


def any_cut(rng: np.random.Generator, face: Face) -> Cut:
    """A cut by chance, but for its typeface."""
    return Cut(INKS[rng.integers(len(INKS))], face, tall=float(rng.uniform(1.05, 1.45)))


def _letter(words: str, face: Face, size_px: int, tall: float) -> Image.Image:
    """A letter's ink (L), its middle in the middle, ``tall`` times as high as it is wide."""
    cell = Image.new("L", (size_px * 2, size_px * 2), 0)
    ImageDraw.Draw(cell).text((size_px, size_px), words, 255, font(face, size_px), anchor="mm")
    if tall == 1.0:
        return cell
    stretched = cell.resize((cell.width, round(cell.height * tall)), Image.Resampling.BICUBIC)
    square = Image.new("L", (stretched.height, stretched.height), 0)
    square.paste(stretched, ((square.width - stretched.width) // 2, 0))
    return square


def _arc_text(
    seal: Image.Image,
    words: str,
    radii: tuple[float, float],
    size_px: int,
    sweep_deg: float,
    cut: Cut,
    *,
    inwards: bool = False,
) -> None:
    """Sets words along an ellipse about the middle, from left to right over its top."""
    middle = (seal.width / 2, seal.height / 2)
    for place, sign in enumerate(words):
        share = place / max(len(words) - 1, 1) - 0.5
        angle = math.radians(share * sweep_deg)
        flip = -1 if inwards else 1
        x = middle[0] + radii[0] * math.sin(angle)
        y = middle[1] - flip * radii[1] * math.cos(angle)
        cell = _letter(sign, cut.face, size_px, cut.tall)
        slope = math.degrees(math.atan2(radii[1] * math.sin(angle), radii[0] * math.cos(angle)))
        turned = cell.rotate(-flip * slope, Image.Resampling.BICUBIC)
        seal.paste(
            Image.new("RGBA", cell.size, (*cut.ink, 255)),
            (round(x - cell.width / 2), round(y - cell.height / 2)),
            turned,
        )


def _star(draw: ImageDraw.ImageDraw, x: float, y: float, r: float, ink: Rgb) -> None:
    points = []
    for k in range(10):
        reach = r if k % 2 == 0 else r * 0.382
        angle = math.pi * k / 5
        points.append((x + reach * math.sin(angle), y - reach * math.cos(angle)))
    draw.polygon(points, fill=(*ink, 255))


def _inked(seal: Image.Image, rng: np.random.Generator, cut: Cut) -> Image.Image:
    """Uneven pressure: thin and missing ink, a slight turn."""
    pixels = np.array(seal)
    high, wide = pixels.shape[:2]
    side = max(high, wide)
    press = fbm(side, side, rng, 6, 3)[:high, :wide]
    grain = cv2.GaussianBlur(rng.random((high, wide), np.float32), (0, 0), 1.0)
    cover = np.clip(0.62 + 0.5 * press, 0, 1) * np.clip((grain - 0.28) * 6, 0.25, 1)
    cover = 1 - (1 - cover) * cut.wear
    pixels[..., 3] = (pixels[..., 3] * np.clip(cover, 0, 0.92)).astype(np.uint8)
    angle = float(rng.normal(0, cut.turn_deg))
    return Image.fromarray(pixels).rotate(angle, Image.Resampling.BICUBIC, expand=True)


def round_seal(
    words: str,
    size_px: int,
    rng: np.random.Generator,
    *,
    below: str = "",
    across: str = "",
    cut: Cut | None = None,
) -> Image.Image:
    """A round seal, RGBA.

    Args:
        words: Run over the top along the rim.
        size_px: Its diameter.
        rng: Source of chance.
        below: A number along the bottom of the rim.
        across: Words on a straight line beneath the middle, such as 合同专用章.
        cut: How it is cut and pressed.
    """
    how = cut or Cut()
    seal = Image.new("RGBA", (size_px, size_px), (*how.ink, 0))
    draw = ImageDraw.Draw(seal)
    outline = (*how.ink, 255)
    draw.ellipse((3, 3, size_px - 4, size_px - 4), outline=outline, width=max(3, size_px // 40))
    if how.inner:
        edge = size_px * 0.035 + 4
        box = (edge, edge, size_px - edge - 1, size_px - edge - 1)
        draw.ellipse(box, outline=outline, width=max(1, size_px // 130))
    if how.star:
        _star(draw, size_px / 2, size_px / 2, size_px * 0.15, how.ink)
    type_size = int(min(size_px * 0.135 / how.tall, size_px * 2.1 / max(len(words), 1)))
    reach = size_px * (0.385 if how.tall == 1.0 else 0.465 - 0.5 * type_size * how.tall / size_px)
    sweep = min(215 if below else 250, 21 * len(words))
    _arc_text(seal, words, (reach,) * 2, type_size, sweep, how)
    if across:
        small = int(min(size_px * 0.1, size_px * 0.56 / len(across)))
        place = (size_px / 2, size_px * (0.73 if how.star else 0.5))
        draw.text(place, across, how.ink, font(how.face, small), anchor="mm")
    if below:
        number = Cut(ink=how.ink, face=Face.HEI)
        radii, small_sweep = (size_px * 0.42,) * 2, min(88.0, 6.6 * len(below))
        _arc_text(seal, below, radii, int(size_px * 0.06), small_sweep, number, inwards=True)
    return _inked(seal, rng, how)


def oval_seal(
    words: str,
    number: str,
    below: str,
    width_px: int,
    rng: np.random.Generator,
    *,
    cut: Cut | None = None,
) -> Image.Image:
    """An invoice seal: an oval with the firm above, its tax number across, a word below; RGBA."""
    how = cut or Cut()
    high = int(width_px * 0.75)
    seal = Image.new("RGBA", (width_px, high), (*how.ink, 0))
    draw = ImageDraw.Draw(seal)
    line = max(3, width_px // 50)
    draw.ellipse((3, 3, width_px - 4, high - 4), outline=(*how.ink, 255), width=line)
    size = int(min(width_px * 0.1 / how.tall, width_px * 1.5 / max(len(words), 1)))
    sweep = min(230, 17 * len(words))
    deep = 0.0 if how.tall == 1.0 else 0.5 * (how.tall - 1) * size
    _arc_text(seal, words, (width_px * 0.41 - deep, high * 0.39 - deep), size, sweep, how)
    small = font(Face.HEI, int(width_px * 0.062))
    draw.text((width_px / 2, high * 0.52), number, how.ink, small, anchor="mm")
    large = font(how.face, int(width_px * 0.085))
    draw.text((width_px / 2, high * 0.74), below, how.ink, large, anchor="mm")
    return _inked(seal, rng, how)


def name_seal(
    words: str, size_px: int, rng: np.random.Generator, *, cut: Cut | None = None
) -> Image.Image:
    """A person's square seal, RGBA: two columns read from the right, raised or carved by chance."""
    how = cut or Cut()
    seal = Image.new("L", (size_px, size_px), 0)
    draw = ImageDraw.Draw(seal)
    carved = bool(rng.random() < 0.35)
    edge = max(2, size_px // 22)
    draw.rectangle((1, 1, size_px - 2, size_px - 2), outline=255, width=edge)
    if carved:
        draw.rectangle((1, 1, size_px - 2, size_px - 2), fill=255)
    four = (words + "之印")[:4] if len(words) < 4 else words[:4]
    if len(words) == 3:
        four = words + "印"
    type_size = int(size_px * 0.44)
    places = ((0.72, 0.29), (0.72, 0.71), (0.28, 0.29), (0.28, 0.71))
    for sign, (x, y) in zip(four, places, strict=True):
        place = (x * size_px, y * size_px)
        draw.text(place, sign, 0 if carved else 255, font(how.face, type_size), anchor="mm")
    tinted = Image.new("RGBA", seal.size, (*how.ink, 0))
    tinted.putalpha(seal)
    return _inked(tinted, rng, how)


def long_seal(
    words: str, size_px: int, rng: np.random.Generator, *, cut: Cut | None = None
) -> Image.Image:
    """An oblong seal of that height with its words on one line in a frame, RGBA."""
    how = cut or Cut()
    type_size = int(size_px * 0.62)
    wide = int(font(how.face, type_size).getlength(words)) + size_px // 2
    seal = Image.new("RGBA", (wide, size_px), (*how.ink, 0))
    draw = ImageDraw.Draw(seal)
    edge = max(2, size_px // 18)
    draw.rectangle((1, 1, wide - 2, size_px - 2), outline=(*how.ink, 255), width=edge)
    draw.text((wide / 2, size_px / 2), words, how.ink, font(how.face, type_size), anchor="mm")
    return _inked(seal, rng, how)


def qr_code(content: str, size_px: int) -> NDArray[np.uint8]:
    """A QR code with its quiet zone, grey, square."""
    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
    modules = np.array(code.to_image())
    return np.asarray(
        cv2.resize(modules, (size_px, size_px), interpolation=cv2.INTER_NEAREST), np.uint8
    )

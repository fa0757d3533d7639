"""Names as they are signed by hand, and thumbs' prints: synthetic, and said to be so.

A signature is a typeface's letters thinned to their middle line, bent as a hurried hand bends them,
joined by strokes here and there, and drawn again with a pen of uneven pressure.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from perception.synthesis.fonts import Face, font
from perception.synthesis.textures import Rgb, fbm

_CELL = 96
"""Side in pixels of the square on which a letter is thinned."""
_ROUNDS = 14
"""Times that the outline is peeled: letters of a 96-pixel square have strokes up to 20 wide."""

Typeface = Face | Path
Ink = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hand:
    """A writer.

    Attributes:
        typeface: From which the letters' middle lines are taken: a role, or a font's file.
        slant: Shear to the right per unit of height.
        bend: How far lines are bent, as a share of the letter.
        crowd: Advance from letter to letter, as a share of the letter.
        pen: Width of the pen, as a share of the letter.
        drift: How far letters leave the line, as a share of the letter.
        joins: Probability that a letter is joined to the next.
        flourish: Probability that the name ends in a sweep.
        thinned: Whether letters are thinned to a line; else they keep the typeface's weight.
    """

    typeface: Typeface
    slant: float
    bend: float
    crowd: float
    pen: float
    drift: float
    joins: float
    flourish: float
    thinned: bool = True


def writer(rng: np.random.Generator, typefaces: tuple[Typeface, ...] = (Face.KAI,)) -> Hand:
    """A writer made by chance, who writes after one of those typefaces."""
    typeface = typefaces[int(rng.integers(len(typefaces)))]
    return Hand(
        typeface=typeface,
        slant=float(rng.normal(0.12, 0.16)),
        bend=float(rng.uniform(0.05, 0.2)),
        crowd=float(rng.uniform(0.55, 1.0)),
        pen=float(rng.uniform(0.02, 0.06)),
        drift=float(rng.uniform(0.02, 0.14)),
        joins=float(rng.uniform(0, 0.8)),
        flourish=float(rng.uniform(0, 0.6)),
        thinned=bool(rng.random() < (0.92 if isinstance(typeface, Face) else 0.45)),
    )


def written(words: str, size_px: int, hand: Hand, rng: np.random.Generator) -> Ink:
    """How much ink lies where, in [0, 1], cut to the writing's box.

    Args:
        words: What is written, on one line.
        size_px: Height of its letters.
        hand: The writer.
        rng: Source of chance; each time of writing comes out otherwise.
    """
    step = hand.crowd * _CELL
    wide, high = int(step * len(words) + _CELL * 2.4), int(_CELL * 2.2)
    line = np.zeros((high, wide), np.float32)
    ends: list[tuple[float, float]] = []
    for place, sign in enumerate(words):
        letter = _letter(sign, hand.typeface, hand.thinned)
        scale = float(rng.uniform(0.8, 1.2))
        x = _CELL * 0.7 + place * step + float(rng.normal(0, 0.04)) * _CELL
        y = _CELL * 0.6 + float(rng.normal(0, hand.drift)) * _CELL
        move = np.array([[scale, 0, x], [0, scale, y]], np.float32)
        line = np.maximum(line, cv2.warpAffine(letter, move, (wide, high)))
        ends.append((x + scale * _CELL * 0.5, y + scale * _CELL * 0.5))
    _join(line, ends, hand, rng)
    return _trimmed(_drawn(_bent(line, hand, rng), size_px, hand, rng))


def scribbled(size_px: int, hand: Hand, rng: np.random.Generator) -> Ink:
    """A signature that nobody can read: loops and sweeps, as ink in [0, 1]."""
    count = int(rng.integers(3, 8))
    x = np.cumsum(rng.uniform(0.1, 0.7, count * 4)) * _CELL * 0.4
    y = _CELL * (1.1 + rng.normal(0, 0.38, count * 4))
    points = _curve(np.stack([x + _CELL * 0.6, y], 1), 24)
    line = np.zeros((int(_CELL * 2.6), int(points[:, 0].max() + _CELL)), np.float32)
    cv2.polylines(line, [(points * 16).astype(np.int32)], False, 1.0, 1, cv2.LINE_AA, 4)
    return _trimmed(_drawn(_bent(line, hand, rng), size_px, hand, rng))


def inked(ink: Ink, colour: Rgb) -> Image.Image:
    """Ink as a picture that can be stamped on a sheet, RGBA."""
    alpha = (np.clip(ink, 0, 1) * 245).astype(np.uint8)
    solid = np.broadcast_to(np.array(colour, np.uint8), (*alpha.shape, 3))
    return Image.fromarray(np.dstack([solid, alpha]))


def fingerprint(size_px: int, rng: np.random.Generator, ink: Rgb = (196, 40, 44)) -> Image.Image:
    """A thumb's print in ink, that high, RGBA: ridges about a whorl or a loop."""
    high, wide = size_px, int(size_px * rng.uniform(0.62, 0.85))
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j].astype(np.float32)
    warp = fbm(max(high, wide), max(high, wide), rng, 3, 3)[:high, :wide] - 0.5
    core_x, core_y = rng.normal(0, 0.12), rng.normal(0.05, 0.15)
    squeeze = float(rng.uniform(0.8, 1.5))
    reach = np.sqrt(((x - core_x) * squeeze) ** 2 + (y - core_y) ** 2) + 0.35 * warp
    turn = np.arctan2(y - core_y, x - core_x)
    ridges = np.sin(reach * rng.uniform(24, 38) + turn * int(rng.integers(-2, 3)))
    inside = np.clip((1 - np.sqrt(x**2 + y**2) + 0.25 * warp) * 6, 0, 1)
    patchy = np.clip(fbm(max(high, wide), max(high, wide), rng, 4, 3)[:high, :wide] * 1.6, 0, 1)
    cover = inside * (0.25 + 0.75 * np.clip(ridges * 1.5 + 0.55, 0, 1)) * patchy
    return inked(np.asarray(cover, np.float32), ink).rotate(
        float(rng.normal(0, 20)), Image.Resampling.BICUBIC, expand=True
    )


@lru_cache(maxsize=4096)
def _letter(sign: str, typeface: Typeface, thinned: bool) -> Ink:
    size = int(_CELL * 0.86)
    cell = Image.new("L", (_CELL, _CELL), 0)
    kind = font(typeface, size) if isinstance(typeface, Face) else _filed(typeface, size)
    ImageDraw.Draw(cell).text((_CELL / 2, _CELL / 2), sign, 255, kind, anchor="mm")
    drawn = np.asarray(cell, np.uint8) > 110
    return (_middle_line(drawn) if thinned else drawn).astype(np.float32)


@lru_cache(maxsize=32)
def _filed(path: Path, size_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size_px)


def _middle_line(drawn: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Zhang and Suen's thinning (1984): the outline peeled from both sides in turn."""
    image = np.pad(drawn, 1)
    for turn in range(_ROUNDS * 2):
        around = [
            np.roll(image, shift, (0, 1))
            for shift in ((1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1))
        ]
        up, right, down, left = around[0], around[2], around[4], around[6]
        count = np.sum(around, axis=0)
        rises = sum(
            (~a & b).astype(int) for a, b in zip(around, around[1:] + around[:1], strict=True)
        )
        if turn % 2 == 0:
            free = ~(up & right & down) & ~(right & down & left)
        else:
            free = ~(up & right & left) & ~(up & down & left)
        image = image & ~((count >= 2) & (count <= 6) & (rises == 1) & free)
    return image[1:-1, 1:-1]


def _curve(points: NDArray[np.float64], steps: int) -> NDArray[np.float64]:
    """A smooth line near those points: quadratic Bezier pieces between their middles."""
    middles = (points[1:] + points[:-1]) / 2
    t = np.linspace(0, 1, steps)[:, None]
    pieces = [
        (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
        for a, b, c in zip(middles[:-1], points[1:-1], middles[1:], strict=True)
    ]
    return np.concatenate(pieces)


def _join(line: Ink, ends: list[tuple[float, float]], hand: Hand, rng: np.random.Generator) -> None:
    for (x0, y0), (x1, y1) in pairwise(ends):
        if rng.random() < hand.joins:
            spread = rng.normal(0, 0.22 * _CELL, (4, 2))
            bow = [(x0, y0), (x0 * 0.7 + x1 * 0.3, y0), (x0 * 0.3 + x1 * 0.7, y1), (x1, y1)]
            _stroke(line, np.array(bow) + spread)
    if rng.random() < hand.flourish:
        x, y = ends[-1]
        far = _CELL * rng.uniform(0.4, 1.3)
        sweep = np.array([(x, y), (x + 0.3 * far, y + 0.5 * _CELL), (x + far, y), (x + far, y)])
        _stroke(line, sweep + rng.normal(0, 0.2 * _CELL, (4, 2)))


def _stroke(line: Ink, points: NDArray[np.float64]) -> None:
    cv2.polylines(line, [(_curve(points, 16) * 16).astype(np.int32)], False, 1.0, 1, cv2.LINE_AA, 4)


def _bent(line: Ink, hand: Hand, rng: np.random.Generator) -> Ink:
    """Slanted and pushed about by a smooth field, as no two letters of a hand are alike."""
    high, wide = line.shape
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    cells = (max(3, high // 40), max(3, wide // 40))
    push = [
        cv2.resize(
            rng.normal(0, 1, cells).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC
        )
        for _ in range(2)
    ]
    reach = hand.bend * _CELL * 0.8
    climb = float(rng.normal(0, 0.05))
    map_x = x + push[0] * reach + hand.slant * (y - high / 2)
    map_y = y + push[1] * reach + climb * (x - wide / 2)
    return np.asarray(cv2.remap(line, map_x, map_y, cv2.INTER_LINEAR), np.float32)


def _drawn(line: Ink, size_px: int, hand: Hand, rng: np.random.Generator) -> Ink:
    """The line at the size asked for, with the pen's width and pressure."""
    factor = size_px / _CELL
    pen = max(1.2, hand.pen * size_px * (1.0 if hand.thinned else 0.25))
    high, wide = (max(8, int(side * factor)) for side in line.shape)
    small = cv2.resize(line, (wide, high), interpolation=cv2.INTER_AREA)
    near = np.clip(small / max(0.2, min(1.0, factor)), 0, 1)
    spread = cv2.GaussianBlur(near, (0, 0), pen * 0.5) * pen * (1.6 if hand.thinned else 1.0)
    pressure = 0.7 + 0.6 * fbm(max(high, wide), max(high, wide), rng, 3, 5)[:high, :wide]
    return np.asarray(np.clip((spread * pressure - 0.22) * 2.2, 0, 1), np.float32)


def _trimmed(ink: Ink) -> Ink:
    rows, columns = np.flatnonzero(ink.max(1) > 0.3), np.flatnonzero(ink.max(0) > 0.3)
    if rows.size < 2 or columns.size < 2:
        return np.ones((4, math.ceil(ink.shape[1] / 4)), np.float32)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

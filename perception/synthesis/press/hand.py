"""Letters that look written by hand, and signatures: synthetic, bent from one brush-like typeface.

Real handwriting joins strokes, leaves some out and has as many hands as people; this has neither.
What a reader scores on it says how it copes with wavering print-like strokes, and no more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font

EM_PX = 72
"""Height of a letter's em in its picture."""
CELL_EM = 1.5
"""Height of the picture in ems; the letter stands in its middle."""

Alpha = NDArray[np.float32]
Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Writer:
    """Parameters of one hand.

    Attributes:
        name: To tell them apart.
        slant: Shear to the right, as a share of height.
        aspect: Width of letters as a share of the typeface's.
        weight_px: Added to (or taken from) the strokes' thickness.
        tremor: How far strokes waver, in shares of an em.
        turn_deg: Spread of each letter's own turn.
        uneven: Spread of the letters' sizes.
        drift_em: How far the line leaves its base.
        gap_em: Space between letters; negative draws them together.
        pressure: Spread of the ink's strength within a letter, in [0, 1].
    """

    name: str
    slant: float
    aspect: float
    weight_px: float
    tremor: float
    turn_deg: float
    uneven: float
    drift_em: float
    gap_em: float
    pressure: float


WRITERS: tuple[Writer, ...] = (
    Writer("upright", 0.02, 0.96, 0.6, 0.018, 2.0, 0.05, 0.03, 0.02, 0.25),
    Writer("slanted", 0.22, 0.92, 0.2, 0.022, 2.5, 0.06, 0.05, -0.04, 0.35),
    Writer("round", -0.04, 1.06, 1.1, 0.030, 3.0, 0.08, 0.04, 0.00, 0.20),
    Writer("hasty", 0.16, 0.86, 0.0, 0.040, 4.0, 0.10, 0.08, -0.08, 0.45),
    Writer("heavy", 0.08, 1.00, 2.0, 0.020, 2.0, 0.05, 0.04, 0.03, 0.15),
    Writer("small", 0.05, 0.90, -0.4, 0.026, 3.0, 0.09, 0.05, 0.05, 0.40),
    Writer("leaning_back", -0.14, 0.94, 0.8, 0.026, 3.0, 0.07, 0.05, -0.02, 0.30),
    Writer("wide", 0.10, 1.14, 0.4, 0.034, 3.5, 0.08, 0.06, -0.03, 0.35),
    Writer("narrow", 0.27, 0.80, 1.3, 0.030, 3.0, 0.09, 0.07, -0.05, 0.30),
)
"""The last three are held out for tests."""
_HELD_OUT = 3


def writers(*, held_out: bool) -> tuple[Writer, ...]:
    """Those whom only tests meet, or all others."""
    return WRITERS[-_HELD_OUT:] if held_out else WRITERS[:-_HELD_OUT]


def glyph(sign: str, writer: Writer, rng: np.random.Generator, *, base_em: float = 0.0) -> Alpha:
    """One letter's ink as a share of full, shape (``CELL_EM`` ems, its own width).

    Args:
        sign: The letter.
        writer: Whose hand.
        rng: What differs from letter to letter.
        base_em: How far below the base line it stands.
    """
    side = int(EM_PX * 2)
    cell = Image.new("L", (side, side), 0)
    ImageDraw.Draw(cell).text((side / 2, side / 2), sign, 255, font(Face.KAI, EM_PX), anchor="mm")
    width = max(0.3, float(font(Face.KAI, EM_PX).getlength(sign)) / EM_PX)
    ink = _stroked(np.asarray(cell, np.float32) / np.float32(255), writer, rng)
    ink = _bent(ink, writer, rng, base_em)
    high = int(EM_PX * CELL_EM)
    wide = int(EM_PX * (width * writer.aspect + 0.16))
    top, left = (side - high) // 2, (side - wide) // 2
    return ink[top : top + high, left : left + wide]


def _stroked(ink: Alpha, writer: Writer, rng: np.random.Generator) -> Alpha:
    """Strokes made thicker or thinner, and not everywhere alike."""
    inside = cv2.distanceTransform((ink > 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    outside = cv2.distanceTransform((ink <= 0.5).astype(np.uint8), cv2.DIST_L2, 3)
    waver = cv2.resize(rng.normal(0, 0.45, (7, 7)).astype(np.float32), ink.shape[::-1])
    grown = inside - outside + 0.5 + (writer.weight_px + waver) / 2
    strength = cv2.resize(
        rng.uniform(1 - writer.pressure, 1, (5, 5)).astype(np.float32), ink.shape[::-1]
    )
    return np.asarray(np.clip(grown, 0, 1) * strength, np.float32)


def _bent(ink: Alpha, writer: Writer, rng: np.random.Generator, base_em: float) -> Alpha:
    side = ink.shape[0]
    y, x = np.mgrid[0:side, 0:side].astype(np.float32)
    half = side / 2
    turn = math.radians(float(rng.normal(0, writer.turn_deg)))
    scale = 1 + float(rng.normal(0, writer.uneven))
    dx, dy = (x - half) / writer.aspect, y - half - base_em * EM_PX
    dx = dx + writer.slant * dy
    u = (dx * math.cos(turn) - dy * math.sin(turn)) / scale + half
    v = (dx * math.sin(turn) + dy * math.cos(turn)) / scale + half
    for shift in (u, v):
        wave = rng.normal(0, writer.tremor * EM_PX, (5, 5)).astype(np.float32)
        shift += cv2.resize(wave, (side, side), interpolation=cv2.INTER_CUBIC)
    return np.asarray(
        cv2.remap(ink, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR), np.float32
    )


def base_line(count: int, writer: Writer, rng: np.random.Generator) -> NDArray[np.float64]:
    """How far below the line each of so many letters stands, in ems: a slow wander."""
    steps = rng.normal(0, writer.drift_em / 2, count)
    wander = np.cumsum(steps)
    slope = np.linspace(0, 1, count) * (wander[-1] if count else 0.0)
    return np.clip(wander - 0.7 * slope, -0.16, 0.16)


def coloured(ink: Alpha, rgb: Rgb) -> NDArray[np.uint8]:
    """Ink of that colour on nothing, RGBA."""
    out = np.zeros((*ink.shape, 4), np.uint8)
    out[..., :3] = rgb
    out[..., 3] = np.clip(ink * 255, 0, 255)
    return out


def signature(name: str, writer: Writer, rng: np.random.Generator, rgb: Rgb) -> NDArray[np.uint8]:
    """A name written fast: letters drawn together, rising, with a stroke beneath or after; RGBA."""
    letters = [glyph(sign, writer, rng) for sign in name]
    overlap = int(EM_PX * float(rng.uniform(0.12, 0.34)))
    rise = float(rng.uniform(-0.02, 0.14))
    wide = sum(a.shape[1] for a in letters) - overlap * (len(letters) - 1) + EM_PX
    high = int(EM_PX * 2.6)
    sheet = np.zeros((high, wide), np.float32)
    x = EM_PX // 3
    for letter in letters:
        top = int(high / 2 - letter.shape[0] / 2 - rise * (x - wide / 2))
        part = sheet[top : top + letter.shape[0], x : x + letter.shape[1]]
        np.maximum(part, letter, out=part)
        x += letter.shape[1] - overlap
    _flourish(sheet, writer, rng, x)
    rows, columns = np.nonzero(sheet > 0.15)
    cut = sheet[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return coloured(cut, rgb)


def _flourish(sheet: Alpha, writer: Writer, rng: np.random.Generator, end: int) -> None:
    """Joins the letters by thin strokes, or ends with a swing."""
    high, wide = sheet.shape
    thick = max(1, round(2.2 + writer.weight_px))
    middle = high / 2
    points = [
        (end * share, middle + float(rng.normal(0, EM_PX * 0.22)))
        for share in np.linspace(0.2, 0.95, 5)
    ]
    if rng.random() < 0.6:
        points.append((min(wide - 4.0, end + EM_PX * 0.5), middle - float(rng.uniform(-20, 40))))
    curve = _smooth(points)
    cv2.polylines(sheet, [curve.astype(np.int32)], False, 0.75, thick, cv2.LINE_AA)


def _smooth(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """A curve past those points (Chaikin's corner cutting, three times)."""
    curve = np.array(points)
    for _ in range(3):
        left, right = curve[:-1], curve[1:]
        inner = np.stack([0.75 * left + 0.25 * right, 0.25 * left + 0.75 * right], axis=1)
        curve = np.concatenate([curve[:1], inner.reshape(-1, 2), curve[-1:]])
    return curve


def fingerprint(rng: np.random.Generator, rgb: Rgb = (200, 40, 44)) -> NDArray[np.uint8]:
    """A finger's print in seal ink: ridges around a core, RGBA, about 160 x 220."""
    high, wide = 220, 160
    y, x = np.mgrid[-1 : 1 : high * 1j, -1 : 1 : wide * 1j]
    bend = cv2.resize(rng.normal(0, 0.13, (6, 5)).astype(np.float32), (wide, high))
    away = np.hypot(x * 0.9 + 0.2 * y, (y + 0.1) * (0.8 if rng.random() < 0.5 else 1.05)) + bend
    ridges = 0.5 + 0.5 * np.sin(away * float(rng.uniform(58, 74)))
    press = cv2.resize(rng.uniform(0.35, 1.0, (9, 7)).astype(np.float32), (wide, high))
    rim = np.clip((1 - np.hypot(x, y)) * 7, 0, 1)
    return coloured(np.asarray(np.clip(ridges * 1.5 - 0.35, 0, 1) * press * rim, np.float32), rgb)

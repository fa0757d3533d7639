"""Surfaces painted by code: noise, ground, walls, tiles, and words on boards."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font

Picture = NDArray[np.uint8]
Rgb = tuple[int, int, int]


def fbm(
    height: int, width: int, rng: np.random.Generator, octaves: int = 5, first_cells: int = 4
) -> NDArray[np.float32]:
    """Cloudy noise in [0, 1] that repeats at its edges.

    Args:
        height: Rows.
        width: Columns.
        rng: Source of chance.
        octaves: How many layers, each twice as fine and half as strong.
        first_cells: Cells of the coarsest layer along each axis.
    """
    total = np.zeros((height, width), np.float32)
    for octave in range(octaves):
        cells = first_cells * 2**octave
        if cells > min(height, width):
            break
        grid = rng.random((cells, cells), np.float32)
        padded = np.pad(grid, 2, mode="wrap")
        scale_y, scale_x = height / cells, width / cells
        big = cv2.resize(
            padded,
            (round(padded.shape[1] * scale_x), round(padded.shape[0] * scale_y)),
            interpolation=cv2.INTER_CUBIC,
        )
        top, left = round(2 * scale_y), round(2 * scale_x)
        total += big[top : top + height, left : left + width] * 0.5**octave
    low, high = float(total.min()), float(total.max())
    return np.asarray((total - low) / max(high - low, 1e-6), np.float32)


def tinted(value: NDArray[np.floating], dark: Rgb, light: Rgb) -> Picture:
    """A grey field in [0, 1] as a colour between ``dark`` and ``light``."""
    span = np.array(light, np.float32) - np.array(dark, np.float32)
    return np.asarray(np.clip(np.array(dark) + value[..., None] * span, 0, 255), np.uint8)


def shares(rgb: Rgb) -> tuple[float, float, float]:
    """A colour of 0 to 255 as shares of 1."""
    return rgb[0] / 255, rgb[1] / 255, rgb[2] / 255


def grainy(image: Picture, rng: np.random.Generator, sigma: float) -> Picture:
    """The picture with fine grain, ``sigma`` in levels of 255."""
    noise = rng.normal(0, sigma, image.shape[:2]).astype(np.float32)[..., None]
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def concrete(
    rng: np.random.Generator,
    dark: Rgb = (112, 110, 106),
    light: Rgb = (168, 165, 158),
    joints: bool = True,
) -> Picture:
    """Yard concrete, 1024 px for about four metres, with stains, cracks and joints."""
    value = 0.55 * fbm(1024, 1024, rng, 7) + 0.45 * fbm(1024, 1024, rng, 8, 16)
    stains = np.clip(fbm(1024, 1024, rng, 4, 3) - 0.62, 0, 1) * 1.8
    image = grainy(tinted(np.clip(value - stains, 0, 1), dark, light), rng, 9)
    for _ in range(3):
        walk = np.cumsum(rng.normal(0, 9, (60, 2)) + rng.normal(0, 7, 2), axis=0)
        points = (walk + rng.uniform(100, 900, 2)).astype(np.int32)
        cv2.polylines(image, [points], False, (82, 80, 77), 2, cv2.LINE_AA)
    if joints:
        image[:7], image[:, :7] = image[:7] // 2, image[:, :7] // 2
    return image


def asphalt(rng: np.random.Generator) -> Picture:
    """Dark rolled asphalt with light grit."""
    value = 0.7 * fbm(1024, 1024, rng, 6) + 0.3 * rng.random((1024, 1024), np.float32)
    return grainy(tinted(value, (62, 62, 64), (118, 117, 114)), rng, 14)


def tiles(
    rng: np.random.Generator,
    colour: Rgb,
    columns: int = 4,
    rows: int = 4,
    joint_px: int = 5,
    spread: float = 10.0,
    joint: Rgb = (120, 118, 112),
    bond: bool = False,
) -> Picture:
    """Tiles or bricks with joints; ``bond`` shifts every other row by half a tile."""
    size = 1024
    image = np.empty((size, size, 3), np.float32)
    image[:] = joint
    high, wide = size // rows, size // columns
    for row in range(rows):
        shift = wide // 2 if bond and row % 2 else 0
        for column in range(columns + (1 if shift else 0)):
            x0, y0 = column * wide - shift, row * high
            tone = np.array(colour) + rng.normal(0, spread) + rng.normal(0, spread / 3, 3)
            x1 = x0 + wide - joint_px
            image[y0 : y0 + high - joint_px, max(x0, 0) : max(x1, 0)] = tone
    image *= (0.9 + 0.2 * fbm(size, size, rng, 7))[..., None]
    return grainy(np.asarray(np.clip(image, 0, 255), np.uint8), rng, 4)


def corrugated(rng: np.random.Generator, colour: Rgb, ribs: int = 24) -> Picture:
    """Profiled sheet metal with rain streaks; ribs run upright."""
    phase = np.linspace(0, 2 * np.pi * ribs, 1024, dtype=np.float32)
    wave = 0.82 + 0.18 * np.tanh(3 * np.sin(phase))
    streak = cv2.resize(
        rng.random((6, 256), np.float32), (1024, 1024), interpolation=cv2.INTER_CUBIC
    )
    rust = np.clip(fbm(1024, 1024, rng, 6) - 0.7, 0, 1)[..., None] * np.array([60, -40, -90])
    image = np.array(colour) * (wave[None] * (0.88 + 0.16 * streak))[..., None] + rust
    return grainy(np.asarray(np.clip(image, 0, 255), np.uint8), rng, 4)


def shutter(rng: np.random.Generator, colour: Rgb, slats: int = 26) -> Picture:
    """A roller door; slats run level."""
    return np.ascontiguousarray(np.rot90(corrugated(rng, colour, slats)))


def leaves(rng: np.random.Generator) -> Picture:
    """A clump of foliage, RGBA; what is between the leaves is cut out."""
    image = np.zeros((256, 256, 4), np.uint8)
    for _ in range(420):
        at = rng.normal(128, 48, 2)
        if np.hypot(*(at - 128)) > 118:
            continue
        green = rng.uniform(0.55, 1.15) * np.array([74, 110, 48]) * (1.25 - at[1] / 350)
        axes = (int(rng.integers(5, 13)), int(rng.integers(3, 7)))
        colour = (*(int(v) for v in np.clip(green, 0, 255)), 255)
        cv2.ellipse(
            image, at.astype(int).tolist(), axes, float(rng.uniform(0, 180)), 0, 360, colour, -1
        )
    return image


def fitted(words: str, face: Face, width_px: int, height_px: int) -> int:
    """The largest font size at which the words fit in a box."""
    size = max(1, height_px)
    while size > 6 and font(face, size).getlength(words) > width_px:
        size = int(size * 0.94)
    return size


def board(
    words: Sequence[tuple[str, float, Rgb]],
    size: tuple[int, int],
    ground: Rgb,
    face: Face = Face.HEI_BOLD,
    *,
    outline: Rgb | None = None,
    edge: Rgb | None = None,
) -> Picture:
    """Lines of words centred on a plain board.

    Args:
        words: (text, share of the board's height, colour) of each line.
        size: Width and height in pixels.
        ground: Colour of the board.
        face: Typeface.
        outline: Colour of a rim around each letter.
        edge: Colour of a frame.
    """
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    total = sum(share for _, share, _ in words)
    y = size[1] * (1 - total) / 2
    for text, share, colour in words:
        high = size[1] * share
        type_size = fitted(text, face, int(size[0] * 0.92), int(high * 0.8))
        stroke = max(1, type_size // 22) if outline else 0
        draw.text(
            (size[0] / 2, y + high / 2),
            text,
            colour,
            font(face, type_size),
            anchor="mm",
            stroke_width=stroke,
            stroke_fill=outline,
        )
        y += high
    if edge:
        draw.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=edge, width=max(2, size[1] // 30))
    return np.array(image)

"""A page on a display, photographed: the display's stripes and the camera's pixels make moire."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.camera import Picture, snapshot
from perception.synthesis.press.page import Page
from perception.synthesis.press.style import Split
from perception.synthesis.wear.camera_shake import out_of_focus, saved
from perception.synthesis.wear.carry import by_matrix, carried
from perception.synthesis.wear.frozen import Strengths

Floats = NDArray[np.float32]
_STRIPES = (0.0, 1 / 3, 2 / 3)
"""Where in a display pixel red, green and blue light up."""


def screen(page: Page, rng: np.random.Generator, split: Split, how: Strengths) -> Page:
    """The photo of the display; around the page is what else the display shows."""
    bad = how.severity(rng)
    high, wide = page.page_rgb.shape[:2]
    width = how.between("display_px", rng) * (1.3 if wide > high else 1.0)
    share = width / wide
    display = cv2.resize(
        page.page_rgb, (round(width), round(high * share)), interpolation=cv2.INTER_AREA
    )
    home = _home(display.shape[:2], how.between("pitch", rng), bad, rng)
    image = _seen(np.asarray(display, np.uint8), home, how.between("grid", rng), rng)
    image = out_of_focus(image, 0.35 * bad)
    image = snapshot(image, rng, strength=min(3.0, bad))
    to_display = np.array([[share, 0, 0], [0, share, 0], [0, 0, 1]], np.float64)
    carrier = by_matrix(home @ to_display)
    return carried(page, saved(image, how.between("jpeg_quality", rng)), carrier)


def _home(
    shape: tuple[int, ...], pitch: float, bad: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """From display pixels to photo pixels: enlarged, turned a little, seen a little askew."""
    high, wide = shape[0] * pitch, shape[1] * pitch
    margin = 0.04 * max(high, wide)
    spread = 0.016 * bad * max(high, wide)
    flat = np.array([(0, 0), (shape[1], 0), (shape[1], shape[0]), (0, shape[0])], np.float32)
    seen = np.array([(0, 0), (wide, 0), (wide, high), (0, high)]) + margin
    seen = seen + rng.normal(0, spread, (4, 2))
    matrix = cv2.getPerspectiveTransform(flat, seen.astype(np.float32))
    return np.asarray(matrix, np.float64)


def _seen(
    display: Picture, home: NDArray[np.float64], grid: float, rng: np.random.Generator
) -> Picture:
    ends = by_matrix(home)(
        np.array(
            [(display.shape[1], display.shape[0]), (display.shape[1], 0), (0, display.shape[0])],
            float,
        )
    )
    wide, high = round(ends[:2, 0].max() * 1.04), round(ends[[0, 2], 1].max() * 1.04)
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    back = np.linalg.inv(home)
    third = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = ((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / third).astype(np.float32)
    v = ((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / third).astype(np.float32)
    rim = (40, 42, 46) if rng.random() < 0.5 else (225, 228, 232)
    shown = cv2.remap(
        display, u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=rim
    )
    lit = shown.astype(np.float32) * _glow(u, v, grid)
    cast = np.array([0.97, 1.0, 1.04], np.float32) ** float(rng.uniform(-1, 2))
    return np.asarray(np.clip(lit * cast + 6, 0, 255), np.uint8)


def _glow(u: Floats, v: Floats, grid: float) -> Floats:
    """How brightly each colour's stripe shines at a place of the display, about 1."""
    rows = 1 - 0.35 * grid * (1 + np.cos(2 * math.pi * v))
    stripes = [1 + grid * np.cos(2 * math.pi * (u - at)) for at in _STRIPES]
    return np.asarray(np.stack(stripes, axis=-1) * rows[..., None], np.float32)

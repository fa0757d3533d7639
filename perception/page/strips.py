"""Lines of print cut out of a page as straight strips, in the full sharpness of the picture."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]

STRIP_HEIGHT = 48
"""Pixels of the recogniser's input: a strip is brought to it once, from the picture itself."""
MAX_STRIP = 3_000
"""No strip is longer; a line of so many times its height is no line."""
TALL = 1.5
"""Taller than so many times its width, a strip is laid on its side, as the recogniser knows it."""


def cut_strip(image_bgr: NDArray[np.uint8], corners: Corners) -> NDArray[np.uint8]:
    """One line, straightened, 48 pixels high.

    Args:
        image_bgr: The page as sharp as there is.
        corners: Clockwise from the line's own top left, in the page's pixels.
    """
    quad = np.asarray(corners, dtype=np.float32)
    width = max(_length(quad[0], quad[1]), _length(quad[3], quad[2]))
    height = max(_length(quad[0], quad[3]), _length(quad[1], quad[2]))
    if height >= TALL * width:
        quad, width, height = np.roll(quad, -1, axis=0), height, width
    scale = max(1.0, STRIP_HEIGHT / max(1.0, height))
    size = max(1, min(MAX_STRIP, round(width * scale))), max(1, round(height * scale))
    strip = _warped(image_bgr, quad, size)
    if strip.shape[0] > STRIP_HEIGHT:
        across = max(1, round(strip.shape[1] * STRIP_HEIGHT / strip.shape[0]))
        reduced = cv2.resize(strip, (across, STRIP_HEIGHT), interpolation=cv2.INTER_AREA)
        return np.asarray(reduced, dtype=np.uint8)
    return strip


def cut_strips(image_bgr: NDArray[np.uint8], lines: Sequence[Corners]) -> list[NDArray[np.uint8]]:
    """Every line of a page, straightened."""
    return [cut_strip(image_bgr, corners) for corners in lines]


def slant_of(lines: Sequence[Corners]) -> float:
    """By how much the page is turned, in radians: the weighted median of its long lines."""
    angles, weights = [], []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in lines:
        width, height = math.hypot(bx - ax, by - ay), math.hypot(dx - ax, dy - ay)
        if width > 3 * height and bx > ax:
            angles.append(math.atan2((by - ay) + (cy - dy), (bx - ax) + (cx - dx)))
            weights.append(width)
    if not angles:
        return 0.0
    order = np.argsort(angles)
    heaped = np.cumsum(np.asarray(weights)[order])
    middle = int(np.searchsorted(heaped, heaped[-1] / 2))
    return float(np.asarray(angles)[order][middle])


def _length(start: NDArray[np.float32], end: NDArray[np.float32]) -> float:
    return float(np.hypot(*(end - start)))


def _warped(
    image: NDArray[np.uint8], quad: NDArray[np.float32], size: tuple[int, int]
) -> NDArray[np.uint8]:
    """The quadrilateral as a rectangle; only its surroundings are touched, not the whole page."""
    rows, columns = image.shape[:2]
    x0, y0 = np.floor(quad.min(axis=0)).astype(int) - 2
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int) + 3
    x0, y0, x1, y1 = max(0, x0), max(0, y0), min(columns, x1), min(rows, y1)
    if x0 >= x1 or y0 >= y1:
        return np.zeros((size[1], size[0], 3), dtype=np.uint8)
    width, height = size
    target = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    source = np.asarray(quad - np.asarray([x0, y0], dtype=np.float32), dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return np.asarray(
        cv2.warpPerspective(
            image[y0:y1, x0:x1],
            matrix,
            size,
            borderMode=cv2.BORDER_REPLICATE,
            flags=cv2.INTER_CUBIC,
        ),
        dtype=np.uint8,
    )

"""Red seals by colour and shape: what is found of them without the detector."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Mark

SEAL_SIDE = 900
MIN_SEAL, MAX_SEAL = 0.0025, 0.15
"""The share of the page that a seal's box covers."""
ROUND = 0.55
"""Short side over long side from which red counts as a seal: invoices bear elliptic ones."""
FILLED = (0.06, 0.42)
"""The share of its box that a seal's ink covers: 0.1 to 0.3 as measured; emblems cover half."""
RING = 0.85
"""The share of directions, seen from its middle, in which a seal's rim shows ink."""


def red_seals(image_rgb: NDArray[np.uint8], page: int = 0) -> list[Mark]:
    """The red seals of an upright page, round or oval, boxes in its pixels."""
    factor = SEAL_SIDE / max(image_rgb.shape[:2])
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(image_rgb, None, fx=factor, fy=factor, interpolation=method)
    red = _red(np.asarray(small, dtype=np.uint8))
    closed = cv2.morphologyEx(
        red.astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((9, 9), dtype=np.uint8)
    )
    contours, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    marks = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        sure = _seal_confidence(red[y : y + h, x : x + w], w * h / red.size)
        if sure > 0:
            box = (int(x / factor), int(y / factor), int((x + w) / factor), int((y + h) / factor))
            marks.append(Mark("seal", None, box, sure, page))
    return marks


def _red(image_rgb: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where there is red ink: redder than the paper around it, whatever the light."""
    planes = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2LAB).astype(np.int16)
    redness = planes[..., 1] - int(np.median(planes[..., 1]))
    hue = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2HSV)
    reddish = (hue[..., 0] < 12) | (hue[..., 0] > 160)
    found: NDArray[np.bool_] = (redness > 14) & reddish & (hue[..., 1] > 45)
    return found


def _seal_confidence(ink: NDArray[np.bool_], share: float) -> float:
    """How surely a red patch is a seal, in [0, 1]: its size, its shape, its rim."""
    height, width = ink.shape
    if not MIN_SEAL < share < MAX_SEAL or min(height, width) / max(height, width) < ROUND:
        return 0.0
    filled = float(ink.mean())
    if not FILLED[0] < filled < FILLED[1]:
        return 0.0
    rim = _rim(ink)
    return round(min(0.95, 0.3 + 0.65 * rim), 3) if rim >= RING else 0.0


def _rim(ink: NDArray[np.bool_], directions: int = 72) -> float:
    """The share of directions from the middle in which ink lies near the inscribed ellipse."""
    height, width = ink.shape
    angles = np.linspace(0, 2 * np.pi, directions, endpoint=False)
    seen = np.zeros(directions, dtype=bool)
    for reach in np.linspace(0.8, 1.0, 9):
        xs = ((1 + reach * np.cos(angles)) * (width - 1) / 2).astype(int)
        ys = ((1 + reach * np.sin(angles)) * (height - 1) / 2).astype(int)
        seen |= ink[ys, xs]
    return float(seen.mean())

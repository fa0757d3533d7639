"""Seals by colour and shape, QR codes by zxing."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from perception.inspection import Mark

SEAL_SIDE = 900
MIN_SEAL = 0.003
"""A seal covers at least this share of the page, and at most MAX_SEAL."""
MAX_SEAL = 0.12
ROUND = 0.55
"""Ratio of the short to the long side from which a red ring counts as a seal."""


def find_marks(image_rgb: NDArray[np.uint8], page: int) -> list[Mark]:
    """The seals and codes of an upright page."""
    return [*_codes(image_rgb, page), *_seals(image_rgb, page)]


def _codes(image_rgb: NDArray[np.uint8], page: int) -> list[Mark]:
    gray = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY)
    marks = []
    for code in zxingcpp.read_barcodes(gray):
        if "QR" not in str(code.format):
            continue
        p = code.position
        xs = [p.top_left.x, p.top_right.x, p.bottom_left.x, p.bottom_right.x]
        ys = [p.top_left.y, p.top_right.y, p.bottom_left.y, p.bottom_right.y]
        box = (max(0, min(xs)), max(0, min(ys)), max(xs), max(ys))
        marks.append(Mark("qr", code.text, box, 0.99, page))
    return marks


def _seals(image_rgb: NDArray[np.uint8], page: int) -> list[Mark]:
    factor = SEAL_SIDE / max(image_rgb.shape[:2])
    small = cv2.resize(image_rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    hue, saturation, value = cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2HSV))
    red = ((hue < 10) | (hue > 168)) & (saturation > 70) & (value > 60)
    mask = cv2.morphologyEx(
        red.astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((9, 9), dtype=np.uint8)
    )
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    marks = []
    for contour in contours:
        x, y, w, h = cv2.boundingRect(contour)
        share = w * h / mask.size
        filled = float(red[y : y + h, x : x + w].mean())
        if MIN_SEAL < share < MAX_SEAL and min(w, h) / max(w, h) > ROUND and 0.08 < filled < 0.75:
            box = tuple(int(v / factor) for v in (x, y, x + w, y + h))
            marks.append(Mark("seal", None, (box[0], box[1], box[2], box[3]), 0.6, page))
    return marks

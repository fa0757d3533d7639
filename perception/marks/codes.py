"""QR codes by zxing."""

from __future__ import annotations

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from perception.inspection import Mark

CODE_SIDE = 2_000
"""Longest side at which codes are looked for; time grows with its square above."""


def qr_codes(image_rgb: NDArray[np.uint8], page: int = 0) -> list[Mark]:
    """The QR codes of a page that can be read, boxes in its pixels, their content as text."""
    factor = min(1.0, CODE_SIDE / max(image_rgb.shape[:2]))
    gray = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY)
    if factor < 1:
        gray = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    marks = []
    for code in zxingcpp.read_barcodes(gray):
        if "QR" not in str(code.format):
            continue
        p = code.position
        corners = (p.top_left, p.top_right, p.bottom_left, p.bottom_right)
        xs, ys = [c.x / factor for c in corners], [c.y / factor for c in corners]
        box = (max(0, int(min(xs))), max(0, int(min(ys))), int(max(xs)), int(max(ys)))
        marks.append(Mark("qr", code.text, box, 0.99, page))
    return marks

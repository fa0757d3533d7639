"""Emblems and logos, which are full where seals are lines: what the detector takes for a seal."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box

SIDE = 96
FULL = 0.6
"""The share of a disc that is inked, from which it is no seal: of round seals a third is."""
CORNER = 0.3
"""The share of the corners beyond the disc that is inked, from which a full square is carved: a
person's seal may show its name white on red."""
INKED = 0.35
"""Distance from paper to the darkest or most coloured parts, from which a pixel is inked."""


def is_full_disc(image_rgb: NDArray[np.uint8], box: Box) -> bool:
    """Whether what lies in the box is a round patch full of ink rather than lines."""
    x0, y0, x1, y1 = box
    part = image_rgb[y0:y1, x0:x1]
    if part.size == 0:
        return False
    small = cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    reach = np.hypot(x, y)
    paper = np.median(lab[reach > 1.1], axis=0)
    off = np.linalg.norm(lab - paper, axis=2)
    inked = off > INKED * float(np.percentile(off, 98))
    full = float(inked[reach < 0.9].mean()) > FULL
    return full and float(inked[reach > 1.1].mean()) < CORNER

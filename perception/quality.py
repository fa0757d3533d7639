"""Whether a photo can be used: sharp, bright and large enough."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Line, Quality

SIDE = 1_000
BLUR_BELOW = 18.0
"""Variance of the Laplacian at 1,000 pixels; below it, print of a licence is not read any more."""
DARK_BELOW = 45.0
"""Mean brightness, 0 to 255."""
SMALL_BELOW = 320
"""Longest side in pixels."""
GLARE_SHARE = 0.12
FEW_SURE_LINES = 0.75


def judge(image_rgb: NDArray[np.uint8], lines: Sequence[Line]) -> Quality:
    """What is wrong with a picture, and whether it can be used all the same.

    Lines that are read surely outvote a suspicion: text is what a paper is needed for.
    """
    factor = SIDE / max(image_rgb.shape[:2])
    gray = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY)
    if factor < 1:
        gray = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    issues = []
    if cv2.Laplacian(gray, cv2.CV_64F).var() < BLUR_BELOW:
        issues.append("blur")
    if gray.mean() < DARK_BELOW:
        issues.append("dark")
    if max(image_rgb.shape[:2]) < SMALL_BELOW and min(image_rgb.shape[:2]) < SMALL_BELOW // 2:
        issues.append("too_small")
    blown = float((gray >= 254).mean())
    if GLARE_SHARE < blown < 0.5 and gray.std() > 60:
        issues.append("glare")
    sure = np.mean([line.confidence for line in lines]) if len(lines) >= 5 else 0.0
    usable = not issues or issues == ["glare"] or bool(sure > FEW_SURE_LINES)
    return Quality(usable, tuple(issues))

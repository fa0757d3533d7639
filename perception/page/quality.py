"""Whether a photo can be used: sharp, bright, whole and large enough."""

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
SMALL_BELOW = 400
"""Longest side in pixels: print of a whole page is then under seven pixels high."""
GLARE_LEVEL, GLARE_SHARE = 252, (0.004, 0.25)
"""A blown-out spot covers this share of a picture that is not white all over."""
EDGE = 0.004
"""Lines nearer to an edge than this share of the side run out of the picture."""
CUT_LINES = 3
FEW_SURE_LINES = 0.75


def judge(image_rgb: NDArray[np.uint8], lines: Sequence[Line]) -> Quality:
    """What is wrong with a picture, and whether it can be used all the same.

    Lines that are read surely outvote a suspicion: text is what a paper is needed for.

    Args:
        image_rgb: The upright picture.
        lines: Its lines, boxes in its pixels.
    """
    factor = min(1.0, SIDE / max(image_rgb.shape[:2]))
    gray = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY)
    if factor < 1:
        gray = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    issues = []
    if cv2.Laplacian(gray, cv2.CV_64F).var() < BLUR_BELOW:
        issues.append("blur")
    if _glares(np.asarray(gray, dtype=np.uint8)):
        issues.append("glare")
    if _runs_out(lines, image_rgb.shape[1], image_rgb.shape[0]):
        issues.append("cut_off")
    if max(image_rgb.shape[:2]) < SMALL_BELOW:
        issues.append("too_small")
    if gray.mean() < DARK_BELOW:
        issues.append("dark")
    sure = float(np.mean([line.confidence for line in lines])) if len(lines) >= 5 else 0.0
    harmless = not set(issues) - {"glare", "cut_off"}
    return Quality(harmless or sure > FEW_SURE_LINES, tuple(issues))


def _glares(gray: NDArray[np.uint8]) -> bool:
    """A blown-out spot of some size, on a picture whose paper is not itself white."""
    if np.percentile(gray, 75) > 225:
        return False
    blown = cv2.morphologyEx(
        (gray >= GLARE_LEVEL).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), dtype=np.uint8)
    )
    return GLARE_SHARE[0] < float(blown.mean()) < GLARE_SHARE[1]


def _runs_out(lines: Sequence[Line], width: int, height: int) -> bool:
    """Whether several lines end at an edge: the paper goes on beyond it."""
    cut = 0
    for line in lines:
        x0, y0, x1, y1 = line.box
        cut += len(line.text) >= 3 and (
            x0 < EDGE * width or x1 > (1 - EDGE) * width or y0 < 1 or y1 > height - 2
        )
    return cut >= CUT_LINES

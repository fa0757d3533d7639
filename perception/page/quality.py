"""Whether a photo can be used: sharp, bright, whole and large enough, and where it is not."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, Line, Quality, Region, Trouble
from perception.page.layout import joined

SIDE = 1_000
BLUR_BELOW = 18.0
"""Variance of the Laplacian at 1,000 pixels; below it, print of a licence is not read any more."""
DARK_BELOW = 45.0
"""Mean brightness, 0 to 255."""
SMALL_BELOW = 400
"""Longest side in pixels: print of a whole page is then under seven pixels high."""
GLARE_LEVEL, GLARE_SHARE = 252, (0.004, 0.25)
"""A blown-out spot covers this share of a picture that is not white all over."""
SPOT_SHARE = 0.2
"""Of all that is blown out, a spot of its own covers at least this share."""
EDGE = 0.004
"""Lines nearer to an edge than this share of the side run out of the picture."""
CUT_LINES = 3
FEW_SURE_LINES = 0.75
NINTHS = (
    (Region.TOP_LEFT, Region.TOP, Region.TOP_RIGHT),
    (Region.LEFT, Region.MIDDLE, Region.RIGHT),
    (Region.BOTTOM_LEFT, Region.BOTTOM, Region.BOTTOM_RIGHT),
)


def judge(image_rgb: NDArray[np.uint8], lines: Sequence[Line]) -> Quality:
    """What is wrong with a picture and where, and whether it can be used all the same.

    Lines that are read surely outvote a suspicion: text is what a paper is needed for.

    Args:
        image_rgb: The upright picture.
        lines: Its lines, boxes in its pixels.
    """
    height, width = image_rgb.shape[:2]
    factor = min(1.0, SIDE / max(height, width))
    gray = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2GRAY)
    if factor < 1:
        gray = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    troubles = []
    if cv2.Laplacian(gray, cv2.CV_64F).var() < BLUR_BELOW:
        troubles.append(_all_over("blur", width, height))
    for x0, y0, x1, y1 in _glares(np.asarray(gray, dtype=np.uint8)):
        box = (int(x0 / factor), int(y0 / factor), int(x1 / factor), int(y1 / factor))
        troubles.append(Trouble("glare", region_of(box, page_box(lines, width, height)), box))
    troubles += _runs_out(lines, width, height)
    if max(height, width) < SMALL_BELOW:
        troubles.append(_all_over("too_small", width, height))
    if gray.mean() < DARK_BELOW:
        troubles.append(_all_over("dark", width, height))
    issues = tuple(dict.fromkeys(t.issue for t in troubles))
    sure = float(np.mean([line.confidence for line in lines])) if len(lines) >= 5 else 0.0
    harmless = not set(issues) - {"glare", "cut_off"}
    return Quality(harmless or sure > FEW_SURE_LINES, issues, tuple(troubles))


def page_box(lines: Sequence[Line], width: int, height: int) -> Box:
    """Where the paper lies in a picture: around its lines, or all of it where few were read."""
    if len(lines) < 5:
        return 0, 0, width, height
    x0, y0, x1, y1 = zip(*(line.box for line in lines), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def region_of(box: Box, page: Box) -> Region:
    """In which ninth of a page the middle of a box lies; the nearest where it lies outside."""
    column = _third((box[0] + box[2]) / 2, page[0], page[2])
    row = _third((box[1] + box[3]) / 2, page[1], page[3])
    return NINTHS[row][column]


def _third(at: float, start: float, end: float) -> int:
    return min(2, max(0, int(3 * (at - start) / max(1.0, end - start))))


def _all_over(issue: str, width: int, height: int) -> Trouble:
    return Trouble(issue, Region.WHOLE, (0, 0, width, height))


def _glares(gray: NDArray[np.uint8]) -> list[Box]:
    """Blown-out spots of some size, on a picture whose paper is not itself white."""
    if np.percentile(gray, 75) > 225:
        return []
    blown = cv2.morphologyEx(
        (gray >= GLARE_LEVEL).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), dtype=np.uint8)
    )
    if not GLARE_SHARE[0] < float(blown.mean()) < GLARE_SHARE[1]:
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(blown)
    least = SPOT_SHARE * float(blown.sum())
    spots = [stats[i] for i in range(1, count) if stats[i][cv2.CC_STAT_AREA] >= least]
    return [(int(x), int(y), int(x + w), int(y + h)) for x, y, w, h, _ in spots]


def _runs_out(lines: Sequence[Line], width: int, height: int) -> list[Trouble]:
    """The edges at which lines end, where several do: the paper goes on beyond them."""
    edges: dict[Region, list[Box]] = {}
    for line in lines:
        x0, y0, x1, y1 = line.box
        beyond = {
            Region.LEFT: x0 < EDGE * width,
            Region.RIGHT: x1 > (1 - EDGE) * width,
            Region.TOP: y0 < 1,
            Region.BOTTOM: y1 > height - 2,
        }
        edge = next((e for e, cut in beyond.items() if cut), None)
        if edge is not None and len(line.text) >= 3:
            edges.setdefault(edge, []).append(line.box)
    if sum(map(len, edges.values())) < CUT_LINES:
        return []
    return [Trouble("cut_off", edge, joined(boxes)) for edge, boxes in edges.items()]

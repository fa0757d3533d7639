"""Rows made level: what perspective and a curled sheet leave when the page's slant is out.

Each line is moved up or down by a slope that changes evenly from the page's top to its bottom.
The two slopes are those that bring the lines' middles together in the fewest, fullest rows: the
projection profile of scanning, over lines in place of pixels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from perception.page.layout import Placed

STEEPEST = 0.06
"""Slopes are looked for up to this, in pixels a pixel: three and a half degrees."""
STEPS = 25
BINS = 4
"""Bins of the profile in one height of print."""
BETTER = 1.05
"""Rows that are not this much fuller are left as they are."""
FEWEST = 6
"""Fewer lines tell nothing."""


def level(lines: Sequence[Placed]) -> list[Placed]:
    """The lines with their rows level, top to bottom."""
    if len(lines) < FEWEST:
        return list(lines)
    x = np.array([(line.x0 + line.x1) / 2 for line in lines])
    y = np.array([line.middle for line in lines])
    height = float(np.median([line.height for line in lines]))
    slopes = np.linspace(-STEEPEST, STEEPEST, STEPS)
    at_rest = _fullness(y, height)
    best, shift = at_rest * BETTER, np.zeros(len(lines))
    for top in slopes:
        for bottom in slopes:
            moved = _shift(x, y, float(top), float(bottom))
            # The flatter of two equally good ones: a slope without need moves nothing.
            full = _fullness(y - moved, height) - 1e-3 * (abs(top) + abs(bottom))
            if full > best:
                best, shift = full, moved
    pairs = zip(lines, shift, strict=True)
    moved_lines = [replace(a, y0=a.y0 - float(b), y1=a.y1 - float(b)) for a, b in pairs]
    return sorted(moved_lines, key=lambda line: (line.middle, line.x0))


def _shift(
    x: NDArray[np.float64], y: NDArray[np.float64], top: float, bottom: float
) -> NDArray[np.float64]:
    """By how much each line is lower than it would be at the page's left edge."""
    share = (y - y.min()) / max(1.0, float(y.max() - y.min()))
    moved: NDArray[np.float64] = (top + (bottom - top) * share) * (x - x.min())
    return moved


def _fullness(y: NDArray[np.float64], height: float) -> float:
    """How much the lines' middles stand together: the profile's energy, a line being a triangle."""
    places = (y - y.min()) * BINS / height
    profile = np.zeros(int(places.max()) + 4)
    low = places.astype(int)
    part = places - low
    np.add.at(profile, low + 1, 1 - part)
    np.add.at(profile, low + 2, part)
    smooth = profile[:-1] + profile[1:]
    return float((smooth**2).sum())

"""Lines that must be there and were not found: gaps in a block of evenly spaced print.

The detector now and then passes over a line in close print. Where lines begin under one another,
an even distance apart, and twice that distance lies between two of them, one is missing; and only
a line that runs to the block's right edge has another one to follow it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from perception.page.strips import Corners

ALIGNED = 1.2
"""Lines of one block begin within so many heights of one another."""
FULL = 1.6
"""A line that ends within so many letters of the block's right edge runs to it."""
BEYOND = 1.0
"""The line that was missed may be the longest: it is looked for so many heights further."""
EVEN = 0.28
"""A gap is so near to a whole number of line distances."""
MOST_MISSING = 3
NEAR = 0.55
"""A known line whose middle is nearer than so many heights is the one that was looked for: lines of
one block lie further apart."""
CLOSE, WIDE = 0.6, 2.2
"""Lines of one block lie so many heights apart."""
LETTERS = 6
"""A line shorter than so many of its heights tells nothing of a block."""


@dataclass(frozen=True, slots=True)
class _Straight:
    """A line in a frame in which the page's slant is taken out."""

    x0: float
    x1: float
    middle: float
    height: float


def missing_lines(lines: Sequence[Corners], slant: float) -> list[Corners]:
    """Where lines must be that were not found, corners as those of the lines given.

    Args:
        lines: The lines that were found, clockwise from the text's own top left.
        slant: By how much the page is turned, in radians.
    """
    straight = [_straight(corners, slant) for corners in lines]
    blocks = _blocks([x for x in straight if x.x1 - x.x0 >= LETTERS * x.height])
    found = [gap for block in blocks for gap in _gaps(block)]
    return [_corners(x, slant) for x in found if not any(_meet(x, y) for y in straight)]


def _blocks(lines: Sequence[_Straight]) -> list[list[_Straight]]:
    """Lines that begin under one another, in letters of one size, top to bottom."""
    blocks: list[list[_Straight]] = []
    for line in sorted(lines, key=lambda x: x.middle):
        for block in blocks:
            last = block[-1]
            if _alike(last, line) and line.middle - last.middle < _reach(last.height):
                block.append(line)
                break
        else:
            blocks.append([line])
    return [block for block in blocks if len(block) >= 3]


def _reach(height: float) -> float:
    return WIDE * height * (MOST_MISSING + 1)


def _alike(first: _Straight, second: _Straight) -> bool:
    size = max(first.height, second.height)
    return abs(first.x0 - second.x0) < ALIGNED * size and size < 1.6 * min(
        first.height, second.height
    )


def _gaps(block: Sequence[_Straight]) -> list[_Straight]:
    pitch = _pitch(block)
    if pitch is None:
        return []
    height = float(np.median([x.height for x in block]))
    right = max(x.x1 for x in block)
    found = []
    for above, below in pairwise(block):
        count = (below.middle - above.middle) / pitch
        steps = round(count)
        full = above.x1 > right - FULL * height
        if full and 2 <= steps <= MOST_MISSING + 1 and abs(count - steps) < EVEN * steps:
            end = right + BEYOND * height
            found += [_between(above, below, i / steps, end) for i in range(1, steps)]
    return found


def _pitch(block: Sequence[_Straight]) -> float | None:
    """The even distance between the block's lines; None where there is none."""
    apart = sorted(b.middle - a.middle for a, b in pairwise(block))
    least = apart[0]
    height = float(np.median([x.height for x in block]))
    if not CLOSE * height < least < WIDE * height:
        return None
    return float(np.median([d for d in apart if d < 1.4 * least]))


def _between(above: _Straight, below: _Straight, share: float, right: float) -> _Straight:
    return _Straight(
        above.x0 + share * (below.x0 - above.x0),
        right,
        above.middle + share * (below.middle - above.middle),
        (above.height + below.height) / 2,
    )


def _meet(new: _Straight, known: _Straight) -> bool:
    """Whether a line that is known already stands where a new one would."""
    across = min(new.x1, known.x1) - max(new.x0, known.x0)
    return abs(new.middle - known.middle) < NEAR * new.height and across > new.height


def _straight(corners: Corners, slant: float) -> _Straight:
    cos, sin = math.cos(slant), math.sin(slant)
    xs = [x * cos + y * sin for x, y in corners]
    ys = [y * cos - x * sin for x, y in corners]
    top, bottom = (ys[0] + ys[1]) / 2, (ys[2] + ys[3]) / 2
    return _Straight(
        (xs[0] + xs[3]) / 2, (xs[1] + xs[2]) / 2, (top + bottom) / 2, max(1.0, bottom - top)
    )


def _corners(line: _Straight, slant: float) -> Corners:
    cos, sin = math.cos(slant), math.sin(slant)
    top, bottom = line.middle - line.height / 2, line.middle + line.height / 2
    a, b, c, d = (
        (x * cos - y * sin, x * sin + y * cos)
        for x, y in ((line.x0, top), (line.x1, top), (line.x1, bottom), (line.x0, bottom))
    )
    return a, b, c, d

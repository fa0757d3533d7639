"""A long screenshot is read strip by strip, each no longer than a phone's screen.

Reduced to what a reader takes, its letters would be a pixel high; unreduced, it would take tens of
gigabytes: text detectors enlarge the shorter side.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from perception.page.reading import Corner, ReadLine

LONG = 3.0
"""So many times as long as wide, a picture is read in strips; an unrolled receipt is."""
STRIP, SHORTEST = 1.5, 1_200
"""A strip's length: so many times its width, so many pixels at least."""
OVERLAP = 0.12
"""Of a strip's length: more than two lines of a screenshot's print."""
SLENDER = 4
"""Strips are padded with white where they are longer, in times their width, than this."""
SAME = 0.5
"""The share of the smaller box from which two lines over a seam are one."""

Read = Callable[[NDArray[np.uint8]], list[ReadLine]]


def is_long(image_rgb: NDArray[np.uint8]) -> bool:
    """Whether a picture is read in strips."""
    short, long = sorted(image_rgb.shape[:2])
    return bool(long > LONG * short and long > SHORTEST)


def read_in_strips(image_rgb: NDArray[np.uint8], read: Read) -> list[ReadLine]:
    """The lines of a long picture, from its one end to the other, corners in its own pixels.

    Args:
        image_rgb: The picture.
        read: Reads a picture of ordinary shape.
    """
    height, width = image_rgb.shape[:2]
    down = height >= width
    lines: list[ReadLine] = []
    ends = _ends(max(height, width), min(height, width))
    for number, (start, end) in enumerate(ends):
        strip = image_rgb[start:end] if down else image_rgb[:, start:end]
        low = (start + ends[number - 1][1]) / 2 if number else -math.inf
        high = (end + ends[number + 1][0]) / 2 if number + 1 < len(ends) else math.inf
        found = [_moved(x, start, down) for x in read(_padded(strip))]
        lines += _between(found, low, high, down, lines)
    return lines


def _ends(long: int, short: int) -> list[tuple[int, int]]:
    """Where the strips begin and end, evenly along the picture."""
    length = min(long, max(SHORTEST, round(STRIP * short)))
    count = 1 + math.ceil((long - length) / (length * (1 - OVERLAP)))
    step = (long - length) / max(1, count - 1)
    return [(round(n * step), round(n * step) + length) for n in range(count)]


def _padded(strip: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = strip.shape[:2]
    down = max(0, math.ceil(width / SLENDER) - height)
    right = max(0, math.ceil(height / SLENDER) - width)
    return np.pad(strip, ((0, down), (0, right), (0, 0)), constant_values=255)


def _moved(line: ReadLine, start: int, down: bool) -> ReadLine:
    a, b, c, d = (_shifted(corner, start, down) for corner in line.corners)
    return ReadLine(line.text, line.confidence, (a, b, c, d))


def _shifted(corner: Corner, start: int, down: bool) -> Corner:
    x, y = corner
    return (x, y + start) if down else (x + start, y)


def _between(
    found: Iterable[ReadLine], low: float, high: float, down: bool, kept: Sequence[ReadLine]
) -> list[ReadLine]:
    """The lines of a strip between its seams, a line on the seam once."""
    inside = []
    for line in found:
        box = line.box
        first, last = (box[1], box[3]) if down else (box[0], box[2])
        reach, middle = (last - first) / 2, (first + last) / 2
        again = middle <= low + reach and any(_same(line, other) for other in kept)
        if low - reach <= middle <= high + reach and not again:
            inside.append(line)
    return inside


def _same(one: ReadLine, other: ReadLine) -> bool:
    (a0, b0, a1, b1), (c0, d0, c1, d1) = one.box, other.box
    shared = max(0, min(a1, c1) - max(a0, c0)) * max(0, min(b1, d1) - max(b0, d0))
    smaller = min((a1 - a0) * (b1 - b0), (c1 - c0) * (d1 - d0))
    return shared > SAME * smaller

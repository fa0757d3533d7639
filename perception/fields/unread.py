"""Places where a value must stand and no line was found: beside a label, where print is overlaid.

A watermark, a stamp or a fold can keep the detector from seeing a line that the recogniser reads
well once it is told where the line is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from perception.page.layout import Anchor, Placed, anchors, beside
from perception.page.strips import Corners
from perception.voucher_files import VoucherFile

TALL = 1.25
"""The strip is so many times as high as the page's values: a line may lie a little higher."""
LEAST = 4.0
"""Of so many of its heights at least."""
MOST = 4
"""More empty labels than these are an empty form, or no form at all."""


def unread_places(file: VoucherFile, lines: Sequence[Placed], slant: float) -> list[Corners]:
    """Where values must stand that were not found, corners in the page's pixels.

    Args:
        file: The kind of paper.
        lines: The page, set straight.
        slant: By how much it was turned, in radians.
    """
    labels = {f.name: f.labels for f in file.fields if f.kind not in ("credit_code", "digits")}
    found = anchors(labels, lines)
    values = [x for a in found for x in _beside(a, lines)]
    if not values:
        return []
    height = float(np.median([x.height for x in values]))
    right = max(x.x1 for x in values)
    empty = [a for a in found if a.sure >= 0.98 and not a.rest and not _beside(a, lines)]
    if len(empty) > MOST:
        return []
    strips = [_strip(a, found, values, right, height) for a in empty]
    return [_turned(s, slant) for s in strips if s[2] - s[0] > LEAST * height]


def _beside(anchor: Anchor, lines: Sequence[Placed]) -> list[Placed]:
    """The lines on a label's row to its right."""
    at = anchor.at
    return [
        x
        for x in lines
        if x.line is not at.line and x.x0 > at.x1 - 0.6 * at.height and beside(at, x)
    ]


def _strip(
    anchor: Anchor,
    found: Sequence[Anchor],
    values: Sequence[Placed],
    right: float,
    height: float,
) -> tuple[float, float, float, float]:
    """The row beside a label: from where values begin to the next label, or the values' end."""
    at = anchor.at
    near = [x.x0 for x in values if at.x1 - height < x.x0 < at.x1 + 4 * at.height]
    start = float(np.median(near)) if near else at.x1
    nexts = [a.at.x0 for a in found if a.at.x0 > at.x1 + at.height and beside(at, a.at)]
    half = TALL * height / 2
    return start, at.middle - half, min([right, *nexts]), at.middle + half


def _turned(box: tuple[float, float, float, float], slant: float) -> Corners:
    x0, y0, x1, y1 = box
    cos, sin = math.cos(slant), math.sin(slant)
    a, b, c, d = (
        (x * cos - y * sin, x * sin + y * cos) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    )
    return a, b, c, d

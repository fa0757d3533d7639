"""Where things stand on a page: what is on the same row, to the right, beneath."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from perception.inspection import Box, Line


def height(line: Line) -> int:
    """A line's height in pixels."""
    return max(1, line.box[3] - line.box[1])


def same_row(left: Line, right: Line) -> bool:
    """Whether two lines overlap vertically by half of the lower one's height."""
    overlap = min(left.box[3], right.box[3]) - max(left.box[1], right.box[1])
    return overlap >= 0.45 * min(height(left), height(right))


def right_of(anchor: Line, lines: Iterable[Line]) -> list[Line]:
    """The lines on the same row to the right, nearest first."""
    found = [
        line
        for line in lines
        if line is not anchor
        and same_row(anchor, line)
        and line.box[0] >= anchor.box[0] + 2
        and line.box[2] > anchor.box[2]
    ]
    return sorted(found, key=lambda line: line.box[0])


def beneath(anchor: Line, lines: Iterable[Line], left: int, reach: float = 2.2) -> Line | None:
    """The next line beneath whose left edge is near ``left``."""
    size = height(anchor)
    found = [
        line
        for line in lines
        if line.box[1] > anchor.box[1] + 0.5 * size
        and line.box[1] - anchor.box[3] < (reach - 1) * size
        and abs(line.box[0] - left) < 3 * size
    ]
    return min(found, key=lambda line: line.box[1], default=None)


def joined(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def label_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    """Matches a label at a line's start, spaces and a colon let through."""
    words = sorted(labels, key=len, reverse=True)
    spaced = [r"\s*".join(map(re.escape, word)) for word in words]
    return re.compile(rf"^[\s（(*·]*(?:{'|'.join(spaced)})[)）]?\s*[:：]?\s*")

"""Where things stand on a page: lines set straight, rows, and what stands beside a label."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from perception.inspection import Box, Line
from perception.page.reading import ReadLine
from perception.page.strips import slant_of

GLYPHS = "名称类型住所企业字号"
"""Letters of labels that are printed far apart, so that a reader sees them one by one."""
ABOVE = 0.6
"""A value may stand this many label heights above its label's middle: two lines beside one."""
GAP = 1.9
"""Lines further below one another than this many of their heights are not one text."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A line set straight: its edges after the page's slant is taken out, in its pixels."""

    text: str
    confidence: float
    x0: float
    y0: float
    x1: float
    y1: float
    line: Line

    @property
    def height(self) -> float:
        """Height in pixels, at least one."""
        return max(1.0, self.y1 - self.y0)

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label that was found: for which field, where, and what follows it in its own line.

    Attributes:
        sure: Probability in [0, 1] that it is this label.
    """

    name: str
    at: Placed
    rest: str
    sure: float


@dataclass(frozen=True, slots=True)
class Column:
    """A label and the lines to its right, up to the next column and the next label below."""

    anchor: Anchor
    lines: tuple[Placed, ...]


def slant(lines: Sequence[ReadLine]) -> float:
    """By how much the page is turned, in radians: the weighted median of its long lines."""
    return slant_of([line.corners for line in lines])


def place(
    lines: Sequence[ReadLine], page: int = 0, flat: Sequence[ReadLine] | None = None
) -> list[Placed]:
    """The lines set straight, top to bottom.

    Args:
        lines: As they stand in the picture.
        page: The number of the page.
        flat: The same lines in the same order as they lie on the sheet, where that is known.
    """
    flat = lines if flat is None else flat
    angle = slant(flat)
    cos, sin = math.cos(angle), math.sin(angle)
    placed = []
    for read, lying in zip(lines, flat, strict=True):
        xs = [x * cos + y * sin for x, y in lying.corners]
        ys = [y * cos - x * sin for x, y in lying.corners]
        edges = (xs[0] + xs[3]) / 2, (ys[0] + ys[1]) / 2, (xs[1] + xs[2]) / 2, (ys[2] + ys[3]) / 2
        placed.append(Placed(read.text, read.confidence, *edges, read.line(page)))
    parts = [part for line in placed for part in _letters_apart(line)]
    return sorted(parts, key=lambda p: (p.middle, p.x0))


def _letters_apart(line: Placed) -> list[Placed]:
    """A column of label letters that was read as one line, letter by letter."""
    count = len(line.text)
    if not 2 <= count <= 5 or not set(line.text) <= set(GLYPHS):
        return [line]
    if line.height < 1.4 * (line.x1 - line.x0):
        return [line]
    step = line.height / count
    return [
        replace(line, text=letter, y0=line.y0 + i * step, y1=line.y0 + (i + 1) * step)
        for i, letter in enumerate(line.text)
    ]


def label_pattern(labels: Iterable[str]) -> re.Pattern[str]:
    """Matches a label at a line's start, spaces and a colon let through."""
    words = sorted(labels, key=len, reverse=True)
    spaced = [r"\s*".join(map(re.escape, word)) for word in words]
    return re.compile(rf"^[\s（(*·.]*(?:{'|'.join(spaced)})[)）]?\s*[:：.]?\s*")


def anchors(labels: Mapping[str, tuple[str, ...]], lines: Sequence[Placed]) -> list[Anchor]:
    """Every label that stands on the page; of a two-letter one, one letter is enough.

    Args:
        labels: For each field, how its label may read.
        lines: The page.
    """
    found: list[Anchor] = []
    for name, words in labels.items():
        pattern = label_pattern(words)
        for line in lines:
            if hit := pattern.match(line.text):
                found.append(Anchor(name, _head(line, hit.end()), line.text[hit.end() :], 1.0))
    found = [a for a in found if not any(_in_value_of(a, b) for b in found)]
    edge = max((a.at.x1 for a in found if len(a.at.text) >= 4 and not a.rest), default=math.inf)
    if edge == math.inf:
        edge = max((a.at.x1 for a in found if len(a.at.text) >= 4), default=math.inf)
    for name, words in labels.items():
        if not any(a.name == name for a in found):
            found += _by_letters(name, words, lines, edge)
    return found + _fragments(labels, lines, found)


def _in_value_of(anchor: Anchor, label: Anchor) -> bool:
    """Whether what looks like a label is a line of that label's own value, as 经营范围中涉及 is."""
    return (
        anchor.name == label.name
        and anchor.at.x0 > label.at.x1 - 0.5 * label.at.height
        and anchor.at.middle > label.at.middle
        and bool(anchor.rest)
    )


def _fragments(
    labels: Mapping[str, tuple[str, ...]], lines: Sequence[Placed], found: Sequence[Anchor]
) -> list[Anchor]:
    """Lines that are two or more letters of one longer label, for fields that have none yet."""
    known = {a.name for a in found}
    taken = {id(a.at.line) for a in found}
    pieces = []
    for line in lines:
        if len(line.text) < 2 or id(line.line) in taken:
            continue
        names = {n for n, words in labels.items() if any(_inside(line.text, w) for w in words)}
        if len(names - known) == 1:
            pieces.append(Anchor((names - known).pop(), line, "", 0.8))
    return pieces


def _inside(piece: str, label: str) -> bool:
    return len(label) >= 4 and piece in label


def _by_letters(
    name: str, words: tuple[str, ...], lines: Sequence[Placed], edge: float
) -> list[Anchor]:
    """A two-letter label of which the letters stand apart, or one of them was not read.

    Args:
        name: The field.
        words: How its label may read.
        lines: The page.
        edge: Where the longer labels end.
    """
    for word in (w for w in words if len(w) == 2):
        first, second = word[0], word[1]
        lefts = [x for x in lines if x.text == first]
        for right in (x for x in lines if x.text.startswith(second)):
            head = _head(right, 1)
            left = next((x for x in lefts if beside(x, right) and x.x0 < right.x0), None)
            if left is not None:
                return [Anchor(name, replace(head, x0=left.x0), right.text[1:], 0.98)]
            if head.x0 < edge - 0.3 * head.height and (len(right.text) == 1 or edge < math.inf):
                start = head.x0 - 3 * _side(head)
                return [Anchor(name, replace(head, x0=start), right.text[1:], 0.8)]
        for left in lefts:
            inside = left.x1 < edge < left.x1 + 8 * left.height
            end = edge if inside else left.x1 + 3 * _side(left)
            return [Anchor(name, replace(left, text=first + second, x1=end), "", 0.7)]
    return []


def _side(line: Placed) -> float:
    return min(line.height, line.x1 - line.x0)


def _head(line: Placed, letters: int) -> Placed:
    """The beginning of a line, as wide as so many of its letters."""
    share = _width(line.text[:letters]) / max(1.0, _width(line.text))
    return replace(line, text=line.text[:letters], x1=line.x0 + (line.x1 - line.x0) * share)


def _width(text: str) -> float:
    """How wide a text is, in Chinese letters."""
    return sum(0.55 if ord(c) < 0x2E80 else 1.0 for c in text)


def beside(left: Placed, right: Placed) -> bool:
    """Whether two lines overlap vertically by half of the lower one."""
    overlap = min(left.y1, right.y1) - max(left.y0, right.y0)
    return overlap >= 0.45 * min(left.height, right.height)


def right_of(anchor: Placed, lines: Iterable[Placed]) -> list[Placed]:
    """The lines on the same row to the right, nearest first."""
    start = anchor.x1 - _side(anchor)
    found = [x for x in lines if x.line is not anchor.line and beside(anchor, x) and x.x0 >= start]
    return sorted(found, key=lambda x: x.x0)


def rows(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Lines gathered into rows, top to bottom, each from left to right."""
    gathered: list[list[Placed]] = []
    for line in sorted(lines, key=lambda x: x.middle):
        if gathered and all(_one_row(other, line) for other in gathered[-1]):
            gathered[-1].append(line)
        else:
            gathered.append([line])
    return [sorted(row, key=lambda x: x.x0) for row in gathered]


def _one_row(first: Placed, second: Placed) -> bool:
    """Whether two lines stand beside, not above one another; boxes of close lines overlap."""
    if min(first.x1, second.x1) - max(first.x0, second.x0) > first.height:
        return False
    return abs(first.middle - second.middle) < 0.55 * max(first.height, second.height)


def joined(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def columns(found: Sequence[Anchor], lines: Sequence[Placed]) -> list[Column]:
    """For each label, the lines that belong to it."""
    taken = {id(a.at.line) for a in found}
    free = [x for x in lines if id(x.line) not in taken and x.text not in GLYPHS]
    size = float(np.median([a.at.height for a in found] or [1.0]))
    return [Column(a, tuple(_belonging(a.at, found, free, size))) for a in found]


def _belonging(
    at: Placed, found: Sequence[Anchor], free: Sequence[Placed], size: float
) -> list[Placed]:
    to_right = [
        o.at.x0 for o in found if o.at.x0 > at.x1 + size and o.at.middle > at.middle - 8 * size
    ]
    below = [
        o.at.middle - ABOVE * size
        for o in found
        if o.at.middle > at.middle + 0.7 * size and abs(o.at.x0 - at.x0) < 4 * size
    ]
    left, right = at.x1 - 0.6 * size, min(to_right, default=math.inf) - 0.5 * size
    top, bottom = at.middle - ABOVE * size, min(below, default=math.inf)
    own = [x for x in free if left <= x.x0 < right and top <= x.middle < bottom]
    return own + [x for x in free if x.x0 >= right and any(_goes_on(o, x) for o in own)]


def _goes_on(first: Placed, second: Placed) -> bool:
    """Whether a line is the next piece of another one: on its row, a letter away, of its size."""
    size = max(first.height, second.height)
    return (
        abs(first.middle - second.middle) < 0.4 * size
        and -0.5 * size < second.x0 - first.x1 < 0.9 * size
        and size < 1.4 * min(first.height, second.height)
        and first.x1 - first.x0 > 8 * size
    )

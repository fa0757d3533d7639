"""What stands on an OFD page (GB/T 33190): letters, pictures and strokes, in millimetres.

Places are those of the page, origin top left: an object's own places go through its matrix and
then to its boundary.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from xml.etree.ElementTree import Element

from perception.files.letters import plain
from perception.files.trees import children, local

Point = tuple[float, float]
Ink = tuple[int, int, int]

MAX_OBJECTS = 20_000
"""On one page; the densest statement has some thousands."""
MAX_LETTERS = 4_000
MAX_POINTS = 2_000
FARTHEST = 1e5
"""Millimetres; numbers beyond are not believed."""
ASCENT, DESCENT = 0.86, 0.14
"""How far letters reach above and below their base line, in their size."""
HALF_WIDE = 0.5
CURVE = 6
"""Points by which a curve is drawn."""
GROUPS = ("Layer", "PageBlock", "Content", "Appearance")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a group of objects begins on the page, and how far it is drawn larger."""

    x: float = 0.0
    y: float = 0.0
    larger: float = 1.0

    def at(self, point: Point) -> Point:
        """A place of the group on the page."""
        return self.x + self.larger * point[0], self.y + self.larger * point[1]


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters drawn together: their object's id, their box, the place of each and their size."""

    id: str
    text: str
    box: tuple[float, float, float, float]
    places: tuple[Point, ...]
    size: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's resource and the box that it fills; a seal leaves what is beneath it seen."""

    resource: str
    box: tuple[float, float, float, float]
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """Connected points, drawn as a line of that width or filled."""

    points: tuple[Point, ...]
    width: float
    ink: Ink
    filled: bool


Thing = Letters | Picture | Stroke


def things(content: Element | None, origin: Origin | None = None) -> Iterator[Thing]:
    """What is drawn, in the order in which it is.

    Args:
        content: The element that holds it.
        origin: Where that begins on the page.
    """
    start = origin or Origin()
    waiting = list(reversed(content)) if content is not None else []
    for _ in range(MAX_OBJECTS):
        if not waiting:
            return
        element = waiting.pop()
        name = local(element)
        if name in GROUPS:
            waiting.extend(reversed(element))
        elif element.get("Visible", "true").lower() == "false" or element.get("Alpha") == "0":
            continue
        elif name == "TextObject":
            yield from _letters(element, start)
        elif name == "ImageObject":
            yield Picture(element.get("ResourceID", ""), _Frame(element, start).whole())
        elif name == "PathObject":
            yield from _strokes(element, start)


def numbers(text: str | None, most: int = MAX_POINTS) -> list[float]:
    """The numbers in a text, up to the first that is none."""
    found: list[float] = []
    for word in (text or "").split()[:most]:
        try:
            value = float(word)
        except ValueError:
            break
        if not abs(value) <= FARTHEST:
            break
        found.append(value)
    return found


def box_of(text: str | None) -> tuple[float, float, float, float] | None:
    """An ``x y width height`` as x0, y0, x1, y1; None where it is no box."""
    said = numbers(text, 4)
    if len(said) < 4:
        return None
    x0, y0, x1, y1 = said[0], said[1], said[0] + said[2], said[1] + said[3]
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


class _Frame:
    """From an object's own places to the page's."""

    def __init__(self, element: Element, origin: Origin) -> None:
        matrix = numbers(element.get("CTM"), 6)
        self._matrix = matrix if len(matrix) == 6 else [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
        self._box = box_of(element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        self._origin = origin
        self._own = len(matrix) == 6

    def at(self, x: float, y: float) -> Point:
        """A place on the page."""
        a, b, c, d, e, f = self._matrix
        inner = a * x + c * y + e + self._box[0], b * x + d * y + f + self._box[1]
        return self._origin.at(inner)

    def whole(self) -> tuple[float, float, float, float]:
        """The box that the unit square fills, or the boundary where no matrix says so."""
        if not self._own:
            (x0, y0), (x1, y1) = self._origin.at(self._box[:2]), self._origin.at(self._box[2:])
            return x0, y0, x1, y1
        return _around([self.at(0, 0), self.at(1, 0), self.at(1, 1), self.at(0, 1)])


def _around(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _letters(element: Element, origin: Origin) -> Iterator[Letters]:
    frame = _Frame(element, origin)
    said = numbers(element.get("Size"), 1)
    size = said[0] if said and said[0] > 0 else 3.5
    ink = _ink(element, "FillColor")
    for code in children(element, "TextCode"):
        text = "".join(code.itertext())[:MAX_LETTERS]
        spots = list(_spots(code, text, size))
        if not plain(text):
            continue
        (ax, ay), (bx, by) = frame.at(0, 0), frame.at(0, size)
        corners = [
            frame.at(x + across, y + up)
            for (x, y), letter in zip(spots, text, strict=True)
            for across, up in ((0.0, -ASCENT * size), (_wide(letter) * size, DESCENT * size))
            if not letter.isspace()
        ]
        yield Letters(
            id=element.get("ID", ""),
            text=text,
            box=_around(corners),
            places=tuple(frame.at(x, y) for x, y in spots),
            size=math.hypot(bx - ax, by - ay),
            ink=ink,
        )


def _wide(letter: str) -> float:
    return 1.0 if ord(letter) > 0x2E7F else HALF_WIDE


def _spots(code: Element, text: str, size: float) -> Iterator[Point]:
    """Where each letter's base line begins: a start, and steps that may leave off early."""
    x, y = (numbers(code.get(name), 1) or [0.0] for name in ("X", "Y"))
    across, down = (_steps(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    at_x, at_y = x[0], y[0]
    for place, letter in enumerate(text):
        yield at_x, at_y
        if place < len(across):
            at_x += across[place]
        elif not down:
            at_x += _wide(letter) * size
        if place < len(down):
            at_y += down[place]


def _steps(text: str | None, most: int) -> list[float]:
    """Steps between letters; ``g 3 2.5`` stands for three of 2.5."""
    steps: list[float] = []
    parts = iter((text or "").split()[: 3 * most + 3])
    for part in parts:
        if len(steps) >= most:
            break
        if part == "g":
            times, step = numbers(next(parts, ""), 1), numbers(next(parts, ""), 1)
            if times and step:
                steps += step * max(0, min(int(times[0]), most - len(steps)))
        else:
            steps += numbers(part, 1)
    return steps


def _ink(element: Element, name: str) -> Ink:
    for colour in children(element, name):
        said = numbers(colour.get("Value"), 3)
        if len(said) == 3:
            red, green, blue = (max(0, min(255, int(v))) for v in said)
            return red, green, blue
    return 0, 0, 0


def _strokes(element: Element, origin: Origin) -> Iterator[Stroke]:
    frame = _Frame(element, origin)
    filled = element.get("Fill", "false").lower() == "true"
    said = numbers(element.get("LineWidth"), 1)
    drawn = Stroke(
        points=(),
        width=(said[0] if said else 0.35) * origin.larger,
        ink=_ink(element, "FillColor" if filled else "StrokeColor"),
        filled=filled,
    )
    for data in children(element, "AbbreviatedData"):
        for points in _paths((data.text or "").split()[:MAX_POINTS]):
            if len(points) > 1:
                yield replace(drawn, points=tuple(frame.at(x, y) for x, y in points))


ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""What follows a path's letters; curves are drawn by points, arcs as straight lines."""


def _paths(parts: Sequence[str]) -> Iterator[list[Point]]:
    points: list[Point] = []
    place = 0
    while place < len(parts):
        letter = parts[place]
        count = ARGUMENTS.get(letter)
        if count is None:
            place += 1
            continue
        said = numbers(" ".join(parts[place + 1 : place + 1 + count]), count)
        place += 1 + count
        if letter == "C":
            points += points[:1]
        elif len(said) < count:
            break
        elif letter in "SM":
            yield points
            points = [(said[0], said[1])]
        else:
            points += _curved(points[-1] if points else (0.0, 0.0), said)
    yield points


def _curved(start: Point, said: Sequence[float]) -> list[Point]:
    """Points from a start along a line, a curve of two or three further points, or an arc."""
    if len(said) in (2, 7):
        return [(said[-2], said[-1])]
    hold = [start, *zip(said[::2], said[1::2], strict=True)]
    found = []
    for step in range(1, CURVE + 1):
        level, t = hold, step / CURVE
        while len(level) > 1:
            level = [
                ((1 - t) * a[0] + t * b[0], (1 - t) * a[1] + t * b[1]) for a, b in pairwise(level)
            ]
        found.append(level[0])
    return found

"""A page as it was seen: upright, read, its lines set straight, its marks found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from perception.files.decode import Page
from perception.inspection import Box, Frame, Line, Mark
from perception.marks import MarkDetector, find_marks
from perception.page.layers import ReadPage
from perception.page.layout import Placed, place
from perception.page.outline import Outline, on_sheet, outlines
from perception.page.reading import ReadLine, StripReader

ELECTRONIC = 0.99
"""How sure a seal is that a document says was set on it."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page upright and read; boxes in its own pixels.

    Attributes:
        image_rgb: uint8, shape (height, width, 3).
        number: Its place in the file, from 0.
        scale: Pixels of the original for one pixel here.
        quarters: Quarter turns to the left that put it upright.
        layered: Whether its own text was taken rather than its picture read.
        sheets: The sheets of paper that are seen on it.
        marks: Seals, signatures and codes.
        lines: All that is written on it.
        found: The lines of the paper that it is taken for.
        placed: These, set straight.
    """

    image_rgb: NDArray[np.uint8]
    number: int
    scale: float
    quarters: int
    layered: bool
    sheets: list[Outline]
    marks: list[Mark]
    lines: list[Line]
    found: list[ReadLine]
    placed: list[Placed]

    @property
    def frame(self) -> Frame:
        """In what the boxes lie, once they are scaled to the original."""
        _, _, width, height = scaled(self.whole, self.scale)
        return Frame(width, height, self.quarters)

    @property
    def whole(self) -> Box:
        """The box of all of it."""
        height, width = self.image_rgb.shape[:2]
        return 0, 0, width, height

    def only(self, found: Sequence[ReadLine]) -> SeenPage:
        """The page taken for the paper with these of its lines."""
        placed = place(found, self.number, on_sheet(found, self.sheets))
        return replace(self, found=list(found), placed=placed)

    def with_more(self, more: Sequence[ReadLine]) -> SeenPage:
        """The page with lines that were read later."""
        seen = replace(self, lines=[*self.lines, *(line.line(self.number) for line in more)])
        return seen.only([*self.found, *more])


def seen_page(
    read: ReadPage, page: Page, number: int, detector: MarkDetector | None, reader: StripReader
) -> SeenPage:
    """The page with its marks; seals that a document says were set stand for those one sees."""
    sealed = [Mark("seal", name or None, box, ELECTRONIC, number) for name, box in page.seals]
    found = (
        find_marks(read.image_rgb, number, detector=detector, reader=reader) if page.opened else []
    )
    marks = [*sealed, *(m for m in found if not (sealed and m.kind == "seal"))]
    sheets = [] if read.layered else outlines(read.image_rgb)
    return SeenPage(
        image_rgb=read.image_rgb,
        number=number,
        scale=page.scale,
        quarters=read.quarters,
        layered=read.layered,
        sheets=sheets,
        marks=marks,
        lines=[line.line(number) for line in read.lines],
        found=read.lines,
        placed=place(read.lines, number, on_sheet(read.lines, sheets)),
    )


def scaled(box: Box, scale: float) -> Box:
    """A box of the page in pixels of the original."""
    x0, y0, x1, y1 = (round(v * scale) for v in box)
    return x0, y0, x1, y1

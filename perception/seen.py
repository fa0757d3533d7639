"""A page as it was seen: upright, read, its lines set straight, its marks found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from perception.files.decode import Page
from perception.inspection import Box, Frame, Line, Mark
from perception.marks import MarkDetector, find_marks
from perception.page.layers import ReadPage
from perception.page.layout import Placed, place
from perception.page.reading import StripReader

ELECTRONIC = 0.99
"""How sure a seal is that a document says was set on it."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page upright and read; boxes in its own pixels, ``scale`` of the original for each."""

    image_rgb: NDArray[np.uint8]
    scale: float
    placed: list[Placed]
    lines: list[Line]
    marks: list[Mark]
    quarters: int
    layered: bool

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


def seen_page(
    read: ReadPage, page: Page, number: int, detector: MarkDetector | None, reader: StripReader
) -> SeenPage:
    """The page with its marks; seals that a document says were set stand for those one sees."""
    sealed = [Mark("seal", name or None, box, ELECTRONIC, number) for name, box in page.seals]
    found = (
        find_marks(read.image_rgb, number, detector=detector, reader=reader) if page.opened else []
    )
    return SeenPage(
        read.image_rgb,
        page.scale,
        place(read.lines, number),
        [line.line(number) for line in read.lines],
        [*sealed, *(m for m in found if not (sealed and m.kind == "seal"))],
        read.quarters,
        read.layered,
    )


def scaled(box: Box, scale: float) -> Box:
    """A box of the page in pixels of the original."""
    x0, y0, x1, y1 = (round(v * scale) for v in box)
    return x0, y0, x1, y1

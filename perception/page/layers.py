"""Whether a page's text layer says what stands on the page, and what is read instead.

Layers are wrong where a scanner laid its own reading beneath a picture, where fonts say nothing of
what their shapes mean, or where a watermark's words are all that is text on a photographed page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from perception.files.decode import Page
from perception.files.letters import garbled
from perception.inspection import Box
from perception.page.reading import ReadLine, TextReader
from perception.page.upright import TurnFinder, UprightPage, read_upright

SAMPLED = 8
"""Lines of a page that are read to be compared; half of them those with most digits, since sums
and numbers are what a layer must not get wrong."""
ALIKE, AGREEING = 70.0, 0.7
"""Similarity (0 to 100) from which a line agrees with its print, and the share that must: the
reader has nine letters in ten of small print right, rubbish one in ten."""
GARBLED, UNSEEN, PICTURED = 0.1, 0.5, 0.3
"""Shares from which a layer is not looked at, is somebody's reading of a scan, and leaves so much
of the page to pictures that these are read too."""
ENOUGH = 3
"""Pages that agree with their print, and none that does not, after which the rest is believed."""
BAND, GAP, WIDEST = 48, 24, 1_200
"""The compared lines, in pixels: how high, how far apart, how long at most. They are read from a
sheet that is always as large: on a slender one the text detector fails."""
LAID = 0.5
"""The share of a read line that must lie beneath the layer's for it to be the same."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page upright and read; ``layered`` where its own text was taken."""

    image_rgb: NDArray[np.uint8]
    lines: list[ReadLine]
    quarters: int
    layered: bool


class DocumentReader:
    """Reads the pages of one file, in their order."""

    def __init__(self, reader: TextReader, finder: TurnFinder) -> None:
        self._reader = reader
        self._finder = finder
        self._held = True
        self._agreed = 0

    def read(self, page: Page) -> ReadPage:
        """A page by its text layer where that holds, else by its picture.

        The layer of a page whose picture is too coarse to read is believed where those before it
        held.
        """
        if page.coarse:
            believed = self._held and garbled(_letters(page)) < GARBLED
            return _layered(page, list(page.text) if believed else [])
        if page.text and (page.drawn or self._holds(page)):
            if page.pictured < PICTURED:
                return _layered(page, list(page.text))
            beneath = self._reader.read(page.image_rgb)
            return _layered(page, [*page.text, *_besides(beneath, page.text)])
        return _seen(read_upright(page.image_rgb, self._reader, self._finder))

    def _holds(self, page: Page) -> bool:
        holds = garbled(_letters(page)) < GARBLED and page.unseen < UNSEEN
        if holds and not (self._held and self._agreed >= ENOUGH):
            holds = agrees(page.image_rgb, page.text, self._reader)
            self._agreed += holds
        self._held = self._held and holds
        return holds


def _letters(page: Page) -> str:
    return "".join(line.text for line in page.text)


def _layered(page: Page, lines: list[ReadLine]) -> ReadPage:
    return ReadPage(page.image_rgb, lines, 0, layered=True)


def _seen(page: UprightPage) -> ReadPage:
    return ReadPage(page.image_rgb, page.lines, page.quarters, layered=False)


def agrees(image_rgb: NDArray[np.uint8], lines: Sequence[ReadLine], reader: TextReader) -> bool:
    """Whether a sample of lines says what is read at their places."""
    sample = _sample(lines)
    if not sample:
        return True
    bands = [_band(image_rgb, line.box) for line in sample]
    sheet = np.full((SAMPLED * (BAND + GAP) + GAP, WIDEST + 2 * GAP, 3), 255, dtype=np.uint8)
    for number, band in enumerate(bands):
        top = GAP + number * (BAND + GAP)
        sheet[top : top + BAND, GAP : GAP + band.shape[1]] = band
    texts = [""] * len(sample)
    for line in sorted(reader.read(sheet), key=lambda x: x.box[0]):
        middle = (line.box[1] + line.box[3]) / 2 - GAP / 2
        texts[min(len(texts) - 1, max(0, int(middle // (BAND + GAP))))] += line.text
    agreeing = sum(_alike(a.text, b) for a, b in zip(sample, texts, strict=True))
    return agreeing >= AGREEING * len(sample)


def _sample(lines: Sequence[ReadLine]) -> list[ReadLine]:
    """Lines that are compared: those with most digits, and others evenly down the page."""
    fit = [x for x in lines if len(x.text) >= 4 and _legible(x.box)]
    numbered = sorted(fit, key=lambda x: -sum(c.isdigit() for c in x.text))[: SAMPLED // 2]
    others = [x for x in fit if x not in numbered]
    step = max(1, len(others) * 2 // SAMPLED)
    return [*numbered, *others[::step][: SAMPLED - len(numbered)]]


def _legible(box: Box) -> bool:
    return box[3] - box[1] >= 8 and box[2] > box[0]


def _band(image_rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    x0, y0, x1, y1 = box
    margin = (y1 - y0) // 6
    cut = image_rgb[max(0, y0 - margin) : y1 + margin, max(0, x0 - 2) : x1 + 2]
    if not cut.size:
        return np.full((BAND, 1, 3), 255, dtype=np.uint8)
    width = max(1, min(WIDEST, round(cut.shape[1] * BAND / cut.shape[0])))
    return np.asarray(cv2.resize(cut, (width, BAND), interpolation=cv2.INTER_CUBIC), np.uint8)


def _alike(text: str, read: str) -> bool:
    return fuzz.ratio("".join(text.split()), "".join(read.split())) >= ALIKE


def _besides(read: Sequence[ReadLine], layer: Sequence[ReadLine]) -> list[ReadLine]:
    """The lines that were read where the layer has none."""
    return [x for x in read if not any(_over(x.box, y.box) for y in layer)]


def _over(read: Box, laid: Box) -> bool:
    wide = min(read[2], laid[2]) - max(read[0], laid[0])
    high = min(read[3], laid[3]) - max(read[1], laid[1])
    size = (read[2] - read[0]) * (read[3] - read[1])
    return wide > 0 and high > 0 and wide * high >= LAID * min(size, _size(laid))


def _size(box: Box) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])

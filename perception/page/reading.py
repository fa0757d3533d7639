"""Text lines of a picture: RapidOCR (PP-OCR models in its wheel) behind a small Protocol."""

from __future__ import annotations

import importlib.metadata
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, Line

READ_SIDE = 1_600
"""Longest side that is read; time grows with its square above."""
ENLARGED_SIDE = 1_400
"""Smaller pictures are enlarged to this: print of close lines is told apart better."""
ENLARGED = 2.0
"""But never by more than this."""
MIN_CONFIDENCE = 0.5
UPRIGHT_SHARE = 0.5

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as the reader saw it: corners clockwise from the text's own top left, in pixels."""

    text: str
    confidence: float
    corners: tuple[Corner, Corner, Corner, Corner]

    @property
    def box(self) -> Box:
        """The upright box around it."""
        xs, ys = zip(*self.corners, strict=True)
        return max(0, int(min(xs))), max(0, int(min(ys))), int(max(xs)), int(max(ys))

    def line(self, page: int) -> Line:
        """The line as an Inspection states it."""
        return Line(self.text, self.confidence, self.box, page)


class TextReader(Protocol):
    """Something that reads lines."""

    version: str

    def read(self, image_rgb: NDArray[np.uint8]) -> list[ReadLine]:
        """The lines of a page, corners in its pixels."""


class StripReader(Protocol):
    """Something that reads a line that is already cut out."""

    def read_strips(self, strips_rgb: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        """What stands on each strip, and how surely, in [0, 1]; empty where nothing does."""


class PageReader(TextReader, StripReader, Protocol):
    """Something that does both."""


class RapidReader:
    """RapidOCR on the CPU."""

    def __init__(self, threads: int = 2) -> None:
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._engine = RapidOCR(
            params={
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self.version = f"rapidocr@{importlib.metadata.version('rapidocr')}"

    def read(self, image_rgb: NDArray[np.uint8]) -> list[ReadLine]:
        """The lines, top to bottom."""
        from perception.page.strips import is_long, read_in_strips  # it takes this module's lines

        if is_long(image_rgb):
            return read_in_strips(image_rgb, self._read)
        return self._read(image_rgb)

    def _read(self, image_rgb: NDArray[np.uint8]) -> list[ReadLine]:
        factor = reading_factor(max(image_rgb.shape[:2]))
        bgr = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2BGR)
        if factor != 1.0:
            method = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_CUBIC
            size = tuple(max(1, round(side * factor)) for side in (bgr.shape[1], bgr.shape[0]))
            bgr = cv2.resize(bgr, size, interpolation=method)
        result: Any = self._engine(bgr)
        if result.boxes is None:
            return []
        lines = []
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            if score >= MIN_CONFIDENCE and text.strip():
                a, b, c, d = ((float(x) / factor, float(y) / factor) for x, y in corners)
                lines.append(ReadLine(text.strip(), float(score), (a, b, c, d)))
        return lines

    def read_strips(self, strips_rgb: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        """What stands on each strip, and how surely, in [0, 1]; empty where nothing does."""
        if not strips_rgb:
            return []
        bgr = [np.ascontiguousarray(strip[..., ::-1]) for strip in strips_rgb]
        result: Any = self._engine.recognize_txt(bgr)
        return [
            (text, float(score)) for text, score in zip(result.txts, result.scores, strict=True)
        ]


def reading_factor(longest_px: int) -> float:
    """By how much a picture of that longest side is resized before it is read."""
    if longest_px > READ_SIDE:
        return READ_SIDE / longest_px
    return min(ENLARGED, max(1.0, ENLARGED_SIDE / longest_px))


def boxed(text: str, confidence: float, box: Box) -> ReadLine:
    """A line of which only the upright box is known."""
    x0, y0, x1, y1 = box
    return ReadLine(text, confidence, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))


def lies_on_its_side(lines: Sequence[ReadLine]) -> bool:
    """Whether most of the longer lines run from top to bottom."""
    long = [x.box for x in lines if len(x.text) >= 3]
    if len(long) < 3:
        return False
    upright = sum(1 for x0, y0, x1, y1 in long if x1 - x0 >= y1 - y0)
    return upright / len(long) < UPRIGHT_SHARE

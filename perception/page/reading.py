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
from perception.page.gaps import missing_lines
from perception.page.strips import Corners, cut_strips, slant_of

READ_SIDE = 1_600
"""Longest side that is read; time grows with its square above."""
ENLARGED_SIDE = 1_400
"""Smaller pictures are enlarged to this: print of close lines is told apart better."""
ENLARGED = 2.0
"""But never by more than this."""
MIN_CONFIDENCE = 0.5
SURE_OF_MISSED = 0.8
"""Strips where a line must be, but was not found, count only where they read like one."""
ASKED = 6
"""So many of the longest lines are asked which way up they stand: one batch of the network."""
UPRIGHT_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as the reader saw it: corners clockwise from the text's own top left, in pixels."""

    text: str
    confidence: float
    corners: Corners

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

    def read_at(self, image_rgb: NDArray[np.uint8], places: Sequence[Corners]) -> list[ReadLine]:
        """What stands at these places of a page, where it reads like a line."""


class RapidReader:
    """RapidOCR on the CPU.

    Where lines stand is found on a picture reduced or enlarged to a middling size; what they say
    is read from the picture as sharp as it came.
    """

    def __init__(self, threads: int = 2) -> None:
        from rapidocr import RapidOCR

        logging.getLogger("RapidOCR").setLevel(logging.ERROR)
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "error",
                "EngineConfig.onnxruntime.intra_op_num_threads": threads,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )
        self.version = f"rapidocr@{importlib.metadata.version('rapidocr')}"

    def read(self, image_rgb: NDArray[np.uint8]) -> list[ReadLine]:
        """The lines, top to bottom."""
        bgr = np.asarray(cv2.cvtColor(image_rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)
        places = self._places(bgr)
        strips = cut_strips(bgr, places)
        if self._stand_on_their_heads(strips):
            places = [(c, d, a, b) for a, b, c, d in places]
            strips = cut_strips(bgr, places)
        lines = _lines(places, self._said(strips), MIN_CONFIDENCE)
        found = [line.corners for line in lines]
        return lines + self._read_at(bgr, missing_lines(found, slant_of(found)))

    def read_at(self, image_rgb: NDArray[np.uint8], places: Sequence[Corners]) -> list[ReadLine]:
        """What stands at these places of a page, where it reads like a line."""
        bgr = np.asarray(cv2.cvtColor(image_rgb, cv2.COLOR_RGB2BGR), dtype=np.uint8)
        return self._read_at(bgr, places)

    def _read_at(self, bgr: NDArray[np.uint8], places: Sequence[Corners]) -> list[ReadLine]:
        return _lines(places, self._said(cut_strips(bgr, places)), SURE_OF_MISSED)

    def _stand_on_their_heads(self, strips: Sequence[NDArray[np.uint8]]) -> bool:
        """Whether the page is upside down, as most of its longest lines tell."""
        longest = sorted(strips, key=lambda x: x.shape[1])[-ASKED:]
        if not longest:
            return False
        _, told = self._engine.cls_and_rotate(longest)
        turned = [label == "180" and sure > 0.9 for label, sure in told.cls_res]
        return bool(sum(turned) > len(longest) / 2)

    def _places(self, bgr: NDArray[np.uint8]) -> list[Corners]:
        """Where lines stand, top to bottom, in the picture's pixels."""
        factor = reading_factor(max(bgr.shape[:2]))
        if factor != 1.0:
            method = cv2.INTER_AREA if factor < 1.0 else cv2.INTER_CUBIC
            size = tuple(max(1, round(side * factor)) for side in (bgr.shape[1], bgr.shape[0]))
            bgr = np.asarray(cv2.resize(bgr, size, interpolation=method), dtype=np.uint8)
        found = self._engine(bgr, use_det=True, use_cls=False, use_rec=False)
        if found.boxes is None:
            return []
        places = []
        for corners in found.boxes:
            a, b, c, d = ((float(x) / factor, float(y) / factor) for x, y in corners)
            places.append((a, b, c, d))
        return places

    def _said(self, strips: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        """What each strip says, and how sure the recogniser is."""
        if not strips:
            return []
        read = self._engine.recognize_txt(list(strips))
        return [
            (text.strip(), float(sure)) for text, sure in zip(read.txts, read.scores, strict=True)
        ]


def _lines(
    places: Sequence[Corners], said: Sequence[tuple[str, float]], least: float
) -> list[ReadLine]:
    """The lines that were read at least so surely."""
    return [
        ReadLine(text, sure, corners)
        for corners, (text, sure) in zip(places, said, strict=True)
        if text and sure >= least
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


def stands_on_its_head(lines: Sequence[ReadLine]) -> bool:
    """Whether most lines begin, in their own reading, below where they end."""
    down = sum(1 for x in lines if x.corners[0][1] > x.corners[2][1])
    return down > len(lines) / 2

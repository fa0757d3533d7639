"""Text lines of a picture: RapidOCR (PP-OCR models in its wheel) behind a small Protocol."""

from __future__ import annotations

import logging
from typing import Any, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, Line

READ_SIDE = 1_600
"""Longest side that is read; finer print is lost below it, time grows with its square above."""
MIN_CONFIDENCE = 0.5
UPRIGHT_SHARE = 0.6


class TextReader(Protocol):
    """Something that reads lines."""

    version: str

    def read(self, image_rgb: NDArray[np.uint8]) -> list[Line]:
        """The lines of an upright page, boxes in its pixels."""


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
        self.version = "rapidocr@3"

    def read(self, image_rgb: NDArray[np.uint8]) -> list[Line]:
        """The lines, top to bottom."""
        factor = min(1.0, READ_SIDE / max(image_rgb.shape[:2]))
        bgr = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2BGR)
        if factor < 1.0:
            bgr = cv2.resize(bgr, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        result: Any = self._engine(bgr)
        if result.boxes is None:
            return []
        lines = []
        for corners, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
            if score >= MIN_CONFIDENCE and text.strip():
                lines.append(Line(text.strip(), float(score), _box(corners, factor)))
        return lines


def _box(corners: Any, factor: float) -> Box:
    points = np.asarray(corners, dtype=np.float64) / factor
    low, high = points.min(axis=0), points.max(axis=0)
    return int(low[0]), int(low[1]), int(high[0]), int(high[1])


def lies_on_its_side(lines: list[Line]) -> bool:
    """Whether most of the longer lines run from top to bottom."""
    long = [line for line in lines if len(line.text) >= 3]
    if len(long) < 3:
        return False
    upright = sum(1 for x in long if (x.box[2] - x.box[0]) >= (x.box[3] - x.box[1]))
    return upright / len(long) < UPRIGHT_SHARE

"""What a seal says: the firm's or office's name along its rim, or its words on one line.

The words within a round seal (合同专用章, a number) are not taken: a seal's text is whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box, Mark
from perception.marks.rim import cut_out, find_rim, inks, strip_of, unrolled, words_place
from perception.page.reading import StripReader

SURE = 0.97
"""Confidence of the recogniser from which no second look is taken."""
READABLE = 0.6
"""Below it what was read is as good as guessed: of such strips hardly one was right."""
LEAST_PX = 48
"""A seal whose shorter side is less has letters of 5 pixels: they cannot be read."""
LONG = 1.9
"""Long side over short side from which a seal is an oblong one with its words on one line."""
STRETCHES = (1.15, 1.5)
"""Letters along a rim are cut narrow; made wider they look like those that recognisers learn."""
_BRACKETS = str.maketrans("()", "（）")
_EDGE = " .·,，。、:：;；-—_~|!！*'\"“”‘’<>《》0123456789"
"""What no name begins or ends with: specks, and digits of the number at the seal's foot."""

Grey = NDArray[np.float32]


def with_texts(
    image_rgb: NDArray[np.uint8], marks: Sequence[Mark], reader: StripReader
) -> list[Mark]:
    """The marks of a page, with what its seals say where that can be read."""
    return [
        replace(mark, text=seal_text(image_rgb, mark.box, reader)) if mark.kind == "seal" else mark
        for mark in marks
    ]


def seal_text(image_rgb: NDArray[np.uint8], box: Box, reader: StripReader) -> str | None:
    """What the seal in that box says, without white space; None where it cannot be read."""
    x0, y0, x1, y1 = box
    if min(x1 - x0, y1 - y0) < LEAST_PX / (LONG if _oblong(box) else 1):
        return None
    best, sure = "", 0.0
    for strip in _strips(image_rgb, box):
        ((text, confidence),) = reader.read_strips([strip])
        if confidence > sure and len(_plain(text)) >= 2:
            best, sure = _plain(text), confidence
        if sure >= SURE:
            break
    return best if sure >= READABLE else None


def _oblong(box: Box) -> bool:
    x0, y0, x1, y1 = box
    return x1 - x0 >= LONG * (y1 - y0)


def _strips(image_rgb: NDArray[np.uint8], box: Box) -> Iterator[NDArray[np.uint8]]:
    """Pictures of the seal's words on one line, the likeliest to be read first."""
    part = cut_out(image_rgb, box)
    found = list(inks(part))
    if _oblong(box):
        yield _pictured(found[0], 1.0)
        return
    for ink in found:
        rim = find_rim(ink)
        if rim is None:
            continue
        band = unrolled(ink, rim)
        place = words_place(band)
        if place is None:
            continue
        for stretch in STRETCHES:
            yield _pictured(strip_of(band, place), stretch)
        if ink is not found[-1]:
            yield _pictured(strip_of(unrolled(found[-1], rim), place), STRETCHES[0])
        return


def _pictured(ink: Grey, stretch: float) -> NDArray[np.uint8]:
    """Ink as dark on light, with a margin."""
    grey = (255 * (1 - np.clip(ink, 0, 1))).astype(np.uint8)
    grey = np.pad(grey, ((6, 6), (8, 8)), constant_values=255)
    wide = cv2.resize(grey, None, fx=stretch, fy=1.0, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.cvtColor(wide, cv2.COLOR_GRAY2RGB), np.uint8)


def _plain(text: str) -> str:
    """Without white space, with full-width brackets, and nothing but words at its ends."""
    return "".join(text.split()).translate(_BRACKETS).strip(_EDGE)

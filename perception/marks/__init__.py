"""Seals and what they say, signatures, thumb prints and QR codes.

QR codes are found where they can be read. Seals, signatures and thumb prints are found by the
detector; without it only red seals are, by colour and shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from perception.inspection import Mark
from perception.marks.codes import qr_codes
from perception.marks.detector import MarkDetector, mark_detector, overlap
from perception.marks.disc import is_full_disc
from perception.marks.red import red_seals
from perception.marks.seal_text import with_texts
from perception.page.reading import StripReader

SAME = 0.3
"""Two boxes of a kind that share so much of their union are one mark."""

__all__ = ["MarkDetector", "find_marks", "mark_detector"]


def find_marks(
    image_rgb: NDArray[np.uint8],
    page: int = 0,
    *,
    detector: MarkDetector | None = None,
    reader: StripReader | None = None,
) -> list[Mark]:
    """The marks of an upright page, boxes in its pixels.

    Args:
        image_rgb: The page.
        page: Its number, from 0.
        detector: Finds all but codes; without it only red seals are found.
        reader: Reads what seals say; without it they have no text.
    """
    codes = qr_codes(image_rgb, page)
    if detector is None:
        found = red_seals(image_rgb, page)
    else:
        seen = [m for m in detector.find(image_rgb, page) if not _known(m, codes)]
        found = [m for m in seen if m.kind != "seal" or not is_full_disc(image_rgb, m.box)]
    marks = [*codes, *found]
    return marks if reader is None else with_texts(image_rgb, marks, reader)


def _known(mark: Mark, others: list[Mark]) -> bool:
    """Whether another mark of its kind lies in the same place."""
    box = np.asarray(mark.box, np.float32)
    return any(
        other.kind == mark.kind and overlap(box, np.asarray(other.box, np.float32)) > SAME
        for other in others
    )

"""A printed page: its pixels, and what stands where on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Corner = tuple[float, float]
Corners = tuple[Corner, Corner, Corner, Corner]
CellPlace = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words printed on one line, all of one field or none.

    Attributes:
        text: As printed; spaces at its ends are gone.
        corners: Clockwise from the text's own upper left, in pixels of the picture.
        field: Name of the field whose value it is or is part of; None for labels and the like.
        cell: Table, row and column that it stands in, counted from 0; None outside of tables.
        handwritten: Written by (synthetic) hand rather than printed.
    """

    text: str
    corners: Corners
    field: str | None = None
    cell: CellPlace | None = None
    handwritten: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A seal, a signature, a QR code or a fingerprint.

    Attributes:
        kind: ``seal``, ``signature``, ``qr`` or ``fingerprint``.
        text: Words on the seal's rim, the name signed, what the code says; empty for a finger.
        corners: Of the box around its ink, clockwise from the upper left, in pixels.
    """

    kind: str
    text: str
    corners: Corners

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The upright box around it, xyxy."""
        xs, ys = zip(*self.corners, strict=True)
        return round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys))


@dataclass(frozen=True, slots=True)
class Page:
    """A page and the truth about it.

    Attributes:
        page_rgb: Shape (height, width, 3), sRGB.
        runs: In the order of the template.
        marks: In the order of the template.
        tables: Rows of cells as printed, the first row being the header.
        columns: For each table the normal names of its columns; empty names where none is given.
    """

    page_rgb: NDArray[np.uint8]
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    columns: tuple[tuple[str, ...], ...]

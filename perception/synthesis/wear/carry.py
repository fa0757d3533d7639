"""Points of a page carried along into the picture of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from perception.synthesis.press.page import Corners, Page

Points = NDArray[np.float64]
Carrier = Callable[[Points], Points]
"""From points of the page, shape (n, 2) in its pixels, to those of the picture."""


def carried(page: Page, picture_rgb: NDArray[np.uint8], carrier: Carrier) -> Page:
    """The page as that picture shows it: every run and mark where it now lies."""

    def moved(corners: Corners) -> Corners:
        found = carrier(np.array(corners, np.float64))
        return cast(Corners, tuple((float(x), float(y)) for x, y in found))

    return replace(
        page,
        page_rgb=picture_rgb,
        runs=tuple(replace(run, corners=moved(run.corners)) for run in page.runs),
        marks=tuple(replace(mark, corners=moved(mark.corners)) for mark in page.marks),
    )


def by_matrix(matrix: NDArray[np.float64]) -> Carrier:
    """A homography (3 x 3) or an affine map (2 x 3) as a carrier."""
    whole = matrix if matrix.shape[0] == 3 else np.vstack([matrix, (0.0, 0.0, 1.0)])

    def carrier(points: Points) -> Points:
        there = np.column_stack([points, np.ones(len(points))]) @ whole.T
        return np.asarray(there[:, :2] / there[:, 2:], np.float64)

    return carrier

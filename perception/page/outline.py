"""Sheets of paper in a photo: their four corners, and lines set straight by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.page.reading import ReadLine

SIDE = 640
"""The outline of a sheet shows in a small picture; print does not, which is as well."""
LEAST, MOST = 0.06, 0.97
"""The share of a picture that a sheet covers; more is the picture's own edge."""
FULL = 0.86
"""A sheet's outline fills so much of its four corners: what is less is something else."""
SAME = 0.6
"""Outlines that share so much of the smaller one are one sheet's."""
KEYSTONE = 0.02
"""Opposite sides whose lengths differ by less than this share need no straightening."""
LEVELLED = 0.5
"""The lines' own directions must differ by half as much once the sheet is straight: an outline
alone misleads, and cost one name of 90 real licences."""
ASKEW = 0.01
"""Lines whose directions differ by less than this, in radians, are level enough."""
NEARLY_ALL = 0.9
"""A sheet that holds this share of the lines is the paper."""

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A sheet's corners, clockwise from its top left, in pixels of the picture."""

    corners: tuple[Corner, Corner, Corner, Corner]

    def holds(self, line: ReadLine) -> bool:
        """Whether the middle of a line lies on the sheet."""
        x = sum(c[0] for c in line.corners) / 4
        y = sum(c[1] for c in line.corners) / 4
        return cv2.pointPolygonTest(np.asarray(self.corners, np.float32), (x, y), False) >= 0

    @property
    def keystone(self) -> float:
        """By how much opposite sides differ in length, a share of the longer; 0 for none."""
        a, b, c, d = (np.asarray(p) for p in self.corners)
        top, bottom = float(np.hypot(*(b - a))), float(np.hypot(*(c - d)))
        left, right = float(np.hypot(*(d - a))), float(np.hypot(*(c - b)))
        return max(1 - min(top, bottom) / max(top, bottom), 1 - min(left, right) / max(left, right))


def outlines(image_rgb: NDArray[np.uint8]) -> list[Outline]:
    """The sheets in a picture, the largest first; none where none stands out from its ground."""
    factor = min(1.0, SIDE / max(image_rgb.shape[:2]))
    small = cv2.resize(image_rgb, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    gray = cv2.medianBlur(np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8), 7)
    found: list[NDArray[np.float32]] = []
    for mask in _masks(np.asarray(gray, np.uint8)):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        found += [q for c in contours if (q := _quad(np.asarray(c), gray.size)) is not None]
    found.sort(key=lambda q: -cv2.contourArea(q))
    kept: list[NDArray[np.float32]] = []
    for quad in found:
        if not any(_shared(quad, other) > SAME for other in kept):
            kept.append(quad)
    return [_outline(quad / factor) for quad in kept]


def on_sheet(lines: Sequence[ReadLine], sheets: Sequence[Outline]) -> list[ReadLine] | None:
    """The lines as they lie on the sheet that holds nearly all; None where there is none askew."""
    for sheet in sheets:
        if lines and sum(sheet.holds(line) for line in lines) >= NEARLY_ALL * len(lines):
            flat = straightened(lines, sheet) if sheet.keystone > KEYSTONE else []
            before = _spread(lines)
            return flat if flat and before > ASKEW and _spread(flat) < LEVELLED * before else None
    return None


def _spread(lines: Sequence[ReadLine]) -> float:
    """By how much the directions of the longer lines differ, the median in radians."""
    angles = []
    for line in lines:
        a, b, c, d = (np.asarray(p) for p in line.corners)
        along = (b - a) + (c - d)
        if np.hypot(*along) > 6 * np.hypot(*(d - a)) and along[0] > 0:
            angles.append(np.arctan2(along[1], along[0]))
    if len(angles) < 3:
        return 0.0
    return float(np.median(np.abs(np.asarray(angles) - np.median(angles))))


def straightened(lines: Sequence[ReadLine], outline: Outline) -> list[ReadLine]:
    """The lines as they would lie on the sheet seen from above, in pixels of about its size."""
    a, b, c, d = (np.asarray(p, np.float32) for p in outline.corners)
    width = float(max(np.hypot(*(b - a)), np.hypot(*(c - d))))
    height = float(max(np.hypot(*(d - a)), np.hypot(*(c - b))))
    target = np.asarray([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.stack([a, b, c, d]), target)
    result = []
    for line in lines:
        points = np.asarray(line.corners, np.float32).reshape(-1, 1, 2)
        p, q, r, s = (
            (float(x), float(y)) for x, y in cv2.perspectiveTransform(points, matrix)[:, 0]
        )
        result.append(replace(line, corners=(p, q, r, s)))
    return result


def _masks(gray: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Where a sheet may be: brighter than its ground, or within edges that close."""
    _, bright = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    edges = cv2.dilate(cv2.Canny(gray, 30, 90), np.ones((3, 3), np.uint8))
    return [np.asarray(bright, np.uint8), np.asarray(edges, np.uint8)]


def _quad(contour: NDArray[np.int32], area: int) -> NDArray[np.float32] | None:
    """The four corners of a contour that is a sheet's; None for any other shape."""
    hull = cv2.convexHull(contour)
    if not LEAST < cv2.contourArea(hull) / area < MOST:
        return None
    around = cv2.arcLength(hull, True)
    for share in (0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, share * around, True)
        if len(corners) == 4:
            quad = np.asarray(corners, np.float32).reshape(4, 2)
            full = cv2.contourArea(contour) / max(1.0, cv2.contourArea(quad))
            outer = cv2.contourArea(hull) / max(1.0, cv2.contourArea(quad))
            return quad if full > FULL or outer > 0.97 else None
    return None


def _shared(first: NDArray[np.float32], second: NDArray[np.float32]) -> float:
    common, _ = cv2.intersectConvexConvex(first, second)
    return common / max(1.0, min(cv2.contourArea(first), cv2.contourArea(second)))


def _outline(quad: NDArray[np.float32]) -> Outline:
    """The corners in order: the top left has the least sum, the rest go clockwise."""
    middle = quad.mean(axis=0)
    angles = np.arctan2(quad[:, 1] - middle[1], quad[:, 0] - middle[0])
    ordered = quad[np.argsort(angles)]
    first = int(np.argmin(ordered.sum(axis=1)))
    a, b, c, d = ((float(x), float(y)) for x, y in np.roll(ordered, -first, axis=0))
    return Outline((a, b, c, d))

"""The words along a seal's rim, laid out straight: ink told from print, the rim found, unrolled."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.inspection import Box

SIDE = 380
"""Longer side in pixels at which a seal is unrolled: its letters are then about 50 high."""
MARGIN = 0.06
"""Of the seal's side, taken along around its box."""
COLOURED = 12.0
"""Distance from the paper's hue (CIELAB) that ink in colour has; below it the seal is grey."""
RAYS = 240
"""Directions from the middle in which the rim is looked for."""
CLOSED = 0.45
"""The share of them in which it must be seen on one ellipse."""
OBLONG = 0.5
"""Short axis over long axis: oval seals are cut at 0.75, and seen aslant."""
PRINT = 1.25
"""Print is so many times darker than a seal's ink, or it cannot be told from it."""
OUTSIDE, DEPTH = 0.05, 0.25
"""How far the unrolled band reaches beyond the rim and within it, as shares of the seal's side."""
LINE = 0.5
"""A row with ink in that share of all directions is the rim, or the line that follows it."""
GAP_DEG = 30.0
"""Wider than so many degrees, a gap ends the words: a missing letter leaves less."""
LETTER_DEG = 10.0
"""Letters are about so wide: 8 of a long name, 19 of a short one."""

Grey = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ellipse:
    """Middle, half axes and turn (radians) of an ellipse, in pixels."""

    x: float
    y: float
    a: float
    b: float
    turn: float

    def at(self, angles: NDArray[np.float64], inwards: NDArray[np.float64]) -> tuple[Grey, Grey]:
        """Points that lie ``inwards`` along the normals: x and y, (len(inwards), len(angles))."""
        cos, sin = np.cos(angles), np.sin(angles)
        length = np.hypot(self.b * cos, self.a * sin)
        x = self.a * cos - inwards[:, None] * self.b * cos / length
        y = self.b * sin - inwards[:, None] * self.a * sin / length
        c, s = math.cos(self.turn), math.sin(self.turn)
        return (
            np.asarray(self.x + c * x - s * y, np.float32),
            np.asarray(self.y + s * x + c * y, np.float32),
        )

    def even_angles(self, count: int) -> NDArray[np.float64]:
        """Parameters of points an equal way apart, clockwise from the foot of the page."""
        fine = np.linspace(0, 2 * np.pi, 2881) + np.pi / 2 - self.turn
        way = np.hypot(self.a * np.sin(fine), self.b * np.cos(fine))
        walked = np.concatenate([[0.0], np.cumsum((way[1:] + way[:-1]) / 2)])
        return np.interp(np.linspace(0, walked[-1], count, endpoint=False), walked, fine)


def inks(image_rgb: NDArray[np.uint8]) -> Iterator[Grey]:
    """How much of a seal's ink lies where, in [0, 1]: first as ink in colour, then as ink without.

    Ink is what is darker than the paper around it. Of a seal in colour only what lies near that
    colour's hue counts, and what is far darker is print: the seal is led on across it.
    """
    lab = cv2.cvtColor(image_rgb, cv2.COLOR_RGB2LAB).astype(np.float32)
    paper = cv2.GaussianBlur(cv2.dilate(lab[..., 0], np.ones((31, 31), np.uint8)), (0, 0), 15)
    dark = np.clip(paper - lab[..., 0], 0, None)
    along = _along_hue(lab)
    if along is not None:
        strong = along >= np.percentile(along, 93)
        level = max(float(np.median(dark[strong])), 1e-6)
        near = np.clip(along / (0.22 * float(np.median(along[strong]))) - 0.5, 0, 1)
        ink = np.asarray(np.clip(dark * near / level, 0, 1), np.float32)
        yield _led_across(ink, dark, along, level)
    top = max(float(np.percentile(dark, 96)), 1e-6)
    yield np.asarray(np.clip(dark / top, 0, 1), np.float32)


def _along_hue(lab: Grey) -> Grey | None:
    """How far each pixel lies from the paper's hue towards the strongest colours; None if grey."""
    light = lab[..., 0] >= np.percentile(lab[..., 0], 40)
    hue = cv2.GaussianBlur(lab[..., 1:] - np.median(lab[light][:, 1:], axis=0), (0, 0), 0.8)
    chroma = np.hypot(hue[..., 0], hue[..., 1])
    strong = chroma >= np.percentile(chroma, 95)
    if float(np.median(chroma[strong])) < COLOURED:
        return None
    way = hue[strong].mean(axis=0)
    return np.asarray(
        np.clip(hue @ (way / max(float(np.linalg.norm(way)), 1e-6)), 0, None), np.float32
    )


def _led_across(ink: Grey, dark: Grey, along: Grey, level: float) -> Grey:
    """The ink with what is print, far darker than it and without its hue, filled from beside."""
    hueless = along < 0.35 * float(np.percentile(along, 95))
    black = float(np.percentile(dark[hueless], 99.5)) if hueless.any() else 0.0
    if black < PRINT * level:
        return ink
    print_ = (dark > level + 0.4 * (black - level)).astype(np.uint8)
    mask = cv2.dilate(print_, np.ones((3, 3), np.uint8))
    filled = cv2.inpaint((ink * 255).astype(np.uint8), mask, 4, cv2.INPAINT_TELEA)
    return np.asarray(filled / np.float32(255), np.float32)


def cut_out(image_rgb: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """The seal with a margin, its longer side ``SIDE`` pixels and the margin."""
    x0, y0, x1, y1 = box
    side = max(x1 - x0, y1 - y0)
    edge = round(side * MARGIN)
    high, wide = image_rgb.shape[:2]
    part = image_rgb[
        max(0, y0 - edge) : min(high, y1 + edge), max(0, x0 - edge) : min(wide, x1 + edge)
    ]
    factor = SIDE / max(side, 1)
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, None, fx=factor, fy=factor, interpolation=method), np.uint8)


def find_rim(ink: Grey) -> Ellipse | None:
    """The ellipse of the seal's outermost line; None where there is none to be seen."""
    high, wide = ink.shape
    drawn = ink > 0.35
    rays = np.linspace(0, 2 * np.pi, RAYS, endpoint=False)
    reaches = np.linspace(0.55, 1.0, 140)
    xs = wide / 2 + np.outer(reaches, np.cos(rays)) * wide / 2
    ys = high / 2 + np.outer(reaches, np.sin(rays)) * high / 2
    hit = drawn[np.clip(ys.astype(int), 0, high - 1), np.clip(xs.astype(int), 0, wide - 1)]
    last = len(reaches) - 1 - hit[::-1].argmax(axis=0)
    columns = np.flatnonzero(hit.any(axis=0))
    points = np.stack([xs[last[columns], columns], ys[last[columns], columns]], 1)
    return _fitted(points.astype(np.float32))


def _fitted(points: Grey) -> Ellipse | None:
    """The ellipse through most of the points; those that lie off it are dropped in turn."""
    ellipse: Ellipse | None = None
    for _ in range(6):
        if len(points) < CLOSED * RAYS:
            return None
        (x, y), (wide, high), turn = cv2.fitEllipse(points)
        if not 0 < OBLONG * max(wide, high) <= min(wide, high):
            return None
        ellipse = _upright(Ellipse(x, y, wide / 2, high / 2, math.radians(turn)))
        off = np.abs(_off(ellipse, points))
        keep = off <= max(0.015, 1.5 * float(np.median(off)))
        if keep.all():
            break
        points = points[keep]
    return ellipse


def _upright(ellipse: Ellipse) -> Ellipse:
    """The same ellipse with its turn within a quarter of a right angle of 0, its axes swapped."""
    turn = (ellipse.turn + math.pi / 2) % math.pi - math.pi / 2
    if abs(turn) <= math.pi / 4:
        return Ellipse(ellipse.x, ellipse.y, ellipse.a, ellipse.b, turn)
    turn -= math.copysign(math.pi / 2, turn)
    return Ellipse(ellipse.x, ellipse.y, ellipse.b, ellipse.a, turn)


def _off(ellipse: Ellipse, points: Grey) -> NDArray[np.float64]:
    """How far points lie from the ellipse, as shares of its axes."""
    c, s = math.cos(ellipse.turn), math.sin(ellipse.turn)
    x, y = points[:, 0] - ellipse.x, points[:, 1] - ellipse.y
    return np.asarray(np.hypot((c * x + s * y) / ellipse.a, (c * y - s * x) / ellipse.b) - 1, float)


def unrolled(ink: Grey, rim: Ellipse) -> Grey:
    """The band within the rim, straight, its foot at both ends; the rim's line on one level."""
    side = 2 * max(rim.a, rim.b)
    around = math.pi * (3 * (rim.a + rim.b) - math.sqrt((3 * rim.a + rim.b) * (rim.a + 3 * rim.b)))
    inwards = np.arange(-OUTSIDE * side, DEPTH * side)
    xs, ys = rim.at(rim.even_angles(round(around)), inwards)
    band = cv2.remap(ink, xs, ys, cv2.INTER_LINEAR, borderValue=0)
    return _levelled(np.asarray(band, np.float32), round(OUTSIDE * side))


def _levelled(band: Grey, level: int) -> Grey:
    """The band with each column moved so that the outermost ink near the rim is at its top."""
    near = band[: 2 * level] > 0.35
    place = np.where(near.any(axis=0), near.argmax(axis=0), level).astype(np.float32)
    reach = 61
    around = np.pad(place, reach // 2, mode="wrap")
    usual = np.median(np.lib.stride_tricks.sliding_window_view(around, reach), axis=1)
    smooth = np.convolve(np.pad(usual, 15, mode="wrap"), np.ones(31) / 31, "valid")
    rows = np.arange(band.shape[0] - level, dtype=np.float32)[:, None] + smooth[None]
    columns = np.broadcast_to(np.arange(band.shape[1], dtype=np.float32), rows.shape)
    return np.asarray(
        cv2.remap(band, np.ascontiguousarray(columns), rows.astype(np.float32), cv2.INTER_LINEAR),
        np.float32,
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where on a closed band words stand: first column and how many, first row and the last."""

    start: int
    length: int
    top: int
    foot: int


def words_place(band: Grey) -> Stretch | None:
    """Where the longest words of a band stand; None where no stretch is long enough."""
    high, wide = band.shape
    unit = high / DEPTH
    top = _below_lines(band > 0.4, round(0.1 * unit))
    found = _longest_stretch(_tall(band > 0.4, top, unit), wide)
    if found is None:
        return None
    start, length = found
    foot = _letters_foot(np.roll(band, -start, axis=1)[:, :length], top, unit)
    return Stretch(start, length, top, foot)


def strip_of(band: Grey, place: Stretch) -> Grey:
    """That part of a band, on one line."""
    return np.roll(band, -place.start, axis=1)[place.top : place.foot, : place.length]


def _below_lines(drawn: NDArray[np.bool_], within: int) -> int:
    """The first row beneath the rim's line and the one that follows it."""
    cover = drawn[:within].mean(axis=1)
    lines = np.flatnonzero(cover > LINE)
    return int(lines[-1]) + 2 if lines.size else 2


def _tall(drawn: NDArray[np.bool_], top: int, unit: float) -> NDArray[np.bool_]:
    """In which columns letters stand that reach from the rim far inwards, as a firm's name does.

    The number at the foot is small and near the rim; the words across a seal reach the band from
    within only.
    """
    near = drawn[top : top + round(0.06 * unit)].sum(axis=0) >= 2
    far = drawn[round(0.1 * unit) : round(0.15 * unit)].sum(axis=0) >= 2
    reach = np.ones((1, round(drawn.shape[1] * LETTER_DEG / 360)), np.uint8)
    return np.asarray((near | far) & _beside(near, reach) & _beside(far, reach), bool)


def _beside(columns: NDArray[np.bool_], reach: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The columns of a closed band within reach of those."""
    count = len(columns)
    closed = cv2.dilate(np.tile(columns.astype(np.uint8), 3)[None], reach)
    return np.asarray(closed[0, count : 2 * count] > 0, bool)


def _longest_stretch(drawn: NDArray[np.bool_], wide: int) -> tuple[int, int] | None:
    """Where the longest run of letters starts and how long it is, in columns of the closed band."""
    degree = wide / 360
    columns = np.flatnonzero(drawn)
    if columns.size < 20 * degree:
        return None
    gaps = [(b - a, a, b) for a, b in pairwise([*columns, columns[0] + wide])]
    wider = [g for g in gaps if g[0] > GAP_DEG * degree] or [max(gaps)]
    runs = []
    for (_, _, begin), (_, end, _) in zip(wider, [*wider[1:], wider[0]], strict=True):
        length = (end - begin) % wide
        ink = float(np.take(drawn, range(begin, begin + length), mode="wrap").sum())
        runs.append((ink, begin, length))
    _, begin, length = max(runs)
    edge = round(2 * degree)
    return (begin - edge) % wide, min(wide, length + 2 * edge)


def _letters_foot(band: Grey, top: int, unit: float) -> int:
    """The row beneath the letters: the first with little ink, 0.07 to 0.2 of the side down."""
    cover = cv2.blur((band > 0.4).mean(axis=1).astype(np.float32)[:, None], (1, 3))[:, 0]
    first, last = top + round(0.065 * unit), min(len(cover), top + round(0.2 * unit))
    usual = float(np.median(cover[top:first]))
    empty = np.flatnonzero(cover[first:last] < 0.3 * usual)
    return first + int(empty[0]) + 2 if empty.size else last

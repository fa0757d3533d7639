"""A paper on a desk, photographed by hand: folds, perspective, shadow, uneven light, glare."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.camera import Picture, snapshot
from perception.synthesis.textures import Rgb, fbm, grainy, tinted

Floats = NDArray[np.float32]
GROUNDS = ("wood", "stone", "cloth", "tiles")


@dataclass(frozen=True, slots=True)
class Strain:
    """How much a photo suffers; 0 is none, 1 is everyday, 2 is bad.

    Attributes:
        tilt: Perspective and turn.
        fold: Creases and curl.
        light: Unevenness and shadows.
        glare: Strength of a bright spot.
        camera: Blur, noise and the like.
    """

    tilt: float = 1.0
    fold: float = 1.0
    light: float = 1.0
    glare: float = 0.6
    camera: float = 1.0

    def __post_init__(self) -> None:
        if not all(
            0 <= v <= 3 for v in (self.tilt, self.fold, self.light, self.glare, self.camera)
        ):
            raise ValueError("strains lie in [0, 3]")


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo of a page, and where the page's points are in it.

    Attributes:
        photo_rgb: Shape (height, width, 3), sRGB.
        carrier: From points of the page to those of the photo, both shape (n, 2) in pixels.
    """

    photo_rgb: Picture
    carrier: Callable[[NDArray[np.float64]], NDArray[np.float64]]


def laid_down(
    page_rgb: Picture,
    rng: np.random.Generator,
    *,
    size: tuple[int, int] = (1600, 1200),
    strain: Strain | None = None,
    grounds: tuple[str, ...] = GROUNDS,
) -> Shot:
    """The page as a phone sees it lying on a desk, and where its points are in the photo.

    Args:
        page_rgb: The flat page.
        rng: Source of chance.
        size: Width and height of the photo in pixels.
        strain: How bad the photo is; everyday if not given.
        grounds: What the page may lie on, of ``GROUNDS``.
    """
    how = strain or Strain()
    high, wide = page_rgb.shape[:2]
    corners = _corners(wide / high, size, rng, how.tilt)
    flat = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    relief = _relief(high, wide, rng, how.fold)
    lean = rng.normal((0.0, 0.3), 0.25)
    u, v = _lookup(_homography(corners, flat), size)
    u, v = _shifted(u, v, relief, lean)
    page = _lit_page(page_rgb, relief, rng)
    scale = wide / max(float(np.linalg.norm(corners[1] - corners[0])), 1.0)
    if scale > 1:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), 0.35 * scale), np.float32)
    looked = cv2.remap(page, u, v, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    seen = np.asarray(looked, np.float32)
    edge = np.minimum.reduce([u + 0.5, wide - u, v + 0.5, high - v]) / scale
    inside = np.clip(edge, 0, 1).astype(np.float32)
    desk = _desk(size, rng, grounds[rng.integers(len(grounds))])
    photo = _uneven(_on_desk(seen, inside, desk, rng, size), rng, how)
    picture = snapshot(np.asarray(np.clip(photo, 0, 255), np.uint8), rng, strength=how.camera)
    home = _homography(flat, corners)
    return Shot(picture, partial(_carry, home=home, relief=relief, lean=lean))


def _homography(here: Floats, there: Floats) -> NDArray[np.float64]:
    return np.asarray(cv2.getPerspectiveTransform(here, there), np.float64)


def _lookup(back: NDArray[np.float64], size: tuple[int, int]) -> tuple[Floats, Floats]:
    """Where in the flat page each pixel of the photo looks."""
    y, x = np.mgrid[0 : size[1], 0 : size[0]].astype(np.float32)
    third = back[2, 0] * x + back[2, 1] * y + back[2, 2]
    u = ((back[0, 0] * x + back[0, 1] * y + back[0, 2]) / third).astype(np.float32)
    v = ((back[1, 0] * x + back[1, 1] * y + back[1, 2]) / third).astype(np.float32)
    return u, v


def _carry(
    points: NDArray[np.float64],
    *,
    home: NDArray[np.float64],
    relief: Floats,
    lean: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Points of the page in the photo: the lookup's inverse, found by going back a few times."""
    flat = points.copy()
    for _ in range(5):
        lift = _lift(flat[:, 0].astype(np.float32), flat[:, 1].astype(np.float32), relief)
        flat = points - np.asarray(lift, np.float64).reshape(-1, 1) * lean
    there = np.column_stack([flat, np.ones(len(flat))]) @ home.T
    return np.asarray(there[:, :2] / there[:, 2:], np.float64)


def _lift(u: Floats, v: Floats, relief: Floats) -> Floats:
    """How far above the middling height the page lies there, in page pixels."""
    map_x, map_y = np.clip(u / 4, 0, relief.shape[1] - 1), np.clip(v / 4, 0, relief.shape[0] - 1)
    height = cv2.remap(relief, map_x, map_y, cv2.INTER_LINEAR)
    return np.asarray(height - float(relief.mean()), np.float32).reshape(u.shape)


def _corners(aspect: float, size: tuple[int, int], rng: np.random.Generator, tilt: float) -> Floats:
    """Where the page's corners fall, clockwise from the upper left, in pixels."""
    width, height = size
    wide = min(width * 0.9, height * 0.88 * aspect)
    half = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]) * (wide / 2, wide / aspect / 2)
    turn = math.radians(float(rng.normal(0, 1.6 * tilt)))
    half = half @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    lean = rng.normal(0, 0.035 * tilt, 2)
    depth = (
        1 + lean[0] * half[:, :1] / (wide / 2) + (lean[1] - 0.03 * tilt) * half[:, 1:] / (wide / 2)
    )
    middle = np.array([width / 2, height / 2]) + rng.normal(0, 0.008, 2) * size
    return np.asarray(half / depth + middle, np.float32)


def _relief(high: int, wide: int, rng: np.random.Generator, fold: float) -> Floats:
    """Height of the paper over the desk, in page pixels, at a quarter of the page's resolution."""
    rows, columns = high // 4, wide // 4
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    curl = 18 * fold * np.sin(math.pi * (x * rng.uniform(0.6, 1.4) + rng.uniform(0, 1)))
    height = curl + 9 * fold * fbm(rows, columns, rng, 3, 2)
    for along in (x, y)[: int(rng.integers(1, 3))] if fold > 0 else ():
        at = 0.5 + float(rng.normal(0, 0.01))
        height = height + rng.uniform(6, 14) * fold * np.exp(-np.abs(along - at) / 0.05)
    height = height + 0.8 * fold * fbm(rows, columns, rng, 5, 12)
    return np.asarray(height, np.float32)


def _shifted(
    u: Floats, v: Floats, relief: Floats, lean: NDArray[np.float64]
) -> tuple[Floats, Floats]:
    """Moves the lookup by the parallax of what lies higher."""
    lift = _lift(u, v, relief)
    return (u + lean[0] * lift).astype(np.float32), (v + lean[1] * lift).astype(np.float32)


def _lit_page(page_rgb: Picture, relief: Floats, rng: np.random.Generator) -> Floats:
    """The page with its fibres, and light and shade on its folds."""
    high, wide = page_rgb.shape[:2]
    slope_y, slope_x = np.gradient(relief / 4)
    angle = float(rng.uniform(0, 2 * math.pi))
    shade = 1 - 0.55 * np.tanh(slope_x * math.cos(angle) + slope_y * math.sin(angle))
    shade = cv2.resize(shade.astype(np.float32), (wide, high), interpolation=cv2.INTER_LINEAR)
    fibre = 1 - 0.035 * fbm(1024, 1024, rng, 8, 8)
    fibre = np.tile(fibre, (high // 1024 + 1, wide // 1024 + 1))[:high, :wide]
    return np.asarray(page_rgb * (shade * fibre)[..., None] * 0.95, np.float32)


def _desk(size: tuple[int, int], rng: np.random.Generator, ground: str) -> Picture:
    """One of ``GROUNDS``, as large as the photo."""
    width, height = size
    side = max(width, height)
    painters = {"wood": _wood, "stone": _stone, "cloth": _cloth, "tiles": _tiles}
    return grainy(painters[ground](side, rng), rng, 4)[:height, :width]


def _lighter(dark: Rgb, by: int) -> Rgb:
    return min(255, dark[0] + by), min(255, dark[1] + by), min(255, dark[2] + by)


def _wood(side: int, rng: np.random.Generator) -> Picture:
    grain = fbm(side, side, rng, 7, 4)
    rings = cv2.resize(rng.random((48, 3), np.float32), (side, side), interpolation=cv2.INTER_CUBIC)
    streaks = cv2.resize(rng.random((side // 2, 12), np.float32), (side, side))
    value = np.clip(0.3 * grain + 0.4 * rings + 0.3 * streaks, 0, 1)
    dark = ((92, 62, 40), (128, 92, 60), (70, 50, 40), (168, 140, 104))[rng.integers(4)]
    return tinted(value, dark, _lighter(dark, 56))


def _stone(side: int, rng: np.random.Generator) -> Picture:
    speckle = 0.6 * rng.random((side, side), np.float32) + 0.4 * fbm(side, side, rng, 4, 128)
    soft = np.asarray(cv2.GaussianBlur(speckle, (0, 0), 1.3), np.float32)
    return tinted(soft, (96, 95, 94), (208, 204, 198))


def _cloth(side: int, rng: np.random.Generator) -> Picture:
    threads = np.indices((side, side)).sum(axis=0) % 6 < 3
    weave = 0.5 + 0.25 * threads + 0.2 * fbm(side, side, rng)
    dark = ((40, 60, 96), (60, 84, 66), (96, 40, 40))[rng.integers(3)]
    return tinted(np.clip(weave - 0.3, 0, 1), dark, _lighter(dark, 46))


def _tiles(side: int, rng: np.random.Generator) -> Picture:
    tile = int(side * float(rng.uniform(0.18, 0.4)))
    y, x = np.indices((side, side)) % tile
    joint = np.minimum.reduce([x, y, tile - x, tile - y]) < max(2, side // 400)
    value = np.clip(0.72 + 0.2 * fbm(side, side, rng, 5, 6) - 0.55 * joint, 0, 1)
    dark = ((96, 92, 88), (70, 74, 78), (120, 110, 96))[rng.integers(3)]
    return tinted(value.astype(np.float32), dark, _lighter(dark, 110))


def _on_desk(
    seen: Floats, inside: Floats, ground: Picture, rng: np.random.Generator, size: tuple[int, int]
) -> Floats:
    desk = ground.astype(np.float32)
    angle, reach = float(rng.uniform(0, 2 * math.pi)), size[0] * 0.006
    shift = np.array([[1, 0, reach * math.cos(angle)], [0, 1, reach * math.sin(angle)]], np.float32)
    cast = cv2.warpAffine(inside, shift, size)
    shadow = 0.5 * cv2.GaussianBlur(cast, (0, 0), size[0] * 0.006)
    contact = 0.3 * cv2.GaussianBlur(inside, (0, 0), size[0] * 0.002)
    desk = desk * (1 - np.maximum(shadow, contact))[..., None]
    return np.asarray(seen * inside[..., None] + desk * (1 - inside[..., None]), np.float32)


def _uneven(photo: Floats, rng: np.random.Generator, how: Strain) -> Floats:
    """A gradient from a window, the photographer's soft shadow, a bright spot."""
    height, width = photo.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    angle = float(rng.uniform(0, 2 * math.pi))
    slope = x * math.cos(angle) + y * math.sin(angle)
    light = 0.93 + 0.14 * how.light * slope
    if rng.random() < 0.6:
        edge = x * math.sin(angle) - y * math.cos(angle) - float(rng.uniform(0.35, 0.9))
        light = light * (1 - 0.28 * how.light / (1 + np.exp(-edge * 9)))
    out = photo * light[..., None]
    if how.glare > 0:
        at = rng.uniform(-0.75, 0.75, 2)
        spot = np.exp(-(((x - at[0]) / 0.3) ** 2 + ((y - at[1]) / 0.22) ** 2))
        out = out + (255 - out) * (0.3 * how.glare * spot)[..., None]
    return np.asarray(out, np.float32)

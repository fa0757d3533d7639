"""How a composed page comes to be a picture: by a camera, a scanner, a copier, or as it is."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.camera import snapshot
from perception.synthesis.marked.desk import Desk, Lying, MarkedPage
from perception.synthesis.textures import fbm

Picture = NDArray[np.uint8]


def seen(desk: Desk, longest: int) -> MarkedPage:
    """The page through a camera, a scanner, a copier, or as it is."""
    rng, flat = desk.rng, desk.sheet.pixels()
    form = float(rng.random())
    if form < 0.12:
        return MarkedPage(flat, tuple(desk.marks))
    if form < 0.2:
        grey = cv2.cvtColor(flat, cv2.COLOR_RGB2GRAY).astype(np.float32)
        dark = np.clip((grey - 60) * 1.4, 0, 255) if rng.random() < 0.5 else grey
        flat = np.repeat(dark.astype(np.uint8)[..., None], 3, 2)
    photo = form >= 0.35
    back, size = _turned(flat, longest, rng, tilt=1.0 if photo else 0.15)
    light = 0.35 if photo else 0.04
    seen = _laid(flat, back, size, light, rng)
    seen = snapshot(
        seen, rng, strength=float(rng.uniform(0.4, 1.7) if photo else rng.uniform(0.1, 0.5))
    )
    seen = _squeezed(seen, int(rng.integers(45, 92)))
    marks = []
    for mark in desk.marks:
        outline = cv2.perspectiveTransform(mark.outline[None], back)[0]
        edge = np.array((size[0] - 1, size[1] - 1), np.float32)
        inside = np.clip(outline, 0, edge)
        if (inside.max(0) - inside.min(0)).min() > 6:
            marks.append(Lying(mark.kind, mark.text, inside, mark.shape))
    return MarkedPage(seen, tuple(marks))


def _turned(
    flat: Picture, longest: int, rng: np.random.Generator, tilt: float
) -> tuple[NDArray[np.float64], tuple[int, int]]:
    """Where the page's points fall in the picture, and the picture's width and height."""
    high, wide = flat.shape[:2]
    size = (wide, high)
    near = float(rng.uniform(0.82, 1.12)) if tilt > 0.5 else float(rng.uniform(0.96, 1.04))
    turn = math.radians(float(rng.normal(0, 4 * tilt)))
    half = np.array([(-wide, -high), (wide, -high), (wide, high), (-wide, high)]) / 2 * near
    half = half @ np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    half = half * (1 + rng.normal(0, 0.05 * tilt) * half[:, :1] / wide
                   + rng.normal(0, 0.05 * tilt) * half[:, 1:] / high)  # fmt: skip
    corners = half + np.array(size) / 2 + rng.normal(0, 0.015 * tilt, 2) * longest
    source = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    back = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    return np.asarray(back, np.float64), (wide, high)


def _laid(
    flat: Picture, back: NDArray[np.float64], size: tuple[int, int], light: float,
    rng: np.random.Generator,
) -> Picture:  # fmt: skip
    """The page on a ground, under uneven light with a shadow's edge by chance."""
    tone = np.clip(rng.uniform(40, 225) + rng.normal(0, 22, 3), 0, 255)
    noise = fbm(256, 256, rng, 5, 4)
    ground = (tone * (0.75 + 0.5 * cv2.resize(noise, size)[..., None])).astype(np.float32)
    seen = cv2.warpPerspective(flat, back, size, flags=cv2.INTER_AREA).astype(np.float32)
    mask = cv2.warpPerspective(np.ones(flat.shape[:2], np.float32), back, size)[..., None]
    seen = seen * mask + ground * (1 - mask)
    shade = 1 - light * cv2.resize(fbm(128, 128, rng, 2, 2), size)
    if rng.random() < light:
        angle, at = rng.uniform(0, 2 * math.pi), rng.normal(0, 0.25)
        y, x = np.mgrid[-1 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j]
        across = x * math.cos(angle) + y * math.sin(angle) - at
        shade = shade * (1 - rng.uniform(0.1, 0.45) / (1 + np.exp(-across * rng.uniform(8, 60))))
    return np.asarray(np.clip(seen * shade[..., None], 0, 255), np.uint8)


def _squeezed(image: Picture, quality: int) -> Picture:
    _, data = cv2.imencode(".jpg", image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    opened = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return np.ascontiguousarray(opened[..., ::-1])

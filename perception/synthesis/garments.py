"""Clothes: on hangers, in piles, on a dummy."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from perception.synthesis.goods import vivid
from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    box,
    lathe,
    sheet,
    tube,
)
from perception.synthesis.textures import Picture, fbm, shares


def _garment_outline(kind: str) -> NDArray[np.int32]:
    half: dict[str, list[tuple[float, float]]] = {
        "shirt": [
            (0.1, 0.02),
            (0.22, 0.05),
            (0.46, 0.2),
            (0.4, 0.36),
            (0.29, 0.28),
            (0.29, 0.97),
            (0, 1.0),
        ],
        "coat": [
            (0.1, 0.01),
            (0.24, 0.05),
            (0.42, 0.2),
            (0.48, 0.72),
            (0.38, 0.74),
            (0.31, 0.34),
            (0.33, 0.98),
            (0, 1.0),
        ],
        "dress": [
            (0.09, 0.01),
            (0.2, 0.04),
            (0.27, 0.16),
            (0.19, 0.24),
            (0.18, 0.42),
            (0.4, 0.98),
            (0, 1.0),
        ],
    }
    right = np.array([(0.0, 0.05), *half[kind]])
    left = right[::-1] * (-1, 1)
    points = np.concatenate([right, left]) * (480, 500) + (256, 6)
    return points.astype(np.int32)


def garment_picture(rng: np.random.Generator) -> Picture:
    """The front of a shirt, coat or dress, RGBA; what is around it is cut out."""
    kind = ("shirt", "coat", "dress")[rng.integers(3)]
    base = np.array(
        vivid(rng, 0.3, 0.9)
        if rng.random() < 0.6
        else [(235, 232, 224), (38, 38, 44), (70, 82, 104), (176, 160, 138)][rng.integers(4)]
    )
    cloth = np.broadcast_to(base.astype(np.float32), (512, 512, 3)).copy()
    pattern = rng.random()
    if pattern < 0.25:
        step = int(rng.integers(18, 60))
        cloth[(np.arange(512) // (step // 2)) % 2 == 0] *= 0.7
        cloth[(np.arange(512) // (step // 2)) % 2 == 0] += 50
    elif pattern < 0.45:
        tint = np.array(vivid(rng))
        spots = np.clip((fbm(512, 512, rng, 3, 10) - 0.55) * 9, 0, 1)[..., None]
        cloth = cloth * (1 - spots) + tint * spots
    elif pattern < 0.65 and kind == "shirt":
        cv2.circle(cloth, (256, 230), 62, tuple(float(v) for v in vivid(rng)), -1)
        cv2.circle(cloth, (256, 230), 40, tuple(float(v) for v in vivid(rng)), 12)
    folds = 0.84 + 0.26 * cv2.resize(fbm(256, 256, rng, 4, 6), (512, 2048))[:512]
    cloth *= folds[..., None]
    if kind == "coat":
        cv2.line(cloth, (256, 30), (256, 505), (25.0, 25.0, 28.0), 4)
        for y in range(110, 480, 70):
            cv2.circle(cloth, (268, y), 6, (220.0, 215.0, 200.0), -1)
    mask = np.zeros((512, 512), np.uint8)
    cv2.fillPoly(mask, [_garment_outline(kind)], 255)
    neck = (256, 26)
    cv2.ellipse(mask, neck, (48, 34), 0, 0, 180, 0, -1)
    return np.dstack([np.clip(cloth, 0, 255).astype(np.uint8), mask])


def garment(
    rng: np.random.Generator, wide: float = 0.62, tall: float = 0.78
) -> NDArray[np.float64]:
    """The bent surface of hanging cloth, as a grid for ``sheet``; its top middle is the origin."""
    u, v = np.meshgrid(np.linspace(-0.5, 0.5, 13), np.linspace(0, 1, 9))
    wave = 0.018 * np.sin(u * rng.uniform(14, 26) + rng.uniform(0, 6)) * v
    belly = 0.06 * (1 - (2 * u) ** 2)
    return np.stack([u * wide, -v * tall, belly + wave], axis=-1)


_WIRE = Material((0.7, 0.7, 0.72), gloss=0.4, shine=60)


def hang(
    stage: Stage,
    rng: np.random.Generator,
    clothes: Sequence[Material],
    at: Sequence[float],
    yaw_deg: float,
) -> None:
    """One garment on a hanger at that point of a rail."""
    cloth = clothes[int(rng.integers(len(clothes)))]
    grid = garment(rng, float(rng.uniform(0.5, 0.66)), float(rng.uniform(0.66, 0.95)))
    drop = (float(at[0]), float(at[1]) - 0.1, float(at[2]))
    stage.add(cloth, sheet(grid).moved(drop, yaw_deg=yaw_deg))
    stage.add(cloth, sheet(grid * (1, 1, -0.6)).moved(drop, yaw_deg=yaw_deg))
    stage.add(_WIRE, tube(drop, at, 0.006, 5))


def folded(stage: Stage, rng: np.random.Generator, at: Sequence[float], pieces: int) -> None:
    """A pile of folded clothes."""
    tone = Material(shares(vivid(rng, 0.3, 0.95)), gloss=0.01, grime=0.1)
    other = Material(shares(vivid(rng, 0.3, 0.95)), gloss=0.01, grime=0.1)
    y = float(at[1])
    for k in range(pieces):
        high = float(rng.uniform(0.022, 0.04))
        piece = box((0, 0, 0), (0.27, high, 0.3), high * 0.45)
        middle = (float(at[0] + rng.normal(0, 0.008)), y + high / 2, float(at[2]))
        stage.add(
            tone if k % 4 or pieces < 5 else other,
            piece.moved(middle, yaw_deg=float(rng.normal(0, 3))),
        )
        y += high


def mannequin(stage: Stage, rng: np.random.Generator, at: Sequence[float]) -> None:
    """A headless tailor's dummy in a dress or coat on a stand."""
    cloth = Material((1, 1, 1), garment_picture(rng)[100:480, 190:320, :3].copy(), gloss=0.01)
    body = [
        (0.05, 1.55),
        (0.07, 1.47),
        (0.2, 1.42),
        (0.21, 1.25),
        (0.15, 1.05),
        (0.21, 0.85),
        (0.29, 0.5),
    ]
    stage.add(cloth, lathe(body, 20).moved(at, scale=(1, 1, 0.7)))
    neck = lathe([(0.0, 1.62), (0.06, 1.6), (0.06, 1.5)], 14)
    stage.add(Material((0.88, 0.84, 0.78), gloss=0.05), neck.moved(at))
    stage.add(
        _WIRE,
        tube(at, (at[0], 0.6, at[2]), 0.02),
        tube(at, (at[0], float(at[1]) + 0.02, at[2]), 0.18, 18),
    )

"""Trade indoors: a shelf with goods, a clothing stall."""

from __future__ import annotations

import numpy as np

from perception.synthesis import garments, goods, textures
from perception.synthesis.raster import Eye, Light, Material, Stage
from perception.synthesis.solids import (
    box,
    floor,
    panel,
    tube,
)
from perception.synthesis.textures import Rgb, board, shares

FRAME = Material((0.55, 0.57, 0.6), gloss=0.25, shine=50, grime=0.15)

TUBE = Material((1, 1, 1), emission=3.2, grime=0.0)


def _indoor_light(rng: np.random.Generator, spots: list[tuple[float, float, float]]) -> Light:
    warm = float(rng.uniform(0.85, 1.0))
    strength = float(rng.uniform(1.5, 2.2))
    lamp = (strength, strength * (0.94 + 0.05 * warm), strength * warm)
    level = float(rng.uniform(0.5, 0.75))
    return Light(
        sun=(0, 0, 0),
        sky=(level, level, level * warm),
        ground=(level * 0.65,) * 3,
        lamps=tuple((spot, lamp) for spot in spots),
        haze_m=400,
    )


def gondola(
    stage: Stage, rng: np.random.Generator, range_: goods.Assortment, width: float, levels: int = 5
) -> None:
    """A shelf unit with its front at z = 0, centred on x = 0, filled with goods."""
    depth, high = 0.42, 0.3 + 0.36 * levels
    steel = Material((0.86, 0.86, 0.84), gloss=0.05, shine=30, grime=0.15)
    edge: Rgb = ((214, 44, 40), (240, 240, 236), (40, 110, 190), (240, 190, 40))[rng.integers(4)]
    trim = Material(shares(edge), gloss=0.06, grime=0.1)
    stage.add(steel, panel((0, high / 2, -depth), width, high))
    for x in np.linspace(-width / 2, width / 2, max(2, round(width / 1.2) + 1)):
        stage.add(steel, box((float(x), high / 2, -depth + 0.02), (0.05, high, 0.05)))
    tag = Material(
        (1, 1, 1),
        board([("¥ 3.50", 0.9, (30, 30, 30))], (90, 50), (255, 250, 210), edge=(220, 60, 40)),
        grime=0.0,
    )
    for k in range(levels):
        y = 0.12 + 0.36 * k
        stage.add(steel, box((0, y - 0.015, -depth / 2), (width, 0.03, depth)))
        stage.add(trim, box((0, y - 0.012, 0.006), (width, 0.045, 0.012)))
        for x in np.arange(-width / 2 + 0.1, width / 2 - 0.05, 0.28):
            stage.add(tag, panel((float(x), y - 0.012, 0.014), 0.06, 0.036))
        range_.fill(stage, -width / 2, width / 2, y, 0.0, 0.33, depth)


def shelf(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A shop's shelf with goods, perhaps along an aisle; it bears no firm's words."""
    lamps = [(x, 2.7, z) for x in (-1.6, 1.6) for z in (0.6, 2.6)]
    stage = Stage(_indoor_light(rng, [(float(x), y, float(z)) for x, y, z in lamps]))
    tile = textures.tiles(rng, (206, 202, 192), 4, 4, 4, 4, (150, 146, 138))
    stage.add(
        Material((1, 1, 1), tile, gloss=0.12, shine=60, grime=0.15), floor(-9, 9, -9, 7, tile_m=2.4)
    )
    wall = Material((0.84, 0.83, 0.8), grime=0.15)
    stage.add(wall, panel((0, 1.6, -4.0), 24, 3.2))
    stage.add(Material((0.9, 0.9, 0.88), grime=0.1), floor(-9, 9, -9, 7, y=3.1))
    for x in (-2.0, 2.0):
        stage.add(
            TUBE, box((x, 3.05, 0.8), (0.16, 0.06, 2.4)), box((x, 3.05, -2.2), (0.16, 0.06, 2.4))
        )
    range_ = goods.Assortment(rng, 18)
    levels = int(rng.integers(5, 7))
    gondola(stage, rng, range_, float(rng.uniform(5.0, 7.0)), levels)
    side = 1 if rng.random() < 0.5 else -1
    if rng.random() < 0.6:
        aisle = Stage()
        gondola(aisle, rng, range_, 3.2, 5)
        stage.place(aisle, (side * 2.35, 0, 1.3), yaw_deg=-90 * side)
    if rng.random() < 0.5:
        goods.cartons(stage, rng, (-side * 1.5, 0, 0.45), 2)
    away = float(rng.uniform(1.7, 2.5))
    eye = Eye(
        (-side * float(rng.uniform(0.2, 1.3)), float(rng.uniform(1.3, 1.65)), away),
        (side * float(rng.uniform(0.0, 0.5)), float(rng.uniform(0.95, 1.2)), 0.0),
        float(rng.uniform(58, 70)),
        float(rng.normal(0, 1.2)),
    )
    return stage, eye


def stall(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A clothing wholesaler's stall: rails, piles, dummies, cartons."""
    lamps = [(-1.4, 2.6, 1.2), (1.4, 2.6, 1.2), (0.0, 2.6, 2.8)]
    stage = Stage(_indoor_light(rng, lamps))
    tile = textures.tiles(rng, (188, 184, 176), 4, 4, 4, 5, (140, 138, 132))
    stage.add(
        Material((1, 1, 1), tile, gloss=0.1, shine=50, grime=0.25), floor(-6, 6, -3, 6, tile_m=2.4)
    )
    slats = textures.tiles(rng, (226, 222, 212), 1, 16, 8, 3, (150, 146, 138))
    back = Material((1, 1, 1), slats, gloss=0.03, grime=0.1)
    stage.add(back, panel((0, 1.5, -0.6), 5.0, 3.0, tiles=(2, 2)))
    for side in (-1, 1):
        stage.add(back, panel((side * 2.5, 1.5, 1.4), 4.0, 3.0, yaw_deg=-90 * side, tiles=(2, 2)))
        stage.add(TUBE, box((side * 1.2, 2.97, 0.8), (0.14, 0.05, 2.0)))
    stage.add(Material((0.85, 0.85, 0.83), grime=0.1), floor(-6, 6, -3, 6, y=3.02))
    name = firm or ("新潮服饰", "衣品坊", "佳人服装批发", "百变女装")[rng.integers(4)]
    ink: Rgb = (250, 246, 236)
    sign = board([(name, 0.9, ink)], (1400, 240), goods.vivid(rng, 0.25, 0.55))
    stage.add(
        Material((1, 1, 1), sign, emission=0.25, grime=0.0), box((0, 2.72, -0.55), (3.4, 0.5, 0.06))
    )
    clothes = [
        Material((1, 1, 1), garments.garment_picture(rng), gloss=0.01, shine=4, grime=0.05)
        for _ in range(12)
    ]
    for row, y in enumerate((2.36, 1.5)):
        for x in np.arange(-2.1, 2.2, 0.62):
            garments.hang(
                stage, rng, clothes, (float(x), y, -0.5 + 0.06 * row), float(rng.normal(0, 6))
            )
    _rails(stage, rng, clothes)
    _table(stage, rng)
    if rng.random() < 0.75:
        garments.mannequin(stage, rng, (float(rng.choice([-1.45, 1.45])), 0.0, 0.25))
    goods.cartons(
        stage, rng, (float(rng.uniform(-0.3, 0.3)) + 1.35, 0, 2.3), int(rng.integers(1, 3))
    )
    eye = Eye(
        (
            float(rng.uniform(-0.9, 0.9)),
            float(rng.uniform(1.45, 1.75)),
            float(rng.uniform(3.9, 4.8)),
        ),
        (float(rng.uniform(-0.3, 0.3)), float(rng.uniform(1.15, 1.35)), 0.0),
        float(rng.uniform(56, 66)),
        float(rng.normal(0, 1.2)),
    )
    return stage, eye


def _rails(stage: Stage, rng: np.random.Generator, clothes: list[Material]) -> None:
    for side in (-1, 1):
        x, high = side * 2.05, 1.62
        stage.add(FRAME, tube((x, high, -0.3), (x, high, 2.7), 0.018))
        for z in (-0.3, 2.7):
            stage.add(FRAME, tube((x, 0, z), (x, high, z), 0.018))
        z = -0.2
        while z < 2.6:
            garments.hang(stage, rng, clothes, (x, high, z), float(rng.normal(0, 7)) + side * 14)
            z += float(rng.uniform(0.06, 0.14))


def _table(stage: Stage, rng: np.random.Generator) -> None:
    wood = Material((0.55, 0.42, 0.3), gloss=0.05, grime=0.2)
    stage.add(wood, box((0, 0.7, 1.1), (1.9, 0.05, 0.95), 0.01))
    stage.add(Material((0.82, 0.8, 0.76), grime=0.15), box((0, 0.35, 1.1), (1.8, 0.66, 0.85)))
    for x in np.arange(-0.8, 0.85, 0.31):
        for z in (0.82, 1.16, 1.44):
            if rng.random() < 0.9:
                garments.folded(stage, rng, (float(x), 0.725, z), int(rng.integers(3, 9)))

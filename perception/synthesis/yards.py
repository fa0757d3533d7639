"""Outdoor scenes with a vehicle: a yard, a wall, trees, the sky."""

from __future__ import annotations

import numpy as np

from perception.synthesis import textures
from perception.synthesis.contents import plate_number
from perception.synthesis.lorries import truck
from perception.synthesis.raster import Eye, Light, Material, Stage
from perception.synthesis.solids import box, floor, panel, tube
from perception.synthesis.vehicles import excavator, van

_FIRMS = ("顺达货运", "宏途物流", "远通运输", "捷安配送", "平安货运", "金途物流", "路路通货运")


def daylight(rng: np.random.Generator) -> Light:
    """An open sky with the sun somewhere before the scene, from clear to overcast."""
    clear = float(rng.beta(2, 1.2))
    sun = np.array([2.5, 2.3, 2.0]) * (0.25 + 0.85 * clear)
    grey, blue = np.array([0.72, 0.74, 0.78]), np.array([0.42, 0.58, 0.88])
    sky = grey + (blue - grey) * clear
    return Light(
        sun_from=(
            float(rng.uniform(-0.9, 0.9)),
            float(rng.uniform(0.6, 1.3)),
            float(rng.uniform(0.35, 1.0)),
        ),
        sun=(float(sun[0]), float(sun[1]), float(sun[2])),
        sky=(float(sky[0]), float(sky[1]), float(sky[2])),
        haze_m=float(rng.uniform(180, 700)),
    )


def _yard(rng: np.random.Generator) -> Stage:
    stage = Stage(daylight(rng))
    paved = textures.concrete(rng) if rng.random() < 0.65 else textures.asphalt(rng)
    stage.add(
        Material((1, 1, 1), paved, gloss=0.02, shine=6, grime=0.35),
        floor(-70, 70, -60, 30, tile_m=5.0),
    )
    back = -float(rng.uniform(6, 13))
    pick = rng.random()
    if pick < 0.45:
        _warehouse(stage, rng, back)
    elif pick < 0.8:
        _wall(stage, rng, back)
    else:
        _wall(stage, rng, back - 18)
    trees(stage, rng, back - 3.0)
    return stage


def _warehouse(stage: Stage, rng: np.random.Generator, back: float) -> None:
    tint = ((150, 170, 190), (196, 194, 186), (120, 150, 170), (178, 160, 140))[rng.integers(4)]
    skin = Material((1, 1, 1), textures.corrugated(rng, tint), gloss=0.05, grime=0.3)
    high = float(rng.uniform(5, 8))
    shift = float(rng.uniform(-6, 6))
    stage.add(skin, panel((shift, high / 2, back), 46, high, tiles=(9, 1)))
    roof = Material((0.35, 0.4, 0.46), grime=0.3)
    stage.add(roof, box((shift, high + 0.1, back), (46.6, 0.3, 1.2)))
    stage.add(
        Material((0.5, 0.48, 0.45), grime=0.4), box((shift, 0.4, back + 0.05), (46, 0.8, 0.2))
    )
    door = Material((1, 1, 1), textures.shutter(rng, (132, 140, 150)), gloss=0.06, grime=0.3)
    for x in (-15.0, -5.0, 5.0, 15.0):
        stage.add(door, panel((shift + x, 2.1, back + 0.18), 4.4, 4.2))
        stage.add(
            Material((0.75, 0.65, 0.1), grime=0.4),
            box((shift + x - 2.3, 0.6, back + 0.3), (0.12, 1.2, 0.12)),
        )


def _wall(stage: Stage, rng: np.random.Generator, back: float) -> None:
    brick = textures.tiles(rng, (150, 92, 74), 8, 20, 4, 14, (150, 145, 138), bond=True)
    plaster = textures.tinted(textures.fbm(512, 512, rng, 6), (168, 162, 150), (205, 200, 190))
    skin = brick if rng.random() < 0.5 else plaster
    high = float(rng.uniform(2.2, 3.4))
    stage.add(
        Material((1, 1, 1), skin, gloss=0.02, grime=0.35),
        panel((0, high / 2, back), 100, high, tiles=(50, 1.4)),
    )
    stage.add(Material((0.55, 0.54, 0.52), grime=0.4), box((0, high, back), (100, 0.16, 0.4)))
    block = textures.tiles(rng, (120, 130, 140), 6, 8, 60, 12, (190, 186, 178))
    for _ in range(int(rng.integers(1, 4))):
        x, wide, tall = rng.uniform(-35, 35), rng.uniform(12, 24), rng.uniform(9, 24)
        stage.add(
            Material((1, 1, 1), block, gloss=0.03, grime=0.2),
            box((float(x), float(tall) / 2, back - 26), (float(wide), float(tall), 8)),
        )


def trees(stage: Stage, rng: np.random.Generator, z: float) -> None:
    """A loose row of trees at that depth."""
    foliage = Material((1, 1, 1), textures.leaves(rng), gloss=0.02, grime=0.3)
    bark = Material((0.3, 0.24, 0.18), grime=0.5)
    for x in np.arange(-26, 27, 5.5) + rng.uniform(-1.5, 1.5, 10):
        if rng.random() < 0.35:
            continue
        tall = float(rng.uniform(4.5, 8))
        at = z + float(rng.uniform(-2, 0.5))
        stage.add(bark, tube((float(x), 0, at), (float(x), tall * 0.75, at), 0.14, 8))
        for _ in range(16):
            spot = rng.normal(0, (1.1, 1.0, 0.9))
            size = float(rng.uniform(1.6, 2.8))
            stage.add(
                foliage,
                panel(
                    (float(x + spot[0]), float(tall * 0.85 + spot[1]), float(at + spot[2])),
                    size,
                    size,
                    yaw_deg=float(rng.uniform(-60, 60)),
                    pitch_deg=float(rng.uniform(-40, 30)),
                ),
            )


def _framed(
    rng: np.random.Generator, stage: Stage, vehicle: Stage, yaw_deg: float, away: float
) -> Eye:
    """Puts the vehicle's middle at the origin and finds a view that holds all of it."""
    solid = vehicle.triangles()[0].corners.reshape(-1, 3)
    low, high = solid.min(axis=0), solid.max(axis=0)
    turn = np.radians(yaw_deg)
    c, s = float(np.cos(turn)), float(np.sin(turn))
    rotate = np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])
    shift = -(rotate @ ((low + high) / 2 * (1, 0, 1)))
    stage.place(vehicle, (float(shift[0]), 0.0, float(shift[2])), yaw_deg=yaw_deg)
    points = solid @ rotate.T + shift
    at = (float(rng.uniform(-1.5, 1.5)), float(rng.uniform(1.4, 1.9)), away)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2 + rng.normal(0, 0.15, 3)
    towards = (float(middle[0]), float(middle[1]), float(middle[2]))
    for _ in range(3):
        local = (points - np.array(at)) @ Eye(at, towards).axes().T
        flat = local[:, :2] / np.maximum(local[:, 2:], 0.3)
        skew = (flat.max(axis=0) + flat.min(axis=0)) / 2
        axes = Eye(at, towards).axes()
        reach = float(np.linalg.norm(np.subtract(towards, at)))
        moved = np.array(towards) + reach * (skew[0] * axes[0] + skew[1] * axes[1])
        towards = (float(moved[0]), float(moved[1]), float(moved[2]))
    half = max(float(np.abs(flat[:, 0]).max()), float(np.abs(flat[:, 1]).max()) * 4 / 3)
    view = 2 * np.degrees(np.arctan(half * rng.uniform(1.08, 1.32)))
    return Eye(at, towards, float(min(view, 84.0)), float(rng.normal(0, 1.0)))


def _quarter_turn(rng: np.random.Generator) -> float:
    yaw = float(rng.uniform(-62, -24))
    return -180 - yaw if rng.random() < 0.5 else yaw


def truck_yard(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A box lorry seen from its front quarter."""
    stage = _yard(rng)
    number = plate or plate_number(rng)
    name = firm or _FIRMS[rng.integers(len(_FIRMS))]
    vehicle = truck(rng, number, name)
    return stage, _framed(rng, stage, vehicle, _quarter_turn(rng), float(rng.uniform(8.5, 11.5)))


def van_yard(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A delivery van seen from its front quarter."""
    stage = _yard(rng)
    name = firm or _FIRMS[rng.integers(len(_FIRMS))]
    vehicle = van(rng, plate or plate_number(rng), name)
    return stage, _framed(rng, stage, vehicle, _quarter_turn(rng), float(rng.uniform(5.8, 8.0)))


def excavator_yard(
    rng: np.random.Generator, firm: str | None, plate: str | None
) -> tuple[Stage, Eye]:
    """A tracked excavator on a yard; it bears no words."""
    stage = _yard(rng)
    turned = float(rng.uniform(-50, 50)) + (180 if rng.random() < 0.5 else 0)
    return stage, _framed(rng, stage, excavator(rng), turned, float(rng.uniform(8.5, 12.0)))

"""Vans and excavators built from plain solids.

The vehicle stands on y = 0 with its nose at x = 0, looking along +x, its middle at z = 0.
"""

from __future__ import annotations

import math

import numpy as np

from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    Patch,
    box,
    extrude,
    join,
    panel,
    quad,
    rounded,
    tube,
)
from perception.synthesis.textures import board
from perception.synthesis.vehicle_parts import (
    AMBER,
    BLACK,
    CHROME,
    LAMP,
    RUBBER,
    STEEL,
    WINDOW,
    Colour,
    plate_picture,
    side_window,
    wheel,
)


def van(rng: np.random.Generator, plate: str | None, words: str) -> Stage:
    """A delivery van (面包车/封闭货车), about 4.9 m long and 1.8 m wide."""
    stage = Stage()
    colours: list[Colour] = [(0.86, 0.87, 0.88), (0.66, 0.68, 0.7), (0.85, 0.85, 0.8)]
    paint = Material(colours[rng.integers(3)], gloss=0.07, shine=70, grime=0.12)
    wide, half = 1.82, 0.91
    body = [
        (-4.9, 0.42),
        (-0.05, 0.36),
        (0.0, 0.62),
        (-0.1, 0.98),
        (-0.32, 1.12),
        (-1.12, 1.92),
        (-1.4, 2.0),
        (-4.6, 2.02),
        (-4.86, 1.9),
        (-4.95, 1.1),
    ]
    stage.add(paint, extrude(rounded(body), wide, 0.14))
    shield = [
        (-0.38, 1.17, half - 0.17),
        (-0.38, 1.17, -half + 0.17),
        (-1.07, 1.87, -half + 0.22),
        (-1.07, 1.87, half - 0.22),
    ]
    stage.add(WINDOW, quad(shield[0], shield[1], shield[2], shield[3]).moved((0.012, 0.012, 0.0)))
    for side in (-1, 1):
        z = side * (half + 0.003)
        windows = [[(-1.75, 1.2), (-0.75, 1.2), (-1.28, 1.78), (-1.75, 1.8)]]
        if rng.random() < 0.6:
            windows += [
                [(-3.2, 1.2), (-1.9, 1.2), (-1.9, 1.8), (-3.2, 1.8)],
                [(-4.65, 1.2), (-3.35, 1.2), (-3.35, 1.8), (-4.6, 1.8)],
            ]
        for window in windows:
            stage.add(WINDOW, side_window(window[::side], z))
        for x in (-0.62, -1.83, -3.28):
            stage.add(BLACK, tube((x, 0.5, z), (x, 1.15, z), 0.007, 5))
        stage.add(
            BLACK, box((-2.5, 0.4, z), (3.0, 0.12, 0.03)), box((-1.7, 1.08, z), (0.16, 0.04, 0.05))
        )
        stage.add(BLACK, box((-0.72, 1.22, z + side * 0.12), (0.1, 0.17, 0.22), 0.04))
        stage.add(BLACK, box((-0.12, 0.85, side * (half - 0.24)), (0.18, 0.23, 0.4), 0.06))
        stage.add(LAMP, box((-0.09, 0.85, side * (half - 0.24)), (0.18, 0.17, 0.3), 0.05))
        stage.add(AMBER, box((-0.12, 0.66, side * (half - 0.2)), (0.16, 0.06, 0.22), 0.02))
        for x in (-0.85, -3.9):
            stage.add(BLACK, tube((x, 0.36, z - side * 0.3), (x, 0.36, z + side * 0.002), 0.4, 28))
            wheel(stage, x, side * (half - 0.05), 0.33, 0.2, (0.6, 0.6, 0.62))
        if words and len(windows) == 1:
            red, green, blue = paint.colour
            sign = Material(
                (1, 1, 1),
                board(
                    [(words, 0.9, (160, 30, 30))],
                    (1200, 220),
                    (int(255 * red), int(255 * green), int(255 * blue)),
                ),
                grime=0.1,
            )
            stage.add(
                sign,
                panel((-3.2, 1.4, z + side * 0.004), 2.4, 0.44, yaw_deg=0 if side > 0 else 180),
            )
    stage.add(
        BLACK,
        box((0.0, 0.72, 0), (0.06, 0.12, 0.9), 0.02),
        box((-0.02, 0.4, 0), (0.12, 0.14, 1.5), 0.03),
    )
    if plate:
        picture = Material((1, 1, 1), plate_picture(plate, yellow=False), grime=0.08)
        stage.add(picture, panel((0.06, 0.53, 0), 0.44, 0.14, yaw_deg=90))
    return stage


def excavator(rng: np.random.Generator) -> Stage:
    """A tracked excavator with its arm out ahead, about 8 m long."""
    stage = Stage()
    tints: list[Colour] = [(0.88, 0.6, 0.08), (0.85, 0.42, 0.06), (0.78, 0.68, 0.12)]
    paint = Material(tints[rng.integers(3)], gloss=0.05, shine=40, grime=0.4)
    track = [
        (0.35 * math.cos(a) + (1.45 if math.cos(a) > 0 else -1.45), 0.38 + 0.35 * math.sin(a))
        for a in np.linspace(-math.pi / 2, 1.5 * math.pi, 24, endpoint=False)
    ]
    for side in (-1, 1):
        z = side * 1.05
        stage.add(RUBBER, extrude(track, 0.55, 0.03).moved((-3.6, 0, z)))
        for k in range(22):
            x = -5.1 + k * 0.145
            stage.add(
                BLACK,
                box((x, 0.745, z), (0.08, 0.05, 0.58)),
                box((x, 0.025, z), (0.08, 0.05, 0.58)),
            )
        for k in range(6):
            x = -4.8 + k * 0.48
            stage.add(STEEL, tube((x, 0.3, z + 0.29), (x, 0.3, z - 0.29), 0.17, 16))
    stage.add(BLACK, tube((-3.6, 0.6, 0), (-3.6, 1.0, 0), 0.75, 24))
    house = [(-5.6, 1.05), (-2.1, 1.0), (-2.1, 1.75), (-4.6, 1.95), (-5.6, 1.75)]
    stage.add(paint, extrude(house, 2.5, 0.1))
    stage.add(
        BLACK,
        box((-5.2, 1.4, 1.27), (0.7, 0.35, 0.02)),
        box((-4.2, 2.0, -0.7), (0.8, 0.2, 0.7), 0.05),
    )
    stage.add(STEEL, tube((-4.9, 1.9, -0.4), (-4.9, 2.4, -0.4), 0.06))
    cab = [(-3.4, 1.1), (-2.0, 1.1), (-1.95, 1.7), (-2.25, 2.75), (-3.4, 2.8)]
    stage.add(paint, extrude(cab, 1.0, 0.06).moved((0, 0, 0.72)))
    pane = [(-3.25, 1.75), (-2.1, 1.75), (-2.36, 2.62), (-3.25, 2.66)]
    for z, order in ((1.226, 1), (0.214, -1)):
        stage.add(WINDOW, side_window(pane[::order], z))
    stage.add(
        WINDOW,
        quad((-1.95, 1.72, 1.14), (-1.95, 1.72, 0.3), (-2.2, 2.66, 0.3), (-2.2, 2.66, 1.14)),
    )
    lift, bend = float(rng.uniform(-0.3, 0.5)), float(rng.uniform(-0.4, 0.4))
    knee, wrist = (0.6, 4.1 + lift), (2.0 + bend, 1.9 + lift * 0.5)
    for a, b, thick in (
        ((-2.3, 1.5), (-0.9, 3.7 + lift), 0.5),
        ((-0.9, 3.7 + lift), knee, 0.45),
        (knee, wrist, 0.38),
    ):
        stage.add(paint, _beam(a, b, thick, 0.4, -0.15))
    for a, b in (
        ((-1.9, 1.3), (-0.7, 3.2 + lift)),
        ((-0.8, 4.05 + lift), (0.5, 4.5 + lift)),
        ((0.85, 4.0 + lift), (wrist[0] + 0.25, wrist[1] + 0.6)),
    ):
        stage.add(CHROME, tube((*a, -0.15), (*b, -0.15), 0.06))
        half = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        stage.add(BLACK, tube((*a, -0.15), (*half, -0.15), 0.1))
    bucket = [(-0.1, 0.0), (-0.75, -0.35), (-0.8, -0.85), (-0.4, -1.1), (0.05, -0.75), (0.2, -0.1)]
    stage.add(STEEL, extrude(bucket, 0.95, 0.04).moved((*wrist, -0.15)))
    for k in range(5):
        at = (wrist[0] - 0.82, wrist[1] - 0.9, -0.55 + k * 0.2)
        stage.add(BLACK, box(at, (0.25, 0.08, 0.08)).moved())
    return stage


def _beam(
    a: tuple[float, float], b: tuple[float, float], thick: float, wide: float, z: float
) -> Patch:
    length = math.dist(a, b) + thick * 0.6
    angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, z)
    return join(box((0, 0, 0), (length, thick, wide), 0.06).moved(middle, roll_deg=angle))

"""A cab-over box lorry built from plain solids.

The vehicle stands on y = 0 with its nose at x = 0, looking along +x, its middle at z = 0.
"""

from __future__ import annotations

import numpy as np

from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    box,
    extrude,
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
    RED,
    STEEL,
    WINDOW,
    Colour,
    arch,
    plate_picture,
    side_window,
    wheel,
)


def truck(
    rng: np.random.Generator, plate: str | None, words: str, cab: Colour | None = None
) -> Stage:
    """A cab-over box lorry (厢式货车), about 7 to 11 m long and 2.3 m wide."""
    stage = Stage()
    colours: list[Colour] = [
        (0.1, 0.22, 0.5),
        (0.75, 0.76, 0.78),
        (0.62, 0.08, 0.07),
        (0.13, 0.38, 0.62),
        (0.8, 0.78, 0.72),
    ]
    paint = Material(cab or colours[rng.integers(len(colours))], gloss=0.06, shine=60, grime=0.18)
    length = float(rng.uniform(4.4, 6.8))
    wide = 2.26
    _truck_cab(stage, paint, wide, plate)
    front = -2.0
    back = front - length
    _truck_body(stage, rng, front, back, wide, words)
    rails = [
        box(((front + back) / 2 + 0.7, 0.78, z), (length + 1.6, 0.2, 0.1)) for z in (-0.45, 0.45)
    ]
    stage.add(BLACK, *rails)
    rim: Colour = (0.5, 0.5, 0.52) if rng.random() < 0.6 else paint.colour
    axles = [-1.0, back + 1.35] if length < 5.8 else [-1.0, back + 1.2, back + 2.3]
    for axle in axles:
        for side in (-1, 1):
            wheel(stage, axle, side * (wide / 2 - (0.1 if axle > -1.5 else 0.16)), 0.47, 0.28, rim)
        stage.add(BLACK, tube((axle, 0.47, -1), (axle, 0.47, 1), 0.09))
    tank = tube((-3.5, 0.62, wide / 2 - 0.3), (-2.5, 0.62, wide / 2 - 0.3), 0.27, 20)
    stage.add(CHROME, tank)
    stage.add(BLACK, box((-3.0, 0.62, -wide / 2 + 0.3), (0.8, 0.42, 0.45), 0.03))
    for side in (-1, 1):
        z = side * (wide / 2 - 0.05)
        span = (axles[-1] + 0.7, -2.4 if side < 0 else -3.7)
        for y in (0.5, 0.72):
            stage.add(STEEL, box(((span[0] + span[1]) / 2, y, z), (span[1] - span[0], 0.07, 0.04)))
        stage.add(BLACK, box((back + 0.62, 0.42, z - side * 0.12), (0.02, 0.5, 0.34)))
    return stage


def _truck_cab(stage: Stage, paint: Material, wide: float, plate: str | None) -> None:
    outline = [
        (-1.72, 0.62),
        (-0.06, 0.62),
        (0.0, 0.78),
        (0.0, 1.42),
        (-0.36, 2.36),
        (-0.52, 2.47),
        (-1.62, 2.5),
        (-1.72, 2.42),
    ]
    stage.add(paint, extrude(rounded(outline, 1), wide - 0.06, 0.09))
    half = wide / 2 - 0.03
    corners = [
        (0.012 - 0.03, 1.49, half - 0.13),
        (0.012 - 0.03, 1.49, -half + 0.13),
        (0.012 - 0.335, 2.29, -half + 0.2),
        (0.012 - 0.335, 2.29, half - 0.2),
    ]
    stage.add(WINDOW, quad(corners[0], corners[1], corners[2], corners[3]))
    rim = [(corners[k], corners[(k + 1) % 4]) for k in range(4)]
    stage.add(BLACK, *[tube(a, b, 0.018, 6) for a, b in rim])
    for side in (-1, 1):
        z = side * (half + 0.004)
        window = [(-1.3, 1.5), (-0.25, 1.5), (-0.5, 2.2), (-1.3, 2.24)]
        stage.add(WINDOW, side_window(window[::side], z))
        seam = [(-1.4, 0.8), (-0.14, 0.8), (-0.14, 1.45), (-0.42, 2.3), (-1.4, 2.34)]
        for a, b in zip(seam, [*seam[1:], seam[0]], strict=True):
            stage.add(BLACK, tube((*a, z), (*b, z), 0.008, 5))
        stage.add(BLACK, box((-1.25, 1.32, z), (0.2, 0.05, 0.06), 0.015))
        stage.add(BLACK, box((-1.15, 0.55, z - side * 0.1), (0.55, 0.08, 0.3), 0.02))
        stage.add(BLACK, arch(-1.0, 0.56, z - side * 0.14, 0.36))
        stage.add(BLACK, tube((-1.0, 0.5, z - side * 0.3), (-1.0, 0.5, z + side * 0.004), 0.57, 28))
        stage.add(paint, box((-0.27, 0.55, z - side * 0.08), (0.3, 0.36, 0.16), 0.03))
        arm = (0.06, 2.2, side * (half + 0.2))
        stage.add(
            BLACK, tube((-0.3, 2.28, z), arm, 0.018, 6), tube(arm, (0.06, 1.6, arm[2]), 0.018, 6)
        )
        stage.add(BLACK, box((0.04, 1.98, arm[2]), (0.09, 0.42, 0.2), 0.03))
        stage.add(CHROME, panel((-0.01, 1.98, arm[2]), 0.16, 0.36, yaw_deg=-90))
        stage.add(LAMP, box((-0.005, 0.93, side * (half - 0.22)), (0.08, 0.2, 0.36), 0.03))
        stage.add(AMBER, box((-0.03, 0.93, side * (half - 0.02)), (0.13, 0.17, 0.06), 0.02))
        stage.add(LAMP, box((0.075, 0.56, side * (half - 0.3)), (0.03, 0.1, 0.2), 0.01))
        stage.add(BLACK, tube((0.0, 1.47, side * 0.15), (-0.13, 1.8, side * 0.62), 0.012, 5))
    stage.add(BLACK, box((0.012, 1.2, 0), (0.03, 0.3, wide - 0.75), 0.012))
    bars = [box((0.032, 1.1 + 0.065 * k, 0), (0.02, 0.022, wide - 0.8)) for k in range(4)]
    stage.add(CHROME, *bars, box((0.035, 1.2, 0), (0.03, 0.13, 0.26), 0.02))
    stage.add(paint, box((0.0, 0.6, 0), (0.16, 0.34, wide), 0.05))
    stage.add(BLACK, box((0.03, 0.5, 0), (0.12, 0.12, wide - 0.9), 0.02))
    if plate:
        picture = Material((1, 1, 1), plate_picture(plate, yellow=True), gloss=0.03, grime=0.12)
        stage.add(picture, panel((0.105, 0.66, 0), 0.46, 0.15, yaw_deg=90))
        stage.add(BLACK, box((0.09, 0.66, 0), (0.02, 0.18, 0.5)))
    deflector = [(-1.6, 2.48), (-0.55, 2.46), (-0.75, 2.62), (-1.6, 3.05)]
    stage.add(paint, extrude(deflector, wide - 0.5, 0.08))


def _truck_body(
    stage: Stage, rng: np.random.Generator, front: float, back: float, wide: float, words: str
) -> None:
    low, top = 0.98, float(rng.uniform(3.2, 3.5))
    middle, length = (front + back) / 2, front - back
    shade: Colour = (0.82, 0.83, 0.83) if rng.random() < 0.65 else (0.2, 0.36, 0.6)
    skin = Material(shade, gloss=0.05, shine=30, grime=0.25)
    stage.add(skin, box((middle, (low + top) / 2, 0), (length, top - low, wide), 0.03))
    trim = Material((0.3, 0.31, 0.33), gloss=0.12, shine=30, grime=0.3)
    for side in (-1, 1):
        z = side * (wide / 2 + 0.006)
        for y, high in ((low + 0.06, 0.13), (top - 0.05, 0.1)):
            stage.add(trim, box((middle, y, z), (length + 0.02, high, 0.04), 0.01))
        for x in (front - 0.05, back + 0.05):
            stage.add(trim, box((x, (low + top) / 2, z), (0.1, top - low, 0.04), 0.01))
        ribs = np.arange(back + 0.3, front - 0.2, 0.22)
        stage.add(
            skin,
            *[
                box((float(x), (low + top) / 2, z), (0.07, top - low - 0.24, 0.03), 0.012)
                for x in ribs
            ],
        )
        stripe = Material((0.85, 0.1, 0.08), gloss=0.1, grime=0.2)
        white = Material((0.95, 0.95, 0.95), gloss=0.1, grime=0.2)
        for k, x in enumerate(np.arange(back + 0.4, front - 0.3, 0.3)):
            stage.add(
                white if k % 2 else stripe,
                box((float(x), low + 0.06, z + side * 0.022), (0.28, 0.05, 0.004)),
            )
        ink = (24, 52, 120) if shade[0] > 0.5 else (240, 240, 240)
        ground = (212, 214, 214) if shade[0] > 0.5 else (56, 98, 160)
        sign = board([(words, 0.9, ink)], (1600, 260), ground)
        decal = Material((1, 1, 1), sign, gloss=0.04, grime=0.2)
        face = panel(
            (middle, (low + top) / 2 + 0.15, z + side * 0.024),
            min(4.4, length - 0.8),
            0.62,
            yaw_deg=0 if side > 0 else 180,
        )
        stage.add(decal, face)
    stage.add(trim, box((back - 0.01, (low + top) / 2, 0), (0.03, top - low, 0.05)))
    for side in (-1, 1):
        stage.add(trim, tube((back - 0.03, low, side * 0.3), (back - 0.03, top, side * 0.3), 0.02))
        stage.add(RED, box((back, 0.86, side * 0.85), (0.06, 0.13, 0.4), 0.02))

"""Lorries, vans and excavators built from plain solids.

Each builder returns a ``Stage`` of its own whose vehicle stands on y = 0 with its nose at
x = 0, looking along +x, its middle at z = 0.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    Patch, box, extrude, flat, join, lathe, panel, quad, rounded, sheet, tube,
)
from perception.synthesis.textures import Picture, board

Colour = tuple[float, float, float]

_RUBBER = Material((0.075, 0.075, 0.08), gloss=0.02, shine=8, grime=0.5)
_BLACK = Material((0.06, 0.06, 0.065), gloss=0.04, shine=20, grime=0.3)
_STEEL = Material((0.36, 0.36, 0.38), gloss=0.12, shine=30, grime=0.45)
_CHROME = Material((0.75, 0.76, 0.78), gloss=0.5, shine=60, grime=0.1)
_WINDOW = Material((0.035, 0.045, 0.05), gloss=0.12, shine=120, grime=0.05)
_LAMP = Material((0.88, 0.9, 0.92), gloss=0.35, shine=120, grime=0.05)
_AMBER = Material((0.95, 0.45, 0.05), gloss=0.2, shine=60, grime=0.05)
_RED = Material((0.7, 0.04, 0.04), gloss=0.2, shine=60, grime=0.1)


def plate_picture(number: str, *, yellow: bool) -> Picture:
    """A number plate (GA 36-2018 look): white on blue for cars, black on yellow for lorries."""
    ground, ink = ((228, 172, 28), (20, 18, 16)) if yellow else ((18, 62, 152), (245, 246, 248))
    image = Image.new("RGB", (880, 280), ground)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((12, 12, 867, 267), 26, outline=ink, width=7)
    x = 82.0
    for place, letter in enumerate(number):
        draw.text((x, 142), letter, ink, font(Face.HEI_BOLD, 176), anchor="mm",
                  stroke_width=2 if place else 0)
        x += 118
        if place == 1:
            draw.ellipse((x - 62, 132, x - 42, 152), fill=ink)
            x += 34
    return np.array(image)


def _wheel(stage: Stage, x: float, z: float, radius: float, width: float, rim: Colour) -> None:
    sign = 1 if z > 0 else -1
    half = width / 2
    tyre = [
        (radius * 0.55, half * 0.86), (radius * 0.8, half), (radius * 0.95, half * 0.92),
        (radius, half * 0.7), (radius, -half * 0.7), (radius * 0.95, -half * 0.92),
        (radius * 0.55, -half),
    ]
    stage.add(_RUBBER, lathe(tyre, 28).moved((x, radius, z), pitch_deg=90 * sign))
    dish = [(0.02, half * 0.92), (radius * 0.2, half * 0.92), (radius * 0.24, half * 0.6),
            (radius * 0.5, half * 0.62), (radius * 0.53, half * 0.85), (radius * 0.58, half * 0.9)]
    paint = Material(rim, gloss=0.12, shine=30, grime=0.5)
    stage.add(paint, lathe(dish, 28).moved((x, radius, z), pitch_deg=90 * sign))
    for k in range(8):
        angle = 2 * math.pi * k / 8
        at = (x + 0.38 * radius * math.cos(angle), radius + 0.38 * radius * math.sin(angle))
        hole = tube((at[0], at[1], z + sign * half * 0.5), (at[0], at[1], z + sign * half * 0.64),
                    radius * 0.075, 10)
        bolt = (x + 0.15 * radius * math.cos(angle), radius + 0.15 * radius * math.sin(angle))
        nut = tube((bolt[0], bolt[1], z + sign * half * 0.9),
                   (bolt[0], bolt[1], z + sign * half * 0.98), radius * 0.03, 6)
        stage.add(_BLACK, hole)
        stage.add(_STEEL, nut)


def _arch(x: float, radius: float, z: float, width: float) -> Patch:
    angle = np.linspace(0.02, math.pi - 0.02, 15)
    ring = np.stack([x + radius * np.cos(angle), 0.5 + radius * np.sin(angle)], axis=1)
    rows = [np.column_stack([ring, np.full(len(ring), z + side * width / 2)]) for side in (-1, 1)]
    return sheet(np.stack(rows))


def _side_window(points: list[tuple[float, float]], z: float) -> Patch:
    corners = [(x, y, z) for x, y in points]
    fan = [[corners[0], corners[k], corners[k + 1]] for k in range(1, len(corners) - 1)]
    return flat(fan)


def truck(
    rng: np.random.Generator, plate: str | None, words: str, cab: Colour | None = None
) -> Stage:
    """A cab-over box lorry (厢式货车), about 7 to 11 m long and 2.3 m wide."""
    stage = Stage()
    colours: list[Colour] = [(0.1, 0.22, 0.5), (0.75, 0.76, 0.78), (0.62, 0.08, 0.07),
                             (0.13, 0.38, 0.62), (0.8, 0.78, 0.72)]
    paint = Material(cab or colours[rng.integers(len(colours))], gloss=0.06, shine=60, grime=0.18)
    length = float(rng.uniform(4.4, 6.8))
    wide = 2.26
    _truck_cab(stage, paint, wide, plate)
    front = -2.0
    back = front - length
    _truck_body(stage, rng, front, back, wide, words)
    rails = [box(((front + back) / 2 + 0.7, 0.78, z), (length + 1.6, 0.2, 0.1)) for z in (-0.45, 0.45)]
    stage.add(_BLACK, *rails)
    rim: Colour = (0.5, 0.5, 0.52) if rng.random() < 0.6 else paint.colour
    axles = [-1.0, back + 1.35] if length < 5.8 else [-1.0, back + 1.2, back + 2.3]
    for axle in axles:
        for side in (-1, 1):
            _wheel(stage, axle, side * (wide / 2 - (0.1 if axle > -1.5 else 0.16)), 0.47, 0.28, rim)
        stage.add(_BLACK, tube((axle, 0.47, -1), (axle, 0.47, 1), 0.09))
    tank = tube((-3.5, 0.62, wide / 2 - 0.3), (-2.5, 0.62, wide / 2 - 0.3), 0.27, 20)
    stage.add(_CHROME, tank)
    stage.add(_BLACK, box((-3.0, 0.62, -wide / 2 + 0.3), (0.8, 0.42, 0.45), 0.03))
    for side in (-1, 1):
        z = side * (wide / 2 - 0.05)
        span = (axles[-1] + 0.7, -2.4 if side < 0 else -3.7)
        for y in (0.5, 0.72):
            stage.add(_STEEL, box(((span[0] + span[1]) / 2, y, z), (span[1] - span[0], 0.07, 0.04)))
        stage.add(_BLACK, box((back + 0.62, 0.42, z - side * 0.12), (0.02, 0.5, 0.34)))
    return stage


def _truck_cab(stage: Stage, paint: Material, wide: float, plate: str | None) -> None:
    outline = [(-1.72, 0.62), (-0.06, 0.62), (0.0, 0.78), (0.0, 1.42), (-0.36, 2.36),
               (-0.52, 2.47), (-1.62, 2.5), (-1.72, 2.42)]
    stage.add(paint, extrude(rounded(outline, 1), wide - 0.06, 0.09))
    half = wide / 2 - 0.03
    corners = [(0.012 - 0.03, 1.49, half - 0.13), (0.012 - 0.03, 1.49, -half + 0.13),
               (0.012 - 0.335, 2.29, -half + 0.2), (0.012 - 0.335, 2.29, half - 0.2)]
    stage.add(_WINDOW, quad(*corners))
    rim = [(corners[k], corners[(k + 1) % 4]) for k in range(4)]
    stage.add(_BLACK, *[tube(a, b, 0.018, 6) for a, b in rim])
    for side in (-1, 1):
        z = side * (half + 0.004)
        window = [(-1.3, 1.5), (-0.25, 1.5), (-0.5, 2.2), (-1.3, 2.24)]
        stage.add(_WINDOW, _side_window(window[::side], z))
        seam = [(-1.4, 0.8), (-0.14, 0.8), (-0.14, 1.45), (-0.42, 2.3), (-1.4, 2.34)]
        for a, b in zip(seam, [*seam[1:], seam[0]], strict=True):
            stage.add(_BLACK, tube((*a, z), (*b, z), 0.008, 5))
        stage.add(_BLACK, box((-1.25, 1.32, z), (0.2, 0.05, 0.06), 0.015))
        stage.add(_BLACK, box((-1.15, 0.55, z - side * 0.1), (0.55, 0.08, 0.3), 0.02))
        stage.add(_BLACK, _arch(-1.0, 0.56, z - side * 0.14, 0.36))
        stage.add(_BLACK, tube((-1.0, 0.5, z - side * 0.3), (-1.0, 0.5, z + side * 0.004), 0.57, 28))
        stage.add(paint, box((-0.27, 0.55, z - side * 0.08), (0.3, 0.36, 0.16), 0.03))
        arm = (0.06, 2.2, side * (half + 0.2))
        stage.add(_BLACK, tube((-0.3, 2.28, z), arm, 0.018, 6), tube(arm, (0.06, 1.6, arm[2]), 0.018, 6))
        stage.add(_BLACK, box((0.04, 1.98, arm[2]), (0.09, 0.42, 0.2), 0.03))
        stage.add(_CHROME, panel((-0.01, 1.98, arm[2]), 0.16, 0.36, yaw_deg=-90))
        stage.add(_LAMP, box((-0.005, 0.93, side * (half - 0.22)), (0.08, 0.2, 0.36), 0.03))
        stage.add(_AMBER, box((-0.03, 0.93, side * (half - 0.02)), (0.13, 0.17, 0.06), 0.02))
        stage.add(_LAMP, box((0.075, 0.56, side * (half - 0.3)), (0.03, 0.1, 0.2), 0.01))
        stage.add(_BLACK, tube((0.0, 1.47, side * 0.15), (-0.13, 1.8, side * 0.62), 0.012, 5))
    stage.add(_BLACK, box((0.012, 1.2, 0), (0.03, 0.3, wide - 0.75), 0.012))
    bars = [box((0.032, 1.1 + 0.065 * k, 0), (0.02, 0.022, wide - 0.8)) for k in range(4)]
    stage.add(_CHROME, *bars, box((0.035, 1.2, 0), (0.03, 0.13, 0.26), 0.02))
    stage.add(paint, box((0.0, 0.6, 0), (0.16, 0.34, wide), 0.05))
    stage.add(_BLACK, box((0.03, 0.5, 0), (0.12, 0.12, wide - 0.9), 0.02))
    if plate:
        picture = Material((1, 1, 1), plate_picture(plate, yellow=True), gloss=0.03, grime=0.12)
        stage.add(picture, panel((0.105, 0.66, 0), 0.46, 0.15, yaw_deg=90))
        stage.add(_BLACK, box((0.09, 0.66, 0), (0.02, 0.18, 0.5)))
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
        stage.add(skin, *[
            box((float(x), (low + top) / 2, z), (0.07, top - low - 0.24, 0.03), 0.012) for x in ribs
        ])
        stripe = Material((0.85, 0.1, 0.08), gloss=0.1, grime=0.2)
        white = Material((0.95, 0.95, 0.95), gloss=0.1, grime=0.2)
        for k, x in enumerate(np.arange(back + 0.4, front - 0.3, 0.3)):
            stage.add(white if k % 2 else stripe,
                      box((float(x), low + 0.06, z + side * 0.022), (0.28, 0.05, 0.004)))
        ink = (24, 52, 120) if shade[0] > 0.5 else (240, 240, 240)
        ground = (212, 214, 214) if shade[0] > 0.5 else (56, 98, 160)
        sign = board([(words, 0.9, ink)], (1600, 260), ground)
        decal = Material((1, 1, 1), sign, gloss=0.04, grime=0.2)
        face = panel((middle, (low + top) / 2 + 0.15, z + side * 0.024), min(4.4, length - 0.8),
                     0.62, yaw_deg=0 if side > 0 else 180)
        stage.add(decal, face)
    stage.add(trim, box((back - 0.01, (low + top) / 2, 0), (0.03, top - low, 0.05)))
    for side in (-1, 1):
        stage.add(trim, tube((back - 0.03, low, side * 0.3), (back - 0.03, top, side * 0.3), 0.02))
        stage.add(_RED, box((back, 0.86, side * 0.85), (0.06, 0.13, 0.4), 0.02))


def van(rng: np.random.Generator, plate: str | None, words: str) -> Stage:
    """A delivery van (面包车/封闭货车), about 4.9 m long and 1.8 m wide."""
    stage = Stage()
    colours: list[Colour] = [(0.86, 0.87, 0.88), (0.66, 0.68, 0.7), (0.85, 0.85, 0.8)]
    paint = Material(colours[rng.integers(3)], gloss=0.07, shine=70, grime=0.12)
    wide, half = 1.82, 0.91
    body = [(-4.9, 0.42), (-0.05, 0.36), (0.0, 0.62), (-0.1, 0.98), (-0.32, 1.12), (-1.12, 1.92),
            (-1.4, 2.0), (-4.6, 2.02), (-4.86, 1.9), (-4.95, 1.1)]
    stage.add(paint, extrude(rounded(body), wide, 0.14))
    shield = [(-0.38, 1.17, half - 0.17), (-0.38, 1.17, -half + 0.17), (-1.07, 1.87, -half + 0.22),
              (-1.07, 1.87, half - 0.22)]
    out = np.array([0.012, 0.012, 0.0])
    stage.add(_WINDOW, quad(*[np.array(c) + out for c in shield]))
    for side in (-1, 1):
        z = side * (half + 0.003)
        windows = [[(-1.75, 1.2), (-0.75, 1.2), (-1.28, 1.78), (-1.75, 1.8)]]
        if rng.random() < 0.6:
            windows += [[(-3.2, 1.2), (-1.9, 1.2), (-1.9, 1.8), (-3.2, 1.8)],
                        [(-4.65, 1.2), (-3.35, 1.2), (-3.35, 1.8), (-4.6, 1.8)]]
        for window in windows:
            stage.add(_WINDOW, _side_window(window[::side], z))
        for x in (-0.62, -1.83, -3.28):
            stage.add(_BLACK, tube((x, 0.5, z), (x, 1.15, z), 0.007, 5))
        stage.add(_BLACK, box((-2.5, 0.4, z), (3.0, 0.12, 0.03)), box((-1.7, 1.08, z), (0.16, 0.04, 0.05)))
        stage.add(_BLACK, box((-0.72, 1.22, z + side * 0.12), (0.1, 0.17, 0.22), 0.04))
        stage.add(_BLACK, box((-0.12, 0.85, side * (half - 0.24)), (0.18, 0.23, 0.4), 0.06))
        stage.add(_LAMP, box((-0.09, 0.85, side * (half - 0.24)), (0.18, 0.17, 0.3), 0.05))
        stage.add(_AMBER, box((-0.12, 0.66, side * (half - 0.2)), (0.16, 0.06, 0.22), 0.02))
        for x in (-0.85, -3.9):
            stage.add(_BLACK, tube((x, 0.36, z - side * 0.3), (x, 0.36, z + side * 0.002), 0.4, 28))
            _wheel(stage, x, side * (half - 0.05), 0.33, 0.2, (0.6, 0.6, 0.62))
        if words and len(windows) == 1:
            sign = Material((1, 1, 1), board([(words, 0.9, (160, 30, 30))], (1200, 220),
                                             tuple(int(255 * c) for c in paint.colour)), grime=0.1)
            stage.add(sign, panel((-3.2, 1.4, z + side * 0.004), 2.4, 0.44,
                                  yaw_deg=0 if side > 0 else 180))
    stage.add(_BLACK, box((0.0, 0.72, 0), (0.06, 0.12, 0.9), 0.02), box((-0.02, 0.4, 0), (0.12, 0.14, 1.5), 0.03))
    if plate:
        picture = Material((1, 1, 1), plate_picture(plate, yellow=False), grime=0.08)
        stage.add(picture, panel((0.06, 0.53, 0), 0.44, 0.14, yaw_deg=90))
    return stage


def excavator(rng: np.random.Generator) -> Stage:
    """A tracked excavator with its arm out ahead, about 8 m long."""
    stage = Stage()
    tints: list[Colour] = [(0.88, 0.6, 0.08), (0.85, 0.42, 0.06), (0.78, 0.68, 0.12)]
    paint = Material(tints[rng.integers(3)], gloss=0.05, shine=40, grime=0.4)
    track = [(0.35 * math.cos(a) + (1.45 if math.cos(a) > 0 else -1.45), 0.38 + 0.35 * math.sin(a))
             for a in np.linspace(-math.pi / 2, 1.5 * math.pi, 24, endpoint=False)]
    for side in (-1, 1):
        z = side * 1.05
        stage.add(_RUBBER, extrude(track, 0.55, 0.03).moved((-3.6, 0, z)))
        for k in range(22):
            x = -5.1 + k * 0.145
            stage.add(_BLACK, box((x, 0.745, z), (0.08, 0.05, 0.58)), box((x, 0.025, z), (0.08, 0.05, 0.58)))
        for k in range(6):
            x = -4.8 + k * 0.48
            stage.add(_STEEL, tube((x, 0.3, z + 0.29), (x, 0.3, z - 0.29), 0.17, 16))
    stage.add(_BLACK, tube((-3.6, 0.6, 0), (-3.6, 1.0, 0), 0.75, 24))
    house = [(-5.6, 1.05), (-2.1, 1.0), (-2.1, 1.75), (-4.6, 1.95), (-5.6, 1.75)]
    stage.add(paint, extrude(house, 2.5, 0.1))
    stage.add(_BLACK, box((-5.2, 1.4, 1.27), (0.7, 0.35, 0.02)), box((-4.2, 2.0, -0.7), (0.8, 0.2, 0.7), 0.05))
    stage.add(_STEEL, tube((-4.9, 1.9, -0.4), (-4.9, 2.4, -0.4), 0.06))
    cab = [(-3.4, 1.1), (-2.0, 1.1), (-1.95, 1.7), (-2.25, 2.75), (-3.4, 2.8)]
    stage.add(paint, extrude(cab, 1.0, 0.06).moved((0, 0, 0.72)))
    pane = [(-3.25, 1.75), (-2.1, 1.75), (-2.36, 2.62), (-3.25, 2.66)]
    for z, order in ((1.226, 1), (0.214, -1)):
        stage.add(_WINDOW, _side_window(pane[::order], z))
    stage.add(_WINDOW, quad((-1.95, 1.72, 1.14), (-1.95, 1.72, 0.3), (-2.2, 2.66, 0.3), (-2.2, 2.66, 1.14)))
    lift, bend = float(rng.uniform(-0.3, 0.5)), float(rng.uniform(-0.4, 0.4))
    knee, wrist = (0.6, 4.1 + lift), (2.0 + bend, 1.9 + lift * 0.5)
    for a, b, thick in (((-2.3, 1.5), (-0.9, 3.7 + lift), 0.5), ((-0.9, 3.7 + lift), knee, 0.45),
                        (knee, wrist, 0.38)):
        stage.add(paint, _beam(a, b, thick, 0.4, -0.15))
    for a, b in (((-1.9, 1.3), (-0.7, 3.2 + lift)), ((-0.8, 4.05 + lift), (0.5, 4.5 + lift)),
                 ((0.85, 4.0 + lift), (wrist[0] + 0.25, wrist[1] + 0.6))):
        stage.add(_CHROME, tube((*a, -0.15), (*b, -0.15), 0.06))
        half = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
        stage.add(_BLACK, tube((*a, -0.15), (*half, -0.15), 0.1))
    bucket = [(-0.1, 0.0), (-0.75, -0.35), (-0.8, -0.85), (-0.4, -1.1), (0.05, -0.75), (0.2, -0.1)]
    stage.add(_STEEL, extrude(bucket, 0.95, 0.04).moved((*wrist, -0.15)))
    for k in range(5):
        at = (wrist[0] - 0.82, wrist[1] - 0.9, -0.55 + k * 0.2)
        stage.add(_BLACK, box(at, (0.25, 0.08, 0.08)).moved())
    return stage


def _beam(a: tuple[float, float], b: tuple[float, float], thick: float, wide: float, z: float) -> Patch:
    length = math.dist(a, b) + thick * 0.6
    angle = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, z)
    return join(box((0, 0, 0), (length, thick, wide), 0.06).moved(middle, roll_deg=angle))

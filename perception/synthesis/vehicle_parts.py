"""What vehicles have in common: paint and glass, wheels, windows, number plates."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    Patch,
    flat,
    lathe,
    sheet,
    tube,
)
from perception.synthesis.textures import Picture

Colour = tuple[float, float, float]

RUBBER = Material((0.075, 0.075, 0.08), gloss=0.02, shine=8, grime=0.5)

BLACK = Material((0.06, 0.06, 0.065), gloss=0.04, shine=20, grime=0.3)

STEEL = Material((0.36, 0.36, 0.38), gloss=0.12, shine=30, grime=0.45)

CHROME = Material((0.75, 0.76, 0.78), gloss=0.5, shine=60, grime=0.1)

WINDOW = Material((0.035, 0.045, 0.05), gloss=0.12, shine=120, grime=0.05)

LAMP = Material((0.88, 0.9, 0.92), gloss=0.35, shine=120, grime=0.05)

AMBER = Material((0.95, 0.45, 0.05), gloss=0.2, shine=60, grime=0.05)

RED = Material((0.7, 0.04, 0.04), gloss=0.2, shine=60, grime=0.1)


def plate_picture(number: str, *, yellow: bool) -> Picture:
    """A number plate (GA 36-2018 look): white on blue for cars, black on yellow for lorries."""
    ground, ink = ((228, 172, 28), (20, 18, 16)) if yellow else ((18, 62, 152), (245, 246, 248))
    image = Image.new("RGB", (880, 280), ground)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((12, 12, 867, 267), 26, outline=ink, width=7)
    x = 82.0
    for place, letter in enumerate(number):
        draw.text(
            (x, 142),
            letter,
            ink,
            font(Face.HEI_BOLD, 176),
            anchor="mm",
            stroke_width=2 if place else 0,
        )
        x += 118
        if place == 1:
            draw.ellipse((x - 62, 132, x - 42, 152), fill=ink)
            x += 34
    return np.array(image)


def wheel(stage: Stage, x: float, z: float, radius: float, width: float, rim: Colour) -> None:
    """A wheel whose outer side looks away from the middle; ``rim`` is the paint of its dish."""
    sign = 1 if z > 0 else -1
    half = width / 2
    tyre = [
        (radius * 0.55, half * 0.86),
        (radius * 0.8, half),
        (radius * 0.95, half * 0.92),
        (radius, half * 0.7),
        (radius, -half * 0.7),
        (radius * 0.95, -half * 0.92),
        (radius * 0.55, -half),
    ]
    stage.add(RUBBER, lathe(tyre, 28).moved((x, radius, z), pitch_deg=90 * sign))
    dish = [
        (0.02, half * 0.92),
        (radius * 0.2, half * 0.92),
        (radius * 0.24, half * 0.6),
        (radius * 0.5, half * 0.62),
        (radius * 0.53, half * 0.85),
        (radius * 0.58, half * 0.9),
    ]
    paint = Material(rim, gloss=0.12, shine=30, grime=0.5)
    stage.add(paint, lathe(dish, 28).moved((x, radius, z), pitch_deg=90 * sign))
    for k in range(8):
        angle = 2 * math.pi * k / 8
        at = (x + 0.38 * radius * math.cos(angle), radius + 0.38 * radius * math.sin(angle))
        hole = tube(
            (at[0], at[1], z + sign * half * 0.5),
            (at[0], at[1], z + sign * half * 0.64),
            radius * 0.075,
            10,
        )
        bolt = (x + 0.15 * radius * math.cos(angle), radius + 0.15 * radius * math.sin(angle))
        nut = tube(
            (bolt[0], bolt[1], z + sign * half * 0.9),
            (bolt[0], bolt[1], z + sign * half * 0.98),
            radius * 0.03,
            6,
        )
        stage.add(BLACK, hole)
        stage.add(STEEL, nut)


def arch(x: float, radius: float, z: float, width: float) -> Patch:
    """The rim of a wheel housing, bent over the wheel at ``x``."""
    angle = np.linspace(0.02, math.pi - 0.02, 15)
    ring = np.stack([x + radius * np.cos(angle), 0.5 + radius * np.sin(angle)], axis=1)
    rows = [np.column_stack([ring, np.full(len(ring), z + side * width / 2)]) for side in (-1, 1)]
    return sheet(np.stack(rows))


def side_window(points: list[tuple[float, float]], z: float) -> Patch:
    """A flat pane on a side of the vehicle, its corners counter-clockwise from outside."""
    corners = [(x, y, z) for x, y in points]
    fan = [[corners[0], corners[k], corners[k + 1]] for k in range(1, len(corners) - 1)]
    return flat(fan)

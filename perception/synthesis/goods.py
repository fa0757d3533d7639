"""Things that stand on shelves and before shops: packets, bottles, tins, cartons, bills."""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from perception.synthesis.fonts import Face, font
from perception.synthesis.raster import Material, Stage
from perception.synthesis.solids import (
    Patch,
    box,
    lathe,
    sheet,
)
from perception.synthesis.textures import Picture, Rgb, fitted, shares

_NAMES = (
    "香脆薯片",
    "鲜虾面",
    "牛肉面",
    "苏打饼干",
    "花生",
    "红枣",
    "坚果",
    "蛋黄派",
    "麦片",
    "辣条",
    "矿泉水",
    "绿茶",
    "酸梅汤",
    "橙汁",
    "豆奶",
    "牛奶",
    "酱油",
    "陈醋",
    "洗衣液",
    "洗发露",
    "纸巾",
    "牙膏",
    "香皂",
    "火锅底料",
    "挂面",
    "糖果",
    "巧克力",
    "咖啡",
    "海苔",
    "话梅",
)


def vivid(rng: np.random.Generator, low: float = 0.45, high: float = 0.95) -> Rgb:
    """A strong colour such as packaging has."""
    hue = rng.choice([0.0, 0.02, 0.07, 0.12, 0.16, 0.3, 0.38, 0.55, 0.6, 0.66, 0.8, 0.92])
    r, g, b = colorsys.hsv_to_rgb(
        float(hue), float(rng.uniform(0.5, 1)), float(rng.uniform(low, high))
    )
    return int(255 * r), int(255 * g), int(255 * b)


def label(rng: np.random.Generator, size: tuple[int, int] = (200, 256)) -> Picture:
    """The front of a packet: ground, bands, a picture-like blob, a name."""
    wide, high = size
    image = Image.new("RGB", size, vivid(rng))
    draw = ImageDraw.Draw(image)
    second, third = vivid(rng), (250, 246, 230)
    if rng.random() < 0.6:
        edge = int(high * rng.uniform(0.55, 0.75))
        draw.polygon(
            [(0, edge), (wide, edge - int(rng.integers(-30, 30))), (wide, high), (0, high)], second
        )
    if rng.random() < 0.7:
        x, y = wide * rng.uniform(0.35, 0.65), high * rng.uniform(0.6, 0.75)
        for k in range(5):
            r = wide * rng.uniform(0.1, 0.24)
            dx, dy = rng.normal(0, wide * 0.1, 2)
            draw.ellipse(
                (x + dx - r, y + dy - r, x + dx + r, y + dy + r), vivid(rng) if k else third
            )
    name = _NAMES[rng.integers(len(_NAMES))]
    top = int(high * rng.uniform(0.1, 0.28))
    if rng.random() < 0.5:
        draw.ellipse((wide * 0.06, top - high * 0.04, wide * 0.94, top + high * 0.3), third)
        ink: Rgb = vivid(rng, 0.2, 0.5)
    else:
        ink = (255, 255, 250)
    type_size = fitted(name, Face.HEI_BOLD, int(wide * 0.78), int(high * 0.24))
    draw.text(
        (wide / 2, top + high * 0.13),
        name,
        ink,
        font(Face.HEI_BOLD, type_size),
        anchor="mm",
        stroke_width=2,
        stroke_fill=(30, 30, 30) if ink[0] > 240 else third,
    )
    draw.rectangle((wide * 0.1, high * 0.9, wide * 0.4, high * 0.93), third)
    return np.array(image)


class Assortment:
    """A shop's range of goods; each kind's surfaces are painted once and used often."""

    def __init__(self, rng: np.random.Generator, kinds: int = 16) -> None:
        """Paints ``kinds`` labels."""
        self._rng = rng
        self._packets = [
            Material((1, 1, 1), label(rng), gloss=0.06, shine=40, grime=0.05) for _ in range(kinds)
        ]
        self._bottles = [
            Material((1, 1, 1), self._wrapped(), gloss=0.12, shine=60, grime=0.0)
            for _ in range(kinds // 2)
        ]
        self._caps = [Material(shares(vivid(rng)), gloss=0.06) for _ in range(4)]

    def _wrapped(self) -> Picture:
        """A bottle's wall unrolled: what is in it above and below, the label in between."""
        rng = self._rng
        wall = np.empty((256, 512, 3), np.uint8)
        wall[:] = vivid(rng, 0.25, 0.9) if rng.random() < 0.6 else (205, 220, 226)
        front = label(rng, (256, 130))
        wall[95:225] = np.concatenate([front, front], axis=1)
        return wall

    def fill(
        self, stage: Stage, x0: float, x1: float, y: float, z: float, room: float, depth: float
    ) -> None:
        """Fills one board of a shelf from left to right.

        Args:
            stage: Where the goods go.
            x0: Left end in metres.
            x1: Right end.
            y: Height of the board.
            z: Its front edge.
            room: Free height above it.
            depth: How deep it is.
        """
        rng, x = self._rng, x0 + 0.02
        while x < x1 - 0.08:
            facings = int(rng.integers(2, 6))
            kind = rng.random()
            tall = float(rng.uniform(0.55, 0.9)) * room
            if kind < 0.35:
                wide = float(rng.uniform(0.07, 0.095))
                x = self._bottle_run(stage, x, x1, y, z, tall, wide, facings)
            else:
                wide = float(rng.uniform(0.1, 0.24))
                x = self._packet_run(
                    stage, (x, x1), y, (z, depth), tall, wide, facings, kind > 0.75
                )
            if rng.random() < 0.12:
                x += float(rng.uniform(0.05, 0.25))

    def _bottle_run(
        self,
        stage: Stage,
        x: float,
        end: float,
        y: float,
        z: float,
        tall: float,
        wide: float,
        count: int,
    ) -> float:
        r = wide / 2
        skin = self._bottles[self._rng.integers(len(self._bottles))]
        cap = self._caps[self._rng.integers(len(self._caps))]
        shape = [
            (r * 0.38, tall * 0.9),
            (r * 0.45, tall * 0.8),
            (r * 0.98, tall * 0.64),
            (r, tall * 0.1),
            (r * 0.9, 0.0),
        ]
        if self._rng.random() < 0.3:
            shape = [(r * 0.85, tall * 0.7), (r, tall * 0.67), (r, 0.02), (r * 0.9, 0.0)]
        body, lid = lathe(shape, 12), lathe([(0.0, 0.03), (r * 0.42, 0.03), (r * 0.42, 0.0)], 8)
        for _ in range(count):
            if x + wide > end:
                break
            for row in range(2):
                at = (x + r, y, z - r - 0.01 - row * wide * 1.03)
                turn = float(self._rng.uniform(-25, 25))
                stage.add(skin, body.moved(at, yaw_deg=turn))
                stage.add(cap, lid.moved((at[0], at[1] + shape[0][1], at[2])))
            x += wide * 1.04
        return x

    def _packet_run(
        self,
        stage: Stage,
        span: tuple[float, float],
        y: float,
        place: tuple[float, float],
        tall: float,
        wide: float,
        count: int,
        soft: bool,
    ) -> float:
        x, end = span
        z, depth = place
        skin = self._packets[self._rng.integers(len(self._packets))]
        bag = _pillow(wide, tall) if soft else None
        for _ in range(count):
            if x + wide > end:
                break
            lean = float(self._rng.normal(0, 2.5))
            at = (x + wide / 2, y + tall / 2, z - 0.02 - float(self._rng.uniform(0, 0.02)))
            if bag is not None:
                stage.add(skin, bag.moved((at[0], at[1], at[2] - 0.05), yaw_deg=lean))
                stage.add(skin, bag.moved((at[0], at[1], at[2] - 0.14), yaw_deg=-lean))
            else:
                thick = min(depth * 0.8, 0.25)
                body = box((0, 0, -thick / 2), (wide, tall, thick), 0.003)
                stage.add(skin, body.moved(at, yaw_deg=lean))
            x += wide * (1.0 if soft else 1.03)
        return x


def _pillow(wide: float, tall: float) -> Patch:
    """A blown-up bag, its middle at the origin, its belly towards the viewer."""
    u, v = np.meshgrid(np.linspace(-1, 1, 7), np.linspace(-1, 1, 7))
    belly = 0.055 * (1 - u**2) ** 0.5 * (1 - np.abs(v) ** 2.5)
    return sheet(np.stack([u * wide / 2, -v * tall / 2, belly], axis=-1))


def cartons(stage: Stage, rng: np.random.Generator, at: Sequence[float], count: int) -> None:
    """A heap of brown cartons about that spot on the ground."""
    tones = [
        Material((0.62, 0.47, 0.31), gloss=0.02, grime=0.2),
        Material((0.72, 0.57, 0.4), grime=0.2),
    ]
    tape = Material((0.78, 0.7, 0.5), gloss=0.15, shine=40)
    top = float(at[1])
    for k in range(count):
        size = rng.uniform((0.38, 0.26, 0.3), (0.6, 0.42, 0.45))
        shift = rng.normal(0, 0.04, 2)
        middle = (float(at[0] + shift[0]), top + float(size[1]) / 2, float(at[2] + shift[1]))
        turn = float(rng.normal(0, 6))
        stage.add(tones[k % 2], box((0, 0, 0), size, 0.008).moved(middle, yaw_deg=turn))
        band = box((0, 0, 0), (0.06, float(size[1]) + 0.004, float(size[2]) + 0.004))
        stage.add(tape, band.moved(middle, yaw_deg=turn))
        top += float(size[1])


def crate(stage: Stage, rng: np.random.Generator, at: Sequence[float], stacked: int = 3) -> None:
    """Shrink-wrapped drinks or plastic crates, one on the other."""
    skin = Material(
        (1, 1, 1), np.tile(label(rng, (96, 128)), (1, 4, 1)), gloss=0.2, shine=50, grime=0.1
    )
    for k in range(stacked):
        middle = (float(at[0]), float(at[1]) + 0.14 + 0.27 * k, float(at[2]))
        stage.add(
            skin,
            box((0, 0, 0), (0.42, 0.26, 0.3), 0.02).moved(middle, yaw_deg=float(rng.normal(0, 4))),
        )


def poster(rng: np.random.Generator, words: str) -> Material:
    """A bill for a wall or a window."""
    wide, high = 300, 420
    image = Image.new("RGB", (wide, high), vivid(rng))
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 160, 270, 400), vivid(rng))
    size = fitted(words, Face.HEI_BOLD, 260, 110)
    draw.text(
        (150, 90),
        words,
        (255, 252, 235),
        font(Face.HEI_BOLD, size),
        anchor="mm",
        stroke_width=3,
        stroke_fill=(140, 20, 20),
    )
    draw.text(
        (150, 280),
        "特价",
        (255, 240, 60),
        font(Face.HEI_BOLD, 88),
        anchor="mm",
        stroke_width=4,
        stroke_fill=(160, 20, 20),
    )
    return Material((1, 1, 1), np.array(image), gloss=0.05, shine=30, grime=0.05)

"""A shop front across a pavement: sign, glass, goods within and before it, neighbours."""

from __future__ import annotations

import numpy as np

from perception.synthesis import goods, textures
from perception.synthesis.raster import Eye, Light, Material, Stage
from perception.synthesis.shops import FRAME, TUBE, gondola
from perception.synthesis.solids import (
    box,
    floor,
    panel,
    tube,
)
from perception.synthesis.textures import Rgb, board
from perception.synthesis.yards import daylight

_SHOPS = (
    "好邻居便利店",
    "家家乐超市",
    "万佳便利店",
    "惠民烟酒店",
    "小李便利店",
    "鲜果时光",
    "大众超市",
)

_NEIGHBOURS = ("理发店", "小吃店", "五金店", "文具店", "水果店", "烟酒", "药店", "快递", "烧饼")

_DARK = Material((0.12, 0.12, 0.13), gloss=0.05, grime=0.2)

_PANE = Material((0.75, 0.85, 0.85), gloss=0.07, shine=200, grime=0.0, glass=True, clear=0.88)


def shop_front(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A small shop from across the pavement: sign, glass doors, goods within and before it."""
    wide = float(rng.uniform(4.2, 5.6))
    lamps = tuple(((x, 2.5, -2.0), (2.6, 2.5, 2.3)) for x in (-wide / 4, wide / 4))
    day = daylight(rng)
    stage = Stage(Light(day.sun_from, day.sun, day.sky, day.ground, lamps, 300))
    _street(stage, rng)
    _facade(stage, rng, wide)
    name = firm or _SHOPS[rng.integers(len(_SHOPS))]
    grounds: list[Rgb] = [
        (190, 24, 28),
        (14, 110, 60),
        (22, 76, 160),
        (240, 238, 230),
        (230, 120, 20),
    ]
    ground = grounds[rng.integers(len(grounds))]
    ink: Rgb = (
        (200, 24, 24) if min(ground) > 200 else ((255, 252, 240), (255, 226, 60))[rng.integers(2)]
    )
    sign = board(
        [(name, 0.68, ink), ("烟酒饮料 · 日用百货 · 零食", 0.24, ink)], (1800, 360), ground
    )
    skin = Material((1, 1, 1), sign, gloss=0.06, shine=60, emission=0.35, grime=0.08)
    stage.add(skin, box((0, 3.22, 0.2), (wide + 0.3, 0.98, 0.22), 0.015))
    stage.add(
        FRAME,
        box((0, 2.7, 0.2), (wide + 0.36, 0.06, 0.28)),
        box((0, 3.73, 0.2), (wide + 0.36, 0.05, 0.28)),
    )
    _inside(stage, rng, wide)
    _glazing(stage, rng, wide)
    _before_the_shop(stage, rng, wide)
    eye = Eye(
        (float(rng.uniform(-2.4, 2.4)), float(rng.uniform(1.5, 1.8)), float(rng.uniform(6.4, 8.4))),
        (float(rng.uniform(-0.3, 0.3)), float(rng.uniform(1.65, 2.0)), 0.0),
        float(rng.uniform(54, 64)),
        float(rng.normal(0, 1.0)),
    )
    return stage, eye


def _street(stage: Stage, rng: np.random.Generator) -> None:
    tint: Rgb = ((176, 168, 158), (160, 120, 104), (150, 152, 150))[rng.integers(3)]
    paving = textures.tiles(rng, tint, 8, 8, 6, 9, (104, 100, 94), bond=bool(rng.random() < 0.5))
    stage.add(
        Material((1, 1, 1), paving, gloss=0.03, shine=10, grime=0.4),
        floor(-30, 30, 0, 5.2, tile_m=2.4),
    )
    stage.add(
        Material((0.62, 0.61, 0.58), grime=0.4), box((0, -0.03, 5.28), (60, 0.16, 0.18), 0.02)
    )
    stage.add(
        Material((1, 1, 1), textures.asphalt(rng), grime=0.3),
        floor(-30, 30, 5.3, 20, y=-0.1, tile_m=4),
    )
    stage.add(
        Material((0.7, 0.69, 0.66), gloss=0.04, grime=0.35),
        box((0, 0.06, 0.35), (60, 0.14, 0.7), 0.01),
    )


def _facade(stage: Stage, rng: np.random.Generator, wide: float) -> None:
    tint: Rgb = ((196, 176, 150), (178, 110, 88), (206, 204, 196), (150, 160, 166))[rng.integers(4)]
    tile = textures.tiles(rng, tint, 16, 32, 3, 7, (170, 164, 154), bond=bool(rng.random() < 0.5))
    wall = Material((1, 1, 1), tile, gloss=0.04, shine=20, grime=0.3)
    stage.add(wall, panel((0, 5.9, 0.0), 60, 6.6, tiles=(20, 2.2)))
    half = wide / 2
    for side in (-1, 1):
        stage.add(wall, box((side * (half + 0.2), 1.35, 0.02), (0.4, 2.7, 0.3)))
        for k in range(3):
            middle = side * (half + 0.4 + 1.9 + k * 4.2)
            _neighbour(stage, rng, middle, 3.8)
            stage.add(wall, box((middle + side * 2.05, 1.35, 0.02), (0.3, 2.7, 0.3)))
    for x in np.arange(-13, 14, 2.6) + float(rng.uniform(-1, 1)):
        stage.add(_DARK, box((float(x), 5.2, 0.02), (1.5, 1.5, 0.08)))
        glass = Material((0.1, 0.13, 0.15), gloss=0.25, shine=120, grime=0.0)
        stage.add(
            glass,
            panel((float(x) - 0.37, 5.2, 0.07), 0.68, 1.36),
            panel((float(x) + 0.37, 5.2, 0.07), 0.68, 1.36),
        )
        if rng.random() < 0.4:
            _cooler(stage, float(x) + 1.0, 4.6)


def _cooler(stage: Stage, x: float, y: float) -> None:
    stage.add(Material((0.84, 0.84, 0.82), grime=0.35), box((x, y, 0.3), (0.8, 0.56, 0.3), 0.02))
    stage.add(_DARK, tube((x - 0.12, y, 0.44), (x - 0.12, y, 0.456), 0.22, 20))


def _neighbour(stage: Stage, rng: np.random.Generator, x: float, wide: float) -> None:
    ground = goods.vivid(rng, 0.3, 0.7)
    name = _NEIGHBOURS[rng.integers(len(_NEIGHBOURS))]
    sign = Material(
        (1, 1, 1), board([(name, 0.85, (250, 248, 240))], (900, 210), ground), grime=0.2
    )
    stage.add(sign, box((x, 3.15, 0.16), (wide, 0.85, 0.2)))
    if rng.random() < 0.5:
        door = Material((1, 1, 1), textures.shutter(rng, (150, 154, 158)), gloss=0.05, grime=0.3)
        stage.add(door, panel((x, 1.4, 0.0), wide, 2.7))
    else:
        stage.add(
            Material((0.16, 0.15, 0.14), gloss=0.15, shine=80, grime=0.2),
            panel((x, 1.4, 0.0), wide, 2.7),
        )
        for k in np.linspace(-wide / 2, wide / 2, 5):
            stage.add(FRAME, box((x + float(k), 1.4, 0.03), (0.06, 2.7, 0.06)))


def _inside(stage: Stage, rng: np.random.Generator, wide: float) -> None:
    deep = 4.0
    tile = textures.tiles(rng, (200, 196, 188), 4, 4, 4, 4)
    stage.add(
        Material((1, 1, 1), tile, gloss=0.08, grime=0.2),
        floor(-wide / 2, wide / 2, -deep, 0.2, y=0.131, tile_m=2.4),
    )
    plain = Material((0.82, 0.8, 0.76), grime=0.1)
    stage.add(
        plain, panel((0, 1.5, -deep), wide, 3.0), floor(-wide / 2, wide / 2, -deep, 0.0, y=2.75)
    )
    for side in (-1, 1):
        stage.add(plain, panel((side * wide / 2, 1.5, -deep / 2), deep, 3.0, yaw_deg=-90 * side))
        stage.add(TUBE, box((side * wide / 4, 2.7, -1.8), (0.14, 0.05, 2.2)))
    range_ = goods.Assortment(rng, 12)
    run = Stage()
    gondola(run, rng, range_, wide * 0.8, 5)
    stage.place(run, (0, 0.13, -2.6))
    near = Stage()
    gondola(near, rng, range_, 2.2, 4)
    stage.place(near, (-wide / 2 + 0.5, 0.13, -1.2), yaw_deg=90)
    counter = Material((0.5, 0.36, 0.25), gloss=0.05, grime=0.1)
    stage.add(counter, box((wide / 2 - 0.8, 0.6, -0.9), (1.2, 0.95, 0.5), 0.02))
    goods.crate(stage, rng, (wide / 2 - 0.9, 1.08, -0.9), 1)


def _glazing(stage: Stage, rng: np.random.Generator, wide: float) -> None:
    half, top = wide / 2, 2.66
    posts = [-half, -half / 2.6, half / 2.6, half]
    for x in posts:
        stage.add(FRAME, box((x, top / 2 + 0.07, 0.0), (0.07, top, 0.09)))
    stage.add(FRAME, box((0, 2.3, 0.0), (wide, 0.06, 0.08)), box((0, top, 0.0), (wide, 0.06, 0.08)))
    for a, b in ((posts[0], posts[1]), (posts[2], posts[3])):
        stage.add(_PANE, panel(((a + b) / 2, 1.3, 0.0), b - a, 2.4))
        stage.add(FRAME, box(((a + b) / 2, 0.2, 0.0), (b - a, 0.16, 0.08)))
        bill = goods.poster(rng, ("会员日", "新品上市", "冷饮", "欢迎光临")[rng.integers(4)])
        stage.add(bill, panel(((a + b) / 2 + float(rng.uniform(-0.2, 0.2)), 1.55, 0.015), 0.5, 0.7))
    stage.add(_PANE, panel((0, 2.48, 0.0), wide, 0.3))
    opened = rng.random() < 0.6
    for side in (-1, 1):
        x = side * half / 5.2
        if opened:
            stage.add(FRAME, box((posts[1] if side < 0 else posts[2], 1.2, 0.35), (0.05, 2.1, 0.7)))
        else:
            stage.add(_PANE, panel((x, 1.2, 0.0), half / 2.7, 2.2))
            stage.add(FRAME, tube((side * 0.08, 0.9, 0.07), (side * 0.08, 1.5, 0.07), 0.018))


def _before_the_shop(stage: Stage, rng: np.random.Generator, wide: float) -> None:
    half = wide / 2
    for x in np.linspace(-half + 0.3, -half / 2.6 - 0.2, 3):
        if rng.random() < 0.75:
            goods.crate(stage, rng, (float(x), 0.13, 0.5), int(rng.integers(2, 5)))
    for x in np.linspace(half / 2.6 + 0.3, half - 0.3, 2):
        if rng.random() < 0.6:
            goods.cartons(stage, rng, (float(x), 0.13, 0.5), int(rng.integers(1, 4)))
    if rng.random() < 0.6:
        chest = Material((0.86, 0.88, 0.9), gloss=0.1, grime=0.1)
        x = half * float(rng.uniform(0.55, 0.8))
        stage.add(chest, box((x, 0.48, 0.95), (1.2, 0.82, 0.6), 0.04))
        stage.add(goods.poster(rng, "冰淇淋"), panel((x, 0.5, 1.256), 0.9, 0.5))

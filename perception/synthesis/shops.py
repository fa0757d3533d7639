"""Trade indoors and on the street: a shop front, a shelf with goods, a clothing stall."""

from __future__ import annotations

import numpy as np

from perception.synthesis import goods, textures
from perception.synthesis.raster import Eye, Light, Material, Stage
from perception.synthesis.solids import box, floor, panel, tube
from perception.synthesis.textures import Rgb, board
from perception.synthesis.yards import daylight

_SHOPS = ("好邻居便利店", "家家乐超市", "万佳便利店", "惠民烟酒店", "小李便利店", "鲜果时光", "大众超市")
_NEIGHBOURS = ("理发店", "小吃店", "五金店", "文具店", "水果店", "烟酒", "药店", "快递", "烧饼")
_FRAME = Material((0.55, 0.57, 0.6), gloss=0.25, shine=50, grime=0.15)
_DARK = Material((0.12, 0.12, 0.13), gloss=0.05, grime=0.2)
_PANE = Material((0.75, 0.85, 0.85), gloss=0.07, shine=200, grime=0.0, glass=True, clear=0.88)
_TUBE = Material((1, 1, 1), emission=3.2, grime=0.0)


def _indoor_light(rng: np.random.Generator, spots: list[tuple[float, float, float]]) -> Light:
    warm = float(rng.uniform(0.85, 1.0))
    strength = float(rng.uniform(1.5, 2.2))
    lamp = (strength, strength * (0.94 + 0.05 * warm), strength * warm)
    level = float(rng.uniform(0.5, 0.75))
    return Light(
        sun=(0, 0, 0), sky=(level, level, level * warm), ground=(level * 0.65,) * 3,
        lamps=tuple((spot, lamp) for spot in spots), haze_m=400,
    )


def gondola(
    stage: Stage, rng: np.random.Generator, range_: goods.Assortment, width: float, levels: int = 5
) -> None:
    """A shelf unit with its front at z = 0, centred on x = 0, filled with goods."""
    depth, high = 0.42, 0.3 + 0.36 * levels
    steel = Material((0.86, 0.86, 0.84), gloss=0.05, shine=30, grime=0.15)
    edge: Rgb = ((214, 44, 40), (240, 240, 236), (40, 110, 190), (240, 190, 40))[rng.integers(4)]
    trim = Material(tuple(c / 255 for c in edge), gloss=0.06, grime=0.1)
    stage.add(steel, panel((0, high / 2, -depth), width, high))
    for x in np.linspace(-width / 2, width / 2, max(2, round(width / 1.2) + 1)):
        stage.add(steel, box((float(x), high / 2, -depth + 0.02), (0.05, high, 0.05)))
    tag = Material((1, 1, 1), board([("¥ 3.50", 0.9, (30, 30, 30))], (90, 50), (255, 250, 210),
                                    edge=(220, 60, 40)), grime=0.0)
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
    stage.add(Material((1, 1, 1), tile, gloss=0.12, shine=60, grime=0.15), floor(-9, 9, -9, 7, tile_m=2.4))
    wall = Material((0.84, 0.83, 0.8), grime=0.15)
    stage.add(wall, panel((0, 1.6, -4.0), 24, 3.2))
    stage.add(Material((0.9, 0.9, 0.88), grime=0.1), floor(-9, 9, -9, 7, y=3.1))
    for x in (-2.0, 2.0):
        stage.add(_TUBE, box((x, 3.05, 0.8), (0.16, 0.06, 2.4)), box((x, 3.05, -2.2), (0.16, 0.06, 2.4)))
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
        float(rng.uniform(58, 70)), float(rng.normal(0, 1.2)),
    )
    return stage, eye


def stall(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A clothing wholesaler's stall: rails, piles, dummies, cartons."""
    lamps = [(-1.4, 2.6, 1.2), (1.4, 2.6, 1.2), (0.0, 2.6, 2.8)]
    stage = Stage(_indoor_light(rng, lamps))
    tile = textures.tiles(rng, (188, 184, 176), 4, 4, 4, 5, (140, 138, 132))
    stage.add(Material((1, 1, 1), tile, gloss=0.1, shine=50, grime=0.25), floor(-6, 6, -3, 6, tile_m=2.4))
    slats = textures.tiles(rng, (226, 222, 212), 1, 16, 8, 3, (150, 146, 138))
    back = Material((1, 1, 1), slats, gloss=0.03, grime=0.1)
    stage.add(back, panel((0, 1.5, -0.6), 5.0, 3.0, tiles=(2, 2)))
    for side in (-1, 1):
        stage.add(back, panel((side * 2.5, 1.5, 1.4), 4.0, 3.0, yaw_deg=-90 * side, tiles=(2, 2)))
        stage.add(_TUBE, box((side * 1.2, 2.97, 0.8), (0.14, 0.05, 2.0)))
    stage.add(Material((0.85, 0.85, 0.83), grime=0.1), floor(-6, 6, -3, 6, y=3.02))
    name = firm or ("新潮服饰", "衣品坊", "佳人服装批发", "百变女装")[rng.integers(4)]
    ink: Rgb = (250, 246, 236)
    sign = board([(name, 0.9, ink)], (1400, 240), goods.vivid(rng, 0.25, 0.55))
    stage.add(Material((1, 1, 1), sign, emission=0.25, grime=0.0), box((0, 2.72, -0.55), (3.4, 0.5, 0.06)))
    clothes = [Material((1, 1, 1), goods.garment_picture(rng), gloss=0.01, shine=4, grime=0.05)
               for _ in range(12)]
    for row, y in enumerate((2.36, 1.5)):
        for x in np.arange(-2.1, 2.2, 0.62):
            goods.hang(stage, rng, clothes, (float(x), y, -0.5 + 0.06 * row), float(rng.normal(0, 6)))
    _rails(stage, rng, clothes)
    _table(stage, rng)
    if rng.random() < 0.75:
        goods.mannequin(stage, rng, (float(rng.choice([-1.45, 1.45])), 0.0, 0.25))
    goods.cartons(stage, rng, (float(rng.uniform(-0.3, 0.3)) + 1.35, 0, 2.3), int(rng.integers(1, 3)))
    eye = Eye(
        (float(rng.uniform(-0.9, 0.9)), float(rng.uniform(1.45, 1.75)), float(rng.uniform(3.9, 4.8))),
        (float(rng.uniform(-0.3, 0.3)), float(rng.uniform(1.15, 1.35)), 0.0),
        float(rng.uniform(56, 66)), float(rng.normal(0, 1.2)),
    )
    return stage, eye


def _rails(stage: Stage, rng: np.random.Generator, clothes: list[Material]) -> None:
    for side in (-1, 1):
        x, high = side * 2.05, 1.62
        stage.add(_FRAME, tube((x, high, -0.3), (x, high, 2.7), 0.018))
        for z in (-0.3, 2.7):
            stage.add(_FRAME, tube((x, 0, z), (x, high, z), 0.018))
        z = -0.2
        while z < 2.6:
            goods.hang(stage, rng, clothes, (x, high, z), float(rng.normal(0, 7)) + side * 14)
            z += float(rng.uniform(0.06, 0.14))


def _table(stage: Stage, rng: np.random.Generator) -> None:
    wood = Material((0.55, 0.42, 0.3), gloss=0.05, grime=0.2)
    stage.add(wood, box((0, 0.7, 1.1), (1.9, 0.05, 0.95), 0.01))
    stage.add(Material((0.82, 0.8, 0.76), grime=0.15), box((0, 0.35, 1.1), (1.8, 0.66, 0.85)))
    for x in np.arange(-0.8, 0.85, 0.31):
        for z in (0.82, 1.16, 1.44):
            if rng.random() < 0.9:
                goods.folded(stage, rng, (float(x), 0.725, z), int(rng.integers(3, 9)))


def shop_front(rng: np.random.Generator, firm: str | None, plate: str | None) -> tuple[Stage, Eye]:
    """A small shop from across the pavement: sign, glass doors, goods within and before it."""
    wide = float(rng.uniform(4.2, 5.6))
    lamps = tuple(((x, 2.5, -2.0), (2.6, 2.5, 2.3)) for x in (-wide / 4, wide / 4))
    day = daylight(rng)
    stage = Stage(Light(day.sun_from, day.sun, day.sky, day.ground, lamps, 300))
    _street(stage, rng)
    _facade(stage, rng, wide)
    name = firm or _SHOPS[rng.integers(len(_SHOPS))]
    grounds: list[Rgb] = [(190, 24, 28), (14, 110, 60), (22, 76, 160), (240, 238, 230), (230, 120, 20)]
    ground = grounds[rng.integers(len(grounds))]
    ink: Rgb = (200, 24, 24) if min(ground) > 200 else ((255, 252, 240), (255, 226, 60))[rng.integers(2)]
    sign = board([(name, 0.68, ink), ("烟酒饮料 · 日用百货 · 零食", 0.24, ink)], (1800, 360), ground)
    skin = Material((1, 1, 1), sign, gloss=0.06, shine=60, emission=0.35, grime=0.08)
    stage.add(skin, box((0, 3.22, 0.2), (wide + 0.3, 0.98, 0.22), 0.015))
    stage.add(_FRAME, box((0, 2.7, 0.2), (wide + 0.36, 0.06, 0.28)), box((0, 3.73, 0.2), (wide + 0.36, 0.05, 0.28)))
    _inside(stage, rng, wide)
    _glazing(stage, rng, wide)
    _before_the_shop(stage, rng, wide)
    eye = Eye(
        (float(rng.uniform(-2.4, 2.4)), float(rng.uniform(1.5, 1.8)), float(rng.uniform(6.4, 8.4))),
        (float(rng.uniform(-0.3, 0.3)), float(rng.uniform(1.65, 2.0)), 0.0),
        float(rng.uniform(54, 64)), float(rng.normal(0, 1.0)),
    )
    return stage, eye


def _street(stage: Stage, rng: np.random.Generator) -> None:
    tint: Rgb = ((176, 168, 158), (160, 120, 104), (150, 152, 150))[rng.integers(3)]
    paving = textures.tiles(rng, tint, 8, 8, 6, 9, (104, 100, 94), bond=bool(rng.random() < 0.5))
    stage.add(Material((1, 1, 1), paving, gloss=0.03, shine=10, grime=0.4), floor(-30, 30, 0, 5.2, tile_m=2.4))
    stage.add(Material((0.62, 0.61, 0.58), grime=0.4), box((0, -0.03, 5.28), (60, 0.16, 0.18), 0.02))
    stage.add(Material((1, 1, 1), textures.asphalt(rng), grime=0.3), floor(-30, 30, 5.3, 20, y=-0.1, tile_m=4))
    stage.add(Material((0.7, 0.69, 0.66), gloss=0.04, grime=0.35), box((0, 0.06, 0.35), (60, 0.14, 0.7), 0.01))


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
        stage.add(glass, panel((float(x) - 0.37, 5.2, 0.07), 0.68, 1.36), panel((float(x) + 0.37, 5.2, 0.07), 0.68, 1.36))
        if rng.random() < 0.4:
            _cooler(stage, float(x) + 1.0, 4.6)


def _cooler(stage: Stage, x: float, y: float) -> None:
    stage.add(Material((0.84, 0.84, 0.82), grime=0.35), box((x, y, 0.3), (0.8, 0.56, 0.3), 0.02))
    stage.add(_DARK, tube((x - 0.12, y, 0.44), (x - 0.12, y, 0.456), 0.22, 20))


def _neighbour(stage: Stage, rng: np.random.Generator, x: float, wide: float) -> None:
    ground = goods.vivid(rng, 0.3, 0.7)
    name = _NEIGHBOURS[rng.integers(len(_NEIGHBOURS))]
    sign = Material((1, 1, 1), board([(name, 0.85, (250, 248, 240))], (900, 210), ground), grime=0.2)
    stage.add(sign, box((x, 3.15, 0.16), (wide, 0.85, 0.2)))
    if rng.random() < 0.5:
        door = Material((1, 1, 1), textures.shutter(rng, (150, 154, 158)), gloss=0.05, grime=0.3)
        stage.add(door, panel((x, 1.4, 0.0), wide, 2.7))
    else:
        stage.add(Material((0.16, 0.15, 0.14), gloss=0.15, shine=80, grime=0.2), panel((x, 1.4, 0.0), wide, 2.7))
        for k in np.linspace(-wide / 2, wide / 2, 5):
            stage.add(_FRAME, box((x + float(k), 1.4, 0.03), (0.06, 2.7, 0.06)))


def _inside(stage: Stage, rng: np.random.Generator, wide: float) -> None:
    deep = 4.0
    tile = textures.tiles(rng, (200, 196, 188), 4, 4, 4, 4)
    stage.add(Material((1, 1, 1), tile, gloss=0.08, grime=0.2), floor(-wide / 2, wide / 2, -deep, 0.2, y=0.131, tile_m=2.4))
    plain = Material((0.82, 0.8, 0.76), grime=0.1)
    stage.add(plain, panel((0, 1.5, -deep), wide, 3.0), floor(-wide / 2, wide / 2, -deep, 0.0, y=2.75))
    for side in (-1, 1):
        stage.add(plain, panel((side * wide / 2, 1.5, -deep / 2), deep, 3.0, yaw_deg=-90 * side))
        stage.add(_TUBE, box((side * wide / 4, 2.7, -1.8), (0.14, 0.05, 2.2)))
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
        stage.add(_FRAME, box((x, top / 2 + 0.07, 0.0), (0.07, top, 0.09)))
    stage.add(_FRAME, box((0, 2.3, 0.0), (wide, 0.06, 0.08)), box((0, top, 0.0), (wide, 0.06, 0.08)))
    for a, b in ((posts[0], posts[1]), (posts[2], posts[3])):
        stage.add(_PANE, panel(((a + b) / 2, 1.3, 0.0), b - a, 2.4))
        stage.add(_FRAME, box(((a + b) / 2, 0.2, 0.0), (b - a, 0.16, 0.08)))
        bill = goods.poster(rng, ("会员日", "新品上市", "冷饮", "欢迎光临")[rng.integers(4)])
        stage.add(bill, panel(((a + b) / 2 + float(rng.uniform(-0.2, 0.2)), 1.55, 0.015), 0.5, 0.7))
    stage.add(_PANE, panel((0, 2.48, 0.0), wide, 0.3))
    opened = rng.random() < 0.6
    for side in (-1, 1):
        x = side * half / 5.2
        if opened:
            stage.add(_FRAME, box((posts[1] if side < 0 else posts[2], 1.2, 0.35), (0.05, 2.1, 0.7)))
        else:
            stage.add(_PANE, panel((x, 1.2, 0.0), half / 2.7, 2.2))
            stage.add(_FRAME, tube((side * 0.08, 0.9, 0.07), (side * 0.08, 1.5, 0.07), 0.018))


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

"""Road vehicles as registers describe them: types, invented makes, masses that add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from perception.synthesis.contents.numbers import digits, local_plate, vin
from perception.synthesis.contents.places import Place

_MAKES = {
    "百灵牌": "BL",
    "云雀牌": "YQ",
    "青岚牌": "QL",
    "远图牌": "YT",
    "赤霄牌": "CX",
    "驰川牌": "CC",
    "鹿鸣牌": "LM",
}
_COLOURS = "白 黄 红 蓝 灰 黑 银 白/蓝".split()
_HEAVY_KG = 12_000
"""Above it lorries are 重型 (GA 802)."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class _Class:
    """A vehicle type: its model code's first figure and last letters, bounds of its masses.

    Attributes:
        name: 车辆类型 (GA 802).
        figure: First figure of the model code (GB 9417: 1 lorries, 3 tippers, 4 tractors, 5 bodies,
            6 buses, 7 cars).
        body: Letters of the body.
        gross_kg: Bounds of the total mass.
        length_mm: Bounds of the length.
        seats: 核定载人数.
        goods: Whether it carries goods.
    """

    name: str
    figure: str
    body: str
    gross_kg: tuple[int, int]
    length_mm: tuple[int, int]
    seats: int
    goods: bool = True


_CLASSES = (
    _Class("轻型厢式货车", "5", "XXY", (2600, 4495), (4900, 5995), 2),
    _Class("轻型普通货车", "1", "", (2400, 4495), (4800, 5995), 3),
    _Class("中型厢式货车", "5", "XXY", (6500, 11990), (6800, 8300), 3),
    _Class("重型厢式货车", "5", "XXY", (15800, 31000), (9000, 12000), 3),
    _Class("重型仓栅式货车", "5", "CCY", (15800, 31000), (9000, 12000), 3),
    _Class("重型自卸货车", "3", "", (25000, 31000), (8200, 10500), 2),
    _Class("重型半挂牵引车", "4", "", (18000, 25000), (6200, 7400), 2),
    _Class("微型普通货车", "1", "", (1500, 1795), (3600, 4400), 2),
    _Class("小型轿车", "7", "", (1400, 1990), (4200, 4980), 5, goods=False),
    _Class("小型普通客车", "6", "", (1700, 2600), (4300, 5200), 7, goods=False),
)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A road vehicle.

    Attributes:
        plate: With the letters of its place.
        type_name: 车辆类型.
        make: 车辆品牌, ends with 牌.
        model: 车辆型号.
        vin: 17 signs, check digit right.
        engine: 发动机号.
        engine_model: 发动机型号.
        colour: 车身颜色.
        gross_kg: 总质量; of a tractor alone.
        curb_kg: 整备质量.
        payload_kg: 核定载质量; None for cars and tractors.
        towing_kg: 准牵引总质量; tractors only.
        seats: 核定载人数.
        size_mm: Length, width and height.
        fuel: 燃料种类.
        made_on: 出厂日期.
        registered_on: 注册日期.
        goods: Whether it carries goods.
    """

    plate: str
    type_name: str
    make: str
    model: str
    vin: str
    engine: str
    engine_model: str
    colour: str
    gross_kg: int
    curb_kg: int
    payload_kg: int | None
    towing_kg: int | None
    seats: int
    size_mm: tuple[int, int, int]
    fuel: str
    made_on: date
    registered_on: date
    goods: bool

    @property
    def tonnage_ton(self) -> Decimal:
        """Tons that it may carry or pull, to three places; zero for cars."""
        return Decimal(self.payload_kg or self.towing_kg or 0) / 1000


def vehicle(
    rng: np.random.Generator,
    where: Place,
    registered_on: date,
    *,
    goods_share: float = 0.75,
    least_kg: int = 0,
) -> Vehicle:
    """A vehicle registered there on that day.

    Args:
        rng: Source of chance.
        where: Gives the plate its letters.
        registered_on: Of the first registration.
        goods_share: How many of them carry goods, in [0, 1].
        least_kg: Types whose total mass may be less are left out; cars weigh 1,400 kg at least.
    """
    type_ = _class(rng, least_kg, goods=bool(rng.random() < goods_share))
    make = list(_MAKES)[rng.integers(len(_MAKES))]
    gross = _some(rng, type_.gross_kg, 5)
    seats_kg = type_.seats * 65
    tractor = type_.figure == "4"
    loaded = type_.goods and not tractor
    curb = round(gross * float(rng.uniform(0.36, 0.56))) if loaded else gross - seats_kg
    return Vehicle(
        plate=local_plate(rng, where),
        type_name=type_.name,
        make=make,
        model=_model(rng, _MAKES[make], type_, gross),
        vin=vin(rng, "L" + _MAKES[make].replace("Q", "U")),
        engine=_letter(rng) * int(rng.integers(2)) + digits(rng, int(rng.integers(6, 10))),
        engine_model=_engine_model(rng),
        colour=_COLOURS[rng.integers(len(_COLOURS))],
        gross_kg=gross,
        curb_kg=curb,
        payload_kg=gross - curb - seats_kg if loaded else None,
        towing_kg=_some(rng, (34000, 40000), 50) if tractor else None,
        seats=type_.seats,
        size_mm=_size(rng, type_, gross),
        fuel="柴油" if gross > 2700 else ("汽油", "汽油", "纯电动")[rng.integers(3)],
        made_on=registered_on - timedelta(days=int(rng.integers(12, 150))),
        registered_on=registered_on,
        goods=type_.goods,
    )


def _class(rng: np.random.Generator, least_kg: int, *, goods: bool) -> _Class:
    known = [each for each in _CLASSES if each.goods == goods and each.gross_kg[0] >= least_kg]
    return known[rng.integers(len(known))]


def _size(rng: np.random.Generator, type_: _Class, gross_kg: int) -> tuple[int, int, int]:
    """Length, width and height in millimetres; heavy lorries are as wide as GB 1589 allows."""
    heavy = gross_kg > _HEAVY_KG
    wide = 2550 if heavy else _some(rng, (1600, 2300), 10)
    high = _some(rng, (2900, 3995) if heavy else (1480, 3200), 5)
    return _some(rng, type_.length_mm, 5), wide, high


def _engine_model(rng: np.random.Generator) -> str:
    series = f"{_letter(rng)}{_letter(rng)}{rng.integers(4, 7)}{_letter(rng)}"
    return f"{series}{rng.integers(1, 5)}-{digits(rng, 3)}E{rng.integers(5, 7)}0"


def _some(rng: np.random.Generator, bounds: tuple[int, int], step: int) -> int:
    return int(rng.integers(bounds[0] // step, bounds[1] // step + 1)) * step


def _letter(rng: np.random.Generator) -> str:
    return _LETTERS[rng.integers(len(_LETTERS))]


def _model(rng: np.random.Generator, maker: str, type_: _Class, gross_kg: int) -> str:
    """A model code (GB 9417): maker, class, tons (tenths of litres or metres), order, body."""
    main = f"{max(1, round(gross_kg / 1000)):02d}"
    if not type_.goods:
        main = ("15", "16", "20")[rng.integers(3)] if type_.figure == "7" else "48"
    tail = f"{_letter(rng)}{rng.integers(1, 10)}{_letter(rng)}{rng.integers(1, 7)}"
    return f"{maker}{type_.figure}{main}{rng.integers(10)}{type_.body}{tail}"

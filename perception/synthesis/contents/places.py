"""Real districts with their division codes (GB/T 2260) and the letters of their number plates."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

_STREETS = "示范路 样张街 云雀路 百灵大道 试用巷 模拟路 示例大街 样板路 演示中路 校对北路".split()


@dataclass(frozen=True, slots=True)
class Place:
    """A district.

    Attributes:
        code: Six digits of GB/T 2260.
        province: Province, autonomous region or municipality.
        city: Empty for districts of a municipality.
        district: Empty for a city that is a county by rank.
        plate: First two signs of number plates.
    """

    code: str
    province: str
    city: str
    district: str
    plate: str

    @property
    def long(self) -> str:
        """From the province down, as addresses begin."""
        return self.province + self.city + self.district

    @property
    def short(self) -> str:
        """Without the province, as sole traders' names begin."""
        return (self.city or self.province) + self.district

    @property
    def town(self) -> str:
        """The city, as companies' names begin."""
        return self.city or self.province

    @property
    def bare_town(self) -> str:
        """The city without 市, as roads and banks are called."""
        return self.town.removesuffix("市")


@cache
def places() -> tuple[Place, ...]:
    """All that are known here, by code."""
    text = (Path(__file__).parent / "places.csv").read_text(encoding="utf-8")
    return tuple(Place(**row) for row in csv.DictReader(text.splitlines()))


def place(code: str) -> Place:
    """The district of that code.

    Raises:
        ValueError: It is not known here.
    """
    for each in places():
        if each.code == code:
            return each
    raise ValueError(f"region {code}: known are {', '.join(x.code for x in places())}")


def any_place(rng: np.random.Generator) -> Place:
    """One by chance."""
    return places()[rng.integers(len(places()))]


def street(rng: np.random.Generator) -> str:
    """A street of no town, a number and rooms, as addresses end."""
    number = f"{_STREETS[rng.integers(len(_STREETS))]}{rng.integers(1, 999)}号"
    room, floor = rng.integers(101, 2600), rng.integers(1, 33)
    tower = "ABCD"[rng.integers(4)]
    endings = (
        "",
        f"{rng.integers(1, 30)}幢{rng.integers(1, 4)}单元{room}室",
        f"示例商务中心{tower}座{floor}层{room}室",
        f"一层{rng.integers(1, 80)}号商铺",
        f"示例产业园{rng.integers(1, 12)}号楼{rng.integers(101, 620)}",
        f"附{rng.integers(1, 20)}号",
    )
    return number + endings[rng.integers(len(endings))]

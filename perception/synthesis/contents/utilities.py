"""Electricity, water and gas: what a shop used in a period, by meter, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from perception.synthesis.contents.places import Place
from perception.synthesis.contents.taxes import cents


@dataclass(frozen=True, slots=True)
class UtilityWords:
    """How bills of one utility speak.

    Attributes:
        fee: E.g. 电费.
        use: E.g. 用电.
        quantity: E.g. 电量.
        unit: Printed after quantities.
        provider: Ending of the supplier's name.
        sort: 用电类别 and the like.
    """

    fee: str
    use: str
    quantity: str
    unit: str
    provider: str
    sort: str


WORDS = {
    "electricity": UtilityWords("电费", "用电", "电量", "千瓦时", "供电公司", "一般工商业"),
    "water": UtilityWords("水费", "用水", "水量", "立方米", "自来水有限公司", "非居民用水"),
    "gas": UtilityWords("燃气费", "用气", "气量", "立方米", "燃气有限公司", "商业用气"),
}


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of a bill: so much at that price of one unit."""

    item: str
    quantity: Decimal
    price_cny: Decimal

    @property
    def amount_cny(self) -> Decimal:
        """Quantity times price, in cents."""
        return cents(self.quantity * self.price_cny)


@dataclass(frozen=True, slots=True)
class Bill:
    """A period's bill.

    Attributes:
        utility: ``electricity``, ``water`` or ``gas``.
        provider: Who supplies.
        before: Reading of the meter at the beginning.
        after: Reading at the end.
        times: What a difference of readings is multiplied by (a transformer's ratio); 1 but for
            electricity.
        charges: What is to be paid for.
    """

    utility: str
    provider: str
    before: Decimal
    after: Decimal
    times: int
    charges: tuple[Charge, ...]

    @property
    def words(self) -> UtilityWords:
        """How it speaks."""
        return WORDS[self.utility]

    @property
    def usage(self) -> Decimal:
        """Kilowatt hours or cubic metres."""
        return (self.after - self.before) * self.times

    @property
    def total_cny(self) -> Decimal:
        """What is to be paid."""
        return sum((each.amount_cny for each in self.charges), Decimal(0))


def utility_bill(rng: np.random.Generator, utility: str, town: Place) -> Bill:
    """A shop's or workshop's bill of a month or two.

    Args:
        rng: Source of chance.
        utility: ``electricity``, ``water`` or ``gas``.
        town: Where the supplier is.

    Raises:
        KeyError: Another utility.
    """
    words = WORDS[utility]
    head = "国网示例" if utility == "electricity" and rng.random() < 0.6 else "示例"
    provider = f"{head}{town.bare_town}{words.provider}"
    if head == "示例":
        provider = f"{town.bare_town}示例{words.provider}"
    low, high = {"electricity": (180, 9000), "water": (6, 420), "gas": (40, 2600)}[utility]
    used = int(np.exp(rng.uniform(np.log(low), np.log(high))))
    times = int(rng.choice([1, 1, 20, 40])) if utility == "electricity" and used > 1500 else 1
    used = max(1, used // times)
    before = Decimal(int(rng.integers(120, 60_000)))
    usage = Decimal(used * times)
    charges = _CHARGES[utility](rng, usage)
    return Bill(utility, provider, before, before + used, times, charges)


def _price(rng: np.random.Generator, low: float, high: float, places: int) -> Decimal:
    return Decimal(str(round(float(rng.uniform(low, high)), places)))


def _electricity(rng: np.random.Generator, usage: Decimal) -> tuple[Charge, ...]:
    funds = Charge("政府性基金及附加", usage, _price(rng, 0.022, 0.045, 6))
    price = _price(rng, 0.52, 0.86, 4)
    if rng.random() < 0.5:
        return Charge("电度电费", usage, price), funds
    peak = Decimal(int(usage * Decimal(str(round(float(rng.uniform(0.3, 0.5)), 2)))))
    low = Decimal(int(usage * Decimal(str(round(float(rng.uniform(0.1, 0.25)), 2)))))
    return (
        Charge("尖峰电费", peak, price + Decimal("0.31")),
        Charge("平段电费", usage - peak - low, price),
        Charge("低谷电费", low, price - Decimal("0.26")),
        funds,
    )


def _water(rng: np.random.Generator, usage: Decimal) -> tuple[Charge, ...]:
    return (
        Charge("自来水费", usage, _price(rng, 2.6, 5.2, 2)),
        Charge("污水处理费", usage, _price(rng, 0.95, 1.6, 2)),
        Charge("水资源费", usage, _price(rng, 0.2, 0.5, 2)),
    )


def _gas(rng: np.random.Generator, usage: Decimal) -> tuple[Charge, ...]:
    return (Charge("天然气费", usage, _price(rng, 2.9, 4.6, 2)),)


_CHARGES = {"electricity": _electricity, "water": _water, "gas": _gas}

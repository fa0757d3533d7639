"""What firms of a trade sell, with sums that add up."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.trades import Good, Trade, trade_of


@dataclass(frozen=True, slots=True)
class Sale:
    """A line of an order, a note or a contract; prices include tax.

    Attributes:
        goods: What it is called.
        model: 规格型号, may be empty.
        unit: 单位.
        quantity: How many; whole, or with one decimal for what is weighed.
        price_cny: Of one, in cents' precision.
    """

    goods: str
    model: str
    unit: str
    quantity: Decimal
    price_cny: Decimal

    @property
    def amount_cny(self) -> Decimal:
        """Quantity times price, rounded to cents."""
        return (self.quantity * self.price_cny).quantize(CENT, ROUND_HALF_UP)


def sale(rng: np.random.Generator, good: Good) -> Sale:
    """Some of that; dear things are sold by few, cheap ones by many."""
    low, high = float(good.low_cny), float(good.high_cny)
    price = Decimal(str(round(float(rng.uniform(low, high)), 1 if rng.random() < 0.6 else 2)))
    most = max(3, min(600, int(60_000 / high)))
    quantity = Decimal(int(rng.integers(1, most)))
    if good.unit in ("吨", "立方米", "公斤") and rng.random() < 0.5:
        quantity += Decimal(int(rng.integers(1, 10))) / 10
    model = good.models[rng.integers(len(good.models))]
    return Sale(good.name, model, good.unit, quantity, price.quantize(CENT))


def goods_lines(rng: np.random.Generator, trade: Trade, count: int) -> tuple[Sale, ...]:
    """So many lines of that trade's goods; the same good may come in two models."""
    stock = trade_of(trade).goods
    order = [int(k) for _ in range(4) for k in rng.permutation(len(stock))][:count]
    return tuple(sale(rng, stock[k]) for k in sorted(order))

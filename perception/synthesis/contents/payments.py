"""Payments by app: who paid whom, for what, by which means (``payments.yml``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from perception.synthesis.contents.banks import bank_name
from perception.synthesis.contents.firms import any_firm
from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.numbers import digits
from perception.synthesis.contents.people import person
from perception.synthesis.contents.places import any_place


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment.

    Attributes:
        at: When.
        type: In WeChat's words, e.g. 二维码收款.
        kind: In Alipay's words, e.g. 收钱码收款.
        direction: 收入, 支出 or 其他 (between one's own accounts).
        goods: 商品说明.
        method: 零钱, a bank card and the like; for what comes in, where it goes.
        party: Who stands at the other end.
        amount_cny: Always positive.
        order: The platform's number, 28 digits.
        shop_order: The merchant's own number.
    """

    at: datetime
    type: str
    kind: str
    direction: str
    goods: str
    method: str
    party: str
    amount_cny: Decimal
    order: str
    shop_order: str

    @property
    def signed(self) -> str:
        """As apps show it, e.g. +12.00 and -3.50."""
        sign = {"收入": "+", "支出": "-"}.get(self.direction, "")
        return f"{sign}{self.amount_cny:,.2f}"


@dataclass(frozen=True, slots=True)
class Payments:
    """All payments of a period, in order of time."""

    rows: tuple[Payment, ...]

    def total_cny(self, direction: str) -> Decimal:
        """Sum of those in one direction."""
        amounts = (row.amount_cny for row in self.rows if row.direction == direction)
        return sum(amounts, Decimal(0)).quantize(CENT)

    def count(self, direction: str) -> int:
        """How many go in one direction."""
        return sum(row.direction == direction for row in self.rows)


@cache
def _sorts() -> list[dict[str, Any]]:
    text = (Path(__file__).parent / "payments.yml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return rows


def payments(
    rng: np.random.Generator,
    first: date,
    last: date,
    count: int,
    *,
    purses: tuple[str, str] = ("零钱", "零钱通"),
) -> Payments:
    """So many payments between two days, both included, by one person.

    Args:
        rng: Source of chance.
        first: First day of the period.
        last: Last day of the period.
        count: How many.
        purses: What the platform calls the money kept there, and that lent to its fund.
    """
    weights = np.array([float(sort["weight"]) for sort in _sorts()])
    card = f"{bank_name(rng, any_place(rng))}（{digits(rng, 4)}）"
    means = {"purse": purses[0], "fund": purses[1], "card": card}
    circle = {
        "person": [person(rng) for _ in range(9)] + ["*" + person(rng)[-1] for _ in range(3)],
        "shop": [any_firm(rng, sole_share=0.9).name for _ in range(6)],
        "firm": [any_firm(rng, sole_share=0.1).name for _ in range(4)],
        "self": [card],
    }
    days = (last - first).days + 1
    rows = []
    for _ in range(count):
        noon = datetime.combine(first + timedelta(days=int(rng.integers(days))), time())
        at = noon + timedelta(seconds=int(np.clip(rng.normal(50_000, 15_000), 1000, 86_000)))
        sort = _sorts()[rng.choice(len(weights), p=weights / weights.sum())]
        rows.append(_payment(rng, at, sort, circle[sort["other"]], means))
    return Payments(tuple(sorted(rows, key=lambda row: row.at)))


def _payment(
    rng: np.random.Generator,
    at: datetime,
    sort: dict[str, Any],
    parties: list[str],
    means: dict[str, str],
) -> Payment:
    rough = float(np.exp(rng.uniform(np.log(sort["low"]), np.log(sort["high"]))))
    amount = Decimal(str(round(rough, 2))).quantize(CENT)
    if rng.random() < 0.5:
        amount = Decimal(max(1, round(rough))).quantize(CENT)
    return Payment(
        at=at,
        type=sort["type"],
        kind=sort["kind"],
        direction=sort["direction"],
        goods=sort["goods"][rng.integers(len(sort["goods"]))],
        method=means[sort["methods"][rng.integers(len(sort["methods"]))]],
        party=parties[rng.integers(len(parties))],
        amount_cny=amount,
        order=f"{at:%Y%m%d}{digits(rng, 20)}",
        shop_order=digits(rng, 16),
    )

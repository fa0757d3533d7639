"""Taxes that a small firm pays: base times rate, with the periods and days of the law."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from perception.synthesis.contents.days import month_end
from perception.synthesis.contents.firms import Company
from perception.synthesis.contents.money import CENT
from perception.synthesis.contents.numbers import digits
from perception.synthesis.contents.places import Place

SMALL_RATE = Decimal("0.01")
"""Levy of small-scale taxpayers, 3 % reduced to 1 % from 2023 to 2027 (财税 2023 年第 19 号)."""
_HALVED = Decimal("0.5")
"""What small firms pay of the surcharges (财税 2023 年第 12 号)."""
_SURCHARGES = (
    ("城市维护建设税", "市区（增值税附征）", Decimal("0.07")),
    ("教育费附加", "增值税教育费附加", Decimal("0.03")),
    ("地方教育附加", "增值税地方教育附加", Decimal("0.02")),
)


def cents(amount_cny: Decimal) -> Decimal:
    """Rounded to cents, halves up."""
    return amount_cny.quantize(CENT, ROUND_HALF_UP)


def tax_office(town: Place, rng: np.random.Generator) -> str:
    """An office of the tax service that does not exist."""
    tail = ("税务局", "税务局第一税务所", "税务局办税服务厅")[rng.integers(3)]
    return f"国家税务总局{town.short}示例{tail}"


@dataclass(frozen=True, slots=True)
class Duty:
    """One tax for one period.

    Attributes:
        tax: 税种.
        item: 品目名称.
        base_cny: 计税金额, what the rate is taken of.
        rate: As a share; what is paid of a halved surcharge already halved.
        first: First day of the period.
        last: Last day of the period.
        paid_on: 入库日期.
        origin: 原凭证号, 18 digits.
    """

    tax: str
    item: str
    base_cny: Decimal
    rate: Decimal
    first: date
    last: date
    paid_on: date
    origin: str

    @property
    def amount_cny(self) -> Decimal:
        """What was paid."""
        return cents(self.base_cny * self.rate)


def duties(rng: np.random.Generator, firm: Company, first: date, periods: int) -> tuple[Duty, ...]:
    """What a firm paid for so many quarters (small-scale) or months (general).

    Args:
        rng: Source of chance.
        firm: Sole traders are small-scale, and pay income tax as persons.
        first: First day of the first period.
        periods: How many, in a row.
    """
    small = firm.is_sole_trader or rng.random() < 0.5
    found: list[Duty] = []
    begins = date(first.year, first.month - (first.month - 1) % 3, 1) if small else first
    for _ in range(periods):
        ends = _end(begins, 3 if small else 1)
        found += _period(rng, firm, begins, ends, small=small)
        begins = ends + timedelta(days=1)
    return tuple(found)


def _end(begins: date, months: int) -> date:
    day = begins
    for _ in range(months - 1):
        day = month_end(day) + timedelta(days=1)
    return month_end(day)


def _period(
    rng: np.random.Generator, firm: Company, first: date, last: date, *, small: bool
) -> list[Duty]:
    paid = last + timedelta(days=int(rng.integers(4, 16)))
    sales = Decimal(int(rng.integers(30_500_000, 160_000_000))) / 100
    rate = SMALL_RATE if small else Decimal("0.13")
    base = sales if small else cents(sales * Decimal(str(round(rng.uniform(0.05, 0.3), 2))))

    def duty(tax: str, item: str, base_cny: Decimal, share: Decimal) -> Duty:
        return Duty(tax, item, base_cny, share, first, last, paid, digits(rng, 18))

    vat = duty("增值税", "商业（1%）" if small else "商业（13%）", base, rate)
    found = [vat]
    for tax, words, share in _SURCHARGES:
        found.append(duty(tax, words, vat.amount_cny, share * _HALVED))
    if rng.random() < 0.5:
        found.append(duty("印花税", "买卖合同", sales, Decimal("0.0003") * _HALVED))
    if rng.random() < 0.6:
        found.append(_income_tax(rng, firm, sales, duty))
    return found


def _income_tax(
    rng: np.random.Generator,
    firm: Company,
    sales: Decimal,
    duty: Callable[[str, str, Decimal, Decimal], Duty],
) -> Duty:
    profit = cents(sales * Decimal(str(round(rng.uniform(0.03, 0.1), 3))))
    if firm.is_sole_trader:
        return duty("个人所得税", "经营所得", profit, Decimal("0.05") * _HALVED)
    return duty("企业所得税", "应纳税所得额", profit, Decimal("0.05"))

"""The figures of a VAT return by the numbers of its lines, right in the form's own sums.

The lines are those of 国家税务总局公告 2021 年第 20 号: 1 to 41 for general taxpayers (month by
month, with the year so far), 1 to 25 for small-scale ones (a quarter).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from perception.synthesis.contents.taxes import cents

Lines = Mapping[int, Decimal]
_ZERO = Decimal("0.00")
_CITY, _SCHOOL, _LOCAL = Decimal("0.07"), Decimal("0.03"), Decimal("0.02")
_EXEMPT_QUARTER_CNY = 300_000
"""Quarterly sales up to which small-scale taxpayers pay nothing (财税 2023 年第 19 号)."""
_YEAR_SUMS = (1, 2, 3, 5, 8, 9, 11, 12, 14, 18, 19, 21, 23, 24, 27, 28, 30, 39, 40, 41)


@dataclass(frozen=True, slots=True)
class Figures:
    """A return's numbers.

    Attributes:
        now: Of the period, by line.
        year: From January on, by line; lines that have no such number are absent.
        sales_cny: Taxed sales of the period.
        payable_cny: 应纳税额合计.
    """

    now: Lines
    year: Lines
    sales_cny: Decimal
    payable_cny: Decimal


def general_return(
    rng: np.random.Generator, month: int, rate: Decimal, *, services: bool
) -> Figures:
    """A general taxpayer's month.

    Args:
        rng: Source of chance.
        month: 1 to 12; the year's numbers are sums of so many months.
        rate: Tax rate of its goods.
        services: Whether it sells services rather than goods.
    """
    level = float(np.exp(rng.uniform(np.log(120_000), np.log(2_400_000))))
    carried, unpaid = _ZERO, _ZERO
    months: list[dict[int, Decimal]] = []
    for _ in range(month):
        lines = _general_month(rng, level, rate, carried, unpaid, services=services)
        carried, unpaid = lines[20], lines[32]
        months.append(lines)
    now = months[-1]
    year = {k: sum((m[k] for m in months), _ZERO) for k in _YEAR_SUMS}
    year |= {13: months[0][13], 20: now[20], 25: months[0][25], 32: now[32]}
    return Figures(now, year, now[1], now[24])


def _general_month(
    rng: np.random.Generator,
    level: float,
    rate: Decimal,
    carried: Decimal,
    unpaid: Decimal,
    *,
    services: bool,
) -> dict[int, Decimal]:
    lines = dict.fromkeys(range(1, 42), _ZERO)
    sales = Decimal(str(round(level * float(rng.uniform(0.6, 1.5)), 2)))
    lines[1] = lines[3 if services else 2] = sales.quantize(_ZERO)
    if rng.random() < 0.1:
        lines[8] = lines[9] = cents(sales * Decimal("0.05"))
    lines[11] = cents(lines[1] * rate)
    lines[12] = cents(lines[11] * Decimal(str(round(float(rng.uniform(0.55, 1.08)), 3))))
    lines[13] = carried
    lines[14] = cents(lines[12] * Decimal("0.01")) if rng.random() < 0.15 else _ZERO
    lines[17] = lines[12] + lines[13] - lines[14]
    lines[18] = min(lines[17], lines[11])
    lines[19] = lines[11] - lines[18]
    lines[20] = lines[17] - lines[18]
    lines[24] = lines[19]
    lines[25] = lines[27] = lines[30] = unpaid
    lines[32] = lines[24]
    lines[34] = lines[24] - lines[28]
    _surcharge(lines, lines[34], (39, 40, 41))
    return lines


def _surcharge(lines: dict[int, Decimal], tax: Decimal, places: tuple[int, int, int]) -> None:
    """Town maintenance, education and local education, halved for small firms."""
    for line, share in zip(places, (_CITY, _SCHOOL, _LOCAL), strict=True):
        lines[line] = cents(tax * share / 2)


def small_return(rng: np.random.Generator, quarter: int) -> Figures:
    """A small-scale taxpayer's quarter; a fifth of them stay below the exempt amount.

    Args:
        rng: Source of chance.
        quarter: 1 to 4; the year's numbers are sums of so many quarters.
    """
    exempt = bool(rng.random() < 0.2)
    quarters = [_small_quarter(rng, exempt=exempt) for _ in range(quarter)]
    now = quarters[-1]
    year = {k: sum((q[k] for q in quarters), _ZERO) for k in now}
    return Figures(now, year, now[1], now[20])


def _small_quarter(rng: np.random.Generator, *, exempt: bool) -> dict[int, Decimal]:
    low, high = (30_000, _EXEMPT_QUARTER_CNY) if exempt else (_EXEMPT_QUARTER_CNY, 1_200_000)
    sales = (Decimal(int(rng.integers(low * 100, high * 100))) / 100).quantize(_ZERO)
    lines = dict.fromkeys(range(1, 26), _ZERO)
    if exempt:
        lines[9] = lines[10] = sales
        lines[17] = lines[18] = cents(sales * Decimal("0.03"))
        return lines
    lines[1] = sales
    lines[2] = cents(sales * Decimal(str(round(float(rng.uniform(0, 0.5)), 2))))
    lines[3] = sales - lines[2]
    lines[15] = cents(sales * Decimal("0.03"))
    lines[16] = cents(sales * Decimal("0.02"))
    lines[20] = lines[22] = lines[15] - lines[16]
    _surcharge(lines, lines[22], (23, 24, 25))
    return lines

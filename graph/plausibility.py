"""Does it hang together: what is said and shown, against the trade's usual figures.

A finding says what was seen, what is usual, and where the usual figure is from. None of them
decides anything: a ``note`` is kept with the case, a ``doubt`` asks a person to look.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from graph.industry import Band, Industry
from graph.records import Trade
from graph.trade_checks import (
    NOTE,
    OURS,
    Business,
    Finding,
    before_registration,
    both_ways,
    day,
    one_customer,
    own_counterparty,
    same_number,
    shown_above_said,
)

YEARS_BEYOND_LICENCE = 3
"""Many start before they register; more years than this beyond the licence are asked about."""
SLOW_PAYMENT = 2
"""Receivable days beyond so many times the trade's upper quartile are slow."""


def check(
    industry: Industry,
    *,
    annual_sales_cny: Decimal | None,
    vehicle_count: Decimal | None = None,
    floor_area_sqm: Decimal | None = None,
    staff_count: Decimal | None = None,
    years_in_business: Decimal | None = None,
    receivable_days: Decimal | None = None,
    trades: tuple[Trade, ...] = (),
    company_id: str = "",
    company_name: str | None = None,
    registered_on: str | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """What does not hang together; empty where all is plausible.

    Args:
        industry: The trade's usual figures.
        annual_sales_cny: Yuan a year, as said or shown.
        vehicle_count: Vehicles in use.
        floor_area_sqm: Square metres of the shop or works.
        staff_count: People at work, the merchant included.
        years_in_business: As said.
        receivable_days: Days until customers pay, as said.
        trades: The graph's, of this company.
        company_id: Which side of a trade is the merchant.
        company_name: As on the licence.
        registered_on: The licence's ISO date.
        today: For years and the last twelve months; the system's date by default.
    """
    business = Business(
        industry=industry,
        company_id=company_id,
        company_name=company_name,
        annual_sales_cny=annual_sales_cny,
        units={"vehicle": vehicle_count, "sqm": floor_area_sqm, "worker": staff_count},
        years_in_business=years_in_business,
        receivable_days=receivable_days,
        registered_on=day(registered_on),
        today=today or date.today(),
        sales=[t for t in trades if t.seller == company_id],
        purchases=[t for t in trades if t.buyer == company_id],
    )
    return tuple(finding for each in CHECKS for finding in each(business))


def turnover_per_unit(business: Business) -> Iterator[Finding]:
    """Annual sales a vehicle, square metre and worker, against the trade's bounds."""
    names = {"vehicle": ("每辆车", "a vehicle"), "sqm": ("每平米", "a square metre"),
             "worker": ("每个人", "a worker")}  # fmt: skip
    for unit, count in business.units.items():
        band: Band | None = getattr(business.industry, f"per_{unit}_cny")
        if not (business.annual_sales_cny and count and band):
            continue
        value = business.annual_sales_cny / count
        if band.low <= value <= band.high:
            continue
        high = value > band.high
        zh, en = names[unit]
        yield Finding(
            f"turnover_per_{unit}_{'high' if high else 'low'}",
            NOTE,
            saw=f"{value:.0f}",
            expected=f"{band.low:.0f}–{band.high:.0f}",
            text={
                "zh": f"{zh}一年 {value:,.0f} 元，比同行{'偏高' if high else '偏低'}"
                f"（一般 {band.low:,.0f} 到 {band.high:,.0f}）",
                "en": f"{value:,.0f} yuan {en} and year is {'high' if high else 'low'} for the "
                f"trade ({band.low:,.0f} to {band.high:,.0f})",
            },
            source=band.source,
        )


def years_beyond_licence(business: Business) -> Iterator[Finding]:
    """Many more years said than the licence shows."""
    if not (business.registered_on and business.years_in_business):
        return
    shown = Decimal((business.today - business.registered_on).days) / Decimal("365.25")
    if business.years_in_business - shown > YEARS_BEYOND_LICENCE:
        yield Finding(
            "years_beyond_licence",
            NOTE,
            saw=f"{business.years_in_business:.0f}",
            expected=f"{shown:.1f}",
            text={
                "zh": f"执照到现在 {shown:.1f} 年，比您说的短，是换过执照吗？",
                "en": f"the licence is {shown:.1f} years old; was there an earlier one?",
            },
            source=OURS,
        )


def slow_payment(business: Business) -> Iterator[Finding]:
    """Customers take much longer to pay than in the trade."""
    usual = business.industry.receivable_days
    days = business.receivable_days
    if days and usual.p75 >= 1 and days > max(usual.p75 * SLOW_PAYMENT, Decimal(30)):
        yield Finding(
            "slow_payment",
            NOTE,
            saw=f"{days:.0f}",
            expected=f"{usual.p25:.0f}–{usual.p75:.0f}",
            text={
                "zh": f"回款 {days:.0f} 天，同行一般 {usual.p25:.0f} 到 {usual.p75:.0f} 天",
                "en": f"paid after {days:.0f} days; {usual.p25:.0f} to {usual.p75:.0f} is usual",
            },
            source=usual.source,
        )


CHECKS: tuple[Callable[[Business], Iterator[Finding]], ...] = (
    turnover_per_unit,
    one_customer,
    both_ways,
    own_counterparty,
    same_number,
    shown_above_said,
    before_registration,
    years_beyond_licence,
    slow_payment,
)
"""One function a check; one more check is one more function here."""

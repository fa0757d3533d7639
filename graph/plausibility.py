"""Does it hang together: what is said and shown, against the trade's usual figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from graph.industry import Band, Industry
from graph.store import Trade

MONTHS = 12
ONE_CUSTOMER_SHARE = Decimal("0.8")
"""More of the sales than this to one buyer, over three papers or more, is a warning sign."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an expert would look at twice.

    Attributes:
        code: A stable word.
        severity: ``note`` or ``doubt``; a doubt sends a proof to a person.
        saw: What was found, in yuan or as it is.
        expected: What would be usual.
        text: In Chinese and English.
        source: Where the usual figure is from.
    """

    code: str
    severity: str
    saw: str
    expected: str
    text: dict[str, str]
    source: str


def check(
    industry: Industry,
    *,
    annual_sales_cny: Decimal | None,
    vehicle_count: Decimal | None = None,
    floor_area_sqm: Decimal | None = None,
    staff_count: Decimal | None = None,
    trades: tuple[Trade, ...] = (),
    company_id: str = "",
) -> tuple[Finding, ...]:
    """What does not hang together; empty where all is plausible. Sales in yuan a year."""
    findings: list[Finding] = []
    if annual_sales_cny:
        for per, band, zh, en in (
            (vehicle_count, industry.per_vehicle_cny, "每辆车", "a vehicle"),
            (floor_area_sqm, industry.per_sqm_cny, "每平米", "a square metre"),
            (staff_count, industry.per_worker_cny, "每个人", "a worker"),
        ):
            if per and band:
                findings += _against(annual_sales_cny / per, band, zh, en)
    sales = [t for t in trades if t.seller == company_id]
    if (one := _one_customer(sales)) is not None:
        findings.append(one)
    return tuple(findings)


def _against(value: Decimal, band: Band, zh: str, en: str) -> list[Finding]:
    if band.low <= value <= band.high:
        return []
    high = value > band.high
    limit = band.high if high else band.low
    side_zh, side_en = ("偏高", "high") if high else ("偏低", "low")
    return [
        Finding(
            code=f"turnover_{'high' if high else 'low'}",
            severity="note",
            saw=f"{value:.0f}",
            expected=f"{band.low:.0f}–{band.high:.0f}",
            text={
                "zh": f"{zh}一年 {value:,.0f} 元，比同行{side_zh}（一般到 {limit:,.0f}）",
                "en": f"{value:,.0f} yuan {en} and year is {side_en} for the trade ({limit:,.0f})",
            },
            source=band.source,
        )
    ]


def _one_customer(sales: list[Trade]) -> Finding | None:
    total = sum((t.amount_cny for t in sales), Decimal(0))
    if len(sales) < 3 or not total:
        return None
    by_buyer: dict[str, Decimal] = {}
    for trade in sales:
        by_buyer[trade.buyer] = by_buyer.get(trade.buyer, Decimal(0)) + trade.amount_cny
    share = max(by_buyer.values()) / total
    if share <= ONE_CUSTOMER_SHARE:
        return None
    return Finding(
        code="one_customer",
        severity="note",
        saw=f"{share:.0%}",
        expected=f"{ONE_CUSTOMER_SHARE:.0%}",
        text={
            "zh": f"凭证里 {share:.0%} 的销售来自同一个客户",
            "en": f"{share:.0%} of the sales shown go to one customer",
        },
        source="estimate: a single customer above four fifths is a risk of its own",
    )

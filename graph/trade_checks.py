"""Findings, and the checks on what the papers say about trade."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from graph.industry import Industry
from graph.records import Trade

NOTE, DOUBT = "note", "doubt"
ONE_CUSTOMER_SHARE = Decimal("0.8")
"""More of the sales than this to one buyer, over three papers or more, is a warning sign."""
ONE_CUSTOMER_PAPERS = 3
BOTH_WAYS_SHARE = Decimal("0.3")
"""Selling to and buying from one counterparty, each more than this part: money in a circle?"""
SHOWN_ABOVE_SAID = Decimal("1.3")
OURS = "estimate: our own threshold, to be set anew on a lender's first cases"


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


@dataclass(frozen=True, slots=True)
class Business:
    """What is said and shown; sales in yuan a year."""

    industry: Industry
    company_id: str
    company_name: str | None
    annual_sales_cny: Decimal | None
    units: dict[str, Decimal | None]
    years_in_business: Decimal | None
    receivable_days: Decimal | None
    registered_on: date | None
    today: date
    sales: list[Trade] = field(default_factory=list)
    purchases: list[Trade] = field(default_factory=list)


def one_customer(business: Business) -> Iterator[Finding]:
    """Nearly all sales shown go to one buyer."""
    total = _sum(business.sales)
    if len(business.sales) < ONE_CUSTOMER_PAPERS or not total:
        return
    share = max(_by(business.sales, lambda t: t.buyer).values()) / total
    if share > ONE_CUSTOMER_SHARE:
        yield Finding(
            "one_customer",
            NOTE,
            saw=f"{share:.0%}",
            expected=f"≤ {ONE_CUSTOMER_SHARE:.0%}",
            text={
                "zh": f"凭证里 {share:.0%} 的销售来自同一个客户",
                "en": f"{share:.0%} of the sales shown go to one customer",
            },
            source="estimate: a single customer above four fifths is a risk of its own",
        )


def both_ways(business: Business) -> Iterator[Finding]:
    """The same counterparty buys and sells: money may go in a circle."""
    sold, bought = _sum(business.sales), _sum(business.purchases)
    if not (sold and bought):
        return
    buyers = _by(business.sales, lambda t: t.buyer)
    sellers = _by(business.purchases, lambda t: t.seller)
    names = {t.buyer: t.buyer_name for t in business.sales}
    for party in buyers.keys() & sellers.keys():
        share = min(buyers[party] / sold, sellers[party] / bought)
        if share > BOTH_WAYS_SHARE:
            name = names[party] or "—"
            yield Finding(
                "both_ways",
                DOUBT,
                saw=f"{share:.0%}",
                expected=f"≤ {BOTH_WAYS_SHARE:.0%}",
                text={
                    "zh": f"{name} 既是大客户又是大供货商，想了解一下两边的往来",
                    "en": f"{name} is both a large customer and a large supplier",
                },
                source=OURS,
            )


def own_counterparty(business: Business) -> Iterator[Finding]:
    """A paper between the company and itself."""
    own = (business.company_name or "").replace(" ", "")
    if not own:
        return
    names = {(t.buyer_name or "").replace(" ", "") for t in business.sales}
    names |= {(t.seller_name or "").replace(" ", "") for t in business.purchases}
    if own in names:
        yield Finding(
            "own_counterparty",
            DOUBT,
            saw=business.company_name or "",
            expected="another company",
            text={
                "zh": "有张单子买卖双方是同一家",
                "en": "one paper has the same seller and buyer",
            },
            source="a sale has two parties",
        )


def same_number(business: Business) -> Iterator[Finding]:
    """One paper's number on several proofs: it would count twice."""
    numbers = Counter(t.number for t in (*business.sales, *business.purchases) if t.number)
    for number, times in numbers.items():
        if times > 1:
            yield Finding(
                "same_number",
                DOUBT,
                saw=f"{times} × {number}",
                expected="once",
                text={
                    "zh": f"号码 {number} 出现在 {times} 份凭证上，只算一份",
                    "en": f"number {number} stands on {times} proofs; it counts once",
                },
                source="a voucher's number is given once",
            )


def shown_above_said(business: Business) -> Iterator[Finding]:
    """The last year's papers show more than was said."""
    said = business.annual_sales_cny
    year = [t for t in business.sales if _within_a_year(t, business.today)]
    shown = _sum(year)
    if said and shown > said * SHOWN_ABOVE_SAID:
        yield Finding(
            "shown_above_said",
            NOTE,
            saw=f"{shown:.0f}",
            expected=f"≤ {said * SHOWN_ABOVE_SAID:.0f}",
            text={
                "zh": f"近一年凭证合计 {shown:,.0f} 元，比您说的多，流水可能说少了",
                "en": f"the last year's papers add up to {shown:,.0f} yuan, more than was said",
            },
            source=OURS,
        )


def before_registration(business: Business) -> Iterator[Finding]:
    """Papers older than the licence."""
    since = business.registered_on
    days = [d for t in (*business.sales, *business.purchases) if (d := day(t.on_date))]
    if since and days and min(days) < since:
        yield Finding(
            "before_registration",
            NOTE,
            saw=min(days).isoformat(),
            expected=f"≥ {since.isoformat()}",
            text={
                "zh": f"有单子早于执照成立日期 {since.isoformat()}",
                "en": f"a paper is older than the licence of {since.isoformat()}",
            },
            source="the licence's own date",
        )


def _sum(trades: list[Trade]) -> Decimal:
    return sum((t.amount_cny for t in trades), Decimal(0))


def _by(trades: list[Trade], key: Callable[[Trade], str]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for trade in trades:
        sums[key(trade)] += trade.amount_cny
    return sums


def day(text: str | None) -> date | None:
    """An ISO date; None for anything else."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _within_a_year(trade: Trade, today: date) -> bool:
    on = day(trade.on_date)
    return on is not None and 0 <= (today - on).days <= 365

"""The limit as the minimum of its terms, each kept.

Working-capital need, by the formula of the Chinese regulator's measures on working-capital
loans: sales x (1 - profit margin) x (1 + growth) / turns, turns = 360 / cycle days, cycle days
= inventory + receivable - payable. A cycle outside the policy's bounds is clamped and said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bailing.terms import MONTHS_IN, Fact, FactKind, Unit
from risk.application import Application
from risk.policy import Policy

DAYS_IN_YEAR = Decimal(360)
"""The formula's year."""
TOTALS = {FactKind.BANK_INFLOW, FactKind.ANNUAL_SALES, FactKind.MONTHLY_SALES}
"""Facts that show the whole turnover, so that less than was said means something."""
PARTS = {FactKind.INVOICED_SALES, FactKind.CONTRACT_AMOUNT, FactKind.ORDER_AMOUNT}
"""Facts that show a part of it."""
FADES = (Decimal(1), Decimal("0.5"), Decimal("0.25"))
"""What the first, second and third fact of a kind count; later ones count nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """One bound of the limit, in yuan."""

    name: str
    amount_cny: Decimal
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A limit with all that made it.

    Attributes:
        limit_cny: Rounded down; never below the application's floor.
        pd: One-year probability of default.
        terms: The bounds; the binding one holds the limit where it is.
        strength: How far the proofs go, in [0, 1].
        counted_sales_cny: Annual sales that count.
        said_stopped: A proof of the whole turnover lies so far below what was said that the
            said figure no longer counts.
        cycle_clamped: The operating cycle was outside the policy's bounds.
    """

    limit_cny: Decimal
    computed_cny: Decimal
    pd: float
    terms: tuple[Term, ...]
    strength: Decimal
    counted_sales_cny: Decimal
    said_sales_cny: Decimal
    cycle_days: Decimal
    said_stopped: bool
    cycle_clamped: bool


def strength_of(facts: Iterable[Fact], policy: Policy) -> tuple[Decimal, float]:
    """How far facts go towards full weight, in [0, 1], and the PD log-odds that they take off."""
    seen: dict[FactKind, int] = {}
    strength, log_odds = Decimal(0), 0.0
    for fact in sorted(facts, key=lambda f: -f.confidence):
        weight = policy.evidence.get(fact.kind)
        nth = seen.get(fact.kind, 0)
        if weight is None or nth >= len(FADES):
            continue
        if fact.kind is FactKind.HOLDER_MATCHES and fact.value <= 0:
            continue
        seen[fact.kind] = nth + 1
        share = FADES[nth] * Decimal(str(fact.confidence))
        strength += weight.strength * share
        log_odds += weight.log_odds * float(share)
    return min(Decimal(1), strength), log_odds


def yearly(fact: Fact) -> Decimal:
    """A fact's amount in yuan a year; as it is where it has no period."""
    if fact.unit is not Unit.CNY or fact.period is None:
        return fact.value
    return fact.value * 12 / MONTHS_IN[fact.period]


def said_sales(application: Application) -> Decimal:
    """The low end of the annual sales that were said, bounded by what is plausible. Yuan."""
    annual, monthly = application.said("annual_sales_cny"), application.said("monthly_sales_cny")
    lows = []
    if monthly is not None:
        lows.append(monthly.low * 12)
    if annual is not None:
        lows.append(annual.low)
    if not lows:
        return Decimal(0)
    figures = application.industry
    ceilings = []
    for slot, most in (
        ("vehicle_count", figures.most_per_vehicle_cny),
        ("floor_area_sqm", figures.most_per_sqm_cny),
        ("staff_count", figures.most_per_worker_cny),
    ):
        counted = application.said(slot)
        if counted is not None and most is not None and counted.high > 0:
            ceilings.append(counted.high * most)
    return min([min(lows), *ceilings])


def score(
    application: Application, facts: tuple[Fact, ...], relative_log_odds: float, policy: Policy
) -> Scored:
    """The limit of an application with these facts.

    Args:
        application: Profile, trade and limits.
        facts: Those that are to count, which may be more or fewer than the application's.
        relative_log_odds: The PD prior beside its population's mean.
        policy: Every threshold.
    """
    strength, off = strength_of(facts, policy)
    said, shown_total, shown_parts = _sales(application, facts)
    stopped = bool(shown_total and said and shown_total < said * (1 - policy.gap))
    claimed = shown_total if stopped else max(said, shown_total)
    weight = policy.said_weight + (policy.full_weight - policy.said_weight) * strength
    counted = max(claimed * weight, shown_total * policy.full_weight, min(shown_parts, claimed))
    cycle, clamped = _cycle(application, policy)
    pd = _pd(relative_log_odds + off, policy)
    amounts = {
        "working_capital_need": _need(application, counted, cycle, policy),
        "sales_multiple": counted * policy.sales_multiple,
        "expected_loss_cap": _loss_cap(counted, pd, policy),
        "policy_cap": _policy_cap(application, strength, policy),
    }
    computed = min(amounts.values())
    limit = max(_round(computed, policy), application.floor_cny)
    binding = min(amounts, key=lambda name: amounts[name])
    return Scored(
        limit_cny=limit,
        computed_cny=_round(computed, policy),
        pd=pd,
        terms=tuple(Term(n, _round(a, policy), n == binding) for n, a in amounts.items()),
        strength=strength,
        counted_sales_cny=counted,
        said_sales_cny=said,
        cycle_days=cycle,
        said_stopped=stopped,
        cycle_clamped=clamped,
    )


def _sales(application: Application, facts: tuple[Fact, ...]) -> tuple[Decimal, Decimal, Decimal]:
    totals = [yearly(f) for f in facts if f.kind in TOTALS]
    parts = sum((f.value for f in facts if f.kind in PARTS), Decimal(0))
    return said_sales(application), max(totals, default=Decimal(0)), parts


def _cycle(application: Application, policy: Policy) -> tuple[Decimal, bool]:
    figures = application.industry

    def days(slot: str, usual: Decimal) -> Decimal:
        said = application.said(slot)
        return said.middle if said is not None else usual

    cycle = (
        days("inventory_days", figures.inventory_days)
        + days("receivable_days", figures.receivable_days)
        - days("payable_days", figures.payable_days)
    )
    bounded = min(max(cycle, policy.min_cycle_days), policy.max_cycle_days)
    return bounded, bounded != cycle


def _need(application: Application, sales: Decimal, cycle: Decimal, policy: Policy) -> Decimal:
    margin = application.said("gross_margin")
    percent = margin.middle if margin is not None else application.industry.gross_margin_percent
    percent = min(max(percent, Decimal(0)), Decimal(90))
    profit = percent / 100 * policy.profit_share_of_margin
    turns = DAYS_IN_YEAR / cycle
    return sales * (1 - profit) * (1 + policy.growth_percent / 100) / turns


def _pd(log_odds: float, policy: Policy) -> float:
    base = math.log(policy.base_pd / (1 - policy.base_pd))
    return max(policy.pd_floor, 1 / (1 + math.exp(-(base + log_odds))))


def _loss_cap(counted: Decimal, pd: float, policy: Policy) -> Decimal:
    budget = policy.el_budget_base_cny + policy.el_budget_of_sales * counted
    return budget / Decimal(str(round(pd * policy.lgd, 9)))


def _policy_cap(application: Application, strength: Decimal, policy: Policy) -> Decimal:
    multiple = policy.cap_said_only + (policy.cap_proven - policy.cap_said_only) * strength
    return min(policy.cap_cny, application.original_limit_cny * multiple)


def _round(amount: Decimal, policy: Policy) -> Decimal:
    steps = (amount / policy.round_to_cny).to_integral_value(ROUND_FLOOR)
    return steps * policy.round_to_cny

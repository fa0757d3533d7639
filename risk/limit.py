"""The limit as the minimum of its terms, each kept.

Working-capital need, by the formula of the Chinese regulator's measures on working-capital
loans: sales x (1 - margin) x (1 + growth) / turns, where turns = 360 / (inventory + receivable
- payable + prepaid - advance days). A cycle outside the policy's bounds is clamped and said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from bailing.terms import Fact
from risk.application import Application
from risk.counting import (
    DAYS_IN_YEAR,
    Cycle,
    Sales,
    cycle_of,
    margin_of,
    sales_of,
)
from risk.policy import Policy


@dataclass(frozen=True, slots=True)
class Term:
    """One bound of the limit, in yuan; the binding one holds the limit where it is."""

    name: str
    amount_cny: Decimal
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A limit with all that made it.

    Attributes:
        limit_cny: Rounded down; never below the application's floor.
        computed_cny: The smallest term, rounded down, without the floor.
        pd: One-year probability of default.
        terms: The bounds.
        strength: How far the proofs go, in [0, 1].
        sales: Annual sales, as said, shown and counted.
        cycle: The operating cycle.
        margin_percent: The gross margin that counts.
    """

    limit_cny: Decimal
    computed_cny: Decimal
    pd: float
    terms: tuple[Term, ...]
    strength: Decimal
    sales: Sales
    cycle: Cycle
    margin_percent: Decimal

    @property
    def binding(self) -> Term:
        """The term that holds the limit."""
        return next(t for t in self.terms if t.binding)


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
    sales = sales_of(application, facts, policy)
    strength = sales.strength
    cycle = cycle_of(application, facts, policy)
    margin = margin_of(application, facts, policy)
    pd = pd_of(relative_log_odds + strength.log_odds, policy)
    amounts = {
        "working_capital_need": need(sales.counted_cny, margin, cycle, policy),
        "sales_multiple": sales.counted_cny * policy.sales_multiple,
        "expected_loss_cap": loss_cap(sales.counted_cny, pd, policy),
        "policy_cap": policy_cap(application.original_limit_cny, strength.share, policy),
    }
    rounded = {name: round_down(amount, policy) for name, amount in amounts.items()}
    binding = min(amounts, key=lambda name: amounts[name])
    return Scored(
        limit_cny=max(rounded[binding], application.floor_cny),
        computed_cny=rounded[binding],
        pd=pd,
        terms=tuple(Term(n, a, n == binding) for n, a in rounded.items()),
        strength=strength.share,
        sales=sales,
        cycle=cycle,
        margin_percent=margin,
    )


def need(sales_cny: Decimal, margin_percent: Decimal, cycle: Cycle, policy: Policy) -> Decimal:
    """The working capital that these annual sales tie up, in yuan."""
    costs = sales_cny * (1 - margin_percent / 100) * (1 + policy.growth_percent / 100)
    return costs * cycle.days / DAYS_IN_YEAR


def loss_cap(sales_cny: Decimal, pd: float, policy: Policy) -> Decimal:
    """The limit at which the expected loss uses the whole budget, in yuan."""
    budget = policy.el_budget_base_cny + policy.el_budget_of_sales * sales_cny
    return budget / Decimal(str(round(pd * policy.lgd, 9)))


def policy_cap(original_cny: Decimal, share: Decimal, policy: Policy) -> Decimal:
    """The most that the lender gives with proofs of this strength, in yuan."""
    multiple = policy.cap_said_only + (policy.cap_proven - policy.cap_said_only) * share
    return min(policy.cap_cny, original_cny * multiple)


def pd_of(log_odds: float, policy: Policy) -> float:
    """The one-year PD at these log-odds beside the policy's base, in (0, 1)."""
    base = math.log(policy.base_pd / (1 - policy.base_pd))
    return max(policy.pd_floor, 1 / (1 + math.exp(-(base + log_odds))))


def round_down(amount: Decimal, policy: Policy) -> Decimal:
    """Down to the policy's step, in yuan."""
    steps = (amount / policy.round_to_cny).to_integral_value(ROUND_FLOOR)
    return steps * policy.round_to_cny

"""How much of what was said and shown counts: proofs, sales, days and margin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bailing.terms import MONTHS_IN, Fact, FactKind, Unit
from risk.application import Application, usual_period
from risk.policy import Policy

EPOCH = date(1970, 1, 1)
DAYS_IN_YEAR = Decimal(360)
"""The regulator's formula reckons with a year of 360 days."""
ZERO, ONE = Decimal(0), Decimal(1)
PARTS = (FactKind.INVOICED_SALES, FactKind.CONTRACT_AMOUNT, FactKind.ORDER_AMOUNT)
"""Facts that show a part of the sales."""
SIZED = frozenset({*PARTS, FactKind.INVOICED_PURCHASES})
"""Facts that count in proportion to their size."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What the proofs do together.

    Attributes:
        share: How much of the way to full weight they go, in [0, 1].
        log_odds: What they take off the PD's log-odds; never positive.
    """

    share: Decimal
    log_odds: float


@dataclass(frozen=True, slots=True)
class Sales:
    """Annual sales in yuan, as said, as shown, and as they count.

    Attributes:
        said_cny: The low end of what was said, bounded by what is plausible; 0 where unknown.
        bounded: Whether the plausible bound took something off.
        estimated: Nothing was said of sales; vehicles, area or staff stand in.
        shown_cny: What a proof of the whole turnover shows; 0 without one.
        parts_cny: What invoices, contracts and orders show, each at its confidence.
        counted_cny: What the terms of the limit reckon with.
        below_said: The proof shows less than was said: the said figure does not count.
        beyond_gap: So much less that a person looks.
        strength: What the proofs do together, without those that showed less than was said.
    """

    said_cny: Decimal
    bounded: bool
    estimated: bool
    shown_cny: Decimal
    parts_cny: Decimal
    counted_cny: Decimal
    below_said: bool
    beyond_gap: bool
    strength: Strength


@dataclass(frozen=True, slots=True)
class Cycle:
    """The operating cycle in days; ``clamped`` where it was outside the policy's bounds."""

    days: Decimal
    clamped: bool


def strength_of(application: Application, facts: Iterable[Fact], policy: Policy) -> Strength:
    """What these facts do together: 1 - (1 - a)(1 - b)..., so each further one brings less."""
    return _strength(application, facts, policy, said_sales(application)[0])


def _strength(
    application: Application, facts: Iterable[Fact], policy: Policy, said_cny: Decimal
) -> Strength:
    whole = said_cny / 12 * policy.part_full_share_of_month
    by_kind: dict[FactKind, list[Decimal]] = defaultdict(list)
    for fact in facts:
        if fact.kind in policy.evidence:
            counts = Decimal(str(fact.confidence)) * _size(application, fact, whole)
            by_kind[fact.kind].append(counts)
    left, log_odds = ONE, 0.0
    for kind, found in by_kind.items():
        weight = policy.evidence[kind]
        ordered = sorted(found, reverse=True)
        for fade, counts in zip(policy.fades, ordered, strict=False):
            left *= 1 - weight.strength * fade * counts
            log_odds += weight.log_odds * float(fade * counts)
    return Strength(1 - left, log_odds)


def _size(application: Application, fact: Fact, whole_cny: Decimal) -> Decimal:
    """How much of a whole proof a fact is, in [0, 1]; ``whole_cny`` of sales are one."""
    if fact.kind is FactKind.HOLDER_MATCHES:
        return min(max(fact.value, ZERO), ONE)
    if fact.kind not in SIZED or not whole_cny:
        return ONE
    return min(ONE, _sales_behind(application, fact) / whole_cny)


def yearly(fact: Fact) -> Decimal:
    """A fact's amount in yuan a year; as it is where it has no period."""
    period = fact.period or usual_period(fact.kind)
    if fact.unit is not Unit.CNY or period is None:
        return fact.value
    return fact.value * 12 / MONTHS_IN[period]


def _sales_behind(application: Application, fact: Fact) -> Decimal:
    """The sales that a part shows; purchases show the sales that they become at the margin."""
    if fact.kind is not FactKind.INVOICED_PURCHASES:
        return fact.value
    return fact.value / (1 - application.industry.gross_margin_percent / 100)


def said_sales(application: Application) -> tuple[Decimal, bool, bool]:
    """Annual sales as said (the low end), whether they were bounded, whether estimated."""
    annual, monthly = application.said("annual_sales_cny"), application.said("monthly_sales_cny")
    lows = [annual.low] if annual else []
    if monthly:
        lows.append(monthly.low * 12)
    figures = application.industry
    most, least = [], []
    for slot, high, low in (
        ("vehicle_count", figures.most_per_vehicle_cny, figures.least_per_vehicle_cny),
        ("floor_area_sqm", figures.most_per_sqm_cny, figures.least_per_sqm_cny),
        ("staff_count", figures.most_per_worker_cny, figures.least_per_worker_cny),
    ):
        counted = application.said(slot)
        if counted is None or counted.high <= 0:
            continue
        if high is not None:
            most.append(counted.high * high)
        if low is not None:
            least.append(counted.low * low)
    if not lows:
        return min(least, default=ZERO), False, bool(least)
    said = min(lows)
    return min([said, *most]), said > min([said, *most]), False


def sales_of(application: Application, facts: tuple[Fact, ...], policy: Policy) -> Sales:
    """Which annual sales count.

    Said sales count at a weight between the policy's ``said_weight`` and ``full_weight``, by the
    strength of all proofs; parts that are shown count at least at their own amount. Where a
    proof of the whole turnover shows less than was said, it stands in for the said figure and
    brings no rise of its own.
    """
    said, bounded, estimated = said_sales(application)
    whole = [f for f in facts if f.kind in policy.whole_turnover]
    shown = max((yearly(f) for f in whole), default=ZERO)
    contradicted = bool(shown) and not estimated
    below = contradicted and shown < said * (1 - policy.said_tolerance)
    parts = _parts(application, facts)
    counting = tuple(f for f in facts if f not in whole) if below else facts
    strength = _strength(application, counting, policy, said)
    weight = policy.said_weight + (policy.full_weight - policy.said_weight) * strength.share
    claimed = shown if below else max(said, shown)
    proven = ZERO if below else _sure(whole) * policy.full_weight
    counted = max(claimed * weight, proven, min(parts, claimed) if claimed else parts)
    return Sales(
        said_cny=said,
        bounded=bounded,
        estimated=estimated,
        shown_cny=shown,
        parts_cny=parts,
        counted_cny=counted,
        below_said=below,
        beyond_gap=contradicted and shown < said * (1 - policy.gap),
        strength=strength,
    )


def _sure(whole: list[Fact]) -> Decimal:
    return max((yearly(f) * Decimal(str(f.confidence)) for f in whole), default=ZERO)


def _parts(application: Application, facts: tuple[Fact, ...]) -> Decimal:
    """The most that one kind of part shows: an invoice may bill what a contract promised."""
    sums: dict[FactKind, Decimal] = defaultdict(Decimal)
    for fact in facts:
        if fact.kind in SIZED:
            sums[fact.kind] += _sales_behind(application, fact) * Decimal(str(fact.confidence))
    return max(sums.values(), default=ZERO)


def cycle_of(application: Application, facts: tuple[Fact, ...], policy: Policy) -> Cycle:
    """Inventory + receivable - payable + prepaid - advance days, within the policy's bounds."""
    figures = application.industry
    days = (
        _figure(application, facts, "inventory_days", figures.inventory_days, policy, max)
        + _figure(application, facts, "receivable_days", figures.receivable_days, policy, max)
        - _figure(application, facts, "payable_days", figures.payable_days, policy, min)
        + policy.prepaid_days
        - policy.advance_days
    )
    bounded = min(max(days, policy.min_cycle_days), policy.max_cycle_days)
    return Cycle(bounded, bounded != days)


def margin_of(application: Application, facts: tuple[Fact, ...], policy: Policy) -> Decimal:
    """The gross margin that counts, in percent of sales, in [0, 95]."""
    usual = application.industry.gross_margin_percent
    counted = _figure(application, facts, "gross_margin", usual, policy, min)
    return min(max(counted, ZERO), Decimal(95))


def _figure(
    application: Application,
    facts: tuple[Fact, ...],
    name: str,
    usual: Decimal,
    policy: Policy,
    favours: Callable[[Decimal, Decimal], Decimal],
) -> Decimal:
    """A figure of the trade, moved towards what was said, and from there to what was shown.

    What speaks for a higher limit (``favours`` picks it) counts in part when it was only said;
    what speaks against it is believed.
    """
    counted = usual
    said = application.said(name)
    if said is not None:
        helps = favours(said.middle, usual) == said.middle
        counted += (said.middle - usual) * (policy.said_days_weight if helps else ONE)
    shown = [f for f in facts if f.kind.value == name]
    if shown:
        best = max(shown, key=lambda f: f.confidence)
        counted += (best.value - counted) * Decimal(str(best.confidence))
    return counted


def age_years(application: Application, facts: tuple[Fact, ...]) -> float | None:
    """Years in business: since the day on the register where a paper shows it, else as said."""
    shown = [f for f in facts if f.kind is FactKind.REGISTERED_ON]
    if shown:
        best = max(shown, key=lambda f: f.confidence)
        days = (application.as_of - EPOCH).days - int(best.value)
        return max(0.0, days / 365.25)
    said = application.said("years_in_business")
    return float(said.middle) if said is not None else None

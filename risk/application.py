"""What is to be decided: profile, facts, and the trade's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from bailing.terms import Fact, FactKind, Period, Quantity, VoucherType

SLOT_OF_FACT: dict[FactKind, str] = {
    FactKind.ANNUAL_SALES: "annual_sales_cny",
    FactKind.MONTHLY_SALES: "monthly_sales_cny",
    FactKind.STAFF_COUNT: "staff_count",
    FactKind.VEHICLE_COUNT: "vehicle_count",
    FactKind.FLOOR_AREA: "floor_area_sqm",
    FactKind.RECEIVABLE_DAYS: "receivable_days",
    FactKind.INVENTORY_DAYS: "inventory_days",
    FactKind.PAYABLE_DAYS: "payable_days",
    FactKind.GROSS_MARGIN: "gross_margin",
}
"""The profile's slot of a fact that no proof bears out: it was only said."""


@dataclass(frozen=True, slots=True)
class ProofPrior:
    """A proof that such a merchant usually has (see the knowledge base).

    Attributes:
        voucher_type: The kind of proof.
        chance_has: How many of such merchants have it, in [0, 1].
        effort: What it costs to get, 0 (at hand) to 1 (days of running around).
        shows: The fact that it yields.
        share_low: What it shows of a year's sales, at the least, in [0, 1].
        share_high: At the most; 0 for what shows no sales.
        why: What it is good for, in Chinese; ``why_en`` in English.

    Raises:
        ValueError: A share outside [0, 1], or ``share_low`` above ``share_high``.
    """

    voucher_type: VoucherType
    chance_has: float
    effort: float
    shows: FactKind
    share_low: float
    share_high: float
    why: str
    why_en: str

    def __post_init__(self) -> None:
        for name in ("chance_has", "effort", "share_low", "share_high"):
            if not 0.0 <= getattr(self, name) <= 1.0:
                raise ValueError(f"{self.voucher_type}: {name} is outside [0, 1]")
        if self.share_low > self.share_high:
            raise ValueError(f"{self.voucher_type}: share_low is above share_high")


DEFAULT_PROOFS = tuple(
    ProofPrior(kind, chance, effort, shows, low, high, zh, en)
    for kind, chance, effort, shows, low, high, zh, en in (
        (VoucherType.BUSINESS_LICENSE, 0.9, 0.15, FactKind.REGISTERED_ON, 0.0, 0.0,
         "证实经营主体和年限", "shows who runs it and since when"),
        (VoucherType.VAT_SPECIAL_INVOICE, 0.3, 0.3, FactKind.INVOICED_SALES, 0.02, 0.1,
         "证实真实交易", "shows real trade"),
        (VoucherType.VAT_GENERAL_INVOICE, 0.45, 0.3, FactKind.INVOICED_SALES, 0.02, 0.1,
         "证实真实交易", "shows real trade"),
        (VoucherType.STOREFRONT_PHOTO, 0.8, 0.1, FactKind.FLOOR_AREA, 0.0, 0.0,
         "证实店在、开着", "shows that the shop is there and open"),
        (VoucherType.STOCK_PHOTO, 0.7, 0.1, FactKind.STOCK_VALUE, 0.0, 0.0,
         "证实备货", "shows the stock"),
        (VoucherType.EQUIPMENT_PHOTO, 0.6, 0.1, FactKind.EQUIPMENT_VALUE, 0.0, 0.0,
         "证实车辆或设备在", "shows the vehicle or machine"),
    )
)  # fmt: skip
"""For a trade of which nothing else is known; estimates on the cautious side."""


@dataclass(frozen=True, slots=True)
class IndustryFigures:
    """The trade's usual figures; what stands here is taken where nothing is known of a trade.

    Attributes:
        receivable_days: How long customers take to pay, in days; so for the other two.
        gross_margin_percent: In percent of sales.
        most_per_vehicle_cny: The most that is plausible for one vehicle, in yuan of sales a
            year; so for a square metre and a worker. None where the trade has no such bound.
        least_per_vehicle_cny: The least that is usual; it stands in where sales are not known.
        proofs: What such a merchant usually has.
    """

    receivable_days: Decimal = Decimal(15)
    inventory_days: Decimal = Decimal(20)
    payable_days: Decimal = Decimal(10)
    gross_margin_percent: Decimal = Decimal(18)
    most_per_vehicle_cny: Decimal | None = None
    most_per_sqm_cny: Decimal | None = None
    most_per_worker_cny: Decimal | None = Decimal(1_200_000)
    least_per_vehicle_cny: Decimal | None = None
    least_per_sqm_cny: Decimal | None = None
    least_per_worker_cny: Decimal | None = None
    proofs: tuple[ProofPrior, ...] = DEFAULT_PROOFS


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Application:
    """One merchant's case.

    Attributes:
        profile: Slot to what was said (quantities in the slot's unit, or words).
        current_limit_cny: The limit in force, in yuan.
        original_limit_cny: The lender's own limit: no decision goes below it.
        facts: What proofs show. A fact without ``evidence_id`` was only said: it fills its slot
            where the profile has none, and proves nothing.
        industry: The trade's figures; cautious general ones by default.
        given: Kinds of proof that count already.
        lacking: Kinds that the merchant says they have not.
        resting_on: A proof's id to those of the proofs that count only together with it.
        may_fall: Whether this decision may lower the limit (after a withdrawal or correction).
        as_of: The day on which ages are reckoned.

    Raises:
        ValueError: A limit that is negative.
    """

    profile: Mapping[str, Quantity | str]
    current_limit_cny: Decimal
    original_limit_cny: Decimal
    facts: tuple[Fact, ...] = ()
    industry: IndustryFigures = field(default_factory=IndustryFigures)
    given: frozenset[VoucherType] = frozenset()
    lacking: frozenset[VoucherType] = frozenset()
    resting_on: Mapping[str, frozenset[str]] = field(default_factory=dict)
    may_fall: bool = False
    as_of: date = field(default_factory=today)

    def __post_init__(self) -> None:
        if self.current_limit_cny < 0 or self.original_limit_cny < 0:
            raise ValueError("a limit is not negative")

    @property
    def floor_cny(self) -> Decimal:
        """Below this the decision does not go."""
        if self.may_fall:
            return self.original_limit_cny
        return max(self.original_limit_cny, self.current_limit_cny)

    @property
    def proven(self) -> tuple[Fact, ...]:
        """The facts that a proof bears out."""
        return tuple(f for f in self.facts if f.evidence_id is not None)

    def said(self, slot: str) -> Quantity | None:
        """What was said for a slot, when it is a quantity."""
        value = self.profile.get(slot)
        if isinstance(value, Quantity):
            return value
        for fact in self.facts:
            if fact.evidence_id is None and SLOT_OF_FACT.get(fact.kind) == slot:
                return Quantity(fact.value, fact.value, fact.unit, fact.period)
        return None


def usual_period(kind: FactKind) -> Period | None:
    """What an amount of this kind is per, where it does not say."""
    return {
        FactKind.MONTHLY_SALES: Period.MONTH,
        FactKind.ANNUAL_SALES: Period.YEAR,
        FactKind.BANK_INFLOW: Period.YEAR,
    }.get(kind)

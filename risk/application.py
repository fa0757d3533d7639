"""What is to be decided: profile, facts, and the trade's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bailing.terms import Fact, FactKind, Quantity, VoucherType


@dataclass(frozen=True, slots=True)
class ProofPrior:
    """A proof that such a merchant usually has (see the knowledge base).

    ``chance_has`` and ``effort`` lie in [0, 1]; ``share_low`` and ``share_high`` say which part
    of a year's sales it would show.
    """

    voucher_type: VoucherType
    chance_has: float
    effort: float
    shows: FactKind
    share_low: float
    share_high: float
    why: str
    why_en: str


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


@dataclass(frozen=True, slots=True)
class IndustryFigures:
    """The trade's usual figures: days, percent of sales, yuan a year.

    The ``*_cny`` figures are the most that is plausible for one vehicle, square metre, worker.
    """

    receivable_days: Decimal = Decimal(15)
    inventory_days: Decimal = Decimal(20)
    payable_days: Decimal = Decimal(10)
    gross_margin_percent: Decimal = Decimal(18)
    most_per_vehicle_cny: Decimal | None = None
    most_per_sqm_cny: Decimal | None = None
    most_per_worker_cny: Decimal | None = Decimal(1_200_000)
    proofs: tuple[ProofPrior, ...] = DEFAULT_PROOFS


@dataclass(frozen=True, slots=True)
class Application:
    """One merchant's case.

    Attributes:
        profile: Slot to what was said or shown (quantities in the slot's unit, or words).
        current_limit_cny: The limit in force, in yuan.
        original_limit_cny: The lender's own limit: no decision goes below it.
        facts: What proofs show.
        given: Kinds of proof that count already.
        lacking: Kinds that the merchant says they have not.
        may_fall: Whether this decision may lower the limit (after a withdrawal or correction).

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
    may_fall: bool = False

    def __post_init__(self) -> None:
        if self.current_limit_cny < 0 or self.original_limit_cny < 0:
            raise ValueError("a limit is not negative")

    @property
    def floor_cny(self) -> Decimal:
        """Below this the decision does not go."""
        if self.may_fall:
            return self.original_limit_cny
        return max(self.original_limit_cny, self.current_limit_cny)

    def said(self, slot: str) -> Quantity | None:
        """What the profile holds for a slot, when it is a quantity."""
        value = self.profile.get(slot)
        return value if isinstance(value, Quantity) else None

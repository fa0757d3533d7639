"""What is known about a trade: frozen records of the knowledge base."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bailing.terms import FactKind, VoucherType


@dataclass(frozen=True, slots=True)
class Quartiles:
    """A figure's spread over firms of a trade, with its source.

    Raises:
        ValueError: The quartiles are not in order.
    """

    p25: Decimal
    median: Decimal
    p75: Decimal
    source: str

    def __post_init__(self) -> None:
        if not self.p25 <= self.median <= self.p75:
            raise ValueError(f"quartiles out of order: {self.p25}, {self.median}, {self.p75}")


@dataclass(frozen=True, slots=True)
class Band:
    """What is plausible: below ``low`` or above ``high`` one looks twice. Yuan a year."""

    low: Decimal
    typical: Decimal
    high: Decimal
    source: str

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.typical <= self.high:
            raise ValueError(f"band out of order: {self.low}, {self.typical}, {self.high}")


@dataclass(frozen=True, slots=True)
class ProofHabit:
    """A proof that such a merchant usually has.

    Attributes:
        chance_has: How many of them have it, in [0, 1].
        effort: What it costs to get, 0 (at hand) to 1 (days of running around).
        shows: The fact that it yields.
        share_low: What it shows of a year's sales, at the least.
        share_high: At the most; 0 for what shows no sales.
    """

    voucher_type: VoucherType
    chance_has: float
    effort: float
    shows: FactKind
    share_low: float
    share_high: float
    why: str
    why_en: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the review: the slot that it fills, and ways to put it."""

    slot: str
    ask_zh: tuple[str, ...]
    ask_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Industry:
    """One trade.

    Attributes:
        code: GB/T 4754-2017, four digits; a prefix where only general figures are known.
        known: Whether the trade has a file of its own.
        receivable_days: How long customers take to pay, in days; so for the other two.
        gross_margin_percent: In percent of sales.
        seasonality: Twelve monthly indices around 1, January first; empty where not known.
    """

    code: str
    name: str
    name_en: str
    known: bool
    receivable_days: Quartiles
    inventory_days: Quartiles
    payable_days: Quartiles
    gross_margin_percent: Quartiles
    seasonality: tuple[Decimal, ...]
    per_vehicle_cny: Band | None
    per_sqm_cny: Band | None
    per_worker_cny: Band | None
    proofs: tuple[ProofHabit, ...]
    questions: tuple[Question, ...]
    asset_value_cny: dict[str, tuple[Decimal, Decimal]]
    buys: tuple[str, ...] = ()
    sells_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A trade that a merchant's words may mean; ``words`` are the words that said so."""

    code: str
    name: str
    confidence: float
    words: str

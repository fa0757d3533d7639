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
    """What is plausible: below ``low`` or above ``high`` one looks twice. Yuan a year.

    Raises:
        ValueError: The three are not in order, or not above zero.
    """

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
    """A question of the review: the slot that it fills, and ways to put it.

    Attributes:
        ask_zh: At least two wordings; so ``ask_en``.
        why_zh: Why it is asked, in a few words; so ``why_en``.
        buttons_zh: Titles of quick answers; empty where a number is better typed.
    """

    slot: str
    ask_zh: tuple[str, ...]
    ask_en: tuple[str, ...]
    why_zh: str = ""
    why_en: str = ""
    buttons_zh: tuple[str, ...] = ()
    buttons_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asset:
    """A part of what such a business owns.

    Attributes:
        share_low_percent: Of all its assets, at the least; so ``share_high_percent``.
        low_cny: What one of its kind is worth, in yuan; so ``high_cny``.
    """

    name: str
    label_zh: str
    label_en: str
    share_low_percent: Decimal
    share_high_percent: Decimal
    low_cny: Decimal
    high_cny: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Partner:
    """Whom a trade buys from or sells to; ``code`` is None for households."""

    label_zh: str
    label_en: str
    code: str | None


@dataclass(frozen=True, slots=True)
class WarningSign:
    """A sign that makes an expert look twice."""

    code: str
    text_zh: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Industry:
    """One trade.

    Attributes:
        code: GB/T 4754-2017, four digits.
        known: Whether the trade has a file of its own; else the figures are general ones.
        receivable_days: How long customers take to pay, in days; so for the other two.
        gross_margin_percent: In percent of sales.
        seasonality: Twelve monthly indices around 1, January first; empty where not known.
        asset_value_cny: The value of each durable asset, yuan, low and high.
        proofs_source: Where the proofs' chances and shares are from.
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
    assets: tuple[Asset, ...] = ()
    suppliers: tuple[Partner, ...] = ()
    customers: tuple[Partner, ...] = ()
    warnings: tuple[WarningSign, ...] = ()
    proofs_source: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A trade that a merchant's words may mean.

    Attributes:
        code: GB/T 4754-2017, four digits.
        name: The name in the standard.
        confidence: In [0, 1]; two that lie close are worth a question.
        words: The words of the line that said so.
        label_zh: How to call it when asking back; so ``label_en``.
    """

    code: str
    name: str
    confidence: float
    words: str
    label_zh: str = ""
    label_en: str = ""

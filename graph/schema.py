"""The shape of an industry file, checked before anything is taken from it.

A range without a source, a question in one language only, months that do not average one: each
is refused with the file and the place.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bailing.terms import FactKind, VoucherType
from graph.industry import (
    Asset,
    Band,
    Industry,
    Partner,
    ProofHabit,
    Quartiles,
    Question,
    WarningSign,
)

Share = Annotated[float, Field(ge=0, le=1)]
Code = Annotated[str, Field(pattern=r"^\d{4}$")]
Source = Annotated[str, Field(min_length=20)]
Words = Annotated[str, Field(min_length=1)]


class Strict(BaseModel):
    """Refuses keys that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Spread(Strict):
    """Quartiles with their source."""

    p25: Decimal
    median: Decimal
    p75: Decimal
    source: Source

    def record(self) -> Quartiles:
        """As the room knows it."""
        return Quartiles(self.p25, self.median, self.p75, self.source)


class Cycle(Strict):
    """Days from purchase to payment."""

    receivable_days: Spread
    inventory_days: Spread
    payable_days: Spread


class Season(Strict):
    """Monthly indices around one."""

    index: list[Decimal] = Field(min_length=12, max_length=12)
    source: Source

    @model_validator(mode="after")
    def _around_one(self) -> Season:
        mean = sum(self.index) / 12
        if not Decimal("0.97") <= mean <= Decimal("1.03"):
            raise ValueError(f"the monthly indices average {mean}, not 1")
        return self


class Range(Strict):
    """From low to high, in percent."""

    low: Decimal = Field(ge=0, le=100)
    high: Decimal = Field(ge=0, le=100)


class AssetFile(Strict):
    """A thing that such a business owns, with its value in yuan."""

    name: Words
    label: Words
    label_en: Words
    share_percent: Range
    low_cny: Decimal = Field(gt=0)
    high_cny: Decimal = Field(gt=0)
    source: Source

    @model_validator(mode="after")
    def _in_order(self) -> AssetFile:
        if self.low_cny > self.high_cny or self.share_percent.low > self.share_percent.high:
            raise ValueError(f"the ranges of {self.name} are out of order")
        return self

    def record(self) -> Asset:
        """As the room knows it."""
        return Asset(
            self.name,
            self.label,
            self.label_en,
            self.share_percent.low,
            self.share_percent.high,
            self.low_cny,
            self.high_cny,
            self.source,
        )


class BandFile(Strict):
    """Plausible turnover a year and unit, in yuan."""

    low: Decimal
    typical: Decimal
    high: Decimal
    source: Source

    def record(self) -> Band:
        """As the room knows it."""
        return Band(self.low, self.typical, self.high, self.source)


class Turnover(Strict):
    """Turnover a year, in yuan, by what the business works with."""

    per_vehicle_cny: BandFile | None = None
    per_sqm_cny: BandFile | None = None
    per_worker_cny: BandFile


class Proof(Strict):
    """A proof that such a merchant usually has."""

    voucher_type: VoucherType
    chance_has: Share
    effort: Share
    shows: FactKind
    share_low: Share
    share_high: Share
    why: Words
    why_en: Words

    @model_validator(mode="after")
    def _in_order(self) -> Proof:
        if self.share_low > self.share_high:
            raise ValueError(f"the share of {self.voucher_type} is out of order")
        return self

    def record(self) -> ProofHabit:
        """As the room knows it."""
        return ProofHabit(**self.model_dump())


class QuestionFile(Strict):
    """A question, in at least two wordings a language, and why it is asked."""

    slot: str
    why: Words
    why_en: Words
    ask: list[Words] = Field(min_length=2)
    ask_en: list[Words] = Field(min_length=2)
    buttons: tuple[Words, ...] = ()
    buttons_en: tuple[Words, ...] = ()

    @model_validator(mode="after")
    def _both_languages(self) -> QuestionFile:
        if len(self.buttons) != len(self.buttons_en):
            raise ValueError(f"{self.slot} has buttons in one language only")
        return self

    def record(self) -> Question:
        """As the room knows it."""
        return Question(
            self.slot,
            tuple(self.ask),
            tuple(self.ask_en),
            self.why,
            self.why_en,
            self.buttons,
            self.buttons_en,
        )


class WarningFile(Strict):
    """A sign that makes an expert look twice."""

    code: str = Field(pattern=r"^[a-z_]+$")
    text: Words
    text_en: Words


class Bought(Strict):
    """What such a business buys, and the trade that sells it."""

    goods: Words
    goods_en: Words
    code: Code


class Buyer(Strict):
    """To whom it sells; no code for households."""

    who: Words
    who_en: Words
    code: Code | None = None


class IndustryFile(Strict):
    """One industry, whole."""

    code: Code
    name: Words
    name_en: Words
    words: list[Words] = Field(min_length=5)
    words_en: list[Words] = Field(min_length=2)
    cycle: Cycle
    gross_margin_percent: Spread
    seasonality: Season
    assets: list[AssetFile] = Field(min_length=3)
    buys: list[Bought] = Field(min_length=3)
    sells_to: list[Buyer] = Field(min_length=2)
    turnover: Turnover
    proofs: list[Proof] = Field(min_length=6)
    proofs_source: Source
    questions: list[QuestionFile] = Field(min_length=3, max_length=5)
    warnings: list[WarningFile] = Field(min_length=3)

    @model_validator(mode="after")
    def _each_once(self) -> IndustryFile:
        for what, keys in (
            ("proof", [p.voucher_type for p in self.proofs]),
            ("question", [q.slot for q in self.questions]),
            ("asset", [a.name for a in self.assets]),
        ):
            if len(set(keys)) != len(keys):
                raise ValueError(f"a {what} stands twice")
        return self

    def record(self) -> Industry:
        """As the room knows it."""
        bands = {
            unit: band.record() if (band := getattr(self.turnover, unit)) else None
            for unit in ("per_vehicle_cny", "per_sqm_cny", "per_worker_cny")
        }
        return Industry(
            code=self.code,
            name=self.name,
            name_en=self.name_en,
            known=True,
            receivable_days=self.cycle.receivable_days.record(),
            inventory_days=self.cycle.inventory_days.record(),
            payable_days=self.cycle.payable_days.record(),
            gross_margin_percent=self.gross_margin_percent.record(),
            seasonality=tuple(self.seasonality.index),
            **bands,
            proofs=tuple(p.record() for p in self.proofs),
            questions=tuple(q.record() for q in self.questions),
            asset_value_cny={a.name: (a.low_cny, a.high_cny) for a in self.assets},
            buys=tuple(b.goods for b in self.buys),
            sells_to=tuple(b.who for b in self.sells_to),
            assets=tuple(a.record() for a in self.assets),
            suppliers=tuple(Partner(b.goods, b.goods_en, b.code) for b in self.buys),
            customers=tuple(Partner(b.who, b.who_en, b.code) for b in self.sells_to),
            warnings=tuple(WarningSign(w.code, w.text, w.text_en) for w in self.warnings),
            proofs_source=self.proofs_source,
        )

"""The shape of an industry file, checked before anything is taken from it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bailing.terms import FactKind, VoucherType
from graph.industry import Band, Industry, ProofHabit, Quartiles, Question

Share = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Spread(_Strict):
    """Quartiles with their source."""

    p25: Decimal
    median: Decimal
    p75: Decimal
    source: str = Field(min_length=10)

    def record(self) -> Quartiles:
        """As the room knows it."""
        return Quartiles(self.p25, self.median, self.p75, self.source)


class Cycle(_Strict):
    """Days from purchase to payment."""

    receivable_days: Spread
    inventory_days: Spread
    payable_days: Spread


class Season(_Strict):
    """Monthly indices around one."""

    index: list[Decimal] = Field(min_length=12, max_length=12)
    source: str = Field(min_length=10)

    @model_validator(mode="after")
    def _around_one(self) -> Season:
        mean = sum(self.index) / 12
        if not Decimal("0.97") <= mean <= Decimal("1.03"):
            raise ValueError(f"the monthly indices average {mean}, not 1")
        return self


class Asset(_Strict):
    """A thing that such a business owns, with its value in yuan."""

    name: str
    label: str
    low_cny: Decimal
    high_cny: Decimal
    source: str = Field(min_length=10)


class BandFile(_Strict):
    """Plausible turnover a year and unit."""

    low: Decimal
    typical: Decimal
    high: Decimal
    source: str = "estimate: general figures, see general.yml"

    def record(self) -> Band:
        """As the room knows it."""
        return Band(self.low, self.typical, self.high, self.source)


class Turnover(_Strict):
    """Turnover a year, in yuan, by what the business works with."""

    per_vehicle_cny: BandFile | None = None
    per_sqm_cny: BandFile | None = None
    per_worker_cny: BandFile


class Proof(_Strict):
    """A proof that such a merchant usually has."""

    voucher_type: VoucherType
    chance_has: Share
    effort: Share
    shows: FactKind
    share_low: Share
    share_high: Share
    why: str
    why_en: str

    def record(self) -> ProofHabit:
        """As the room knows it."""
        return ProofHabit(**self.model_dump())


class QuestionFile(_Strict):
    """A question, in at least two wordings a language."""

    slot: str
    ask: list[str] = Field(min_length=2)
    ask_en: list[str] = Field(min_length=2)

    def record(self) -> Question:
        """As the room knows it."""
        return Question(self.slot, tuple(self.ask), tuple(self.ask_en))


class WarningSign(_Strict):
    """A sign that makes an expert look twice."""

    text: str
    text_en: str


class IndustryFile(_Strict):
    """One industry, whole."""

    code: str = Field(pattern=r"^\d{4}$")
    name: str
    name_en: str
    words: list[str] = Field(min_length=5)
    words_en: list[str] = Field(min_length=2)
    cycle: Cycle
    gross_margin_percent: Spread
    seasonality: Season
    assets: list[Asset] = Field(min_length=1)
    buys: list[str] = Field(min_length=2)
    sells_to: list[str] = Field(min_length=2)
    turnover: Turnover
    proofs: list[Proof] = Field(min_length=5)
    questions: list[QuestionFile] = Field(min_length=3, max_length=5)
    warnings: list[WarningSign] = Field(min_length=1)

    def record(self) -> Industry:
        """As the room knows it."""
        turnover = self.turnover
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
            per_vehicle_cny=turnover.per_vehicle_cny.record() if turnover.per_vehicle_cny else None,
            per_sqm_cny=turnover.per_sqm_cny.record() if turnover.per_sqm_cny else None,
            per_worker_cny=turnover.per_worker_cny.record(),
            proofs=tuple(p.record() for p in self.proofs),
            questions=tuple(q.record() for q in self.questions),
            asset_value_cny={a.name: (a.low_cny, a.high_cny) for a in self.assets},
            buys=tuple(self.buys),
            sells_to=tuple(self.sells_to),
        )


def read_general(general: dict[str, Any], code: str, name: str) -> Industry:
    """An industry from the general figures of the longest listed prefix of its code."""
    figures = dict(general["base"])
    groups = sorted(general["groups"], key=lambda g: len(g["prefix"]))
    for group in groups:
        if code.startswith(group["prefix"]):
            figures |= group
    source = "estimate: general figures, see general.yml"

    def spread(key: str) -> Quartiles:
        middle = Decimal(str(figures[key]))
        return Quartiles(middle * Decimal("0.6"), middle, middle * Decimal("1.5"), source)

    questions = tuple(
        QuestionFile(slot=slot, **general["questions"][slot]).record()
        for slot in figures["questions"]
    )
    return Industry(
        code=code,
        name=name,
        name_en=name,
        known=False,
        receivable_days=spread("receivable_days"),
        inventory_days=spread("inventory_days"),
        payable_days=spread("payable_days"),
        gross_margin_percent=spread("gross_margin_percent"),
        seasonality=(),
        per_vehicle_cny=None,
        per_sqm_cny=BandFile(**figures["per_sqm_cny"]).record(),
        per_worker_cny=BandFile(**figures["per_worker_cny"]).record(),
        proofs=tuple(Proof(**p).record() for p in figures["proofs"]),
        questions=questions,
        asset_value_cny={},
    )

"""General figures for the trades without a file of their own, by section and prefix."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, model_validator

from graph.industry import Band, Industry, Quartiles
from graph.schema import Proof, QuestionFile, Source, Strict, Words

LOW, HIGH = Decimal("0.6"), Decimal("1.5")
"""Quartiles around a median that is itself an estimate."""
Days = Annotated[Decimal, Field(ge=0, le=720)]


class _Three(Strict):
    low: Decimal = Field(gt=0)
    typical: Decimal = Field(gt=0)
    high: Decimal = Field(gt=0)

    @model_validator(mode="after")
    def _in_order(self) -> _Three:
        if not self.low <= self.typical <= self.high:
            raise ValueError(f"out of order: {self.low}, {self.typical}, {self.high}")
        return self


class Figures(Strict):
    """What a level states; None leaves it to the level above."""

    receivable_days: Days | None = None
    inventory_days: Days | None = None
    payable_days: Days | None = None
    gross_margin_percent: Decimal | None = Field(None, gt=0, lt=100)
    per_vehicle_cny: _Three | None = None
    per_sqm_cny: _Three | None = None
    per_worker_cny: _Three | None = None
    questions: list[str] | None = Field(None, min_length=2, max_length=5)
    proofs: str | None = None
    source: Source


class Section(Figures):
    """A section of the standard, by the divisions that it spans."""

    letter: str = Field(pattern="^[A-T]$")
    name: Words
    name_en: Words
    first: int = Field(ge=1, le=97)
    last: int = Field(ge=1, le=97)


class Group(Figures):
    """Codes that share a prefix of two to four digits."""

    prefix: str = Field(pattern=r"^\d{2,4}$")
    name: Words
    name_en: Words


class _Wording(Strict):
    why: Words
    why_en: Words
    ask: list[Words] = Field(min_length=2)
    ask_en: list[Words] = Field(min_length=2)
    buttons: tuple[Words, ...] = ()
    buttons_en: tuple[Words, ...] = ()


class GeneralFile(Strict):
    """general.yml, whole."""

    base: Figures
    sections: list[Section]
    groups: list[Group]
    proof_sets: dict[str, list[Proof]]
    proofs_source: Source
    questions: dict[str, _Wording]

    @model_validator(mode="after")
    def _hangs_together(self) -> GeneralFile:
        for level in (self.base, *self.sections, *self.groups):
            if level.proofs is not None and level.proofs not in self.proof_sets:
                raise ValueError(f"no proof set {level.proofs}")
            if missing := set(level.questions or ()) - set(self.questions):
                raise ValueError(f"no wording for {sorted(missing)}")
        return self

    def question(self, slot: str) -> QuestionFile:
        """How anyone is asked for a slot.

        Raises:
            KeyError: Nobody knows how to ask for it.
        """
        return QuestionFile(slot=slot, **self.questions[slot].model_dump())

    def levels(self, code: str) -> list[Figures]:
        """From the base down to the longest prefix of this code."""
        division = int(code[:2]) if code[:2].isdigit() else 0
        sections = [s for s in self.sections if s.first <= division <= s.last]
        groups = [g for g in self.groups if code.startswith(g.prefix)]
        return [self.base, *sections, *sorted(groups, key=lambda g: len(g.prefix))]

    def industry(self, code: str, name: str) -> Industry:
        """A trade from the general figures; its own name, or that of its group."""
        levels = self.levels(code)
        figures: dict[str, Any] = {}
        for level in levels:
            figures |= {k: getattr(level, k) for k in level.model_fields_set}
        source = f"{levels[-1].source} (general figures)"
        own = name or str(figures.get("name", ""))
        return Industry(
            code=code,
            name=own,
            name_en=str(figures.get("name_en", own)),
            known=False,
            receivable_days=_around(figures["receivable_days"], source),
            inventory_days=_around(figures["inventory_days"], source),
            payable_days=_around(figures["payable_days"], source),
            gross_margin_percent=_around(figures["gross_margin_percent"], source),
            seasonality=(),
            per_vehicle_cny=_band(figures.get("per_vehicle_cny"), source),
            per_sqm_cny=_band(figures.get("per_sqm_cny"), source),
            per_worker_cny=_band(figures.get("per_worker_cny"), source),
            proofs=tuple(p.record() for p in self.proof_sets[figures["proofs"]]),
            questions=tuple(self.question(s).record() for s in figures["questions"]),
            asset_value_cny={},
            proofs_source=self.proofs_source,
        )


def _around(median: Decimal, source: str) -> Quartiles:
    return Quartiles(median * LOW, median, median * HIGH, source)


def _band(three: _Three | None, source: str) -> Band | None:
    return Band(three.low, three.typical, three.high, source) if three else None

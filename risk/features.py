"""What the PD prior sees: only what another country's loans share with ours.

Order and meaning are fixed with the model: ``log_staff`` (natural log of 1 + people),
``log_amount`` (natural log of the amount wanted, in yuan), ``new_business`` (1 under two
years), and one indicator for each GB/T 4754 section. What is not known is NaN.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bailing.terms import Fact, FactKind
from risk.application import Application
from risk.counting import age_years
from risk.sectors import SECTIONS, section_of_code

NAMES = ("log_staff", "log_amount", "new_business", *(f"section_{s}" for s in SECTIONS))
NEW_YEARS = 2.0
"""The SBA calls a business new in its first two years."""
CNY_PER_USD = 6.5
"""For amounts of the training loans only: a round mean rate of the years in use."""


@dataclass(frozen=True, slots=True)
class CaseFeatures:
    """One case's features as people read them; None where not known."""

    staff: float | None
    amount_asked_cny: float | None
    age_years: float | None
    section: str | None

    @property
    def new_business(self) -> bool | None:
        """Whether the business is in its first two years."""
        return None if self.age_years is None else self.age_years < NEW_YEARS

    def row(self) -> np.ndarray:
        """As the booster takes them: shape (len(NAMES),), float32."""
        return row(self.staff, self.amount_asked_cny, self.new_business, self.section)

    def named(self) -> dict[str, float | str | None]:
        """As a decision keeps them."""
        new = self.new_business
        return {
            "staff": self.staff,
            "amount_asked_cny": self.amount_asked_cny,
            "age_years": None if self.age_years is None else round(self.age_years, 2),
            "new_business": None if new is None else float(new),
            "section": self.section,
        }


def features_of(application: Application, facts: tuple[Fact, ...]) -> CaseFeatures:
    """The features of a case with these facts; what a paper shows stands in for what was said."""
    asked, code = application.said("amount_asked_cny"), application.profile.get("industry_code")
    return CaseFeatures(
        staff=_staff(application, facts),
        amount_asked_cny=float(asked.middle) if asked is not None else None,
        age_years=age_years(application, facts),
        section=section_of_code(code if isinstance(code, str) else None),
    )


def _staff(application: Application, facts: tuple[Fact, ...]) -> float | None:
    shown = [float(f.value) for f in facts if f.kind is FactKind.STAFF_COUNT]
    said = application.said("staff_count")
    return max(shown) if shown else (float(said.middle) if said is not None else None)


def row(
    staff: float | None, amount_cny: float | None, new: bool | None, section: str | None
) -> np.ndarray:
    """One row of features: shape (len(NAMES),), float32."""
    values = [
        math.log1p(staff) if staff is not None else math.nan,
        math.log(max(amount_cny, 1.0)) if amount_cny is not None else math.nan,
        float(new) if new is not None else math.nan,
        *(math.nan if section is None else float(section == s) for s in SECTIONS),
    ]
    return np.asarray(values, dtype=np.float32)

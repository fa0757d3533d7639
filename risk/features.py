"""What the PD prior sees: only what another country's loans share with ours.

Order and meaning are fixed with the model: ``log_staff`` (natural log of 1 + people),
``log_amount`` (natural log of the amount wanted, in yuan), ``new_business`` (1 under two
years), and one indicator for each GB/T 4754 section. What is not known is NaN.
"""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np

from risk.sectors import SECTIONS

NAMES = ("log_staff", "log_amount", "new_business", *(f"section_{s}" for s in SECTIONS))
NEW_YEARS = Decimal(2)
CNY_PER_USD = 6.5
"""For amounts of the training loans only: a round mean rate of the years in use."""


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

"""烟草专卖零售许可证: original, copy, older and electronic forms."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from perception.synthesis.contents import Trade, any_day, any_place, company, digits, years_later
from perception.synthesis.contents.offices import local_office, office
from perception.synthesis.forms.filled import Filled

_SCOPES = (
    "卷烟、雪茄烟",
    "卷烟零售、雪茄烟零售",
    "卷烟（零售）、雪茄烟（零售）",
    "卷烟、雪茄烟零售",
)


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A shop that sells tobacco for five years; the number is division code and six digits."""
    where = any_place(rng)
    trade = (Trade.CONVENIENCE, Trade.CONVENIENCE, Trade.CATERING)[rng.integers(3)]
    shop = company(rng, trade, sole_trader=bool(rng.random() < 0.8), region=where.code)
    first, last = date(2020, 3, 1), date(2026, 9, 20)
    if "old" in layout:
        first, last = date(2011, 3, 1), date(2016, 6, 30)
    issued = any_day(rng, first, last)
    begins = issued + timedelta(days=int(rng.integers(20)) if rng.random() < 0.4 else 0)
    until = years_later(begins, 5) - timedelta(days=1)
    fields = {
        "permit_number": f"{where.code}1{digits(rng, 5)}",
        "name": shop.name,
        "legal_person": shop.legal_person,
        "address": shop.address,
        "business_scope": _SCOPES[rng.integers(len(_SCOPES))],
        "valid_from": begins.isoformat(),
        "valid_until": until.isoformat(),
        "issued_on": issued.isoformat(),
    }
    shown = {
        "shop": shop,
        "issued": issued,
        "begins": begins,
        "until": until,
        "office": local_office(where, "烟草专卖局"),
        "supplier": office(where, "烟草公司"),
        "form": "个体" if shop.is_sole_trader else "有限责任公司",
    }
    return Filled(fields, shown)

"""税收完税证明: which taxes a firm has paid, for which periods, and when."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    any_place,
    branch_name,
    digits,
    duties,
    person,
    tax_office,
)
from perception.synthesis.forms.filled import Filled

_FEW = ("bank_slip", "payment_book", "table_form")
"""Layouts with room for one or two periods only."""


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A certificate over one to four periods."""
    town = any_place(rng)
    firm = any_firm(rng, town=town)
    begins = any_day(rng).replace(day=1)
    rows = duties(rng, firm, begins, 1 if layout in _FEW else int(rng.integers(1, 5)))
    issued = max(row.paid_on for row in rows)
    if layout != "bank_slip":
        issued += timedelta(days=int(rng.integers(0, 40)))
    total = sum(row.amount_cny for row in rows)
    number = f"3{town.code[:2]}{town.code[2:4]}6{issued:%y%m}{digits(rng, 8)}"
    if layout == "letter_plain":
        number = f"（{issued:%Y%m%d}）示税证{digits(rng, 8)}"
    fields = {
        "certificate_number": number,
        "taxpayer_name": firm.name,
        "tax_id": firm.credit_code,
        "issued_on": issued.isoformat(),
        "total_cny": f"{total:.2f}",
    }
    shown = {
        "firm": firm,
        "rows": rows,
        "total": total,
        "issued": issued,
        "office": tax_office(town, rng),
        "clerk": person(rng),
        "first": min(row.first for row in rows),
        "last": max(row.last for row in rows),
        "bank": branch_name(rng, firm.bank.split("银行")[0] + "银行", town),
        "treasury": f"国家金库{town.bare_town}示例支库",
        "serial": digits(rng, 16),
    }
    return Filled(fields, shown)

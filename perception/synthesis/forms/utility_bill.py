"""水电气费账单: what a shop used, and what it has to pay."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from perception.synthesis.contents import (
    any_day,
    any_firm,
    any_place,
    digits,
    month_end,
    person,
    utility_bill,
)
from perception.synthesis.forms.filled import Filled

_BY_MONTH = ("power_notice", "app_bill", "app_detail")
"""Layouts that state a month; the others state the days on which the meter was read."""
_UTILITIES = ("electricity", "water", "gas")


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """A month's bill; paper of the power company is for electricity only."""
    town = any_place(rng)
    firm = any_firm(rng, sole_share=0.6, town=town)
    utility = "electricity" if layout == "power_notice" else _UTILITIES[rng.integers(3)]
    bill = utility_bill(rng, utility, town)
    first = any_day(rng).replace(day=1)
    until = month_end(first)
    if layout not in _BY_MONTH:
        shift = timedelta(days=int(rng.integers(4, 25)))
        first, until = first + shift, until + shift
    holder = firm.name if rng.random() < 0.7 else firm.legal_person
    fields = {
        "utility": utility,
        "customer_name": holder,
        "customer_number": digits(rng, 10 if utility == "electricity" else 8),
        "address": firm.address,
        "period_from": first.isoformat(),
        "period_to": until.isoformat(),
        "usage": f"{bill.usage:f}",
        "amount_cny": f"{bill.total_cny:.2f}",
    }
    shown = {
        "bill": bill,
        "words": bill.words,
        "first": first,
        "until": until,
        "made": until + timedelta(days=int(rng.integers(1, 6))),
        "due": until + timedelta(days=int(rng.integers(14, 29))),
        "meter": digits(rng, 12),
        "serial": digits(rng, 14),
        "reader": person(rng),
    }
    return Filled(fields, shown, follows={"period_to": "period_from"})

"""社保证明: how many people a firm insures, since when, and what it has paid."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from perception.synthesis.contents import (
    INSURANCES,
    any_day,
    any_firm,
    any_place,
    digits,
    insured,
    month_end,
    person,
)
from perception.synthesis.forms.filled import Filled

_LISTS = ("person_list", "roster")
"""Layouts with a line for each employee, of one month."""


def fill(rng: np.random.Generator, layout: str) -> Filled:
    """Two to sixty people over one to twelve months; a list has one line each, of one month."""
    town = any_place(rng)
    firm = any_firm(rng, town=town)
    until = month_end(any_day(rng))
    listed = layout in _LISTS
    staff = int(rng.integers(5, 24)) if listed else int(rng.geometric(0.08)) + 1
    if layout == "one_person":
        staff = 1
    cover = insured(rng, town, until, staff, 1 if listed else int(rng.integers(3, 13)))
    issued = until + timedelta(days=int(rng.integers(3, 40)))
    fields = {
        "company_name": firm.name,
        "social_credit_code": firm.credit_code,
        "period_from": cover.months[0].isoformat(),
        "period_to": until.isoformat(),
        "staff_count": str(staff),
        "total_cny": f"{cover.total_cny:.2f}",
        "issued_on": issued.isoformat(),
    }
    bureau = ("社会保险事业管理中心", "社会保险基金管理局", "人力资源和社会保障局")
    shown = {
        "firm": firm,
        "cover": cover,
        "rates": INSURANCES,
        "first": cover.months[0],
        "until": until,
        "staff": staff,
        "issued": issued,
        "bureau": f"{town.short}示例{bureau[rng.integers(3)]}",
        "unit_number": digits(rng, 9),
        "code": digits(rng, 16),
        "clerk": person(rng),
    }
    return Filled(fields, shown, follows={"period_to": "period_from"})
